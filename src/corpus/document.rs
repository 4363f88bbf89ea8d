//! A document: untouched text, and what is known about it.

use crate::notice::Notice;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The level of government that speaks (层级), from the village up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 村、社区
    Village,
    /// 乡、镇、街道
    Township,
    /// 县、区、县级市
    County,
    /// 地级市、州、盟
    City,
    /// 省、自治区、直辖市
    Province,
    /// 国家
    Nation,
}

impl Level {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Level::Village => "village",
            Level::Township => "township",
            Level::County => "county",
            Level::City => "city",
            Level::Province => "province",
            Level::Nation => "nation",
        }
    }

    /// The level with this English id.
    pub fn from_id(id: &str) -> Option<Level> {
        use Level::*;
        [Village, Township, County, City, Province, Nation].into_iter().find(|level| level.id() == id)
    }
}

/// Where a piece of metadata came from, in falling order of trust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The user's `documents.csv`, or the columns of an input table.
    User,
    /// The metadata rows of a government portal.
    Rows,
    /// YAML front matter, or an html page's meta tags.
    FrontMatter,
    /// The document's title.
    Title,
    /// The body.
    Body,
    /// The file's name.
    FileName,
}

/// What sort of document it is (文种).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Genre {
    /// 工作计划、工作思路、工作要点: what one year will bring.
    WorkPlan,
    /// 工作报告、工作总结和计划: a review and a plan.
    WorkReport,
    /// 规划、规划纲要、行动方案: several years.
    PlanOutline,
    /// 新闻: somebody tells what the place will do.
    News,
}

impl Genre {
    /// The English id, as it stands in tables.
    pub fn id(self) -> &'static str {
        match self {
            Genre::WorkPlan => "work_plan",
            Genre::WorkReport => "work_report",
            Genre::PlanOutline => "plan_outline",
            Genre::News => "news",
        }
    }
}

/// The place that speaks: what is compared.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// The name as compared and shown; the file's stem where no place is known.
    pub name: String,
    /// The administrative path from province down, e.g. `山东省潍坊市安丘市官庄镇`; `None` where it is ambiguous or unknown.
    pub path: Option<String>,
    /// The statistical code of the division, where the path is known.
    pub code: Option<String>,
    /// The paths that the name could mean, when there is more than one and nothing decides.
    pub candidates: Vec<String>,
    /// Where the name came from; `None` when it is the file's stem for want of better.
    pub source: Option<Source>,
}

/// What is known about a document besides its text. Every `None` is “not found”, never “not looked for”.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Meta {
    /// The place that speaks.
    pub place: Place,
    /// The level of that place.
    pub level: Option<Level>,
    /// The year the plan is for, and where that was found.
    pub year: Option<(i32, Source)>,
    /// The sort of document.
    pub genre: Option<Genre>,
    /// The year under review, if the document has a review.
    pub review_year: Option<i32>,
    /// The title.
    pub title: Option<String>,
    /// The issuing body (发布机构).
    pub issuer: Option<String>,
    /// The date of publication, ISO 8601.
    pub published: Option<String>,
    /// Where the fields without a source of their own were found, as (field, source), sorted by field: `genre`, `issuer`,
    /// `level`, `published`, `title`.
    pub sources: Vec<(&'static str, Source)>,
    /// The group columns of the user's `documents.csv`, as (name, value) in the order of the file.
    pub groups: Vec<(String, String)>,
}

/// How bytes became text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Decoding {
    /// The encoding's label (`UTF-8`, `GB18030`, …) or the format that was extracted (`docx`, `pdf`).
    pub encoding: String,
    /// By how much the choice beat the next best, 0 to 1; 1 where a byte order mark or strict UTF-8 decides.
    pub margin: f64,
}

/// One document. `text` is what was decoded or extracted, and is never rewritten.
#[derive(Clone, Debug)]
pub struct Document {
    /// The input's id, or its path relative to the input folder with `/` between the parts.
    pub id: String,
    /// The file it came from, as it was named in the input.
    pub file: String,
    /// The SHA-256 of the bytes it came from, in hexadecimal.
    pub sha256: String,
    /// The text.
    pub text: String,
    /// How the bytes became that text.
    pub decoding: Decoding,
    /// Who, where, when.
    pub meta: Meta,
    /// What the reader noticed and a user should know, as full sentences.
    pub warnings: Vec<Notice>,
}

/// A file that is not in the corpus, and why.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The file as it was named in the input.
    pub file: String,
    /// Why it was not read and what to do, as a full sentence.
    pub reason: Notice,
}

/// All that was read, sorted by id, and all that was not.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, sorted by id; ids are unique.
    pub documents: Vec<Document>,
    /// The files that could not be read, sorted.
    pub unread: Vec<Unread>,
    /// What the user should know about the whole input, as full sentences, sorted.
    pub warnings: Vec<Notice>,
    /// Every `documents.csv` that was read, as (path, SHA-256), sorted.
    pub lists: Vec<(String, String)>,
}

/// The SHA-256 of `bytes`, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from_digit(u32::from(half), 16).expect("half a byte is a hexadecimal digit");
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}
