//! The paragraph that a paper needs, with this run's own numbers and the sources of its methods.

use std::fmt::Write as _;

use crate::chart::Lang;
use crate::codebook::Part;
use crate::emphasis::Weight;
use crate::record::Analysis;

/// The methods paragraph in Markdown, Chinese first or English first by `lang`; both stand in the text.
pub fn methods(analysis: &Analysis, lang: Lang) -> String {
    let (zh, en) = (chinese(analysis), english(analysis));
    let mut text = match lang {
        Lang::Zh => format!("# 方法\n\n{zh}\n# Methods\n\n{en}"),
        Lang::En => format!("# Methods\n\n{en}\n# 方法\n\n{zh}"),
    };
    text.push_str(SOURCES);
    text
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
         第 {edition} 版标注类别与主题：类别与措施边界由全文一次判定的线性链条件随机场给出，主题由线性模型给出，概率在不拆分文件的交叉验证上校准；\
         有 {abstained} 句把握不足，不计入任何数字。{part}部分共 {measures} 条措施，其中 {counted} 条有主题，{general} 条属“总体”，\
         {left} 条存疑；占比以{weight}计，分母为有主题的措施。",
        version = env!("CARGO_PKG_VERSION"),
        book = analysis.codebook.name,
        edition = analysis.codebook.version,
        counted = method.counted,
        general = method.general,
        left = method.abstained,
    );
    if let Some(strength) = method.strength {
        let _ = write!(
            text,
            "区位商以经验贝叶斯 Dirichlet 先验向 1 收缩（先验强度 {strength:.1} 条措施；同节措施相关 ρ = {rho:.3}），\
             给出 {level:.0}% 区间（{draws} 次抽样，种子固定）与 Benjamini–Hochberg q；措施少于 {few} 条的地方不排名。",
            rho = method.correlation,
            level = method.level * 100.0,
            draws = method.draws,
            few = method.min_measures,
        );
    }
    text.push_str(
        "关键词为带信息先验的对数几率；措施按 TF-IDF 的潜在语义轴以 k 均值聚类，类数由轮廓系数与稳定性共同选定。\n",
    );
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
         measures come from one linear-chain conditional random field over the whole document, themes from a linear model \
         whose probabilities were calibrated on folds that never split a document; the coder abstained on {abstained} \
         sentences, which enter no count. The {part} part holds {measures} measures: {counted} with a theme, {general} of \
         the general theme, {left} unsure. Shares count {weight} among measures that have a theme.",
        version = env!("CARGO_PKG_VERSION"),
        book = analysis.codebook.name,
        edition = analysis.codebook.version,
        part = analysis.part.id(),
        counted = method.counted,
        general = method.general,
        left = method.abstained,
    );
    if let Some(strength) = method.strength {
        let _ = write!(
            text,
            " Location quotients are shrunk towards 1 by an empirical-Bayes Dirichlet prior (strength {strength:.1} \
             measures; correlation of measures in one section {rho:.3}), with {level:.0} % intervals ({draws} draws, fixed \
             seed) and Benjamini–Hochberg q; places with fewer than {few} measures are not ranked.",
            rho = method.correlation,
            level = method.level * 100.0,
            draws = method.draws,
            few = method.min_measures,
        );
    }
    text.push_str(
        " Key terms are log-odds with an informative Dirichlet prior. Measures were clustered by k-means on latent \
         semantic axes of their TF-IDF weights; the number of clusters was chosen by silhouette and stability.\n",
    );
    text
}

const SOURCES: &str = "
## Sources

- Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. *JRSS B* 57, 289–300.
- Grootendorst, M. (2022). BERTopic: neural topic modeling with a class-based TF-IDF procedure. arXiv:2203.05794.
- Halko, N., Martinsson, P.-G. and Tropp, J. (2011). Finding structure with randomness. *SIAM Review* 53, 217–288.
- Lafferty, J., McCallum, A. and Pereira, F. (2001). Conditional random fields. *ICML*, 282–289.
- Minka, T. (2000). Estimating a Dirichlet distribution. Technical report, MIT.
- Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin’ words. *Political Analysis* 16, 372–403.
- Rousseeuw, P. (1987). Silhouettes. *J. Comput. Appl. Math.* 20, 53–65.
";
