//! Five real township documents, when they stand beside the project.

use std::collections::BTreeMap;

use crate::work::{Work, project};

#[test]
fn the_seeds_are_read_placed_and_coded() {
    let seeds = project("../shared/seeds");
    if !seeds.is_dir() {
        println!("skipped: there is no ../shared/seeds beside the project");
        return;
    }
    let work = Work::new();
    let ended = work.run(&["run", seeds.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let documents = work.table("out", "documents");
    assert_eq!(documents.len(), 5);
    let facts: BTreeMap<&str, (&str, &str)> =
        documents.iter().map(|row| (&row["doc"][..3], (row["place"].as_str(), row["year"].as_str()))).collect();
    assert_eq!(facts["000"], ("池上镇", "2023"));
    assert_eq!(facts["001"].1, "2023");
    assert_eq!(facts["002"], ("阴平镇", "2022"));
    assert_eq!(facts["003"], ("官庄镇", "2023"));
    assert_eq!(facts["004"], ("张坊镇", "2023"));
    assert!(facts["001"].0.starts_with("001_"), "a masked place is named by its file");
    let warning = &documents.iter().find(|row| row["doc"].starts_with("001")).unwrap()["warnings"];
    assert!(!warning.is_empty(), "an unknown place is warned of");
    for row in &documents {
        assert!(row["measures"].parse::<u32>().unwrap() >= 10, "{} has {} measures", row["doc"], row["measures"]);
    }
}
