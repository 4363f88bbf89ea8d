//! Draws every chart on made-up numbers; with `CEZHONG_CHARTS=DIR` in the environment the pictures are kept to be looked at.
//!
//! `made_up` holds the places, themes and numbers, `checked` what must hold for every chart. The tests stand by what a chart is
//! for: `compared` sets places side by side, `alike` puts like things together, `course` goes through the years, `agreement` is
//! about the coding, and `nothing` draws charts without data.

mod agreement;
mod alike;
mod checked;
mod compared;
mod course;
mod made_up;
mod nothing;
