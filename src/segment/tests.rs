use std::path::Path;
use std::sync::LazyLock;

use super::*;
use crate::text::Span;

/// The dictionary takes a while to load; the tests share it.
static SHIPPED: LazyLock<Segmenter> = LazyLock::new(|| Segmenter::new(&Lexicon::shipped()));

fn lexicon(source: &str) -> crate::Result<Lexicon> {
    let mut lexicon = Lexicon::new();
    lexicon.add_terms(source.as_bytes(), Path::new("my/words.txt"))?;
    Ok(lexicon)
}

fn refusal(source: &str) -> String {
    lexicon(source).unwrap_err().to_string()
}

fn words(segmenter: &Segmenter, text: &str) -> Vec<String> {
    let mut words = Vec::new();
    segmenter.words(text, |_, word| words.push(word.to_owned()));
    words
}

fn entry(word: &str, freq: Option<usize>, tag: Option<&str>) -> Entry {
    Entry { word: word.into(), freq, tag: tag.map(str::to_owned) }
}

#[test]
fn every_form_of_line_is_read() {
    let source = "\u{feff}双招双引\r\n林长制 30\r\n\r\n# 注释\r\n河长制 n\n放管服\t12\tnz  # 旁注\n５Ｇ基站\n";
    assert_eq!(
        lexicon(source).unwrap().entries(),
        [
            entry("双招双引", None, None),
            entry("林长制", Some(30), None),
            entry("河长制", None, Some("n")),
            entry("放管服", Some(12), Some("nz")),
            entry("5G基站", None, None),
        ]
    );
    let twice = lexicon("林长制\n河长制 3\n林长制 7 n\n").unwrap();
    assert_eq!(twice.entries()[0], entry("林长制", Some(7), Some("n")), "the later line counts, the first place stays");
    assert_eq!(twice.entries().len(), 2);
}

#[test]
fn a_bad_line_is_named_with_what_to_do() {
    assert_eq!(
        refusal("林长制\n\n双招双引 many\n"),
        "my/words.txt:3: the frequency “many” is no whole number; write a whole number or leave it out"
    );
    assert_eq!(
        refusal("# 词\n放管服 0 n"),
        "my/words.txt:2: the frequency 0 would break the word; leave the frequency out or write 1 or more"
    );
    assert_eq!(
        refusal("放管服 3 n v"),
        "my/words.txt:1: “v” is a fourth field; write a term, its frequency and its tag at most"
    );
    assert_eq!(
        refusal("三农、三资"),
        "my/words.txt:1: “三农、三资” holds “、”, at which every word ends; write the parts on lines of their own"
    );
    assert!(refusal("放管服 99999999999").contains("too large"));
    assert!(refusal("放管服 -1").contains("no whole number"));
    let mut gbk = Lexicon::new();
    let error = gbk.add_terms(b"\xB7\xC5\xB9\xDC\xB7\xFE\n", Path::new("gbk.txt")).unwrap_err().to_string();
    assert_eq!(error, "gbk.txt:1: the line is not UTF-8; save the file as UTF-8");
    let error = Lexicon::new().add_stop_words("我们 他们".as_bytes(), Path::new("stop.txt")).unwrap_err().to_string();
    assert_eq!(error, "stop.txt:1: “他们” follows a stop word on the same line; write one stop word a line");
    let error = Lexicon::new().read_terms(Path::new("no such file")).unwrap_err();
    assert_eq!(error.exit_code(), 4);
    assert!(error.to_string().starts_with("no such file: the lexicon cannot be read"));
}

#[test]
fn the_shipped_lists_are_well_formed_and_do_not_contradict_each_other() {
    let shipped = Lexicon::shipped();
    assert!(shipped.entries().len() >= 50 && shipped.stop_words().count() >= 50);
    let stop: Vec<&str> = shipped.stop_words().collect();
    let both: Vec<&str> = shipped.entries().iter().map(|e| e.word.as_str()).filter(|w| stop.contains(w)).collect();
    assert!(both.is_empty(), "terms that are stop words: {both:?}");
}

#[test]
fn words_cover_the_untouched_text() {
    let texts = [
        "坚持林长制，新建５Ｇ基站１２．５个！",
        "",
        "\r\n  a b\u{3000}c",
        "Ａ级景区（３Ａ）㐂𠮷😀é",
        "**加强** 1.推进“放管服”改革。\n2、落实",
    ];
    for text in texts {
        let mut end = 0;
        SHIPPED.words(text, |span, word| {
            assert_eq!(span.start, end, "words touch each other in {text:?}");
            assert_eq!(span.of(text).chars().count(), word.chars().count());
            end = span.end;
        });
        assert_eq!(end, text.len(), "the words of {text:?}, joined, are the text");
    }
}

#[test]
fn full_width_digits_and_letters_make_one_word_with_their_place() {
    let text = "新建５Ｇ基站１２０个，";
    let mut found = Vec::new();
    SHIPPED.words(text, |span, word| found.push((span.of(text).to_owned(), word.to_owned())));
    assert!(found.contains(&("５Ｇ".into(), "5G".into())), "{found:?}");
    assert!(found.contains(&("１２０".into(), "120".into())), "{found:?}");
    assert_eq!(found.last().unwrap(), &("，".into(), "，".into()), "punctuation stays as it is");
}

#[test]
fn a_term_without_a_frequency_stays_whole() {
    let plain = Segmenter::new(&Lexicon::new());
    let taught = Segmenter::new(&lexicon("双招双引\n推进\n").unwrap());
    let text = "聚焦双招双引推进放管服改革";
    assert!(!words(&plain, text).contains(&"双招双引".to_owned()));
    assert!(words(&taught, text).contains(&"双招双引".to_owned()));
    assert!(words(&taught, text).contains(&"推进".to_owned()), "a known word without a frequency is not broken");
    assert_eq!(taught.known(), [false, true]);
}

#[test]
fn terms_are_long_enough_and_no_stop_words() {
    let mut terms: Vec<(Span, String)> = Vec::new();
    let text = "我们镇要建设120亩果园，5G等a项";
    SHIPPED.terms(text, |span, term| terms.push((span, term.to_owned())));
    let found: Vec<&str> = terms.iter().map(|(_, term)| term.as_str()).collect();
    assert!(found.contains(&"果园") && found.contains(&"5G"), "{found:?}");
    assert!(!found.contains(&"我们") && !found.contains(&"120") && !found.contains(&"镇") && !found.contains(&"a"));
    assert!(terms.iter().all(|(span, term)| span.of(text) == term));
}

#[test]
fn the_report_says_what_became_of_each_term() {
    // 合作社 stands only inside 专业合作社; 林长制 is cut; 田长制 stands nowhere.
    let source = "林长制\n合作社\n专业合作社 100000\n田长制\n";
    let segmenter = Segmenter::new(&lexicon(source).unwrap());
    let texts = ["推行林长制，落实林长制。", "发展专业合作社", ""];
    let report = LexiconReport::of(&segmenter, &texts);
    let effects: Vec<(&str, u64, Effect)> = report.terms.iter().map(|t| (t.word.as_str(), t.times, t.effect)).collect();
    assert_eq!(effects[0], ("林长制", 2, Effect::Cut));
    assert_eq!(effects[1], ("合作社", 0, Effect::InLongerWord));
    assert_eq!(effects[2], ("专业合作社", 1, Effect::Cut));
    assert_eq!(effects[3], ("田长制", 0, Effect::Absent));
    assert_eq!((report.count(Effect::Cut), report.count(Effect::Absent)), (2, 1));
    assert!(report.terms[1].known && !report.terms[0].known, "合作社 is in the dictionary, 林长制 is not");
    assert_eq!(LexiconReport::of(&Segmenter::new(&Lexicon::new()), &texts), LexiconReport::default());
}

#[test]
fn a_term_whose_characters_go_to_its_neighbours_is_divided() {
    // 业改 with the smallest frequency loses to 林业 and 改革.
    let segmenter = Segmenter::new(&lexicon("业改 1\n").unwrap());
    let report = LexiconReport::of(&segmenter, &["深化林业改革"]);
    assert_eq!(report.terms[0].effect, Effect::Divided);
    assert_eq!(report.overridden(), 1);
}
