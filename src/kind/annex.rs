//! What stands behind a document's body: notes that explain its terms, accounts of what was done, lists of what will be done.
//!
//! Three sorts of annexes are told apart by their titles, which stand in the line of 附件 or in the one below it:
//!
//! - Notes (名词解释, 注释, 附：短语说明) explain what the body means; nothing below them is done or to be done, whatever its verbs.
//! - Accounts (附件2 上年十大工程进展情况说明) tell once more what was done. By the codebook that is a result, but the body's review
//!   has counted it: it is in no measure.
//! - Anything else (附件1 2023年十件民生实事, 重点工作任务分解表) may hold the plan's real tasks, and is read as the body is. This is also
//!   what ends notes or an account that stand before it.

use crate::codebook::Part;
use crate::outline::{Outline, named_by};

use super::look::Look;

/// Where a sentence stands, body or annex.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Annex {
    /// In the body.
    #[default]
    Body,
    /// In an annex that is read as the body is.
    Tasks,
    /// Among notes.
    Notes,
    /// In an account of what was done.
    Account,
}

/// The longest line that can head notes or an annex: 《政府工作报告》有关内容名词注释, 附件2：2021年重点工程进展情况说明.
const LONGEST: usize = 30;

/// What heads notes where the line begins or ends with it.
const NOTES: &[&str] = &[
    "名词解释",
    "名词注释",
    "名词注解",
    "名词说明",
    "有关名词",
    "相关名词",
    "词语解释",
    "词语注释",
    "词语说明",
    "短语解释",
    "短语说明",
    "用语解释",
    "用语说明",
    "术语解释",
    "术语注释",
    "术语说明",
    "术语的说明",
    "指标解释",
    "解释说明",
    "注释",
    "注解",
    "释义",
];
/// What heads notes where nothing else stands in the line.
const NOTES_ALONE: &[&str] = &["注", "附注"];
/// What makes an annex one that explains.
const EXPLAINS: &[&str] = &["说明", "解释"];
/// What an annex's head begins with.
const ANNEX: &[&str] = &["附件", "附表", "附录", "附："];

/// Where each sentence stands. A head counts as part of what stood before it, and only in the last three fifths of a document:
/// what a notice lists at its top (附件：工作要点) is its body.
pub(super) fn annexes(outline: &Outline, looks: &[Look<'_>]) -> Vec<Annex> {
    let n = looks.len();
    let alone = |i: usize| outline.sentences[i].opens_line && outline.sentences[i].closes_line;
    let mut now = Annex::Body;
    let mut annexes = Vec::with_capacity(n);
    for (i, look) in looks.iter().enumerate() {
        annexes.push(now);
        if !alone(i) || look.weight > LONGEST || i * 5 <= n * 2 {
            continue;
        }
        let title = || looks.get(i + 1).filter(|next| alone(i + 1) && next.weight <= LONGEST && !next.stopped);
        if let Some(begun) = begun_by(&squeezed(look.body), || title().map(|next| squeezed(next.body))) {
            now = begun;
        }
    }
    annexes
}

/// What a line begins, if it heads anything; `title` is the line below it, which tells what a bare 附件1 holds.
fn begun_by(line: &str, title: impl FnOnce() -> Option<String>) -> Option<Annex> {
    if heads_notes(line) {
        return Some(Annex::Notes);
    }
    let behind = line.strip_prefix("《政府工作报告》").unwrap_or(line);
    let opener = ANNEX.iter().find(|opener| behind.starts_with(**opener));
    if opener.is_none() && behind != "附" {
        return None;
    }
    let own = behind[opener.map_or(behind.len(), |opener| opener.len())..].trim_start_matches(is_number);
    let title = if own.is_empty() { title().unwrap_or_default() } else { own.to_owned() };
    let part = named_by(&title);
    Some(match part {
        _ if heads_notes(&title) => Annex::Notes,
        Some(Part::Review) => Annex::Account,
        None if EXPLAINS.iter().any(|word| title.contains(word)) => Annex::Notes,
        _ => Annex::Tasks,
    })
}

/// Whether a line heads notes. A numbered line of the body may speak of notes (`3.持续推进统计指标解释`), so that behind a number nothing
/// else may stand.
fn heads_notes(line: &str) -> bool {
    let bare = |line: &str| line.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let core = bare(line);
    let unnumbered = bare(line.trim_start_matches(is_number));
    if NOTES.iter().chain(NOTES_ALONE).any(|word| unnumbered == **word) {
        return true;
    }
    core == unnumbered && NOTES.iter().any(|word| core.starts_with(word) || core.ends_with(word))
}

/// What may stand between 附件 and the annex's title.
fn is_number(c: char) -> bool {
    c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十：:、.．（）()".contains(c)
}

/// The line without blanks and marks of dress (名 词 解 释), its colons full-width.
fn squeezed(body: &str) -> String {
    let dress = |c: &char| c.is_whitespace() || matches!(c, '*' | '#' | '?' | '※');
    body.replace("&nbsp;", "").chars().filter(|c| !dress(c)).map(|c| if c == ':' { '：' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_annex_of_tasks_ends_notes_and_what_stands_at_the_top_heads_none() {
        let body = "一、抓好项目。引进企业。\n二、修好道路。完成硬化。\n";
        let text = format!("附件\n{body}{body}名 词 解 释\n链长制：由领导牵头。\n附件1\n2023年民生实事\n修路。\n");
        let outline = crate::outline::outline(&text);
        let found = annexes(&outline, &crate::kind::look::looks(&text, &outline));
        let at = |needle: &str| {
            let position = outline.sentences.iter().position(|sentence| sentence.span.of(&text).contains(needle));
            found[position.expect("the needle is in the text")]
        };
        assert_eq!((at("引进企业"), at("链长制"), at("修路")), (Annex::Body, Annex::Notes, Annex::Tasks));
    }

    fn begun(line: &str, next: &str) -> Option<Annex> {
        begun_by(&squeezed(line), || Some(squeezed(next)))
    }

    #[test]
    fn heads_of_notes_are_seen_in_every_dress() {
        for head in [
            "名词解释",
            "名 词 解 释",
            "※名词解释※",
            "【名词解释】",
            "**附：短语说明**",
            "《政府工作报告》有关内容名词注释",
            "注释：",
            "附件一：名词解释",
            "注：",
        ] {
            assert_eq!(begun(head, "1.链长制：由领导牵头。"), Some(Annex::Notes), "{head}");
        }
        assert_eq!(begun("附 件 2", "有关术语的说明"), Some(Annex::Notes));
        assert_eq!(begun("附件3", "指标口径说明"), Some(Annex::Notes));
    }

    #[test]
    fn an_account_is_told_from_a_list_of_tasks_by_its_title() {
        assert_eq!(begun("附件2", "青石县2021年十大工程进展情况说明"), Some(Annex::Account));
        assert_eq!(begun("附表：2022年民生实事完成情况", ""), Some(Annex::Account));
        assert_eq!(begun("附件1", "青石县2022年十件民生实事"), Some(Annex::Tasks));
        assert_eq!(begun("附件：青石镇2023年重点工作任务分解表", ""), Some(Annex::Tasks));
        // a review and a plan in one annex: the plan is kept
        assert_eq!(begun("附件", "2022年工作总结和2023年工作计划"), Some(Annex::Tasks));
        assert_eq!(begun("附", ""), Some(Annex::Tasks));
    }

    #[test]
    fn the_body_heads_no_annex() {
        for line in [
            "（三）加强注释管理工作",
            "（三）加强注释",
            "（三）政策解读与相关名词普及",
            "2.做好医保报销解释说明工作",
            "3.持续推进统计指标解释",
            "3.清理规范名词说明牌",
            "做好医保报销解释说明工作",
            "附属设施建设",
            "一、情况说明",
            "附近村庄整治",
        ] {
            assert_eq!(begun(line, "名词解释"), None, "{line}");
        }
    }
}
