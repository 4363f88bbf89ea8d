//! The second stage's linear model: from a row of voices to a score per theme.

use super::context::{SIGNS, Voice};
use crate::learn::shared::{Shape, Trained};

/// A linear model with one score a theme. Each theme weighs what the voices say of every theme; beside that, the signs of a
/// sentence's place (its kind, its form, its part, its depth) say how far each voice is believed, whichever theme it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Second {
    pub(super) classes: usize,
    /// Weights, `classes` a column.
    pub(super) weights: Vec<f32>,
    /// How loud each voice is, then how much louder by each sign: [`Second::voices`] each.
    pub(super) gains: Vec<f32>,
    pub(super) intercepts: Vec<f32>,
}

/// The shape of the rows made from `views` of `classes` themes each.
pub fn shape(views: usize, classes: usize) -> Shape {
    Shape { voices: views * Voice::ALL.len(), classes, signs: SIGNS }
}

impl Second {
    /// Takes over what was trained.
    pub fn from_trained(trained: &Trained) -> Second {
        let single = |values: &[f64]| values.iter().map(|&value| value as f32).collect();
        Second {
            classes: trained.intercepts.len(),
            weights: single(&trained.weights),
            gains: single(&trained.gains),
            intercepts: single(&trained.intercepts),
        }
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.weights.len() / self.classes
    }

    /// The number of voices, over all views.
    pub fn voices(&self) -> usize {
        self.gains.len() / (SIGNS + 1)
    }

    /// How loud each voice is in a row with these signs.
    fn loud(&self, signs: &[f32], out: &mut [f32]) {
        let voices = self.voices();
        out.copy_from_slice(&self.gains[..voices]);
        for (sign, gains) in signs.iter().zip(self.gains[voices..].chunks(voices)) {
            if *sign != 0.0 {
                out.iter_mut().zip(gains).for_each(|(gain, louder)| *gain += sign * louder);
            }
        }
    }

    /// Writes the score of each theme, and how loud each voice was, whichever theme it named.
    pub fn scores(&self, row: &[f32], loud: &mut [f32], out: &mut [f32]) {
        out.copy_from_slice(&self.intercepts);
        for (value, weights) in row.iter().zip(self.weights.chunks(self.classes)) {
            if *value != 0.0 {
                out.iter_mut().zip(weights).for_each(|(score, weight)| *score += value * weight);
            }
        }
        let (said, signs) = row.split_at(self.voices() * self.classes);
        self.loud(signs, loud);
        for (gain, said) in loud.iter().zip(said.chunks(self.classes)) {
            out.iter_mut().zip(said).for_each(|(score, value)| *score += gain * value);
        }
    }

    /// What each column adds to the score of `class` over the mean of all classes by its own weights, for a value of 1.
    pub fn pushes(&self, class: usize) -> Vec<f32> {
        let over_mean = |weights: &[f32]| weights[class] - weights.iter().sum::<f32>() / self.classes as f32;
        self.weights.chunks(self.classes).map(over_mean).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_makes_a_voice_louder_for_every_theme() {
        let shape = shape(1, 2);
        let mut second = Second {
            classes: 2,
            weights: vec![0.0; shape.width() * 2],
            gains: vec![0.0; shape.gains()],
            intercepts: vec![0.5, 0.0],
        };
        // The first voice is believed at 1, and at 3 where the first sign stands.
        second.gains[0] = 1.0;
        second.gains[shape.voices] = 2.0;
        let mut row = vec![0.0; shape.width()];
        row[..2].copy_from_slice(&[0.25, -0.25]);
        let (mut scores, mut loud) = ([0.0; 2], vec![0.0; shape.voices]);
        second.scores(&row, &mut loud, &mut scores);
        assert_eq!(scores, [0.75, -0.25]);
        row[shape.voices * 2] = 1.0;
        second.scores(&row, &mut loud, &mut scores);
        assert_eq!(scores, [1.25, -0.75]);
    }
}
