//! What is learned from examples, whatever it is for: sparse rows, a minimiser, linear classifiers.
//!
//! Nothing here knows a theme or a kind. Every sum runs in one fixed order, so training gives the same bits at any
//! number of threads.

pub mod hinge;
pub mod lbfgs;
pub mod linear;
pub mod logistic;
pub mod shared;
pub mod sparse;
