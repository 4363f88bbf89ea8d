//! One hot function over the sample, as often as asked: what `.ci/instructions` runs under valgrind.
//!
//! The difference between two numbers of repeats is what the function itself costs, without loading anything.

#[expect(dead_code, reason = "the bench of stages uses the rest of it")]
mod material;

use std::hint::black_box;

use cezhong::analysis::Models;
use cezhong::outline::outline;
use cezhong::settings::Settings;
use material::Material;

fn main() {
    // cargo bench adds `--bench`.
    let typed: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let [name, repeats] = typed.as_slice() else {
        eprintln!("usage: instructions outline|kind|theme|reasons|words REPEATS");
        return;
    };
    let repeats: usize = repeats.parse().expect("the number of repeats is a number");
    // One thread, and the work on it: waiting threads would count too, never twice the same.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be made");
    println!("{}", pool.install(|| run(name, repeats)));
}

fn run(name: &str, repeats: usize) -> usize {
    let models = Models::load(&Settings::default()).expect("what ships inside the program loads");
    let material = Material::sample();
    let kinds: Vec<_> = (0..material.texts.len()).map(|document| material.plain_kinds(document)).collect();
    let once = |text: &str, document: usize| -> usize {
        let read = &material.outlines[document];
        match name {
            "outline" => outline(text).sentences.len(),
            "kind" => models.kind.judge(text, read).len(),
            "theme" => models.theme.code(text, read, &kinds[document], false).calls.len(),
            "reasons" => models.theme.code(text, read, &kinds[document], true).because.len(),
            "words" => {
                let mut words = 0;
                read.sentences.iter().for_each(|sentence| {
                    models.segmenter.words(sentence.span.of(text), |_, _| words += 1);
                });
                words
            }
            other => panic!("there is no function {other}"),
        }
    };
    let all = || material.texts.iter().enumerate().map(|(document, text)| once(text, document)).sum::<usize>();
    (0..repeats).map(|_| black_box(all())).sum()
}
