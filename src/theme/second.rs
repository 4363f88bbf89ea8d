//! The second stage's linear model: from a row of voices to a score per theme.

use crate::learn::linear::Linear;

/// A dense linear model with one score a theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    pub(super) classes: usize,
    /// Weights, `classes` a column.
    pub(super) weights: Vec<f32>,
    pub(super) intercepts: Vec<f32>,
}

impl Second {
    /// Takes over what was trained.
    pub fn from_trained(trained: &Linear, width: usize) -> Second {
        let weights = (0..width).flat_map(|j| trained.column(j)).map(|&weight| weight as f32).collect();
        let intercepts = trained.intercepts().iter().map(|&value| value as f32).collect();
        Second { classes: trained.classes(), weights, intercepts }
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.weights.len() / self.classes
    }

    /// Writes the score of each theme.
    pub fn scores(&self, row: &[f32], out: &mut [f32]) {
        out.copy_from_slice(&self.intercepts);
        for (value, weights) in row.iter().zip(self.weights.chunks(self.classes)) {
            if *value != 0.0 {
                out.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * weight);
            }
        }
    }

    /// What each column adds to the score of `class` over the mean of all classes, for a value of 1.
    pub fn pushes(&self, class: usize) -> Vec<f32> {
        let over_mean = |weights: &[f32]| weights[class] - weights.iter().sum::<f32>() / self.classes as f32;
        self.weights.chunks(self.classes).map(over_mean).collect()
    }
}
