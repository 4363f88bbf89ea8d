//! Every reader: the first byte chooses the name, and so the format where the bytes do not.
#![no_main]

use cezhong::corpus::{Input, ReadParams, read_inputs};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 10] =
    ["a.txt", "a.md", "a.html", "a.docx", "a.doc", "a.ofd", "a.xlsx", "a.csv", "a.jsonl", "a.json"];

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let name = NAMES[usize::from(*first) % NAMES.len()].to_string();
    let input = Input::Memory { folder: Default::default(), name, bytes: bytes.to_vec().into() };
    let params = ReadParams { max_inflated_bytes: 4 << 20, max_pdf_values: 200_000, max_pdf_steps: 500_000, ..ReadParams::default() };
    // The reader catches panics of one document and lists it; for the fuzzer that is a find.
    if let Err(error) = read_inputs(vec![input], None, &params) {
        assert!(!error.to_string().contains("broke down"), "{error}");
    }
});
