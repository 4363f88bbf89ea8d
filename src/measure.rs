//! (room: measure)
