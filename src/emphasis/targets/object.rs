//! What stands behind an amount: `产业园` in `建设5个产业园`.

use super::clause::{bracket, separates};
use super::name::{note, verb};
use super::number::number_at;
use super::unit::unit_at;

/// The longest piece of an object, in characters: what is longer is a sentence and no thing.
const LONGEST: usize = 40;

/// The longest object of several pieces, in characters.
const LONGEST_LIST: usize = 80;

/// The longest remark in brackets that is read over, in characters.
const LONGEST_REMARK: usize = 16;

/// Where the object that begins at `from` ends: at the mark that ends its clause or before the next amount. A list goes on over 、
/// (`改造5条东街、西街沿线道路`, `有技术、懂经营的农民`) until a piece begins with a verb or is the next amount's; where the amount is not of a list
/// (`lists`), over what the things are like alone.
pub(super) fn object_end(text: &[char], from: usize, lists: bool) -> usize {
    let mut end = piece_end(text, from);
    while text.get(end) == Some(&'、') && end > from {
        let next = piece_end(text, end + 1);
        let piece = &text[end + 1..next];
        let tells = piece.contains(&'的') && !text[from..end].contains(&'的');
        let goes_on = !piece.is_empty() && (tells || lists && verb(piece).is_none());
        if !goes_on || counts(text, next) || next > from + LONGEST_LIST {
            break;
        }
        end = next;
    }
    // `20项工程和群众选出的10件实事`: the words before the next amount are its own.
    let tells = counts(text, end) && end > from && text[end - 1] == '的';
    let joined = text[from..end].iter().rposition(|c| matches!(c, '和' | '与' | '及' | '、'));
    if tells { joined.map_or(end, |at| from + at) } else { end }
}

/// Where the piece of an object that begins at `from` ends: at the next mark or amount, remarks in brackets read over.
fn piece_end(text: &[char], from: usize) -> usize {
    let limit = text.len().min(from + LONGEST);
    let mut at = from;
    while at < limit {
        if at > from
            && let Some(length) = remark(text, at)
        {
            at += length;
        } else if separates(text[at]) || counts(text, at) {
            return at;
        } else {
            at += 1;
        }
    }
    at
}

/// The length of a remark in brackets in the middle of a noun: `村(居)社区`. What ends a clause, and an amount, is no remark.
fn remark(text: &[char], at: usize) -> Option<usize> {
    let length = bracket(&text[at..], LONGEST_REMARK)?;
    let inside = at + 1..at + length - 1;
    // `(9)` begins the next item; 小(一)型水库 are reservoirs of a class.
    let numbers = text[inside.clone()].iter().all(char::is_ascii_digit);
    let plain = inside.clone().all(|at| (text[at] == '、' || !separates(text[at])) && !counts(text, at));
    let next = text.get(at + length).is_some_and(|c| !separates(*c) && c.is_alphabetic());
    (plain && next && !numbers).then_some(length)
}

/// Whether an amount in digits begins at `at`: 5G and 220千伏 are none.
fn counts(text: &[char], at: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    digit(at)
        && !digit(at.wrapping_sub(1))
        && number_at(text, at).is_some_and(|number| unit_at(text, number.end).is_some())
}

/// The object as it stands, without 的 before it, and a conjunction or the mark of a footnote after it. The 目标 of `完成投资9亿元的目标`
/// is none.
pub(super) fn object(words: &[char]) -> String {
    let words = note(words).map_or(words, |length| &words[..words.len() - length]);
    let words: String = words.iter().collect();
    let words = words.trim();
    if matches!(words, "的目标" | "的任务" | "的目标任务") {
        return String::new();
    }
    let words = words.trim_start_matches('的');
    words.trim_end_matches(['和', '与', '及', '以']).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::{When, extract};

    fn objects(sentence: &str) -> Vec<String> {
        extract(sentence, When::plan(None)).into_iter().map(|target| target.object).collect()
    }

    #[test]
    fn an_object_goes_on_over_a_list_until_a_verb_or_an_amount() {
        assert_eq!(objects("投资9亿元完成东桥、西桥建设"), ["完成东桥、西桥建设"]);
        assert_eq!(objects("打造3条高颜值、高品质茶路"), ["高颜值、高品质茶路"]);
        assert_eq!(objects("修复3座石桥、新建书屋"), ["石桥"]);
        assert_eq!(objects("修复3座石桥、9间书屋、5间茶室，"), ["石桥", "书屋", "茶室"]);
        // A size in a list is one thing's.
        assert_eq!(objects("推进东厂9万吨纸浆、西厂二期建设"), ["纸浆"]);
    }

    #[test]
    fn the_aim_is_no_thing() {
        assert_eq!(objects("完成种茶300亩的目标"), [""]);
        assert_eq!(objects("完成300亩的种茶目标"), ["种茶目标"]);
        assert_eq!(objects("落实9项任务"), ["任务"]);
    }

    #[test]
    fn remarks_in_brackets_are_read_over() {
        assert_eq!(objects("改造9个村（居）社区"), ["村(居)社区"]);
        assert_eq!(objects("修好9座小（二）型水库"), ["小(二)型水库"]);
        assert_eq!(objects("完成3万平方米旧街（老巷、里弄）改造"), ["旧街(老巷、里弄)改造"]);
        assert_eq!(objects("改造9个山村（其中老村3个）道路")[0], "山村");
        assert_eq!(objects("改造9个山村（社区），"), ["山村"]);
        assert_eq!(objects("(8)改造3亩茶园(9)茶路东延"), ["茶园"]);
        assert_eq!(objects("建成9间“茶书屋”[24]"), ["“茶书屋”"]);
    }

    #[test]
    fn an_endless_list_has_an_end() {
        let sentence = format!("建设9座{}", "茶室、".repeat(500));
        assert!(objects(&sentence)[0].chars().count() <= super::LONGEST_LIST);
    }
}
