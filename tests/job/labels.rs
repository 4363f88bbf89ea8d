//! People in the loop from the outside: sample, fill, import, train, agree, correct; and what is said of bad labels.

use std::collections::BTreeMap;

use crate::work::{Ended, PLAN, Work, project};

const OTHER: &str = "青石镇2024年工作计划\n一、抓工业。引进企业三家，新建标准厂房一万平方米，改造园区变电站一座，培训技工两百人，帮助五家企业扩大生产，办好招商推介会。\n\
    二、抓环境。清淤河道三公里，建设污水处理站一座，栽植行道树两千株，关停小散乱作坊七家，整治裸露土地三百亩，巡查秸秆焚烧。\n\
    三、抓教育。扩建幼儿园一所，新招教师十二名，更新课桌椅六百套，开设课后托管班，资助困难学生四十人，修缮操场两处，配齐校医。\n\
    四、抓安全。排查燃气隐患九十处，更换老旧电线，演练防汛两次，备足沙袋救生衣，值班值守不断人，守住安全底线。\n";

fn work() -> Work {
    Work::new().with("in/a.txt", PLAN).with("in/b.txt", OTHER)
}

fn rows(work: &Work, name: &str) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let bytes = std::fs::read(work.path(name)).expect("the sheet is there");
    let mut reader = csv::Reader::from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").expect("a byte order mark"));
    let head = reader.headers().expect("a header").iter().map(String::from).collect();
    (head, reader.deserialize().map(|row| row.expect("a row")).collect())
}

/// The sheet with its cells of `theme` (and `kind`) filled by `theme_of`.
fn filled(
    work: &Work,
    name: &str,
    theme_of: impl Fn(&BTreeMap<String, String>) -> (&'static str, &'static str),
) -> String {
    let (head, rows) = rows(work, name);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&head).unwrap();
    for mut row in rows {
        let (kind, theme) = theme_of(&row);
        row.insert("kind".into(), kind.into());
        row.insert("theme".into(), theme.into());
        writer.write_record(head.iter().map(|name| &row[name])).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn refused(ended: &Ended, says: &[&str]) {
    assert_eq!(ended.code, 6, "{}", ended.said);
    for part in says {
        assert!(ended.said.contains(part), "“{part}” is not said: {}", ended.said);
    }
}

#[test]
fn a_sample_is_drawn_filled_imported_and_trained_on() {
    let work = work();
    let ended = work.run(&["label", "sample", "in", "-o", "sheet.csv", "-n", "1000"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let again = work.run(&["label", "sample", "in", "-o", "again.csv", "-n", "1000"]);
    assert_eq!(again.code, 0);
    assert_eq!(std::fs::read(work.path("sheet.csv")).unwrap(), std::fs::read(work.path("again.csv")).unwrap());
    let theme = |row: &BTreeMap<String, String>| match row["text"].as_str() {
        text if text.contains('桃') => ("measure", "agriculture"),
        text if text.contains("道") => ("measure", "infrastructure"),
        text if text.contains('、') => ("heading", "general"),
        _ => ("measure", "livelihood"),
    };
    let sheet = filled(&work, "sheet.csv", theme);
    let work = work.with("filled.csv", sheet);
    let ended = work.run(&["label", "import", "filled.csv", "--corpus", "in", "-o", "labels.tsv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let labels = std::fs::read_to_string(work.path("labels.tsv")).unwrap();
    assert!(
        labels.starts_with("doc\tn\tstart\tend\tkind\ttheme\ttheme2\tunit\ttext\n")
            && labels.contains("\tagriculture\t")
    );
    let ended = work.run(&["train", "--labels", "labels.tsv", "--corpus", "in", "-o", "model"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let ended = work.run(&["code", "in", "--model", "model"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.printed.lines().count() > 10, "{}", ended.printed);
}

#[test]
fn every_form_of_sheet_comes_back() {
    let work = work();
    for name in ["s.xlsx", "s.jsonl", "s.json"] {
        let ended = work.run(&["label", "sample", "in", "-o", name, "-n", "5", "--by", "diverse"]);
        assert_eq!(ended.code, 0, "{}", ended.said);
        let ended = work.run(&["label", "import", name, "--corpus", "in", "-o", "labels.tsv"]);
        refused(&ended, &[name, "none of the 5 rows has a theme yet"]);
    }
    let doccano = std::fs::read_to_string(work.path("s.jsonl")).unwrap();
    let labelled = doccano.replace("\"label\":[]", "\"label\":[\"theme:industry\",\"kind:measure\"]");
    let studio: serde_json::Value = serde_json::from_slice(&std::fs::read(work.path("s.json")).unwrap()).unwrap();
    let exported: Vec<serde_json::Value> = studio
        .as_array()
        .unwrap()
        .iter()
        .map(|task| {
            let choice = |name: &str, id: &str| serde_json::json!({"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [id]}});
            serde_json::json!({"id": 1, "data": task["data"], "annotations": [{"result": [choice("theme", "industry"), choice("kind", "measure")]}]})
        })
        .collect();
    let work = work.with("d.jsonl", labelled).with("l.json", serde_json::to_vec(&exported).unwrap());
    for name in ["d.jsonl", "l.json"] {
        let ended = work.run(&["label", "import", name, "--corpus", "in", "-o", "labels.tsv"]);
        assert_eq!(ended.code, 0, "{}", ended.said);
        let labels = std::fs::read_to_string(work.path("labels.tsv")).unwrap();
        assert_eq!(labels.matches("\tmeasure\tindustry\t-\t").count(), 5, "{name}: {labels}");
    }
}

#[test]
fn bad_cells_are_named_by_file_line_and_column() {
    let work = work();
    assert_eq!(work.run(&["label", "sample", "in", "-o", "s.csv", "-n", "3"]).code, 0);
    let good = filled(&work, "s.csv", |_| ("measure", "industry"));
    let (_, drawn) = rows(&work, "s.csv");
    let start = format!(",{},{},", drawn[0]["start"], drawn[0]["end"]);
    let cases = [
        (
            "theme.csv",
            good.replacen("industry", "trade", 1),
            vec!["theme.csv:2", "column theme", "“trade” is not in the codebook"],
        ),
        ("kind.csv", good.replacen("measure", "slogan", 1), vec!["kind.csv:2", "column kind", "“slogan”"]),
        ("offset.csv", good.replacen(&start, ",7,9999,", 1), vec!["offset.csv:2", "stands at characters 7–9999"]),
        ("doc.csv", good.replace(".txt", ".md"), vec!["doc.csv:2", "is not in the corpus"]),
        ("twice.csv", format!("{good}{}\n", good.lines().nth(1).unwrap()), vec!["twice.csv:5", "coded twice"]),
        ("cells.csv", format!("{good}a,b\n"), vec!["cells.csv:5", "2 cells under 15 columns"]),
        ("empty.csv", good.lines().next().unwrap().to_string(), vec!["empty.csv", "holds no row"]),
    ];
    for (name, content, says) in cases {
        std::fs::write(work.path(name), content).unwrap();
        let ended = work.run(&["label", "import", name, "--corpus", "in", "-o", "l.tsv"]);
        refused(&ended, &says);
        assert!(!work.path("l.tsv").exists(), "{name} left labels behind");
    }
    let ended = work.run(&["label", "sample", "in", "-o", "s.docx"]);
    assert!(ended.code == 4 && ended.said.contains("s.docx: the ending names no form"), "{}", ended.said);
}

#[test]
fn coders_are_compared_and_disputes_are_written() {
    let work = work();
    assert_eq!(work.run(&["label", "sample", "in", "-o", "s.csv", "-n", "6"]).code, 0);
    let one = filled(&work, "s.csv", |row| ("measure", if row["doc"] == "a.txt" { "agriculture" } else { "industry" }));
    let two =
        filled(&work, "s.csv", |row| ("measure", if row["doc"] == "a.txt" { "agriculture" } else { "environment" }));
    let half: String = two.lines().take(3).map(|line| format!("{line}\n")).collect();
    let work = work.with("one.csv", one).with("two.csv", two).with("half.csv", half);
    let ended = work.run(&["label", "agree", "one.csv", "two.csv", "-o", "disputed.xlsx"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.printed.contains("Cohen's kappa") && ended.printed.contains("MASI"), "{}", ended.printed);
    assert!(work.path("disputed.xlsx").exists());
    let ended = work.run(&["label", "agree", "one.csv", "half.csv"]);
    refused(&ended, &["one.csv:4", "in this sheet alone", "--partly"]);
    assert_eq!(work.run(&["label", "agree", "one.csv", "half.csv", "--partly"]).code, 0);
    let ended = work.run(&["label", "agree", "one.csv", "one.csv"]);
    assert_eq!(ended.code, 0, "a coder agrees with himself: {}", ended.said);
}

#[test]
fn two_coders_and_the_last_word_make_labels_and_correct_shares() {
    let work = Work::new().with("in/a.txt", PLAN).with("in/b.txt", PLAN.replace('桃', "杏"));
    assert_eq!(work.run(&["-q", "run", "in", "--out", "out", "--format", "csv"]).code, 0);
    assert_eq!(work.run(&["label", "sample", "in", "-o", "s.csv", "-n", "99", "--what", "measure"]).code, 0);
    let coder = |other: &'static str| {
        filled(&work, "s.csv", |row| ("measure", if row["doc"] == "a.txt" { "agriculture" } else { other }))
    };
    let (anna, ben) = (coder("industry"), coder("environment"));
    let all = anna.lines().count() - 1;
    let work = work.with("anna.csv", anna).with("ben.csv", ben);
    let import =
        |sheets: &[&str]| work.run(&[&["label", "import"], sheets, &["--corpus", "in", "-o", "labels.tsv"]].concat());
    refused(&import(&["anna.csv", "ben.csv"]), &["ben.csv:", "are labelled otherwise in anna.csv:", "label agree"]);
    refused(&work.run(&["label", "correct", "out", "--labels", "anna.csv", "ben.csv"]), &["are labelled otherwise"]);
    assert_eq!(work.run(&["label", "agree", "anna.csv", "ben.csv", "-o", "last.csv"]).code, 0);
    let again = work.run(&["label", "agree", "anna.csv", "ben.csv", "-o", "last.csv"]);
    assert!(again.code == 7 && again.said.contains("there already, and may hold labels"), "{}", again.said);
    let last = filled(&work, "last.csv", |_| ("measure", "livelihood"));
    let disputed = last.lines().count() - 1;
    assert!(0 < disputed && disputed < all, "{disputed} of {all}");
    let work = work.with("last.csv", last);
    let import =
        |sheets: &[&str]| work.run(&[&["label", "import"], sheets, &["--corpus", "in", "-o", "labels.tsv"]].concat());
    let alone = import(&["last.csv"]);
    assert!(
        alone.code == 0 && alone.said.contains(&format!("{disputed} adjudicated rows come without")),
        "{}",
        alone.said
    );
    let ended = import(&["anna.csv", "ben.csv", "last.csv"]);
    assert!(ended.code == 0 && !ended.said.contains("without the coders"), "{}", ended.said);
    let labels = std::fs::read_to_string(work.path("labels.tsv")).unwrap();
    assert!(labels.contains("\tagriculture\t") && labels.contains("\tlivelihood\t"));
    assert!(!labels.contains("\tindustry\t") && !labels.contains("\tenvironment\t"));
    let ended = work.run(&["label", "correct", "out", "--labels", "anna.csv", "ben.csv", "last.csv"]);
    assert!(ended.code == 0 && ended.said.contains(&format!("of {all} labelled measures")), "{}", ended.said);
    // Every measure is labelled, so the shares are known.
    let (_, rows) = rows(&work, "corrected.csv");
    let livelihood = rows.iter().find(|row| row["place"].is_empty() && row["theme"] == "livelihood").unwrap();
    let share = disputed as f64 / all as f64;
    for name in ["ppi", "ppi_low", "ppi_high"] {
        assert!((livelihood[name].parse::<f64>().unwrap() - share).abs() < 1e-9, "{livelihood:?}");
    }
    let over = work.run(&["label", "correct", "out", "--labels", "anna.csv", "-o", "anna.csv"]);
    assert!(over.code == 7 && over.said.contains("would be written over"), "{}", over.said);
}

#[test]
fn shares_are_corrected_by_a_random_sample_of_measures_only() {
    let sample = project("notebooks-data/sample");
    let folder = sample.to_str().unwrap();
    let work = Work::new();
    assert_eq!(work.run(&["-q", "run", folder, "--out", "out", "--format", "csv"]).code, 0);
    assert_eq!(work.run(&["label", "sample", folder, "-o", "m.csv", "-n", "60", "--what", "measure"]).code, 0);
    assert_eq!(
        work.run(&["label", "sample", folder, "-o", "u.csv", "-n", "9", "--what", "measure", "--by", "uncertain"]).code,
        0
    );
    assert_eq!(work.run(&["label", "sample", folder, "-o", "s.csv", "-n", "9"]).code, 0);
    let theme_of: BTreeMap<(String, String), String> = work
        .table("out", "measures")
        .into_iter()
        .map(|row| ((row["doc"].clone(), row["start"].clone()), row["theme"].clone()))
        .collect();
    let themes = [
        "industry",
        "agriculture",
        "culture_tourism",
        "infrastructure",
        "environment",
        "livelihood",
        "governance",
        "safety",
        "party",
        "economy",
        "general",
    ];
    // People say what the run says, so the correction must leave the shares where they are.
    let same = |row: &BTreeMap<String, String>| {
        let theme = &theme_of[&(row["doc"].clone(), row["start"].clone())];
        ("measure", *themes.iter().find(|id| *id == theme).expect("a theme of the codebook"))
    };
    let sheet = filled(&work, "m.csv", same);
    let unsure = filled(&work, "u.csv", |_| ("measure", "industry"));
    let sentences = filled(&work, "s.csv", |_| ("measure", "industry"));
    let work = work.with("m.csv", sheet).with("u.csv", unsure).with("s.csv", sentences);
    let ended = work.run(&["label", "correct", "out", "--labels", "m.csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.said.contains("60 of 60 labelled measures"), "{}", ended.said);
    let (_, rows) = rows(&work, "corrected.csv");
    let industry = rows.iter().find(|row| row["place"].is_empty() && row["theme"] == "industry").unwrap();
    let (raw, ppi): (f64, f64) = (industry["raw"].parse().unwrap(), industry["ppi"].parse().unwrap());
    assert!((raw - ppi).abs() < 0.02, "{raw} {ppi}");
    // A run that abstains has fewer measures with a call, and the labels say what became of the others.
    let unsure = ["-q", "run", folder, "--out", "unsure", "--format", "csv", "--coverage", "0.6"];
    assert_eq!(work.run(&unsure).code, 0);
    assert!(work.table("unsure", "measures").iter().any(|row| row["abstained"] == "true"));
    let ended = work.run(&["label", "correct", "unsure", "--labels", "m.csv", "-o", "unsure.csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let (_, rows) = self::rows(&work, "unsure.csv");
    let industry = rows.iter().find(|row| row["place"].is_empty() && row["theme"] == "industry").unwrap();
    let value = |name: &str| industry[name].parse::<f64>().unwrap();
    assert!(value("raw") < raw && value("ppi") > value("raw"), "{industry:?}, {raw}");
    assert!(value("ppi_low") < raw && raw < value("ppi_high"), "{industry:?}, {raw}");
    // A run of the review counts reviewed measures, and says how many labels are of others.
    assert_eq!(work.run(&["-q", "run", folder, "--out", "review", "--format", "csv", "--part", "review"]).code, 0);
    let drawn = ["label", "sample", folder, "-o", "r.csv", "-n", "12", "--what", "measure", "--part", "review"];
    assert_eq!(work.run(&drawn).code, 0);
    let reviewed = filled(&work, "r.csv", same);
    let work = work.with("r.csv", reviewed);
    let ended = work.run(&["label", "correct", "review", "--labels", "r.csv", "m.csv", "-o", "review.csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.said.contains("12 of 12 labelled measures have the run's theme, 60 more"), "{}", ended.said);
    refused(&work.run(&["label", "correct", "out", "--labels", "u.csv"]), &["u.csv:2", "drawn by “uncertain”"]);
    refused(&work.run(&["label", "correct", "out", "--labels", "s.csv"]), &["s.csv:2", "--what measure"]);
}
