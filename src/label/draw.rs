//! Which tasks are given to people.

use std::collections::BTreeMap;

use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use super::diverse::farthest_first;
use super::task::Task;

/// How tasks are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Each with the same chance; the only draw that shares may be corrected by.
    Random,
    /// By turns from every place and predicted theme, at random within.
    Stratified,
    /// Those of whose theme the program is least sure.
    Uncertain,
    /// Those whose wording is least like any drawn before.
    Diverse,
}

impl Draw {
    /// The id, as it stands in sheets.
    pub fn id(self) -> &'static str {
        match self {
            Draw::Random => "random",
            Draw::Stratified => "stratified",
            Draw::Uncertain => "uncertain",
            Draw::Diverse => "diverse",
        }
    }
}

/// The positions of `n` tasks, or of all where there are fewer, rising. The same tasks in the same order and the same seed give
/// the same draw.
pub fn draw(tasks: &[Task], n: usize, how: Draw, seed: u64) -> Vec<usize> {
    let n = n.min(tasks.len());
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
    let mut drawn: Vec<usize> = match how {
        Draw::Random => order[..n].to_vec(),
        Draw::Stratified => by_turns(tasks, &order, n),
        Draw::Uncertain => {
            order.sort_by(|&a, &b| tasks[a].said.p.total_cmp(&tasks[b].said.p));
            order[..n].to_vec()
        }
        Draw::Diverse => {
            let texts: Vec<&str> = order.iter().map(|&i| tasks[i].text.as_str()).collect();
            farthest_first(&texts, n).into_iter().map(|at| order[at]).collect()
        }
    };
    drawn.sort_unstable();
    drawn
}

/// One from each stratum in turn, strata by place and predicted theme.
fn by_turns(tasks: &[Task], order: &[usize], n: usize) -> Vec<usize> {
    let mut strata: BTreeMap<(&str, u16), Vec<usize>> = BTreeMap::new();
    for &i in order {
        strata.entry((tasks[i].place.as_str(), tasks[i].said.theme)).or_default().push(i);
    }
    let mut drawn = Vec::with_capacity(n);
    let deepest = strata.values().map(Vec::len).max().unwrap_or(0);
    for turn in 0..deepest {
        // The order of the strata is drawn too, so that the last turn, which may be cut short, favours none.
        let mut taken: Vec<usize> = strata.values().filter_map(|stratum| stratum.get(turn).copied()).collect();
        taken.sort_by_key(|i| order.iter().position(|other| other == i));
        drawn.extend(taken);
        if drawn.len() >= n {
            break;
        }
    }
    drawn.truncate(n);
    drawn
}

#[cfg(test)]
mod tests {
    use super::super::task::{Said, What};
    use super::*;

    fn task(place: &str, theme: u16, p: f32, text: &str) -> Task {
        Task {
            what: What::Sentence,
            doc: "d".into(),
            n: 0,
            start: 0,
            end: 0,
            place: place.into(),
            headings: String::new(),
            before: String::new(),
            text: text.into(),
            after: String::new(),
            said: Said { theme, p },
        }
    }

    fn many() -> Vec<Task> {
        (0..100)
            .map(|i| task(if i < 90 { "甲" } else { "乙" }, u16::from(i % 10 == 0), i as f32 / 100.0, "桃"))
            .collect()
    }

    #[test]
    fn the_seed_fixes_the_draw() {
        let tasks = many();
        for how in [Draw::Random, Draw::Stratified, Draw::Uncertain, Draw::Diverse] {
            assert_eq!(draw(&tasks, 10, how, 3), draw(&tasks, 10, how, 3));
            assert_eq!(draw(&tasks, 1000, how, 3).len(), 100, "no more than there are");
        }
        assert_ne!(draw(&tasks, 10, Draw::Random, 3), draw(&tasks, 10, Draw::Random, 4));
    }

    #[test]
    fn every_stratum_is_drawn_from_and_the_unsure_come_first() {
        let tasks = many();
        let drawn = draw(&tasks, 8, Draw::Stratified, 1);
        for stratum in [("甲", 0), ("甲", 1), ("乙", 0), ("乙", 1)] {
            let of = |&&i: &&usize| (tasks[i].place.as_str(), tasks[i].said.theme) == stratum;
            // 乙 holds one task of theme 1 alone.
            let (least, most) = if stratum == ("乙", 1) { (1, 1) } else { (2, 3) };
            assert!((least..=most).contains(&drawn.iter().filter(of).count()), "{stratum:?} in {drawn:?}");
        }
        assert_eq!(draw(&tasks, 3, Draw::Uncertain, 1), [0, 1, 2]);
    }

    #[test]
    fn a_diverse_draw_takes_no_copy() {
        let texts = ["扩种桃树", "扩种桃树", "扩种桃树", "硬化道路", "新建学校"];
        let tasks: Vec<Task> = texts.iter().map(|text| task("甲", 0, 0.5, text)).collect();
        let drawn = draw(&tasks, 3, Draw::Diverse, 2);
        let mut kept: Vec<&str> = drawn.iter().map(|&i| texts[i]).collect();
        kept.dedup();
        assert_eq!(kept.len(), 3, "{drawn:?}");
    }
}
