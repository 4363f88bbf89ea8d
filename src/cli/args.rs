//! What was typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::cli::memory::Size;

/// Reads what Chinese towns, counties and cities say they will do, and shows where each puts its emphasis (侧重).
#[derive(Debug, Parser)]
#[command(name = "cezhong", version, about, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Say nothing but errors.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say every warning and every stage.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// How many threads to use, 0 (one a core) to 256; the results are the same for any number.
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=256))]
    pub threads: Option<u16>,
    /// End with a sentence, and no result, where run, train, evaluate or label sample needs more memory than this (500MiB, 2GiB);
    /// any other command ends an eighth above.
    #[arg(long, global = true, value_name = "SIZE")]
    pub memory: Option<Size>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// From documents to tables, charts and a page.
    Run(Box<Run>),
    /// Print the heading tree of one document, with kinds and measures.
    Outline(Outline),
    /// Code documents or plain sentences: kind, theme and how sure, on standard output.
    Code(Code),
    /// Train the coder on hand labels.
    Train(Train),
    /// Judge the coder on hand labels, by folds that never split a document.
    Evaluate(Evaluate),
    /// Draw one chart of a finished run again, with other options; without a name, list what there is.
    Chart(Chart),
    /// Draw sentences for people to code, read their sheets, compare coders, correct shares.
    #[command(subcommand)]
    Label(LabelCommand),
    /// Check that an out folder is what its run wrote, and that its inputs are unchanged.
    Verify(Verify),
    /// Check a codebook: overlaps, seeds that never occur.
    #[command(subcommand)]
    Codebook(CodebookCommand),
}

/// From documents to tables, charts and a page.
#[derive(Debug, Args)]
pub struct Run {
    /// Files, folders, or tables (.csv, .jsonl, .parquet) with a column `text`; none: the embedded sample.
    pub inputs: Vec<PathBuf>,
    /// The folder to write; an earlier result there is replaced, anything else refused.
    #[arg(short, long, default_value = "out")]
    pub out: PathBuf,
    /// Settings in TOML.
    #[arg(short, long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// A table of documents (file, place, year, title, further columns are groups).
    #[arg(long, value_name = "FILE")]
    pub documents: Option<PathBuf>,
    /// The language of charts and page.
    #[arg(long, value_name = "zh|en")]
    pub lang: Option<String>,
    /// The part that emphasis is over.
    #[arg(long, value_name = "plan|review")]
    pub part: Option<String>,
    /// What a share counts.
    #[arg(long, value_name = "measures|sentences|chars")]
    pub weight: Option<String>,
    /// Compare the groups of a column of documents.csv, or of level, genre, province, city or county; not places.
    #[arg(long, value_name = "COLUMN")]
    pub by: Option<String>,
    /// Leave measures that mostly stand in documents of other places out of emphasis.
    #[arg(long)]
    pub own_words: bool,
    /// The formats of the tables.
    #[arg(long, value_delimiter = ',', value_name = "csv,parquet,arrow,jsonl,xlsx")]
    pub format: Option<Vec<String>>,
    /// Abstain so that the error among coded sentences is expected to stay below this.
    #[arg(long, value_name = "E", conflicts_with = "coverage")]
    pub max_error: Option<f64>,
    /// Abstain so that about this share of sentences is coded.
    #[arg(long, value_name = "C")]
    pub coverage: Option<f64>,
    /// A codebook of your own, in TOML.
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
    /// A theme model of your own, made by `cezhong train`.
    #[arg(long, value_name = "FILE")]
    pub model: Option<PathBuf>,
    /// Words of your own, one a line: term, frequency, tag.
    #[arg(long, value_name = "FILE")]
    pub lexicon: Option<PathBuf>,
    /// Stop words of your own, one a line.
    #[arg(long, value_name = "FILE")]
    pub stopwords: Option<PathBuf>,
    /// The number of clusters; chosen from the data where it is left out.
    #[arg(long, value_name = "K")]
    pub clusters: Option<usize>,
    /// Leave the later one of two near-duplicate documents out.
    #[arg(long)]
    pub drop_duplicates: bool,
    /// Keep coded documents and cut words in this folder, and take from it what an earlier run has made.
    #[arg(long, value_name = "DIR")]
    pub cache: Option<PathBuf>,
    /// Repeat the run that this manifest describes, or refuse with the reason.
    #[arg(long, value_name = "manifest.json", conflicts_with_all = [
        "config", "lang", "part", "weight", "by", "own_words", "format", "max_error", "coverage", "codebook", "model", "lexicon",
        "stopwords", "clusters", "drop_duplicates",
    ])]
    pub locked: Option<PathBuf>,
}

/// Print the heading tree of one document.
#[derive(Debug, Args)]
pub struct Outline {
    /// The document.
    pub file: PathBuf,
    /// Print every sentence whole, not its first words alone.
    #[arg(long)]
    pub full: bool,
}

/// How coded rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Rows {
    /// A header and a row a sentence, values parted by commas.
    Csv,
    /// A JSON object a line.
    Jsonl,
}

/// Code documents or plain sentences: rows on standard output, one document after the other, nothing fitted.
///
/// A theme on which the coder abstains is `unsure`. With a model made from a table of texts (`cezhong train --labels TABLE`), the
/// inputs are tables with a column `text`, and the rows are n, label, p, text.
#[derive(Debug, Args)]
pub struct Code {
    /// Files, folders or tables; `-` reads standard input.
    #[arg(required = true)]
    pub inputs: Vec<PathBuf>,
    /// Every line is one sentence without context.
    #[arg(long)]
    pub lines: bool,
    /// A model of your own: a file, or the folder that `cezhong train` wrote.
    #[arg(long, value_name = "PATH")]
    pub model: Option<PathBuf>,
    /// The codebook of that model; alone, its seed terms code.
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
    /// Abstain so that the error among coded sentences is expected to stay below this.
    #[arg(long, value_name = "E", conflicts_with = "coverage")]
    pub max_error: Option<f64>,
    /// Abstain so that about this share of sentences is coded.
    #[arg(long, value_name = "C")]
    pub coverage: Option<f64>,
    /// How rows are written.
    #[arg(long, value_enum, default_value = "csv")]
    pub format: Rows,
}

/// Where labels and their documents are.
#[derive(Debug, Args)]
pub struct Labelled {
    /// Hand labels: a sheet of sentences (tab-separated: doc, n, start, end, kind, theme, theme2, unit, text), or any table of
    /// texts with the columns `text` and `label` (.csv, .tsv, .jsonl).
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub labels: Vec<PathBuf>,
    /// The labelled documents: folders of texts, or .jsonl tables with `id` and `text`. Not for a table of texts.
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub corpus: Vec<PathBuf>,
    /// A codebook of your own, in TOML.
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
    /// Unlabelled documents: a first coder labels sentences of them for the coder of themes to learn from.
    #[arg(long, num_args = 1.., value_name = "PATH")]
    pub silver: Vec<PathBuf>,
    /// The texts of the table are words parted by blanks (English, or cut already); else they are read by their characters.
    #[arg(long)]
    pub words: bool,
}

/// Train the coder.
#[derive(Debug, Args)]
pub struct Train {
    /// What to learn from.
    #[command(flatten)]
    pub labelled: Labelled,
    /// The folder for `kind.model` and `theme.model`, or for `text.model` when a table of texts is learned from.
    #[arg(short, long)]
    pub out: PathBuf,
}

/// What a fold does not split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Grouping {
    /// A document.
    Document,
    /// All documents of a place.
    Place,
    /// All documents of a level of government.
    Level,
}

/// Judge the coder on hand labels, by folds that never split a document.
///
/// Every labelled document is coded by models that were trained without it, as a run would code it: themes are judged with the
/// kinds that the coder called, not with the labelled ones.
#[derive(Debug, Args)]
pub struct Evaluate {
    /// What to judge on.
    #[command(flatten)]
    pub labelled: Labelled,
    /// Sheets of labels that are trained on and never judged; in the folds that judge their place they are left out.
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub train_only: Vec<PathBuf>,
    /// How many folds.
    #[arg(long, default_value_t = 5, value_name = "N")]
    pub folds: usize,
    /// What a fold does not split.
    #[arg(long, value_enum, default_value = "document")]
    pub group: Grouping,
    /// Draws the folds and the intervals.
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Judge the codebook's seed terms in place of a coder of themes trained on the labels.
    #[arg(long)]
    pub seeds: bool,
    /// Also train on each level of government alone and judge on the others (slow).
    #[arg(long)]
    pub transfer: bool,
    /// Also train on an eighth, a quarter and a half of the documents (slow).
    #[arg(long)]
    pub curve: bool,
    /// Also judge coders without some of their parts: chain, heads, neighbours, seed terms, silver labels, second pass, shared weights (slow).
    #[arg(long, conflicts_with = "seeds")]
    pub ablation: bool,
    /// Write all tables (csv) and charts (svg, png) into this folder.
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The language of charts.
    #[arg(long, value_name = "zh|en", default_value = "zh")]
    pub lang: String,
    /// Write the sentences of the judged documents as csv, each coded by a model that has not seen its document.
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
}

/// Draw one chart of a finished run again.
#[derive(Debug, Args)]
pub struct Chart {
    /// The chart, as its files in out/charts are called.
    pub name: Option<String>,
    /// The out folder of a run.
    #[arg(default_value = "out")]
    pub out: PathBuf,
    /// The language; the run's own where it is left out.
    #[arg(long, value_name = "zh|en")]
    pub lang: Option<String>,
    /// For a screen, or 180 mm wide for a page of a journal.
    #[arg(long, value_name = "screen|print")]
    pub size: Option<String>,
    /// Show only these places.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    pub places: Vec<String>,
    /// The picture to write, .png or .svg; several pages are numbered. NAME.png where it is left out.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// Check an out folder.
#[derive(Debug, Args)]
pub struct Verify {
    /// The out folder of a run.
    pub out: PathBuf,
    /// Where the inputs lie now; where they were typed for the run, if left out.
    pub inputs: Vec<PathBuf>,
}

/// What to do with a codebook.
#[derive(Debug, Subcommand)]
pub enum CodebookCommand {
    /// Find overlaps between themes, seeds that never occur, themes that nobody uses; exit code 1 when anything is found.
    Check {
        /// The codebook; the township codebook where it is left out.
        codebook: Option<PathBuf>,
        /// Documents in which to look for the seeds.
        #[arg(long, num_args = 1.., value_name = "PATH")]
        corpus: Vec<PathBuf>,
    },
}

/// What is coded by people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Coded {
    /// Sentences.
    Sentence,
    /// Measures of the plan.
    Measure,
}

/// How a sample is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DrawnBy {
    /// Each with the same chance; the only sample that shares may be corrected by.
    Random,
    /// By turns from every place and predicted theme.
    Stratified,
    /// Those of whose theme the program is least sure.
    Uncertain,
    /// Those whose wording is least like any drawn before.
    Diverse,
}

/// What to do with labels.
#[derive(Debug, Subcommand)]
pub enum LabelCommand {
    /// Draw sentences or measures and write a sheet for people to code.
    Sample {
        /// Files, folders or tables; none: the embedded sample.
        inputs: Vec<PathBuf>,
        /// The sheet: .csv, .xlsx (with drop-downs), .jsonl (doccano) or .json (Label Studio).
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
        /// How many.
        #[arg(short, default_value_t = 200, value_name = "N")]
        n: usize,
        /// How they are drawn.
        #[arg(long, value_enum, default_value = "random")]
        by: DrawnBy,
        /// What is coded; shares are corrected by measures.
        #[arg(long, value_enum, default_value = "sentence")]
        what: Coded,
        /// The part that measures are drawn from, as in the run that they are to correct.
        #[arg(long, value_name = "plan|review")]
        part: Option<String>,
        /// Draws the sample.
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        /// A codebook of your own, in TOML.
        #[arg(long, value_name = "FILE")]
        codebook: Option<PathBuf>,
        /// A model of your own: a file, or the folder that `cezhong train` wrote.
        #[arg(long, value_name = "PATH")]
        model: Option<PathBuf>,
    },
    /// Read filled sheets (.csv, .xlsx, or what doccano and Label Studio export) and write the labels that `train` reads.
    Import {
        /// The sheets.
        #[arg(required = true)]
        sheets: Vec<PathBuf>,
        /// The documents they were drawn from.
        #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
        corpus: Vec<PathBuf>,
        /// The label sheet (.tsv) to write.
        #[arg(short, long, value_name = "FILE")]
        out: PathBuf,
        /// A codebook of your own, in TOML.
        #[arg(long, value_name = "FILE")]
        codebook: Option<PathBuf>,
    },
    /// Compare coders of the same sample: agreement, kappa, alpha, and a sheet of what they differ on.
    Agree {
        /// The sheets, one a coder.
        #[arg(required = true, num_args = 2..)]
        sheets: Vec<PathBuf>,
        /// Write what they differ on as a sheet to adjudicate (.csv, .xlsx, .jsonl, .json).
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// Compare the common rows where the sheets do not align.
        #[arg(long)]
        partly: bool,
        /// Draws the intervals.
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        /// A codebook of your own, in TOML.
        #[arg(long, value_name = "FILE")]
        codebook: Option<PathBuf>,
    },
    /// Correct a run's shares for the coder's error by a random, labelled sample of its measures.
    Correct {
        /// The out folder of the run.
        run: PathBuf,
        /// The filled sheets of a sample drawn with `--what measure --by random`.
        #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
        labels: Vec<PathBuf>,
        /// The table to write.
        #[arg(short, long, default_value = "corrected.csv", value_name = "FILE")]
        out: PathBuf,
        /// Draws the intervals of quotients.
        #[arg(long, default_value_t = 1, value_name = "N")]
        seed: u64,
        /// A codebook of your own, in TOML.
        #[arg(long, value_name = "FILE")]
        codebook: Option<PathBuf>,
    },
}
