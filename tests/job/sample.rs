//! The main job on the sample inside the repository.

use std::collections::BTreeSet;

use crate::work::{Work, files, project};

#[test]
fn the_sample_becomes_tables_charts_and_a_page_that_verify() {
    let work = Work::new();
    let ended = work.run(&["run"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.said.contains("report.html"), "the run says which file to open: {}", ended.said);

    let written = files(&work.path("out"));
    for name in [
        "report.html",
        "methods.md",
        "dictionary.csv",
        "charts/heatmap.png",
        "charts/heatmap.svg",
        "charts/clusters.png",
    ] {
        assert!(written.contains_key(name), "{name} is missing from {:?}", written.keys());
    }
    for table in ["documents", "sentences", "measures", "clusters", "terms", "emphasis", "keyness", "diversity"] {
        assert!(written.contains_key(&format!("tables/{table}.parquet")), "{table}.parquet is missing");
        assert!(!work.table("out", table).is_empty(), "{table} has no row");
    }
    let ended = work.run(&["verify", "out"]);
    assert_eq!(ended.code, 0, "{}{}", ended.printed, ended.said);
}

#[test]
fn counts_agree_between_tables() {
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", "--format", "csv"]).code, 0);
    let measures = work.table("out", "measures");
    let plan: Vec<_> = measures.iter().filter(|row| row["part"] == "plan" && row["theme"] != "general").collect();
    let emphasis = work.table("out", "emphasis");
    let counted: u64 = emphasis.iter().map(|row| row["measures"].parse::<u64>().unwrap()).sum();
    assert_eq!(counted, plan.len() as u64, "every measure of the plan with a theme stands in one cell");

    let held: BTreeSet<String> = work
        .table("out", "sentences")
        .into_iter()
        .map(|row| row["measure"].clone())
        .filter(|id| !id.is_empty())
        .collect();
    assert_eq!(held, measures.iter().map(|row| row["measure"].clone()).collect(), "measures and their sentences agree");

    for (place, year) in emphasis.iter().map(|row| (row["place"].clone(), row["year"].clone())).collect::<BTreeSet<_>>()
    {
        let rows = emphasis.iter().filter(|row| row["place"] == place && row["year"] == year);
        let sum: f64 = rows.map(|row| row["share"].parse::<f64>().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-9, "the shares of {place} {year} sum to {sum}");
    }
}

#[test]
fn offsets_lead_back_to_the_sentence() {
    let work = Work::new();
    let plan = project("notebooks-data/sample/铸山镇_2022.txt");
    assert_eq!(work.run(&["-q", "run", plan.to_str().unwrap(), "--format", "csv"]).code, 0);
    let text: Vec<char> = std::fs::read_to_string(&plan).unwrap().chars().collect();
    let rows = work.table("out", "sentences");
    for row in &rows {
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        assert_eq!(text[start..end].iter().collect::<String>(), row["text"]);
    }
    assert!(rows.len() > 20);
}

#[test]
fn a_changed_table_is_found_by_verify() {
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", "--format", "csv"]).code, 0);
    std::fs::write(work.path("out/tables/terms.csv"), "mine").unwrap();
    let ended = work.run(&["verify", "out"]);
    assert_eq!((ended.code, ended.printed.as_str()), (1, "tables/terms.csv was changed\n"));
}

#[test]
fn outline_prints_heads_kinds_and_blocks() {
    let work = Work::new();
    let plan = project("notebooks-data/sample/暖泉坪镇_2023.txt");
    let ended = work.run(&["outline", plan.to_str().unwrap()]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.printed.contains("heading") && ended.printed.contains("┌"), "{}", ended.printed);
}
