//! Documents told apart by their ids: the same one is kept once, different ones get names of their own.

use crate::corpus::document::{Corpus, Document};
use crate::notice::Notice;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Sorts the documents and makes their ids unique: the same document twice is read once, different ones get `~2`, `~3`, ….
pub(super) fn name_apart(corpus: &mut Corpus) {
    let documents = std::mem::take(&mut corpus.documents);
    let mut sorted: Vec<Document> = documents;
    sorted.par_sort_by(|a, b| (&a.id, &a.sha256, &a.file, &a.text).cmp(&(&b.id, &b.sha256, &b.file, &b.text)));
    let mut taken: BTreeSet<String> = sorted.iter().map(|document| document.id.clone()).collect();
    let mut kept: Vec<Document> = Vec::with_capacity(sorted.len());
    let mut first = 0;
    for mut document in sorted {
        if kept.get(first).is_none_or(|known| known.id != document.id) {
            first = kept.len();
            kept.push(document);
            continue;
        }
        let known = &kept[first];
        if kept[first..].iter().any(|known| known.sha256 == document.sha256 && known.text == document.text) {
            let (one, other) = (&known.file, &document.file);
            let notice = Notice::new(
                format!("同一份文件在输入中出现两次（{one} 和 {other}），只读一次。"),
                format!("the document stands twice in the input ({one} and {other}); it is read once."),
            );
            corpus.warnings.push(notice.about(&document.id));
            continue;
        }
        let fresh = (2..).map(|n| format!("{}~{n}", document.id)).find(|id| !taken.contains(id)).unwrap_or_default();
        let file = &document.file;
        let notice = Notice::new(
            format!("两份不同的文件用了同一编号，{file} 中的一份改称 {fresh}。"),
            format!("two different documents have this id; the one in {file} is called {fresh}."),
        );
        corpus.warnings.push(notice.about(&document.id));
        taken.insert(fresh.clone());
        let original = std::mem::replace(&mut document.id, fresh);
        kept.push(document);
        debug_assert_eq!(kept[first].id, original);
    }
    kept.sort_by(|a, b| a.id.cmp(&b.id));
    corpus.documents = kept;
}
