//! (room: features)
