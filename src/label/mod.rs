//! People in the loop: sentences and measures drawn for coding, sheets written and read back, coders compared, shares corrected.
//!
//! A [`Task`] is what one person decides about one sentence or measure. `task` cuts them from coded documents, `draw` chooses,
//! `diverse` chooses by wording, `write` makes a sheet (csv, xlsx, doccano, Label Studio), `read` reads one back, `import` turns
//! it into labels, `agree` compares coders, `settle` makes one label a place of theirs, `correct` corrects a run's shares.

mod agree;
mod correct;
mod diverse;
mod draw;
mod import;
mod read;
mod settle;
mod task;
mod write;

pub use agree::{Agreement, agree};
pub use correct::{Corrected, correct};
pub use draw::{Draw, draw};
pub use import::{Imported, import};
pub use read::{Filled, Sheet, read};
pub use settle::{ADJUDICATION, without_coders};
pub use task::{Said, Task, What, tasks};
pub use write::{Form, write};
