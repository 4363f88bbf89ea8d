//! Who speaks, for which year, under which title: [`describe()`] gathers it from all that a document says about itself.
//!
//! Order of trust: the user's own fields, metadata rows, front matter and meta tags, the title, the body, the file name.
//! A later source may narrow an earlier one (the county's portal publishes, the title names the town), never contradict it.
//!
//! `told` is what there is to go by. `imprint` reads title, issuer and date from it; `speaker` finds the place, with `body`
//! for what running text says and `narrow` for which of two names is the closer one; `plan_year` finds the year and `genre` the
//! sort of document. `elsewhere` warns where a text speaks for another place than the user says. `describe` joins them; `namesakes` parts places of one name, which takes the whole corpus.

mod body;
mod describe;
mod elsewhere;
mod genre;
mod imprint;
mod namesakes;
mod narrow;
mod plan_year;
mod speaker;
#[cfg(test)]
mod tests;
mod told;

pub use describe::describe;
pub use namesakes::part_namesakes;
