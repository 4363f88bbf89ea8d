//! The loaders of words and stop words.
#![no_main]

use cezhong::segment::Lexicon;
use libfuzzer_sys::fuzz_target;
use std::path::Path;

fuzz_target!(|data: &[u8]| {
    let mut lexicon = Lexicon::new();
    let _ = lexicon.add_terms(data, Path::new("fuzzed"));
    let _ = lexicon.add_stop_words(data, Path::new("fuzzed"));
});
