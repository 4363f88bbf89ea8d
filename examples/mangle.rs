//! Reads damaged versions of every case file, cuts the outline of what comes out, loads them as a lexicon, and fails on a
//! panic that no reader caught.
//!
//! ```text
//! cargo run --release --example mangle -- [VERSIONS] [SEED] [PART OF A NAME]
//! cargo run --release --example mangle -- seeds
//! ```
//!
//! A version has bytes changed, taken out, doubled, cut off or taken from another case; of a zip, every other version is damaged in its
//! members and packed anew. The same seed gives the same versions. `seeds` writes the cases below `fuzz/corpus`, where the fuzz
//! targets begin. Told besides: how long the slowest version took, and how much memory the process held at most.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use cezhong::corpus::{Input, ReadParams, read_inputs};
use cezhong::outline::outline;
use cezhong::segment::Lexicon;
use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
/// A name, whose extension tells the format, and the bytes.
type Case = (String, Vec<u8>);

/// All panics, and those that no reader made into a reason of its own.
static PANICS: AtomicUsize = AtomicUsize::new(0);
static ESCAPED: AtomicUsize = AtomicUsize::new(0);

/// So many versions are made at once.
const BATCH: usize = 64;
/// A larger file is no seed: the fuzzer would spend its time on copying it.
const LARGEST_SEED: usize = 20_000;

fn main() -> Outcome<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let cases = cases()?;
    if args.first().is_some_and(|first| first == "seeds") {
        return seeds(&cases);
    }
    let versions: usize = args.first().map_or(Ok(100), |count| count.parse())?;
    let seed: u64 = args.get(1).map_or(Ok(1), |seed| seed.parse())?;
    let wanted = args.get(2).map_or("", String::as_str);
    std::panic::set_hook(Box::new(|panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        eprintln!("{panic}");
    }));
    let mut total = Told::default();
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let chosen = cases.iter().filter(|(name, _)| name.contains(wanted));
    for (name, bytes) in chosen {
        let before = PANICS.load(Ordering::Relaxed);
        let mut told = Told::default();
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
            let outcomes: Vec<Told> = batch.into_par_iter().map(|bytes| run(name, bytes)).collect();
            outcomes.into_iter().for_each(|outcome| told.add(outcome));
        }
        let panics = PANICS.load(Ordering::Relaxed) - before;
        println!("{name}\t{told}\t{panics} panics\t{}", peak());
        total.add(told);
    }
    let (panics, escaped) = (PANICS.load(Ordering::Relaxed), ESCAPED.load(Ordering::Relaxed));
    println!("all\t{total}\t{panics} panics, {escaped} of them beyond the reader\t{}", peak());
    if escaped > 0 { Err("a reader panicked".into()) } else { Ok(()) }
}

/// What came of some versions.
#[derive(Default)]
struct Told {
    read: usize,
    refused: usize,
    slowest: Duration,
}

impl Told {
    fn add(&mut self, other: Told) {
        self.read += other.read;
        self.refused += other.refused;
        self.slowest = self.slowest.max(other.slowest);
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Told { read, refused, slowest } = self;
        write!(
            f,
            "{} executions: {read} read, {refused} refused, slowest {:.2} s",
            read + refused,
            slowest.as_secs_f64()
        )
    }
}

/// Reads one version, cuts its outlines and loads it as a lexicon.
fn run(name: &str, bytes: Vec<u8>) -> Told {
    let params = ReadParams {
        max_inflated_bytes: 4 << 20,
        max_pdf_values: 200_000,
        max_pdf_steps: 500_000,
        ..ReadParams::default()
    };
    let start = Instant::now();
    // Loaded or refused; what the bytes hold depends on the draw.
    let mut lexicon = Lexicon::new();
    let _ = lexicon.add_terms(&bytes[..bytes.len().min(20_000)], Path::new("mangled"));
    let _ = lexicon.add_stop_words(&bytes[..bytes.len().min(20_000)], Path::new("mangled"));
    let input = Input::Memory { folder: PathBuf::new(), name: name.to_string(), bytes: bytes.into() };
    let read = read_inputs(vec![input], None, &params);
    let broke_down = |reason: &str| reason.contains("broke down");
    let mut escaped = match &read {
        Ok(corpus) => corpus.unread.iter().filter(|unread| broke_down(&unread.reason.en)).count(),
        Err(error) => usize::from(broke_down(&error.to_string())),
    };
    for document in read.iter().flat_map(|corpus| &corpus.documents) {
        escaped +=
            usize::from(std::panic::catch_unwind(|| drop(std::hint::black_box(outline(&document.text)))).is_err());
    }
    ESCAPED.fetch_add(escaped, Ordering::Relaxed);
    Told { read: usize::from(read.is_ok()), refused: usize::from(read.is_err()), slowest: start.elapsed() }
}

/// The most memory that the process has held, as the system tells it.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
    peak.map_or(String::new(), |kib: u64| format!("peak {} MiB", kib >> 10))
}

/// The case files, and one of each format that has none, as their readers are tested with values rather than files.
fn cases() -> Outcome<Vec<Case>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases");
    let mut cases: Vec<Case> = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !name.ends_with(".expected") {
            cases.push((name, std::fs::read(&path)?));
        }
    }
    let row = |id: &str, year: u32, text: &str| {
        format!(r#"{{"id":"{id}","地区":"青石镇","年份":{year},"类型":"山区","text":"{text}"}}"#)
    };
    let rows = [
        row("甲", 2023, "一、发展现代农业。新建果园200亩。\\n二、推进水库除险加固。"),
        row("乙", 2024, "力争引进企业5家，建设污水管网12公里。"),
    ];
    let lines = rows.join("\n");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(lines.as_bytes())?;
    cases.push(("rows.jsonl.gz".into(), gzip.finish()?));
    let csv = "编号,地区,年份,正文\n甲,青石镇,2024,\"推进水库除险加固，\n改善人居环境。\"\n";
    cases.push(("rows.csv.zst".into(), zstd::encode_all(csv.as_bytes(), 3)?));
    cases.push(("rows.csv".into(), csv.into()));
    cases.push(("rows.json".into(), format!("[{}]", rows.join(",")).into()));
    cases.push(("rows.jsonl".into(), lines.into()));
    let columns = [
        Series::new("text".into(), ["推进水库除险加固。", "发展现代农业。"]).into(),
        Series::new("地区".into(), ["青石镇", "白水镇"]).into(),
        Series::new("年份".into(), [2023i64, 2024]).into(),
    ];
    let mut parquet = Vec::new();
    ParquetWriter::new(&mut parquet).finish(&mut DataFrame::new_infer_height(columns.into())?)?;
    cases.push(("rows.parquet".into(), parquet));
    cases.sort();
    Ok(cases)
}

/// Writes the small cases as seeds of the fuzz targets.
fn seeds(cases: &[Case]) -> Outcome<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let write = |target: &str, name: &str, bytes: &[u8]| -> Outcome<()> {
        std::fs::create_dir_all(root.join(target))?;
        Ok(std::fs::write(root.join(target).join(name), bytes)?)
    };
    // The first byte says which of the names is meant.
    let names = include_str!("../fuzz/names.txt");
    let numbered = |wanted: &str, bytes: &[u8]| {
        let number = names.lines().position(|name| name == wanted)?;
        Some([&[u8::try_from(number).ok()?], bytes].concat())
    };
    for (name, bytes) in cases {
        // A bomb takes long and finds nothing.
        if bytes.len() > LARGEST_SEED || name.starts_with("bomb") {
            continue;
        }
        let extension = name.split_once('.').map_or("", |(_, extension)| extension);
        if let Some(seed) = numbered(&format!("a.{extension}"), bytes) {
            write("read", name, &seed)?;
        }
        if let Some(seed) = parts(bytes).and_then(|parts| numbered(&format!("parts.{extension}"), &parts))
            && seed.len() <= LARGEST_SEED
        {
            write("read", &format!("{name}.parts"), &seed)?;
        }
        if extension == "pdf" {
            write("pdf", name, bytes)?;
        }
        if let Ok(text) = std::str::from_utf8(bytes)
            && matches!(extension, "txt" | "md" | "csv")
        {
            write("outline", name, text.as_bytes())?;
        }
    }
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("notebooks-data/sample");
    for entry in std::fs::read_dir(sample)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.ends_with(".txt") {
            write("outline", &name, &std::fs::read(&path)?)?;
        }
    }
    let terms = "\u{FEFF}招商引资 100 n\r\n５Ｇ基站\n河长制 nz # 制度\n\n# 注释\n美丽乡村 50\n";
    write("lexicon", "terms.txt", terms.as_bytes())?;
    write("lexicon", "stop.txt", "的\n和 # 连词\n".as_bytes())
}

/// The members of a zip as the fuzz target `read` takes them; `None` if `bytes` are no zip of texts.
fn parts(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts: Vec<Vec<u8>> = Vec::new();
    for index in 0..zip.len() {
        let mut member = zip.by_index(index).ok()?;
        let mut part = format!("{}\n", member.name()).into_bytes();
        Read::by_ref(&mut member).take(1 << 20).read_to_end(&mut part).ok()?;
        parts.push(part);
    }
    (!parts.is_empty()).then(|| parts.join(&0x1E))
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
