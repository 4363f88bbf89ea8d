//! Columns of documents, sentences and measures.

use super::column::{Table, flag, real, text, whole};
use super::recurring::{ABSTAINED, CLUSTER, DOC, END, HEADINGS, PART, PLACE, START, THEME, THEME_P, THEME2, YEAR};

/// The table `documents`.
pub const DOCUMENTS: Table = Table {
    name: "documents",
    row: "a document",
    columns: &[
        DOC,
        text("file", "来源文件", "the file it came from"),
        text("sha256", "来源字节的 SHA-256", "the SHA-256 of the bytes it came from"),
        PLACE,
        text(
            "level",
            "层级：village（村）、township（乡镇）、county（县）、city（市）、province（省）或 nation（国家）",
            "village, township, county, city, province or nation",
        ),
        YEAR,
        text("title", "标题", "the title"),
        text("issuer", "发布机构", "the issuing body (发布机构)"),
        text("published", "发布日期，按 ISO 8601 书写", "the date of publication, ISO 8601"),
        text("encoding", "读入时的编码或格式", "the encoding or format it was read from"),
        whole("chars", "characters", "正文的 Unicode 字符数", "Unicode characters in the text"),
        whole("sentences", "sentences", "切分出的句数", "sentences cut from it"),
        whole("measures", "measures", "所分析部分切分出的措施数", "measures cut from its part under analysis"),
        real("han_share", "share", "汉字占非空白字符的比例", "Han characters among those that are not blank"),
        whole("ink", "characters", "非空白字符数", "characters that are not blank"),
        whole("in_sentences", "characters", "其中在句子里的字符数", "of those, in sentences"),
        whole("not_noise", "characters", "其中在非噪声句子里的字符数", "of those, in sentences that are not noise"),
        whole(
            "in_measures",
            "characters",
            "其中在所分析部分的措施里的字符数",
            "of those, in measures of the part under analysis",
        ),
        whole(
            "in_terms",
            "characters",
            "其中成词的字符数，不含标点、数字和停用词",
            "of those, in terms: no mark, digit or stop word",
        ),
        whole("in_vocabulary", "characters", "其中属于词表中的词的字符数", "of those, in terms of the vocabulary"),
        text("warnings", "使用前应知道的事项，以 | 相连", "what to know before using it, joined by |"),
    ],
};

/// The table `sentences`.
pub const SENTENCES: Table = Table {
    name: "sentences",
    row: "a sentence",
    columns: &[
        DOC,
        whole("n", "", "句子在文件中的序号，从 0 数起", "the sentence's number in its document, from 0"),
        START,
        END,
        PART,
        HEADINGS,
        text("unit", "B 为措施的首句，I 为措施的后续句，O 为措施之外", "B: first of a measure; I: further; O: outside"),
        text("measure", "所在措施的编号", "the id of the measure that holds it"),
        text("kind", "句子的类别", "what it is doing (类别)"),
        real(
            "kind_p",
            "probability",
            "属于该类别的概率，依全文判定",
            "the probability of that kind, given the whole document",
        ),
        THEME,
        THEME_P,
        THEME2,
        real("theme2_p", "probability", "属于第二主题的概率，经校准", "the calibrated probability of the second theme"),
        ABSTAINED,
        text(
            "because",
            "对判定主题作用最大的特征，以 | 相连",
            "the features that weighed most for the theme, joined by |",
        ),
        flag(
            "masked",
            "公开前隐去了其中的名称或数字（**、×××、XX、某某）",
            "a name or number in it was hidden before publication (**, ×××, XX, 某某)",
        ),
        CLUSTER,
        text("text", "句子原文", "the sentence"),
    ],
};

/// The table `measures`.
pub const MEASURES: Table = Table {
    name: "measures",
    row: "a measure",
    columns: &[
        text(
            "measure",
            "措施编号：文件编号加 # 和从 1 数起的序号",
            "the measure's id: the document's id, #, and its number from 1",
        ),
        DOC,
        PLACE,
        YEAR,
        PART,
        START,
        END,
        whole("sentences", "sentences", "所含句数", "sentences in it"),
        whole("chars", "characters", "所含句子的字符数", "characters in its sentences"),
        real(
            "position",
            "share",
            "起点的位置，以占全文字符的比例表示",
            "where it begins, as a share of the document's characters",
        ),
        HEADINGS,
        text("head", "措施自己的标题，没有时为空", "its own head, where it has one"),
        THEME,
        THEME_P,
        THEME2,
        ABSTAINED,
        flag(
            "transmitted",
            "用 --own-words 时：大半文字见于他处文件，不计入任何数字",
            "with --own-words: most of it stands in documents of other places, so that no count includes it",
        ),
        CLUSTER,
        text("text", "所含句子，直接相连", "its sentences, joined without blanks"),
    ],
};
