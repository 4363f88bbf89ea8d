//! Amounts as they are written: `1.5`, `１，２００`, `3000余`, `三千五百`, `百分之十五`.

use crate::text::half_width;

/// Half-width, with the fullwidth percent sign, the wave and the long dash of ranges made one.
pub(super) fn fold(c: char) -> char {
    match half_width(c) {
        '﹪' => '%',
        '～' | '〜' | '–' | '－' | '-' | '─' | '―' | '−' => '~',
        other => other,
    }
}

/// An amount found in a sentence; places are indices into its characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// The first character.
    pub start: usize,
    /// The character after the last, a multiplier (万, 亿) included.
    pub end: usize,
    /// The character after the digits, before the multiplier.
    pub digits_end: usize,
    /// The value, multiplied out.
    pub value: f64,
    /// Whether it is written in Chinese numerals.
    pub han: bool,
    /// Whether it says a percentage by itself (百分之…).
    pub percent: bool,
    /// Whether 余, 多 or 近 makes it rough.
    pub rough: bool,
}

fn han_digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

fn han_power(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1000.0,
        _ => return None,
    })
}

/// The power of ten of a multiplier.
pub(super) fn multiplier(c: char) -> Option<u32> {
    Some(match c {
        '百' => 2,
        '千' => 3,
        '万' => 4,
        '亿' => 8,
        _ => return None,
    })
}

/// The number that begins at `start`, if one does. `text` holds half-width characters.
pub(super) fn number_at(text: &[char], start: usize) -> Option<Number> {
    let percent = text[start..].starts_with(&['百', '分', '之']);
    let begin = if percent { start + 3 } else { start };
    // Digits are kept as written until 万 and 亿 are known, so that 2346.2亿 is the double nearest to it.
    let (digits_end, written) = match arabic(text, begin) {
        Some((end, written)) => (end, Ok(written)),
        None => han_number(text, begin).map(|(end, value)| (end, Err(value)))?,
    };
    let mut power = 0;
    let mut end = digits_end;
    let mut rough = false;
    // `60 万平方米`: a blank between the digits and what they count.
    if text.get(end) == Some(&' ') && !text.get(end + 1).is_none_or(char::is_ascii_digit) {
        end += 1;
    }
    let skip_rough = |end: &mut usize, rough: &mut bool| {
        if matches!(text.get(*end), Some('余' | '多')) {
            *end += 1;
            *rough = true;
        }
    };
    skip_rough(&mut end, &mut rough);
    while let Some(factor) = text.get(end).copied().and_then(multiplier) {
        // 千瓦, 千米, 千克 are units, and 百分点 is one too.
        let unit =
            matches!((text[end], text.get(end + 1)), ('千', Some('瓦' | '米' | '克' | '伏')) | ('百', Some('分')));
        if unit {
            break;
        }
        power += factor;
        end += 1;
    }
    skip_rough(&mut end, &mut rough);
    let han = written.is_err();
    let value = match written {
        Ok(digits) => format!("{digits}e{power}").parse().ok()?,
        Err(value) => (0..power).fold(value, |value, _| value * 10.0),
    };
    Some(Number { start, end, digits_end, value, han, percent, rough })
}

/// Digits with thousands marks and one decimal point.
fn arabic(text: &[char], start: usize) -> Option<(usize, String)> {
    let mut end = start;
    let mut written = String::new();
    let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
    while digit(end) {
        written.push(text[end]);
        end += 1;
        let three = (1..=3).all(|step| digit(end + step)) && !digit(end + 4);
        if matches!(text.get(end), Some(',' | ' ')) && three && written.len() <= 3 + 3 * written.len() / 4 {
            end += 1;
        }
    }
    if matches!(text.get(end), Some('.' | '·')) && !written.is_empty() && digit(end + 1) {
        written.push('.');
        end += 1;
        while digit(end) {
            written.push(text[end]);
            end += 1;
        }
    }
    (!written.is_empty()).then_some((end, written))
}

/// Chinese numerals below ten thousand, with 点 for decimals; the 万 and 亿 are multipliers.
fn han_number(text: &[char], start: usize) -> Option<(usize, f64)> {
    let (mut end, mut sum, mut pending, mut any) = (start, 0.0, None, false);
    while let Some(&c) = text.get(end) {
        if let Some(digit) = han_digit(c) {
            pending = Some(digit);
        } else if let Some(power) = han_power(c) {
            if c == '百' && text.get(end + 1) == Some(&'分') {
                break;
            }
            sum += pending.take().unwrap_or(1.0) * power;
        } else {
            break;
        }
        any = true;
        end += 1;
    }
    let mut value = sum + pending.unwrap_or(0.0);
    if any && text.get(end) == Some(&'点') {
        let mut scale = 0.1;
        let mut at = end + 1;
        while let Some(digit) = text.get(at).copied().and_then(han_digit) {
            value += digit * scale;
            scale /= 10.0;
            at += 1;
        }
        end = if at > end + 1 { at } else { end };
    }
    any.then_some((end, value))
}
