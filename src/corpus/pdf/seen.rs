//! What was seen on the pages, and what of it a user should know.

use crate::notice::Notice;

/// Nothing is said of pages that are pictures if they are fewer than this share: covers and maps.
const FEW_PICTURES: f64 = 0.1;

/// Counts over all pages.
#[derive(Debug, Default)]
pub struct Seen {
    /// Pages.
    pub pages: usize,
    /// Characters that are not blank.
    pub characters: usize,
    /// Those of them that their fonts do not say.
    pub unknown: usize,
    /// Those of them that are drawn invisibly.
    pub invisible: usize,
    /// Characters that stand askew.
    pub askew: usize,
    /// The numbers of the pages that are pictures.
    pub pictures: Vec<usize>,
    /// The numbers of the pages that are damaged in part.
    pub damaged: Vec<usize>,
}

impl Seen {
    /// What a user should know, in a fixed order.
    pub fn notices(&self) -> Vec<Notice> {
        let Seen { pages, characters, unknown, invisible, askew, pictures, damaged } = self;
        let mut notices = Vec::new();
        let mut warn = |zh: String, en: String| notices.push(Notice::new(zh, en));
        if *unknown > 0 {
            warn(
                format!("{characters} 个字符中有 {unknown} 个，字体没有说明是什么字，以 � 代替。"),
                format!("Of {characters} characters {unknown} are not said by their fonts and stand as �."),
            );
        }
        if pictures.len() as f64 > FEW_PICTURES * *pages as f64 {
            let (count, (zh, en)) = (pictures.len(), listed(pictures));
            warn(
                format!("{pages} 页中有 {count} 页是图片，缺少其中的文字（{zh}）。"),
                format!("{count} of {pages} pages are pictures whose text is missing ({en})."),
            );
        }
        if !damaged.is_empty() {
            let (count, (zh, en)) = (damaged.len(), listed(damaged));
            warn(
                format!("{pages} 页中有 {count} 页部分损坏，内容不全（{zh}）。"),
                format!("Part of {count} of {pages} pages is damaged and missing ({en})."),
            );
        }
        if 2 * invisible > *characters {
            warn(
                "文字隐藏在图片之下，是机器识别的结果，可能有误。".into(),
                "Its text lies invisible under pictures: it was recognised by a machine, and may have errors.".into(),
            );
        }
        if *askew > 0 {
            warn(
                format!("有 {askew} 个字符斜置（水印或页边附注），没有读入。"),
                format!("{askew} characters stand askew (a watermark, or notes up the margin) and are left out."),
            );
        }
        notices
    }
}

/// Page numbers in Chinese and in English, of many the first ones.
fn listed(pages: &[usize]) -> (String, String) {
    const MOST: usize = 10;
    let join = |page: fn(&usize) -> String, mark| pages.iter().take(MOST).map(page).collect::<Vec<_>>().join(mark);
    let (etc, more) = if pages.len() > MOST { ("等", ", …") } else { ("", "") };
    let (zh, en) = (join(usize::to_string, "、"), join(|page| format!("page {page}"), ", "));
    (format!("第 {zh} 页{etc}"), format!("{en}{more}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_pages_that_read_well() {
        assert_eq!(Seen { pages: 40, characters: 30_000, pictures: vec![1], ..Seen::default() }.notices(), []);
    }

    #[test]
    fn everything_odd_is_said_in_both_languages() {
        let seen = Seen {
            pages: 30,
            characters: 1000,
            unknown: 7,
            invisible: 600,
            askew: 12,
            pictures: (1..=11).collect(),
            damaged: vec![3, 5],
        };
        let pairs: Vec<(String, String)> = seen.notices().into_iter().map(|notice| (notice.zh, notice.en)).collect();
        let wanted = [
            (
                "1000 个字符中有 7 个，字体没有说明是什么字，以 � 代替。",
                "Of 1000 characters 7 are not said by their fonts and stand as �.",
            ),
            (
                "30 页中有 11 页是图片，缺少其中的文字（第 1、2、3、4、5、6、7、8、9、10 页等）。",
                "11 of 30 pages are pictures whose text is missing (page 1, page 2, page 3, page 4, page 5, page 6, page 7, \
                 page 8, page 9, page 10, …).",
            ),
            (
                "30 页中有 2 页部分损坏，内容不全（第 3、5 页）。",
                "Part of 2 of 30 pages is damaged and missing (page 3, page 5).",
            ),
            (
                "文字隐藏在图片之下，是机器识别的结果，可能有误。",
                "Its text lies invisible under pictures: it was recognised by a machine, and may have errors.",
            ),
            (
                "有 12 个字符斜置（水印或页边附注），没有读入。",
                "12 characters stand askew (a watermark, or notes up the margin) and are left out.",
            ),
        ];
        assert_eq!(pairs, wanted.map(|(zh, en)| (zh.to_owned(), en.to_owned())));
    }
}
