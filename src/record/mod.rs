//! The finished analysis as an owned record: filled once by [`crate::analysis`], read by tables, charts and page.
//!
//! Nothing here computes, but for the years that a document speaks of. Sentences are spans into the documents' own text, so no text is held twice.
//! `run` holds the documents and what the first tables show, `years` the years they speak of, `profile` what places do with themes, `course` what changes.

mod coded;
mod course;
mod profile;
mod run;
mod years;

pub(crate) use coded::Coded;
pub use course::{ChangeRow, PanelCell, PanelRow, TurnRow};
pub use profile::{
    Axis, CommitmentRow, Correspondence, OwnRow, PlaceYearRow, PointRow, PositionRow, SimilarityRow, TargetRow,
    TreeNode,
};
pub use run::*;
