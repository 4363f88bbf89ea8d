//! What was called what: counts of label against call, and precision, recall, F1, accuracy and kappa from them.

/// Counts of (label, call) pairs; rows are labels, columns calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Confusion {
    classes: usize,
    counts: Vec<u64>,
}

/// Precision, recall and F1 of one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassScore {
    /// How often it is the label.
    pub labelled: u64,
    /// How often it is the call.
    pub called: u64,
    /// Right calls / calls; `None` where it is never called.
    pub precision: Option<f64>,
    /// Right calls / labels; `None` where it is never a label.
    pub recall: Option<f64>,
    /// 2 × right / (labels + calls); `None` where it is neither label nor call.
    pub f1: Option<f64>,
}

impl Confusion {
    /// No pairs yet, of `classes` classes.
    pub fn new(classes: usize) -> Self {
        Confusion { classes, counts: vec![0; classes * classes] }
    }

    /// The counts of these pairs of (label, call).
    ///
    /// # Panics
    /// If a class is not below `classes`.
    pub fn of(classes: usize, pairs: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut confusion = Confusion::new(classes);
        for (label, call) in pairs {
            confusion.add(label, call);
        }
        confusion
    }

    /// Counts one pair.
    ///
    /// # Panics
    /// If a class is not below the number of classes.
    pub fn add(&mut self, label: usize, call: usize) {
        assert!(label < self.classes && call < self.classes, "({label}, {call}) of {} classes", self.classes);
        self.counts[label * self.classes + call] += 1;
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// How often `label` was called `call`.
    pub fn count(&self, label: usize, call: usize) -> u64 {
        self.counts[label * self.classes + call]
    }

    /// The number of pairs.
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    fn labelled(&self, class: usize) -> u64 {
        self.counts[class * self.classes..][..self.classes].iter().sum()
    }

    fn called(&self, class: usize) -> u64 {
        self.counts.iter().skip(class).step_by(self.classes).sum()
    }

    /// The score of one class.
    pub fn class(&self, class: usize) -> ClassScore {
        let (right, labelled, called) = (self.count(class, class), self.labelled(class), self.called(class));
        let share = |of: u64| (of > 0).then(|| right as f64 / of as f64);
        let f1 = (labelled + called > 0).then(|| 2.0 * right as f64 / (labelled + called) as f64);
        ClassScore { labelled, called, precision: share(called), recall: share(labelled), f1 }
    }

    /// The share of right calls; `None` without pairs.
    pub fn accuracy(&self) -> Option<f64> {
        let right: u64 = (0..self.classes).map(|class| self.count(class, class)).sum();
        (self.total() > 0).then(|| right as f64 / self.total() as f64)
    }

    /// The mean F1 over the classes that occur among the labels, as scikit-learn's `f1_score(average="macro", labels=…)` over
    /// those; `None` without pairs.
    pub fn macro_f1(&self) -> Option<f64> {
        let scores: Vec<f64> = (0..self.classes)
            .filter(|&class| self.labelled(class) > 0)
            .filter_map(|class| self.class(class).f1)
            .collect();
        (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
    }

    /// Cohen's kappa (1960): (accuracy − chance) / (1 − chance), chance being Σ labels × calls / n². `None` without pairs and
    /// where chance is 1, as label and call are then one constant and agreement says nothing.
    pub fn kappa(&self) -> Option<f64> {
        let n = self.total() as f64;
        let both = |class| self.labelled(class) as f64 * self.called(class) as f64;
        let chance = (0..self.classes).map(both).sum::<f64>() / (n * n);
        self.accuracy().filter(|_| chance < 1.0).map(|accuracy| (accuracy - chance) / (1.0 - chance))
    }

    /// The pairs of classes that are confused, as (label, call, count), most often first.
    pub fn confused(&self) -> Vec<(usize, usize, u64)> {
        let mut pairs: Vec<(usize, usize, u64)> = (0..self.classes * self.classes)
            .map(|at| (at / self.classes, at % self.classes, self.counts[at]))
            .filter(|&(label, call, count)| label != call && count > 0)
            .collect();
        pairs.sort_by(|a, b| b.2.cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        // Labels 0 0 0 1 1 2, calls 0 0 1 1 1 0.
        let confusion = Confusion::of(4, [(0, 0), (0, 0), (0, 1), (1, 1), (1, 1), (2, 0)]);
        assert_eq!(confusion.accuracy(), Some(4.0 / 6.0));
        assert_eq!(confusion.class(0).f1, Some(4.0 / 6.0));
        assert_eq!(confusion.class(1).f1, Some(4.0 / 5.0));
        assert_eq!(
            (confusion.class(2).precision, confusion.class(2).recall, confusion.class(2).f1),
            (None, Some(0.0), Some(0.0))
        );
        assert_eq!(confusion.class(3).f1, None, "neither label nor call");
        let macro_f1 = confusion.macro_f1().unwrap();
        assert!((macro_f1 - (4.0 / 6.0 + 0.8 + 0.0) / 3.0).abs() < 1e-15);
        // chance = (3·3 + 2·3 + 1·0) / 36 = 15/36; kappa = (24/36 − 15/36) / (21/36) = 9/21.
        assert!((confusion.kappa().unwrap() - 9.0 / 21.0).abs() < 1e-15);
        assert_eq!(confusion.confused(), [(0, 1, 1), (2, 0, 1)]);
    }

    #[test]
    fn nothing_and_one_constant_are_undefined() {
        assert_eq!(Confusion::new(2).accuracy(), None);
        assert_eq!(Confusion::new(2).macro_f1(), None);
        assert_eq!(Confusion::of(2, [(1, 1), (1, 1)]).kappa(), None);
    }
}
