//! One file on disk: opened once, read no further than the limits allow, and watched for change.

use super::bytes::Reader;
use super::documents;
use super::outcome::{At, Outcome, guarded};
use crate::corpus::format::{self, Format, HEAD};
use crate::corpus::inflate::{self, INFLATION};
use crate::corpus::walk::Found;
use crate::notice::Notice;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Reads one file from disk.
pub(super) fn read(reader: &Reader, found: &Found) -> Outcome {
    let at = At::new(&found.id, found.shown.clone(), found.folder.clone());
    guarded(&at, || open(reader, &at, &found.path))
}

/// What comes of the file at `path`; an error if the disk gives one.
fn open(reader: &Reader, at: &At, path: &Path) -> io::Result<Outcome> {
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    let mut head = Vec::with_capacity(HEAD);
    Read::by_ref(&mut file).take(HEAD as u64).read_to_end(&mut head)?;
    let size = before.len();
    let format = format::sniff(&at.name, &head);
    let whole = head.as_slice().chain(file);
    let inner = format::without_compression(&at.name);
    let packed_lines = inner != at.name && matches!(format::extension(inner).as_str(), "jsonl" | "ndjson");
    let mut outcome = match format {
        _ if size == 0 => return Ok(Outcome::empty(at)),
        Format::Refused(what) => return Ok(Outcome::unread(&at.shown, what.notice())),
        Format::JsonLines
        | Format::Gzip
        | Format::Zstd
        | Format::Csv
        | Format::Json
        | Format::Parquet
        | Format::Zip
            if size > reader.params.max_table_bytes =>
        {
            return Ok(Outcome::too_large(at, size, "max_table_bytes", reader.params.max_table_bytes));
        }
        Format::JsonLines => documents::lines(reader.lists, reader.params, at, whole)?,
        Format::Gzip if packed_lines => {
            documents::lines(reader.lists, reader.params, at, inflate::gzip(whole, reader.allowance(size), INFLATION))?
        }
        Format::Zstd if packed_lines => {
            documents::lines(reader.lists, reader.params, at, inflate::zstd(whole, reader.allowance(size), INFLATION)?)?
        }
        Format::Gzip | Format::Zstd | Format::Csv | Format::Json | Format::Parquet | Format::Zip => {
            let mut bytes = Vec::new();
            whole.take(reader.params.max_table_bytes).read_to_end(&mut bytes)?;
            reader.top(at, bytes)
        }
        _ if size > reader.params.max_document_bytes => {
            return Ok(Outcome::too_large(at, size, "max_document_bytes", reader.params.max_document_bytes));
        }
        _ => {
            let mut bytes = Vec::new();
            whole.take(reader.params.max_document_bytes).read_to_end(&mut bytes)?;
            reader.top(at, bytes)
        }
    };
    let after = std::fs::metadata(path)?;
    if after.len() != size || after.modified().ok() != before.modified().ok() {
        let notice = Notice::new("读取期间文件有改动，请重新运行。", "the file changed while it was read; run again.");
        outcome.warnings.push(notice.about(&at.shown));
    }
    Ok(outcome)
}
