//! A trained coder as bytes: a magic line, one line of JSON that a person can read, then the weights.
//!
//! ```text
//! cezhong-theme 2\n
//! {"codebook":…,"grams":…,"passes":…,…}\n
//! grams       u64 × grams, rising
//! idf         f16 × grams
//! weights     f16 × grams × themes
//! intercepts  f32 × themes
//! per pass    weights f32 × columns × themes, gains f32 × (signs + 1) × voices, intercepts f32 × themes
//! ```
//! All numbers are little-endian. Reading checks every length, that the grams rise and that every number is finite.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::calibrate::RiskPoint;
use super::half::{from_half, to_half};
use super::index::Index;
use super::judge::{Provenance, ThemeModel, fits};
use super::parts::Known;
use super::second::{Second, shape};
use super::wording::Wording;
use crate::codebook::Codebook;
use crate::error::{Error, Result, Trouble};

/// The first line of a model file; the number is the version of the format.
const MAGIC: &str = "cezhong-theme 2\n";

/// The coder that ships with the program.
static SHIPPED: &[u8] = include_bytes!("../../models/theme.model");

/// What stands in the JSON line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    codebook: String,
    codebook_version: u32,
    themes: Vec<String>,
    general: u16,
    grams: usize,
    passes: usize,
    temperature: f32,
    second_at: f32,
    /// (threshold, coverage, error) of held-out measures.
    risk: Vec<(f32, f32, f32)>,
    provenance: Provenance,
}

impl ThemeModel {
    /// The coder for the township codebook that ships with the program, read anew: some 15 MB.
    ///
    /// # Panics
    /// Never: a test reads the embedded file.
    pub fn shipped() -> ThemeModel {
        ThemeModel::read(SHIPPED, Path::new("models/theme.model")).expect("the embedded model is well formed")
    }

    /// The bytes of the model file; the same model gives the same bytes.
    pub fn write(&self) -> Vec<u8> {
        let header = Header {
            codebook: self.codebook.clone(),
            codebook_version: self.codebook_version,
            themes: self.ids.clone(),
            general: self.general,
            grams: self.wording.grams(),
            passes: self.passes.len(),
            temperature: self.temperature,
            second_at: self.second_at,
            risk: self.risk.iter().map(|point| (point.threshold, point.coverage, point.error)).collect(),
            provenance: self.provenance.clone(),
        };
        let mut bytes = MAGIC.as_bytes().to_vec();
        bytes.extend(serde_json::to_vec(&header).expect("a header of plain fields is JSON"));
        bytes.push(b'\n');
        write_wording(&self.wording, &mut bytes);
        let mut floats = |values: &[f32]| values.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
        for pass in &self.passes {
            floats(&pass.weights);
            floats(&pass.gains);
            floats(&pass.intercepts);
        }
        bytes
    }

    /// Reads a model file; `path` is named in errors.
    ///
    /// # Errors
    /// [`Error::Model`] for another magic line or version, a header that does not parse, a length that does not fit, grams that do
    /// not rise, and numbers that are not finite.
    pub fn read(bytes: &[u8], path: &Path) -> Result<ThemeModel> {
        let wrong = |what: String| {
            Error::Model(
                Trouble::at(path, what)
                    .remedy("train it again with `cezhong train`, or leave it out to use the shipped one"),
            )
        };
        let Some(rest) = bytes.strip_prefix(MAGIC.as_bytes()) else {
            let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
            let line: String = String::from_utf8_lossy(&line[..line.len().min(40)]).into_owned();
            return Err(wrong(format!("the first line is “{line}”, not “{}”", MAGIC.trim_end())));
        };
        let end = rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| wrong("the header does not end".into()))?;
        let header: Header = serde_json::from_slice(&rest[..end])
            .map_err(|error| wrong(format!("the header does not parse: {error}")))?;
        let classes = header.themes.len();
        if classes < 2 || usize::from(header.general) >= classes || header.passes == 0 || header.passes > 8 {
            return Err(wrong(format!("{classes} themes, general {}, {} passes", header.general, header.passes)));
        }
        let mut numbers = Numbers { bytes: &rest[end + 1..] };
        let body = numbers.read_body(&header, classes).map_err(&wrong)?;
        if !numbers.bytes.is_empty() {
            return Err(wrong(format!("{} bytes stand behind the weights", numbers.bytes.len())));
        }
        let (wording, passes) = body;
        if !fits(&wording, &passes) {
            return Err(wrong("the second stage does not fit the first".into()));
        }
        Ok(ThemeModel {
            codebook: header.codebook,
            codebook_version: header.codebook_version,
            ids: header.themes,
            general: header.general,
            wording,
            passes,
            temperature: header.temperature,
            second_at: header.second_at,
            risk: header
                .risk
                .into_iter()
                .map(|(threshold, coverage, error)| RiskPoint { threshold, coverage, error })
                .collect(),
            provenance: header.provenance,
            threshold: 0.0,
        })
    }

    /// Checks that the model speaks of the themes of `book`, in its order.
    ///
    /// # Errors
    /// [`Error::Model`] naming the first theme that differs.
    pub fn check_codebook(&self, book: &Codebook) -> Result<()> {
        let ids = book.ids();
        let differs =
            (0..ids.len().max(self.ids.len())).find(|&i| ids.get(i).copied() != self.ids.get(i).map(String::as_str));
        let Some(at) = differs else { return Ok(()) };
        let name = |id: Option<&str>| id.map_or("nothing".to_string(), |id| format!("“{id}”"));
        let (wants, has) = (name(ids.get(at).copied()), name(self.ids.get(at).map(String::as_str)));
        let what = format!("theme {} is {wants} in the codebook {} and {has} in the model", at + 1, book.name);
        Err(Error::Model(
            Trouble::new(what).remedy("train a model for this codebook, or code without a model by its seed terms"),
        ))
    }
}

/// Appends the first stage as [`Numbers::wording`] reads it.
pub(super) fn write_wording(wording: &Wording, bytes: &mut Vec<u8>) {
    wording.index.keys().iter().for_each(|gram| bytes.extend(gram.to_le_bytes()));
    let halves = wording.idf.iter().chain(&wording.weights);
    halves.for_each(|&value| bytes.extend(to_half(value).to_le_bytes()));
    wording.intercepts.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
}

/// The part of the file that is not yet read.
pub(super) struct Numbers<'a> {
    pub(super) bytes: &'a [u8],
}

impl Numbers<'_> {
    fn take<const SIZE: usize, T>(
        &mut self,
        count: usize,
        of: impl Fn([u8; SIZE]) -> T,
    ) -> std::result::Result<Vec<T>, String> {
        let length = count.checked_mul(SIZE).filter(|&length| length <= self.bytes.len());
        let length = length.ok_or_else(|| format!("{count} numbers of {SIZE} bytes are missing at the end"))?;
        let (head, tail) = self.bytes.split_at(length);
        self.bytes = tail;
        let (numbers, _) = head.as_chunks::<SIZE>();
        Ok(numbers.iter().map(|&bytes| of(bytes)).collect())
    }

    fn halves(&mut self, count: usize) -> std::result::Result<Vec<f32>, String> {
        finite(self.take(count, |bytes| from_half(u16::from_le_bytes(bytes)))?)
    }

    fn floats(&mut self, count: usize) -> std::result::Result<Vec<f32>, String> {
        finite(self.take(count, f32::from_le_bytes)?)
    }

    /// The first stage: grams, their idf, the weights, the intercepts.
    pub(super) fn wording(
        &mut self,
        grams: usize,
        classes: usize,
        words: bool,
    ) -> std::result::Result<Wording, String> {
        let keys = self.take(grams, u64::from_le_bytes)?;
        if !keys.is_sorted_by(|a, b| a < b) {
            return Err("the grams do not rise".into());
        }
        let idf = self.halves(grams)?;
        let weights = self.halves(grams.saturating_mul(classes))?;
        let intercepts = self.floats(classes)?;
        Ok(Wording { classes, words, index: Index::new(keys), idf, weights, intercepts, known: Known::default() })
    }

    fn read_body(&mut self, header: &Header, classes: usize) -> std::result::Result<(Wording, Vec<Second>), String> {
        let wording = self.wording(header.grams, classes, false)?;
        let mut passes = Vec::new();
        for pass in 0..header.passes {
            let shape = shape(pass + 1, classes);
            let weights = self.floats(shape.width().saturating_mul(classes))?;
            let gains = self.floats(shape.gains())?;
            passes.push(Second { classes, weights, gains, intercepts: self.floats(classes)? });
        }
        Ok((wording, passes))
    }
}

fn finite(values: Vec<f32>) -> std::result::Result<Vec<f32>, String> {
    match values.iter().position(|value| !value.is_finite()) {
        Some(at) => Err(format!("weight {at} is {}", values[at])),
        None => Ok(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Kind;
    use crate::outline::outline;

    #[test]
    fn the_shipped_coder_reads_and_codes() {
        let model = ThemeModel::shipped();
        model.check_codebook(&Codebook::township()).unwrap();
        let text = "一、工作计划\n（一）生态环境。对全镇河道开展清淤和垃圾清运，禁止秸秆焚烧。\n（二）民生。新建养老服务中心一处，改善学校食堂。";
        let outline = outline(text);
        let kinds = vec![Kind::Measure; outline.sentences.len()];
        let reading = model.read_document(text, &outline, &kinds);
        let calls = reading.calls();
        let theme_of = |needle: &str| {
            let at = outline.sentences.iter().position(|s| s.span.of(text).contains(needle)).unwrap();
            (model.ids()[usize::from(calls[at].theme)].as_str(), at)
        };
        assert_eq!(theme_of("秸秆").0, "environment");
        assert_eq!(theme_of("食堂").0, "livelihood");
        let at = theme_of("秸秆").1;
        let reasons = reading.reasons().because(at, calls[at].theme);
        let own = outline.sentences[at].span.of(text);
        assert!(reasons.iter().any(|reason| own.contains(reason.as_str())), "a term of its own: {reasons:?}");
        assert!(reasons.iter().any(|reason| reason.starts_with("heading ")), "{reasons:?}");
        assert!(!reasons.iter().any(|reason| reason.starts_with("before ")), "its head is called so: {reasons:?}");
        let sum: f32 = calls[at].probabilities.iter().sum();
        assert!((sum - 1.0).abs() < 1e-4 && calls[at].p == calls[at].probabilities[usize::from(calls[at].theme)]);
    }

    #[test]
    fn reading_gives_back_what_was_written() {
        let model = ThemeModel::shipped();
        let again = ThemeModel::read(&model.write(), Path::new("m")).unwrap();
        assert_eq!(again.wording, model.wording);
        assert_eq!(again.passes, model.passes);
        assert_eq!(again.risk, model.risk);
    }

    #[test]
    fn damage_is_named() {
        let bytes = ThemeModel::shipped().write();
        let told = |bytes: &[u8]| ThemeModel::read(bytes, Path::new("m")).unwrap_err().to_string();
        assert!(
            told(b"cezhong-theme 9\n").starts_with("m: the first line is “cezhong-theme 9”, not “cezhong-theme 2”")
        );
        assert!(told(&bytes[..bytes.len() - 1]).contains("are missing at the end"));
        assert!(told(&[bytes.as_slice(), b"x"].concat()).contains("1 bytes stand behind the weights"));
    }
}
