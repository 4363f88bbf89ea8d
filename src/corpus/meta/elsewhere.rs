//! A document of another place than the user says: 高唐县 filed under 唐县, 新安县 under 安新.
//!
//! Names that hold one another, or the same characters in another order, are easily mixed up when reports are gathered. What the
//! user says is kept, as with years; but a text that speaks for another place says so in a warning.

use crate::corpus::gazetteer::{Gazetteer, stem};
use crate::corpus::place::{Named, Resolved, call_word, most_mentioned, resolve};
use crate::notice::Notice;

/// A place that the text names as its own outweighs the user's where it is mentioned more than this many times as often.
///
/// A report names its neighbours, and a page the reports of others; who speaks is named far more often.
const OUTWEIGHS: usize = 3;

/// Warns where the text speaks for another place than the one that the user gives, here with what it resolves to.
///
/// The text names the other as its own (`said`: in rows, titles, session or office) and mentions it far more often; or it
/// mentions the other most, and the user's never by itself: 唐县 does not stand by itself in 高唐县.
pub(super) fn warn_of_another_place(
    text: &str,
    (given, found): (&Named, &Resolved),
    said: &[Named],
    context: &str,
    warnings: &mut Vec<Notice>,
) {
    let Some(user) = given.parts.last() else { return };
    let word = call_word(found.code.as_ref().map_or(user, |_| &found.name));
    let other = |named: &Named| Some(resolve(named, context)).filter(|own| differ(given, found, own));
    let outweighs = |own: &Resolved| {
        let called = call_word(&own.name);
        context.matches(called).count() > OUTWEIGHS * alone(word, called, context)
    };
    let most = || {
        let most = other(&most_mentioned(text, found.level?)?)?;
        (alone(word, call_word(&most.name), text) == 0).then_some(most)
    };
    let Some(own) = said.iter().filter_map(other).find(outweighs).or_else(most) else { return };
    let own = own.name;
    let given = given.parts.concat();
    warnings.push(Notice::new(
        format!("正文讲的是{own}，您指定的是“{given}”，以后者为准；如果正文是对的，请在 documents.csv 中更正。"),
        format!("The text speaks for {own}, but you say “{given}”, which is kept; correct it in documents.csv if the text is right"),
    ));
}

/// Whether two places are certainly not one and neither lies in the other.
///
/// Only places of one level are compared, as a town's plan may stand on its county's page; a label that is no place (东部组)
/// contradicts nothing.
fn differ(given: &Named, found: &Resolved, own: &Resolved) -> bool {
    let places = Gazetteer::embedded();
    if found.level.is_none() || found.level != own.level {
        return false;
    }
    let division = |place: &Resolved| place.code.as_deref().and_then(|code| places.by_code(code));
    if let (Some(one), Some(other)) = (division(found), division(own)) {
        return one != other;
    }
    let own = stem(&own.name).0;
    given.parts.iter().chain([&found.name]).all(|part| stem(part).0 != own)
}

/// How often `word` stands in `text` without sharing a character with `other`.
fn alone(word: &str, other: &str, text: &str) -> usize {
    let taken: Vec<(usize, usize)> = text.match_indices(other).map(|(at, _)| (at, at + other.len())).collect();
    let free = |at: usize| {
        let next = taken.partition_point(|(_, end)| *end <= at);
        taken.get(next).is_none_or(|(start, _)| *start >= at + word.len())
    };
    text.match_indices(word).filter(|(at, _)| free(*at)).count()
}
