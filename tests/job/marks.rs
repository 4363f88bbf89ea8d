//! Every mark of every chart counts exactly the sentences, measures or occurrences that its keys lead to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::work::Work;

type Keys = BTreeMap<String, String>;

/// The attributes `data-NAME` of every mark of the page's charts that counts something.
fn marks(html: &str) -> Vec<Keys> {
    let plain =
        |text: &str| text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    html.split("<g ")
        .skip(1)
        .filter_map(|after| after.split_once('>'))
        .map(|(head, _)| {
            let named = head.split(" data-").flat_map(|piece| piece.trim_start_matches("data-").split_once("=\""));
            named.map(|(name, rest)| (name.to_owned(), plain(rest.trim_end().trim_end_matches('"')))).collect()
        })
        .filter(|keys: &Keys| keys.contains_key("count"))
        .collect()
}

/// What the page knows of its sentences.
struct Page {
    data: Value,
}

impl Page {
    fn of(html: &str) -> Page {
        let after = html.split("id=\"cezhong-data\">").nth(1).expect("the page holds its data");
        let data = after.split("</script>").next().expect("the data end");
        Page { data: serde_json::from_str(data).expect("the data are JSON") }
    }

    fn id(&self, list: &str, number: &Value) -> Option<&str> {
        self.data[list][number.as_u64()? as usize][0].as_str()
    }

    /// How many things stand behind a mark, by what its keys mean.
    fn behind(&self, keys: &Keys) -> u64 {
        let unit = keys.get("unit").map_or("measure", String::as_str);
        let term = keys.get("term").map(|term| {
            let terms = self.data["terms"].as_array().expect("a list of terms");
            terms.iter().position(|known| known == term).expect("the page knows the term") as u64
        });
        let texts = &self.data["sentences"];
        let (mut measures, mut sentences, mut hits) = (BTreeSet::new(), 0, 0);
        for row in texts["rows"].as_array().expect("sentences stand in the page").iter() {
            let theme = if unit == "sentence" { self.id("themes", &row[8]) } else { self.id("themes", &row[10]) };
            let measured = self.id("themes", &row[10]);
            let occurrences = row[15].as_array().expect("a list").chunks(2).find(|pair| pair[0].as_u64() == term);
            let occurrences = occurrences.map_or(0, |pair| pair[1].as_u64().expect("a count"));
            let fits = keys.iter().all(|(name, value)| match name.as_str() {
                "place" => texts["places"][row[4].as_u64().unwrap() as usize] == *value,
                "year" => row[5].as_i64().map_or("none".to_owned(), |year| year.to_string()) == *value,
                // A measure is of one part, though a sentence in it may speak of another.
                "part" => {
                    let part = if unit == "sentence" || row[11].is_null() { &row[6] } else { &row[11] };
                    self.id("parts", part) == Some(value.as_str())
                }
                "theme" => theme == Some(value.as_str()),
                "cluster" => row[12].as_u64().is_some_and(|cluster| cluster.to_string() == *value),
                "measure" => row[9] == *value,
                "doc" => texts["docs"][row[0].as_u64().unwrap() as usize] == *value,
                "n" => row[1].as_u64().is_some_and(|n| n.to_string() == *value),
                "term" => occurrences > 0,
                "scope" => match value.as_str() {
                    "" => true,
                    "counted" => measured.is_some_and(|theme| self.data["general"] != theme),
                    "sure" => measured.is_some(),
                    "clustered" => measured.is_some() && !row[12].is_null(),
                    other => panic!("a mark has the unknown scope {other}"),
                },
                "count" | "unit" => true,
                other => panic!("a mark has the unknown key {other}"),
            });
            if !fits || (unit != "sentence" && row[9].is_null()) {
                continue;
            }
            measures.insert(row[9].as_str());
            sentences += 1;
            hits += if term.is_some() { occurrences } else { 0 };
        }
        match unit {
            "measure" => measures.len() as u64,
            "sentence" => sentences,
            "term" => hits,
            other => panic!("a mark has the unknown unit {other}"),
        }
    }
}

#[test]
fn every_mark_counts_what_stands_behind_it() {
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", "--format", "csv"]).code, 0);
    let html = std::fs::read_to_string(work.path("out/report.html")).unwrap();
    let (page, marks) = (Page::of(&html), marks(&html));
    let mut wrong = Vec::new();
    for keys in &marks {
        let (said, found) = (keys["count"].parse::<u64>().unwrap(), page.behind(keys));
        if said != found {
            wrong.push(format!("{keys:?} lead to {found}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} marks are wrong:\n{}", wrong.len(), marks.len(), wrong.join("\n"));
    assert!(marks.len() > 500, "only {} marks were found", marks.len());
}

#[test]
fn a_chart_is_drawn_again_in_another_language_and_for_one_place() {
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", "--format", "csv"]).code, 0);
    let listed = work.run(&["chart", "out"]);
    assert!(listed.printed.lines().any(|line| line.starts_with("heatmap\t")), "{}{}", listed.printed, listed.said);
    let again = work.run(&["chart", "heatmap", "-o", "again.svg"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(
        std::fs::read(work.path("again.svg")).unwrap(),
        std::fs::read(work.path("out/charts/heatmap.svg")).unwrap(),
        "the same options give the same picture"
    );
    let ended = work.run(&[
        "chart",
        "heatmap",
        "out",
        "--lang",
        "en",
        "--size",
        "print",
        "--places",
        "铸山镇",
        "-o",
        "one.png",
    ]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(std::fs::read(work.path("one.png")).unwrap().starts_with(b"\x89PNG"));
    let ended = work.run(&["chart", "nosuch", "out"]);
    assert!(ended.code == 3 && ended.said.contains("heatmap"), "{}", ended.said);
    let ended = work.run(&["chart", "heatmap", "out", "--places", "无此镇"]);
    assert!(ended.code == 3 && ended.said.contains("无此镇"), "{}", ended.said);
}
