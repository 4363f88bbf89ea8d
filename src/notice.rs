//! A notice: what a user should know about a document or a run, or why a file was left out, in Chinese and in English.
//!
//! The command line, the tables and the manifest say the English; a page says it in its own language. Both wordings are
//! made where the thing is noticed, so that neither can be forgotten.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::is_han;

/// One full sentence in both languages.
///
/// Notices are sorted by their English, so that lists of them stand in the same order in every language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// The English, as machines read it.
    pub en: String,
    /// The Chinese, as it stands on a Chinese page.
    pub zh: String,
}

impl Notice {
    /// A notice of these wordings, the Chinese first, as in [`Lang::pick`](crate::chart::Lang::pick).
    ///
    /// # Panics
    /// In a debug build, if the first is no Chinese sentence: the wordings stand in the wrong order, or one was forgotten.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Notice {
        let (zh, en) = (zh.into(), en.into());
        debug_assert!(zh.chars().any(is_han) && zh.ends_with('。'), "“{zh}” is no Chinese sentence");
        Notice { en, zh }
    }

    /// The same with what it is about in front: a file, a line of a list, a document.
    pub fn about(&self, what: &str) -> Notice {
        Notice { en: format!("{what}: {}", self.en), zh: format!("{what}：{}", self.zh) }
    }
}

/// Part of a sentence in both languages: what one reader found, which another completes by what it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The English, without a full stop.
    pub en: String,
    /// The Chinese, without a full stop.
    pub zh: String,
}

impl Clause {
    /// A clause of these wordings, the Chinese first, as in [`Notice::new`].
    ///
    /// # Panics
    /// In a debug build, if the first is no Chinese clause.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Clause {
        let (zh, en) = (zh.into(), en.into());
        debug_assert!(zh.chars().any(is_han) && !zh.ends_with('。'), "“{zh}” is no Chinese clause");
        Clause { en, zh }
    }

    /// The clause behind another that it explains.
    pub fn because(self, zh: &str, en: &str) -> Clause {
        Clause::new(format!("{zh}：{}", self.zh), format!("{en}: {}", self.en))
    }

    /// The sentence that says what is the matter and ends with this clause as the reason.
    pub fn after(self, zh: &str, en: &str) -> Notice {
        let Clause { zh, en } = self.because(zh, en);
        Notice::new(zh + "。", en + ".")
    }
}

/// A wording that more documents than this share is said once, with so many of them as examples and the number of all.
const EXAMPLES: usize = 3;

/// What was noticed about documents, given with their ids: each notice with its document in front, but one that many documents
/// share word for word only once, where the first stands, so that a column nobody understands does not hide the rest.
pub fn gathered<'n>(noticed: impl Iterator<Item = (&'n str, &'n Notice)> + Clone) -> Vec<Notice> {
    let mut sharing: BTreeMap<&Notice, Vec<&str>> = BTreeMap::new();
    for (id, notice) in noticed.clone() {
        let ids = sharing.entry(notice).or_default();
        if ids.last() != Some(&id) {
            ids.push(id);
        }
    }
    let mut told: BTreeSet<&Notice> = BTreeSet::new();
    let said = |(id, notice): (&str, &'n Notice)| {
        let ids = &sharing[notice];
        if ids.len() <= EXAMPLES {
            return Some(notice.about(id));
        }
        let (count, first) = (ids.len(), &ids[..EXAMPLES]);
        told.insert(notice).then(|| {
            Notice::new(
                format!("{count} 个文档（{}等）：{}", first.join("、"), notice.zh),
                format!("{count} documents ({}, …): {}", first.join(", "), notice.en),
            )
        })
    };
    noticed.filter_map(said).collect()
}

/// The English of all, in their order.
pub fn english(notices: &[Notice]) -> impl Iterator<Item = &str> {
    notices.iter().map(|notice| notice.en.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_is_about_stands_in_front_in_both_languages() {
        let notice = Notice::new("文件是空的。", "the file is empty.").about("甲/a.txt");
        assert_eq!(
            (notice.zh.as_str(), notice.en.as_str()),
            ("甲/a.txt：文件是空的。", "甲/a.txt: the file is empty.")
        );
    }

    #[test]
    fn a_clause_ends_the_sentence_it_explains() {
        let clause = Clause::new("缺少正文", "it has no text").because("文件已损坏", "the file is damaged");
        assert_eq!(
            clause.after("无法读取", "It cannot be read"),
            Notice::new("无法读取：文件已损坏：缺少正文。", "It cannot be read: the file is damaged: it has no text.")
        );
    }

    #[test]
    fn what_many_documents_share_is_said_once_where_the_first_stands() {
        let (shared, own) = (Notice::new("层级不明。", "the level is unknown."), Notice::new("无题。", "no title."));
        let noticed = [("a", &own), ("a", &shared), ("b", &shared), ("c", &shared), ("d", &own), ("d", &shared)];
        let gathered = gathered(noticed.into_iter());
        let wanted = ["a: no title.", "4 documents (a, b, c, …): the level is unknown.", "d: no title."];
        assert_eq!(english(&gathered).collect::<Vec<_>>(), wanted);
        assert_eq!(gathered[1].zh, "4 个文档（a、b、c等）：层级不明。");
    }

    #[test]
    fn notices_are_sorted_by_their_english() {
        let mut notices = [Notice::new("甲。", "b"), Notice::new("乙。", "a"), Notice::new("丙。", "c")];
        notices.sort();
        assert_eq!(english(&notices).collect::<Vec<_>>(), ["a", "b", "c"]);
    }
}
