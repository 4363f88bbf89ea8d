//! A coded document as bytes and back. The text itself is not in it: it is what the entry is found by.

use super::bytes::{Reader, Writer};
use crate::codebook::{Kind, Part, Unit};
use crate::kind::KindCall;
use crate::measure::Measure;
use crate::outline::{Marker, MarkerStyle, Outline, Sentence, Shape};
use crate::record::{Coded, MeasureTheme};
use crate::text::Span;
use crate::theme::ThemeCall;

const SHAPES: [Shape; 4] = [Shape::Prose, Shape::Title, Shape::Line, Shape::RunIn];
const STYLES: [MarkerStyle; 7] = [
    MarkerStyle::Chapter,
    MarkerStyle::HanComma,
    MarkerStyle::HanBracket,
    MarkerStyle::Digit,
    MarkerStyle::DigitBracket,
    MarkerStyle::Ordinal,
    MarkerStyle::Bullet,
];

/// The position of a value among all of its type.
fn put<T: PartialEq>(writer: &mut Writer, all: &[T], value: &T) {
    let at = all.iter().position(|other| other == value).expect("every value of the type is in its list");
    writer.size(at);
}

fn get<T: Copy>(reader: &mut Reader<'_>, all: &[T]) -> Option<T> {
    all.get(reader.size()?).copied()
}

fn put_span(writer: &mut Writer, span: Span) {
    writer.size(span.start);
    writer.size(span.len());
}

fn get_span(reader: &mut Reader<'_>) -> Option<Span> {
    let (start, length) = (reader.size()?, reader.size()?);
    Some(Span { start, end: start.checked_add(length)? })
}

fn put_path(writer: &mut Writer, path: &[u32]) {
    writer.size(path.len());
    path.iter().for_each(|&head| writer.whole(head.into()));
}

impl Coded {
    /// All of it as bytes.
    pub(crate) fn write(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        let out = &mut writer;
        out.size(self.outline.sentences.len());
        for sentence in &self.outline.sentences {
            put_span(out, sentence.span);
            out.whole(sentence.line.into());
            out.flag(sentence.opens_line);
            out.flag(sentence.closes_line);
            out.maybe(sentence.marker.as_ref(), |out, marker| {
                put(out, &STYLES, &marker.style);
                out.whole(marker.number.into());
                put_span(out, marker.span);
            });
            put(out, &SHAPES, &sentence.shape);
            put_path(out, &sentence.path);
            put(out, Part::ALL, &sentence.part);
        }
        for call in &self.kinds {
            put(out, Kind::ALL, &call.kind);
            put(out, Unit::ALL, &call.unit);
            out.real(call.p);
        }
        for call in &self.themes {
            out.whole(call.theme.into());
            out.real(call.p);
            out.maybe(call.second, |out, (theme, p)| {
                out.whole(theme.into());
                out.real(p);
            });
            out.flag(call.abstained);
        }
        out.size(self.because.len());
        self.because.iter().for_each(|reason| out.text(reason));
        out.size(self.measures.len());
        for (measure, theme) in &self.measures {
            out.whole(measure.sentences.start.into());
            out.whole(measure.sentences.end.into());
            put_span(out, measure.span);
            out.maybe(measure.head, |out, head| out.whole(head.into()));
            put_path(out, &measure.path);
            put(out, Part::ALL, &measure.part);
            out.whole(theme.theme.into());
            out.real(theme.p);
            out.maybe(theme.second, |out, second| out.whole(second.into()));
            out.flag(theme.abstained);
        }
        out.maybe(self.han_share, Writer::double);
        writer.bytes
    }

    /// The same back; `None` for bytes that are no coded document.
    pub(crate) fn read(reader: &mut Reader<'_>) -> Option<Coded> {
        let sentences = reader.list(sentence)?;
        let kinds = sentences.iter().map(|_| {
            Some(KindCall { kind: get(reader, Kind::ALL)?, unit: get(reader, Unit::ALL)?, p: reader.real()? })
        });
        let kinds = kinds.collect::<Option<_>>()?;
        let themes = sentences.iter().map(|_| {
            Some(ThemeCall {
                theme: reader.narrow()?,
                p: reader.real()?,
                second: reader.maybe(|reader| Some((reader.narrow()?, reader.real()?)))?,
                abstained: reader.flag()?,
                probabilities: Vec::new(),
            })
        });
        let themes = themes.collect::<Option<_>>()?;
        Some(Coded {
            outline: Outline { sentences },
            kinds,
            themes,
            because: reader.list(Reader::text)?,
            measures: reader.list(measure)?,
            han_share: reader.maybe(Reader::double)?,
        })
    }
}

fn sentence(reader: &mut Reader<'_>) -> Option<Sentence> {
    Some(Sentence {
        span: get_span(reader)?,
        line: reader.narrow()?,
        opens_line: reader.flag()?,
        closes_line: reader.flag()?,
        marker: reader.maybe(|reader| {
            Some(Marker { style: get(reader, &STYLES)?, number: reader.narrow()?, span: get_span(reader)? })
        })?,
        shape: get(reader, &SHAPES)?,
        path: reader.list(Reader::narrow)?,
        part: get(reader, Part::ALL)?,
    })
}

fn measure(reader: &mut Reader<'_>) -> Option<(Measure, MeasureTheme)> {
    let measure = Measure {
        sentences: reader.narrow()?..reader.narrow()?,
        span: get_span(reader)?,
        head: reader.maybe(Reader::narrow)?,
        path: reader.list(Reader::narrow)?,
        part: get(reader, Part::ALL)?,
    };
    let theme = MeasureTheme {
        theme: reader.narrow()?,
        p: reader.real()?,
        second: reader.maybe(Reader::narrow)?,
        abstained: reader.flag()?,
    };
    Some((measure, theme))
}
