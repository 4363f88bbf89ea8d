//! The tables of statistics agree with one another and with the sentences.

use std::collections::{BTreeMap, BTreeSet};

use crate::work::{Work, project};

type Row = BTreeMap<String, String>;

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} is “{}”", row[column]))
}

fn key(row: &Row) -> (String, String, String) {
    (row["place"].clone(), row["year"].clone(), row["theme"].clone())
}

fn sample(arguments: &[&str]) -> Work {
    let work = Work::new();
    let ended = work.run(&[&["-q", "run", "--format", "csv"], arguments].concat());
    assert_eq!(ended.code, 0, "{}", ended.said);
    work
}

#[test]
fn every_table_of_the_dictionary_is_written_with_its_columns() {
    let work = sample(&[]);
    let dictionary = std::fs::read(work.path("out/dictionary.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(dictionary.strip_prefix(b"\xef\xbb\xbf").unwrap());
    let mut promised: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in reader.records() {
        let row = row.unwrap();
        promised.entry(row[0].to_owned()).or_default().push(row[1].to_owned());
    }
    for (table, columns) in promised {
        let bytes = std::fs::read(work.path(&format!("out/tables/{table}.csv"))).expect(&table);
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.trim_start_matches('\u{feff}').lines().next().unwrap(), columns.join(","), "{table}");
        // The sample has no copies and no series of five years.
        let empty = ["duplicates", "turns"].contains(&table.as_str());
        assert_eq!(text.lines().count() == 1, empty, "{table}");
        let ascii = columns.iter().all(|name| {
            name.len() <= 32 && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        });
        assert!(ascii, "{table} has a name that Stata refuses: {columns:?}");
    }
}

#[test]
fn every_format_holds_the_same() {
    use calamine::Reader;
    use polars::prelude::{IpcReader, ParquetReader, SerReader};
    let work = Work::new();
    let ended = work.run(&["-q", "run", "--out", "out", "--format", "csv,parquet,arrow,jsonl,xlsx"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(work.path("out/tables/tables.xlsx")).unwrap();
    let sheets = book.sheet_names();
    assert!(sheets.len() > 20, "{sheets:?}");
    for table in sheets {
        let file = |ending: &str| std::fs::File::open(work.path(&format!("out/tables/{table}.{ending}"))).unwrap();
        let parquet = ParquetReader::new(file("parquet")).finish().unwrap();
        let arrow = IpcReader::new(file("arrow")).finish().unwrap();
        assert!(parquet.equals_missing(&arrow), "{table}: {:?} and {:?}", parquet.shape(), arrow.shape());
        let mut csv = csv::Reader::from_reader(file("csv"));
        let names: Vec<String> =
            csv.headers().unwrap().iter().map(|name| name.trim_start_matches('\u{feff}').to_owned()).collect();
        let columns: Vec<&str> = parquet.get_column_names().into_iter().map(|name| name.as_str()).collect();
        assert_eq!(names, columns, "{table}");
        let rows = csv.records().filter(|row| row.is_ok()).count();
        assert_eq!(rows, parquet.height(), "{table}");
        let jsonl = std::io::read_to_string(file("jsonl")).unwrap();
        assert_eq!(jsonl.lines().count(), rows, "{table}");
        if let Some(line) = jsonl.lines().next() {
            let object: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(names.iter().all(|name| object.get(name).is_some()), "{table}: {line}");
        }
        let range = book.worksheet_range(&table).unwrap();
        assert_eq!(range.height().saturating_sub(1), rows, "{table}");
    }
}

#[test]
fn the_panel_is_complete_and_agrees_with_emphasis_and_the_measures() {
    let work = sample(&[]);
    let (panel, emphasis) = (work.table("out", "panel"), work.table("out", "emphasis"));
    let by_key: BTreeMap<_, &Row> = emphasis.iter().map(|row| (key(row), row)).collect();
    let distinct = |column: &str| panel.iter().map(|row| row[column].clone()).collect::<BTreeSet<_>>().len();
    assert_eq!(panel.len(), distinct("place") * distinct("year") * distinct("theme"), "every cell has its row");
    let mut seen = 0;
    for row in &panel {
        match by_key.get(&key(row)) {
            None => {
                assert_eq!((row["status"].as_str(), row["measures"].as_str()), ("missing", ""), "{:?}", key(row));
            }
            Some(of_emphasis) => {
                seen += 1;
                for column in ["measures", "sentences", "chars"] {
                    assert_eq!(row[column], of_emphasis[column], "{column} of {:?}", key(row));
                }
                let occurs = number(row, "measures") + number(row, "measures_fractional") > 0.0;
                assert_eq!(row["status"], if occurs { "present" } else { "zero" });
                assert!((number(row, "share_measures") - number(of_emphasis, "share")).abs() < 1e-12);
            }
        }
    }
    assert_eq!(seen, emphasis.iter().filter(|row| !row["year"].is_empty()).count());
    assert!(panel.iter().any(|row| row["status"] == "missing"), "the sample has a place with one year only");

    let mut totals: BTreeMap<(String, String), [f64; 6]> = BTreeMap::new();
    let known = || panel.iter().filter(|row| row["status"] != "missing");
    for row in known() {
        let sums = totals.entry((row["place"].clone(), row["year"].clone())).or_default();
        let names = ["measures", "sentences", "chars"];
        for (weight, name) in names.iter().enumerate() {
            sums[weight] += number(row, name);
            sums[weight + 3] += number(row, &format!("{name}_fractional"));
        }
    }
    for row in known() {
        let sums = &totals[&(row["place"].clone(), row["year"].clone())];
        for (weight, name) in ["measures_total", "sentences_total", "chars_total"].into_iter().enumerate() {
            assert_eq!(sums[weight], number(row, name), "{name} of {:?}", key(row));
            assert!((sums[weight + 3] - number(row, name)).abs() < 1e-6, "halves of {name} of {:?}", key(row));
        }
    }
    assert!(
        known().any(|row| row["measures"] != row["measures_fractional"].replace(".0", "")),
        "some measure has two themes"
    );

    let of_places: f64 = work.table("out", "place_years").iter().map(|row| number(row, "measures")).sum();
    assert_eq!(of_places, emphasis.iter().map(|row| number(row, "measures")).sum::<f64>());
}

#[test]
fn a_target_stands_in_a_planning_sentence_at_its_offsets() {
    let plan = project("notebooks-data/sample/铸山镇_2022.txt");
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", plan.to_str().unwrap(), "--format", "csv"]).code, 0);
    let text: Vec<char> = std::fs::read_to_string(&plan).unwrap().chars().collect();
    let sentences: BTreeMap<String, Row> =
        work.table("out", "sentences").into_iter().map(|row| (row["n"].clone(), row)).collect();
    let targets = work.table("out", "targets");
    assert!(targets.len() >= 5, "{}", targets.len());
    for row in &targets {
        let sentence = &sentences[&row["n"]];
        assert_eq!(row["text"], sentence["text"]);
        assert_eq!(sentence["part"], "plan");
        assert!(["heading", "measure", "target"].contains(&sentence["kind"].as_str()), "{}", sentence["kind"]);
        let (start, end) = (number(row, "start") as usize, number(row, "end") as usize);
        assert!(start >= number(sentence, "start") as usize && end <= number(sentence, "end") as usize);
        let amount: String = text[start..end].iter().collect();
        let unit = row["unit"].trim_start_matches(['万', '亿']);
        assert!(amount.contains(unit), "“{amount}” does not hold its unit {unit}");
    }
    let yuan = targets.iter().find(|row| row["normal_unit"] == "yuan" && row["unit"].starts_with('万'));
    yuan.into_iter().for_each(|row| assert!(number(row, "normal_value") >= 10_000.0, "{row:?}"));
}

#[test]
fn commitment_and_position_follow_the_counts_of_emphasis() {
    let work = sample(&[]);
    let emphasis: BTreeMap<_, Row> = work.table("out", "emphasis").into_iter().map(|row| (key(&row), row)).collect();
    let commitment = work.table("out", "commitment");
    let occurring = emphasis.values().filter(|row| row["measures"] != "0").count();
    assert_eq!(commitment.len(), occurring, "a row for every theme that occurs");
    for row in &commitment {
        assert_eq!(row["measures"], emphasis[&key(row)]["measures"]);
        assert!(number(row, "cued") <= number(row, "measures"));
        assert_eq!(row["strength"].is_empty(), row["cued"] == "0");
        if !row["strength_low"].is_empty() {
            assert!(number(row, "strength_low") <= number(row, "strength"));
            assert!(number(row, "strength") <= number(row, "strength_high"));
        }
    }
    let mut space: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in work.table("out", "position") {
        *space.entry((row["place"].clone(), row["year"].clone())).or_default() += number(&row, "space");
        assert_eq!(row["position"].is_empty(), emphasis[&key(&row)]["measures"] == "0");
    }
    assert!(space.values().all(|sum| (sum - 1.0).abs() < 1e-9), "{space:?}");
}

#[test]
fn the_map_the_pairs_and_the_tree_hold_every_place_once() {
    let work = sample(&[]);
    let places: BTreeSet<String> = work.table("out", "emphasis").into_iter().map(|row| row["place"].clone()).collect();
    let n = places.len();
    assert_eq!(work.table("out", "similarity").len(), n * (n - 1) / 2);
    let tree = work.table("out", "tree");
    assert_eq!(tree.len(), 2 * n - 1);
    let leaves: BTreeSet<String> =
        tree.iter().map(|row| row["place"].clone()).filter(|name| !name.is_empty()).collect();
    assert_eq!(leaves, places);
    let orders: BTreeSet<usize> = tree.iter().filter_map(|row| row["order"].parse().ok()).collect();
    assert_eq!(orders, (1..=n).collect());
    assert_eq!(number(tree.last().unwrap(), "size") as usize, n);

    let points = work.table("out", "correspondence");
    let axis = |kind: &str, axis: &str, column: &str| -> f64 {
        let rows = points.iter().filter(|row| row["point_kind"] == kind && row["axis"] == axis);
        rows.map(|row| number(row, column)).sum()
    };
    for kind in ["place", "theme"] {
        assert!((axis(kind, "1", "mass") - 1.0).abs() < 1e-9);
        assert!((axis(kind, "1", "contribution") - 1.0).abs() < 1e-9);
        // Masses times squared coordinates make the inertia of the axis.
        let rows = points.iter().filter(|row| row["point_kind"] == kind && row["axis"] == "1");
        let inertia: f64 =
            rows.map(|row| number(row, "mass") * number(row, "coordinate") * number(row, "coordinate")).sum();
        assert!((inertia - number(&points[0], "axis_inertia")).abs() < 1e-9);
    }
    assert!(points.iter().any(|row| row["point_kind"] == "year" && row["supplementary"] == "true"));
}

#[test]
fn changes_are_the_differences_of_shares() {
    let work = sample(&[]);
    let share: BTreeMap<_, f64> =
        work.table("out", "emphasis").iter().map(|row| (key(row), number(row, "share"))).collect();
    let change = work.table("out", "change");
    let mut comparisons = BTreeSet::new();
    for row in &change {
        comparisons.insert(row["comparison"].clone());
        let (from, to) = (number(row, "from_share"), number(row, "to_share"));
        assert!((number(row, "change") - (to - from)).abs() < 1e-12);
        assert!(number(row, "change_low") <= to - from && to - from <= number(row, "change_high"));
        let at = |year: &str| (row["place"].clone(), row[year].clone(), row["theme"].clone());
        assert_eq!(from, share[&at("from_year")], "both comparisons begin with a plan's share");
        if row["comparison"] == "year_on_year" {
            assert_eq!(to, share[&at("to_year")]);
        } else {
            assert_eq!(row["from_year"], row["to_year"]);
        }
    }
    assert_eq!(comparisons.into_iter().collect::<Vec<_>>(), ["review_against_plan", "year_on_year"]);
}

#[test]
fn a_review_of_several_years_is_held_against_no_plan() {
    let read = |year: &str| {
        let path = project("notebooks-data/sample").join(format!("铸山镇_{year}.txt"));
        String::from_utf8(std::fs::read(path).expect("the sample is there")).expect("it is UTF-8")
    };
    let compared = |head: &str| {
        let report = read("2023").replace("2022年工作总结", head);
        assert!(report.contains(head));
        let work = Work::new().with("in/铸山镇_2022.txt", read("2022")).with("in/铸山镇_2023.txt", report);
        let ended = work.run(&["-q", "run", "in", "--out", "out", "--format", "csv"]);
        assert_eq!(ended.code, 0, "{}", ended.said);
        work.table("out", "change").iter().filter(|row| row["comparison"] == "review_against_plan").count()
    };
    assert!(compared("2022年工作总结") > 0);
    for head in ["过去五年工作总结", "“十三五”时期和2022年工作总结", "本届政府和2022年工作总结"]
    {
        assert_eq!(compared(head), 0, "{head}");
    }
}

#[test]
fn keyness_knows_places_themes_years_and_parts_and_no_word_of_one_document() {
    let work = sample(&[]);
    let (keyness, dispersion) = (work.table("out", "keyness"), work.table("out", "dispersion"));
    let kinds: BTreeSet<&str> = keyness.iter().map(|row| row["target_kind"].as_str()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["part", "place", "theme", "year"]);
    assert_eq!(keyness.len(), dispersion.len());
    for (row, spread) in keyness.iter().zip(&dispersion) {
        for column in ["target_kind", "target", "term"] {
            assert_eq!(row[column], spread[column]);
        }
        assert!(number(spread, "documents") >= 2.0, "{} stands in one document only", row["term"]);
        assert_eq!(spread["dispersion"].is_empty(), row["count"] == "0");
    }
    let loose = Work::new().with("my.toml", "[keyness]\nmin_documents = 1\n");
    assert_eq!(loose.run(&["-q", "run", "--format", "csv", "--config", "my.toml"]).code, 0);
    assert!(loose.table("out", "dispersion").iter().any(|row| row["documents"] == "1"), "unless it is asked for");
}

#[test]
fn groups_can_be_compared_and_an_unknown_column_is_refused_with_those_there_are() {
    let work = sample(&["--by", "group"]);
    let groups: BTreeSet<String> = work.table("out", "emphasis").into_iter().map(|row| row["place"].clone()).collect();
    assert!(groups.contains("工业镇") && groups.contains("林果镇"), "{groups:?}");
    let all = sample(&[]);
    let sum = |work: &Work| work.table("out", "emphasis").iter().map(|row| number(row, "measures")).sum::<f64>();
    assert_eq!(sum(&work), sum(&all), "groups share out the same measures");

    let work = Work::new();
    let ended = work.run(&["-q", "run", "--by", "altitude"]);
    assert_eq!(ended.code, 4);
    for part in ["altitude", "group", "level"] {
        assert!(ended.said.contains(part), "{}", ended.said);
    }
}

#[test]
fn the_review_has_its_own_rows() {
    let (plan, review) = (sample(&[]), sample(&["--part", "review"]));
    let counted = |work: &Work, part: &str| {
        let general = |row: &&Row| row["part"] == part && row["theme"] != "general";
        work.table("out", "measures").iter().filter(general).count() as f64
    };
    let sum = |work: &Work| work.table("out", "emphasis").iter().map(|row| number(row, "measures")).sum::<f64>();
    assert_eq!(sum(&review), counted(&review, "review"));
    assert_ne!(sum(&review), sum(&plan));
    let sentences = review.table("out", "sentences");
    let parts: BTreeMap<(String, String), String> =
        sentences.into_iter().map(|row| ((row["doc"].clone(), row["n"].clone()), row["part"].clone())).collect();
    for row in review.table("out", "targets") {
        assert_eq!(parts[&(row["doc"].clone(), row["n"].clone())], "review");
    }
}

#[test]
fn transmitted_measures_are_left_out_where_own_words_are_asked_for() {
    let read = |name: &str| std::fs::read_to_string(project("notebooks-data/sample").join(name)).unwrap();
    let (one, other) = (read("铸山镇_2022.txt"), read("鹰岩镇_2022.txt"));
    let lines: Vec<&str> = one.lines().collect();
    let copied = lines[lines.len() / 2..].join("\n");
    let work = Work::new().with("in/铸山镇_2022.txt", one).with("in/鹰岩镇_2022.txt", format!("{other}\n{copied}\n"));
    assert_eq!(work.run(&["-q", "run", "in", "--format", "csv", "--out", "all"]).code, 0);
    assert_eq!(work.run(&["-q", "run", "in", "--format", "csv", "--out", "own", "--own-words"]).code, 0);
    let rows = work.table("all", "own_words");
    assert_eq!(rows.len(), 2);
    for row in &rows {
        assert!(number(row, "shared") > 0.0 && number(row, "share") < 1.0, "{row:?}");
        assert!(0.0 < number(row, "transmitted") && number(row, "transmitted") < number(row, "measures"), "{row:?}");
    }
    let transmitted: f64 = rows.iter().map(|row| number(row, "transmitted")).sum();
    let sum = |out: &str| -> f64 {
        let counted =
            |row: &Row| ["measures", "general", "abstained"].map(|column| number(row, column)).iter().sum::<f64>();
        work.table(out, "place_years").iter().map(counted).sum()
    };
    assert_eq!(sum("all") - sum("own"), transmitted);
}
