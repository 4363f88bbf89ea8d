//! The states between which the chain decides.

use crate::codebook::Kind;

/// A state of the chain: a kind, and for a heading whether a block begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct State {
    /// The kind.
    pub kind: Kind,
    /// Whether it is a heading with which a block begins.
    pub begins: bool,
}

/// The state of a kind.
pub(super) const fn state(kind: Kind, begins: bool) -> State {
    State { kind, begins }
}

/// Every state. Blocks themselves are cut by rule, see [`super::units`]; the chain knows two sorts of heading, because what
/// follows them differs, and decides for the rule where numbering leaves it open.
pub(super) const STATES: [State; 8] = [
    state(Kind::Measure, false),
    state(Kind::Target, false),
    state(Kind::Result, false),
    state(Kind::Problem, false),
    state(Kind::Heading, false),
    state(Kind::Heading, true),
    state(Kind::Context, false),
    state(Kind::Noise, false),
];
