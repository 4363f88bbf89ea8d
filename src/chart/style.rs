//! What all charts share: language, sizes, colours.

/// The language of titles, axes and captions that the charts word themselves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The one of two wordings that is in this language.
    pub fn pick<'t>(self, zh: &'t str, en: &'t str) -> &'t str {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The tag of BCP 47.
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }
}

/// What a chart is drawn for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// A screen: 1280 px wide.
    #[default]
    Screen,
    /// A page of a journal: 180 mm wide, 8 pt letters, 300 dots an inch.
    Print,
}

/// The look of a chart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// The language.
    pub lang: Lang,
    /// The size.
    pub size: Size,
}

impl Style {
    /// The width of the picture, in px of 1/96 inch.
    pub fn width(self) -> f64 {
        match self.size {
            Size::Screen => 1280.0,
            Size::Print => 680.0,
        }
    }

    /// The size of letters in the chart, in px.
    pub fn text(self) -> f64 {
        match self.size {
            Size::Screen => 15.0,
            Size::Print => 10.5,
        }
    }

    /// The size of the caption's letters, in px.
    pub fn small(self) -> f64 {
        match self.size {
            Size::Screen => 13.0,
            Size::Print => 9.0,
        }
    }

    /// The size of the title's letters, in px.
    pub fn title(self) -> f64 {
        match self.size {
            Size::Screen => 21.0,
            Size::Print => 13.5,
        }
    }

    /// The blank at every edge, in px.
    pub fn margin(self) -> f64 {
        match self.size {
            Size::Screen => 24.0,
            Size::Print => 10.0,
        }
    }

    /// Dots of the png for a px of the svg.
    pub fn dots(self) -> f32 {
        match self.size {
            Size::Screen => 1.5,
            Size::Print => 3.125,
        }
    }
}

/// A colour: red, green, blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// Letters and axes.
pub const INK: Rgb = Rgb(0x22, 0x22, 0x22);
/// Captions and axis names.
pub const SOFT: Rgb = Rgb(0x5A, 0x5A, 0x5A);
/// Grid lines.
pub const GRID: Rgb = Rgb(0xE2, 0xE2, 0xE2);
/// Reference lines, such as a location quotient of one.
pub const RULE: Rgb = Rgb(0x8C, 0x8C, 0x8C);
/// What is not told apart from its reference: the interval covers it.
pub const UNSURE: Rgb = Rgb(0xE6, 0xE6, 0xE6);
/// The same for points and bars, which need more ink than areas.
pub const UNSURE_INK: Rgb = Rgb(0x9A, 0x9A, 0x9A);
/// The ground.
pub const PAPER: Rgb = Rgb(0xFF, 0xFF, 0xFF);
/// More than the reference.
pub const OVER: Rgb = Rgb(0xC8, 0x5A, 0x00);
/// Less than the reference.
pub const UNDER: Rgb = Rgb(0x1F, 0x6F, 0xB4);

/// Colours of categories: Okabe and Ito's set, with three of Tol's muted ones for the eighth to tenth, then grey.
///
/// Eleven colours cannot all be told apart by every eye; charts that use them also write names or numbers.
const CATEGORIES: [Rgb; 11] = [
    Rgb(0x00, 0x72, 0xB2),
    Rgb(0x00, 0x9E, 0x73),
    Rgb(0xCC, 0x79, 0xA7),
    Rgb(0x56, 0xB4, 0xE9),
    Rgb(0x11, 0x77, 0x33),
    Rgb(0xF0, 0xE4, 0x42),
    Rgb(0xE6, 0x9F, 0x00),
    Rgb(0xD5, 0x5E, 0x00),
    Rgb(0x88, 0x22, 0x55),
    Rgb(0x33, 0x22, 0x88),
    Rgb(0xB4, 0xB4, 0xB4),
];

/// The colour of the category with this index; beyond the eleventh they come again, paler.
pub fn category(index: usize) -> Rgb {
    let pale = [0.0, 0.45, 0.7][(index / CATEGORIES.len()).min(2)];
    CATEGORIES[index % CATEGORIES.len()].mix(PAPER, pale)
}

/// From blue (−1) through near white (0) to orange (1), which red-green blindness leaves apart.
pub fn diverging(t: f64) -> Rgb {
    const SIDES: [[Rgb; 4]; 2] = [
        [Rgb(0xF7, 0xF7, 0xF7), Rgb(0xB3, 0xD3, 0xE8), Rgb(0x5A, 0xA0, 0xCE), Rgb(0x1B, 0x5F, 0xA0)],
        [Rgb(0xF7, 0xF7, 0xF7), Rgb(0xFB, 0xD3, 0xA0), Rgb(0xEE, 0x96, 0x3C), Rgb(0xB3, 0x54, 0x06)],
    ];
    let side = &SIDES[usize::from(t > 0.0)];
    ramp(side, t.abs())
}

/// From white (0) to dark blue (1).
pub fn sequential(t: f64) -> Rgb {
    ramp(&[Rgb(0xFF, 0xFF, 0xFF), Rgb(0xC6, 0xDB, 0xEF), Rgb(0x5B, 0xA3, 0xD0), Rgb(0x08, 0x45, 0x94)], t)
}

fn ramp(stops: &[Rgb; 4], t: f64) -> Rgb {
    let at = t.clamp(0.0, 1.0) * 3.0;
    let lower = (at as usize).min(2);
    stops[lower].mix(stops[lower + 1], at - lower as f64)
}

impl Rgb {
    /// The colour a share `t` of the way to `other`.
    pub fn mix(self, other: Rgb, t: f64) -> Rgb {
        let blend = |a: u8, b: u8| libm::round(f64::from(a) + (f64::from(b) - f64::from(a)) * t) as u8;
        Rgb(blend(self.0, other.0), blend(self.1, other.1), blend(self.2, other.2))
    }

    /// Dark or white letters, whichever is read better on this ground.
    pub fn ink(self) -> Rgb {
        let light = 0.299 * f64::from(self.0) + 0.587 * f64::from(self.1) + 0.114 * f64::from(self.2);
        if light > 135.0 { INK } else { PAPER }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale_are_the_stated_colours() {
        assert_eq!(diverging(-1.0), Rgb(0x1B, 0x5F, 0xA0));
        assert_eq!(diverging(0.0), Rgb(0xF7, 0xF7, 0xF7));
        assert_eq!(diverging(7.0), Rgb(0xB3, 0x54, 0x06));
        assert_eq!(sequential(1.0).ink(), PAPER);
    }

    #[test]
    fn no_category_of_two_rounds_looks_like_another() {
        let colours: Vec<Rgb> = (0..22).map(category).collect();
        for (index, colour) in colours.iter().enumerate() {
            assert!(!colours[..index].contains(colour), "{index}");
        }
    }
}
