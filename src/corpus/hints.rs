//! What is known about a document before its text is looked at: what the user says, and what the file says about itself.

use super::document::Level;

/// What the user says about a document, in `documents.csv` or in the columns of an input table.
///
/// It beats everything that is found in the text. An empty cell is `None`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserFields {
    /// The place, by its name or by its administrative path.
    pub place: Option<String>,
    /// The year the plan is for.
    pub year: Option<i32>,
    /// The title.
    pub title: Option<String>,
    /// The level of government.
    pub level: Option<Level>,
    /// The issuing body (发布机构).
    pub issuer: Option<String>,
    /// The date of publication, as it was written.
    pub published: Option<String>,
    /// Any further column, as (name, value) in the order of the file; an empty cell keeps its empty value.
    pub groups: Vec<(String, String)>,
}

impl UserFields {
    /// Takes from `other` what is still unknown here; groups are joined by name, ours first.
    pub fn or(mut self, other: UserFields) -> UserFields {
        for (name, value) in other.groups {
            if !self.groups.iter().any(|(known, _)| *known == name) {
                self.groups.push((name, value));
            }
        }
        UserFields {
            place: self.place.or(other.place),
            year: self.year.or(other.year),
            title: self.title.or(other.title),
            level: self.level.or(other.level),
            issuer: self.issuer.or(other.issuer),
            published: self.published.or(other.published),
            groups: self.groups,
        }
    }
}

/// Everything a document says outside its running text, beside what the user says about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// What the user says.
    pub user: UserFields,
    /// Front matter, an html page's meta tags (by `name` or `property`), or a document's core properties, as (name, value)
    /// in the order of the file; names as they were written, values trimmed, empty values left out.
    pub fields: Vec<(String, String)>,
    /// The title the format itself gives: an html page's `<title>`, a `.docx` file's title; never guessed from the text.
    pub title: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_speaker_wins_and_groups_are_joined() {
        let group = |name: &str, value: &str| (name.to_string(), value.to_string());
        let ours = UserFields { year: Some(2024), groups: vec![group("type", "山区")], ..UserFields::default() };
        let theirs = UserFields {
            year: Some(2023),
            place: Some("青石镇".into()),
            groups: vec![group("type", "平原"), group("rank", "1")],
            ..UserFields::default()
        };
        let joined = ours.or(theirs);
        assert_eq!((joined.year, joined.place.as_deref()), (Some(2024), Some("青石镇")));
        assert_eq!(joined.groups, [group("type", "山区"), group("rank", "1")]);
    }
}
