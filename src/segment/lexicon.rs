//! The lexicon: words to be kept whole and words to be left out, read line by line.

use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::error::{Error, Result, Trouble};
use crate::text::half_width;

/// The policy terms that ship with the program.
const SHIPPED_TERMS: &str = include_str!("../../models/lexicon.txt");
/// The stop words that ship with the program.
const SHIPPED_STOP_WORDS: &str = include_str!("../../models/stopwords.txt");

/// The longest part-of-speech tag of the common tag sets (`nrfg`); tells `词 nz` (a tag) from `词 many` (no number).
const LONGEST_TAG: usize = 4;
/// Four-letter tags that exist; every other four-letter field is a frequency that is no number.
const FOUR_LETTER_TAGS: [&str; 1] = ["nrfg"];

/// One word of a lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The word, full-width letters and digits made half-width.
    pub word: String,
    /// How often the word counts as seen; `None` lets the segmenter choose the smallest frequency that keeps it whole.
    pub freq: Option<usize>,
    /// The part of speech, as the file gives it; kept, not used in cutting.
    pub tag: Option<String>,
}

/// Words to be kept whole, in the order in which they were read, and stop words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lexicon {
    entries: Vec<Entry>,
    stop: BTreeSet<String>,
}

impl Lexicon {
    /// A lexicon without words: the segmenter's own dictionary decides, and nothing is a stop word.
    pub fn new() -> Lexicon {
        Lexicon::default()
    }

    /// The policy terms and stop words that ship with the program (`models/lexicon.txt`, `models/stopwords.txt`).
    ///
    /// # Panics
    /// Never: the embedded files are checked by a test.
    pub fn shipped() -> Lexicon {
        let mut lexicon = Lexicon::new();
        lexicon
            .add_terms(SHIPPED_TERMS.as_bytes(), Path::new("models/lexicon.txt"))
            .expect("the embedded lexicon is well formed");
        lexicon
            .add_stop_words(SHIPPED_STOP_WORDS.as_bytes(), Path::new("models/stopwords.txt"))
            .expect("the embedded stop words are well formed");
        lexicon
    }

    /// Adds the terms of a file to those already here; see [`Lexicon::add_terms`].
    ///
    /// # Errors
    /// [`Error::Settings`] when the file cannot be read or a line is not well formed.
    pub fn read_terms(&mut self, path: &Path) -> Result<()> {
        self.add_terms(&read(path, "the lexicon")?, path)
    }

    /// Adds the stop words of a file to those already here; see [`Lexicon::add_stop_words`].
    ///
    /// # Errors
    /// [`Error::Settings`] when the file cannot be read or a line is not well formed.
    pub fn read_stop_words(&mut self, path: &Path) -> Result<()> {
        self.add_stop_words(&read(path, "the list of stop words")?, path)
    }

    /// Adds terms, one a line: `term`, `term freq`, `term tag` or `term freq tag`, parted by blanks or tabs.
    ///
    /// A byte order mark, CRLF, blank lines and everything from a field that begins with `#` are left out. A term given
    /// twice keeps its first place and takes the later line's frequency and tag. `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Settings`] with the line for bytes that are not UTF-8, a frequency that is 0 or no whole number, more
    /// than three fields, or a term with a character at which every word ends (so that it could never be cut).
    pub fn add_terms(&mut self, bytes: &[u8], path: &Path) -> Result<()> {
        let words = self.entries.iter().map(|entry| entry.word.clone());
        let mut places: FxHashMap<String, usize> = words.zip(0..).collect();
        for (line, fields) in lines(bytes, path)? {
            let entry = entry(&fields)
                .map_err(|(what, remedy)| Error::Settings(Trouble::at(path, what).line(line).remedy(remedy)))?;
            match places.get(&entry.word) {
                Some(&place) => self.entries[place] = entry,
                None => {
                    places.insert(entry.word.clone(), self.entries.len());
                    self.entries.push(entry);
                }
            }
        }
        Ok(())
    }

    /// Adds stop words, one a line, with the same blanks, comments and line ends as [`Lexicon::add_terms`].
    ///
    /// # Errors
    /// [`Error::Settings`] with the line for bytes that are not UTF-8 or a second word on a line.
    pub fn add_stop_words(&mut self, bytes: &[u8], path: &Path) -> Result<()> {
        for (line, fields) in lines(bytes, path)? {
            if let [_, second, ..] = fields.as_slice() {
                let trouble = Trouble::at(path, format!("“{second}” follows a stop word on the same line"));
                return Err(Error::Settings(trouble.line(line).remedy("write one stop word a line")));
            }
            self.stop.insert(folded(fields[0]));
        }
        Ok(())
    }

    /// Makes `word` a stop word.
    pub fn add_stop_word(&mut self, word: &str) {
        self.stop.insert(folded(word));
    }

    /// The terms, in the order in which they were read; each word once.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The stop words, in code-point order.
    pub fn stop_words(&self) -> impl Iterator<Item = &str> {
        self.stop.iter().map(String::as_str)
    }
}

/// Whether the segmenter keeps `c` inside a word; at any other character every word ends.
///
/// The class is jieba's own: CJK ideographs, and ASCII letters, digits and `+#&._%-`.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '+' | '#' | '&' | '.' | '_' | '%' | '-')
        || matches!(c as u32, 0x4E00..=0x9FFF | 0x3400..=0x4DBF | 0xF900..=0xFAFF | 0x2F800..=0x2FA1F)
        || matches!(c as u32, 0x20000..=0x2A6DF | 0x2A700..=0x2B73F | 0x2B740..=0x2B81F | 0x2B820..=0x2CEAF | 0x2CEB0..=0x2EBEF)
}

/// `c` as the segmenter shall see it: full-width forms of characters that stand inside words become half-width, so that
/// ５Ｇ is one word; full-width punctuation stays, because it ends words either way.
pub(super) fn fold(c: char) -> char {
    let narrow = half_width(c);
    if is_word_char(narrow) { narrow } else { c }
}

fn folded(word: &str) -> String {
    word.chars().map(fold).collect()
}

fn read(path: &Path, what: &str) -> Result<Vec<u8>> {
    fs::read(path).map_err(|source| {
        let trouble = Trouble::at(path, format!("{what} cannot be read"));
        Error::Settings(trouble.source(source).remedy("check the path in the settings"))
    })
}

/// The fields of each line that has any, with the line's number from 1.
fn lines<'b>(bytes: &'b [u8], path: &Path) -> Result<Vec<(usize, Vec<&'b str>)>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut found = Vec::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        let line = std::str::from_utf8(line).map_err(|_| {
            let trouble = Trouble::at(path, "the line is not UTF-8").line(index + 1);
            Error::Settings(trouble.remedy("save the file as UTF-8"))
        })?;
        let fields: Vec<&str> = line.split_whitespace().take_while(|field| !field.starts_with('#')).collect();
        if !fields.is_empty() {
            found.push((index + 1, fields));
        }
    }
    Ok(found)
}

/// The entry that the fields of a line say, or what is wrong and what to do.
fn entry(fields: &[&str]) -> std::result::Result<Entry, (String, String)> {
    let word = folded(fields[0]);
    if let Some(c) = word.chars().find(|&c| !is_word_char(c)) {
        return Err((
            format!("“{word}” holds “{c}”, at which every word ends"),
            "write the parts on lines of their own".into(),
        ));
    }
    let (freq, tag) = match fields[1..] {
        [] => (None, None),
        [only] if is_tag(only) => (None, Some(only)),
        [freq] => (Some(frequency(freq)?), None),
        [freq, tag] => (Some(frequency(freq)?), Some(tag)),
        [_, _, extra, ..] => {
            return Err((
                format!("“{extra}” is a fourth field"),
                "write a term, its frequency and its tag at most".into(),
            ));
        }
    };
    Ok(Entry { word, freq, tag: tag.map(str::to_owned) })
}

fn is_tag(field: &str) -> bool {
    let letters = field.bytes().all(|byte| byte.is_ascii_alphabetic());
    letters && (field.len() < LONGEST_TAG || FOUR_LETTER_TAGS.contains(&field))
}

fn frequency(field: &str) -> std::result::Result<usize, (String, String)> {
    match field.parse::<usize>() {
        Ok(0) => {
            Err(("the frequency 0 would break the word".into(), "leave the frequency out or write 1 or more".into()))
        }
        // A frequency is summed with half a million others and its logarithm taken; above 32 bits it says nothing more.
        Ok(freq) if u32::try_from(freq).is_ok() => Ok(freq),
        Ok(freq) => Err((format!("the frequency {freq} is too large"), format!("write {} at most", u32::MAX))),
        Err(_) => {
            Err((format!("the frequency “{field}” is no whole number"), "write a whole number or leave it out".into()))
        }
    }
}
