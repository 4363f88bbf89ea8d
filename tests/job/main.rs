//! The main job from the outside: what a user types, what comes back, what is left on the disk.

mod bad_input;
mod coder;
mod faults;
mod growth;
mod labels;
mod marks;
mod same_bytes;
mod sample;
mod seeds;
mod tables;
mod verified;
mod work;
