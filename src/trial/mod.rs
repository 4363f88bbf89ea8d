//! Trials of the coder: what it says of documents that it has not seen, beside what people said.
//!
//! `held_out` trains without a fold and codes the fold as a run would, `verdict` makes the figures, `levels` trains on one
//! level of government and judges on another, `curve` trains on fewer documents, `ablation` trains coders without some of their
//! parts, `sheets` and `charts` show it all.
//! `texts` does the same for any labelled table of texts.
//! The figures are end to end: the themes are judged with the kinds that the coder called, not with the labelled ones.

mod ablation;
mod charts;
mod curve;
mod held_out;
mod levels;
mod sheets;
mod texts;
mod verdict;

pub use ablation::{Ablated, ablation};
pub use charts::charts;
pub use curve::{CurvePoint, learning_curve};
pub use held_out::{Coded, Group, Params, Sources, Trial};
pub use levels::{Transfer, transfer};
pub use sheets::{ablation_sheet, curve_sheet, sentences_csv, sheets, transfer_sheet};
pub use texts::{TextTrial, text_sheets};
pub use verdict::{Verdict, verdict};
