//! What kind of file it is, by its first bytes, then by its name.

use super::extract::RECOGNISE;
use crate::notice::Notice;

/// A format, as far as the first bytes and the name tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text or markdown.
    Text,
    /// A web page.
    Html,
    /// A web page with its pictures in one MIME file.
    Mhtml,
    /// JSON Lines.
    JsonLines,
    /// One JSON array of objects.
    Json,
    /// Values between commas, semicolons or tabs.
    Csv,
    /// Apache Parquet.
    Parquet,
    /// A zip: an archive, or a document of Word, Excel, OFD or OpenDocument.
    Zip,
    /// A PDF.
    Pdf,
    /// Rich Text Format.
    Rtf,
    /// An OLE compound file: the old `.doc`, `.wps`, `.xls`.
    Compound,
    /// Compressed with gzip.
    Gzip,
    /// Compressed with zstd.
    Zstd,
    /// Something that holds no text we can take.
    Refused(Refusal),
}

/// What holds no text we can take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A picture.
    Picture,
    /// A program or a library.
    Program,
    /// Sound or video.
    Sound,
    /// An archive that is no zip.
    Archive,
}

impl Refusal {
    /// Why it is not read.
    pub fn notice(self) -> Notice {
        let (zh, en) = RECOGNISE;
        match self {
            Refusal::Picture => Notice::new(format!("文件是图片，{zh}。"), format!("The file is a picture; {en}.")),
            Refusal::Program => {
                Notice::new("文件是程序或程序库，不是文档。", "The file is a program or a library, not a document.")
            }
            Refusal::Sound => {
                Notice::new("文件是音频或视频，不是文档。", "The file is sound or video, not a document.")
            }
            Refusal::Archive => Notice::new(
                "不支持这种压缩格式，请解压，或者改用 .zip 打包。",
                "This kind of archive is not read; unpack it, or pack it as .zip.",
            ),
        }
    }
}

/// How many bytes decide the format.
pub(crate) const HEAD: usize = 8 << 10;

/// First bytes that decide, whatever the name says.
const MAGIC: [(&[u8], Format); 18] = [
    (b"PK\x03\x04", Format::Zip),
    (b"PK\x05\x06", Format::Zip),
    (b"\x1F\x8B", Format::Gzip),
    (b"\x28\xB5\x2F\xFD", Format::Zstd),
    (b"PAR1", Format::Parquet),
    (b"%PDF-", Format::Pdf),
    (b"{\\rtf", Format::Rtf),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Format::Compound),
    (b"\x89PNG\r\n", Format::Refused(Refusal::Picture)),
    (b"\xFF\xD8\xFF", Format::Refused(Refusal::Picture)),
    (b"GIF8", Format::Refused(Refusal::Picture)),
    (b"II*\0", Format::Refused(Refusal::Picture)),
    (b"MM\0*", Format::Refused(Refusal::Picture)),
    (b"\x7FELF", Format::Refused(Refusal::Program)),
    (b"MZ\x90\0", Format::Refused(Refusal::Program)),
    (b"ID3", Format::Refused(Refusal::Sound)),
    (b"Rar!\x1A", Format::Refused(Refusal::Archive)),
    (b"7z\xBC\xAF\x27\x1C", Format::Refused(Refusal::Archive)),
];

/// The format of a file with this name that begins with these bytes (a few kilobytes are enough).
pub fn sniff(name: &str, head: &[u8]) -> Format {
    if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return *format;
    }
    let front = &head[..head.len().min(1024)];
    if front.windows(5).any(|window| window == b"%PDF-") {
        return Format::Pdf;
    }
    let extension = extension(name);
    match extension.as_str() {
        "jsonl" | "ndjson" => return Format::JsonLines,
        "json" => return if trimmed(head).starts_with(b"[") { Format::Json } else { Format::JsonLines },
        "csv" | "tsv" | "tab" => return Format::Csv,
        "htm" | "html" | "shtml" | "xhtml" => return Format::Html,
        "mht" | "mhtml" => return Format::Mhtml,
        _ => {}
    }
    let start = String::from_utf8_lossy(trimmed(head)).chars().take(400).collect::<String>().to_ascii_lowercase();
    if start.starts_with("mime-version:") || start.contains("content-type: multipart/related") {
        Format::Mhtml
    } else if is_page(&start) {
        Format::Html
    } else {
        Format::Text
    }
}

/// Whether lower-case text begins as a web page does; a text that merely has tags in it is text.
fn is_page(start: &str) -> bool {
    let after_declaration = match start.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, after)| after.trim_start()),
        None => start,
    };
    ["<!doctype html", "<html", "<head>", "<body"].iter().any(|tag| after_declaration.starts_with(tag))
}

/// The name's last extension in lower case, without the point.
pub fn extension(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or(name);
    base.rsplit_once('.').map_or(String::new(), |(_, extension)| extension.to_lowercase())
}

/// The name without `.gz` or `.zst`.
pub fn without_compression(name: &str) -> &str {
    [".gz", ".zst", ".GZ", ".ZST"].iter().find_map(|suffix| name.strip_suffix(suffix)).unwrap_or(name)
}

/// Bytes after a byte order mark and white space.
fn trimmed(head: &[u8]) -> &[u8] {
    head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start()
}
