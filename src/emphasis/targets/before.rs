//! The verb that 、 parts from an amount: `建设书屋、茶室50间`, `推进东桥、西桥等3座旧桥改造`.

use super::clause::separates;
use super::name::{Name, name};

/// The longest list of names before an amount, in characters: what is longer is not looked through.
const LONGEST: usize = 120;

/// The words before an amount with those that 、 parts from it in the same clause, from the nearest piece on that has a verb. The
/// clause of the amount begins at `clause` and its name ends at `end`; nothing before `from`, where the amount before it ends, is
/// its own. `None` where the clause does not begin after 、 or no verb stands there.
pub(super) fn led(text: &[char], from: usize, clause: usize, end: usize) -> Option<Name> {
    clause.checked_sub(1).filter(|at| *at >= from && text[*at] == '、')?;
    let pieces = pieces(text, from, clause)?;
    let has_verb = |piece: &&(usize, usize)| !name(&text[piece.0..piece.1]).action.is_empty();
    let whole = name(&text[pieces.iter().find(has_verb)?.0..end]);
    let own = &text[clause.min(end)..end];
    if own.iter().all(|c| !c.is_alphanumeric()) {
        return Some(Name { indicator: String::new(), ..whole });
    }
    // What is held to (坚持党建引领、书记项目5个) is not counted with the things.
    let indicator = if whole.action.ends_with("坚持") { name(own).indicator } else { whole.indicator };
    Some(Name { indicator, ..whole })
}

/// Whether the amount that ends at `from` is a size of the list before the one whose clause begins at `clause`:
/// `推进投资2亿元的东桥、西桥` before `2座石桥`.
pub(super) fn sized(text: &[char], from: usize, clause: usize) -> bool {
    from > 0
        && (from + 1..from + LONGEST).contains(&clause)
        && text[from] == '的'
        && text[clause - 1] == '、'
        && text[from..clause].iter().all(|c| matches!(c, '、' | '(' | ')') || !separates(*c))
}

/// The pieces that 、 parts before `clause`, from the nearest on, as their beginnings and ends; 、 in brackets parts none. A piece
/// that begins where an amount ends is what that amount counts and is left out.
fn pieces(text: &[char], from: usize, clause: usize) -> Option<Vec<(usize, usize)>> {
    let (mut found, mut end, mut depth) = (Vec::new(), clause - 1, 0_usize);
    for at in (from..clause - 1).rev() {
        if clause - at > LONGEST {
            return None;
        }
        match text[at] {
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            _ if depth > 0 => {}
            '、' => {
                found.push((at + 1, end));
                end = at;
            }
            c if separates(c) => {
                found.push((at + 1, end));
                return Some(found);
            }
            _ => {}
        }
    }
    if from == 0 {
        found.push((0, end));
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::super::{When, extract};

    /// Action, indicator and object of the amounts of a sentence.
    fn rows(sentence: &str) -> Vec<[String; 3]> {
        let found = extract(sentence, When::plan(None));
        found.into_iter().map(|target| [target.action, target.indicator, target.object]).collect()
    }

    #[test]
    fn names_before_one_count_share_the_verb_before_the_first() {
        assert_eq!(rows("建设书屋、茶室50间"), [["建设", "书屋、茶室", ""]]);
        assert_eq!(rows("新建书屋、改造茶室、凉亭50间"), [["改造", "茶室、凉亭", ""]]);
        assert_eq!(rows("硬化村、组道路9公里"), [["硬化", "村、组道路", ""]]);
        assert_eq!(rows("坚持邻里互助、书屋项目5个"), [["坚持", "书屋项目", ""]]);
        assert_eq!(rows("新（改、扩）建书屋（室）、茶室50间"), [["新(改、扩)建", "书屋(室)、茶室", ""]]);
        assert_eq!(rows("完成小微茶企“上网、上台”30家"), [["完成", "小微茶企“上网、上台”", ""]]);
    }

    #[test]
    fn examples_are_not_what_is_counted_but_have_their_verb() {
        assert_eq!(rows("大力推进东桥、西桥等3座旧桥改造"), [["大力推进", "", "旧桥改造"]]);
        assert_eq!(rows("建好东桥、西桥3座石拱桥"), [["建好", "", "石拱桥"]]);
        assert_eq!(rows("完成东桥（一期、二期）、西桥等项目3个"), [["完成", "东桥(一期、二期)、西桥等项目", ""]]);
    }

    #[test]
    fn a_size_between_verb_and_count_hides_no_verb() {
        assert_eq!(rows("加快推进东桥、西桥等总投资3亿元的9个水利项目")[1], ["加快推进", "", "水利项目"]);
        assert_eq!(rows("推进投资2亿元的东桥、西桥2座石拱桥建设")[1], ["推进", "", "石拱桥建设"]);
    }

    #[test]
    fn another_clause_amount_or_share_lends_no_verb() {
        assert_eq!(rows("建设书屋，茶室、凉亭达到50间")[0][0], "");
        assert_eq!(rows("完善茶园管护、茶叶产量达到50吨")[0][0], "");
        assert_eq!(rows("新建书屋5间、茶室6间")[1], ["", "茶室", ""]);
        // Two amounts for two names.
        assert_eq!(rows("新建书屋、茶室5间、6间")[0], ["新建", "茶室", ""]);
    }

    #[test]
    fn a_list_that_is_too_long_is_left_alone() {
        let sentence = format!("建设{}茶室9间", "书屋、".repeat(100));
        assert_eq!(rows(&sentence), [["", "茶室", ""]]);
    }
}
