//! Every stage of a run by itself, in bytes of text a second, at two sizes: `cargo bench --bench stages`.

mod material;

use std::hint::black_box;
use std::time::Duration;

use cezhong::analysis::{self, Models};
use cezhong::chart::Style;
use cezhong::cluster::{self, cluster};
use cezhong::corpus;
use cezhong::features::{Bags, Counts, Latent, LatentParams, TfIdf, TfIdfParams, Vocabulary, VocabularyParams};
use cezhong::outline::outline;
use cezhong::progress::Progress;
use cezhong::record::Analysis;
use cezhong::report::{Chart, contents, figures};
use cezhong::settings::Settings;
use cezhong::table;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use material::Material;

fn stages(criterion: &mut Criterion) {
    let settings = Settings::default();
    let models = Models::load(&settings).expect("what ships inside the program loads");
    for material in Material::two_sizes() {
        text_stages(criterion, &material, &models);
        vector_stages(criterion, &material, &models);
        record_stages(criterion, &material, &settings);
    }
}

/// A group of one stage at one size.
macro_rules! stage {
    ($criterion:expr, $material:expr, $name:literal, $run:expr) => {{
        let mut group = $criterion.benchmark_group($name);
        group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(3));
        group.throughput(Throughput::Bytes($material.bytes()));
        group.bench_function($material.name, |bencher| bencher.iter(|| black_box($run)));
        group.finish();
    }};
}

fn text_stages(criterion: &mut Criterion, material: &Material, models: &Models) {
    let read = &Settings::default().read;
    let documents = || material.texts.iter().zip(&material.outlines).enumerate();
    stage!(criterion, material, "read", corpus::read_inputs(material.inputs.clone(), None, read).map(|c| c.documents));
    stage!(criterion, material, "outline", material.texts.iter().map(|text| outline(text)).collect::<Vec<_>>());
    stage!(criterion, material, "kind", documents().map(|(_, (t, o))| models.kind.judge(t, o)).collect::<Vec<_>>());
    stage!(criterion, material, "coding", {
        let mut coded = 0;
        for (number, (text, outline)) in documents() {
            let kinds = material.plain_kinds(number);
            coded += models.theme.code(text, outline, &kinds, false).calls.len();
        }
        coded
    });
    stage!(criterion, material, "reasons", {
        let mut reasons = 0;
        for (number, (text, outline)) in documents() {
            let kinds = material.plain_kinds(number);
            reasons += models.theme.code(text, outline, &kinds, true).because.len();
        }
        reasons
    });
    stage!(criterion, material, "segment", {
        let mut words = 0;
        for (_, (text, outline)) in documents() {
            for sentence in &outline.sentences {
                models.segmenter.words(sentence.span.of(text), |_, _| words += 1);
            }
        }
        words
    });
}

fn vector_stages(criterion: &mut Criterion, material: &Material, models: &Models) {
    let measures = material.measures();
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); measures.len()];
    for (row, sentences) in rows.iter_mut().zip(&measures) {
        sentences.iter().for_each(|text| models.segmenter.terms(text, |_, term| row.push(term.to_owned())));
    }
    let weigh = || {
        let bags = Bags::of(&rows);
        let vocabulary = Vocabulary::fit(&bags, &VocabularyParams::default());
        let counts = Counts::of(&bags, &vocabulary);
        TfIdf::fit(&counts, &TfIdfParams::default()).transform(&counts)
    };
    stage!(criterion, material, "tf-idf", weigh());
    let weights = weigh();
    let axes = || Latent::fit(&weights, &LatentParams::default()).transform(&weights);
    stage!(criterion, material, "latent", axes());
    let axes = axes();
    stage!(criterion, material, "k-means", cluster(&axes, &cluster::Params::default()));
}

fn record_stages(criterion: &mut Criterion, material: &Material, settings: &Settings) {
    let analyse = || -> Analysis {
        let corpus = corpus::read_inputs(material.inputs.clone(), None, &settings.read).expect("the corpus reads");
        let models = Models::load(settings).expect("the shipped models load");
        analysis::run(corpus, models, settings, &Progress::silent()).expect("the corpus can be analysed")
    };
    stage!(criterion, material, "reading, models, analysis", analyse());
    let analysis = analyse();
    stage!(criterion, material, "tables", {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        table::write_all(&analysis, folder.path(), &settings.formats.0).expect("the tables can be written");
    });
    let style = Style::default();
    let draw = || figures(&analysis, &style).expect("the charts can be drawn");
    stage!(criterion, material, "charts", draw());
    let charts: Vec<Chart> = draw().into_iter().map(Chart::from).collect();
    stage!(criterion, material, "pictures", {
        let drawings = charts.iter().flat_map(|chart| &chart.drawings);
        drawings.map(|page| page.png(style.dots()).expect("the picture can be made").len()).sum::<usize>()
    });
    let page = || contents(&analysis, charts.clone(), settings.lang);
    stage!(criterion, material, "page", page().render(&|_, _| Ok(())).expect("the page can be rendered").len());
}

criterion_group!(benches, stages);
criterion_main!(benches);
