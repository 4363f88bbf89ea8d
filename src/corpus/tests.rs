//! The whole reader on folders made here, by hand-known texts.

use super::*;
use crate::notice::english;
use std::io::Write;
use std::path::{Path, PathBuf};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Folder {
        let path = self.0.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    fn read(&self) -> Corpus {
        self.try_read(&ReadParams::default()).unwrap()
    }

    fn try_read(&self, params: &ReadParams) -> crate::Result<Corpus> {
        read(&[self.path().to_path_buf()], None, params)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn ids(corpus: &Corpus) -> Vec<&str> {
    corpus.documents.iter().map(|document| document.id.as_str()).collect()
}

fn reasons(corpus: &Corpus, folder: &Folder) -> Vec<String> {
    let front = format!("{}/", folder.path().display());
    corpus.unread.iter().map(|unread| format!("{}: {}", unread.file.replace(&front, ""), unread.reason.en)).collect()
}

const PLAN: &str = "青石镇2023年工作计划\n一、大力发展现代农业。新建果园200亩，推进水库除险加固。\n二、抓好项目建设，力争引进企业5家。\n";

fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn utf16(text: &str, little: bool) -> Vec<u8> {
    text.encode_utf16().flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn every_encoding_gives_the_same_text() {
    let traditional = "青石鎮2023年工作計劃\n一、大力發展現代農業，推進水庫除險加固。\n";
    let marked = [b"\xEF\xBB\xBF".as_slice(), PLAN.as_bytes()].concat();
    let corpus = Folder::new()
        .with("a.txt", PLAN)
        .with("b.txt", marked)
        .with("c.txt", encoded(encoding_rs::GB18030, PLAN))
        .with("d.txt", [b"\xFF\xFE".as_slice(), &utf16(PLAN, true)].concat())
        .with("e.txt", [b"\xFE\xFF".as_slice(), &utf16(PLAN, false)].concat())
        .with("f.txt", utf16(PLAN, true))
        .with("g.txt", encoded(encoding_rs::BIG5, traditional))
        .read();
    let labels: Vec<&str> = corpus.documents.iter().map(|document| document.decoding.encoding.as_str()).collect();
    assert_eq!(labels, ["UTF-8", "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "UTF-16LE", "Big5"]);
    for document in &corpus.documents[..6] {
        assert_eq!(document.text, PLAN, "{}", document.id);
    }
    assert_eq!(corpus.documents[6].text, traditional);
    for n in [2, 5, 6] {
        assert!(corpus.documents[n].decoding.margin > 0.2, "{:?}", corpus.documents[n].decoding);
    }
    assert_eq!((corpus.unread, corpus.warnings), (vec![], vec![]));
}

#[test]
fn sixty_bytes_of_gb18030_and_big5_are_told_apart() {
    for (text, encoding) in [
        ("全镇上下要坚定信心，真抓实干，推动高质量发展迈上新台阶。", encoding_rs::GB18030),
        ("坚持生态优先，大力发展文旅产业", encoding_rs::GB18030),
        ("全鎮上下要堅定信心，真抓實幹，推動高質量發展邁上新臺階。", encoding_rs::BIG5),
        ("壹、施政重點：加強農村建設", encoding_rs::BIG5),
    ] {
        let decoded = encoding::decode(encoded(encoding, text), None, 0.0).unwrap();
        assert_eq!(
            (decoded.text.as_str(), decoded.decoding.encoding.as_str()),
            (text, if encoding == encoding_rs::BIG5 { "Big5" } else { "GB18030" })
        );
    }
}

#[test]
fn what_is_no_text_is_listed_and_the_rest_is_read() {
    let noise: Vec<u8> = (0..4000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let folder = Folder::new()
        .with("计划.txt", PLAN)
        .with("sub/图.png", b"\x89PNG\r\n\x1a\n....")
        .with("empty.txt", "")
        .with("blank.txt", " \n\n")
        .with("noise.dat", noise)
        .with("zeros.txt", [0u8; 512])
        .with(
            "latin.txt",
            encoded(
                encoding_rs::WINDOWS_1252,
                "Où est la bibliothèque? Là-bas, près de l’école. Ça va très bien, merci.",
            ),
        )
        .with(".hidden.txt", PLAN)
        .with("~$计划.docx", "lock")
        .with("old/manifest.json", "{}")
        .with("old/tables/documents.csv", "doc\n");
    let corpus = folder.read();
    assert_eq!(ids(&corpus), ["计划.txt"]);
    let binary = "The file is binary, not text; convert it to text, html, docx or pdf first.";
    let reasons = reasons(&corpus, &folder);
    assert_eq!(reasons[0], "blank.txt: There is no text in it.");
    assert_eq!(reasons[1], "empty.txt: The file is empty.");
    assert!(
        reasons[2].starts_with("latin.txt: The encoding is unknown: the bytes are no UTF-8 (from byte 1, line 1)"),
        "{}",
        reasons[2]
    );
    assert_eq!(reasons[3], format!("noise.dat: {binary}"));
    assert!(reasons[4].starts_with("sub/图.png: The file is a picture"), "{}", reasons[4]);
    assert_eq!(reasons[5], format!("zeros.txt: {binary}"));
    assert_eq!(reasons.len(), 6);
}

#[test]
fn damaged_bytes_are_never_replaced_in_silence() {
    let mut bytes = PLAN.repeat(40).into_bytes();
    bytes.truncate(bytes.len() - 3);
    let at = PLAN.len() + 1;
    bytes[at] = 0xFF;
    let folder = Folder::new().with("a.txt", &bytes).with("b.txt", PLAN);
    let corpus = folder.read();
    assert_eq!(ids(&corpus), ["a.txt", "b.txt"]);
    let warnings = english(&corpus.documents[0].warnings).collect::<String>();
    assert!(warnings.contains("could not be decoded as UTF-8 and stand as � (the first in line 4)"), "{warnings}");
    let strict = ReadParams { max_damaged_share: 0.0, ..ReadParams::default() };
    assert_eq!(ids(&folder.try_read(&strict).unwrap()), ["b.txt"]);
}

#[test]
fn front_matter_stays_in_the_text() {
    let text = "---\ntitle: 青石镇开新局\ndate: 2022-01-21\n---\n<p>正文：推进项目建设。</p>\n";
    let corpus = Folder::new().with("a.md", text).read();
    assert_eq!(corpus.documents[0].text, text);
}

#[test]
fn documents_csv_overrides_and_unknown_rows_are_warned_about() {
    let folder = Folder::new()
        .with("x/a.txt", PLAN)
        .with("documents.csv", "file,place,year,level,县型\nx/a.txt,白水镇,2021,township,山区\nnone.txt,甲,2020,,\n");
    let corpus = folder.read();
    let meta = &corpus.documents[0].meta;
    assert_eq!(
        (meta.place.name.as_str(), meta.year, meta.level),
        ("白水镇", Some((2021, Source::User)), Some(Level::Township))
    );
    assert_eq!(meta.groups, [("县型".to_string(), "山区".to_string())]);
    assert_eq!(ids(&corpus), ["x/a.txt"]);
    assert_eq!(corpus.warnings.len(), 1);
    assert!(corpus.warnings[0].en.contains("documents.csv:3: “none.txt” is no document of this input"));
}

#[test]
fn lists_that_are_not_used_and_old_formats_are_warned_about_in_both_languages() {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases/old.doc");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("documents.csv", "file\n"), ("c.txt", PLAN)] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    let folder = Folder::new()
        .with("a.doc", std::fs::read(old).unwrap())
        .with("b.zip", archive.finish().unwrap().into_inner())
        .with("sub/documents.csv", "file\n");
    let corpus = folder.read();
    let front = format!("{}/", folder.path().display());
    let of_run = corpus.warnings.iter();
    let notices = of_run.chain(corpus.documents.iter().flat_map(|document| &document.warnings));
    let bare = |line: &str| line.replace('\\', "/").replace(&front.replace('\\', "/"), "");
    let told: Vec<(String, String)> = notices.map(|notice| (bare(&notice.zh), bare(&notice.en))).collect();
    for (zh, en) in [
        (
            "b.zip/documents.csv：压缩包内的清单不起作用，请放到压缩包旁边。",
            "b.zip/documents.csv: a list inside an archive is not used; put it beside the archive.",
        ),
        (
            "sub/documents.csv：输入文件夹的下级文件夹中的清单不起作用，请把其中各行并入输入文件夹的清单。",
            "sub/documents.csv: a list in a folder inside the input is not used; put its lines into the one of the input folder.",
        ),
        (
            "旧版 Word 格式的自动编号没有读出，已删除的修订内容则照样读入；如果标题缺了编号，请另存为 docx。",
            "The old Word format was read without its automatic numbers, and with its deleted revisions; if headings lack their \
             numbers, save it as docx.",
        ),
    ] {
        assert!(told.contains(&(zh.to_owned(), en.to_owned())), "“{zh}” with “{en}” is not among {told:#?}");
    }
}

#[test]
fn tables_plain_and_packed_give_rows() {
    let lines = "{\"id\":\"甲/2023\",\"place\":\"甲镇\",\"year\":2023,\"text\":\"推进项目建设。\"}\n{\"text\":\"发展现代农业。\"}\nno json\n";
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(lines.replace("甲/", "乙/").as_bytes()).unwrap();
    let zst = zstd::encode_all(lines.replace("甲/", "丙/").as_bytes(), 3).unwrap();
    let folder = Folder::new()
        .with("t.jsonl", lines)
        .with("u.jsonl.gz", gz.finish().unwrap())
        .with("v.jsonl.zst", zst)
        .with("w.csv", "id,text\n丁,一体推进乡村振兴。\n")
        .with("x.json", "[{\"id\":\"戊\",\"text\":\"抓好安全生产。\"}]")
        .with("y.csv.zst", zstd::encode_all("id\ttext\n己\t建设水库。\n".as_bytes(), 3).unwrap())
        .with("z.csv", "id,body\n1,x\n");
    let corpus = folder.read();
    let mut wanted = ["甲/2023", "乙/2023", "丙/2023", "丁", "戊", "己", "t.jsonl#2", "u.jsonl.gz#2", "v.jsonl.zst#2"];
    wanted.sort_unstable();
    assert_eq!(ids(&corpus), wanted);
    assert_eq!(reasons(&corpus, &folder).len(), 4);
    let first = corpus.documents.iter().find(|document| document.id == "甲/2023").unwrap();
    assert_eq!(first.meta.place.name, "甲镇");
    // printf '{"id":"甲/2023","place":"甲镇","year":2023,"text":"推进项目建设。"}' | sha256sum
    assert_eq!(first.sha256, "35d5d664c10254570fc3730c075e0cff38bfa52fec3155b138a410ccb209d07a");
}

#[test]
fn clashing_ids_are_told_apart_the_same_way_in_any_order() {
    let a = Folder::new().with("plan.txt", PLAN).with("same.txt", PLAN);
    let b = Folder::new().with("plan.txt", PLAN.replace("青石", "白水")).with("same.txt", PLAN);
    let [a, b] = [&a, &b].map(|folder| folder.path().to_path_buf());
    let corpus = read(&[a.clone(), b.clone()], None, &ReadParams::default()).unwrap();
    let turned = read(&[b, a], None, &ReadParams::default()).unwrap();
    assert_eq!(ids(&corpus), ["plan.txt", "plan.txt~2", "same.txt"]);
    assert_eq!(corpus.warnings.len(), 2);
    let texts = |corpus: &Corpus| corpus.documents.iter().map(|document| document.text.clone()).collect::<Vec<_>>();
    assert_eq!((texts(&corpus), &corpus.warnings), (texts(&turned), &turned.warnings));
}

#[test]
fn nothing_to_read_is_an_error_that_says_why() {
    let error = |folder: &Folder| folder.try_read(&ReadParams::default()).unwrap_err().to_string();
    assert!(
        error(&Folder::new())
            .ends_with("there is no document in the input; name files, folders or tables with documents in them")
    );
    assert!(error(&Folder::new().with("a.txt", "")).contains("the only file could not be read"));
    let missing = read(&[PathBuf::from("no/such/folder")], None, &ReadParams::default()).unwrap_err();
    assert!(missing.to_string().starts_with("no/such/folder: there is no such file or folder"), "{missing}");
    assert_eq!(missing.exit_code(), 3);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_folder_are_listed() {
    let outside = Folder::new().with("secret.txt", PLAN);
    let folder = Folder::new().with("a.txt", PLAN);
    std::os::unix::fs::symlink(outside.path().join("secret.txt"), folder.path().join("b.txt")).unwrap();
    std::os::unix::fs::symlink(folder.path().join("a.txt"), folder.path().join("c.txt")).unwrap();
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let corpus = folder.read();
    assert_eq!(ids(&corpus), ["a.txt"]);
    let reasons = reasons(&corpus, &folder);
    assert_eq!(reasons.len(), 1);
    assert!(reasons[0].starts_with("b.txt: It is a link to a place outside the input folder"), "{reasons:?}");
    assert!(corpus.unread[0].reason.zh.starts_with("这是指向输入文件夹之外的链接"), "{:?}", corpus.unread[0]);
}

#[test]
fn limits_list_what_is_over_them() {
    let folder = Folder::new().with("a.txt", PLAN).with("b.txt", PLAN.repeat(10)).with("c.txt", PLAN);
    let params = ReadParams { max_document_bytes: 300, max_files: 2, ..ReadParams::default() };
    let corpus = folder.try_read(&params).unwrap();
    assert_eq!(ids(&corpus), ["a.txt"]);
    let all = corpus.unread.iter().map(|unread| unread.reason.en.as_str()).collect::<Vec<_>>().join(" ");
    assert!(all.contains("more than the limit max_document_bytes = 300") && all.contains("max_files = 2"), "{all}");
}

#[test]
fn a_page_gives_its_article_and_nothing_else() {
    let page = "<!DOCTYPE html><html><head><meta charset=\"gb2312\"><title>青石镇2023年工作计划_青石县人民政府</title>\
        <meta name=\"PubDate\" content=\"2023-01-05\"></head><body><div class=\"nav\"><a href=\"/\">首页</a><a>政务公开</a></div>\
        <div>索引号：123/2023-1　　发布机构：青石镇</div><h1>青石镇2023年工作计划</h1><div>【字体：大 中 小】</div>\
        <div id=\"zoom\"><p>&nbsp;　一、发展现代农业。新建果园\n200亩。</p><p>（一）抓好项目<br>建设<span>，推进水库</span>\n除险加固，改善农村人居环境。</p>\
        <table><tr><th>项目</th><th>投资</th></tr><tr><td>水库</td><td>3亿元</td></tr></table><script>var a='菜单';</script>\
        <ol><li>修路。</li><li>架桥。</li></ol><p>【打印】【关闭】</p></div><div class=\"footer\">版权所有：青石县</div></body></html>";
    for bytes in [page.as_bytes().to_vec(), encoded(encoding_rs::GB18030, page)] {
        let extracted = page::read(bytes, &ReadParams::default()).unwrap();
        assert_eq!(
            extracted.text,
            "青石镇2023年工作计划\n一、发展现代农业。新建果园 200亩。\n（一）抓好项目\n建设，推进水库除险加固，改善农村人居环境。\n\
             项目 | 投资 |\n水库 | 3亿元 |\n1. 修路。\n2. 架桥。\n"
        );
        assert_eq!(extracted.title.as_deref(), Some("青石镇2023年工作计划"));
        let field = |name: &str| extracted.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str());
        assert_eq!(
            (field("PubDate"), field("发布机构"), field("索引号")),
            (Some("2023-01-05"), Some("青石镇"), Some("123/2023-1"))
        );
    }
}

#[test]
fn deeply_nested_elements_do_not_overflow() {
    let nested = |depth| {
        format!(
            "<html><body>{}推进项目建设，发展现代农业。{}</body></html>",
            "<div>".repeat(depth),
            "</div>".repeat(depth)
        )
    };
    let extracted = page::read(nested(900).into_bytes(), &ReadParams::default()).unwrap();
    assert_eq!(extracted.text, "推进项目建设，发展现代农业。\n");
    assert!(page::read(nested(2_000).into_bytes(), &ReadParams::default()).unwrap_err().en.contains("nest deeper"));
}

#[test]
fn real_documents_are_read_as_they_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    if !folder.is_dir() {
        println!("skipped: there is no {}", folder.display());
        return;
    }
    let corpus = read(std::slice::from_ref(&folder), None, &ReadParams::default()).unwrap();
    assert_eq!((corpus.documents.len(), corpus.unread.len()), (5, 0));
    for document in &corpus.documents {
        assert_eq!(document.text, std::fs::read_to_string(folder.join(&document.id)).unwrap());
    }
}

/// `tests/reading/make.py` makes the cases and says what must come out of each; a case without an expectation fails, and so does
/// an expectation without a case.
#[test]
fn every_case_file_gives_its_text_or_its_reason() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases");
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    let (expectations, cases): (Vec<String>, Vec<String>) =
        names.into_iter().partition(|name| name.ends_with(".expected"));
    assert_eq!(expectations, cases.iter().map(|name| format!("{name}.expected")).collect::<Vec<_>>());
    let mut wrong = Vec::new();
    for name in cases {
        let expected = std::fs::read_to_string(folder.join(format!("{name}.expected"))).unwrap();
        let got = match read(&[folder.join(&name)], None, &ReadParams::default()) {
            Ok(corpus) if corpus.unread.is_empty() => {
                corpus.documents.iter().map(|document| document.text.as_str()).collect()
            }
            Ok(corpus) => format!("read in part: {:?}", corpus.unread),
            Err(error) => format!("unread: {error}"),
        };
        let right = match expected.strip_prefix("unread: ") {
            Some(reason) => got.starts_with("unread: ") && got.contains(reason.trim()),
            None => got == expected,
        };
        if !right {
            wrong.push(format!("{name}\n  wanted {expected:?}\n  got    {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
