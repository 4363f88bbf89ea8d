//! The outline: any text has one, and its sentences lie in order within the text.
#![no_main]

use cezhong::outline::outline;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut end = 0;
    for sentence in outline(text).sentences {
        assert!(end <= sentence.span.start && sentence.span.start <= sentence.span.end);
        assert!(!sentence.span.of(text).is_empty());
        end = sentence.span.end;
    }
});
