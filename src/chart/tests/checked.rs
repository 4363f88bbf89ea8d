//! What holds for every chart: it is drawn on screen and in print, and its words stand on the sheet without crossing.

use crate::chart::{Drawing, Lang, Size, Style, font};

/// Draws on screen and in print, checks what holds for every chart, and keeps the pictures if asked to.
pub(super) fn show(name: &str, draw: impl Fn(Lang, &Style) -> Result<Vec<Drawing>, crate::Error>) -> Vec<Drawing> {
    let mut screen = vec![];
    for (tag, lang, size) in [("zh", Lang::Zh, Size::Screen), ("en-print", Lang::En, Size::Print)] {
        let style = Style { lang, size };
        let pages = draw(lang, &style).unwrap();
        for (number, page) in pages.iter().enumerate() {
            assert_eq!(f64::from(page.width), style.width());
            within(page, name);
            if let Ok(folder) = std::env::var("CEZHONG_CHARTS") {
                let stem = std::path::Path::new(&folder).join(format!("{name}-{tag}-{}", number + 1));
                std::fs::write(stem.with_extension("svg"), &page.svg).unwrap();
                std::fs::write(
                    stem.with_extension("png"),
                    page.png(if size == Size::Print { 2.0 } else { 1.0 }).unwrap(),
                )
                .unwrap();
            }
        }
        if lang == Lang::Zh {
            assert_eq!(pages, draw(lang, &style).unwrap(), "{name} differs from run to run");
            screen = pages;
        }
    }
    screen
}

/// Every text stands within the sheet, and no two cross each other.
pub(super) fn within(page: &Drawing, name: &str) {
    let mut boxes: Vec<(f64, f64, f64, f64, String)> = vec![];
    for element in page.svg.split("<text ").skip(1) {
        let (head, rest) = element.split_once('>').unwrap();
        let body = rest.split("</text>").next().unwrap();
        let body =
            body.rsplit("</title>").next().unwrap().replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
        let attr = |key: &str| head.split(&format!("{key}=\"")).nth(1).map(|v| v.split('"').next().unwrap());
        let number = |key: &str| attr(key).unwrap().parse::<f64>().unwrap();
        let (x, y, size) = (number("x"), number("y"), number("font-size"));
        let wide = font::width(&body, size);
        let shift = match attr("text-anchor") {
            Some("middle") => wide / 2.0,
            Some("end") => wide,
            _ => 0.0,
        };
        let area = if attr("transform").is_some() {
            (x, y - wide + shift, x + size, y + shift)
        } else {
            (x - shift, y, x - shift + wide, y + 0.8 * size)
        };
        let inside = area.0 >= -1.0
            && area.1 >= -1.0
            && area.2 <= f64::from(page.width) + 1.0
            && area.3 <= f64::from(page.height) + 1.0;
        assert!(inside, "{name}: “{body}” leaves the sheet: {area:?} of {} × {}", page.width, page.height);
        for other in &boxes {
            let crossing =
                area.0 + 1.0 < other.2 && other.0 + 1.0 < area.2 && area.1 + 1.0 < other.3 && other.1 + 1.0 < area.3;
            assert!(!crossing, "{name}: “{body}” {area:?} covers {other:?}");
        }
        boxes.push((area.0, area.1, area.2, area.3, body));
    }
    assert!(!boxes.is_empty(), "{name} says nothing");
}
