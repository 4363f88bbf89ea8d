//! What places do with themes: targets, commitment, position, likeness, the map, own words, duplicates.

use super::sheet::{Named, number, table, words};
use super::{View, count, of_cells};
use crate::codebook::Part;
use crate::emphasis::targets::{Bound, Change, Horizon};
use crate::record::{
    CodedDocument, CommitmentRow, DuplicateRow, OwnRow, PointRow, PositionRow, SimilarityRow, TargetRow,
};
use crate::report::Table;

pub(super) fn targets(view: View<'_>) -> Table {
    let of = |row: &TargetRow| -> &CodedDocument { &view.analysis.documents[row.document as usize] };
    let columns = [
        words("place", ("地方", "place"), move |row: &&TargetRow| of(row).compared.clone()),
        number("target_year", ("目标年", "target year"), |row: &&TargetRow| row.target.year.map(f64::from)),
        words("theme", ("主题", "theme"), |row: &&TargetRow| row.theme.map_or(String::new(), |id| view.theme(id))),
        words("action", ("动作", "action"), |row: &&TargetRow| row.target.action.clone()),
        words("indicator", ("指标", "indicator"), |row: &&TargetRow| row.target.indicator.clone()),
        words("change", ("变动", "change"), |row: &&TargetRow| {
            let zh = match row.target.change {
                Change::Level => "水平",
                Change::Increase => "增",
                Change::Decrease => "减",
            };
            view.lang.pick(zh, row.target.change.id()).to_owned()
        }),
        words("bound", ("界", "bound"), |row: &&TargetRow| {
            let zh = match row.target.bound {
                Bound::Exactly => "等于",
                Bound::AtLeast => "不低于",
                Bound::AtMost => "不高于",
                Bound::About => "约",
            };
            view.lang.pick(zh, row.target.bound.id()).to_owned()
        }),
        number("value", ("数值", "value"), |row: &&TargetRow| Some(row.target.value)),
        number("upper", ("上限", "upper"), |row: &&TargetRow| row.target.upper),
        words("unit", ("单位", "unit"), |row: &&TargetRow| row.target.unit.clone()),
        words("object", ("对象", "object"), |row: &&TargetRow| row.target.object.clone()),
        words("horizon", ("期限", "horizon"), |row: &&TargetRow| {
            let zh = match row.target.horizon {
                Horizon::Year => "单年",
                Horizon::Period => "多年",
            };
            view.lang.pick(zh, row.target.horizon.id()).to_owned()
        }),
    ];
    let (title, text) = match view.analysis.part {
        Part::Review => (
            ("已报数量", "Quantities reported"),
            (
                "回顾里的每个数量；归一后的数值与原句见 tables/targets.csv。点一行看原句。",
                "Every quantity of the review; normalised values and sentences are in tables/targets.csv. A row opens its sentence.",
            ),
        ),
        Part::Problems | Part::Plan => (
            ("目标", "Targets"),
            (
                "计划里的每个数量；归一后的数值与原句见 tables/targets.csv。点一行看原句。",
                "Every planned quantity; normalised values and sentences are in tables/targets.csv. A row opens its sentence.",
            ),
        ),
    };
    let named = Named { id: "targets", title, text };
    let keys = |row: &&TargetRow| {
        vec![
            ("unit".into(), "sentence".into()),
            ("doc".into(), of(row).document.id.clone()),
            ("n".into(), row.sentence.to_string()),
        ]
    };
    table(view.lang, &named, &columns, keys, view.analysis.targets.iter())
}

pub(super) fn commitment(view: View<'_>) -> Table {
    let columns = vec![
        number("measures", ("措施", "measures"), |row: &&CommitmentRow| count(row.measures)),
        number("cued", ("有力度词", "with a cue"), |row: &&CommitmentRow| count(row.cued)),
        number("strength", ("力度", "strength"), |row: &&CommitmentRow| row.mean),
        number("strength_low", ("下限", "low"), |row: &&CommitmentRow| row.interval.map(|interval| interval.0)),
        number("strength_high", ("上限", "high"), |row: &&CommitmentRow| row.interval.map(|interval| interval.1)),
    ];
    let named = Named {
        id: "commitment",
        title: ("承诺力度", "Commitment"),
        text: (
            "措施用语的力度（必须、确保最强，探索、试点最弱），按随程序发布的量表取均值。",
            "How strongly measures are worded, by the shipped scale: 必须 and 确保 are strongest, 探索 and 试点 weakest.",
        ),
    };
    let rows = view.analysis.commitment.iter().filter(|row| row.measures > 0);
    of_cells(view, &named, |row| (&row.place, row.year, row.theme), columns, rows)
}

pub(super) fn position(view: View<'_>) -> Table {
    let columns = vec![
        number("section", ("主要所在节", "main section"), |row: &&PositionRow| row.section),
        number("position", ("平均位置", "mean position"), |row: &&PositionRow| row.position),
        number("first", ("首次位置", "first"), |row: &&PositionRow| row.first),
        number("space", ("篇幅占比", "share of characters"), |row: &&PositionRow| Some(row.space)),
    ];
    let named = Named {
        id: "position",
        title: ("位置与篇幅", "Position and space"),
        text: (
            "主题在文中的位置：0 为开头，1 为结尾；节次自 1 起。",
            "Where a theme stands: 0 is the front of the document, 1 its end; sections count from 1.",
        ),
    };
    let rows = view.analysis.position.iter().filter(|row| row.space > 0.0);
    of_cells(view, &named, |row| (&row.place, row.year, row.theme), columns, rows)
}

pub(super) fn similarity(view: View<'_>) -> Table {
    let columns = [
        words("place", ("地方", "place"), |row: &&SimilarityRow| row.place.clone()),
        words("other", ("另一地方", "other"), |row: &&SimilarityRow| row.other.clone()),
        number("themes_cosine", ("主题余弦", "themes, cosine"), |row: &&SimilarityRow| row.themes_cosine),
        number("themes_js", ("主题 JS 散度", "themes, JS"), |row: &&SimilarityRow| row.themes_js),
        number("terms_cosine", ("用词余弦", "terms, cosine"), |row: &&SimilarityRow| row.terms_cosine),
        number("terms_js", ("用词 JS 散度", "terms, JS"), |row: &&SimilarityRow| row.terms_js),
    ];
    let named = Named {
        id: "similarity",
        title: ("相似度", "Similarity"),
        text: (
            "地方两两之间：余弦越大越像，散度越小越像。",
            "Pairs of places: a larger cosine or a smaller divergence is more alike.",
        ),
    };
    table(view.lang, &named, &columns, |_| Vec::new(), view.analysis.similarity.iter())
}

pub(super) fn correspondence(view: View<'_>) -> Table {
    let first_two = |values: &[f64], axis: usize| values.get(axis).copied();
    let name = |row: &PointRow| match row.kind {
        "theme" => view.analysis.codebook.theme(&row.point).map_or(row.point.clone(), |id| view.theme(id)),
        _ => row.point.clone(),
    };
    let columns = [
        words("kind", ("类", "kind"), |row: &&PointRow| {
            let zh = match row.kind {
                "theme" => "主题",
                "year" => "年份",
                _ => "地方",
            };
            view.lang.pick(zh, row.kind).to_owned()
        }),
        words("point", ("点", "point"), move |row: &&PointRow| name(row)),
        number("mass", ("质量", "mass"), |row: &&PointRow| Some(row.mass)),
        number("inertia", ("惯量", "inertia"), |row: &&PointRow| row.inertia),
        number("coordinate_1", ("轴 1", "axis 1"), move |row: &&PointRow| first_two(&row.coordinates, 0)),
        number("coordinate_2", ("轴 2", "axis 2"), move |row: &&PointRow| first_two(&row.coordinates, 1)),
        number("contribution_1", ("贡献 1", "contribution 1"), move |row: &&PointRow| {
            first_two(&row.contributions, 0)
        }),
        number("contribution_2", ("贡献 2", "contribution 2"), move |row: &&PointRow| {
            first_two(&row.contributions, 1)
        }),
        number("cos2_1", ("cos² 1", "cos² 1"), move |row: &&PointRow| first_two(&row.cos2, 0)),
        number("cos2_2", ("cos² 2", "cos² 2"), move |row: &&PointRow| first_two(&row.cos2, 1)),
    ];
    let named = Named {
        id: "correspondence",
        title: ("对应分析", "Correspondence analysis"),
        text: (
            "地方与主题在前两轴上的坐标；年份是补充点。",
            "Places and themes on the first two axes; years are supplementary points.",
        ),
    };
    let points = view.analysis.correspondence.iter().flat_map(|map| &map.points);
    table(view.lang, &named, &columns, |_| Vec::new(), points)
}

pub(super) fn own_words(view: View<'_>) -> Table {
    let of = |row: &OwnRow| -> &CodedDocument { &view.analysis.documents[row.document as usize] };
    let columns = [
        words("doc", ("文件", "document"), move |row: &&OwnRow| of(row).document.id.clone()),
        words("place", ("地方", "place"), move |row: &&OwnRow| of(row).compared.clone()),
        number("share", ("与他处相同的占比", "shared with other places"), |row: &&OwnRow| row.share),
        number("longest", ("最长相同", "longest passage"), |row: &&OwnRow| count(row.longest)),
        number("measures", ("措施", "measures"), |row: &&OwnRow| count(row.measures)),
        number("transmitted", ("大半相同的措施", "mostly shared measures"), |row: &&OwnRow| {
            count(row.transmitted)
        }),
    ];
    let named = Named {
        id: "own_words",
        title: ("自有文字", "Own words"),
        text: (
            "文件中与其他地方文件相同的文字（16 字串）；--own-words 可把大半相同的措施除外。",
            "Text shared with documents of other places (runs of 16 characters); --own-words leaves mostly shared measures out.",
        ),
    };
    let keys = |row: &&OwnRow| vec![("doc".into(), of(row).document.id.clone())];
    let rows = view.analysis.own_words.iter().filter(|row| row.shared > 0);
    table(view.lang, &named, &columns, keys, rows)
}

pub(super) fn duplicates(view: View<'_>) -> Table {
    let columns = [
        words("doc", ("文件", "document"), |row: &&DuplicateRow| row.doc.clone()),
        words("other", ("另一文件", "other"), |row: &&DuplicateRow| row.other.clone()),
        number("share", ("相同占比", "share"), |row: &&DuplicateRow| Some(row.share)),
        words("kind", ("种类", "kind"), |row: &&DuplicateRow| {
            view.lang.pick(row.kind.zh(), row.kind.id()).to_owned()
        }),
    ];
    let named = Named { id: "duplicates", title: ("近似重复", "Near-duplicates"), text: ("", "") };
    let keys = |row: &&DuplicateRow| vec![("doc".into(), row.doc.clone())];
    table(view.lang, &named, &columns, keys, view.analysis.duplicates.iter())
}
