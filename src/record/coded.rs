//! What coding a text gives: all that follows from the text, the models and the coder's settings alone.

use crate::kind::KindCall;
use crate::measure::Measure;
use crate::outline::Outline;
use crate::theme::ThemeCall;

use super::MeasureTheme;

/// A coded text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Coded {
    pub outline: Outline,
    /// One call of kind and unit a sentence.
    pub kinds: Vec<KindCall>,
    /// One call of theme a sentence, without the probabilities of single themes.
    pub themes: Vec<ThemeCall>,
    /// The reasons of each call; empty where they were not asked for.
    pub because: Vec<String>,
    pub measures: Vec<(Measure, MeasureTheme)>,
    pub han_share: Option<f64>,
}
