//! (room: segment)
