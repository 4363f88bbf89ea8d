//! What stands around every chart: title and explanation above, the caption line below.

use super::canvas::{Anchor, Canvas, Drawing};
use super::fit::wrap;
use super::scale::grouped;
use super::style::{INK, Lang, SOFT};
use crate::error::Result;

/// How high a printed page may be, in px: A4 less its margins.
pub(super) const PRINTED: f64 = 960.0;

/// What a reader must know to trust the numbers; it becomes the line `n = …, unit, interval, weight` under the chart.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Caption {
    /// How many things were counted.
    pub n: usize,
    /// What was counted: 条措施, measures.
    pub of: String,
    /// The unit of the numbers shown; left out where empty.
    pub unit: String,
    /// How the intervals were made, e.g. `95 %, block bootstrap, 1,000 draws`; left out where empty.
    pub interval: String,
    /// What a share counts: measures, sentences or characters; left out where empty.
    pub weight: String,
    /// Anything else; left out where empty.
    pub note: String,
}

impl Caption {
    /// The caption with something more in its note.
    pub fn noting(mut self, said: &str, lang: Lang) -> Caption {
        if !self.note.is_empty() {
            self.note.push_str(lang.pick("；", "; "));
        }
        self.note.push_str(said);
        self
    }

    /// The line in words.
    pub fn line(&self, lang: Lang) -> String {
        let (colon, join) = (lang.pick("：", ": "), lang.pick("；", "; "));
        let mut parts = vec![format!("n = {} {}", grouped(self.n), self.of)];
        for (name, value) in [
            (lang.pick("单位", "unit"), &self.unit),
            (lang.pick("区间", "interval"), &self.interval),
            (lang.pick("权重", "weight"), &self.weight),
        ] {
            if !value.is_empty() {
                parts.push(format!("{name}{colon}{value}"));
            }
        }
        if !self.note.is_empty() {
            parts.push(self.note.clone());
        }
        parts.join(join)
    }
}

impl Canvas {
    /// Draws the title and, in softer ink, how to read the chart; returns the y below them.
    pub(super) fn header(&mut self, title: &str, reading: &str) -> f64 {
        let (margin, room) = (self.style.margin(), self.style.width() - 2.0 * self.style.margin());
        let mut y = margin;
        for (text, size, colour) in [(title, self.style.title(), INK), (reading, self.style.small(), SOFT)] {
            for line in wrap(text, room, size, 3).iter().filter(|line| !line.is_empty()) {
                self.text(margin, y + 0.6 * size, size, colour, Anchor::Start, line);
                y += 1.45 * size;
            }
        }
        y + 0.8 * self.style.text()
    }

    /// Draws the caption from `y` down; returns the height of the whole sheet.
    pub(super) fn footer(&mut self, y: f64, caption: &Caption) -> f64 {
        let (margin, room, size) =
            (self.style.margin(), self.style.width() - 2.0 * self.style.margin(), self.style.small());
        let mut y = y + 0.9 * self.style.text();
        for line in wrap(&caption.line(self.style.lang), room, size, 4) {
            self.text(margin, y + 0.6 * size, size, SOFT, Anchor::Start, &line);
            y += 1.45 * size;
        }
        y + 0.6 * margin
    }

    /// Draws a legend of coloured squares and names in as many rows as it needs; returns the y below it.
    pub(super) fn legend(&mut self, y: f64, entries: &[(super::style::Rgb, &super::Label)]) -> f64 {
        let (margin, size) = (self.style.margin(), self.style.small());
        let right = self.style.width() - margin;
        let (mut x, mut y) = (margin, y);
        for (colour, label) in entries {
            let text = super::fit::shorten(&label.text, right - margin - 2.0 * size, size);
            let wide = 1.4 * size + super::font::width(&text, size) + 1.2 * size;
            if x + wide > right && x > margin {
                (x, y) = (margin, y + 1.7 * size);
            }
            self.mark(&[&label.keys], &label.text, |canvas| {
                canvas.rect(x, y, size, size, *colour);
                canvas.text(x + 1.4 * size, y + 0.5 * size, size, INK, Anchor::Start, &text);
            });
            x += wide;
        }
        y + 2.0 * size
    }
}

/// The title of page `page` (from 0) of `pages`.
fn page_title(title: &str, page: usize, pages: usize, lang: Lang) -> String {
    match (pages, lang) {
        (0 | 1, _) => title.to_owned(),
        (_, Lang::Zh) => format!("{title}（{}/{pages}）", page + 1),
        (_, Lang::En) => format!("{title} ({}/{pages})", page + 1),
    }
}

/// Cuts `n` rows into pages of at most `most`, as even as can be.
pub(super) fn pages(n: usize, most: usize) -> Vec<std::ops::Range<usize>> {
    let count = n.div_ceil(most).max(1);
    (0..count).map(|page| page * n / count..(page + 1) * n / count).collect()
}

/// A chart of more pages is drawn at both ends alone: nobody leafs through two hundred, and of thousands of places the table
/// is the better reading. Four hundred places fit; fewer are chosen by `cezhong chart NAME --places`.
const MOST_PAGES: usize = 24;

/// The pages that are drawn, each with its number from 0.
fn drawn<T>(pages: Vec<T>) -> Vec<(usize, T)> {
    let count = pages.len();
    let ends = move |page: usize| page < MOST_PAGES / 2 || page + MOST_PAGES / 2 >= count;
    pages.into_iter().enumerate().filter(|(page, _)| count <= MOST_PAGES || ends(*page)).collect()
}

/// Draws the pages of a chart, each with its number in the title where there are several.
///
/// # Errors
/// Those of `draw`.
pub(super) fn each_page<T>(
    title: &str,
    lang: Lang,
    pages: Vec<T>,
    draw: impl Fn(T, String) -> Result<Drawing>,
) -> Result<Vec<Drawing>> {
    let count = pages.len();
    drawn(pages).into_iter().map(|(page, part)| draw(part, page_title(title, page, count, lang))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_says_n_unit_interval_and_weight() {
        let caption = Caption {
            n: 12345,
            of: "条措施".into(),
            unit: "%".into(),
            interval: "95%".into(),
            weight: "措施".into(),
            note: String::new(),
        };
        assert_eq!(caption.line(Lang::Zh), "n = 12\u{A0}345 条措施；单位：%；区间：95%；权重：措施");
    }

    #[test]
    fn of_too_many_pages_both_ends_are_drawn() {
        let numbers = |count: usize| drawn(vec![(); count]).into_iter().map(|(page, ())| page).collect::<Vec<_>>();
        assert_eq!(numbers(24), (0..24).collect::<Vec<_>>());
        assert_eq!(numbers(100), (0..12).chain(88..100).collect::<Vec<_>>());
    }

    #[test]
    fn pages_are_even_and_complete() {
        assert_eq!(pages(81, 40), [0..27, 27..54, 54..81]);
        assert_eq!((pages(0, 40).len(), pages(0, 40)[0].len()), (1, 0));
    }
}
