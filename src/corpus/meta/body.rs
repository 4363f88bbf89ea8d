//! The place that running text names: the session it was read to, the speaker's office, the signature, the opening.

use super::narrow::{is_of_level, is_town};
use super::told::{CLOSING_LINES, OPENING_LINES, Told};
use crate::corpus::document::Level;
use crate::corpus::head;
use crate::corpus::place::{NATION, Named, most_mentioned, named_before, spoken_level, starts_with};

/// Of a long opening line only so many characters are looked at.
const OPENING_CHARS: usize = 160;

/// What the body says: who [speaks in it](said_in_body), else the name it says most.
pub(super) fn named_in_body(told: &Told) -> Option<Named> {
    said_in_body(told).or_else(|| most_mentioned(told.text, spoken_level(told.text)?))
}

/// Who speaks, as the body says it: the session it was read to, the office of the speaker, the signature, the opening.
pub(super) fn said_in_body(told: &Told) -> Option<Named> {
    let opening: Vec<String> =
        told.head.lines.iter().take(OPENING_LINES).map(|line| line.chars().take(OPENING_CHARS).collect()).collect();
    let nation = ["国务院总理", "国务院副总理", "我代表国务院", "中华人民共和国国务院"];
    if opening.iter().any(|line| nation.iter().any(|word| line.contains(word)) || line.contains("届全国人民代表大会"))
    {
        return Some(Named { parts: vec![NATION.into()] });
    }
    // The session can be broken over two lines, so they are read as one.
    let joined = opening.concat();
    let session = || named_before(&joined, is_session);
    let office = || {
        let spoken =
            opening.iter().find_map(|line| named_before(&line[line.find("我代表")? + "我".len()..], is_government));
        let short = || opening.iter().filter(|line| line.chars().count() <= 40);
        spoken.or_else(|| short().find_map(|line| named_before(line, is_office)))
    };
    let closing = told.head.lines.iter().rev().take(CLOSING_LINES).filter(|line| line.chars().count() <= 40);
    let signed = || {
        closing
            .rev()
            .find_map(|line| named_before(line, |after| starts_with(after, "人民政府") || starts_with(after, "委员会")))
    };
    let level = spoken_level(told.text);
    let opened =
        || (level == Some(Level::Township)).then(|| opening.iter().find_map(|line| opened_by_town(line))).flatten();
    // A city's report that signs with a town would be odd: what is told must not stand below who speaks.
    let fits = |named: &Named| !is_town(named) || level.is_none_or(|level| level <= Level::Township);
    (session().filter(fits).or_else(|| office().filter(fits)))
        .or_else(|| signed().filter(|named| fits(named) && is_of_level(named, level)))
        .or_else(opened)
}

/// `第十二届人民代表大会`, `三届人大七次会议`
fn is_session(after: &[char]) -> bool {
    let mut rest = after;
    if rest.first() == Some(&'第') {
        rest = &rest[1..];
    }
    let number = rest.iter().take(4).take_while(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(**c)).count();
    number > 0 && rest.get(number) == Some(&'届') && (starts_with(&rest[number + 1..], "人"))
}

/// `人民政府` or `政府` right after the name of the place.
fn is_government(after: &[char]) -> bool {
    starts_with(after, "人民政府") || starts_with(after, "政府")
}

/// `市长`, `人民政府`, `人民政府代县长` … right after the name of the place.
fn is_office(after: &[char]) -> bool {
    let holds = |acting: &&str| head::OFFICES.iter().any(|title| starts_with(after, &format!("{acting}{title}")));
    is_government(after) || ["", "代", "代理", "副"].iter().any(holds)
}

/// The town in front of what it will do: `2023年，青石镇将…`, `峄城区阴平镇，以…`, `铸山镇位于…`.
fn opened_by_town(line: &str) -> Option<Named> {
    let follows = |after: &[char]| {
        let verbs = [
            "将",
            "位于",
            "地处",
            "坚持",
            "紧紧",
            "紧扣",
            "以",
            "要",
            "认真",
            "深入",
            "全面",
            "人民政府",
            "党委",
            "工作",
            "立足",
            "围绕",
            "按照",
            "的",
            "在",
            "抢抓",
        ];
        after.first().is_none_or(|c| "，,、：:。（(\"”》".contains(*c))
            || verbs.iter().any(|verb| starts_with(after, verb))
    };
    named_before(line, follows).filter(is_town)
}
