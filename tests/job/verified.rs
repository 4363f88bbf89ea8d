//! `verify` and `--locked`: what changed since a run is named, and a run that cannot be repeated is refused.

use std::fs;
use std::path::Path;

use crate::work::{PLAN, Work, files, project};

/// A folder with one input and the run over it in `out`.
fn ran() -> Work {
    let work = Work::new().with("in/桃花镇_2024.txt", PLAN);
    let ended = work.run(&["-q", "run", "in", "--out", "out", "--format", "csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    work
}

/// Replaces a string in the manifest.
fn edit(work: &Work, from: &str, to: &str) {
    let path = work.path("out/manifest.json");
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "the manifest holds {from}");
    fs::write(&path, text.replace(from, to)).unwrap();
}

#[test]
fn an_untouched_run_verifies() {
    let ended = ran().run(&["verify", "out"]);
    assert_eq!(ended.code, 0, "{}{}", ended.printed, ended.said);
    assert!(ended.said.contains("1 documents are as the manifest says"), "{}", ended.said);
}

#[test]
fn every_change_is_named() {
    let work = ran().with("out/tables/emphasis.csv", "x\n").with("out/mine.txt", "mine");
    fs::remove_file(work.path("out/methods.md")).unwrap();
    let work = work.with("in/桃花镇_2024.txt", PLAN.repeat(4)).with("in/新镇_2024.txt", PLAN);
    let ended = work.run(&["verify", "out"]);
    assert_eq!(ended.code, 1);
    for told in [
        "tables/emphasis.csv was changed",
        "methods.md is missing",
        "mine.txt was not written by the run",
        "the document 桃花镇_2024.txt was changed",
        "the document 新镇_2024.txt is new",
    ] {
        assert!(ended.printed.lines().any(|line| line == told), "{told}:\n{}", ended.printed);
    }
    assert_eq!(ended.printed.lines().count(), 5, "{}", ended.printed);
}

#[test]
fn a_vanished_input_is_told() {
    let work = ran();
    fs::remove_dir_all(work.path("in")).unwrap();
    let ended = work.run(&["verify", "out"]);
    assert_eq!(ended.code, 1);
    assert!(ended.printed.contains("the inputs cannot be read again"), "{}", ended.printed);
}

#[test]
fn an_edited_manifest_and_another_version_are_told_and_not_repeated() {
    let version = env!("CARGO_PKG_VERSION");
    let of_version = format!("\"version\": \"{version}\"");
    for (from, to, told, refused) in [
        ("\"lang\": \"zh\"", "\"lang\": \"en\"", "the manifest itself was edited", "the manifest was edited"),
        (of_version.as_str(), "\"version\": \"0.0.9\"", "made by version 0.0.9", "made by version 0.0.9"),
    ] {
        let work = ran();
        edit(&work, from, to);
        let verified = work.run(&["verify", "out"]);
        assert_eq!(verified.code, 1);
        assert!(verified.printed.contains(told), "{told}:\n{}", verified.printed);
        let locked = work.run(&["-q", "run", "--locked", "out/manifest.json", "--out", "again"]);
        assert_eq!(locked.code, 3);
        assert!(locked.said.contains(refused), "{refused}:\n{}", locked.said);
        assert!(!work.path("again").exists());
    }
}

#[test]
fn what_another_version_wrote_is_replaced() {
    let work = ran();
    edit(&work, "cezhong-manifest/2", "cezhong-manifest/1");
    assert!(work.run(&["verify", "out"]).said.contains("its layout is cezhong-manifest/1"));
    let again = work.run(&["-q", "run", "in", "--out", "out", "--format", "csv"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(work.run(&["verify", "out"]).code, 0);
}

#[test]
fn a_locked_run_takes_the_settings_of_the_first() {
    let work = Work::new().with("in/桃花镇_2024.txt", PLAN);
    let first = ["-q", "run", "in", "--out", "first", "--lang", "en", "--format", "csv,jsonl", "--clusters", "2"];
    assert_eq!(work.run(&first).code, 0);
    let ended = work.run(&["-q", "run", "--locked", "first/manifest.json", "--out", "second"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(files(&work.path("first")) == files(&work.path("second")));
    let other = work.run(&["-q", "run", "--locked", "first/manifest.json", "--out", "third", "--lang", "zh"]);
    assert_eq!(other.code, 2, "a setting that is typed too would be ignored: {}", other.said);
}

/// The township codebook by another name.
fn own_codebook() -> String {
    fs::read_to_string(project("models/township.toml")).unwrap().replacen("name = \"", "name = \"own-", 1)
}

#[test]
fn files_of_the_user_s_own_are_part_of_the_run() {
    let list = "file,place\n桃花镇_2024.txt,桃花镇\n";
    let work = Work::new()
        .with("in/桃花镇_2024.txt", PLAN)
        .with("in/documents.csv", list)
        .with("own.toml", own_codebook())
        .with("words.txt", "桃花节\n");
    let first =
        ["-q", "run", "in", "--out", "out", "--format", "csv", "--codebook", "own.toml", "--lexicon", "words.txt"];
    assert_eq!(work.run(&first).code, 0);
    assert_eq!(work.run(&["verify", "out"]).code, 0);
    let again = |work: &Work| work.run(&["-q", "run", "--locked", "out/manifest.json", "--out", "again"]);
    assert_eq!(again(&work).code, 0);
    for (name, content, told) in [
        ("own.toml", own_codebook() + "# later\n", "the codebook own.toml was changed"),
        ("words.txt", "桃花\n".to_owned(), "the lexicon words.txt was changed"),
        (
            "in/documents.csv",
            list.replace("桃花镇\n", "杏花镇\n"),
            "the list of documents in/documents.csv was changed",
        ),
    ] {
        let before = fs::read(work.path(name)).unwrap();
        fs::write(work.path(name), content).unwrap();
        let (verified, locked) = (work.run(&["verify", "out"]), again(&work));
        assert!(verified.code == 1 && verified.printed.trim() == told, "{told}:\n{}", verified.printed);
        assert!(locked.code == 3 && locked.said.contains(told), "{told}:\n{}", locked.said);
        fs::write(work.path(name), before).unwrap();
    }
    // The same inputs elsewhere.
    fs::rename(work.path("in"), work.path("elsewhere")).unwrap();
    let moved = work.run(&["-q", "run", "--locked", "out/manifest.json", "elsewhere", "--out", "moved"]);
    assert_eq!(moved.code, 0, "{}", moved.said);
    fs::rename(work.path("elsewhere"), work.path("in")).unwrap();
    fs::remove_file(work.path("words.txt")).unwrap();
    assert!(work.run(&["verify", "out"]).printed.contains("the lexicon words.txt is no longer there"));
}

#[test]
fn no_run_no_verdict() {
    let work = Work::new().with("folder/a.txt", "x");
    let ended = work.run(&["verify", "folder"]);
    assert_eq!(ended.code, 3);
    assert!(ended.said.contains("name the out folder of a run"), "{}", ended.said);
}

/// The parts of JSON Schema that our schema uses: `type`, `const`, `pattern` as a prefix and a length, `properties`, `required`,
/// `additionalProperties`, `items`, `prefixItems`, `$ref` into `$defs`.
fn check(value: &serde_json::Value, schema: &serde_json::Value, root: &serde_json::Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").expect("a reference into $defs");
        return check(value, &root["$defs"][name], root, at);
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        "null" => value.is_null(),
        other => panic!("the schema names the type {other}"),
    };
    match &schema["type"] {
        serde_json::Value::String(kind) => assert!(is(kind), "{at} is no {kind}: {value}"),
        serde_json::Value::Array(kinds) => assert!(kinds.iter().any(|kind| is(kind.as_str().unwrap())), "{at}"),
        _ => {}
    }
    if !schema["const"].is_null() {
        assert_eq!(value, &schema["const"], "{at}");
    }
    if schema["pattern"] == "^[0-9a-f]{64}$" {
        let text = value.as_str().unwrap();
        assert!(text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()), "{at}: {text}");
    } else {
        assert!(schema["pattern"].is_null(), "a pattern that this check does not know");
    }
    if let Some(fields) = value.as_object() {
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(name.as_str().unwrap()), "{at} has no {name}");
        }
        for (name, field) in fields {
            match schema["properties"].get(name) {
                Some(inner) => check(field, inner, root, &format!("{at}.{name}")),
                None => assert!(schema["additionalProperties"] != false, "{at}.{name} is not in the schema"),
            }
        }
    }
    for (n, item) in value.as_array().into_iter().flatten().enumerate() {
        let inner = schema["prefixItems"].get(n).unwrap_or(&schema["items"]);
        if inner.is_object() {
            check(item, inner, root, &format!("{at}[{n}]"));
        }
    }
}

#[test]
fn the_manifest_is_what_its_schema_says() {
    let work = ran().with("in/空.txt", "");
    assert_eq!(work.run(&["-q", "run", "in", "--out", "out", "--format", "csv"]).code, 0);
    let read = |path: &Path| serde_json::from_slice::<serde_json::Value>(&fs::read(path).unwrap()).unwrap();
    let (manifest, schema) = (read(&work.path("out/manifest.json")), read(&project("models/manifest.schema.json")));
    assert!(!manifest["unread"].as_array().unwrap().is_empty());
    check(&manifest, &schema, &schema, "manifest");
}
