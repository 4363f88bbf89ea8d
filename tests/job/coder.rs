//! Any codebook, any labels, from the outside: evaluate, train, code, codebook check.

use crate::work::{Ended, Work};

const A: &str =
    "桃花镇2024年工作计划\n一、抓种植。扩种桃树两千亩，建设冷库三座。\n二、抓道路。硬化村道五公里，改造桥梁一座。\n";
const B: &str =
    "青石镇2024年工作计划\n一、抓种植。扩种苹果一千亩，建设果园两处。\n二、抓道路。修建公路三公里，养护村道十公里。\n";
const C: &str =
    "柳河镇2024年工作计划\n一、抓种植。新栽桃树三千亩，改造果园一处。\n二、抓道路。养护公路八公里，新建道路一条。\n";
/// A document of fewer characters is left out of a run.
const REST: &str = "四、抓会议。各办公室按月召开例会，认真做好会议记录，会后三天以内印发纪要，并且逐条落实到人。各村每月五日以前上报进度，\
由办公室汇总以后送交领导审阅。年底以前完成全年资料的整理，按照规定移交保管，做到件件有着落、事事有回音，不得拖延，不得遗漏。对于没有按时办结的事项，\
由办公室发出提醒，连续两次没有办结的要说明原因。\n";

const BOOK: &str = "name = \"mine\"\nversion = 1\ngeneral = \"other\"\n\
[[theme]]\nid = \"fruit\"\nzh = \"果业\"\nseeds = [\"桃树\", \"果园\", \"苹果\"]\n\
[[theme]]\nid = \"road\"\nzh = \"道路\"\nseeds = [\"道路\", \"公路\", \"果园路\"]\n\
[[theme]]\nid = \"other\"\nzh = \"其他\"\n";

fn refused(ended: &Ended, code: i32, says: &[&str]) {
    assert_eq!(ended.code, code, "{}", ended.said);
    for part in says {
        assert!(ended.said.contains(part), "“{part}” is not said: {}", ended.said);
    }
}

#[test]
fn a_codebook_without_labels_codes_by_its_seeds() {
    let long = |text: &str| format!("{text}{REST}");
    let work = Work::new().with("in/a.txt", long(A)).with("in/b.txt", long(B)).with("my.toml", BOOK);
    let ended = work.run(&["-q", "run", "in", "--codebook", "my.toml", "--format", "csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let sentences = work.table("out", "sentences");
    let of = |needle: &str| sentences.iter().find(|row| row["text"].contains(needle)).expect("the sentence is there");
    assert_eq!(of("扩种桃树")["theme"], "fruit");
    assert_eq!(of("扩种桃树")["because"], "桃树");
    assert_eq!((of("改造桥梁")["theme"].as_str(), of("改造桥梁")["because"].as_str()), ("road", "heading 道路"));
    assert_eq!(of("青石镇2024")["abstained"], "true", "nothing speaks there");
    let ended = work.run(&["run", "in", "--codebook", "my.toml", "--coverage", "0.9"]);
    refused(&ended, 4, &["without labels", "max_error"]);
    let bare =
        BOOK.lines().filter(|line| !line.starts_with("seeds")).map(|line| format!("{line}\n")).collect::<String>();
    let work = work.with("bare.toml", bare);
    refused(&work.run(&["run", "in", "--codebook", "bare.toml", "--out", "o"]), 4, &["bare.toml", "seed terms"]);
}

#[test]
fn a_codebook_is_checked_against_a_corpus() {
    let work = Work::new().with("in/a.txt", A).with("in/b.txt", B).with("my.toml", BOOK);
    let ended = work.run(&["codebook", "check", "my.toml", "--corpus", "in"]);
    assert_eq!(ended.code, 1, "{}", ended.said);
    assert_eq!(
        ended.printed,
        "the seed “果园” of fruit stands within “果园路” of road\nthe seed “果园路” of road occurs in no sentence\n"
    );
    let work = work.with("good.toml", BOOK.replace(", \"果园路\"", ""));
    assert_eq!(work.run(&["codebook", "check", "good.toml", "--corpus", "in"]).code, 0);
}

/// A sheet of labels for the two documents; `theme` names the theme of the sentence that begins at a column.
fn sheet(work: &Work) -> String {
    let coded = work.run(&["code", "in", "--format", "jsonl"]);
    assert_eq!(coded.code, 0, "{}", coded.said);
    let mut sheet = "doc\tn\tstart\tend\tkind\ttheme\ttheme2\tunit\ttext\n".to_string();
    for line in coded.printed.lines() {
        let row: serde_json::Value = serde_json::from_str(line).expect("a JSON line");
        let (doc, text) = (row["doc"].as_str().unwrap(), row["text"].as_str().unwrap());
        let whole =
            [("a.txt", A), ("b.txt", B), ("c.txt", C)].iter().find(|(name, _)| *name == doc).expect("a document").1;
        let start = whole[..whole.find(text).expect("the sentence stands in its document")].chars().count();
        let (kind, theme) = match text {
            text if text.contains("种植") || text.contains('亩') => ("measure", "fruit"),
            text if text.contains('路') || text.contains('道') => ("measure", "road"),
            _ => ("heading", "other"),
        };
        let end = start + text.chars().count();
        sheet += &format!("{doc}\t{}\t{start}\t{end}\t{kind}\t{theme}\t-\tB\t{text}\n", row["n"]);
    }
    sheet
}

#[test]
fn evaluate_judges_each_document_by_the_others() {
    let work = Work::new().with("in/a.txt", A).with("in/b.txt", B).with("in/c.txt", C).with("my.toml", BOOK);
    let labels = sheet(&work);
    let work = work.with("l.tsv", &labels);
    let evaluate = |more: &[&str]| {
        let all = ["evaluate", "--labels", "l.tsv", "--corpus", "in", "--codebook", "my.toml", "--folds", "3"];
        work.run(&[&all, more].concat())
    };
    let ended = evaluate(&["--out", "ev", "--write", "s.csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.printed.contains("kappa") && ended.printed.contains("By level"), "{}", ended.printed);
    for name in ["figures.csv", "confusion-theme.svg", "confusion-kind.png", "risk-coverage.svg", "levels.csv"] {
        assert!(work.path("ev").join(name).exists(), "{name} is missing");
    }
    let written = std::fs::read_to_string(work.path("s.csv")).unwrap();
    assert_eq!(written.lines().count(), labels.lines().count(), "every sentence is coded once");
    let again = evaluate(&["--threads", "1"]);
    assert_eq!(again.printed, ended.printed, "the number of threads changes nothing");
    let ended = evaluate(&["--ablation", "--curve", "--out", "ab"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let read = |name: &str| std::fs::read_to_string(work.path("ab").join(name)).expect("the table is written");
    let (ablation, figures, curve) = (read("ablation.csv"), read("figures.csv"), read("curve.csv"));
    let steps: Vec<&str> = ablation.lines().skip(1).filter_map(|row| row.split(',').next()).collect();
    let parts = ["kinds in one chain", "heads", "neighbours", "seed terms", "second pass", "shared weights"];
    let silverless: Vec<String> =
        ["each sentence alone".into()].into_iter().chain(parts.map(|part| format!("+ {part}"))).collect();
    assert_eq!(steps, silverless);
    let kappa = figures.lines().find_map(|row| row.strip_prefix("theme,")?.split(",kappa,").nth(1)?.split(',').next());
    let of_last = |table: &str| table.lines().last().and_then(|row| row.split(',').nth(5)).map(String::from);
    assert_eq!(of_last(&ablation).as_deref(), kappa, "the last step is the coder in use");
    assert_eq!(of_last(&curve).as_deref(), kappa, "the curve ends with all documents");
    // A document of a sheet that is trained on alone is never judged, and must not be in both.
    let (header, rows) = labels.split_once('\n').expect("a header");
    let of = |keep: &dyn Fn(&str) -> bool| {
        let rows: String = rows.lines().filter(|row| keep(row)).map(|row| format!("{row}\n")).collect();
        format!("{header}\n{rows}")
    };
    let judged = of(&|row| !row.starts_with("c.txt"));
    let work = work.with("j.tsv", &judged).with("only.tsv", of(&|row| row.starts_with("c.txt")));
    let with_more = |sheet: &str| {
        let all = ["evaluate", "--labels", "j.tsv", "--corpus", "in", "--codebook", "my.toml", "--folds", "2"];
        work.run(&[&all[..], &["--train-only", sheet, "--write", "j.csv"]].concat())
    };
    let ended = with_more("only.tsv");
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert_eq!(std::fs::read_to_string(work.path("j.csv")).unwrap().lines().count(), judged.lines().count());
    refused(&with_more("l.tsv"), 6, &["l.tsv", "“a.txt” is to be judged"]);
    let ended = work.run(&["train", "--labels", "l.tsv", "--corpus", "in", "--codebook", "my.toml", "-o", "model"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let ended = work.run(&["code", "in", "--codebook", "my.toml", "--model", "model"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert_eq!(ended.printed.lines().count(), labels.lines().count());
}

#[test]
fn bad_labels_are_named_by_file_and_line() {
    let work = Work::new().with("in/a.txt", A).with("in/b.txt", B).with("my.toml", BOOK);
    let good = sheet(&work);
    let one_theme = good.replace("\troad\t", "\tfruit\t").replace("\tother\t", "\tfruit\t");
    let one_document: String =
        good.lines().filter(|line| !line.starts_with("b.txt")).map(|line| format!("{line}\n")).collect();
    let cases = [
        ("theme.tsv", good.replacen("\tfruit\t", "\ttrade\t", 1), vec!["theme.tsv:", "“trade” is not in the codebook"]),
        (
            "offsets.tsv",
            good.replacen("a.txt\t0\t0\t", "a.txt\t0\t1\t", 1),
            vec!["offsets.tsv:2", "no sentence of “a.txt”"],
        ),
        ("doc.tsv", good.replacen("a.txt\t0", "c.txt\t0", 1), vec!["doc.tsv:2", "“c.txt” is not in the corpus"]),
        ("one.tsv", one_theme, vec!["one.tsv", "every labelled sentence has the same theme"]),
        ("single.tsv", one_document, vec!["single.tsv", "only one document is labelled"]),
        ("none.tsv", "doc\tn\tstart\tend\tkind\ttheme\tunit\n".to_string(), vec!["none.tsv", "no row"]),
    ];
    for (name, content, says) in cases {
        std::fs::write(work.path(name), content).unwrap();
        for command in ["evaluate", "train"] {
            let mut arguments = vec![command, "--labels", name, "--corpus", "in", "--codebook", "my.toml"];
            arguments.extend(if command == "train" { vec!["-o", "m"] } else { vec![] });
            refused(&work.run(&arguments), 6, &says);
            assert!(!work.path("m").exists(), "{name} left a model behind");
        }
    }
    refused(&work.run(&["evaluate", "--labels", "theme.tsv"]), 6, &["--corpus"]);
}

#[test]
fn any_table_of_texts_is_judged_trained_on_and_coded() {
    let texts = [
        ("扩种桃树", "果"),
        ("桃树修剪", "果"),
        ("桃树采摘", "果"),
        ("硬化道路", "路"),
        ("道路养护", "路"),
        ("修建道路", "路"),
    ];
    let table: String =
        (0..10).flat_map(|i| texts.iter().map(move |(text, label)| format!("{text}第{i}批,{label}\n"))).collect();
    let work = Work::new()
        .with("t.csv", format!("text,label\n{table}"))
        .with("bad.csv", "text,label\n桃,果\n路,\n")
        .with("one.csv", "text,label\n桃,果\n路,果\n")
        .with("lines.txt", "桃树施肥\n道路照明\n");
    let ended = work.run(&["evaluate", "--labels", "t.csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.printed.contains("accuracy                    1.000"), "{}", ended.printed);
    let ended = work.run(&["train", "--labels", "t.csv", "-o", "model"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    let ended = work.run(&["code", "--lines", "lines.txt", "--model", "model"]);
    let labels: Vec<&str> = ended.printed.lines().map(|line| line.split(',').nth(1).unwrap()).collect();
    assert_eq!(labels, ["label", "果", "路"], "{}", ended.said);
    let ended = work.run(&["code", "t.csv", "--model", "model/text.model", "--format", "jsonl"]);
    assert_eq!(ended.printed.lines().count(), 60, "{}", ended.said);
    refused(&work.run(&["train", "--labels", "bad.csv", "-o", "m"]), 6, &["bad.csv:3: the row has no label"]);
    refused(&work.run(&["train", "--labels", "one.csv", "-o", "m"]), 6, &["one.csv", "1 different labels"]);
    let work = work.with("old.model", "cezhong-text 9\n{}\n");
    refused(&work.run(&["code", "t.csv", "--model", "old.model"]), 5, &["old.model", "cezhong-text 9"]);
}
