//! A linear model: one weight per column and class, one intercept per class.

/// A trained model.
#[derive(Clone, Debug, PartialEq)]
pub struct Linear {
    classes: usize,
    /// Column-major blocks: the weight of column `j` for class `c` is `weights[j * classes + c]`.
    weights: Vec<f64>,
    intercepts: Vec<f64>,
}

impl Linear {
    /// A model with an intercept a class, and as many weights for every column.
    pub(super) fn new(weights: Vec<f64>, intercepts: Vec<f64>) -> Linear {
        Linear { classes: intercepts.len(), weights, intercepts }
    }

    /// The number of classes.
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// The number of columns it was trained on.
    pub fn width(&self) -> usize {
        self.weights.len() / self.classes
    }

    /// The weights of column `j`, one a class.
    pub fn column(&self, j: usize) -> &[f64] {
        &self.weights[j * self.classes..][..self.classes]
    }

    /// The intercepts, one a class.
    pub fn intercepts(&self) -> &[f64] {
        &self.intercepts
    }

    /// The scores of a row before normalisation; columns never trained on count nothing.
    pub fn scores(&self, (columns, values): (&[u32], &[f32])) -> Vec<f64> {
        let known = columns.partition_point(|&column| (column as usize) < self.width());
        let mut scores = self.intercepts.clone();
        add_scores((&columns[..known], &values[..known]), &self.weights, &mut scores);
        scores
    }

    /// The probability of each class, where the scores are log-odds.
    pub fn probabilities(&self, row: (&[u32], &[f32])) -> Vec<f64> {
        let mut scores = self.scores(row);
        softmax(&mut scores);
        scores
    }
}

/// Adds what a row's columns say for each class.
pub(super) fn add_scores((columns, values): (&[u32], &[f32]), weights: &[f64], scores: &mut [f64]) {
    let classes = scores.len();
    for (&column, &value) in columns.iter().zip(values) {
        let weights = &weights[column as usize * classes..][..classes];
        for (score, weight) in scores.iter_mut().zip(weights) {
            *score += f64::from(value) * weight;
        }
    }
}

/// Turns scores into probabilities that sum to 1; returns the logarithm of the normaliser.
pub fn softmax(scores: &mut [f64]) -> f64 {
    let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = libm::exp(*score - most);
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
    most + libm::log(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_columns_count_nothing() {
        let model = Linear::new(vec![2.0, -1.0], vec![0.5, 0.0]);
        assert_eq!(model.scores((&[0, 4000], &[1.0, 1.0])), [2.5, -1.0]);
        let p = model.probabilities((&[], &[]));
        // 1 / (1 + e^-½)
        assert!((p[0] - 0.622_459_331_201_854_6).abs() < 1e-15 && (p[0] + p[1] - 1.0).abs() < 1e-15);
    }
}
