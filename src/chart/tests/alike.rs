//! Charts that put like things together: clusters, the map of places and themes, the tree.

use super::checked::show;
use super::made_up::{TERMS, caption, noise, places, themes};
use crate::chart::{ClusterMap, Correspondence, Dendrogram, Join, Label, Lang, MapCluster, MapMark, MapPoint, Style};

fn cluster_map(clusters: usize, points: usize, lang: Lang) -> ClusterMap {
    let mut seed = 5;
    let centres: Vec<(f64, f64)> = (0..clusters).map(|_| (noise(&mut seed) * 1.6, noise(&mut seed))).collect();
    let point = |i: usize| {
        let cluster = (i * i + i) % clusters;
        let mut near = |centre: f64| centre + (noise(&mut seed) + noise(&mut seed) + noise(&mut seed) - 1.5) * 0.22;
        MapPoint {
            x: near(centres[cluster].0),
            y: near(centres[cluster].1),
            cluster,
            keys: vec![("measure".into(), format!("m{i}"))],
        }
    };
    let name = |i: usize| format!("{}·{}·{}", TERMS[i % 16], TERMS[(i * 5 + 1) % 16], TERMS[(i * 7 + 2) % 16]);
    ClusterMap {
        title: lang.pick("措施的类别", "Clusters of measures").into(),
        x_name: lang.pick("潜在轴 1（无量纲）", "latent axis 1 (no unit)").into(),
        y_name: lang.pick("潜在轴 2（无量纲）", "latent axis 2 (no unit)").into(),
        points: (0..points).map(point).collect(),
        clusters: (0..clusters)
            .map(|i| MapCluster { number: i, name: name(i), size: points / clusters + 9 * (clusters - i) })
            .collect(),
        caption: caption(lang),
    }
}

#[test]
fn cluster_map_names_its_clusters() {
    let pages = show("cluster_map", |lang, style| cluster_map(9, 700, lang).draw(style));
    assert!(pages[0].svg.contains("data-measure=\"m12\""));
    show("cluster_map_24", |lang, style| cluster_map(24, 4000, lang).draw(style));
}

#[test]
fn correspondence_names_do_not_overlap() {
    let chart = |places: usize, lang: Lang| {
        let mut seed = 9;
        let mut mark = |label: Label| MapMark {
            label,
            x: noise(&mut seed) * noise(&mut seed) - 0.3,
            y: noise(&mut seed) * 0.8 - 0.4,
        };
        Correspondence {
            title: lang.pick("地方与主题的对应", "Places and themes").into(),
            places: self::places(places).into_iter().map(&mut mark).collect(),
            themes: themes(lang).into_iter().map(&mut mark).collect(),
            supplementary: ["2024", "2025"].into_iter().map(|year| mark(Label::new(year, "year", year))).collect(),
            inertia: [0.412, 0.233],
            caption: caption(lang),
        }
    };
    show("correspondence", |lang, style| chart(14, lang).draw(style));
    show("correspondence_120", |lang, style| chart(120, lang).draw(style));
}

#[test]
fn dendrogram_joins_all_leaves_and_refuses_what_is_no_tree() {
    let chart = |n: usize, lang: Lang| Dendrogram {
        title: lang.pick("地方的相似", "How alike places are").into(),
        distance_name: lang.pick("距离（Jensen–Shannon，0–1）", "distance (Jensen–Shannon, 0–1)").into(),
        leaves: places(n),
        // Pairs first, then everything to the first pair.
        joins: (0..n / 2)
            .map(|i| Join { left: 2 * i, right: 2 * i + 1, distance: 0.05 + 0.01 * i as f64 })
            .chain((1..n / 2).map(|i| Join {
                left: if i == 1 { n } else { n + n / 2 + i - 2 },
                right: n + i,
                distance: 0.1 + 0.08 * i as f64,
            }))
            .collect(),
        caption: caption(lang),
    };
    show("dendrogram", |lang, style| chart(14, lang).draw(style));
    let mut broken = chart(14, Lang::Zh);
    broken.joins.pop();
    assert!(broken.draw(&Style::default()).unwrap_err().to_string().contains("12 joins"));
}
