//! The segmenter: words with their places in the untouched text.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::PathBuf;

use jieba_rs::Jieba;
use serde::{Deserialize, Serialize};

use super::lexicon::{Lexicon, fold};
use crate::error::Result;
use crate::text::{Span, is_han};

/// How words are cut.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Params {
    /// A file of the user's own terms, added to the shipped ones.
    pub lexicon: Option<PathBuf>,
    /// A file of the user's own stop words, added to the shipped ones.
    pub stop_words: Option<PathBuf>,
    /// Whether the shipped terms and stop words are used.
    pub shipped: bool,
    /// Whether runs of characters that the dictionary does not know are joined to words by a hidden Markov model.
    pub new_words: bool,
}

impl Default for Params {
    fn default() -> Self {
        Params { lexicon: None, stop_words: None, shipped: true, new_words: true }
    }
}

impl Params {
    /// The lexicon that these settings ask for.
    ///
    /// # Errors
    /// [`crate::Error::Settings`] when a file cannot be read or a line of it is not well formed.
    pub fn lexicon(&self) -> Result<Lexicon> {
        let mut lexicon = if self.shipped { Lexicon::shipped() } else { Lexicon::new() };
        if let Some(path) = &self.lexicon {
            lexicon.read_terms(path)?;
        }
        if let Some(path) = &self.stop_words {
            lexicon.read_stop_words(path)?;
        }
        Ok(lexicon)
    }
}

/// Cuts texts into words. Loaded once, shared by all threads.
#[derive(Debug)]
pub struct Segmenter {
    jieba: Jieba,
    lexicon: Lexicon,
    /// For each entry of the lexicon, whether the dictionary had the word before.
    known: Vec<bool>,
    stop: HashSet<String>,
    new_words: bool,
}

impl Segmenter {
    /// Loads the dictionary and the words of `lexicon`; new words are joined.
    pub fn new(lexicon: &Lexicon) -> Segmenter {
        Segmenter::with(lexicon, true)
    }

    /// Loads the dictionary and the words of `lexicon`; `new_words` as in [`Params`].
    pub fn with(lexicon: &Lexicon, new_words: bool) -> Segmenter {
        let mut jieba = Jieba::new();
        let mut known = Vec::with_capacity(lexicon.entries().len());
        for entry in lexicon.entries() {
            known.push(jieba.has_word(&entry.word));
            // `load_dict` would give a word without a frequency the frequency 0, and never cut it.
            jieba.add_word(&entry.word, entry.freq, entry.tag.as_deref());
        }
        let stop = lexicon.stop_words().map(str::to_owned).collect();
        Segmenter { jieba, lexicon: lexicon.clone(), known, stop, new_words }
    }

    /// The lexicon it was loaded with.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// For each entry of the lexicon, whether the dictionary had the word already, so that the line changed no more than
    /// its frequency.
    pub fn known(&self) -> &[bool] {
        &self.known
    }

    /// Hands each word of `text` to `word`, in order: its place in `text`, and the word with full-width letters and
    /// digits made half-width. The places touch each other and cover the text.
    pub fn words(&self, text: &str, mut word: impl FnMut(Span, &str)) {
        let Some(folded) = Folded::of(text) else {
            for token in self.jieba.cut(text, self.new_words) {
                word(Span::new(token.byte_start, token.byte_end), token.word);
            }
            return;
        };
        for token in self.jieba.cut(&folded.text, self.new_words) {
            let span = Span::new(folded.original(token.byte_start), folded.original(token.byte_end));
            word(span, token.word);
        }
    }

    /// Hands on words that were cut before, by their places in `text`, as [`Segmenter::words`] did.
    pub fn words_at(&self, text: &str, spans: impl Iterator<Item = Span>, mut word: impl FnMut(Span, &str)) {
        let folds = Folded::of(text).is_some();
        let mut folded = String::new();
        for span in spans {
            let cut = span.of(text);
            if folds {
                folded.clear();
                folded.extend(cut.chars().map(fold));
                word(span, &folded);
            } else {
                word(span, cut);
            }
        }
    }

    /// Hands each term of `text` to `term`, in order, as [`Segmenter::words`] does with words.
    pub fn terms(&self, text: &str, mut term: impl FnMut(Span, &str)) {
        self.words(text, |span, word| {
            if self.is_term(word) {
                term(span, word);
            }
        });
    }

    /// `text` as the dictionary sees it: full-width letters and digits made half-width.
    pub(super) fn view<'t>(&self, text: &'t str) -> Cow<'t, str> {
        Folded::of(text).map_or(Cow::Borrowed(text), |folded| Cow::Owned(folded.text))
    }

    /// Whether `word` can say what a text is about: two characters or more, a Han character or a letter among them, and
    /// no stop word.
    pub fn is_term(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let two_or_more = chars.next().is_some() && chars.next().is_some();
        // XX and 某某 stand where a name was hidden.
        let masked = word == "某某" || word.chars().all(|c| matches!(c, 'X' | 'x'));
        two_or_more && !masked && word.chars().any(|c| is_han(c) || c.is_alphabetic()) && !self.stop.contains(word)
    }
}

/// A text with full-width letters and digits made half-width, and the way back.
struct Folded {
    text: String,
    /// For each fold, in order: the byte after the narrow character in the folded text. Each fold took away two bytes.
    ends: Vec<usize>,
}

/// A full-width form has three bytes in UTF-8, its half-width twin one.
const BYTES_FOLDED: usize = 2;

impl Folded {
    /// The folded view; `None` where folding changes nothing, which is nearly always.
    fn of(text: &str) -> Option<Folded> {
        if !text.as_bytes().windows(BYTES_FOLDED + 1).any(may_fold) || !text.chars().any(|c| fold(c) != c) {
            return None;
        }
        let mut folded = Folded { text: String::with_capacity(text.len()), ends: Vec::new() };
        for c in text.chars() {
            let narrow = fold(c);
            folded.text.push(narrow);
            if narrow != c {
                folded.ends.push(folded.text.len());
            }
        }
        Some(folded)
    }

    /// The byte of the untouched text where `byte` of the folded text stands.
    fn original(&self, byte: usize) -> usize {
        byte + BYTES_FOLDED * self.ends.partition_point(|&end| end <= byte)
    }
}

/// Whether three bytes may be a full-width letter, digit or joiner (U+FF01–FF5E); the commonest punctuation `，` is not.
fn may_fold(bytes: &[u8]) -> bool {
    bytes[0] == 0xEF && (bytes[1] == 0xBC && bytes[2] != 0x8C || bytes[1] == 0xBD)
}
