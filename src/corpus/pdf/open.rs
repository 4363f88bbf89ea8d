//! Opening a PDF as untrusted input: what its object graph may cost is counted before and while it is parsed.

use super::graph::Graph;
use crate::corpus::inflate;
use crate::corpus::limits::ReadParams;
use crate::notice::Clause;
use flate2::read::ZlibDecoder;
use lopdf::{Document, LoadOptions, Object, ObjectId};
use std::cell::Cell;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The most that one stream of objects, or of the table of objects, may inflate to; programs write about 100 kB.
const STRUCTURE: usize = 8 << 20;

thread_local! {
    /// How many values may still be parsed on this thread.
    static VALUES: Cell<u64> = const { Cell::new(0) };
}

/// What ends a parse that costs too much.
struct TooMany;

/// Opens the PDF in `bytes`.
///
/// # Errors
/// Why it cannot be read, as a clause.
pub fn open(bytes: &[u8], params: &ReadParams) -> Result<Graph, Clause> {
    let limit = params.max_pdf_values;
    let too_many = || {
        Clause::new(
            format!("内含的数值、名称等的个数超过上限 max_pdf_values = {limit}"),
            format!("it has more values than the limit max_pdf_values = {limit}"),
        )
    };
    if written(bytes).saturating_add(packed(bytes, limit)) > limit {
        return Err(too_many());
    }
    let mut document = load(bytes, limit, false).ok_or_else(too_many)?;
    if !document.as_ref().is_ok_and(has_pages) {
        // The table of objects may point beside them; they are looked for one by one.
        let rebuilt = load(bytes, limit, true).ok_or_else(too_many)?;
        if rebuilt.is_ok() {
            document = rebuilt;
        }
    }
    let document = document.map_err(|error| {
        Clause::new(
            format!("文件已损坏，请重新生成 PDF（{error}）"),
            format!("the file is damaged ({error}); make the PDF anew"),
        )
    })?;
    if document.trailer.has(b"Encrypt") && document.encryption_state.is_none() {
        return Err(Clause::new(
            "文件设有密码，请先解除（qpdf --decrypt --password=… 原文件 新文件.pdf）",
            "it is locked with a password; unlock it (qpdf --decrypt --password=… FILE OPEN.pdf)",
        ));
    }
    Ok(Graph::new(document, inflate::allowance(bytes.len() as u64, params), params.max_pdf_steps))
}

/// Parses the file; `None` if that costs more than `limit` values.
fn load(bytes: &[u8], limit: u64, force_reconstruct: bool) -> Option<lopdf::Result<Document>> {
    let options = LoadOptions {
        filter: Some(charged),
        max_decompressed_size: Some(STRUCTURE),
        force_reconstruct,
        ..LoadOptions::default()
    };
    VALUES.set(limit);
    match catch_unwind(AssertUnwindSafe(|| Document::load_mem_with_options(bytes, options))) {
        Ok(document) => Some(document),
        Err(panic) if panic.is::<TooMany>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// Takes an object's cost from what may still be parsed: the table may name one object a million times.
fn charged(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut cost = cost(object);
    if let Object::Stream(stream) = object
        && stream.dict.has_type(b"ObjStm")
    {
        cost += stream.decompressed_content_with_limit(STRUCTURE).map_or(0, |content| written(&content));
    }
    match VALUES.get().checked_sub(cost) {
        Some(left) => VALUES.set(left),
        None => resume_unwind(Box::new(TooMany)),
    }
    // Of an object that stands by itself, what is given back is not looked at; only such a one is a stream.
    Some((id, if matches!(object, Object::Stream(_)) { Object::Null } else { object.clone() }))
}

/// The values in an object; a hundred bytes of a string or stream weigh as much as a value.
fn cost(object: &Object) -> u64 {
    1 + match object {
        Object::Array(values) => values.iter().map(cost).sum(),
        Object::Dictionary(values) => values.iter().map(|(_, value)| cost(value)).sum(),
        Object::Stream(stream) => {
            stream.content.len() as u64 / 100 + stream.dict.iter().map(|(_, value)| cost(value)).sum::<u64>()
        }
        Object::String(bytes, _) | Object::Name(bytes) => bytes.len() as u64 / 100,
        _ => 0,
    }
}

/// At most how many values could be written in `bytes`, whatever they are: the starts of tokens.
fn written(bytes: &[u8]) -> u64 {
    let mut count = 0;
    let mut apart = true;
    for byte in bytes {
        let blank = matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0C' | b'\r' | b' ');
        let open = matches!(byte, b'(' | b'<' | b'[' | b'/');
        let shut = matches!(byte, b')' | b'>' | b']');
        count += u64::from(open || apart && !blank && !shut);
        apart = blank || shut;
    }
    count + bytes.len() as u64 / 1_000
}

/// How many values come out of the streams of objects, counted until they are more than `limit`.
///
/// What stands between two streams is looked at as a whole, so that nothing that can be parsed as such a stream is missed.
fn packed(bytes: &[u8], limit: u64) -> u64 {
    let mut count = 0;
    let mut start = 0;
    let mut buffer = vec![0u8; 64 << 10];
    while let Some(at) = find(&bytes[start..], b"stream") {
        let (head, rest) = (&bytes[start..start + at], &bytes[start + at + 6..]);
        start += at + 6;
        if find(head, b"ObjStm").is_none() && !head.contains(&b'#') {
            continue;
        }
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let mut inflated = ZlibDecoder::new(data).take(STRUCTURE as u64);
        while let Ok(length @ 1..) = inflated.read(&mut buffer) {
            count += written(&buffer[..length]);
            if count > limit {
                return count;
            }
        }
    }
    count
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn has_pages(document: &Document) -> bool {
    document.trailer.has(b"Encrypt") && document.encryption_state.is_none()
        || document
            .catalog()
            .is_ok_and(|catalog| catalog.get_deref(b"Pages", document).is_ok_and(|p| p.as_dict().is_ok()))
}
