//! A zip as untrusted input: its members by name, inflated within limits, never written to disk.

use crate::corpus::encoding;
use crate::corpus::inflate::{Bounded, INFLATION, Limits};
use crate::corpus::limits::ReadParams;
use crate::corpus::system;
use crate::notice::Clause;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// An opened zip.
pub struct Package<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    members: Vec<Member>,
    /// How many bytes may still come out.
    remaining: u64,
}

/// What a zip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A document of Word or WPS.
    Word,
    /// A workbook of Excel or WPS.
    Workbook,
    /// Slides.
    Slides,
    /// A fixed-layout document, GB/T 33190.
    Ofd,
    /// A document of LibreOffice.
    OpenDocument,
    /// Files packed together.
    Archive,
}

/// One file in a zip.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Member {
    /// Its path with `/`, without what would lead out of a folder.
    pub name: String,
    index: usize,
}

impl<'b> Package<'b> {
    /// Opens the zip in `bytes`, from which at most `max_inflated` bytes may come.
    ///
    /// # Errors
    /// Why it cannot be opened, as a clause.
    pub fn open(bytes: &'b [u8], max_inflated: u64, params: &ReadParams) -> Result<Package<'b>, Clause> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > params.max_archive_members {
            let limit = params.max_archive_members;
            let count = zip.len();
            return Err(Clause::new(
                format!("其中有 {count} 个文件，超过上限 max_archive_members = {limit}"),
                format!("it has {count} members, more than the limit max_archive_members = {limit}"),
            ));
        }
        let mut members = Vec::new();
        for index in 0..zip.len() {
            let member = zip.by_index_raw(index).map_err(damaged)?;
            if member.is_dir() {
                continue;
            }
            let name = member_name(member.name_raw(), member.name());
            members.push(Member { name, index });
        }
        members.sort();
        Ok(Package { zip, members, remaining: max_inflated })
    }

    /// The members, sorted by name.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// What its members make it.
    pub fn kind(&self) -> Kind {
        let has = |name: &str| self.members.iter().any(|member| member.name == name);
        let has_in = |folder: &str| self.members.iter().any(|member| member.name.starts_with(folder));
        if has("OFD.xml") {
            Kind::Ofd
        } else if has("[Content_Types].xml") && has_in("word/") {
            Kind::Word
        } else if has("[Content_Types].xml") && has_in("xl/") {
            Kind::Workbook
        } else if has("[Content_Types].xml") && has_in("ppt/") {
            Kind::Slides
        } else if has("mimetype") && has("content.xml") {
            Kind::OpenDocument
        } else {
            Kind::Archive
        }
    }

    /// How many bytes may still come out.
    pub fn remaining(&self) -> u64 {
        self.remaining
    }

    /// Takes `bytes` from what may still come out.
    pub fn charge(&mut self, bytes: u64) {
        self.remaining = self.remaining.saturating_sub(bytes);
    }

    /// The bytes of a member, at most `limit`, whose settings are `named`.
    ///
    /// # Errors
    /// Why it cannot be had, as a clause.
    pub fn inflate(&mut self, member: &Member, limit: u64, named: Limits) -> Result<Vec<u8>, Clause> {
        let file = self.zip.by_index(member.index).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(what) => {
                let en = format!("it is packed in a way that is not read ({what}); pack it anew without a password");
                Clause::new(format!("打包方式不能读取，请重新打包，不设密码（{what}）"), en)
            }
            error => damaged(error),
        })?;
        let (limit, named) = if self.remaining < limit { (self.remaining, INFLATION) } else { (limit, named) };
        let mut bytes = Vec::new();
        let result = Bounded::new(file, limit, named).read_to_end(&mut bytes);
        self.remaining = self.remaining.saturating_sub(bytes.len() as u64);
        result.map_err(|error| system::told(&error).because("包内文件无法解压", "a member cannot be unpacked"))?;
        Ok(bytes)
    }

    /// The part of an office document with this name; `None` if there is none.
    ///
    /// # Errors
    /// Why it cannot be had, as a clause.
    pub fn part(&mut self, name: &str, params: &ReadParams) -> Result<Option<Vec<u8>>, Clause> {
        let Some(member) = self.members.iter().find(|member| member.name == name).cloned() else { return Ok(None) };
        self.inflate(&member, params.max_markup_bytes, &["max_markup_bytes"]).map(Some)
    }
}

/// That the zip cannot be followed, in the words of its reader.
fn damaged(error: zip::result::ZipError) -> Clause {
    Clause::new(format!("zip 文件已损坏（{error}）"), format!("the zip is damaged: {error}"))
}

/// A member's name: UTF-8 as it should be, or GB18030 as Chinese Windows writes it.
fn member_name(raw: &[u8], fallback: &str) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_string(),
        Err(_) => encoding::decode(raw.to_vec(), None, 0.0).map_or_else(
            // A name of two or three characters is too short to judge; Chinese Windows is the likeliest writer.
            |_| {
                encoding_rs::GB18030
                    .decode_without_bom_handling_and_without_replacement(raw)
                    .map_or(fallback.to_string(), |name| name.into_owned())
            },
            |decoded| decoded.text,
        ),
    };
    let name = name.replace('\\', "/");
    name.split('/').filter(|part| !matches!(*part, "" | "." | "..")).collect::<Vec<_>>().join("/")
}
