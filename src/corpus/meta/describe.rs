//! What is known about a document besides its text, gathered field by field.

use super::told::Told;
use super::{genre, imprint, plan_year, speaker};
use crate::corpus::document::{Meta, Source};
use crate::corpus::head;
use crate::corpus::hints::Hints;
use crate::notice::Notice;

/// Finds out what is known about a document besides its text, and what the user should know about that, as full sentences.
///
/// `file_name` is the path as the user knows it, with `/` between the parts; folders can name the place too.
pub fn describe(text: &str, file_name: &str, hints: &Hints) -> (Meta, Vec<Notice>) {
    let head = head::read(text);
    let mut fields = hints.fields.clone();
    fields.extend(head.fields.iter().cloned());
    let told = Told { text, head: &head, fields: &fields, hints, file_name };
    let mut warnings = Vec::new();
    let mut meta = Meta { groups: hints.user.groups.clone(), ..Meta::default() };
    let mut sources = Vec::new();
    let mut note = |field: &'static str, found: Option<(String, Source)>| {
        let (value, source) = found?;
        sources.push((field, source));
        Some(value)
    };
    meta.title = note("title", imprint::title(&told));
    meta.issuer = note("issuer", imprint::issuer(&told));
    meta.published = note("published", imprint::published(&told));
    let title = meta.title.clone().unwrap_or_default();

    let (place, level) = speaker::place(&told, &title, &mut warnings);
    meta.place = place;
    meta.level = level;
    let (year, review) = plan_year::year(&told, &title, meta.published.as_deref(), &mut warnings);
    (meta.year, meta.review_year) = (year, review);
    if let Some((genre, source)) = genre::genre(&told, &title, meta.review_year.is_some()) {
        meta.genre = Some(genre);
        sources.push(("genre", source));
    }
    if let Some(source) =
        level.map(|_| if hints.user.level.is_some() { Source::User } else { meta.place.source.unwrap_or(Source::Body) })
    {
        sources.push(("level", source));
    }
    sources.sort();
    meta.sources = sources;
    (meta, warnings)
}
