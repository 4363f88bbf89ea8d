//! The coder of a codebook without labels: seed terms, and what stands beside them, in the sentence, its heads and its neighbours.
//!
//! Its probabilities are not calibrated, as there is nothing to calibrate them on (docs/codebook.md). Where too little speaks for
//! any theme the call is the general one, abstained.

use super::judge::ThemeCall;
use super::seeded::SeedModel;
use super::wording::most;
use crate::codebook::{Codebook, Kind, ThemeId};
use crate::outline::Outline;

/// A coder that knows seed terms alone.
#[derive(Clone, Debug, PartialEq)]
pub struct SeedCoder {
    book: Codebook,
    model: SeedModel,
    threshold: f32,
}

/// How much the innermost head counts beside the sentence itself.
const HEAD: f32 = 0.6;
/// How much each head above that counts.
const ABOVE: f32 = 0.3;
/// How much each neighbour under the same head counts.
const NEIGHBOUR: f32 = 0.2;
/// A call below this probability is abstained, unless the user says otherwise; with many themes, one below that of a sentence in which
/// one seed stands and nothing else speaks.
const LEAST: f32 = 0.5;
/// What rounding may take from the probability of such a sentence.
const ROUNDING: f32 = 1e-4;

impl SeedCoder {
    /// Knows the seeds of `book`, and no word beside them.
    pub fn new(book: Codebook) -> SeedCoder {
        let model = SeedModel::fit(&book, &[]);
        let threshold = LEAST.min(model.of_one_seed() - ROUNDING);
        SeedCoder { book, model, threshold }
    }

    /// Abstains below this probability.
    pub fn with_threshold(mut self, threshold: f32) -> SeedCoder {
        self.threshold = threshold;
        self
    }

    /// The same with the words that stand beside the seeds in these sentences.
    pub fn fitted(&self, sentences: &[&str]) -> SeedCoder {
        SeedCoder { model: SeedModel::fit(&self.book, sentences), ..self.clone() }
    }

    /// The probability below which calls are abstained.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// A theme for every sentence.
    pub fn judge(&self, text: &str, outline: &Outline, kinds: &[Kind]) -> Vec<ThemeCall> {
        let own: Vec<Option<Vec<f32>>> =
            outline.sentences.iter().map(|sentence| self.model.scores(sentence.span.of(text))).collect();
        (0..own.len()).map(|i| self.call(i, &own, text, outline, kinds[i])).collect()
    }

    fn call(&self, i: usize, own: &[Option<Vec<f32>>], text: &str, outline: &Outline, kind: Kind) -> ThemeCall {
        let (classes, general) = (self.book.themes.len(), self.book.general());
        if kind == Kind::Noise {
            let mut probabilities = vec![0.0; classes];
            probabilities[usize::from(general)] = 1.0;
            return ThemeCall { theme: general, p: 1.0, second: None, abstained: false, probabilities };
        }
        let path = &outline.sentences[i].path;
        let heads = path.iter().rev().enumerate();
        let mut voices: Vec<(usize, f32)> =
            heads.map(|(depth, &head)| (head as usize, if depth == 0 { HEAD } else { ABOVE })).collect();
        let beside = [i.checked_sub(1), Some(i + 1).filter(|&j| j < own.len())];
        let same = |j: &usize| outline.sentences[*j].path.last() == path.last() && !path.is_empty();
        voices.extend(beside.into_iter().flatten().filter(same).map(|j| (j, NEIGHBOUR)));
        voices.push((i, 1.0));
        let mut scores = vec![0.0; classes];
        let mut heard = false;
        for (j, weight) in voices {
            if let Some(said) = &own[j] {
                heard = true;
                scores.iter_mut().zip(said).for_each(|(score, value)| *score += weight * value);
            }
        }
        if !heard {
            let p = 1.0 / classes as f32;
            return ThemeCall { theme: general, p, second: None, abstained: true, probabilities: vec![p; classes] };
        }
        let probabilities = self.model.normalised(scores);
        let best = most(&probabilities);
        let p = probabilities[best];
        // Everything or nothing: only a seed of its own tells which.
        let speaks = |j: usize| self.model.speaks(outline.sentences[j].span.of(text), best);
        let named = || speaks(i) || path.iter().any(|&head| speaks(head as usize));
        let abstained = p < self.threshold || (best == usize::from(general) && !named());
        ThemeCall { theme: best as ThemeId, p, second: None, abstained, probabilities }
    }

    /// The seeds of `theme` in the sentence, then those in its heads as `heading 环境`; at most three.
    pub fn because(&self, text: &str, outline: &Outline, i: usize, theme: ThemeId) -> Vec<String> {
        let sentence = &outline.sentences[i];
        let mut reasons: Vec<String> =
            self.model.seeds_in(sentence.span.of(text), theme).into_iter().map(String::from).collect();
        for &head in sentence.path.iter().rev() {
            let above = outline.sentences[head as usize].span.of(text);
            reasons.extend(self.model.seeds_in(above, theme).into_iter().map(|seed| format!("heading {seed}")));
        }
        reasons.truncate(3);
        reasons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::outline;

    fn book() -> Codebook {
        let source = "name = \"t\"\nversion = 1\ngeneral = \"g\"\n[[theme]]\nid = \"fruit\"\nzh = \"果\"\nseeds = [\"桃树\"]\n\
                      [[theme]]\nid = \"road\"\nzh = \"路\"\nseeds = [\"道路\"]\n[[theme]]\nid = \"g\"\nzh = \"总\"\n";
        Codebook::parse(source, std::path::Path::new("t.toml")).unwrap()
    }

    /// A codebook of so many themes with a seed each, and the general one.
    fn book_of(themes: usize, general: &str) -> Codebook {
        let theme = |n: usize| format!("[[theme]]\nid = \"t{n}\"\nzh = \"题{n}\"\nseeds = [\"种子{n}号\"]\n");
        let source = format!(
            "name = \"t\"\nversion = 1\ngeneral = \"g\"\n{}[[theme]]\nid = \"g\"\nzh = \"总\"\n{general}",
            (0..themes).map(theme).collect::<String>()
        );
        Codebook::parse(&source, std::path::Path::new("t.toml")).unwrap()
    }

    fn only_call(book: Codebook, text: &str) -> ThemeCall {
        SeedCoder::new(book).judge(text, &outline(text), &[Kind::Measure]).remove(0)
    }

    #[test]
    fn one_seed_is_enough_in_a_codebook_of_any_size() {
        for themes in [2, 8, 20] {
            let call = only_call(book_of(themes, ""), "推广种子1号。");
            assert_eq!((call.theme, call.abstained), (1, false), "{themes} themes, p {}", call.p);
        }
    }

    #[test]
    fn the_general_theme_is_called_by_its_own_seeds_alone() {
        assert!(only_call(book_of(3, ""), "总体要求是什么。").abstained);
        let call = only_call(book_of(3, "seeds = [\"总体要求\"]\n"), "总体要求是什么。");
        assert_eq!((call.theme, call.abstained), (3, false));
    }

    #[test]
    fn a_seed_within_a_longer_one_is_no_reason() {
        let source = "name = \"t\"\nversion = 1\ngeneral = \"g\"\n[[theme]]\nid = \"business\"\nzh = \"商\"\nseeds = [\"营商环境\"]\n\
                      [[theme]]\nid = \"green\"\nzh = \"绿\"\nseeds = [\"环境\", \" 污水 \"]\n[[theme]]\nid = \"g\"\nzh = \"总\"\n";
        let book = Codebook::parse(source, std::path::Path::new("t.toml")).unwrap();
        let coder = SeedCoder::new(book);
        let text = "优化营商环境，处理污水。";
        assert_eq!(coder.because(text, &outline(text), 0, 1), ["污水"]);
        assert_eq!(coder.because(text, &outline(text), 0, 0), ["营商环境"]);
    }

    #[test]
    fn seeds_heads_and_nothing() {
        let text = "一、道路建设\n硬化村道五公里。\n二、其他\n扩种桃树两千亩。\n三、杂项\n开好会议。";
        let outline = outline(text);
        let kinds = vec![Kind::Measure; outline.sentences.len()];
        // A head alone says 0.6 of what a seed in the sentence says: exp(1.2) / (exp(1.2) + exp(0) + exp(1)) = 0.47.
        let coder = SeedCoder::new(book()).with_threshold(0.45);
        let calls = coder.judge(text, &outline, &kinds);
        let at = |needle: &str| outline.sentences.iter().position(|s| s.span.of(text).contains(needle)).unwrap();
        let call = |needle: &str| &calls[at(needle)];
        assert_eq!((call("硬化").theme, call("硬化").abstained), (1, false), "the head speaks");
        assert_eq!(coder.because(text, &outline, at("硬化"), 1), ["heading 道路"]);
        assert_eq!((call("扩种").theme, call("扩种").abstained), (0, false));
        assert_eq!((call("会议").theme, call("会议").abstained), (2, true), "nothing speaks");
        assert!(coder.with_threshold(0.99).judge(text, &outline, &kinds)[at("硬化")].abstained);
    }
}
