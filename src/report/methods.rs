//! The paragraph that a paper needs, with this run's own numbers and the sources of its methods.

use std::fmt::Write as _;

use crate::chart::Lang;
use crate::codebook::Part;
use crate::emphasis::quotient::Interval;
use crate::emphasis::strength::STRONGEST;
use crate::emphasis::{Counting, Weight};
use crate::record::Analysis;

/// The methods paragraph in Markdown, Chinese first or English first by `lang`; both stand in the text.
pub fn methods(analysis: &Analysis, lang: Lang) -> String {
    let (zh, en) = (chinese(analysis), english(analysis));
    let mut text = match lang {
        Lang::Zh => format!("# 方法\n\n{zh}\n# Methods\n\n{en}"),
        Lang::En => format!("# Methods\n\n{en}\n# 方法\n\n{zh}"),
    };
    text.push_str("\n## Sources\n\n");
    text.push_str(SOURCES);
    text
}

/// What a page says of the methods: the paragraph in its own language alone, then the sources, a line each.
pub(super) fn methods_of_page(analysis: &Analysis, lang: Lang) -> Vec<String> {
    let own = match lang {
        Lang::Zh => chinese(analysis),
        Lang::En => english(analysis),
    };
    let lines = own.lines().chain([lang.pick("参考文献", "Sources")]).chain(SOURCES.lines());
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

struct Counts {
    documents: usize,
    places: usize,
    sentences: usize,
    measures: usize,
    abstained: usize,
}

fn counts(analysis: &Analysis) -> Counts {
    let mut places: Vec<&str> =
        analysis.documents.iter().map(|coded| coded.document.meta.place.name.as_str()).collect();
    places.sort_unstable();
    places.dedup();
    Counts {
        documents: analysis.documents.len(),
        places: places.len(),
        sentences: analysis.documents.iter().map(|coded| coded.outline.sentences.len()).sum(),
        measures: analysis
            .documents
            .iter()
            .flat_map(|coded| &coded.measures)
            .filter(|measure| measure.measure.part == analysis.part)
            .count(),
        abstained: analysis.documents.iter().flat_map(|coded| &coded.themes).filter(|call| call.abstained).count(),
    }
}

/// How the number of clusters came about.
enum Clusters {
    None,
    Asked(usize),
    Chosen,
}

/// With a number that was asked for there is one candidate, and where there are few measures there may be one too.
fn clusters(analysis: &Analysis) -> Clusters {
    match (analysis.clusters.len(), analysis.method.asked_clusters) {
        (0, _) => Clusters::None,
        (found, Some(_)) => Clusters::Asked(found),
        (_, None) => Clusters::Chosen,
    }
}

/// Ends a sentence whose last part ended in a semicolon.
fn close(text: &mut String) {
    if let Some(open) = text.strip_suffix('；') {
        *text = format!("{open}。");
    }
}

fn chinese(analysis: &Analysis) -> String {
    let Counts { documents, places, sentences, measures, abstained } = counts(analysis);
    let method = &analysis.method;
    let part = match analysis.part {
        Part::Review => "回顾",
        Part::Problems => "问题",
        Part::Plan => "计划",
    };
    let weight = match method.weight {
        Weight::Measures => "措施条数",
        Weight::Sentences => "句数",
        Weight::Chars => "字数",
    };
    let mut text = format!(
        "本分析用 cezhong {version}。语料为 {places} 个地方的 {documents} 份文件，切分为 {sentences} 句。句子按编码手册“{book}”\
         第 {edition} 版标注类别与主题：类别与措施边界由全文一次判定的线性链条件随机场给出，{themes}；\
         有 {abstained} 句的主题把握不足。{part}部分共 {measures} 条措施，其中 {counted} 条有主题，{general} 条属“总体”，\
         {left} 条把握不足，不计入占比；占比以{weight}计，分母为有主题的措施。",
        version = env!("CARGO_PKG_VERSION"),
        book = analysis.codebook.name,
        edition = analysis.codebook.version,
        themes = match method.by_seeds {
            true => "主题由编码手册的种子词及与其同现的词判定，概率未经校准",
            false => "主题由线性模型给出，概率在不拆分文件的交叉验证上校准",
        },
        counted = method.counted,
        general = method.general,
        left = method.abstained,
    );
    if let Some(strength) = method.strength {
        let _ = write!(
            text,
            "区位商以经验贝叶斯 Dirichlet 先验向 1 收缩（先验强度{strength}；同节措施相关 ρ = {rho:.3}：\
             各节主题互不重复时为 0，有十个以上地方具多年文件时以历年变动为上限），\
             给出 {level:.0}% 区间（{sampled} {draws} 次，种子固定）与 Benjamini–Hochberg q；措施少于 {few} 条的地方不排名。",
            strength = match strength >= STRONGEST {
                true => "取上限：本语料看不出各地之差超过抽样误差".to_owned(),
                false => format!(" {strength:.1} 条措施"),
            },
            rho = method.correlation,
            level = method.level * 100.0,
            sampled = match method.interval {
                Interval::Posterior => "后验抽样",
                Interval::Blocks => "以节为单位的自助抽样",
            },
            draws = method.draws,
            few = method.min_measures,
        );
    }
    text.push_str("关键词为带信息先验的对数几率，离散度为 Gries 的 DP。");
    match clusters(analysis) {
        Clusters::None => {}
        Clusters::Asked(k) => {
            let _ = write!(text, "措施按 TF-IDF 的潜在语义轴以 k 均值聚为事先指定的 {k} 类。");
        }
        Clusters::Chosen => text.push_str("措施按 TF-IDF 的潜在语义轴以 k 均值聚类，类数由轮廓系数与稳定性共同选定。"),
    }
    text.push_str(&chinese_more(analysis));
    text.push('\n');
    text
}

/// What was counted how, and the statistics beside shares and quotients.
fn chinese_more(analysis: &Analysis) -> String {
    let method = &analysis.method;
    let mut text = String::new();
    if let Some(by) = &method.by {
        let _ = write!(text, "比较的单位不是地方，而是 {by} 一栏的各组。");
    }
    text.push_str(match method.counting {
        Counting::Primary => "有两个主题的措施只计第一主题。",
        Counting::Fractional => "有两个主题的措施各计一半。",
    });
    if let Some(left) = method.transmitted {
        let _ = write!(text, "大半文字见于他处文件的 {left} 条措施视为转发，不计入侧重。");
    }
    let (version, levels) = &method.scale;
    let scale: Vec<String> = levels.iter().map(|(value, zh, _)| format!("{zh} {value}")).collect();
    let _ = write!(text, "承诺力度按量表第 {version} 版（{}）取措施均值；", scale.join("、"));
    text.push_str("多样性为香农有效主题数与赫芬达尔指数，独特性按 Meyer 与 Miller；");
    if !analysis.similarity.is_empty() {
        text.push_str("相似度为余弦与 Jensen–Shannon 散度；");
    }
    if analysis.correspondence.is_some() {
        text.push_str("地方 × 主题作对应分析，年份为补充点；");
    }
    if !analysis.change.is_empty() {
        text.push_str("变化的区间为两占比之差的合成区间（Zou 与 Donner），其方差计入同节相关；");
    }
    if !analysis.turns.is_empty() {
        text.push_str("转折以年份重排检验；");
    }
    close(&mut text);
    if !analysis.targets.is_empty() {
        let _ = write!(text, "计划部分读出 {} 个数量目标。", analysis.targets.len());
    }
    text
}

fn english(analysis: &Analysis) -> String {
    let Counts { documents, places, sentences, measures, abstained } = counts(analysis);
    let method = &analysis.method;
    let weight = match method.weight {
        Weight::Measures => "measures",
        Weight::Sentences => "sentences",
        Weight::Chars => "characters",
    };
    let mut text = format!(
        "The analysis was made with cezhong {version}. The corpus holds {documents} documents of {places} places, cut into \
         {sentences} sentences, which were coded by the codebook “{book}”, version {edition}. Kinds and the bounds of \
         measures come from one linear-chain conditional random field over the whole document, {themes}; the coder abstained on {abstained} \
         sentences. The {part} part holds {measures} measures: {counted} with a theme, {general} of \
         the general theme, {left} on which the coder abstained and which enter no share. Shares count {weight} among measures that have a theme.",
        version = env!("CARGO_PKG_VERSION"),
        book = analysis.codebook.name,
        edition = analysis.codebook.version,
        part = analysis.part.id(),
        themes = match method.by_seeds {
            true =>
                "themes from the codebook's seed terms and the words that go with them, with probabilities that are not calibrated",
            false =>
                "themes from a linear model whose probabilities were calibrated on folds that never split a document",
        },
        counted = method.counted,
        general = method.general,
        left = method.abstained,
    );
    if let Some(strength) = method.strength {
        let _ = write!(
            text,
            " Location quotients are shrunk towards 1 by an empirical-Bayes Dirichlet prior (strength {strength}; \
             correlation of measures in one section {rho:.3}: 0 where sections keep their themes apart, and bounded by what \
             changes over years where ten places have several), with {level:.0} % intervals ({draws} {sampled}, fixed seed) and Benjamini–Hochberg q; places with fewer than {few} measures are not ranked.",
            strength = match strength >= STRONGEST {
                true => "at its bound, as this corpus does not show that places differ by more than chance".to_owned(),
                false => format!("{strength:.1} measures"),
            },
            rho = method.correlation,
            level = method.level * 100.0,
            sampled = match method.interval {
                Interval::Posterior => "draws of the posterior",
                Interval::Blocks => "bootstrap samples of sections",
            },
            draws = method.draws,
            few = method.min_measures,
        );
    }
    text.push_str(" Key terms are log-odds with an informative Dirichlet prior, their dispersion is Gries' DP.");
    match clusters(analysis) {
        Clusters::None => {}
        Clusters::Asked(k) => {
            let _ = write!(
                text,
                " Measures were put into {k} clusters, a number set beforehand, by k-means on latent semantic axes of their TF-IDF weights."
            );
        }
        Clusters::Chosen => text.push_str(
            " Measures were clustered by k-means on latent semantic axes of their TF-IDF weights; the number of clusters was \
             chosen by silhouette and stability.",
        ),
    }
    text.push_str(&english_more(analysis));
    text.push('\n');
    text
}

/// What was counted how, and the statistics beside shares and quotients.
fn english_more(analysis: &Analysis) -> String {
    let method = &analysis.method;
    let mut text = String::new();
    if let Some(by) = &method.by {
        let _ = write!(text, " What is compared are the groups of the column {by}, not places.");
    }
    text.push_str(match method.counting {
        Counting::Primary => " A measure of two themes counts for its first.",
        Counting::Fractional => " A measure of two themes counts half for each.",
    });
    if let Some(left) = method.transmitted {
        let _ = write!(
            text,
            " {left} measures, most of whose words stand in documents of other places, were taken as transmitted and left out."
        );
    }
    let (version, levels) = &method.scale;
    let scale: Vec<String> = levels.iter().map(|(value, _, en)| format!("{en} {value}")).collect();
    let _ =
        write!(text, " Commitment is the mean over measures by the scale, version {version} ({}).", scale.join(", "));
    text.push_str(
        " Diversity is Shannon's effective number of themes and Herfindahl's index, nicheness is Meyer and Miller's.",
    );
    if !analysis.similarity.is_empty() {
        text.push_str(" Similarity is the cosine and the Jensen–Shannon divergence.");
    }
    if analysis.correspondence.is_some() {
        text.push_str(" Places × themes were put through correspondence analysis, years as supplementary points.");
    }
    if !analysis.change.is_empty() {
        text.push_str(" Intervals of changes join those of the two shares (Zou and Donner) and allow for likeness within sections.");
    }
    if !analysis.turns.is_empty() {
        text.push_str(" Breaks were tested by reshuffling years.");
    }
    if !analysis.targets.is_empty() {
        let read = match analysis.part {
            Part::Review => "quantities were read from the results and heads of the reviews",
            Part::Problems | Part::Plan => "planned quantities were read from the plans",
        };
        let _ = write!(text, " {} {read}.", analysis.targets.len());
    }
    text
}

const SOURCES: &str = "\
- Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *JRSS B* 57, 289–300.
- Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion. *Statistical Science* 16, 101–133.
- Daniels, M. (1999). A prior for the variance in hierarchical models. *Canadian J. Statistics* 27, 567–578.
- Greenacre, M. (2017). *Correspondence Analysis in Practice*, 3rd ed. CRC Press.
- Gries, S. (2008). Dispersions and adjusted frequencies in corpora. *Int. J. Corpus Linguistics* 13, 403–437.
- Grootendorst, M. (2022). BERTopic: neural topic modeling with a class-based TF-IDF procedure. arXiv:2203.05794.
- Halko, N., Martinsson, P.-G. and Tropp, J. (2011). Finding structure with randomness. *SIAM Review* 53, 217–288.
- Hill, M. (1973). Diversity and evenness. *Ecology* 54, 427–432.
- Kleinman, J. (1973). Proportions with extraneous variance. *JASA* 68, 46–54.
- Lafferty, J., McCallum, A. and Pereira, F. (2001). Conditional random fields. *ICML*, 282–289.
- Lin, J. (1991). Divergence measures based on the Shannon entropy. *IEEE Trans. Inf. Theory* 37, 145–151.
- Meyer, T. and Miller, B. (2015). The niche party concept and its measurement. *Party Politics* 21, 259–271.
- Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin’ words. *Political Analysis* 16, 372–403.
- Newcombe, R. (1998). Interval estimation for the difference between independent proportions. *Statistics in Medicine* 17, 873–890.
- Rousseeuw, P. (1987). Silhouettes. *J. Comput. Appl. Math.* 20, 53–65.
- Zou, G. and Donner, A. (2008). Construction of confidence limits about effect measures. *Statistics in Medicine* 27, 1693–1702.
";
