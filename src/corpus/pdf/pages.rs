//! The pages in order, each with what it inherits.

use super::graph::{Graph, as_dictionary};
use crate::corpus::limits::ReadParams;
use crate::notice::Clause;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct PageNode<'g> {
    /// Its own dictionary.
    pub dictionary: &'g Dictionary,
    /// Its resources, or those it inherits.
    pub resources: Option<&'g Dictionary>,
    /// What is seen of it: left, bottom, right, top.
    pub area: [f64; 4],
    /// By how many quarters it is shown turned clockwise, 0 to 3.
    pub quarters: u8,
}

/// A sheet of A4, for pages that do not say how large they are.
const A4: [f64; 4] = [0.0, 0.0, 595.0, 842.0];

/// What a node of the tree hands down.
#[derive(Clone, Copy)]
struct Inherited<'g> {
    resources: Option<&'g Dictionary>,
    area: [f64; 4],
    quarters: u8,
}

/// All pages.
///
/// # Errors
/// If there are none, or more than the limits allow, as a clause.
pub fn pages<'g>(graph: &'g Graph, params: &ReadParams) -> Result<Vec<PageNode<'g>>, Clause> {
    let root = graph.dictionary(graph.trailer(), b"Root").and_then(|catalog| catalog.get(b"Pages").ok());
    let root = root.ok_or_else(|| {
        Clause::new("文件已损坏，没有页面，请重新生成 PDF", "the file is damaged (it has no pages); make the PDF anew")
    })?;
    let mut pages = Vec::new();
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let start = Inherited { resources: None, area: A4, quarters: 0 };
    // From the last kid to the first, so that the first is taken next.
    let mut waiting: Vec<(&Object, usize, Inherited)> = vec![(root, 0, start)];
    while let Some((object, depth, inherited)) = waiting.pop() {
        graph.step(1)?;
        if let Object::Reference(id) = object
            && !seen.insert(*id)
        {
            continue;
        }
        let Some(node) = graph.follow(object).and_then(as_dictionary) else { continue };
        let own = inherit(graph, node, inherited);
        let kids = graph.array(node, b"Kids");
        if kids.is_empty() && graph.name(node, b"Type") != Some(b"Pages") {
            if pages.len() == params.max_pages {
                let limit = params.max_pages;
                return Err(Clause::new(
                    format!("页数超过上限 max_pages = {limit}"),
                    format!("it has more pages than the limit max_pages = {limit}"),
                ));
            }
            pages.push(PageNode { dictionary: node, resources: own.resources, area: own.area, quarters: own.quarters });
        } else if depth >= params.max_pdf_depth {
            let limit = params.max_pdf_depth;
            return Err(Clause::new(
                format!("页面树的层数超过上限 max_pdf_depth = {limit}"),
                format!("its page tree is deeper than the limit max_pdf_depth = {limit}"),
            ));
        } else {
            waiting.extend(kids.iter().rev().map(|kid| (kid, depth + 1, own)));
        }
    }
    Ok(pages)
}

fn inherit<'g>(graph: &'g Graph, node: &'g Dictionary, from: Inherited<'g>) -> Inherited<'g> {
    let area = |key: &[u8]| {
        let corners: [f64; 4] = graph.numbers(node, key).try_into().ok()?;
        let [x, y, u, v] = corners;
        let area = [x.min(u), y.min(v), x.max(u), y.max(v)];
        (area[2] - area[0] > 1.0 && area[3] - area[1] > 1.0).then_some(area)
    };
    let quarters = graph.number(node, b"Rotate").map(|degrees| (degrees as i64 / 90).rem_euclid(4) as u8);
    Inherited {
        resources: graph.dictionary(node, b"Resources").or(from.resources),
        area: area(b"CropBox").or_else(|| area(b"MediaBox")).unwrap_or(from.area),
        quarters: quarters.unwrap_or(from.quarters),
    }
}
