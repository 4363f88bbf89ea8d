//! Every reader: the first byte chooses the name, and so the format where the bytes do not.
//!
//! Damage to a zip mostly breaks a checksum, and what reads its members sees none of it. So under a name that begins with `parts` the
//! bytes are members still to be packed: a name to the end of the line, the content to the next record separator.
#![no_main]

use cezhong::corpus::{Input, ReadParams, read_inputs};
use libfuzzer_sys::fuzz_target;
use std::io::{Cursor, Write};
use zip::CompressionMethod;
use zip::write::{SimpleFileOptions, ZipWriter};

/// The names, which `examples/mangle.rs` numbers in the same order where it writes seeds.
const NAMES: &str = include_str!("../names.txt");

fuzz_target!(init: pass_polars(), |data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let Some(name) = NAMES.lines().nth(usize::from(*first) % NAMES.lines().count()) else { return };
    let bytes = if name.starts_with("parts") { packed(bytes) } else { Some(bytes.to_vec()) };
    let Some(bytes) = bytes else { return };
    let input = Input::Memory { folder: Default::default(), name: name.to_string(), bytes: bytes.into() };
    let params = ReadParams {
        max_inflated_bytes: 4 << 20,
        max_pdf_values: 200_000,
        max_pdf_steps: 500_000,
        ..ReadParams::default()
    };
    // A panic ends the process before the reader catches it and lists the document; of polars, it is a find only if it is listed.
    if let Err(error) = read_inputs(vec![input], None, &params) {
        assert!(!error.to_string().contains("broke down"), "{error}");
    }
});

/// Lets panics of polars unwind: it panics on damaged Parquet, and the reader catches that and refuses the file.
fn pass_polars() {
    let ends = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !panic.location().is_some_and(|location| location.file().contains("/polars-")) {
            ends(panic);
        }
    }));
}

/// The members that `bytes` describe, packed; `None` if a name cannot be one, such as one that is there twice.
fn packed(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for member in bytes.split(|byte| *byte == 0x1E) {
        let end = member.iter().position(|byte| *byte == b'\n')?;
        zip.start_file(std::str::from_utf8(&member[..end]).ok()?, stored).ok()?;
        zip.write_all(&member[end + 1..]).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
