//! Decompression that ends: no more bytes out than the limits allow.

use super::limits::ReadParams;
use crate::notice::Clause;
use std::fmt;
use std::io::{self, Read};

/// Below this much output no ratio is looked at: short repetitive files compress absurdly well.
const RATIO_FROM: u64 = 16 << 20;

/// The two limits that bound what comes out of compressed files.
pub(crate) const INFLATION: Limits = &["max_inflation_ratio", "max_inflated_bytes"];

/// The names of the limits of which the lowest holds.
pub(crate) type Limits = &'static [&'static str];

/// A reader that fails once it has given more than it may.
#[derive(Debug)]
pub struct Bounded<R> {
    inner: R,
    given: u64,
    limit: u64,
    names: Limits,
}

impl<R> Bounded<R> {
    /// `inner` until `limit` bytes; beyond, an error that names the limit and holds an [`OverLimit`].
    pub fn new(inner: R, limit: u64, names: Limits) -> Self {
        Bounded { inner, given: 0, limit, names }
    }
}

/// What a [`Bounded`] reader fails with.
#[derive(Clone, Copy, Debug)]
pub struct OverLimit {
    limit: u64,
    names: Limits,
}

impl OverLimit {
    /// What was too much.
    pub fn clause(self) -> Clause {
        let OverLimit { limit, names } = self;
        Clause::new(
            format!("解出的内容超过 {limit} 字节，即上限 {}", names.join(" 或 ")),
            format!("it gives more than {limit} bytes, the limit {}", names.join(" or ")),
        )
    }
}

impl fmt::Display for OverLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.clause().en)
    }
}

impl std::error::Error for OverLimit {}

/// How many bytes may come out of `compressed` bytes.
pub fn allowance(compressed: u64, params: &ReadParams) -> u64 {
    compressed.saturating_mul(params.max_inflation_ratio).max(RATIO_FROM).min(params.max_inflated_bytes)
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.given += count as u64;
        if self.given > self.limit {
            return Err(io::Error::other(OverLimit { limit: self.limit, names: self.names }));
        }
        Ok(count)
    }
}

/// What a gzip stream inflates to, at most `limit` bytes.
pub fn gzip<R: Read>(inner: R, limit: u64, names: Limits) -> Bounded<flate2::read::MultiGzDecoder<R>> {
    Bounded::new(flate2::read::MultiGzDecoder::new(inner), limit, names)
}

/// What a zstd stream inflates to, at most `limit` bytes; its window is at most 128 MiB.
///
/// # Errors
/// If no decoder can be made.
pub fn zstd<R: Read>(inner: R, limit: u64, names: Limits) -> io::Result<impl Read> {
    let mut decoder = ::zstd::stream::read::Decoder::new(inner)?;
    decoder.window_log_max(27)?;
    Ok(Bounded::new(decoder, limit, names))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&vec![b' '; 20 << 20]).unwrap();
        let bomb = encoder.finish().unwrap();
        let mut out = Vec::new();
        let limit = allowance(bomb.len() as u64, &ReadParams::default());
        let error = gzip(&bomb[..], limit, &["max_inflation_ratio"]).read_to_end(&mut out).unwrap_err();
        assert!(error.to_string().contains("more than 16777216 bytes, the limit max_inflation_ratio"), "{error}");
        assert!(out.len() <= 17 << 20, "{} bytes came out", out.len());
    }
}
