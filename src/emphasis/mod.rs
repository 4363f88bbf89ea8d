//! (room: emphasis)
