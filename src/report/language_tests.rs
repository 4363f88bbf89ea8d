//! A run that has much to warn of, on a Chinese and on an English page: warnings, why files were left out, what columns mean.

use std::sync::LazyLock;

use crate::analysis::{self, Models};
use crate::chart::Lang;
use crate::corpus::{self, Input};
use crate::progress::Progress;
use crate::record::Analysis;
use crate::settings::Settings;
use crate::text::is_han;

use super::{DictionaryEntry, Value, contents};

const PLAN: &str = "桃花镇2024年工作计划\n\
    一、抓种植。扩种桃树两千亩，建设冷库三座，改造老果园五百亩，推广水肥一体化，培育家庭农场十二家，办好采摘节。\n\
    二、抓道路。硬化村道五公里，改造桥梁一座，新增停车位三百个，整治镇区排水管网两千米，安装路灯四百盏，方便群众出行。\n\
    三、抓民生。新建养老服务站两处，改造村卫生室三间，开展技能培训两百人次，做好困难群众救助，扩建中心小学食堂，办好暑期托管班。\n\
    四、抓治理。健全网格巡查制度，调解矛盾纠纷，开展禁毒宣传，推进“一窗通办”，群众办事少跑腿。\n";
const WELFARE: &str =
    "长者食堂开到每个村，护理员上门服务，助残辅具免费租借，儿童活动角周末开放，公益岗位优先安置困难家庭。\n";

/// A run over a small input of which nothing is quite right.
static WRONG: LazyLock<Analysis> = LazyLock::new(wrong);

fn wrong() -> Analysis {
    let mut damaged = PLAN.repeat(40).into_bytes();
    damaged[PLAN.len() + 1] = 0xFF;
    let table = format!("id,text,place,year,level\nr1,\"{}\",白水镇,明年,部落\n", WELFARE.repeat(5));
    let list = "file,place,year,县型\nlate.txt,,2021,山区\nnope.txt,甲,2020,\n";
    let late = format!(
        "河北省保定市徐水县政府工作报告\n（2024年1月8日在县人民代表大会会议上）\n二、2024年工作安排\n{}三、2024年工作重点\n{}",
        WELFARE.repeat(3),
        WELFARE.repeat(4)
    );
    // Rows of a table are noise by rule, whatever the models say.
    let rows: String = (1..=60).map(|n| format!("清溪村{n}组|桃树|{n}亩。\n")).collect();
    let masked = PLAN.replace("桃花镇", "**镇").replace("两千亩", "***亩");
    let files: [(&str, &str, Vec<u8>); 12] = [
        ("one", "documents.csv", list.into()),
        ("one", "a.txt", PLAN.into()),
        ("two", "a.txt", PLAN.into()),
        ("two", "b.txt", PLAN.replace("桃花镇", "城关镇").replace('抓', "做好").into()),
        ("one", "b.txt", damaged),
        ("one", "late.txt", late.into()),
        ("one", "masked.txt", masked.into()),
        ("one", "t.csv", table.into()),
        ("one", "rows.txt", rows.into()),
        ("one", "empty.txt", Vec::new()),
        ("one", "broken.zip", b"PK\x03\x04".into()),
        ("one", "short.txt", "abc。".into()),
    ];
    let inputs = files.map(|(folder, name, bytes)| Input::Memory {
        folder: folder.into(),
        name: name.into(),
        bytes: bytes.into(),
    });
    let mut settings = Settings { by: Some("县型".into()), ..Settings::default() };
    settings.similarity.max_places = 1;
    settings.quality.most_repeated_share = 1.0;
    let corpus = corpus::read_inputs(inputs.into(), None, &settings.read).unwrap();
    let models = Models::load(&settings).unwrap();
    analysis::run(corpus, models, &settings, &Progress::silent()).unwrap()
}

/// One of each sort, every number as N: some follow from the models. The English is what scripts read: it stays as it is.
const WANTED: [(&str, &str); 24] = [
    ("未读入：one/empty.txt：文件是空的。", "left out: one/empty.txt: The file is empty."),
    (
        "未读入：one/broken.zip：无法打开：zip 文件已损坏（invalid Zip archive: Could not find EOCD）。",
        "left out: one/broken.zip: It cannot be opened: the zip is damaged: invalid Zip archive: Could not find EOCD.",
    ),
    (
        "未读入：short.txt：全文有 N 个字符，少于 least_chars = N。汉字所占的比例是 N.N，低于 least_han_share = N.N。",
        "left out: short.txt: It has N characters, fewer than least_chars = N.; The share of Han characters is N.N, less than \
         least_han_share = N.N.",
    ),
    (
        "a.txt：同一份文件在输入中出现两次（one/a.txt 和 two/a.txt），只读一次。",
        "a.txt: the document stands twice in the input (one/a.txt and two/a.txt); it is read once.",
    ),
    (
        "b.txt：两份不同的文件用了同一编号，two/b.txt 中的一份改称 b.txt~N。",
        "b.txt: two different documents have this id; the one in two/b.txt is called b.txt~N.",
    ),
    (
        "one/documents.csv:N：“nope.txt”不是本次输入的文件，该行不起作用。",
        "one/documents.csv:N: “nope.txt” is no document of this input; the line is not used.",
    ),
    (
        "有 N 份文件在“县型”一列没有值，归入“(no 县型)”一组比较。",
        "N documents have no value in the column “县型” and are compared as “(no 县型)”",
    ),
    (
        "(no 县型)（年份不明）有主题的措施只有 N 条，少于 N 条，不排名次。",
        "(no 县型) in an unknown year has N measures with a theme, fewer than N: it is not ranked",
    ),
    (
        "山区（N 年）有主题的措施只有 N 条，少于 N 条，不排名次。",
        "山区 in N has N measures with a theme, fewer than N: it is not ranked",
    ),
    (
        "N 个地方太多，不能两两比较，表 similarity 和 tree 为空；请把 similarity.max_places 调到 N 以上，或用 --by 按组比较。",
        "N places are too many to compare all pairs: the tables similarity and tree are empty; set similarity.max_places above N \
         or compare groups with --by",
    ),
    (
        "a.txt：“桃花镇”可能指 N 个地方（河北省张家口市蔚县桃花镇、浙江省舟山市普陀区桃花镇、安徽省合肥市肥西县桃花镇、\
         四川省达州市宣汉县桃花镇），文中没有可以判断的依据；请在 documents.csv 中写出完整的区划名称。",
        "a.txt: “桃花镇” could be N places (河北省张家口市蔚县桃花镇、浙江省舟山市普陀区桃花镇、安徽省合肥市肥西县桃花镇、\
         四川省达州市宣汉县桃花镇) and nothing in the text decides; write its path in documents.csv",
    ),
    (
        "rN：“白水镇”可能指 N 个地方（福建省漳州市龙海区白水镇、江西省吉安市吉水县白水镇、湖南省岳阳市汨罗市白水镇、\
         湖南省永州市祁阳市白水镇等），文中没有可以判断的依据；请在 documents.csv 中写出完整的区划名称。",
        "rN: “白水镇” could be N places (福建省漳州市龙海区白水镇、江西省吉安市吉水县白水镇、湖南省岳阳市汨罗市白水镇、\
         湖南省永州市祁阳市白水镇 and N more) and nothing in the text decides; write its path in documents.csv",
    ),
    ("a.txt：有 N% 的文字也见于 b.txt（同一文件或其节选）。", "a.txt: N % of its text stands in b.txt too (twice)"),
    ("a.txt：有 N% 的文字也见于 b.txt~N（与其他地方雷同）。", "a.txt: N % of its text stands in b.txt~N too (copied)"),
    (
        "b.txt：有 N 处不能按 UTF-N 编码解出，以 � 代替（第一处在第 N 行）。",
        "b.txt: N places could not be decoded as UTF-N and stand as � (the first in line N).",
    ),
    (
        "late.txt：“徐水县”认作徐水区，这是它在 N 年区划名录中的名称。",
        "late.txt: “徐水县” is taken for 徐水区, its name in the gazetteer of N",
    ),
    (
        "late.txt：正文计划的是 N 年，您指定的是 N 年，以后者为准；如果正文是对的，请在 documents.csv 中更正。",
        "late.txt: The text plans N, but you say N, which is kept; correct it in documents.csv if the text is right",
    ),
    (
        "masked.txt：文中的地名已隐去，暂以文件名“masked”代替；请在 documents.csv 中写明地方。",
        "masked.txt: The place's name is masked in the text, so the document stands under its file's name, “masked”; name the \
         place in documents.csv",
    ),
    (
        "masked.txt：N 个句子中有 N 个隐去了名称或数字（**、×××、XX、某某），词和目标中没有这些内容。",
        "masked.txt: names or numbers are masked (**, ×××, XX, 某某) in N of its N sentences; terms and targets miss them",
    ),
    (
        "rN：表格中的年份“明年”不是 N 年至 N 年间的年份，请写成 N 这样的数字。",
        "rN: In the table, the year “明年” is no year from N to N; write it like N.",
    ),
    (
        "rN：表格中的层级“部落”无法识别，请写村、乡镇、县、市、省或国家。",
        "rN: In the table, the level “部落” is unknown; write village, township, county, city, province or nation.",
    ),
    (
        "rows.txt：N 个句子（N 个块）中没有找到措施；切分的情形可用 `cezhong outline` 查看。",
        "rows.txt: no measure was found in its N sentences (N blocks); `cezhong outline` shows how they were cut",
    ),
    (
        "停用词：N 个中有 N 个在本语料中起作用，N 个从未出现。",
        "stop words: N of N took effect in this corpus, N never occurred",
    ),
    (
        "词典：N 个词条中有 N 个在本语料中起作用，N 个从未出现，N 个让位于别的词。",
        "lexicon: N of N terms took effect in this corpus, N never occurred, N were overridden by other words",
    ),
];

/// The line with every number as N.
fn numberless(line: &str) -> String {
    let mut bare = String::new();
    for c in line.chars() {
        match c.is_ascii_digit() {
            true if bare.ends_with('N') => {}
            true => bare.push('N'),
            false => bare.push(c),
        }
    }
    bare
}

/// The warnings of a page, and those of its table of documents, with `/` in every path.
fn warnings(analysis: &Analysis, lang: Lang) -> (Vec<String>, Vec<String>) {
    let page = contents(analysis, Vec::new(), lang);
    let table = page.tables.iter().find(|table| table.id == "documents").unwrap();
    let cells = table.rows.iter().map(|row| match row.values.last() {
        Some(Value::Text(text)) => text.clone(),
        other => panic!("the last column holds words, not {other:?}"),
    });
    (page.warnings.iter().map(|line| line.replace('\\', "/")).collect(), cells.collect())
}

#[test]
fn a_page_warns_in_its_own_language_alone() {
    let ((zh, zh_cells), (en, en_cells)) = (warnings(&WRONG, Lang::Zh), warnings(&WRONG, Lang::En));
    assert_eq!(zh.len(), en.len());
    for line in zh.iter().chain(zh_cells.iter().filter(|cell| !cell.is_empty())) {
        assert!(line.ends_with('。'), "{line}");
        let english =
            [" the ", " is ", " of ", " in ", " and ", " its ", " no "].iter().find(|word| line.contains(**word));
        assert_eq!(english, None, "{line}");
    }
    assert!(en.iter().chain(&en_cells).all(|line| !line.contains(['。', '；', '（'])), "{en:?}");

    let pairs: Vec<(String, String)> = zh.iter().zip(&en).map(|(zh, en)| (numberless(zh), numberless(en))).collect();
    for (zh, en) in WANTED {
        let found = pairs.iter().any(|pair| pair.0 == zh && pair.1 == en);
        assert!(found, "“{zh}” with “{en}” is not among {pairs:#?}");
    }
}

#[test]
fn a_page_explains_its_columns_in_its_own_language() {
    let dictionary = |lang| contents(&WRONG, Vec::new(), lang).dictionary;
    let (zh, en) = (dictionary(Lang::Zh), dictionary(Lang::En));
    assert_eq!(zh.len(), en.len());
    for (zh, en) in zh.iter().zip(&en) {
        assert_eq!((&zh.table, &zh.column), (&en.table, &en.column));
        let told = format!("{} {}", zh.kind, zh.meaning);
        assert!(zh.kind.chars().all(is_han) && zh.meaning.chars().any(is_han), "{told}");
        assert!(!told.contains(" of ") && !told.contains("the "), "{told}");
        assert!(!en.kind.chars().any(is_han) && !en.meaning.contains(['，', '（']), "{en:?}");
    }
    let found = |page: &[DictionaryEntry], kind: &str, meaning: &str| {
        page.iter().any(|entry| entry.column == "chars" && entry.kind == kind && entry.meaning == meaning)
    };
    assert!(found(&zh, "整数", "正文的 Unicode 字符数（字符）"));
    assert!(found(&en, "whole", "Unicode characters in the text (characters)"));
}

#[test]
fn a_page_names_likeness_in_its_own_language() {
    let kinds = |lang| -> Vec<Value> {
        let page = contents(&WRONG, Vec::new(), lang);
        let table = page.tables.iter().find(|table| table.id == "duplicates").unwrap();
        table.rows.iter().map(|row| row.values.last().unwrap().clone()).collect()
    };
    let named = |kinds: Vec<Value>, name: &str| kinds.contains(&Value::Text(name.to_owned()));
    assert!(named(kinds(Lang::Zh), "与其他地方雷同") && !named(kinds(Lang::Zh), "copied"));
    assert!(named(kinds(Lang::En), "copied"));
}

#[test]
fn a_page_tells_its_methods_in_its_own_language_alone() {
    let methods = |lang| contents(&WRONG, Vec::new(), lang).methods;
    let (zh, en) = (methods(Lang::Zh), methods(Lang::En));
    let is_source = |line: &String| line.starts_with("- ");
    let own = |lines: &[String]| lines.iter().filter(|line| !is_source(line)).cloned().collect::<String>();
    assert!(own(&zh).starts_with("本分析用 cezhong") && own(&zh).ends_with("参考文献"), "{zh:?}");
    assert!(!own(&zh).contains(" the ") && !own(&zh).contains(" of "), "{zh:?}");
    assert!(own(&en).starts_with("The analysis was made") && own(&en).ends_with("Sources"), "{en:?}");
    assert!(!own(&en).contains('。'), "{en:?}");
    assert_eq!(zh.iter().filter(|line| is_source(line)).count(), en.iter().filter(|line| is_source(line)).count());

    let file = super::methods(&WRONG, Lang::Zh);
    let order =
        ["# 方法\n\n本分析", "\n# Methods\n\nThe analysis", "\n## Sources\n\n- Benjamini"].map(|part| file.find(part));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{file}");
}
