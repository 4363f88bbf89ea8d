//! The pages of a Parquet column as untrusted input: what their headers claim is looked at before polars sets aside memory for it.
//!
//! Source: parquet-format, parquet.thrift (PageHeader); Thrift compact protocol.

/// Structs in structs in a header; the format has three.
const DEPTH: usize = 8;

/// How many bytes the pages in `bytes`, in which a column has `values` values, inflate to by what they say; `None` if they cannot be
/// what they say.
pub fn inflated(bytes: &[u8], values: u64) -> Option<u64> {
    let mut thrift = Thrift { bytes, at: 0 };
    let (mut sum, mut seen) = (0u64, 0);
    while seen < values && thrift.at < bytes.len() {
        let page = thrift.page()?;
        let most = if page.is_dictionary { page.inflated } else { values };
        if page.values > most {
            return None;
        }
        sum = sum.saturating_add(page.inflated);
        seen += if page.is_dictionary { 0 } else { page.values };
        thrift.at = thrift.at.checked_add(usize::try_from(page.size).ok()?).filter(|at| *at <= bytes.len())?;
    }
    Some(sum)
}

struct Page {
    size: u64,
    inflated: u64,
    values: u64,
    is_dictionary: bool,
}

/// A reader of the compact protocol.
struct Thrift<'b> {
    bytes: &'b [u8],
    at: usize,
}

const INT: u8 = 5;
const STRUCT: u8 = 12;

impl Thrift<'_> {
    fn page(&mut self) -> Option<Page> {
        let (mut inflated, mut size, mut counted) = (None, None, None);
        self.fields(DEPTH, &mut |thrift, id, kind| match (id, kind) {
            (2, INT) => once(&mut inflated, thrift.natural()?),
            (3, INT) => once(&mut size, thrift.natural()?),
            (5 | 7 | 8, STRUCT) => once(&mut counted, (thrift.values()?, id == 7)),
            _ => thrift.skip(kind, DEPTH - 1),
        })?;
        let (values, is_dictionary) = counted?;
        Some(Page { size: size?, inflated: inflated?, values, is_dictionary })
    }

    /// The number of values in the header of a page of any sort; none of its numbers may be below nothing.
    fn values(&mut self) -> Option<u64> {
        let mut values = None;
        self.fields(DEPTH - 1, &mut |thrift, id, kind| match (id, kind) {
            (1, INT) => once(&mut values, thrift.natural()?),
            (_, INT) => thrift.natural().map(|_| ()),
            _ => thrift.skip(kind, DEPTH - 2),
        })?;
        values
    }

    fn fields(&mut self, depth: usize, each: &mut dyn FnMut(&mut Self, i64, u8) -> Option<()>) -> Option<()> {
        depth.checked_sub(1)?;
        let mut id = 0i64;
        loop {
            let head = self.byte()?;
            if head == 0 {
                return Some(());
            }
            id = match head >> 4 {
                0 => self.integer()?,
                step => id.checked_add(i64::from(step))?,
            };
            each(self, id, head & 15)?;
        }
    }

    fn skip(&mut self, kind: u8, depth: usize) -> Option<()> {
        match kind {
            // A field that is true or false says so by its kind.
            1 | 2 => Some(()),
            3 => self.byte().map(|_| ()),
            4..=6 => self.integer().map(|_| ()),
            7 => self.advance(8),
            8 => {
                let length = self.number()?;
                self.advance(length)
            }
            9 | 10 => {
                let head = self.byte()?;
                let count = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                (0..count).try_for_each(|_| self.skip_element(head & 15, depth))
            }
            11 => {
                let count = self.number()?;
                let kinds = if count > 0 { self.byte()? } else { 0 };
                (0..count).try_for_each(|_| {
                    self.skip_element(kinds >> 4, depth)?;
                    self.skip_element(kinds & 15, depth)
                })
            }
            STRUCT => {
                let below = depth.checked_sub(1)?;
                self.fields(depth, &mut |thrift, _, kind| thrift.skip(kind, below))
            }
            _ => None,
        }
    }

    /// In a list, a truth value takes a byte.
    fn skip_element(&mut self, kind: u8, depth: usize) -> Option<()> {
        if matches!(kind, 1 | 2) { self.byte().map(|_| ()) } else { self.skip(kind, depth.checked_sub(1)?) }
    }

    fn byte(&mut self) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(byte)
    }

    fn advance(&mut self, count: u64) -> Option<()> {
        self.at = self.at.checked_add(usize::try_from(count).ok()?).filter(|at| *at <= self.bytes.len())?;
        Some(())
    }

    /// A number of at most ten bytes, seven bits in each.
    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..70).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7F).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn integer(&mut self) -> Option<i64> {
        let number = self.number()?;
        Some((number >> 1) as i64 ^ -((number & 1) as i64))
    }

    /// An integer of 32 bits that is not below nothing.
    fn natural(&mut self) -> Option<u64> {
        let value = i32::try_from(self.integer()?).ok()?;
        u64::try_from(value).ok()
    }
}

/// Sets a value that may stand only once.
fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A header of a data page: type 0, sizes, and the number of values and encodings in a struct of its own.
    fn page(inflated: u8, size: u8, values: u8) -> Vec<u8> {
        let zigzag = |value: u8| value << 1;
        let mut page = vec![0x15, 0, 0x15, zigzag(inflated), 0x15, zigzag(size), 0x2C];
        page.extend([0x15, zigzag(values), 0x15, 0, 0x15, 6, 0x15, 6, 0, 0]);
        page.extend(vec![0xEE; size.into()]);
        page
    }

    #[test]
    fn pages_are_added_up() {
        let bytes = [page(60, 10, 2), page(30, 5, 1)].concat();
        assert_eq!(inflated(&bytes, 3), Some(90));
        assert_eq!(inflated(&bytes, 2), Some(60));
        assert_eq!(inflated(&bytes[..bytes.len() - 1], 3), None);
    }

    #[test]
    fn no_number_is_below_nothing_or_above_what_the_column_has() {
        let mut bytes = page(60, 10, 2);
        assert_eq!(inflated(&bytes, 1), None);
        // -2 in place of 2 values.
        bytes[8] = 3;
        assert_eq!(inflated(&bytes, 3), None);
        bytes[8] = 4;
        // A second size.
        bytes[1..3].copy_from_slice(&[0, 0x05]);
        assert_eq!(inflated(&bytes, 3), None);
    }

    #[test]
    fn structs_in_structs_end() {
        assert_eq!(inflated(&[0x1C; 100_000], 1), None);
        assert_eq!(inflated(&[0xFF; 100], 1), None);
    }
}
