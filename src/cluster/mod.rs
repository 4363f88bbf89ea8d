//! (room: cluster)
