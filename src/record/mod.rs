//! The finished analysis as an owned record: filled once by [`crate::analysis`], read by tables, charts and page.
//!
//! It has no methods that compute. Sentences are spans into the documents' own text, so no text is held twice.
//! `run` holds the documents and what the first tables show, `profile` what places do with themes, `course` what changes.

mod coded;
mod course;
mod profile;
mod run;

pub(crate) use coded::Coded;
pub use course::{ChangeRow, PanelCell, PanelRow, TurnRow};
pub use profile::{
    Axis, CommitmentRow, Correspondence, OwnRow, PlaceYearRow, PointRow, PositionRow, SimilarityRow, TargetRow,
    TreeNode,
};
pub use run::*;
