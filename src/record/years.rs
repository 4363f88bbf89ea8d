//! The years that a document speaks of: the one it plans for, and the one it reviews.

use crate::codebook::Part;
use crate::record::{CodedDocument, CodedMeasure};

/// What says that a review is of more than one year.
const SEVERAL: [&str; 12] = [
    "过去五年",
    "过去的五年",
    "近五年",
    "五年来",
    "五年间",
    "四年来",
    "三年来",
    "过去四年",
    "过去三年",
    "本届政府",
    "上届政府",
    "任期",
];
/// The plan periods, “十五” to “十五五”, which a heading names where it reviews one.
const PERIODS: [&str; 6] = ["十五”", "十一五", "十二五", "十三五", "十四五", "十五五"];
/// What a heading of a single year says of a period that it belongs to: “十四五”实现良好开局.
const BEGINNINGS: [&str; 3] = ["开局", "起步", "首年"];
/// Characters at the beginning of a measure in which it may name the time it is of.
const OPENING: usize = 12;

impl CodedDocument {
    /// The year that it plans for.
    pub fn planned_year(&self) -> Option<i32> {
        self.document.meta.year.map(|(year, _)| year)
    }

    /// The year under review, one or the last of several: the one it names, else the one before its plan.
    pub fn review_year(&self) -> Option<i32> {
        self.document.meta.review_year.or(self.planned_year().map(|year| year - 1))
    }

    /// The one year that it reviews: the one it names, else the one before its plan. `None` where the review is of several years
    /// (a fifth of its measures or more stand under a heading like 过去五年 or “十三五”, or begin so), for that is nothing to hold
    /// against one year's plan; and where it is not before the plan's, as one of the two was then misread.
    pub fn reviewed_year(&self) -> Option<i32> {
        let (planned, year) = (self.planned_year(), self.review_year()?);
        (planned.is_none_or(|planned| year < planned) && !self.reviews_several_years()).then_some(year)
    }

    /// Whether a fifth of the review's measures or more are of several years.
    pub fn reviews_several_years(&self) -> bool {
        let review = || self.measures.iter().filter(|coded| coded.measure.part == Part::Review);
        let of_several = review().filter(|coded| self.is_of_several_years(coded)).count();
        of_several > 0 && 5 * of_several >= review().count()
    }

    fn is_of_several_years(&self, coded: &CodedMeasure) -> bool {
        let text = &self.document.text;
        let headings = coded.measure.path.iter().map(|&heading| self.outline.sentences[heading as usize].span.of(text));
        let opening = self.outline.sentences[coded.measure.sentences.start as usize].span.of(text);
        let opening: String = opening.chars().take(OPENING).collect();
        let named = |text: &str| SEVERAL.iter().any(|word| text.contains(word));
        let period = |head: &str| {
            PERIODS.iter().any(|word| head.contains(word)) && !BEGINNINGS.iter().any(|word| head.contains(word))
        };
        named(&opening) || headings.into_iter().any(|head| named(head) || period(head))
    }
}
