//! What the benchmarks run on.

use std::path::{Path, PathBuf};

use cezhong::codebook::Kind;
use cezhong::corpus::{self, Input, sample};
use cezhong::kind::{KindCall, KindModel};
use cezhong::measure::measures;
use cezhong::outline::{Outline, outline};
use cezhong::settings::Settings;

/// The texts of a corpus, cut and coded as far as later stages need.
pub struct Material {
    pub name: &'static str,
    pub inputs: Vec<Input>,
    pub texts: Vec<String>,
    pub outlines: Vec<Outline>,
    pub kinds: Vec<Vec<KindCall>>,
}

impl Material {
    fn of(name: &'static str, inputs: Vec<Input>) -> Material {
        let read = corpus::read_inputs(inputs.clone(), None, &Settings::default().read).expect("the corpus reads");
        let texts: Vec<String> = read.documents.into_iter().map(|document| document.text).collect();
        let outlines: Vec<Outline> = texts.iter().map(|text| outline(text)).collect();
        let model = KindModel::shipped();
        let kinds = texts.iter().zip(&outlines).map(|(text, outline)| model.judge(text, outline)).collect();
        Material { name, inputs, texts, outlines, kinds }
    }

    /// The sample inside the program.
    pub fn sample() -> Material {
        Material::of("sample", sample::inputs())
    }

    /// The sample and, where `../shared` is there, the plans of 76 counties; else the sample eight times.
    #[allow(dead_code, reason = "not every benchmark has two sizes")]
    pub fn two_sizes() -> [Material; 2] {
        let counties = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/counties.jsonl.zst");
        let large = match counties.exists() {
            true => Material::of("counties", vec![Input::Path(counties)]),
            false => Material::of("sample-x8", eightfold()),
        };
        [Material::sample(), large]
    }

    /// Bytes of text.
    pub fn bytes(&self) -> u64 {
        self.texts.iter().map(|text| text.len() as u64).sum()
    }

    /// The kinds of each sentence of a document.
    pub fn plain_kinds(&self, document: usize) -> Vec<Kind> {
        self.kinds[document].iter().map(|call| call.kind).collect()
    }

    /// The sentences of each measure.
    pub fn measures(&self) -> Vec<Vec<&str>> {
        let documents = self.texts.iter().zip(&self.outlines).zip(&self.kinds);
        documents
            .flat_map(|((text, outline), kinds)| {
                measures(outline, kinds).into_iter().map(move |measure| {
                    let held = measure.sentences.start as usize..measure.sentences.end as usize;
                    outline.sentences[held].iter().map(|sentence| sentence.span.of(text)).collect()
                })
            })
            .collect()
    }
}

fn eightfold() -> Vec<Input> {
    let copies = (0..8).flat_map(|copy| sample::inputs().into_iter().map(move |input| (copy, input)));
    copies
        .map(|(copy, input)| match input {
            Input::Memory { folder, name, bytes } => {
                Input::Memory { folder: PathBuf::from(format!("{}-{copy}", folder.display())), name, bytes }
            }
            other => other,
        })
        .collect()
}
