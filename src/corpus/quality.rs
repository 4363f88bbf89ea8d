//! Whether a text is fit to be counted: measures of a document, the gates it must pass, and what each stage keeps of it.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::notice::Notice;
use crate::text::is_han;

/// What was measured on one document's text. All shares are 0 to 1 and `None` where there is nothing to take a share of.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quality {
    /// Characters that are not blank.
    pub chars: usize,
    /// The share of Han characters in them.
    pub han_share: Option<f64>,
    /// The share of replacement characters (U+FFFD), and of `?` in runs of three or more: both stand where text was lost.
    pub damaged_share: Option<f64>,
    /// The share of private-use characters, which no font but the writer's shows.
    pub private_share: Option<f64>,
    /// The share of characters in long lines that stood before in the same text.
    pub repeated_share: Option<f64>,
    /// Sentence ends (。！？；) in a thousand characters.
    pub sentence_ends: Option<f64>,
    /// The share of Han characters that are not among the 3,755 common ones (level 1 of GB 2312).
    ///
    /// Text decoded with the wrong table is Han still, but of characters that nobody uses.
    pub rare_share: Option<f64>,
}

/// What a document must reach to be counted. The measures behind the defaults stand in `docs/quality.md`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Gates {
    /// The least number of characters that are not blank. The shortest of 3,106 real documents has 1,094; a title page or a list
    /// of links has some dozens, and a plan of fewer than two hundred says nothing countable.
    pub least_chars: usize,
    /// The least share of Han characters. The documents have 0.71 or more (half of them 0.85); little more than half of that
    /// is a table of digits, a page of markup or a text in another language.
    pub least_han_share: f64,
    /// The greatest share of damaged characters. Readable pages with web leftovers (`????`) reach 0.0033; from one in fifty on,
    /// every second sentence has lost a character.
    pub most_damaged_share: f64,
    /// The greatest share of private-use characters. No document has any; a font's own bullets are one in a hundred at most.
    pub most_private_share: f64,
    /// The greatest share of characters in repeated long lines. Reports have none (99 in a hundred), the worst 0.38; a text that
    /// was pasted twice has 0.5, one pasted three times 0.67.
    pub most_repeated_share: f64,
    /// The least number of sentence ends in a thousand characters. The documents have 12 to 38; an index, a table or a list of
    /// links has next to none.
    pub least_sentence_ends: f64,
    /// The greatest share of rare Han characters. The documents have 0.014 or less; the same documents with their UTF-8 read as
    /// GB18030 have 0.83 or more. Between them lie texts in traditional characters, about four in ten of which are not in the list.
    pub most_rare_share: f64,
}

impl Default for Gates {
    fn default() -> Self {
        Gates {
            least_chars: 200,
            least_han_share: 0.4,
            most_damaged_share: 0.02,
            most_private_share: 0.01,
            most_repeated_share: 0.45,
            least_sentence_ends: 4.0,
            most_rare_share: 0.65,
        }
    }
}

/// Lines of fewer characters may be repeated: 各位代表！, a head, a rule.
const LONG_LINE: usize = 20;

/// The common characters: level 1 of GB 2312, rows 16 to 55, as a table over U+4E00–9FFF.
static COMMON: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let rows = (0xB0..=0xD7_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
    // Row 55 ends five cells early.
    let bytes: Vec<u8> = rows.filter(|[row, cell]| *row != 0xD7 || *cell <= 0xF9).flatten().collect();
    let mut common = vec![false; 0x9FFF - 0x4E00 + 1];
    for c in encoding_rs::GBK.decode_without_bom_handling(&bytes).0.chars() {
        if let Some(slot) = (c as usize).checked_sub(0x4E00).and_then(|index| common.get_mut(index)) {
            *slot = true;
        }
    }
    common
});

impl Quality {
    /// Measures a text, in one pass over its characters and one over its lines.
    pub fn of(text: &str) -> Quality {
        let (mut chars, mut han, mut rare, mut damaged, mut private, mut ends, mut asked) = (0, 0, 0, 0, 0, 0, 0);
        for c in text.chars() {
            asked = if c == '?' { asked + 1 } else { 0 };
            if c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}') {
                continue;
            }
            chars += 1;
            if is_han(c) {
                han += 1;
                let common =
                    (c as usize).checked_sub(0x4E00).and_then(|index| COMMON.get(index)).copied().unwrap_or(false);
                rare += usize::from(!common);
            }
            match c {
                '\u{fffd}' => damaged += 1,
                // The third mark makes a run of what may have been two honest questions.
                '?' if asked == 3 => damaged += 3,
                '?' if asked > 3 => damaged += 1,
                '。' | '！' | '？' | '；' | '!' | ';' => ends += 1,
                '?' => ends += 1,
                '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => private += 1,
                _ => {}
            }
        }
        let (mut long, mut repeated, mut seen) = (0, 0, HashSet::new());
        for line in text.lines().map(str::trim) {
            let length = line.chars().count();
            if length >= LONG_LINE {
                long += length;
                repeated += if seen.insert(line) { 0 } else { length };
            }
        }
        let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        Quality {
            chars,
            han_share: share(han, chars),
            damaged_share: share(damaged, chars),
            private_share: share(private, chars),
            repeated_share: share(repeated, long),
            sentence_ends: share(1000 * ends, chars),
            rare_share: share(rare, han),
        }
    }

    /// The gates that the document fails, each as a full sentence with both numbers; empty if it is fit to be counted.
    pub fn failures(&self, gates: &Gates) -> Vec<Notice> {
        let mut failed = Vec::new();
        if self.chars < gates.least_chars {
            let (chars, least) = (self.chars, gates.least_chars);
            failed.push(Notice::new(
                format!("全文有 {chars} 个字符，少于 least_chars = {least}。"),
                format!("It has {chars} characters, fewer than least_chars = {least}."),
            ));
        }
        let mut least = |value: Option<f64>, bound: f64, name: &str, zh: &str, en: &str| {
            if let Some(value) = value.filter(|value| *value < bound) {
                failed.push(Notice::new(
                    format!("{zh}是 {value:.3}，低于 {name} = {bound}。"),
                    format!("{en} is {value:.3}, less than {name} = {bound}."),
                ));
            }
        };
        least(
            self.han_share,
            gates.least_han_share,
            "least_han_share",
            "汉字所占的比例",
            "The share of Han characters",
        );
        least(
            self.sentence_ends,
            gates.least_sentence_ends,
            "least_sentence_ends",
            "每千字符中的句末标点数",
            "The number of sentence ends in a thousand characters",
        );
        let mut most = |value: Option<f64>, bound: f64, name: &str, zh: &str, en: &str| {
            if let Some(value) = value.filter(|value| *value > bound) {
                failed.push(Notice::new(
                    format!("{zh}是 {value:.3}，高于 {name} = {bound}。"),
                    format!("{en} is {value:.3}, more than {name} = {bound}."),
                ));
            }
        };
        most(
            self.damaged_share,
            gates.most_damaged_share,
            "most_damaged_share",
            "丢失的字符（U+FFFD、???）所占的比例",
            "The share of lost characters (U+FFFD, ???)",
        );
        most(
            self.private_share,
            gates.most_private_share,
            "most_private_share",
            "私用区字符所占的比例",
            "The share of private-use characters",
        );
        most(
            self.repeated_share,
            gates.most_repeated_share,
            "most_repeated_share",
            "重复行中的字符所占的比例",
            "The share of characters in repeated lines",
        );
        most(
            self.rare_share,
            gates.most_rare_share,
            "most_rare_share",
            "汉字中生僻字（编码认错的迹象）所占的比例",
            "The share of rare Han characters, a sign of a wrong encoding,",
        );
        failed
    }
}

/// How much of a document, or of a corpus, each stage keeps, in characters. The stages fill it; sums are taken field by field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Funnel {
    /// Characters of the text that are not blank.
    pub chars: usize,
    /// Of those, in a sentence of the outline.
    pub in_sentences: usize,
    /// Of those, in a sentence that is not noise.
    pub not_noise: usize,
    /// Of the characters in sentences, those in measures of the part under analysis.
    pub in_measures: usize,
    /// Of those, in a term that the segmenter cut and no stop word took.
    pub in_terms: usize,
    /// Of those, in a term of the vocabulary.
    pub in_vocabulary: usize,
}

/// The least share that each stage of a corpus must keep of what the stage before gave it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FunnelGates {
    /// Of all characters, those in sentences. Only rows and markup fall out, so half is a broken outline or no prose.
    pub least_in_sentences: f64,
    /// Of the characters in measures, those in terms. Marks, digits and stop words fall out, about two in five.
    pub least_in_terms: f64,
    /// Of the characters in terms, those in the vocabulary. Rare words fall out.
    pub least_in_vocabulary: f64,
}

impl Default for FunnelGates {
    fn default() -> Self {
        FunnelGates { least_in_sentences: 0.5, least_in_terms: 0.25, least_in_vocabulary: 0.25 }
    }
}

impl Funnel {
    /// The sum of two funnels, field by field.
    pub fn plus(self, other: Funnel) -> Funnel {
        Funnel {
            chars: self.chars + other.chars,
            in_sentences: self.in_sentences + other.in_sentences,
            not_noise: self.not_noise + other.not_noise,
            in_measures: self.in_measures + other.in_measures,
            in_terms: self.in_terms + other.in_terms,
            in_vocabulary: self.in_vocabulary + other.in_vocabulary,
        }
    }

    /// The stages with a gate in order, each as its name, what it was given and what it kept. How much of a document stands in
    /// measures is the document's own affair, so that stage has none.
    pub fn stages(&self) -> [(&'static str, usize, usize); 3] {
        [
            ("sentences", self.chars, self.in_sentences),
            ("terms", self.in_measures, self.in_terms),
            ("vocabulary", self.in_terms, self.in_vocabulary),
        ]
    }

    /// The first stage that keeps less than it must, as a clause for an error; `None` if each keeps enough.
    pub fn failure(&self, gates: &FunnelGates) -> Option<String> {
        let bounds = [
            ("least_in_sentences", gates.least_in_sentences),
            ("least_in_terms", gates.least_in_terms),
            ("least_in_vocabulary", gates.least_in_vocabulary),
        ];
        let lost = self
            .stages()
            .into_iter()
            .zip(bounds)
            .find(|((_, given, kept), (_, bound))| (*kept as f64) < bound * *given as f64);
        lost.map(|((stage, given, kept), (name, bound))| {
            format!(
                "of {given} characters only {kept} reach the {stage}, a share of {:.3}, less than {name} = {bound}",
                kept as f64 / given as f64
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "全镇要抓好春耕生产，落实粮食播种面积两万亩。完善村庄道路，改造管网三公里！";

    #[test]
    fn measures_are_shares_of_characters_that_are_not_blank() {
        let quality = Quality::of("镇 20\u{fffd}\u{e001}。\n");
        assert_eq!(quality.chars, 6);
        assert_eq!(quality.han_share, Some(1.0 / 6.0));
        assert_eq!((quality.damaged_share, quality.private_share), (Some(1.0 / 6.0), Some(1.0 / 6.0)));
        assert_eq!((quality.sentence_ends, quality.rare_share), (Some(1000.0 / 6.0), Some(0.0)));
        assert_eq!(Quality::of(" \n").han_share, None);
    }

    #[test]
    fn three_question_marks_are_lost_text_and_one_is_a_question() {
        assert_eq!(Quality::of("好吗?好??好????").damaged_share, Some(4.0 / 11.0));
    }

    #[test]
    fn a_page_pasted_twice_is_half_repeated() {
        let line = "完善村庄道路，改造供水管网三公里，年底前全部完工。\n";
        assert_eq!(Quality::of(&line.repeat(2)).repeated_share, Some(0.5));
        assert_eq!(Quality::of("各位代表！\n各位代表！\n").repeated_share, None);
    }

    #[test]
    fn utf8_read_as_gbk_is_told_from_prose() {
        let wrong = encoding_rs::GB18030.decode(PLAN.repeat(10).as_bytes()).0.into_owned();
        let right = Quality::of(&PLAN.repeat(10));
        assert!(right.failures(&Gates::default()).is_empty(), "{:?}", right.failures(&Gates::default()));
        let failures = Quality::of(&wrong).failures(&Gates::default());
        assert!(failures.iter().any(|failure| failure.en.contains("most_rare_share")), "{failures:?}");
    }

    #[test]
    fn traditional_characters_are_no_wrong_encoding() {
        let text = "全鎮要抓好春耕生產，落實糧食播種面積兩萬畝。完善村莊道路，改造管網三公里！";
        // 鎮 產 實 糧 種 積 兩 萬 畝 莊 網 are not among the common simplified characters.
        assert_eq!(Quality::of(text).rare_share, Some(11.0 / 33.0));
        let failures = Quality::of(&text.repeat(10)).failures(&Gates::default());
        assert!(failures.is_empty(), "{failures:?}");
    }

    #[test]
    fn a_failed_gate_is_a_sentence_with_both_numbers() {
        let failures = Quality::of("青石坳镇").failures(&Gates::default());
        let wanted = [
            ("全文有 4 个字符，少于 least_chars = 200。", "It has 4 characters, fewer than least_chars = 200."),
            (
                "每千字符中的句末标点数是 0.000，低于 least_sentence_ends = 4。",
                "The number of sentence ends in a thousand characters is 0.000, less than least_sentence_ends = 4.",
            ),
        ];
        assert_eq!(failures, wanted.map(|(zh, en)| Notice::new(zh, en)));
    }

    #[test]
    fn the_funnel_names_the_stage_that_loses_too_much() {
        let funnel =
            Funnel { chars: 100, in_sentences: 90, not_noise: 90, in_measures: 90, in_terms: 9, in_vocabulary: 9 };
        let failure = funnel.plus(funnel).failure(&FunnelGates::default()).unwrap();
        assert_eq!(
            failure,
            "of 180 characters only 18 reach the terms, a share of 0.100, less than least_in_terms = 0.25"
        );
        let sound =
            Funnel { chars: 100, in_sentences: 95, not_noise: 95, in_measures: 95, in_terms: 60, in_vocabulary: 50 };
        assert_eq!(sound.failure(&FunnelGates::default()), None);
        assert_eq!(Funnel::default().failure(&FunnelGates::default()), None);
    }
}
