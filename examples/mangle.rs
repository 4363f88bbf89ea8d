//! Reads damaged versions of every case file, cuts the outline of what comes out, loads them as a lexicon, and fails on a panic.
//!
//! ```text
//! cargo run --release --example mangle -- [VERSIONS] [SEED]
//! ```
//!
//! A version has bytes changed, taken out, doubled, cut off or taken from another case; of a zip, every other version is damaged in its
//! members and packed anew. The same seed gives the same versions. The stable stand-in for the fuzz targets, which need a nightly compiler.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use cezhong::corpus::{Input, ReadParams, read_inputs};
use cezhong::outline::outline;
use cezhong::segment::Lexicon;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// So many versions are read at once.
const BATCH: usize = 64;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let versions: usize = args.next().map_or(Ok(100), |count| count.parse())?;
    let seed: u64 = args.next().map_or(Ok(1), |seed| seed.parse())?;
    std::panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        eprintln!("{panic}");
    }));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases");
    let mut cases: Vec<(String, Vec<u8>)> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".expected") {
            cases.push((name, std::fs::read(&path)?));
        }
    }
    cases.sort();
    let params = ReadParams {
        max_inflated_bytes: 4 << 20,
        max_pdf_values: 200_000,
        max_pdf_steps: 500_000,
        ..ReadParams::default()
    };
    let (mut read, mut refused) = (0, 0);
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    for (case, (name, bytes)) in cases.iter().enumerate() {
        let before = PANICS.load(Ordering::Relaxed);
        for first in (0..versions).step_by(BATCH) {
            let batch: Vec<Vec<u8>> = (first..versions.min(first + BATCH))
                .map(|version| {
                    let other = &cases[rng.gen_range(0..cases.len())].1;
                    match version % 2 {
                        0 => damaged(bytes, other, &mut rng),
                        _ => repacked(bytes, other, &mut rng).unwrap_or_else(|| damaged(bytes, other, &mut rng)),
                    }
                })
                .collect();
            // A sound document beside them, so that the others are listed one by one.
            let sound = Input::Memory {
                folder: PathBuf::new(),
                name: "sound.txt".into(),
                bytes: b"\xE5\xB7\xA5\xE4\xBD\x9C"[..].into(),
            };
            let inputs = batch.iter().enumerate().map(|(n, bytes)| Input::Memory {
                folder: PathBuf::new(),
                name: format!("{n}-{name}"),
                bytes: bytes.clone().into(),
            });
            let corpus = read_inputs(inputs.chain([sound]).collect(), None, &params)?;
            read += corpus.documents.len() - 1;
            refused += corpus.unread.len();
            corpus.documents.par_iter().for_each(|document| drop(std::hint::black_box(outline(&document.text))));
            for bytes in &batch {
                let mut lexicon = Lexicon::new();
                // Loaded or refused; what the bytes hold depends on the draw.
                let _ = lexicon.add_terms(&bytes[..bytes.len().min(20_000)], Path::new("mangled"));
                let _ = lexicon.add_stop_words(&bytes[..bytes.len().min(20_000)], Path::new("mangled"));
            }
        }
        let panics = PANICS.load(Ordering::Relaxed) - before;
        println!("{:>3} of {}\t{name}\t{versions} versions\t{panics} panics", case + 1, cases.len());
    }
    let executions = cases.len() * versions;
    let panics = PANICS.load(Ordering::Relaxed);
    println!("{executions} executions: {read} documents read, {refused} listed, {panics} panics");
    if panics > 0 { Err("a reader panicked".into()) } else { Ok(()) }
}

/// `bytes` with one to eight kinds of damage.
fn damaged(bytes: &[u8], other: &[u8], rng: &mut Xoshiro256PlusPlus) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.gen_range(1..=8) {
        let length = bytes.len();
        let at = rng.gen_range(0..=length);
        let end = (at + rng.gen_range(1..=64)).min(length);
        match rng.gen_range(0..6) {
            0 | 1 if at < length => bytes[at] = rng.r#gen(),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            4 if rng.gen_ratio(1, 8) => bytes.truncate(at),
            _ if !other.is_empty() => {
                let from = rng.gen_range(0..other.len());
                let piece = other[from..other.len().min(from + 32)].to_vec();
                drop(bytes.splice(at..end, piece));
            }
            _ => {}
        }
    }
    bytes
}

/// A zip whose members are damaged, one in three of them; `None` if `bytes` are no zip.
fn repacked(bytes: &[u8], other: &[u8], rng: &mut Xoshiro256PlusPlus) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).ok()?;
        let mut content = Vec::new();
        Read::by_ref(&mut member).take(1 << 20).read_to_end(&mut content).ok()?;
        if rng.gen_ratio(1, 3) {
            content = damaged(&content, other, rng);
        }
        packed.start_file(member.name().to_string(), zip::write::SimpleFileOptions::default()).ok()?;
        packed.write_all(&content).ok()?;
    }
    Some(packed.finish().ok()?.into_inner())
}
