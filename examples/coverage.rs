//! Makes corpora whose true emphasis is known, and counts how often the intervals hold it and how many calls are false.
//!
//! ```text
//! cargo run --release --example coverage [PLACE-YEARS] [LINE]
//! ```
//!
//! PLACE-YEARS is the number of place-years behind each line (default 1,600); LINE keeps to the lines with these words in their first
//! three columns (`all alike`, `shifts | 60 | random, ρ = 0.7`).
//! A document has 5 to 10 sections of 1 to 7 measures, of ten themes. The shares of a section are drawn from a Dirichlet
//! distribution about the place's, so that two measures of one section have a correlation of ρ. In a document that is sorted by
//! theme, 5 to 70 measures are drawn about the place's shares, and those of one theme make a section. Places have one document in
//! the first two tables and one for each of six years in the third. Prints three tables in Markdown; `docs/simulation.md`
//! holds them.

use cezhong::emphasis::effective::correlation;
use cezhong::emphasis::interval::{dirichlet, stream};
use cezhong::emphasis::quotient::Interval;
use cezhong::emphasis::{Counting, EmphasisParams, Item, ThemeSet, Weight, count, emphasis};
use rand::Rng;
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;

/// The mean shares of the ten themes.
const BASE: [f64; 10] = [0.22, 0.18, 0.14, 0.11, 0.09, 0.08, 0.07, 0.05, 0.04, 0.02];
/// A true quotient so near 1 is no emphasis.
const NO_EMPHASIS: f64 = 0.15;
/// A cell with a q below this is a call.
const RATE: f64 = 0.1;
const SEED: u64 = 5;
/// The table of calls needs no draws, so that it can afford more corpora.
const MORE_CORPORA: usize = 8;

/// Where the true shares of places come from.
#[derive(Clone, Copy, PartialEq)]
enum Truth {
    /// Drawn about the base with this strength.
    Dirichlet(f64),
    /// Four sorts of places; within a sort they scatter with strength 80.
    Sorts,
    /// Every other place is the base itself; in the others two themes are doubled and two halved.
    Shifts,
    /// All places are the base.
    Alike,
}

impl Truth {
    fn name(self) -> String {
        match self {
            Truth::Dirichlet(strength) => format!("Dirichlet {strength}"),
            Truth::Sorts => "four sorts".into(),
            Truth::Shifts => "shifts".into(),
            Truth::Alike => "all alike".into(),
        }
    }

    /// The true shares of the place with this number.
    fn shares(self, place: usize, rng: &mut Xoshiro256PlusPlus) -> Vec<f64> {
        let mut shares = BASE.to_vec();
        let about = |mean: &[f64], strength: f64, rng: &mut Xoshiro256PlusPlus| {
            let alphas: Vec<f64> = mean.iter().map(|share| share * strength).collect();
            let mut drawn = vec![0.0; alphas.len()];
            dirichlet(rng, &alphas, &mut drawn);
            drawn
        };
        match self {
            Truth::Dirichlet(strength) => about(&shares, strength, rng),
            Truth::Sorts => {
                let sort = place % 4;
                [2 * sort, 2 * sort + 1].into_iter().for_each(|theme| shares[theme] *= 2.5);
                about(&scaled(shares), 80.0, rng)
            }
            Truth::Shifts if place % 2 == 1 => {
                for (step, factor) in [2.0, 0.5, 2.0, 0.5].into_iter().enumerate() {
                    shares[(place / 2 + 3 * step) % BASE.len()] *= factor;
                }
                scaled(shares)
            }
            Truth::Shifts | Truth::Alike => shares,
        }
    }
}

fn scaled(shares: Vec<f64>) -> Vec<f64> {
    let sum: f64 = shares.iter().sum();
    shares.into_iter().map(|share| share / sum).collect()
}

/// How documents are cut into sections.
#[derive(Clone, Copy, PartialEq)]
enum Sections {
    /// Any section may be about any theme; its measures have this correlation.
    Random(f64),
    /// A section for each theme.
    ByTheme,
}

/// Every way in which documents are cut.
const CUTS: [Sections; 4] = [Sections::Random(0.0), Sections::Random(0.3), Sections::Random(0.7), Sections::ByTheme];

impl Sections {
    fn name(self) -> String {
        match self {
            Sections::Random(rho) => format!("random, ρ = {rho}"),
            Sections::ByTheme => "by theme".into(),
        }
    }
}

/// One line of a table.
#[derive(Clone, Copy)]
struct Line {
    truth: Truth,
    places: usize,
    years: i32,
    sections: Sections,
    interval: Interval,
}

impl Line {
    /// Its first three columns.
    fn name(self) -> String {
        format!("{} | {} | {}", self.truth.name(), self.places, self.sections.name())
    }
}

/// What was counted over the cells of one corpus or of many.
#[derive(Clone, Copy, Default)]
struct Tally {
    cells: usize,
    share_held: usize,
    quotient_held: usize,
    width: f64,
    emphasis: usize,
    found: usize,
    corpora: usize,
    false_rate: f64,
    strength: f64,
    correlation: f64,
}

impl Tally {
    fn and(self, other: Tally) -> Tally {
        Tally {
            cells: self.cells + other.cells,
            share_held: self.share_held + other.share_held,
            quotient_held: self.quotient_held + other.quotient_held,
            width: self.width + other.width,
            emphasis: self.emphasis + other.emphasis,
            found: self.found + other.found,
            corpora: self.corpora + other.corpora,
            false_rate: self.false_rate + other.false_rate,
            strength: self.strength + other.strength,
            correlation: self.correlation + other.correlation,
        }
    }
}

fn draw(shares: &[f64], rng: &mut Xoshiro256PlusPlus) -> u16 {
    let mut left = rng.r#gen::<f64>();
    let at = shares.iter().position(|share| {
        left -= share;
        left < 0.0
    });
    at.unwrap_or(shares.len() - 1) as u16
}

/// The themes of a document's measures, section by section.
fn document(sections: Sections, shares: &[f64], rng: &mut Xoshiro256PlusPlus) -> Vec<(u32, u16)> {
    let mut measures = Vec::new();
    match sections {
        Sections::Random(rho) => {
            let mut section = shares.to_vec();
            for block in 0..rng.gen_range(5..=10) {
                if rho > 0.0 {
                    let alphas: Vec<f64> = shares.iter().map(|share| share * (1.0 - rho) / rho).collect();
                    dirichlet(rng, &alphas, &mut section);
                }
                measures.extend((0..rng.gen_range(1..=7)).map(|_| (block, draw(&section, rng))));
            }
        }
        Sections::ByTheme => {
            for _ in 0..rng.gen_range(5..=70) {
                let theme = draw(shares, rng);
                measures.push((u32::from(theme), theme));
            }
        }
    }
    measures
}

/// Makes one corpus, analyses it and counts.
fn corpus(line: Line, number: usize, draws: u32) -> Tally {
    let sorted = match line.sections {
        Sections::Random(rho) => (rho * 100.0) as u64,
        Sections::ByTheme => 101,
    };
    let mut rng = stream(SEED, &[number as u64, line.places as u64, sorted, line.truth.name().len() as u64]);
    let mut items = Vec::new();
    let mut truth: Vec<(Vec<f64>, f64)> = Vec::new();
    for place in 0..line.places {
        let shares = line.truth.shares(place, &mut rng);
        let before = items.len();
        for year in 2026 - line.years..2026 {
            let doc = items.len() as u32;
            items.extend(document(line.sections, &shares, &mut rng).into_iter().map(|(block, theme)| Item {
                place: place as u32,
                year: Some(year),
                doc,
                block,
                theme: Some(theme),
                second: None,
                sentences: 1,
                chars: 30,
            }));
        }
        truth.push((shares, (items.len() - before) as f64));
    }
    let total = items.len() as f64;
    let whole: Vec<f64> =
        (0..BASE.len()).map(|theme| truth.iter().map(|(shares, n)| shares[theme] * n / total).sum()).collect();

    let set = ThemeSet { count: BASE.len() as u16, general: None };
    let counts = count(&items, &[], set, Weight::Measures, Counting::Primary).expect("every theme is in the set");
    let params = EmphasisParams { interval: line.interval, draws, ..EmphasisParams::default() };
    let correlation = correlation(&counts.rows);
    let result = emphasis(&counts, correlation, &params).expect("the parameters are in range");
    let strength = result.strength.map_or(0.0, libm::log);
    let mut tally = Tally { corpora: 1, strength, correlation, ..Tally::default() };
    let (mut calls, mut wrong) = (0, 0);
    for row in &result.rows {
        let theme = row.theme as usize;
        let share = truth[row.place as usize].0[theme];
        let quotient = share / whole[theme];
        let holds = |low: Option<f64>, high: Option<f64>, value: f64| {
            low.zip(high).is_some_and(|(low, high)| low <= value && value <= high)
        };
        tally.cells += 1;
        tally.share_held += usize::from(holds(row.share_low, row.share_high, share));
        // A theme that occurs nowhere in the corpus has no quotient; its cells are counted as held by nothing.
        tally.quotient_held += usize::from(holds(row.lq_low, row.lq_high, quotient));
        tally.width += row.lq_high.zip(row.lq_low).map_or(0.0, |(high, low)| high - low);
        let called = row.q.is_some_and(|q| q < RATE);
        let real = (quotient - 1.0).abs() > NO_EMPHASIS;
        tally.emphasis += usize::from(real);
        tally.found += usize::from(real && called);
        calls += usize::from(called);
        wrong += usize::from(called && !real);
    }
    tally.false_rate = if calls > 0 { wrong as f64 / calls as f64 } else { 0.0 };
    tally
}

fn run(line: Line, corpora: usize, draws: u32) -> Tally {
    (0..corpora).into_par_iter().map(|number| corpus(line, number, draws)).reduce(Tally::default, Tally::and)
}

fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.1}", 100.0 * part / whole) } else { "–".into() }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let place_years: usize = arguments.next().and_then(|typed| typed.parse().ok()).unwrap_or(1600);
    let only = arguments.next().unwrap_or_default();
    let lines = |truths: &[Truth], places: &[usize], years: i32| {
        let mut lines = Vec::new();
        for (&truth, &places) in truths.iter().flat_map(|truth| places.iter().map(move |places| (truth, places))) {
            lines.extend(CUTS.map(|sections| Line { truth, places, years, sections, interval: Interval::Posterior }));
        }
        lines
    };
    let wanted = |line: &Line| line.name().contains(&only);
    let (ten, forty) = (Truth::Dirichlet(10.0), Truth::Dirichlet(40.0));

    println!("| true shares | places | sections | interval | strength | share held, % | LQ held, % | LQ width |");
    println!("|---|---|---|---|---|---|---|---|");
    let blocks =
        |truth| Line { truth, places: 30, years: 1, sections: Sections::Random(0.3), interval: Interval::Blocks };
    let with_blocks = |truth| lines(&[truth], &[8, 30, 200], 1).into_iter().chain([blocks(truth)]);
    for line in [ten, forty, Truth::Sorts].into_iter().flat_map(with_blocks).filter(wanted) {
        let tally = run(line, place_years.div_ceil(line.places), 1000);
        println!(
            "| {} | {} | {:.0} | {} | {} | {:.2} |",
            line.name(),
            if line.interval == Interval::Posterior { "posterior" } else { "blocks" },
            libm::exp(tally.strength / tally.corpora as f64),
            percent(tally.share_held as f64, tally.cells as f64),
            percent(tally.quotient_held as f64, tally.cells as f64),
            tally.width / tally.cells as f64,
        );
    }

    println!("\n| true shares | places | sections | corpora | false calls, % | found, % |\n|---|---|---|---|---|---|");
    let truths = [ten, forty, Truth::Sorts, Truth::Shifts, Truth::Alike];
    for line in lines(&truths, &[8, 30, 200], 1).into_iter().filter(wanted) {
        let corpora = MORE_CORPORA * place_years.div_ceil(line.places);
        let tally = run(line, corpora, 100);
        println!(
            "| {} | {corpora} | {} | {} |",
            line.name(),
            percent(tally.false_rate, tally.corpora as f64),
            percent(tally.found as f64, tally.emphasis as f64),
        );
    }

    println!(
        "\n| true shares | places | sections | corpora | ρ found | share held, % | LQ held, % | LQ width | false calls, % | found, % |\n\
         |---|---|---|---|---|---|---|---|---|---|"
    );
    for line in lines(&[forty, Truth::Shifts, Truth::Alike], &[12, 60], 6).into_iter().filter(wanted) {
        let tally = run(line, place_years.div_ceil(line.places), 1000);
        let (cells, corpora) = (tally.cells as f64, tally.corpora as f64);
        println!(
            "| {} | {} | {:.2} | {} | {} | {:.2} | {} | {} |",
            line.name(),
            tally.corpora,
            tally.correlation / corpora,
            percent(tally.share_held as f64, cells),
            percent(tally.quotient_held as f64, cells),
            tally.width / cells,
            percent(tally.false_rate, corpora),
            percent(tally.found as f64, tally.emphasis as f64),
        );
    }
}
