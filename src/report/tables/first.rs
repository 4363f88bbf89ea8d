//! Emphasis, key terms, clusters and documents.

use super::sheet::{Named, number, table, words};
use super::{View, count, of_cells};
use crate::record::{ClusterRow, CodedDocument, EmphasisRow, KeynessRow};
use crate::report::Table;
use crate::report::figures::LISTED;

pub(super) fn emphasis(view: View<'_>) -> Table {
    let columns = vec![
        number("measures", ("措施", "measures"), |row: &&EmphasisRow| count(row.measures)),
        number("share", ("占比", "share"), |row: &&EmphasisRow| row.share),
        number("lq", ("区位商", "LQ"), |row: &&EmphasisRow| row.lq),
        number("lq_low", ("下限", "low"), |row: &&EmphasisRow| row.lq_interval.map(|interval| interval.0)),
        number("lq_high", ("上限", "high"), |row: &&EmphasisRow| row.lq_interval.map(|interval| interval.1)),
        number("q", ("q", "q"), |row: &&EmphasisRow| row.q),
        number("rank", ("名次", "rank"), |row: &&EmphasisRow| row.rank.map(f64::from)),
    ];
    let named = Named {
        id: "emphasis",
        title: ("侧重", "Emphasis"),
        text: (
            "地方 × 年份 × 主题；只列有措施的行，完整表见 tables/emphasis.csv。点一行看句子。",
            "Place × year × theme, rows with measures only; the complete table is tables/emphasis.csv. A row opens its sentences.",
        ),
    };
    let rows = view.analysis.emphasis.iter().filter(|row| row.measures > 0);
    of_cells(view, &named, |row| (&row.place, row.year, row.theme), columns, rows)
}

pub(super) fn keyness(view: View<'_>) -> Table {
    let name = |row: &KeynessRow| match row.target_kind {
        "theme" => view.analysis.codebook.theme(&row.target).map_or(row.target.clone(), |id| view.theme(id)),
        _ => row.target.clone(),
    };
    let columns = [
        words("target", ("对象", "target"), move |row: &&KeynessRow| name(row)),
        words("term", ("词", "term"), |row: &&KeynessRow| row.term.clone()),
        number("count", ("本处", "here"), |row: &&KeynessRow| count(row.count)),
        number("rest", ("其余", "rest"), |row: &&KeynessRow| count(row.rest)),
        number("log_odds", ("对数几率", "log-odds"), |row: &&KeynessRow| Some(row.log_odds)),
        number("z", ("z", "z"), |row: &&KeynessRow| Some(row.z)),
        number("q", ("q", "q"), |row: &&KeynessRow| Some(row.q)),
    ];
    let named = Named {
        id: "keyness",
        title: ("关键词", "Key terms"),
        text: (
            "每个对象最典型的词；两端全表见 tables/keyness.csv。",
            "The terms most typical of each target; both ends are in tables/keyness.csv.",
        ),
    };
    let part = view.analysis.part.id();
    // The page knows where terms stand in the part under analysis alone.
    let keys = |row: &&KeynessRow| match (row.target_kind, row.target.as_str()) {
        ("part", other) if other != part => Vec::new(),
        (kind, target) => {
            let of_part = (kind != "part").then(|| ("part".into(), part.into()));
            let named =
                [("unit".into(), "term".into()), (kind.into(), target.into()), ("term".into(), row.term.clone())];
            named.into_iter().chain(of_part).collect()
        }
    };
    let targets = view.analysis.keyness.chunk_by(|a, b| a.target_kind == b.target_kind && a.target == b.target);
    let rows = targets.flat_map(|target| target.iter().filter(|row| row.z > 0.0).take(LISTED));
    table(view.lang, &named, &columns, keys, rows)
}

pub(super) fn clusters(view: View<'_>) -> Table {
    let columns = [
        number("cluster", ("类", "cluster"), |row: &&ClusterRow| Some(f64::from(row.cluster))),
        words("terms", ("词", "terms"), |row: &&ClusterRow| row.terms.join(" ")),
        number("size", ("措施", "measures"), |row: &&ClusterRow| count(row.size)),
        number("silhouette", ("轮廓系数", "silhouette"), |row: &&ClusterRow| row.silhouette),
        words("theme", ("最多的主题", "main theme"), |row: &&ClusterRow| {
            row.themes.first().map_or(String::new(), |(id, _)| view.theme(*id))
        }),
        words("exemplar", ("代表措施", "exemplar"), |row: &&ClusterRow| row.exemplar.clone()),
    ];
    let named = Named {
        id: "clusters",
        title: ("聚类", "Clusters"),
        text: (
            "按用词相近成组的措施，与编码手册无关。",
            "Measures grouped by their words, whatever the codebook says.",
        ),
    };
    let keys = |row: &&ClusterRow| vec![("cluster".into(), row.cluster.to_string())];
    table(view.lang, &named, &columns, keys, view.analysis.clusters.iter())
}

pub(super) fn documents(view: View<'_>) -> Table {
    let measures = |coded: &CodedDocument| {
        coded.measures.iter().filter(|measure| measure.measure.part == view.analysis.part).count() as u64
    };
    let columns = [
        words("doc", ("文件", "document"), |coded: &&CodedDocument| coded.document.id.clone()),
        words("place", ("地方", "place"), |coded: &&CodedDocument| coded.document.meta.place.name.clone()),
        number("year", ("年份", "year"), |coded: &&CodedDocument| {
            coded.document.meta.year.map(|(year, _)| f64::from(year))
        }),
        words("title", ("标题", "title"), |coded: &&CodedDocument| {
            coded.document.meta.title.clone().unwrap_or_default()
        }),
        words("encoding", ("编码", "encoding"), |coded: &&CodedDocument| coded.document.decoding.encoding.clone()),
        number("sentences", ("句", "sentences"), |coded: &&CodedDocument| count(coded.outline.sentences.len() as u64)),
        number("measures", ("措施", "measures"), move |coded: &&CodedDocument| count(measures(coded))),
        words("warnings", ("注意", "warnings"), move |coded: &&CodedDocument| {
            let worded = coded.warnings.iter().map(|notice| view.lang.pick(&notice.zh, &notice.en));
            worded.collect::<Vec<_>>().join(view.lang.pick("", " "))
        }),
    ];
    let named = Named { id: "documents", title: ("文件", "Documents"), text: ("", "") };
    let keys = |coded: &&CodedDocument| vec![("doc".into(), coded.document.id.clone())];
    table(view.lang, &named, &columns, keys, view.analysis.documents.iter())
}
