//! The same input and settings give the same bytes.

use crate::work::{PLAN, Work, files, project};

#[test]
fn threads_and_the_order_of_files_change_no_byte() {
    let work = Work::new();
    let sample = project("notebooks-data/sample");
    let folder = sample.to_str().unwrap();
    assert_eq!(work.run(&["-q", "run", folder, "--threads", "1", "--out", "one"]).code, 0);

    let mut shuffled: Vec<String> = std::fs::read_dir(&sample)
        .unwrap()
        .map(|entry| entry.unwrap().path().to_str().unwrap().to_owned())
        .filter(|path| !path.ends_with("documents.csv"))
        .collect();
    shuffled.sort();
    shuffled.reverse();
    let documents = sample.join("documents.csv");
    let mut arguments =
        vec!["-q", "run", "--threads", "3", "--out", "shuffled", "--documents", documents.to_str().unwrap()];
    arguments.extend(shuffled.iter().map(String::as_str));
    let ended = work.run(&arguments);
    assert_eq!(ended.code, 0, "{}", ended.said);

    let (one, other) = (files(&work.path("one")), files(&work.path("shuffled")));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

#[test]
fn the_embedded_sample_is_the_folder() {
    let work = Work::new();
    let sample = project("notebooks-data/sample");
    assert_eq!(work.run(&["-q", "run", "--out", "inside", "--format", "csv"]).code, 0);
    assert_eq!(work.run(&["-q", "run", sample.to_str().unwrap(), "--out", "folder", "--format", "csv"]).code, 0);
    for table in ["sentences", "measures", "emphasis"] {
        assert_eq!(work.table("inside", table), work.table("folder", table), "{table}");
    }
}

#[test]
fn a_locked_run_repeats_or_says_why_not() {
    let work = Work::new().with("in/桃花镇_2024.txt", PLAN);
    assert_eq!(work.run(&["-q", "run", "in", "--out", "first"]).code, 0);
    let ended = work.run(&["-q", "run", "--locked", "first/manifest.json", "--out", "second"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(files(&work.path("first")) == files(&work.path("second")));

    let work = work.with("in/桃花镇_2024.txt", PLAN.repeat(2));
    let ended = work.run(&["-q", "run", "--locked", "first/manifest.json", "--out", "third"]);
    assert_eq!(ended.code, 3);
    assert!(ended.said.contains("桃花镇_2024.txt was changed"), "{}", ended.said);
}
