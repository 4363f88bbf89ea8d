//! Why files are left out: in Chinese and in English, over files that are broken in every way we could think of.

use super::*;
use crate::notice::Notice;
use crate::text::is_han;
use polars::prelude::{DataFrame, NamedFrom, ParquetWriter, Series};
use std::io::Write;
use std::path::{Path, PathBuf};

const PLAN: &str = "青石镇2023年工作计划\n一、大力发展现代农业。新建果园200亩，推进水库除险加固。\n";

/// A zip with one text in it, deflated.
fn archive() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("a.txt", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(PLAN.repeat(20).as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn parquet() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut table = DataFrame::new_infer_height(vec![Series::new("text".into(), [PLAN, PLAN]).into()]).unwrap();
    ParquetWriter::new(&mut bytes).finish(&mut table).unwrap();
    bytes
}

/// The bytes with the one at `at` turned over.
fn damaged(mut bytes: Vec<u8>, at: usize) -> Vec<u8> {
    bytes[at] ^= 0xFF;
    bytes
}

/// Files that cannot be read, and one that can.
fn broken() -> Vec<(String, Vec<u8>)> {
    let noise = |seed: u32| (0..3000u32).map(|n| (n.wrapping_mul(seed) >> 24) as u8).collect::<Vec<u8>>();
    let columns = (0..15).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
    let made: [(&str, Vec<u8>); 25] = [
        ("good.txt", PLAN.into()),
        ("empty.txt", Vec::new()),
        ("blank.txt", " \n".into()),
        ("noise.txt", noise(2_654_435_761)),
        ("marked.txt", [b"\xEF\xBB\xBF".as_slice(), &[0xFF; 90]].concat()),
        ("noise.docx", noise(2_246_822_519)),
        ("noise.xlsx", [b"PK\x03\x04".as_slice(), &noise(3_266_489_917)].concat()),
        ("noise.pdf", [b"%PDF-1.7\n".as_slice(), &noise(668_265_263)].concat()),
        ("noise.parquet", [b"PAR1".as_slice(), &noise(374_761_393)].concat()),
        ("damaged.parquet", damaged(parquet(), 4)),
        ("damaged.zip", damaged(archive(), 50)),
        ("cut.zip", archive()[..100].into()),
        ("cut.csv.gz", gzip(PLAN.repeat(50).as_bytes())[..40].into()),
        ("damaged.csv.zst", b"\x28\xB5\x2F\xFD\xFF\xFF\xFF\xFF\xFF".into()),
        ("without.csv", "id,body\n1,x\n".into()),
        ("wide.csv", columns.into()),
        ("headed.csv", "id,text\n".into()),
        ("short.csv", format!("id,text\n0,\n{}", "1\n".repeat(25)).into()),
        ("lines.jsonl", "{\"body\":1}\n{\"text\":7}\n[1]\n{\"text\":\"甲\"\nnope\n{}\n".into()),
        ("cut.json", "[{\"text\":\"甲\"},".into()),
        ("deep.html", format!("<html><body>{}", "<div>".repeat(1_001)).into()),
        ("bold.html", format!("<html>{}{}", "<b>".repeat(900), "<p>x".repeat(6_000)).into()),
        ("program.exe", b"MZ\x90\0".into()),
        ("song.mp3", b"ID3".into()),
        ("packed.rar", b"Rar!\x1A\x07".into()),
    ];
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading/cases");
    let cases = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path());
    let refused = |path: &PathBuf| {
        let expected = std::fs::read_to_string(format!("{}.expected", path.display()));
        expected.is_ok_and(|text| text.starts_with("unread: "))
    };
    let cases = cases.filter(refused).map(|path| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (format!("case-{name}"), std::fs::read(path).unwrap())
    });
    made.into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).chain(cases).collect()
}

fn read_broken() -> Corpus {
    let inputs =
        broken().into_iter().map(|(name, bytes)| Input::Memory { folder: PathBuf::new(), name, bytes: bytes.into() });
    read_inputs(inputs.collect(), None, &ReadParams::default()).unwrap()
}

/// What stands outside of brackets and quotation marks: our own words.
fn own_words(zh: &str) -> String {
    let mut depth = 0;
    let mut own = String::new();
    for c in zh.chars() {
        match c {
            '（' | '“' => depth += 1,
            '）' | '”' => depth -= 1,
            _ if depth == 0 => own.push(c),
            _ => {}
        }
    }
    own
}

/// Whether two English words follow each other; names of formats and settings stand alone.
fn has_english(own: &str) -> bool {
    let words: Vec<&str> = own.split(' ').collect();
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    words.windows(2).any(|pair| {
        let ends = pair[0].rsplit(|c: char| !c.is_ascii()).next().unwrap_or_default();
        let begins = pair[1].split(|c: char| !c.is_ascii()).next().unwrap_or_default();
        is_word(ends) && is_word(begins)
    })
}

#[test]
fn every_reason_is_chinese_and_english() {
    let corpus = read_broken();
    assert_eq!(corpus.documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(), ["good.txt"]);
    let files: std::collections::BTreeSet<String> =
        corpus.unread.iter().map(|left| left.file.split([':', '/']).next().unwrap().to_owned()).collect();
    let named: std::collections::BTreeSet<String> =
        broken().into_iter().map(|(name, _)| name).filter(|name| name != "good.txt").collect();
    assert_eq!(files, named);
    for left in &corpus.unread {
        let Notice { zh, en } = &left.reason;
        let own = own_words(zh);
        assert!(own.chars().any(is_han) && zh.ends_with('。'), "{}: {zh}", left.file);
        assert!(!has_english(&own), "{}: {zh}", left.file);
        assert!(!en.contains(['。', '，', '；', '：', '（']), "{}: {en}", left.file);
    }
}

#[test]
fn english_words_are_seen_where_they_stand() {
    assert!(has_english(&own_words("无法打开：the zip（bad）。")));
    assert!(!has_english(&own_words("不是 Word 或 WPS 文档，见 max_files = 3（the zip）。")));
}

/// One of each sort. The English is what scripts read: it stays as it is.
const WANTED: [(&str, &str, &str); 41] = [
    ("blank.txt", "其中没有文字。", "There is no text in it."),
    ("cut.csv.gz", "无法解压：内容不完整，中途断开。", "It cannot be unpacked: incomplete deflate stream."),
    (
        "cut.json",
        "文件不是由带“text”的对象组成的 JSON 数组：没有写完（第 1 行第 16 列）。",
        "The file is no JSON array of objects with a text: EOF while parsing a value at line 1 column 16.",
    ),
    (
        "cut.zip",
        "无法打开：zip 文件已损坏（invalid Zip archive: Could not find EOCD）。",
        "It cannot be opened: the zip is damaged: invalid Zip archive: Could not find EOCD.",
    ),
    (
        "damaged.parquet",
        "Parquet 表格无法读取：文件已损坏，请重新导出。",
        "The parquet table cannot be read: it is damaged; write it anew.",
    ),
    (
        "damaged.zip/a.txt",
        "无法解压：包内文件无法解压：数据已损坏（corrupt deflate stream）。",
        "It cannot be unpacked: a member cannot be unpacked: corrupt deflate stream.",
    ),
    (
        "deep.html",
        "网页元素嵌套超过 1000 层，请只保存其中的文字。",
        "The elements of the page nest deeper than 1000; save its text.",
    ),
    (
        "bold.html",
        "网页中没有闭合的格式元素太多，不能解析，请只保存其中的文字。",
        "The page has too many unclosed formatting elements to be parsed; save its text.",
    ),
    ("empty.txt", "文件是空的。", "The file is empty."),
    ("headed.csv", "表格没有数据行。", "The table has no rows."),
    (
        "lines.jsonl:1",
        "其中没有“text”，只有“body”；请把正文所在的列命名为“text”。",
        "There is no “text”, only “body”; name the column of texts “text”.",
    ),
    (
        "lines.jsonl:2",
        "该行不是 JSON 对象：“text”不是字符串（第 1 行第 10 列）。",
        "The line is no JSON object: the “text” is not a string at line 1 column 10.",
    ),
    (
        "lines.jsonl:3",
        "该行不是 JSON 对象：不是带“text”的对象。",
        "The line is no JSON object: invalid type: sequence, expected an object with a “text” at line 1 column 0.",
    ),
    (
        "lines.jsonl:5",
        "该行不是 JSON 对象：语法有误（expected ident at line 1 column 2）。",
        "The line is no JSON object: expected ident at line 1 column 2.",
    ),
    (
        "lines.jsonl:6",
        "其中没有“text”，也没有其他列；请把正文所在的列命名为“text”。",
        "There is no “text”, only ; name the column of texts “text”.",
    ),
    (
        "marked.txt",
        "字节顺序标记说明编码是 UTF-8，但后面的内容不符，请将文件另存为 UTF-8。",
        "The byte order mark says UTF-8, but the bytes after it are not; save the file again as UTF-8.",
    ),
    (
        "noise.txt",
        "文件是二进制数据，不是文本，请先转换为文本、html、docx 或 pdf。",
        "The file is binary, not text; convert it to text, html, docx or pdf first.",
    ),
    (
        "noise.parquet",
        "Parquet 表格无法读取（parquet: File out of specification: The file must end with PAR1）。",
        "The parquet table cannot be read: parquet: File out of specification: The file must end with PAR1.",
    ),
    (
        "noise.pdf",
        "无法读取：文件已损坏，请重新生成 PDF（failed parsing cross reference table）。",
        "It cannot be read: the file is damaged (failed parsing cross reference table); make the PDF anew.",
    ),
    (
        "packed.rar",
        "不支持这种压缩格式，请解压，或者改用 .zip 打包。",
        "This kind of archive is not read; unpack it, or pack it as .zip.",
    ),
    ("program.exe", "文件是程序或程序库，不是文档。", "The file is a program or a library, not a document."),
    ("song.mp3", "文件是音频或视频，不是文档。", "The file is sound or video, not a document."),
    ("short.csv", "另有 6 行也无法读取。", "6 further rows could not be read either."),
    ("short.csv:2", "正文是空的。", "The text is empty."),
    (
        "short.csv:3",
        "该行有 1 格，而标题行有 2 格；文字中有分隔符或换行的，请加引号。",
        "The line has 1 cells under 2 headers; put texts with separators or line ends in quotes.",
    ),
    (
        "wide.csv",
        "表格没有“text”列，只有“c0”、“c1”、“c2”、“c3”、“c4”、“c5”、“c6”、“c7”、“c8”、“c9”、“c10”、“c11”等 15 \
         列；请把正文所在的列命名为“text”。",
        "The table has no column “text”, only “c0”, “c1”, “c2”, “c3”, “c4”, “c5”, “c6”, “c7”, “c8”, “c9”, “c10”, \
         “c11” and 3 more; name the column of texts “text”.",
    ),
    (
        "without.csv",
        "表格没有“text”列，只有“id”、“body”；请把正文所在的列命名为“text”。",
        "The table has no column “text”, only “id”, “body”; name the column of texts “text”.",
    ),
    (
        "case-latin1.txt",
        "编码无法识别：内容不是 UTF-8（前 1 个字节之后，第 1 行起），按 GB18030、Big5 或 UTF-16 \
         也解不出中文，请将文件另存为 UTF-8。",
        "The encoding is unknown: the bytes are no UTF-8 (from byte 1, line 1) and make no Chinese as GB18030, \
         Big5 or UTF-16; save the file as UTF-8.",
    ),
    (
        "case-locked.pdf",
        "无法读取：文件设有密码，请先解除（qpdf --decrypt --password=… 原文件 新文件.pdf）。",
        "It cannot be read: it is locked with a password; unlock it (qpdf --decrypt --password=… FILE OPEN.pdf).",
    ),
    (
        "case-scan.png",
        "文件是图片，请先识别文字（OCR），再提供文本。",
        "The file is a picture; recognise its text (OCR) and give the text.",
    ),
    (
        "case-scan.pdf",
        "无法读取：各页都是没有文字的图片（扫描件），请先识别文字（OCR），再提供文本。",
        "It cannot be read: its pages are pictures without text (a scan); recognise its text (OCR) and give the \
         text.",
    ),
    (
        "case-rich.rtf",
        "不读取 RTF 格式，请用 LibreOffice 转换（soffice --headless --convert-to docx 文件名）。",
        "Rich text is not read; convert it with LibreOffice: soffice --headless --convert-to docx FILE",
    ),
    (
        "case-sheet.xls",
        "旧版办公文件无法读取：它不是 Word 或 WPS 文档，如果是表格，请另存为 xlsx 或 csv；也可以用 LibreOffice \
         转换（soffice --headless --convert-to docx 文件名）。",
        "The old office file cannot be read: it is no document of Word or WPS; if it is a table, save it as xlsx \
         or csv; or convert it with LibreOffice: soffice --headless --convert-to docx FILE",
    ),
    (
        "case-slides.pptx",
        "不读取幻灯片和 OpenDocument 文件，请用 LibreOffice 转换（soffice --headless --convert-to docx 文件名）。",
        "Slides and OpenDocument files are not read; convert it with LibreOffice: soffice --headless \
         --convert-to docx FILE",
    ),
    (
        "case-page.mht",
        "不读取网页归档格式（mht），请用浏览器打开，另存为 html。",
        "A web archive is not read; open it in a browser and save the page as html.",
    ),
    (
        "case-locked.zip/deeper.zip",
        "无法解压：打包方式不能读取，请重新打包，不设密码（Password required to decrypt file）。",
        "It cannot be unpacked: it is packed in a way that is not read (Password required to decrypt file); pack \
         it anew without a password.",
    ),
    (
        "case-bomb.docx",
        "无法读取：包内文件无法解压：解出的内容超过 16775461 字节，即上限 max_inflation_ratio 或 \
         max_inflated_bytes。",
        "It cannot be read: a member cannot be unpacked: it gives more than 16775461 bytes, the limit \
         max_inflation_ratio or max_inflated_bytes.",
    ),
    (
        "case-identity-unknown.pdf",
        "无法读取：176 个字符中有 176 个，字体没有说明是什么字（Song），超过上限 max_unknown_glyph_share = \
         0.05；请提供用来制作 PDF 的原文件，没有原文件的，请先识别文字（OCR），再提供文本。",
        "It cannot be read: of 176 characters 176 are set in fonts that do not say which characters they are \
         (Song), more than the limit max_unknown_glyph_share = 0.05; give the document from which it was made, \
         or recognise its text (OCR) and give the text.",
    ),
    (
        "case-entities.docx",
        "无法读取：XML 中声明了文档类型，办公软件不会这样写。",
        "It cannot be read: its XML declares a document type, which no office program writes.",
    ),
    (
        "case-picture.ofd",
        "无法读取：没有文字，只有图片，请先识别文字（OCR），再提供文本。",
        "It cannot be read: it has no text, only pictures; recognise its text (OCR) and give the text.",
    ),
    (
        "case-too-deep.zip/deeper.zip/deeper.zip",
        "压缩包嵌套的层数超过上限 max_archive_depth = 2。",
        "It lies deeper in archives than the limit max_archive_depth = 2.",
    ),
];

#[test]
fn each_sort_of_reason_keeps_its_words() {
    let corpus = read_broken();
    for (file, zh, en) in WANTED {
        let found = corpus.unread.iter().any(|left| left.file == file && left.reason.zh == zh && left.reason.en == en);
        let same: Vec<_> = corpus.unread.iter().filter(|left| left.file == file).collect();
        assert!(found, "{file}: “{zh}” with “{en}” is not among {same:#?}");
    }
}
