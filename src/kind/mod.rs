//! (room: kind)
