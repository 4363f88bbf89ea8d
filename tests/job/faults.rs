//! What goes wrong around a run: nothing half-written is ever taken for a result.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::work::{PLAN, Work, files, project};

fn with_plan() -> Work {
    Work::new().with("in/桃花镇_2024.txt", PLAN)
}

#[test]
fn an_out_folder_where_nothing_can_be_made_is_named() {
    // Not even root can make a folder there.
    let work = with_plan();
    let ended = work.run(&["-q", "run", "in", "--out", "/proc/cezhong-out"]);
    assert_eq!(ended.code, 7, "{}", ended.said);
    assert!(ended.said.contains("/proc") && ended.said.contains("choose another --out"), "{}", ended.said);
    assert_eq!(work.names(), ["in"]);
}

#[test]
#[cfg(unix)]
fn a_read_only_folder_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let work = with_plan();
    let shut = work.path("shut");
    fs::create_dir(&shut).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o555)).unwrap();
    let bound = fs::write(shut.join("probe"), "").is_err();
    let ended = work.run(&["-q", "run", "in", "--out", "shut/out"]);
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    // Root writes where it likes, and then the run simply succeeds.
    assert_eq!(ended.code, if bound { 7 } else { 0 }, "{}", ended.said);
}

#[test]
fn an_input_that_is_gone_is_named() {
    let ended = Work::new().run(&["-q", "run", "gone", "--out", "out"]);
    assert_eq!(ended.code, 3);
    assert!(ended.said.contains("gone"), "{}", ended.said);
}

#[test]
#[cfg(unix)]
fn a_file_that_vanishes_is_listed_and_the_others_are_read() {
    let work = with_plan();
    std::os::unix::fs::symlink(work.path("nowhere.txt"), work.path("in/乙镇_2024.txt")).unwrap();
    let ended = work.run(&["run", "in", "--out", "out", "--format", "csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    assert!(ended.said.contains("乙镇_2024.txt"), "{}", ended.said);
    assert_eq!(work.table("out", "documents").len(), 1);
}

#[test]
fn a_run_that_needs_more_memory_than_it_was_given_ends_with_a_sentence() {
    let work = with_plan();
    let enough = work.run(&["-q", "run", "in", "--out", "out", "--memory", "16GiB"]);
    assert_eq!(enough.code, 0, "{}", enough.said);
    let manifest = fs::read(work.path("out/manifest.json")).unwrap();
    let short = work.run(&["-q", "run", "in", "--out", "out", "--memory", "20MiB"]);
    assert_eq!(short.code, 9, "{}", short.said);
    assert!(short.said.contains("20 MiB of --memory"), "{}", short.said);
    assert_eq!(fs::read(work.path("out/manifest.json")).unwrap(), manifest, "the earlier result stands");
    let unread = work.run(&["-q", "run", "in", "--out", "out", "--memory", "much"]);
    assert_eq!(unread.code, 2, "{}", unread.said);
}

/// The program where no file may grow beyond so many blocks of 1,024 bytes: writes fail as on a full disk.
#[cfg(unix)]
fn run_on_small_disk(work: &Work, blocks: u32, arguments: &[&str]) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_cezhong")])
        .args(arguments)
        .current_dir(work.path(""))
        .output()
        .expect("bash is there")
}

#[test]
#[cfg(unix)]
fn a_write_that_fails_leaves_the_earlier_result() {
    let work = with_plan();
    assert_eq!(work.run(&["-q", "run", "in", "--out", "out"]).code, 0);
    let before = files(&work.path("out"));
    for blocks in [0, 1, 4, 16] {
        let ended = run_on_small_disk(&work, blocks, &["-q", "run", "in", "--out", "out"]);
        assert_eq!(ended.status.code(), Some(7), "{blocks}: {}", String::from_utf8_lossy(&ended.stderr));
        assert_eq!(work.names(), ["in", "out"], "{blocks}: nothing is left beside");
        assert!(files(&work.path("out")) == before, "{blocks}: the earlier result stands");
    }
}

#[test]
fn a_killed_run_leaves_a_whole_result_or_none_and_the_next_one_says_so() {
    let work = Work::new();
    let sample = project("notebooks-data/sample");
    let sample = sample.to_str().unwrap();
    let (mut killed, mut told) = (0, 0);
    for delay in (0..900).step_by(100) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cezhong"))
            .args(["-q", "run", sample, "--out", "out", "--format", "csv"])
            .current_dir(work.path(""))
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        child.kill().unwrap();
        killed += usize::from(!child.wait().unwrap().success());
        if work.path("out").exists() {
            let verified = work.run(&["verify", "out"]);
            assert_eq!(verified.code, 0, "after {delay} ms: {}", verified.printed);
        }
    }
    assert!(killed > 0, "no run was killed before its end");
    let partial = |path: &Path| {
        let names = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(".out.cezhong")).count()
    };
    let left = partial(&work.path(""));
    let ended = work.run(&["run", sample, "--out", "out", "--format", "csv"]);
    assert_eq!(ended.code, 0, "{}", ended.said);
    told += ended.said.matches("was killed").count();
    assert!(told >= left, "{left} partial folders, told of {told}: {}", ended.said);
    assert_eq!(work.names(), ["out"]);
    assert_eq!(work.run(&["verify", "out"]).code, 0);
}
