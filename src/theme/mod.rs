//! (room: theme)
