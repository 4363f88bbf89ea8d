//! The tables of how places stand to one another: the map, likeness, the tree.

use polars::prelude::*;

use crate::record::{Analysis, Axis, PointRow};
use crate::table::columns;
use crate::table::frame::{flag, frame, real, text, whole};

pub(super) fn correspondence(analysis: &Analysis) -> DataFrame {
    let (axes, points) = match &analysis.correspondence {
        Some(map) => (map.axes.as_slice(), map.points.as_slice()),
        None => (&[][..], &[][..]),
    };
    let rows: Vec<(&PointRow, usize, &Axis)> = points
        .iter()
        .flat_map(|point| axes.iter().enumerate().map(move |(index, axis)| (point, index, axis)))
        .collect();
    frame(
        &columns::CORRESPONDENCE,
        vec![
            text("point_kind", rows.iter().map(|(point, ..)| Some(point.kind))),
            text("point", rows.iter().map(|(point, ..)| Some(point.point.as_str()))),
            flag("supplementary", rows.iter().map(|(point, ..)| point.supplementary)),
            real("mass", rows.iter().map(|(point, ..)| Some(point.mass))),
            real("inertia", rows.iter().map(|(point, ..)| point.inertia)),
            whole("axis", rows.iter().map(|(_, index, _)| Some(*index as i64 + 1))),
            real("axis_inertia", rows.iter().map(|(.., axis)| Some(axis.inertia))),
            real("axis_share", rows.iter().map(|(.., axis)| Some(axis.share))),
            real("coordinate", rows.iter().map(|(point, index, _)| point.coordinates.get(*index).copied())),
            real("contribution", rows.iter().map(|(point, index, _)| point.contributions.get(*index).copied())),
            real("cos2", rows.iter().map(|(point, index, _)| point.cos2.get(*index).copied())),
        ],
        0,
    )
}

pub(super) fn similarity(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.similarity;
    frame(
        &columns::SIMILARITY,
        vec![
            text("place", rows.iter().map(|row| Some(row.place.as_str()))),
            text("other", rows.iter().map(|row| Some(row.other.as_str()))),
            real("themes_cosine", rows.iter().map(|row| row.themes_cosine)),
            real("themes_js", rows.iter().map(|row| row.themes_js)),
            real("terms_cosine", rows.iter().map(|row| row.terms_cosine)),
            real("terms_js", rows.iter().map(|row| row.terms_js)),
        ],
        0,
    )
}

pub(super) fn tree(analysis: &Analysis) -> DataFrame {
    let rows = &analysis.tree;
    frame(
        &columns::TREE,
        vec![
            whole("node", rows.iter().map(|row| Some(i64::from(row.node)))),
            text("place", rows.iter().map(|row| row.place.as_deref())),
            whole("order", rows.iter().map(|row| row.order.map(i64::from))),
            whole("left", rows.iter().map(|row| row.children.map(|(left, _)| i64::from(left)))),
            whole("right", rows.iter().map(|row| row.children.map(|(_, right)| i64::from(right)))),
            real("height", rows.iter().map(|row| Some(row.height))),
            whole("size", rows.iter().map(|row| Some(i64::from(row.size)))),
        ],
        0,
    )
}
