//! The walk through a page's operators: what text they place, and where.

use super::font::{Font, Shown};
use super::graph::{Graph, as_dictionary};
use super::lexer::{Lexer, Token};
use super::pages::PageNode;
use crate::corpus::limits::ReadParams;
use crate::notice::Clause;
use lopdf::{Dictionary, Object, ObjectId};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeSet;
use std::rc::Rc;

/// A map of the plane: `x' = a x + c y + e`, `y' = b x + d y + f`.
type Matrix = [f64; 6];

const SAME: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// First `m`, then `n`.
fn times(m: &Matrix, n: &Matrix) -> Matrix {
    [
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    ]
}

/// A character as it is placed, in the page's own units, `y` growing upwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// Where it begins on its baseline.
    pub from: (f64, f64),
    /// Where the next one begins, spacing left out.
    pub to: (f64, f64),
    /// The height of its characters.
    pub size: f64,
    /// What it is; U+FFFD if nothing says so.
    pub text: String,
}

/// What a page holds.
#[derive(Clone, Debug, Default)]
pub struct PageText {
    /// Its characters in the order in which they are drawn.
    pub glyphs: Vec<Glyph>,
    /// How many of them are not known.
    pub unknown: usize,
    /// How many are drawn invisibly, as text recognised under a picture is.
    pub invisible: usize,
    /// Whether it shows a picture.
    pub picture: bool,
    /// Whether part of it was damaged and is missing.
    pub damaged: bool,
}

/// What `q` keeps and `Q` brings back.
#[derive(Clone)]
struct State {
    matrix: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    invisible: bool,
}

const START: State = State {
    matrix: SAME,
    font: None,
    size: 0.0,
    char_space: 0.0,
    word_space: 0.0,
    stretch: 1.0,
    leading: 0.0,
    rise: 0.0,
    invisible: false,
};

/// A stretch of content that its producer marked.
#[derive(Default)]
struct Mark {
    /// Whether it is a running head, a watermark or the like.
    artifact: bool,
    /// The text that stands for all that it shows, until it is taken.
    actual: Option<String>,
    /// Whether it has such a text.
    replaced: bool,
    /// Whether that text is placed; what follows makes its place longer.
    placed: bool,
}

/// No program keeps more operands, states or marks than this; what is beyond is dropped.
const MOST_OPERANDS: usize = 100_000;
const MOST_STATES: usize = 1_000;
/// How many steps it takes to read a font and to set up a form, by the time that they take.
const FONT_STEPS: usize = 256;
const FORM_STEPS: usize = 512;

/// Walks page after page, each font read once.
pub struct Walker<'g> {
    graph: &'g Graph,
    max_depth: usize,
    fonts: FxHashMap<ObjectId, Option<Rc<Font>>>,
    /// The forms that have been drawn.
    drawn: FxHashSet<ObjectId>,
    /// The faces of which some character is not known.
    pub unknown_faces: BTreeSet<String>,
    page: PageText,
}

impl<'g> Walker<'g> {
    /// A walker through the pages of `graph`.
    pub fn new(graph: &'g Graph, params: &ReadParams) -> Walker<'g> {
        Walker {
            graph,
            max_depth: params.max_pdf_depth,
            fonts: FxHashMap::default(),
            drawn: FxHashSet::default(),
            unknown_faces: BTreeSet::new(),
            page: PageText::default(),
        }
    }

    /// What a page holds.
    ///
    /// # Errors
    /// If it is over the limits, as a clause.
    pub fn page(&mut self, node: &PageNode<'g>) -> Result<PageText, Clause> {
        self.page = PageText::default();
        let contents = self.graph.get(node.dictionary, b"Contents");
        let parts: &[Object] = match contents {
            Some(Object::Array(parts)) => parts,
            Some(one) => std::slice::from_ref(one),
            None => &[],
        };
        let mut content = Vec::new();
        for part in parts {
            let Some(Object::Stream(stream)) = self.graph.follow(part) else { continue };
            match self.graph.inflated(stream)? {
                Some(bytes) => content.extend(bytes),
                None => self.page.damaged = true,
            }
            // An operator may not begin in one part and end in the next.
            content.push(b'\n');
        }
        self.run(&content, node.resources, START, 0)?;
        Ok(std::mem::take(&mut self.page))
    }

    /// Runs the operators of `content`.
    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'g Dictionary>,
        start: State,
        depth: usize,
    ) -> Result<(), Clause> {
        let mut run = Run {
            resources,
            state: start,
            kept: Vec::new(),
            text: SAME,
            line: SAME,
            marks: Vec::new(),
            depth,
            operands: Vec::new(),
        };
        let mut lexer = Lexer::new(content);
        while let Some(token) = lexer.next() {
            match token {
                Token::Word(b"BI") => {
                    lexer.skip_image();
                    self.page.picture = true;
                    run.operands.clear();
                }
                Token::Word(b"true" | b"false" | b"null") => {}
                Token::Word(operator) => {
                    self.graph.step(1)?;
                    self.operate(operator, &mut run)?;
                    run.operands.clear();
                }
                operand if run.operands.len() < MOST_OPERANDS => run.operands.push(operand),
                _ => {}
            }
        }
        Ok(())
    }

    fn operate(&mut self, operator: &[u8], run: &mut Run<'g, '_>) -> Result<(), Clause> {
        match operator {
            b"q" if run.kept.len() < MOST_STATES => run.kept.push(run.state.clone()),
            b"Q" => run.state = run.kept.pop().unwrap_or_else(|| run.state.clone()),
            b"cm" => {
                if let Some(matrix) = run.matrix() {
                    run.state.matrix = times(&matrix, &run.state.matrix);
                }
            }
            b"BT" => (run.text, run.line) = (SAME, SAME),
            b"Tc" => run.state.char_space = run.number(0),
            b"Tw" => run.state.word_space = run.number(0),
            b"Tz" => run.state.stretch = run.number(0) / 100.0,
            b"TL" => run.state.leading = run.number(0),
            b"Ts" => run.state.rise = run.number(0),
            b"Tr" => run.state.invisible = run.number(0) == 3.0,
            b"Tf" => {
                run.state.size = run.number(1);
                if let Some(Token::Name(name)) = run.operands.first() {
                    run.state.font = self.font(run.resources, name)?;
                }
            }
            b"gs" => self.set_graphics(run)?,
            b"Td" => run.next_line(run.number(0), run.number(1)),
            b"TD" => {
                run.state.leading = -run.number(1);
                run.next_line(run.number(0), run.number(1));
            }
            b"Tm" => {
                if let Some(matrix) = run.matrix() {
                    (run.text, run.line) = (matrix, matrix);
                }
            }
            b"T*" => run.next_line(0.0, -run.state.leading),
            b"Tj" => self.show_operands(run)?,
            b"TJ" => self.show_operands(run)?,
            b"'" => {
                run.next_line(0.0, -run.state.leading);
                self.show_operands(run)?;
            }
            b"\"" => {
                (run.state.word_space, run.state.char_space) = (run.number(0), run.number(1));
                run.operands.drain(..run.operands.len().min(2));
                run.next_line(0.0, -run.state.leading);
                self.show_operands(run)?;
            }
            b"Do" => self.draw(run)?,
            b"BMC" | b"BDC" if run.marks.len() < MOST_STATES => run.marks.push(self.mark(run)),
            b"EMC" => {
                run.marks.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// The font with this name in the resources.
    fn font(&mut self, resources: Option<&'g Dictionary>, name: &[u8]) -> Result<Option<Rc<Font>>, Clause> {
        let Some(fonts) = resources.and_then(|resources| self.graph.dictionary(resources, b"Font")) else {
            return Ok(None);
        };
        fonts.get(name).map_or(Ok(None), |object| self.font_at(object))
    }

    fn font_at(&mut self, object: &'g Object) -> Result<Option<Rc<Font>>, Clause> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.fonts.get(&id)) {
            return Ok(known.clone());
        }
        let dictionary = self.graph.follow(object).and_then(as_dictionary);
        let font = dictionary.map(|dictionary| Font::read(self.graph, dictionary)).transpose()?.map(Rc::new);
        self.graph.step(FONT_STEPS)?;
        if let Some(id) = id {
            self.fonts.insert(id, font.clone());
        }
        Ok(font)
    }

    /// A set of graphics parameters may hold a font.
    fn set_graphics(&mut self, run: &mut Run<'g, '_>) -> Result<(), Clause> {
        let Some(Token::Name(name)) = run.operands.first() else { return Ok(()) };
        let sets = run.resources.and_then(|resources| self.graph.dictionary(resources, b"ExtGState"));
        let Some(set) = sets.and_then(|sets| self.graph.dictionary(sets, name)) else { return Ok(()) };
        if let [font, size] = self.graph.array(set, b"Font") {
            run.state.size = self.graph.follow(size).and_then(super::graph::number).unwrap_or(0.0);
            run.state.font = self.font_at(font)?;
        }
        Ok(())
    }

    /// What the operands of `BMC` or `BDC` say.
    fn mark(&self, run: &Run<'g, '_>) -> Mark {
        let artifact = matches!(run.operands.first(), Some(Token::Name(name)) if name == b"Artifact");
        let actual = match run.operands.get(1) {
            Some(Token::Name(name)) => {
                let lists = run.resources.and_then(|resources| self.graph.dictionary(resources, b"Properties"));
                let list = lists.and_then(|lists| self.graph.dictionary(lists, name));
                let text = list.and_then(|list| self.graph.get(list, b"ActualText"));
                text.and_then(|text| text.as_str().ok()).map(<[u8]>::to_vec)
            }
            _ => run.operands.windows(2).find_map(|pair| match pair {
                [Token::Name(key), Token::String(text)] if key == b"ActualText" => Some(text.clone()),
                _ => None,
            }),
        };
        let actual = actual.map(|bytes| text_string(&bytes));
        Mark { artifact, replaced: actual.is_some(), actual, placed: false }
    }

    /// Draws a form, or notes that there is a picture.
    fn draw(&mut self, run: &mut Run<'g, '_>) -> Result<(), Clause> {
        let Some(Token::Name(name)) = run.operands.first() else { return Ok(()) };
        let objects = run.resources.and_then(|resources| self.graph.dictionary(resources, b"XObject"));
        let Some(form) = objects.and_then(|objects| self.graph.stream(objects, name)) else { return Ok(()) };
        if self.graph.name(&form.dict, b"Subtype") != Some(b"Form") {
            self.page.picture = true;
            return Ok(());
        }
        if run.is_artifact() {
            return Ok(());
        }
        self.graph.step(FORM_STEPS)?;
        if run.depth >= self.max_depth {
            let limit = self.max_depth;
            return Err(Clause::new(
                format!("图形嵌套的层数超过上限 max_pdf_depth = {limit}"),
                format!("its forms stand deeper in forms than the limit max_pdf_depth = {limit}"),
            ));
        }
        // A letterhead is drawn on every page; what it inflates to counts once.
        let id = objects.and_then(|objects| self.graph.reference(objects, name));
        let known = id.is_some_and(|id| !self.drawn.insert(id));
        let content = if known { self.graph.inflated_again(form)? } else { self.graph.inflated(form)? };
        let Some(content) = content else {
            self.page.damaged = true;
            return Ok(());
        };
        let mut state = run.state.clone();
        if let Ok(matrix) = Matrix::try_from(self.graph.numbers(&form.dict, b"Matrix")) {
            state.matrix = times(&matrix, &state.matrix);
        }
        let resources = self.graph.dictionary(&form.dict, b"Resources").or(run.resources);
        self.run(&content, resources, state, run.depth + 1)
    }

    /// Shows the strings among the operands; a number between two moves the pen back by thousandths of the size.
    fn show_operands(&mut self, run: &mut Run<'g, '_>) -> Result<(), Clause> {
        for operand in std::mem::take(&mut run.operands) {
            match operand {
                Token::String(bytes) => {
                    self.graph.step(bytes.len())?;
                    self.show(&bytes, run);
                }
                Token::Number(value) => {
                    let back = -value / 1000.0 * run.state.size;
                    match run.state.font.as_ref().is_some_and(|font| font.vertical) {
                        true => run.text = times(&[1.0, 0.0, 0.0, 1.0, 0.0, back], &run.text),
                        false => run.text = times(&[1.0, 0.0, 0.0, 1.0, back * run.state.stretch, 0.0], &run.text),
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show(&mut self, bytes: &[u8], run: &mut Run<'g, '_>) {
        let Some(font) = run.state.font.clone() else { return };
        font.show(bytes, |shown| self.place(&font, shown, run));
    }

    /// Places one character and moves the pen.
    fn place(&mut self, font: &Font, shown: Shown, run: &mut Run<'g, '_>) {
        let state = &run.state;
        let space = state.char_space + if shown.is_space { state.word_space } else { 0.0 };
        let advance = shown.advance * state.size;
        let device = times(&run.text, &state.matrix);
        let at =
            |x: f64, y: f64| (device[0] * x + device[2] * y + device[4], device[1] * x + device[3] * y + device[5]);
        let (from, to, step) = match font.vertical {
            true => (at(0.0, 0.0), at(0.0, -advance), (0.0, -advance - space)),
            false => {
                (at(0.0, state.rise), at(advance * state.stretch, state.rise), ((advance + space) * state.stretch, 0.0))
            }
        };
        let size = state.size.abs() * font.height * libm::hypot(device[2], device[3]);
        let invisible = state.invisible;
        run.text = times(&[1.0, 0.0, 0.0, 1.0, step.0, step.1], &run.text);
        if run.is_artifact() {
            return;
        }
        let text = match run.marks.iter_mut().rev().find(|mark| mark.replaced) {
            Some(mark) => {
                if let Some(last) = self.page.glyphs.last_mut().filter(|_| mark.placed) {
                    last.to = to;
                }
                let text = mark.actual.take().unwrap_or_default();
                mark.placed |= !text.is_empty();
                text
            }
            None => shown.text.unwrap_or_else(|| {
                self.page.unknown += 1;
                if !self.unknown_faces.contains(&font.name) {
                    self.unknown_faces.insert(font.name.clone());
                }
                "\u{FFFD}".into()
            }),
        };
        if !text.is_empty() {
            self.page.invisible += usize::from(invisible);
            self.page.glyphs.push(Glyph { from, to, size, text });
        }
    }
}

/// What changes while one content stream is run.
struct Run<'g, 'c> {
    resources: Option<&'g Dictionary>,
    state: State,
    kept: Vec<State>,
    /// The pen.
    text: Matrix,
    /// Where the line began.
    line: Matrix,
    marks: Vec<Mark>,
    depth: usize,
    operands: Vec<Token<'c>>,
}

impl Run<'_, '_> {
    fn number(&self, index: usize) -> f64 {
        match self.operands.get(index) {
            Some(Token::Number(value)) => *value,
            _ => 0.0,
        }
    }

    fn matrix(&self) -> Option<Matrix> {
        (self.operands.len() >= 6).then(|| std::array::from_fn(|index| self.number(index)))
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = times(&[1.0, 0.0, 0.0, 1.0, x, y], &self.line);
        self.text = self.line;
    }

    fn is_artifact(&self) -> bool {
        self.marks.iter().any(|mark| mark.artifact)
    }
}

/// A text string outside of content: UTF-16 with its mark, UTF-8 with its mark, else Latin.
pub fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
