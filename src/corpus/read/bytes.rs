//! A whole file's bytes, taken to the reader of their format.

use super::documents;
use super::lists::Lists;
use super::outcome::{At, Outcome, unreadable};
use super::unpack::{Unpacker, unopened};
use crate::corpus::extract::Extracted;
use crate::corpus::format::{self, Format, HEAD};
use crate::corpus::limits::ReadParams;
use crate::corpus::office::package::{Kind, Package};
use crate::corpus::{encoding, front_matter, inflate, office, page, pdf, system, table};
use crate::notice::{Clause, Notice};

/// How a format becomes one that is read, in both languages.
const CONVERT_ZH: &str = "用 LibreOffice 转换（soffice --headless --convert-to docx 文件名）";
const CONVERT: &str = "convert it with LibreOffice: soffice --headless --convert-to docx FILE";

/// What all files are read with.
pub(super) struct Reader<'r> {
    /// The lists of the user.
    pub lists: &'r Lists,
    /// The limits.
    pub params: &'r ReadParams,
}

impl Reader<'_> {
    /// How many bytes may come out of a file of `compressed` bytes.
    pub fn allowance(&self, compressed: u64) -> u64 {
        inflate::allowance(compressed, self.params)
    }

    /// Reads a whole file.
    pub fn top(&self, at: &At, bytes: Vec<u8>) -> Outcome {
        let mut budget = self.allowance(bytes.len() as u64);
        self.bytes(at, bytes, 0, &mut budget)
    }

    /// Reads what `bytes` hold, which came from `depth` archives deep, and out of which at most `budget` bytes may be inflated.
    fn bytes(&self, at: &At, bytes: Vec<u8>, depth: usize, budget: &mut u64) -> Outcome {
        if bytes.is_empty() {
            return Outcome::empty(at);
        }
        let format = format::sniff(&at.name, &bytes[..bytes.len().min(HEAD)]);
        let limit = self.params.max_document_bytes;
        if matches!(format, Format::Text | Format::Html | Format::Mhtml | Format::Rtf | Format::Compound | Format::Pdf)
            && bytes.len() as u64 > limit
        {
            return Outcome::too_large(at, bytes.len() as u64, "max_document_bytes", limit);
        }
        match format {
            Format::Refused(what) => Outcome::unread(&at.shown, what.notice()),
            Format::Text => documents::single(self.lists, at, bytes, |bytes| text(bytes, self.params)),
            Format::Html => documents::single(self.lists, at, bytes, |bytes| page::read(bytes, self.params)),
            Format::JsonLines => documents::lines(self.lists, self.params, at, bytes.as_slice())
                .unwrap_or_else(|error| Outcome::unread(&at.shown, unreadable(system::told(&error)))),
            Format::Json => documents::rows(self.lists, at, table::json::array(&bytes)),
            Format::Csv => documents::rows(self.lists, at, table::csv::rows(bytes)),
            Format::Parquet => documents::rows(self.lists, at, table::parquet::rows(bytes, self.params)),
            Format::Gzip | Format::Zstd => self.inside(|unpacker| unpacker.packed(at, &bytes, format, depth, budget)),
            Format::Zip => self.zip(at, bytes, depth, budget),
            Format::Pdf => {
                documents::single(self.lists, at, bytes, |bytes| pdf::read(&bytes, self.params).map_err(unreadable))
            }
            Format::Rtf => {
                let en = format!("Rich text is not read; {CONVERT}");
                Outcome::unread(&at.shown, Notice::new(format!("不读取 RTF 格式，请{CONVERT_ZH}。"), en))
            }
            Format::Compound => documents::single(self.lists, at, bytes, |bytes| {
                office::doc::read(&bytes).map_err(|Clause { en, zh }| {
                    let en = format!("The old office file cannot be read: {en}; or {CONVERT}");
                    Notice::new(format!("旧版办公文件无法读取：{zh}；也可以{CONVERT_ZH}。"), en)
                })
            }),
            Format::Mhtml => {
                let reason = Notice::new(
                    "不读取网页归档格式（mht），请用浏览器打开，另存为 html。",
                    "A web archive is not read; open it in a browser and save the page as html.",
                );
                Outcome::unread(&at.shown, reason)
            }
        }
    }

    /// A zip: a document or a workbook of an office program, or an archive.
    fn zip(&self, at: &At, bytes: Vec<u8>, depth: usize, budget: &mut u64) -> Outcome {
        let params = self.params;
        let kind = match Package::open(&bytes, 0, params) {
            Ok(package) => package.kind(),
            Err(why) => return Outcome::unread(&at.shown, unopened(why)),
        };
        let extracted = |bytes: &[u8], read: fn(&mut Package, &ReadParams) -> Result<Extracted, Clause>| {
            Package::open(bytes, self.allowance(bytes.len() as u64), params)
                .and_then(|mut package| read(&mut package, params))
                .map_err(unreadable)
        };
        match kind {
            Kind::Word => documents::single(self.lists, at, bytes, |bytes| extracted(&bytes, office::docx::read)),
            Kind::Ofd => documents::single(self.lists, at, bytes, |bytes| extracted(&bytes, office::ofd::read)),
            Kind::Workbook => documents::rows(self.lists, at, table::xlsx::rows(&bytes, params)),
            Kind::Slides | Kind::OpenDocument => {
                let en = format!("Slides and OpenDocument files are not read; {CONVERT}");
                Outcome::unread(
                    &at.shown,
                    Notice::new(format!("不读取幻灯片和 OpenDocument 文件，请{CONVERT_ZH}。"), en),
                )
            }
            Kind::Archive => self.inside(|unpacker| unpacker.archive(at, &bytes, depth, budget)),
        }
    }

    /// What `unpack` makes with an unpacker whose members are read here.
    fn inside(&self, unpack: impl FnOnce(&Unpacker) -> Outcome) -> Outcome {
        let read = |at: &At, bytes, depth, budget: &mut u64| self.bytes(at, bytes, depth, budget);
        unpack(&Unpacker { params: self.params, read: &read })
    }
}

/// Text or markdown: the text is the file as it is, front matter included.
fn text(bytes: Vec<u8>, params: &ReadParams) -> Result<Extracted, Notice> {
    let decoded = encoding::decode(bytes, None, params.max_damaged_share)?;
    let fields = front_matter::fields(&decoded.text);
    Ok(Extracted { text: decoded.text, decoding: decoded.decoding, fields, title: None, warnings: decoded.warnings })
}
