//! (room: evaluate)

pub mod labels;
