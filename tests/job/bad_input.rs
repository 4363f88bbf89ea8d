//! Bad input: one sentence that says where, what and what to do, a documented exit code, nothing half-written.

use crate::work::{Ended, PLAN, Work};

/// The run ended with this code, said all of these things, and left nothing in the folder that was not there.
fn refuses(work: &Work, arguments: &[&str], code: i32, says: &[&str]) -> Ended {
    let before = work.names();
    let ended = work.run(arguments);
    assert_eq!(ended.code, code, "{}", ended.said);
    for part in says {
        assert!(ended.said.contains(part), "“{part}” is not said: {}", ended.said);
    }
    assert_eq!(work.names(), before, "something was left behind");
    ended
}

#[test]
fn an_empty_folder() {
    let work = Work::new().with("in/.hidden", "");
    refuses(&work, &["run", "in"], 3, &["in"]);
}

#[test]
fn a_folder_that_is_not_there() {
    refuses(&Work::new(), &["run", "nowhere"], 3, &["nowhere"]);
}

#[test]
fn empty_binary_and_broken_files_are_listed_and_the_run_goes_on() {
    let work = Work::new()
        .with("in/plan.txt", PLAN)
        .with("in/empty.txt", "")
        .with("in/picture.txt", [0u8, 159, 146, 150, 0, 1, 2, 3, 255, 254, 7, 8, 0, 0, 13])
        .with("in/broken.docx", "PK\u{3}\u{4}not a zip at all");
    let ended = work.run(&["run", "in"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    for name in ["empty.txt", "picture.txt", "broken.docx"] {
        assert!(ended.said.contains(name), "{name} is not named: {}", ended.said);
    }
    let manifest = std::fs::read_to_string(work.path("out/manifest.json")).unwrap();
    assert!(["empty.txt", "picture.txt", "broken.docx"].iter().all(|name| manifest.contains(name)), "{manifest}");
}

#[test]
fn an_unknown_setting_gets_its_line_and_the_nearest_name() {
    let work = Work::new().with("plan.txt", PLAN).with("my.toml", "lang = \"zh\"\n[cluster]\nkmax = 3\n");
    refuses(&work, &["run", "plan.txt", "--config", "my.toml"], 4, &["my.toml:3", "kmax", "k_max"]);
}

#[test]
fn an_unknown_word_for_an_option() {
    let work = Work::new().with("plan.txt", PLAN);
    refuses(&work, &["run", "plan.txt", "--lang", "fr"], 4, &["--lang fr", "zh"]);
}

#[test]
fn an_out_folder_with_other_things_in_it() {
    let work = Work::new().with("plan.txt", PLAN).with("out/thesis.docx", "mine");
    refuses(&work, &["run", "plan.txt"], 7, &["thesis.docx", "--out"]);
    assert_eq!(std::fs::read(work.path("out/thesis.docx")).unwrap(), b"mine");
}

#[test]
fn an_earlier_result_is_replaced() {
    let work = Work::new().with("plan.txt", PLAN);
    assert_eq!(work.run(&["-q", "run", "plan.txt"]).code, 0);
    let ended = work.run(&["-q", "run", "plan.txt"]);
    assert_eq!((ended.code, ended.said.as_str()), (0, ""), "quiet says nothing");
}

#[test]
fn a_model_of_another_version() {
    let work = Work::new().with("plan.txt", PLAN).with("old.model", "cezhong-theme 0\n…");
    refuses(&work, &["run", "plan.txt", "--model", "old.model"], 5, &["old.model"]);
}

#[test]
fn a_lexicon_with_a_bad_line() {
    let work = Work::new().with("plan.txt", PLAN).with("words.txt", "双招双引 5 n\n河长制 many n\n");
    refuses(&work, &["run", "plan.txt", "--lexicon", "words.txt"], 4, &["words.txt:2"]);
}

#[test]
fn a_table_without_text() {
    let work = Work::new().with("table.csv", "id,body\n1,x\n");
    refuses(&work, &["run", "table.csv"], 3, &["table.csv", "text"]);
}

#[test]
fn a_codebook_with_a_theme_twice() {
    let book = "name='x'\nversion=1\ngeneral='a'\n[[theme]]\nid='a'\nzh='甲'\n[[theme]]\nid='a'\nzh='乙'\n";
    let work = Work::new().with("plan.txt", PLAN).with("book.toml", book);
    refuses(&work, &["run", "plan.txt", "--codebook", "book.toml"], 4, &["book.toml", "twice"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing() {
    // /dev/full takes no byte; as out folder it is simply no folder, which must be said and not tried.
    let work = Work::new().with("plan.txt", PLAN);
    refuses(&work, &["run", "plan.txt", "--out", "/dev/full"], 7, &["/dev/full"]);
}
