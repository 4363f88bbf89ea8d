//! Numbers and texts as bytes and back, for entries of the cache.

/// Writes values one after the other.
#[derive(Debug, Default)]
pub(crate) struct Writer {
    /// What was written.
    pub bytes: Vec<u8>,
}

impl Writer {
    /// A whole number, seven bits a byte, the low ones first.
    pub fn whole(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    /// A length or position.
    pub fn size(&mut self, value: usize) {
        self.whole(value as u64);
    }

    /// A single byte.
    pub fn byte(&mut self, value: u8) {
        self.bytes.push(value);
    }

    /// A truth value.
    pub fn flag(&mut self, value: bool) {
        self.byte(u8::from(value));
    }

    /// A real number, all its bits.
    pub fn real(&mut self, value: f32) {
        self.bytes.extend(value.to_bits().to_le_bytes());
    }

    /// A long real number, all its bits.
    pub fn double(&mut self, value: f64) {
        self.bytes.extend(value.to_bits().to_le_bytes());
    }

    /// A text.
    pub fn text(&mut self, value: &str) {
        self.size(value.len());
        self.bytes.extend_from_slice(value.as_bytes());
    }

    /// A value that may be missing.
    pub fn maybe<T>(&mut self, value: Option<T>, write: impl FnOnce(&mut Writer, T)) {
        self.flag(value.is_some());
        if let Some(value) = value {
            write(self, value);
        }
    }
}

/// Reads values one after the other; `None` once the bytes are not what was asked for.
#[derive(Debug)]
pub(crate) struct Reader<'b> {
    bytes: &'b [u8],
}

impl<'b> Reader<'b> {
    /// Reads from the front of `bytes`.
    pub fn new(bytes: &'b [u8]) -> Reader<'b> {
        Reader { bytes }
    }

    /// Whether everything was read.
    pub fn is_done(&self) -> bool {
        self.bytes.is_empty()
    }

    /// So many bytes.
    pub fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// As [`Writer::whole`].
    pub fn whole(&mut self) -> Option<u64> {
        let mut value = 0u64;
        for place in 0..10 {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }

    /// As [`Writer::size`].
    pub fn size(&mut self) -> Option<usize> {
        usize::try_from(self.whole()?).ok()
    }

    /// A whole number of a narrower type.
    pub fn narrow<T: TryFrom<u64>>(&mut self) -> Option<T> {
        T::try_from(self.whole()?).ok()
    }

    /// A number of things that follow, each of one byte or more.
    pub fn count(&mut self) -> Option<usize> {
        self.size().filter(|&count| count <= self.bytes.len())
    }

    /// A single byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|bytes| bytes[0])
    }

    /// A truth value.
    pub fn flag(&mut self) -> Option<bool> {
        match self.byte()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    /// As [`Writer::real`].
    pub fn real(&mut self) -> Option<f32> {
        Some(f32::from_bits(u32::from_le_bytes(self.take(4)?.try_into().ok()?)))
    }

    /// As [`Writer::double`].
    pub fn double(&mut self) -> Option<f64> {
        Some(f64::from_bits(u64::from_le_bytes(self.take(8)?.try_into().ok()?)))
    }

    /// As [`Writer::text`].
    pub fn text(&mut self) -> Option<String> {
        let length = self.size()?;
        String::from_utf8(self.take(length)?.to_vec()).ok()
    }

    /// As [`Writer::maybe`]; the outer `None` is a fault.
    pub fn maybe<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if self.flag()? { read(self).map(Some) } else { Some(None) }
    }

    /// A list that begins with its length.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        (0..count).map(|_| read(self)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_and_nothing_more() {
        let mut writer = Writer::default();
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            writer.whole(value);
        }
        writer.text("侧重");
        writer.real(-0.1);
        writer.maybe(Some(2.5), Writer::double);
        writer.maybe(None, Writer::double);
        let mut reader = Reader::new(&writer.bytes);
        for value in [0, 1, 127, 128, 300, u64::from(u32::MAX), u64::MAX] {
            assert_eq!(reader.whole(), Some(value));
        }
        assert_eq!(reader.text().as_deref(), Some("侧重"));
        assert_eq!(reader.real(), Some(-0.1));
        assert_eq!((reader.maybe(Reader::double), reader.maybe(Reader::double)), (Some(Some(2.5)), Some(None)));
        assert!(reader.is_done());
        assert_eq!((reader.byte(), reader.whole(), reader.text(), reader.list(Reader::byte)), (None, None, None, None));
    }

    #[test]
    fn a_length_beyond_the_end_is_a_fault_and_takes_no_memory() {
        let mut writer = Writer::default();
        writer.whole(1 << 40);
        assert_eq!(Reader::new(&writer.bytes).text(), None);
        assert_eq!(Reader::new(&writer.bytes).list(Reader::byte), None);
    }
}
