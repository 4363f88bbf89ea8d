//! The model as a file: a magic line, a line of JSON that a person can read, then the weights.
//!
//! Numbers are little-endian. Keys are 32 bits; weights are 16-bit integers times one scale a table, so a model read back is
//! the model that was written: training rounds to the same grid before anything is judged.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result, Trouble};

use super::chain::Chain;
use super::keys::Index;
use super::model::{KindModel, Provenance};
use super::state::STATES;
use super::tense::{Said, Tense};

/// The first line of a model file.
const MAGIC: &str = "cezhong kind model";
/// Changed whenever a feature, a state or this format changes.
const VERSION: u32 = 1;
/// Weights smaller than this change no call; a feature with no larger one is dropped.
const NEGLIGIBLE: f32 = 0.004;
/// The largest integer of the grid.
const STEPS: f32 = 32_000.0;

/// The line of JSON.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    states: Vec<String>,
    features: usize,
    grams: usize,
    feature_scale: f32,
    gram_scale: f32,
    transitions: Vec<f32>,
    intercepts: Said,
    provenance: Provenance,
}

/// The step of the grid on which the largest of `values` still fits: a power of two, so that rounding twice is rounding once.
pub(super) fn scale(values: impl Iterator<Item = f32>) -> f32 {
    let most = values.fold(0.0f32, |most, value| most.max(value.abs()));
    let mut step = 1.0;
    while most > step * STEPS {
        step *= 2.0;
    }
    while most <= step / 2.0 * STEPS && step > f32::MIN_POSITIVE * 4.0 {
        step /= 2.0;
    }
    step
}

pub(super) fn to_grid(value: f32, scale: f32) -> i16 {
    (value / scale).round() as i16
}

fn state_names() -> Vec<String> {
    STATES.iter().map(|state| format!("{}{}", state.kind.id(), if state.begins { "+" } else { "" })).collect()
}

impl KindModel {
    /// Drops features that decide nothing and rounds weights to the grid of the file.
    pub(super) fn rounded(mut self) -> KindModel {
        let states = self.chain.states;
        let (mut keys, mut weights) = (Vec::new(), Vec::new());
        for (&key, row) in self.index.keys().iter().zip(self.chain.weights.chunks_exact(states)) {
            if row.iter().any(|weight| weight.abs() >= NEGLIGIBLE) {
                keys.push(key);
                weights.extend_from_slice(row);
            }
        }
        self.index = Index::new(keys);
        let step = scale(weights.iter().copied());
        self.chain.weights = weights.iter().map(|&weight| f32::from(to_grid(weight, step)) * step).collect();
        self
    }

    /// The bytes of the model file.
    pub fn write(&self) -> Vec<u8> {
        let feature_scale = scale(self.chain.weights.iter().copied());
        let gram_scale = scale(self.tense.weights.iter().flatten().copied());
        let header = Header {
            version: VERSION,
            states: state_names(),
            features: self.index.len(),
            grams: self.tense.index.len(),
            feature_scale,
            gram_scale,
            transitions: self.chain.transitions.clone(),
            intercepts: self.tense.intercepts,
            provenance: self.provenance.clone(),
        };
        let json = serde_json::to_string(&header).expect("numbers and names are JSON");
        let mut bytes = format!("{MAGIC}\n{json}\n").into_bytes();
        let keys = self.tense.index.keys().iter().chain(self.index.keys());
        keys.for_each(|key| bytes.extend(key.to_le_bytes()));
        let grams = self.tense.weights.iter().flatten().map(|&weight| to_grid(weight, gram_scale));
        let features = self.chain.weights.iter().map(|&weight| to_grid(weight, feature_scale));
        grams.chain(features).for_each(|weight| bytes.extend(weight.to_le_bytes()));
        bytes
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// [`Error::Model`] for bytes that are no kind model, of another version, or cut short.
    pub fn read(bytes: &[u8]) -> Result<KindModel> {
        let wrong = |what: &str| {
            Error::Model(
                Trouble::new(format!("the kind model {what}")).remedy("train it again with this version of cezhong"),
            )
        };
        let rest = bytes
            .strip_prefix(format!("{MAGIC}\n").as_bytes())
            .ok_or_else(|| wrong("does not begin with its magic line"))?;
        let end = rest.iter().position(|&byte| byte == b'\n').ok_or_else(|| wrong("has no header"))?;
        let version: Version = serde_json::from_slice(&rest[..end]).map_err(|_| wrong("has a damaged header"))?;
        if version.version != VERSION {
            return Err(wrong(&format!("is of version {}, this program reads version {VERSION}", version.version)));
        }
        let header: Header = serde_json::from_slice(&rest[..end]).map_err(|_| wrong("has a damaged header"))?;
        if header.states != state_names() || header.transitions.len() != STATES.len() * STATES.len() {
            return Err(wrong("knows other kinds than this program"));
        }
        let rest = &rest[end + 1..];
        let (features, grams) = (header.features, header.grams);
        let wanted = features.checked_add(grams).and_then(|keys| keys.checked_mul(4)).and_then(|bytes| {
            bytes.checked_add(features.checked_mul(2 * STATES.len())?)?.checked_add(grams.checked_mul(6)?)
        });
        if wanted != Some(rest.len()) {
            let promised = wanted.map_or("more than there can be".to_owned(), |bytes| bytes.to_string());
            return Err(wrong(&format!("holds {} bytes of weights where its header promises {promised}", rest.len())));
        }
        let (keys, weights) = rest.split_at((features + grams) * 4);
        let keys: Vec<u32> = keys.chunks_exact(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect();
        let weights: Vec<f32> = weights.chunks_exact(2).map(|b| f32::from(i16::from_le_bytes([b[0], b[1]]))).collect();
        let rising = |keys: &[u32]| keys.windows(2).all(|pair| pair[0] < pair[1]);
        if !rising(&keys[..grams]) || !rising(&keys[grams..]) {
            return Err(wrong("has keys out of order"));
        }
        let scaled = |weights: &[f32], scale: f32| weights.iter().map(|weight| weight * scale).collect::<Vec<f32>>();
        let gram_weights = scaled(&weights[..grams * 3], header.gram_scale);
        Ok(KindModel {
            tense: Tense {
                index: Index::new(keys[..grams].to_vec()),
                weights: gram_weights.chunks_exact(3).map(|row| [row[0], row[1], row[2]]).collect(),
                intercepts: header.intercepts,
            },
            index: Index::new(keys[grams..].to_vec()),
            chain: Chain {
                states: STATES.len(),
                weights: scaled(&weights[grams * 3..], header.feature_scale),
                transitions: header.transitions,
            },
            provenance: header.provenance,
        })
    }

    /// The model that ships with the program.
    ///
    /// # Panics
    /// Never: the embedded file is checked by a test.
    pub fn shipped() -> KindModel {
        KindModel::read(include_bytes!("../../models/kind.model")).expect("the embedded model is well formed")
    }
}

/// The version alone, which must read even where the rest has changed.
#[derive(Deserialize)]
struct Version {
    version: u32,
}
