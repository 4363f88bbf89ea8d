//! cezhong (侧重) reads what Chinese towns, counties and cities say they will do,
//! and shows where each puts its emphasis.
//!
//! Documents become an outline, sentences with kinds and themes, measures (措施), words, clusters, and statistics of
//! emphasis, which become tables, charts and a page. The tour below goes through the stages in the order in which data
//! flows; every example runs.
//!
//! # The whole job
//!
//! [`corpus`] reads, [`analysis`] runs every stage and fills one record, [`record::Analysis`]. Here on the sample corpus
//! that ships inside the program:
//!
//! ```
//! use cezhong::{analysis, analysis::Models, corpus, progress::Progress, settings::Settings};
//!
//! let settings = Settings::default();
//! let corpus = corpus::read_or_sample(&[], None, &settings.read)?;
//! let models = Models::load(&settings)?;
//! let analysis = analysis::run(corpus, models, &settings, &Progress::silent())?;
//!
//! let strongest = analysis.emphasis.iter().filter(|row| row.place == "桃谷镇" && row.year == Some(2022));
//! let strongest = strongest.max_by(|a, b| a.lq.partial_cmp(&b.lq).unwrap()).unwrap();
//! assert_eq!(analysis.codebook.themes[strongest.theme as usize].id, "agriculture");
//! # Ok::<(), cezhong::Error>(())
//! ```
//!
//! # Outline: sentences, headings, markers
//!
//! Total: any text has an outline, and every span is bytes into the untouched text.
//!
//! ```
//! let text = "工作计划\n一、产业发展\n（一）抓招商。引进项目三个。办好窗口。";
//! let outline = cezhong::outline::outline(text);
//! let sentences: Vec<&str> = outline.sentences.iter().map(|sentence| sentence.span.of(text)).collect();
//! assert_eq!(sentences, ["工作计划", "一、产业发展", "（一）抓招商。", "引进项目三个。", "办好窗口。"]);
//! assert_eq!(outline.sentences[4].path, [1, 2]);
//! ```
//!
//! # Kind and measures: what a sentence is doing, and which sentences are one measure
//!
//! ```
//! use cezhong::{codebook::Kind, kind::KindModel, measure::measures, outline::outline};
//!
//! let text = "工作计划\n一、抓产业\n1.狠抓招商引资。全年力争引进企业三家，加快建设标准厂房两万平方米。\n\
//!             2.优化营商环境。开设企业服务窗口，落实专班包联制度。";
//! let outline = outline(text);
//! let calls = KindModel::shipped().judge(text, &outline);
//! assert_eq!((calls[1].kind, calls[5].kind), (Kind::Heading, Kind::Measure));
//! let measure = measures(&outline, &calls).pop().unwrap();
//! assert_eq!(measure.sentences, 4..6);
//! assert_eq!(measure.span.of(text), "2.优化营商环境。开设企业服务窗口，落实专班包联制度。");
//! ```
//!
//! # Theme: what a sentence is about, how sure that is, and why
//!
//! ```
//! use cezhong::{codebook::Codebook, kind::KindModel, outline::outline, theme::ThemeModel};
//!
//! let text = "一、农业\n扩种桃树两千亩，新建冷库三座。";
//! let outline = outline(text);
//! let kinds = KindModel::shipped().judge(text, &outline);
//! let calls = ThemeModel::shipped().judge_document(text, &outline, &kinds);
//! assert_eq!(Codebook::township().themes[calls[1].theme as usize].id, "agriculture");
//! assert!(calls[1].p > 0.5);
//! ```
//!
//! # Words, features, clusters
//!
//! Words keep their place in the text; vocabulary columns stand in code-point order; what is fitted once is only looked
//! up afterwards.
//!
//! ```
//! use cezhong::features::{Bags, Counts, Latent, LatentParams, TfIdf, TfIdfParams, Vocabulary, VocabularyParams};
//! use cezhong::{cluster, segment::{Lexicon, Segmenter}};
//!
//! let texts = ["建设标准厂房，引进企业", "引进企业，扩建厂房", "栽植桃树，建设冷库", "桃树冷库扩建"];
//! let segmenter = Segmenter::new(&Lexicon::shipped());
//! let bags = Bags::build(texts.len(), |row, push| segmenter.terms(texts[row], |_, term| push(term)));
//! let vocabulary = Vocabulary::fit(&bags, &VocabularyParams { min_df: 1, max_df: 1.0 });
//! let counts = Counts::of(&bags, &vocabulary);
//! let weights = TfIdf::fit(&counts, &TfIdfParams::default()).transform(&counts);
//! let rows = Latent::fit(&weights, &LatentParams::default()).transform(&weights);
//! let clusters = cluster::cluster(&rows, &cluster::Params { k: Some(2), ..cluster::Params::default() });
//! assert_eq!(clusters.labels[0], clusters.labels[1]);
//! assert_ne!(clusters.labels[0], clusters.labels[2]);
//! ```
//!
//! # Emphasis: shares and location quotients with intervals
//!
//! The statistics take plain values and know no document.
//!
//! ```
//! use cezhong::emphasis::{self, Counting, EmphasisParams, Item, ThemeSet, Weight};
//!
//! // Two places with ten measures each in sections of two; place 0 has eight of theme 0, place 1 two of it.
//! let item = |place: u32, n: u32, theme: u16| Item {
//!     place, year: Some(2024), doc: place, block: n / 2, theme: Some(theme), second: None, sentences: 1, chars: 20,
//! };
//! let items: Vec<Item> = (0..10)
//!     .flat_map(|n| [item(0, n, u16::from(n >= 8)), item(1, n, u16::from(n >= 2))])
//!     .collect();
//! let present = [(0, Some(2024)), (1, Some(2024))];
//! let themes = ThemeSet { count: 2, general: None };
//! let counts = emphasis::count(&items, &present, themes, Weight::Measures, Counting::Primary)?;
//! let rho = emphasis::effective::correlation(&counts.rows);
//! let rows = emphasis::emphasis(&counts, rho, &EmphasisParams::default())?.rows;
//! assert_eq!(rows[0].share, Some(0.8));
//! assert!(rows[0].lq.unwrap() > 1.0 && rows[0].lq_low < rows[0].lq);
//! # Ok::<(), cezhong::Error>(())
//! ```
//!
//! # What a run leaves
//!
//! [`table`] writes the record as csv, parquet, arrow, jsonl or xlsx, [`chart`] draws plain values, [`report`] knows both and
//! writes the page, [`manifest`] says by hash what went in and came out, [`output`] sees that a folder is whole or not
//! there at all. [`cli`] is the command `cezhong`.

pub mod analysis;
pub mod cache;
pub mod chart;
pub mod cli;
pub mod cluster;
pub mod codebook;
pub mod corpus;
pub mod emphasis;
pub mod error;
pub mod evaluate;
pub mod features;
pub mod kind;
pub mod label;
pub mod learn;
pub mod manifest;
pub mod measure;
pub mod notice;
pub mod outline;
pub mod output;
pub mod progress;
pub mod record;
pub mod report;
pub mod segment;
pub mod settings;
pub mod shipped;
pub mod table;
pub mod text;
pub mod theme;
pub mod trial;

pub use error::{Error, Result};
