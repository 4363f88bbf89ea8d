//! Fits a label into the room it has: shortened with `…`, or broken into lines.

use super::font::width;

/// `text` if it is at most `room` px wide at `size`, else its beginning and `…`; empty where not even that fits.
pub(super) fn shorten(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = width("…", size);
    if used > room {
        return String::new();
    }
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]), size);
        if used > room {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// A name as [`shorten`] has it, but a year at its end is kept: `积石山… 2024`.
pub(super) fn shorten_name(text: &str, room: f64, size: f64) -> String {
    let year = text.rsplit_once(' ').filter(|(_, year)| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()));
    match year {
        Some((name, year)) if width(text, size) > room => {
            let behind = format!(" {year}");
            shorten(name, room - width(&behind, size), size) + &behind
        }
        _ => shorten(text, room, size),
    }
}

/// Breaks `text` into at most `most` lines of `room` px: at blanks where there are any, between Han characters
/// otherwise; the last line is shortened where the text goes on.
pub(super) fn wrap(text: &str, room: f64, size: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for piece in pieces(text) {
        let full = lines.len() == most;
        let line = lines.last_mut().expect("there is always a line");
        let longer = format!("{line}{piece}");
        if line.is_empty() || width(longer.trim_end(), size) <= room {
            *line = longer;
        } else if full {
            *line = longer;
            // Whatever follows would only be cut away.
            if width(line, size) > 2.0 * room {
                break;
            }
        } else {
            lines.push(piece.trim_start().to_owned());
        }
    }
    lines.iter().map(|line| shorten(line.trim(), room, size)).collect()
}

/// What must not be torn: words with the blank after them, numbers, single Han characters with the marks that cling to them.
fn pieces(text: &str) -> Vec<String> {
    const NEVER_FIRST: &str = "，。；：！？、）》」』】〉”’%％…·,.;:!?)]}";
    const NEVER_LAST: &str = "（《「『【〈“‘([{";
    let mut found: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    for c in text.chars() {
        let clings = previous.is_some_and(|before| {
            let latin = |c: char| c.is_ascii_graphic() || (c.is_alphabetic() && (c as u32) < 0x2E80);
            NEVER_FIRST.contains(c) || NEVER_LAST.contains(before) || c == ' ' || (latin(before) && latin(c))
        });
        match found.last_mut() {
            Some(piece) if clings => piece.push(c),
            _ => found.push(c.to_string()),
        }
        previous = Some(c);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_ends_with_an_ellipsis_and_fits() {
        let short = shorten("积石山保安族东乡族撒拉族自治县", 80.0, 10.0);
        assert_eq!(short, "积石山保安族东…");
        assert!(width(&short, 10.0) <= 80.0);
        assert_eq!(shorten("镇", 5.0, 10.0), "");
    }

    #[test]
    fn a_year_outlasts_its_name() {
        assert_eq!(shorten_name("积石山保安族东乡族撒拉族自治县 2024", 80.0, 10.0), "积石山保… 2024");
        assert_eq!(shorten_name("官庄镇 2024", 80.0, 10.0), "官庄镇 2024");
        assert_eq!(shorten_name("Town of 官庄", 40.0, 10.0), shorten("Town of 官庄", 40.0, 10.0));
    }

    #[test]
    fn lines_break_between_han_and_at_blanks() {
        assert_eq!(wrap("产业与项目", 30.0, 10.0, 3), ["产业与", "项目"]);
        assert_eq!(wrap("culture and tourism", 60.0, 10.0, 3), ["culture and", "tourism"]);
        assert_eq!(wrap("措施（每条）", 20.0, 10.0, 2).len(), 2);
    }
}
