//! The place that a text names, out of titles, issuers and running text.

use super::words::{FOLLOWERS, LEADS, PROSE, is_common};
use crate::corpus::document::Level;
use crate::corpus::gazetteer::{Gazetteer, Sort, stem};
use crate::text::is_han;

/// A place as a text names it, outermost part first: `[商河县, 张坊镇]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The parts; at least one.
    pub parts: Vec<String>,
}

/// The longest official name has this many characters or fewer, leaving aside some development zones.
pub(super) const LONGEST: usize = 15;
/// A name in no gazetteer is believed up to this many characters with its suffix (镜湖湾镇 has four).
const LONGEST_UNKNOWN: usize = 6;

/// How strict to be about what stands around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    /// A title, an issuer, a signature, a file name: names stand here on purpose.
    Named,
    /// Running text: only what the caller asks for may follow.
    Prose,
}

/// The first place that `text`, a title or an issuer, names.
pub fn named_in(text: &str) -> Option<Named> {
    find(text, Ground::Named, |after| {
        after.first().is_none_or(|c| !is_han(*c)) || FOLLOWERS.iter().any(|word| starts_with(after, word))
    })
}

/// The first place in running text after which `follows` holds for the characters that follow.
pub fn named_before(text: &str, follows: impl Fn(&[char]) -> bool) -> Option<Named> {
    find(text, Ground::Prose, follows)
}

/// Whether the characters begin with `word`.
pub fn starts_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter();
    word.chars().all(|c| chars.next() == Some(&c))
}

fn ends_with(chars: &[char], word: &str) -> bool {
    let mut chars = chars.iter().rev();
    word.chars().rev().all(|c| chars.next() == Some(&c))
}

fn find(text: &str, ground: Ground, follows: impl Fn(&[char]) -> bool) -> Option<Named> {
    let chars: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '\u{3000}' | '\u{a0}')).collect();
    let mut at = 0;
    while at < chars.len() {
        if !is_han(chars[at]) {
            at += 1;
            continue;
        }
        let bounded = at == 0 || !is_han(chars[at - 1]) || LEADS.iter().any(|lead| ends_with(&chars[..at], lead));
        match chain(&chars, at, bounded, ground, &follows) {
            Some(named) => return Some(named),
            None => at += 1,
        }
    }
    None
}

/// Reads a chain of names from `start`, each below the one before; accepted if what stands around it is right.
fn chain(
    chars: &[char],
    start: usize,
    bounded: bool,
    ground: Ground,
    follows: &impl Fn(&[char]) -> bool,
) -> Option<Named> {
    let places = Gazetteer::embedded();
    let (mut at, mut parts): (usize, Vec<String>) = (start, Vec::new());
    let (mut all_known, mut last_rank) = (true, 0);
    while let Some((name, known)) = part(&chars[at..], !parts.is_empty() || bounded) {
        let rank = rank(&name);
        // 市 may follow 市 (潍坊市安丘市); everything else must go down.
        if !parts.is_empty() && rank < last_rank + usize::from(rank != 2) {
            break;
        }
        at += name.chars().count();
        all_known &= known;
        last_rank = rank;
        parts.push(name);
    }
    // 保定市徐水: a stem without suffix is believed below a part that stands above it.
    let bare = bare(&chars[at..], follows).filter(|name| match parts.last() {
        None => {
            bounded
                && ground == Ground::Named
                && places.stemmed(name).iter().any(|d| places.level(*d) > Level::Township)
        }
        Some(above) => {
            let above = places.called(above);
            places.stemmed(name).iter().any(|division| above.iter().any(|above| places.within(*division, *above)))
        }
    });
    if let Some(name) = bare {
        at += name.chars().count();
        parts.push(name);
    }
    let right = follows(&chars[at..]);
    let accepted = if all_known { right || (bounded && ground == Ground::Named) } else { right && bounded };
    (!parts.is_empty() && accepted).then_some(Named { parts })
}

/// The rank of a name in the order province, city, county, township; a 市 counts as a city.
fn rank(name: &str) -> usize {
    let municipality =
        || Gazetteer::embedded().named(name).iter().any(|d| Gazetteer::embedded().level(*d) == Level::Province);
    match stem(name).1 {
        Some(Sort::Province) => 1,
        Some(Sort::City) if municipality() => 1,
        Some(Sort::City | Sort::Prefecture | Sort::Area | Sort::League) => 2,
        Some(Sort::County | Sort::District | Sort::Banner) => 3,
        _ => 4,
    }
}

/// One name with its suffix at the front of `chars`, and whether the gazetteer knows it: the longest known one,
/// else, where a name may begin, the shortest that looks like one.
fn part(chars: &[char], may_begin: bool) -> Option<(String, bool)> {
    let places = Gazetteer::embedded();
    let run = chars.iter().take(LONGEST).take_while(|c| is_han(**c)).count();
    let name = |len: usize| chars[..len].iter().collect::<String>();
    let ends = |len: &usize| {
        matches!(chars[len - 1], '省' | '市' | '州' | '盟' | '县' | '区' | '旗' | '镇' | '乡' | '道' | '木')
    };
    let known =
        (2..=run).rev().filter(ends).map(name).find(|name| stem(name).1.is_some() && !places.called(name).is_empty());
    if let Some(known) = known {
        // 城区, 郊区 and 矿区 are districts of some cities and ordinary words everywhere else.
        return (!matches!(known.as_str(), "城区" | "郊区" | "矿区")).then_some((known, true));
    }
    if !may_begin {
        return None;
    }
    let unknown = (3..=run.min(LONGEST_UNKNOWN)).filter(ends).map(name).find(|name| stem(name).1.is_some())?;
    // Every province and prefecture is known; an unknown one is prose (认真执行省). So is a verb before a known name (制定太原市).
    let upper = unknown.ends_with(['省', '州', '盟']);
    let verb_before = || {
        let starts = unknown.char_indices().skip(2).map(|(start, _)| start);
        starts.into_iter().any(|start| !places.named(&unknown[start..]).is_empty())
    };
    (!upper && !PROSE.iter().any(|word| unknown.contains(word)) && !verb_before()).then_some((unknown, false))
}

/// A stem that the gazetteer knows, at the front of `chars`, if the right thing follows it.
fn bare(chars: &[char], follows: &impl Fn(&[char]) -> bool) -> Option<String> {
    let run = chars.iter().take(LONGEST).take_while(|c| is_han(**c)).count();
    let name = |len: usize| chars[..len].iter().collect::<String>();
    let speaks = |name: &String| !is_common(name) && !Gazetteer::embedded().stemmed(name).is_empty();
    (2..=run.min(6)).rev().filter(|len| follows(&chars[*len..])).map(name).find(speaks)
}
