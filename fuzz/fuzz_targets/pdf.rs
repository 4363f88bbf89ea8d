//! The PDF reader alone.
#![no_main]

use cezhong::corpus::{ReadParams, pdf};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let params = ReadParams {
        max_inflated_bytes: 4 << 20,
        max_pdf_values: 200_000,
        max_pdf_steps: 500_000,
        ..ReadParams::default()
    };
    let _ = pdf::read(data, &params);
});
