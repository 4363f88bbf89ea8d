//! What stands behind an amount: `产业园` in `建设5个产业园`.

use super::clause::separates;
use super::number::number_at;
use super::unit::unit_at;

/// The longest object, in characters: what is longer is a sentence and no thing.
const LONGEST: usize = 40;

/// Where the object that begins at `from` ends: at the mark that ends its clause or before the next amount. A list of what the
/// things are like goes on to the thing (`有技术、懂经营的农民`).
pub(super) fn object_end(text: &[char], from: usize) -> usize {
    let piece = |from: usize| {
        let ends = |at: &usize| separates(text[*at]) || counts(text, *at);
        (from..text.len().min(from + LONGEST)).find(ends).unwrap_or(text.len().min(from + LONGEST))
    };
    let mut end = piece(from);
    while text.get(end) == Some(&'、') && end > from && !text[from..end].contains(&'的') {
        let next = piece(end + 1);
        let told = text[end + 1..next].contains(&'的') && !counts(text, next);
        if !told {
            break;
        }
        end = next;
    }
    // `20项工程和群众选出的10件实事`: the words before the next amount are its own.
    let tells = counts(text, end) && end > from && text[end - 1] == '的';
    let joined = text[from..end].iter().rposition(|c| matches!(c, '和' | '与' | '及' | '、'));
    if tells { joined.map_or(end, |at| from + at) } else { end }
}

/// Whether an amount in digits begins at `at`: 5G and 220千伏 are none.
fn counts(text: &[char], at: usize) -> bool {
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    digit(at)
        && !digit(at.wrapping_sub(1))
        && number_at(text, at).is_some_and(|number| unit_at(text, number.end).is_some())
}

/// The object as it stands, without 的 before it or a conjunction after it.
pub(super) fn object(words: &[char]) -> String {
    let words: String = words.iter().collect();
    let words = words.trim().trim_start_matches('的');
    words.trim_end_matches(['和', '与', '及', '以']).to_string()
}
