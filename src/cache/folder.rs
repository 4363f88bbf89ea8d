//! The folder of the cache: entries by stage and hash, each checked when it is read.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use blake3::Hash;

use super::bytes::{Reader, Writer};
use crate::error::{Error, Result, Trouble};
use crate::record::Coded;
use crate::segment::Cuts;
use crate::settings::Settings;
use crate::text::Span;

/// What every entry begins with; a change of the layout gets a new number.
const MAGIC: &[u8] = b"cezhong-cache 2\n";
/// The length of a hash.
const HASH: usize = blake3::OUT_LEN;
/// More than any entry holds: a limit on what a damaged length can ask for.
const MOST_BYTES: usize = 1 << 30;
/// How hard entries are compressed: reading them back is what has to be fast.
const LEVEL: i32 = 1;

/// What a run may take from earlier ones.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    /// The hash of all that coding follows from but the text.
    coder: Hash,
    /// The hash of all that cutting words follows from but the text.
    cutter: Hash,
    taken: AtomicUsize,
    made: AtomicUsize,
    damaged: AtomicUsize,
    unwritten: AtomicUsize,
}

impl Cache {
    /// The cache in `folder`, which is made where it is missing, for runs with these settings.
    ///
    /// # Errors
    /// [`Error::Output`] when the folder cannot be made; [`Error::Settings`] and [`Error::Model`] when a file that the
    /// settings name cannot be read.
    pub fn open(folder: &Path, settings: &Settings) -> Result<Cache> {
        fs::create_dir_all(folder).map_err(|source| {
            Error::Output(
                Trouble::at(folder, "the cache cannot be made").source(source).remedy("choose another --cache"),
            )
        })?;
        let program = program()?;
        let mut coder = program.clone();
        coder.update(&serde_json::to_vec(&settings.codebook()?).expect("a codebook is plain values"));
        coder.update(&serde_json::to_vec(&settings.coder).expect("settings are plain values"));
        for (_, file) in settings.files().into_iter().filter(|(role, _)| *role == "model") {
            let bytes = fs::read(&file)
                .map_err(|source| Error::Model(Trouble::at(&file, "the model cannot be read").source(source)))?;
            coder.update(blake3::hash(&bytes).as_bytes());
        }
        let mut cutter = program;
        let lexicon = settings.words.lexicon()?;
        for entry in lexicon.entries() {
            cutter.update(format!("{}\t{:?}\t{:?}\n", entry.word, entry.freq, entry.tag).as_bytes());
        }
        cutter.update(&[u8::from(settings.words.new_words)]);
        Ok(Cache {
            folder: folder.to_path_buf(),
            coder: coder.finalize(),
            cutter: cutter.finalize(),
            taken: AtomicUsize::new(0),
            made: AtomicUsize::new(0),
            damaged: AtomicUsize::new(0),
            unwritten: AtomicUsize::new(0),
        })
    }

    /// The coded form of a text: read back where it is there, else made and kept.
    pub(crate) fn coded(&self, text: &str, make: impl FnOnce() -> Coded) -> Coded {
        let mut key = blake3::Hasher::new();
        key.update(self.coder.as_bytes()).update(text.as_bytes());
        self.entry("coded", &key.finalize(), make, Coded::write, Coded::read)
    }

    /// The words of some sentences of a text: read back where they are there, else made and kept.
    pub(crate) fn words(&self, text: &str, sentences: &[Span], make: impl FnOnce() -> Cuts) -> Cuts {
        let mut which = Writer::default();
        for span in sentences {
            which.size(span.start);
            which.size(span.len());
        }
        let mut key = blake3::Hasher::new();
        key.update(self.cutter.as_bytes()).update(blake3::hash(&which.bytes).as_bytes()).update(text.as_bytes());
        let write = |cuts: &Cuts| {
            let (lengths, ends) = cuts.parts();
            let mut writer = Writer::default();
            writer.size(lengths.len());
            writer.bytes.extend_from_slice(lengths);
            writer.size(ends.len());
            ends.iter().for_each(|&end| writer.whole(end.into()));
            writer.bytes
        };
        let read = |reader: &mut Reader<'_>| {
            let count = reader.count()?;
            let lengths = reader.take(count)?.to_vec();
            let sizes: Vec<usize> = sentences.iter().map(|span| span.len()).collect();
            Cuts::from_parts(lengths, reader.list(Reader::narrow)?, &sizes)
        };
        self.entry("words", &key.finalize(), make, write, read)
    }

    /// What it did, as a full sentence.
    pub fn told(&self) -> String {
        let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
        let mut told = format!("cache: {} entries were taken, {} were made", count(&self.taken), count(&self.made));
        if count(&self.damaged) > 0 {
            told += &format!(", {} of them in place of damaged ones", count(&self.damaged));
        }
        if count(&self.unwritten) > 0 {
            told += &format!(
                "; {} could not be kept: check the space in {}",
                count(&self.unwritten),
                self.folder.display()
            );
        }
        told
    }

    fn entry<T>(
        &self,
        stage: &str,
        key: &Hash,
        make: impl FnOnce() -> T,
        write: impl FnOnce(&T) -> Vec<u8>,
        read: impl FnOnce(&mut Reader<'_>) -> Option<T>,
    ) -> T {
        let name = key.to_hex();
        let path = self.folder.join(stage).join(&name[..2]).join(&name[2..]);
        if let Ok(bytes) = fs::read(&path) {
            let payload = payload(&bytes, key);
            let mut reader = Reader::new(payload.as_deref().unwrap_or_default());
            if payload.is_some()
                && let Some(value) = read(&mut reader).filter(|_| reader.is_done())
            {
                self.taken.fetch_add(1, Ordering::Relaxed);
                return value;
            }
            self.damaged.fetch_add(1, Ordering::Relaxed);
        }
        let value = make();
        self.made.fetch_add(1, Ordering::Relaxed);
        if keep(&path, key, &write(&value)).is_err() {
            self.unwritten.fetch_add(1, Ordering::Relaxed);
        }
        value
    }
}

/// A hash that begins with the program itself: its version, its file, and the models and lists inside it.
fn program() -> Result<blake3::Hasher> {
    let cannot = |source| {
        Error::Output(Trouble::new("the program cannot read its own file, which names its cache").source(source))
    };
    let path = std::env::current_exe().map_err(cannot)?;
    let mut hasher = blake3::Hasher::new();
    hasher.update(env!("CARGO_PKG_VERSION").as_bytes());
    hasher.update_reader(fs::File::open(path).map_err(cannot)?).map_err(cannot)?;
    Ok(hasher)
}

/// What an entry holds, if it is whole and the one that was asked for.
fn payload(bytes: &[u8], key: &Hash) -> Option<Vec<u8>> {
    let mut reader = Reader::new(bytes);
    let named = reader.take(MAGIC.len())? == MAGIC && reader.take(HASH)? == key.as_bytes();
    let checksum = reader.take(HASH)?;
    let length = reader.size().filter(|&length| named && length <= MOST_BYTES)?;
    let packed_length = reader.size()?;
    let packed = reader.take(packed_length).filter(|_| reader.is_done())?;
    if blake3::hash(packed).as_bytes() != checksum {
        return None;
    }
    zstd::bulk::decompress(packed, length).ok().filter(|payload| payload.len() == length)
}

/// Writes an entry beside and puts it in place, so that nobody ever reads half of one.
fn keep(path: &Path, key: &Hash, payload: &[u8]) -> std::io::Result<()> {
    let packed = zstd::bulk::compress(payload, LEVEL)?;
    let mut writer = Writer::default();
    writer.bytes.extend_from_slice(MAGIC);
    writer.bytes.extend_from_slice(key.as_bytes());
    writer.bytes.extend_from_slice(blake3::hash(&packed).as_bytes());
    writer.size(payload.len());
    writer.size(packed.len());
    writer.bytes.extend_from_slice(&packed);
    let folder = path.parent().expect("an entry lies in a folder of its stage");
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(&writer.bytes)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(cache: &Cache, of: &str, make: impl FnOnce() -> String) -> String {
        let mut key = blake3::Hasher::new();
        key.update(cache.coder.as_bytes()).update(of.as_bytes());
        let write = |value: &String| {
            let mut writer = Writer::default();
            writer.text(value);
            writer.bytes
        };
        cache.entry("coded", &key.finalize(), make, write, |reader| reader.text())
    }

    fn never() -> String {
        panic!("it is in the cache")
    }

    /// The only file below a folder.
    fn only_file(folder: &Path) -> PathBuf {
        let mut files = walkdir::WalkDir::new(folder).into_iter().flatten().filter(|entry| entry.file_type().is_file());
        let file = files.next().unwrap().into_path();
        assert!(files.next().is_none());
        file
    }

    #[test]
    fn what_was_made_once_is_taken_afterwards() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let cache = Cache::open(home.path(), &settings).unwrap();
        assert_eq!(text(&cache, "甲", || "一".repeat(100)), "一".repeat(100));
        let again = Cache::open(home.path(), &settings).unwrap();
        assert_eq!(text(&again, "甲", never), "一".repeat(100));
        assert_eq!(again.told(), "cache: 1 entries were taken, 0 were made");
    }

    #[test]
    fn other_settings_of_the_stage_and_other_texts_have_entries_of_their_own() {
        let home = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        let cache = Cache::open(home.path(), &settings).unwrap();
        text(&cache, "甲", || "一".into());
        assert_eq!(text(&cache, "乙", || "二".into()), "二");
        settings.coder.coverage = Some(0.9);
        let other = Cache::open(home.path(), &settings).unwrap();
        assert_eq!(text(&other, "甲", || "三".into()), "三");
        assert_eq!(other.cutter, cache.cutter, "the coder's settings cut no words");
        settings.cluster.k = Some(3);
        assert_eq!(text(&Cache::open(home.path(), &settings).unwrap(), "甲", never), "三");
    }

    #[test]
    fn every_damage_is_found_and_mended() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), &Settings::default()).unwrap();
        text(&cache, "甲", || "一二三".into());
        let path = only_file(home.path());
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0x10;
            fs::write(&path, &bytes).unwrap();
            assert_eq!(text(&cache, "甲", || "一二三".into()), "一二三", "byte {at}");
            assert_eq!(fs::read(&path).unwrap(), whole, "byte {at} is mended");
            fs::write(&path, &whole[..at]).unwrap();
            assert_eq!(text(&cache, "甲", || "一二三".into()), "一二三", "cut at {at}");
        }
        assert_eq!(cache.damaged.load(Ordering::Relaxed), 2 * whole.len());
    }

    #[test]
    fn an_entry_under_another_name_is_foreign() {
        let home = tempfile::tempdir().unwrap();
        let cache = Cache::open(home.path(), &Settings::default()).unwrap();
        text(&cache, "甲", || "一".into());
        let first = only_file(home.path());
        let bytes = fs::read(&first).unwrap();
        fs::remove_file(&first).unwrap();
        text(&cache, "乙", || "二".into());
        fs::write(only_file(home.path()), bytes).unwrap();
        assert_eq!(text(&cache, "乙", || "二".into()), "二");
        assert!(cache.told().contains("1 of them in place of damaged ones"), "{}", cache.told());
    }

    #[test]
    fn two_at_once_do_not_spoil_it() {
        let home = tempfile::tempdir().unwrap();
        let settings = Settings::default();
        let caches = [Cache::open(home.path(), &settings).unwrap(), Cache::open(home.path(), &settings).unwrap()];
        std::thread::scope(|scope| {
            for cache in &caches {
                scope.spawn(move || {
                    for number in 0..200 {
                        let name = (number % 20).to_string();
                        assert_eq!(text(cache, &name, || name.repeat(500)), name.repeat(500));
                    }
                });
            }
        });
        assert!(caches.iter().all(|cache| cache.damaged.load(Ordering::Relaxed) == 0));
    }
}
