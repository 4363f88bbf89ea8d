//! The words of sentences as their lengths alone, a byte a word: the text itself says the rest.

use super::words::Segmenter;
use crate::text::Span;

/// A length that goes on in the next byte.
const MORE: u8 = u8::MAX;

/// The words of some sentences of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cuts {
    /// The lengths of the words in bytes of the untouched text, sentence after sentence; of a word of 255 bytes or more in several
    /// bytes that are added up, all but the last of them 255.
    lengths: Vec<u8>,
    /// Where the lengths of each sentence end.
    ends: Vec<u32>,
}

impl Cuts {
    /// Cuts sentences; they are numbered in the order given.
    pub fn of<'t>(segmenter: &Segmenter, sentences: impl Iterator<Item = &'t str>) -> Cuts {
        let mut cuts = Cuts::default();
        for sentence in sentences {
            segmenter.words(sentence, |span, _| {
                let mut length = span.len();
                while length >= usize::from(MORE) {
                    cuts.lengths.push(MORE);
                    length -= usize::from(MORE);
                }
                cuts.lengths.push(length as u8);
            });
            cuts.ends.push(cuts.lengths.len() as u32);
        }
        cuts
    }

    /// The places of the words of a sentence in that sentence.
    pub fn spans(&self, sentence: usize) -> impl Iterator<Item = Span> + '_ {
        let start = sentence.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let mut lengths = self.lengths[start..self.ends[sentence] as usize].iter();
        let mut at = 0;
        std::iter::from_fn(move || {
            let mut length = 0;
            loop {
                let byte = *lengths.next()?;
                length += usize::from(byte);
                if byte != MORE {
                    break;
                }
            }
            let span = Span::new(at, at + length);
            at = span.end;
            Some(span)
        })
    }

    /// The number of sentences.
    pub fn sentences(&self) -> usize {
        self.ends.len()
    }

    /// As bytes, and [`Cuts::from_parts`] back.
    pub fn parts(&self) -> (&[u8], &[u32]) {
        (&self.lengths, &self.ends)
    }

    /// What [`Cuts::parts`] gave; `None` for what no cuts gave, given the lengths in bytes of the sentences.
    pub fn from_parts(lengths: Vec<u8>, ends: Vec<u32>, sentences: &[usize]) -> Option<Cuts> {
        let rising = ends.is_sorted() && ends.last().copied().unwrap_or(0) as usize == lengths.len();
        if !rising || ends.len() != sentences.len() {
            return None;
        }
        let cuts = Cuts { lengths, ends };
        let whole = |(n, &length): (usize, &usize)| cuts.spans(n).last().map_or(0, |span| span.end) == length;
        sentences.iter().enumerate().all(whole).then_some(cuts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::Lexicon;

    #[test]
    fn the_words_come_back_and_damage_is_seen() {
        let segmenter = Segmenter::new(&Lexicon::shipped());
        let long = "a".repeat(700);
        let texts = ["建设５Ｇ基站三座，改造管网。", "", &long];
        let cuts = Cuts::of(&segmenter, texts.into_iter());
        for (n, text) in texts.into_iter().enumerate() {
            let (mut direct, mut kept) = (Vec::new(), Vec::new());
            segmenter.words(text, |span, word| direct.push((span, word.to_owned())));
            segmenter.words_at(text, cuts.spans(n), |span, word| kept.push((span, word.to_owned())));
            assert_eq!(kept, direct);
        }
        let sizes = texts.map(str::len);
        let (lengths, ends) = (cuts.parts().0.to_vec(), cuts.parts().1.to_vec());
        assert_eq!(Cuts::from_parts(lengths.clone(), ends.clone(), &sizes), Some(cuts));
        assert_eq!(Cuts::from_parts(lengths[1..].to_vec(), ends.clone(), &sizes), None);
        assert_eq!(Cuts::from_parts(lengths.clone(), ends[1..].to_vec(), &sizes), None);
        assert_eq!(Cuts::from_parts(lengths, ends, &[sizes[0] + 1, 0, 700]), None);
    }
}
