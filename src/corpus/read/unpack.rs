//! What is inside compressed files and archives, within the limits of depth and size.

use super::outcome::{At, Outcome, guarded};
use crate::corpus::format::{self, Format, HEAD};
use crate::corpus::inflate::{self, INFLATION, Limits};
use crate::corpus::limits::ReadParams;
use crate::corpus::office::package::{Kind, Package};
use crate::corpus::system;
use crate::corpus::walk::{self, DOCUMENTS_CSV};
use crate::notice::{Clause, Notice};
use rayon::prelude::*;
use std::io::Read;

/// Reads what was inside: which file it is, its bytes, how many archives deep it lies, and how much may still be inflated.
///
/// A member may be of any format, packed once more among them, so whoever knows all formats gives the reader.
type ReadInside<'u> = &'u (dyn Fn(&At, Vec<u8>, usize, &mut u64) -> Outcome + Sync);

/// Opens files that hold others.
pub(super) struct Unpacker<'u> {
    /// The limits.
    pub params: &'u ReadParams,
    /// Reads each file that is inside.
    pub read: ReadInside<'u>,
}

impl Unpacker<'_> {
    /// One compressed file that is not a table in lines.
    pub fn packed(&self, at: &At, bytes: &[u8], format: Format, depth: usize, budget: &mut u64) -> Outcome {
        if depth >= self.params.max_archive_depth {
            return self.too_deep(at);
        }
        let mut inflated = Vec::new();
        let limit = (*budget).min(self.params.max_table_bytes);
        let result = match format {
            Format::Gzip => inflate::gzip(bytes, limit, INFLATION).read_to_end(&mut inflated),
            _ => inflate::zstd(bytes, limit, INFLATION).and_then(|mut reader| reader.read_to_end(&mut inflated)),
        };
        *budget = budget.saturating_sub(inflated.len() as u64);
        if let Err(error) = result {
            return Outcome::unread(&at.shown, packed_for_good(system::told(&error)));
        }
        let inner = At { name: format::without_compression(&at.name).to_string(), ..at.clone() };
        (self.read)(&inner, inflated, depth + 1, budget)
    }

    fn too_deep(&self, at: &At) -> Outcome {
        let limit = self.params.max_archive_depth;
        let reason = Notice::new(
            format!("压缩包嵌套的层数超过上限 max_archive_depth = {limit}。"),
            format!("It lies deeper in archives than the limit max_archive_depth = {limit}."),
        );
        Outcome::unread(&at.shown, reason)
    }

    /// The documents in an archive. Members are inflated one after the other, so that the same ones are over the limits every
    /// time, and read in parallel, a batch at a time.
    pub fn archive(&self, at: &At, bytes: &[u8], depth: usize, budget: &mut u64) -> Outcome {
        const BATCH: usize = 64 << 20;
        if depth >= self.params.max_archive_depth {
            return self.too_deep(at);
        }
        let mut package = match Package::open(bytes, *budget, self.params) {
            Ok(package) => package,
            Err(why) => return Outcome::unread(&at.shown, unopened(why)),
        };
        let mut outcome = Outcome::default();
        let mut batch: Vec<(At, Vec<u8>)> = Vec::new();
        let mut held = 0;
        for member in package.members().to_vec() {
            if member.name.split('/').any(walk::is_litter) {
                continue;
            }
            if member.name.rsplit('/').next() == Some(DOCUMENTS_CSV) {
                let notice = Notice::new(
                    "压缩包内的清单不起作用，请放到压缩包旁边。",
                    "a list inside an archive is not used; put it beside the archive.",
                );
                outcome.warnings.push(notice.about(&format!("{}/{}", at.shown, member.name)));
                continue;
            }
            let inner = At::new(
                &format!("{}/{}", at.id, member.name),
                format!("{}/{}", at.shown, member.name),
                at.folder.clone(),
            );
            let table = matches!(
                format::extension(&member.name).as_str(),
                "jsonl" | "ndjson" | "json" | "csv" | "tsv" | "parquet" | "xlsx" | "zip" | "gz" | "zst"
            );
            let (limit, named): (u64, Limits) = match table {
                true => (self.params.max_table_bytes, &["max_table_bytes"]),
                false => (self.params.max_document_bytes, &["max_document_bytes"]),
            };
            let bytes = match package.inflate(&member, limit, named) {
                Ok(bytes) => bytes,
                Err(why) => {
                    outcome.add(Outcome::unread(&inner.shown, packed_for_good(why)));
                    continue;
                }
            };
            if is_packed(&inner.name, &bytes, self.params) {
                let mut rest = package.remaining();
                outcome.add((self.read)(&inner, bytes, depth + 1, &mut rest));
                package.charge(package.remaining() - rest);
                continue;
            }
            held += bytes.len();
            batch.push((inner, bytes));
            if held > BATCH {
                outcome.add(self.batch(std::mem::take(&mut batch), depth + 1));
                held = 0;
            }
        }
        outcome.add(self.batch(batch, depth + 1));
        *budget = package.remaining();
        if outcome.documents.is_empty() && outcome.unread.is_empty() {
            let reason = Notice::new("压缩包中没有文档。", "There is no document in the archive.");
            outcome.add(Outcome::unread(&at.shown, reason));
        }
        outcome
    }

    /// The members of one batch, in order.
    fn batch(&self, batch: Vec<(At, Vec<u8>)>, depth: usize) -> Outcome {
        let read = |(at, bytes): (At, Vec<u8>)| {
            let mut budget = inflate::allowance(bytes.len() as u64, self.params);
            guarded(&at, || Ok((self.read)(&at, bytes, depth, &mut budget)))
        };
        let outcomes: Vec<Outcome> = batch.into_par_iter().map(read).collect();
        let mut joined = Outcome::default();
        outcomes.into_iter().for_each(|outcome| joined.add(outcome));
        joined
    }
}

/// That a zip cannot be opened, with the reason.
pub(super) fn unopened(why: Clause) -> Notice {
    why.after("无法打开", "It cannot be opened")
}

/// That what is packed does not come out, with the reason.
fn packed_for_good(why: Clause) -> Notice {
    why.after("无法解压", "It cannot be unpacked")
}

/// Whether a member of an archive is itself compressed or an archive, and not a document in a zip.
fn is_packed(name: &str, bytes: &[u8], params: &ReadParams) -> bool {
    match format::sniff(name, &bytes[..bytes.len().min(HEAD)]) {
        Format::Gzip | Format::Zstd => true,
        Format::Zip => Package::open(bytes, 0, params).is_ok_and(|package| package.kind() == Kind::Archive),
        _ => false,
    }
}
