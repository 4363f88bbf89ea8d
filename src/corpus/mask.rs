//! Masked text: marks that stand where a name or a number was hidden before publication (`**镇`, `投资***万元`, `××村`, `XX路`, 某某).
//!
//! Asterisks are bold type in most documents, so they count only where the document itself shows that it masks with them: a run of
//! three or more between Chinese characters. Circles are left alone: 二○○五年 is a year.

use crate::text::is_han;

/// How one document hides what it hides.
#[derive(Clone, Copy, Debug)]
pub struct Masks {
    stars: bool,
}

impl Masks {
    /// Learns from a whole document.
    pub fn of(text: &str) -> Masks {
        Masks { stars: runs(text).any(|run| run.mark == '*' && run.length > 2 && run.after_han && run.before_han) }
    }

    /// Whether something is hidden in a sentence of the document. Marks at its edges are dress.
    pub fn hide_in(self, sentence: &str) -> bool {
        let bare = sentence.trim_matches(|c: char| matches!(c, '*' | '＊') || c.is_whitespace());
        runs(bare).any(|run| match run.mark {
            '*' => self.stars && run.inside,
            'x' => (run.after_han || run.before_han) && !run.in_word,
            '某' => run.length == 2,
            _ => true,
        })
    }
}

/// Whether a line hides the name of a place: `**镇`, `×××镇`, `XX县`, `某某乡`.
///
/// A pair of asterisks is enough here, where [`Masks`] wants proof from the whole document: the unit behind them is the proof.
pub(super) fn hides_a_name(line: &str) -> bool {
    let units = ["镇", "乡", "街道", "县", "区", "市"];
    // **市长 某某** is bold type, **镇将 is a mask: what follows the unit tells.
    let hides = |rest: &str| {
        let unit = units.iter().find_map(|unit| rest.strip_prefix(unit));
        unit.is_some_and(|after| !after.starts_with(['长', '委', '人', '政', '第', '十', '场', '域', '级', '内', '直']))
    };
    // Of the pairs of asterisks of bold type every second one closes: 。**全市 is none that hides a name, nor is ****市, which
    // closes and opens.
    let mut pairs = 0;
    runs(line).any(|run| {
        let opens = run.mark != '*' || run.length == 3 || (run.length == 2 && pairs % 2 == 0);
        pairs += if run.mark == '*' { run.length / 2 } else { 0 };
        opens && hides(&line[run.end..])
    })
}

/// Marks in a row.
struct Run {
    /// The mark, in its plainest form.
    mark: char,
    length: usize,
    /// The byte behind it.
    end: usize,
    after_han: bool,
    before_han: bool,
    /// Whether letters or digits touch it: `XXL`, `3xx`.
    in_word: bool,
    /// Whether words or quotation marks touch it on both sides.
    inside: bool,
}

/// The plainest form of a mark; `None` for any other character.
fn mark(c: char) -> Option<char> {
    match c {
        '*' | '＊' => Some('*'),
        'X' | 'x' | 'Ｘ' | 'ｘ' => Some('x'),
        '×' | '╳' | '✕' => Some('×'),
        '□' | '某' => Some(c),
        _ => None,
    }
}

/// The runs of two marks or more.
fn runs(text: &str) -> impl Iterator<Item = Run> + '_ {
    let mut rest = text.char_indices().peekable();
    let mut before = None;
    std::iter::from_fn(move || {
        while let Some((_, c)) = rest.next() {
            let Some(kind) = mark(c) else {
                before = Some(c);
                continue;
            };
            let mut length = 1;
            while rest.peek().is_some_and(|&(_, next)| mark(next) == Some(kind)) {
                rest.next();
                length += 1;
            }
            let (left, next) = (before.replace(c), rest.peek().copied());
            let right = next.map(|(_, c)| c);
            if length > 1 {
                let touches = |test: fn(char) -> bool| (left.is_some_and(test), right.is_some_and(test));
                let (word_left, word_right) = touches(|c| c.is_ascii_alphanumeric());
                let (after_han, before_han) = touches(is_han);
                let (open, close) = (left == Some('“'), right == Some('”'));
                let inside = (after_han || open) && (before_han || close);
                return Some(Run {
                    mark: kind,
                    length,
                    end: next.map_or(text.len(), |(at, _)| at),
                    after_han,
                    before_han,
                    in_word: word_left || word_right,
                    inside,
                });
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_names_and_numbers_are_seen() {
        let masks = Masks::of("实施**管业年产***公里项目。");
        for hidden in ["和**小区", "建设“**”品牌", "投资***万元", "××村修路", "XX路通车", "某某企业投产", "□□镇"]
        {
            assert!(masks.hide_in(hidden), "{hidden}");
        }
        for plain in ["**一、抓产业**", "某企业投产", "XXL号", "二○○五年", "长×宽", "***"] {
            assert!(!masks.hide_in(plain), "{plain}");
        }
    }

    #[test]
    fn a_pair_of_marks_before_a_unit_hides_its_name() {
        for hidden in ["2023年，**镇将贯彻落实", "***镇", "××乡工作要点", "×××镇", "ｘｘ镇", "XX县", "某某街道", "□□区"]
        {
            assert!(hides_a_name(hidden), "{hidden}");
        }
        for plain in ["**市长 某某**", "**目标。**全市", "**目标。****市场**", "XX局", "长×镇"] {
            assert!(!hides_a_name(plain), "{plain}");
        }
    }

    #[test]
    fn bold_type_hides_nothing() {
        let masks = Masks::of("**一、工业**\n***\n全年的**主要目标**是增长。****二、农业**");
        assert!(!masks.hide_in("全年的**主要目标**是增长。"));
    }
}
