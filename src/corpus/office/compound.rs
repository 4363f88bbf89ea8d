//! OLE compound files, the container of the old office formats: a small file system, read within bounds.
//!
//! Source: Microsoft, [MS-CFB] Compound File Binary File Format.

/// The largest regular sector number; above are the marks for free, end of chain, FAT and DIFAT.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// Streams below this size lie in the mini stream.
const MINI_BELOW: u64 = 4096;

/// An opened compound file.
#[derive(Debug)]
pub struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_sector: usize,
    mini_fat: Vec<u32>,
    mini: Vec<u8>,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    name: String,
    start: u32,
    size: u64,
}

/// The little-endian number of two bytes at `at`.
pub fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// The little-endian number of four bytes at `at`.
pub fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

impl<'b> Compound<'b> {
    /// Opens the file in `bytes`; `None` if its tables do not hold together.
    pub fn open(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let sector = 1usize.checked_shl(u32::from(u16_at(bytes, 0x1E)?)).filter(|size| matches!(size, 512 | 4096))?;
        let mini_sector = 1usize.checked_shl(u32::from(u16_at(bytes, 0x20)?)).filter(|size| *size == 64)?;
        let mut file = Compound {
            bytes,
            sector,
            fat: Vec::new(),
            mini_sector,
            mini_fat: Vec::new(),
            mini: Vec::new(),
            entries: Vec::new(),
        };
        for sector in file.fat_sectors()? {
            file.fat.extend(numbers(file.sector_at(sector)?));
        }
        let directory = file.chain(u32_at(bytes, 0x30)?)?;
        let root = file.read_directory(&directory)?;
        file.mini_fat = numbers(&file.chain(u32_at(bytes, 0x3C)?)?).collect();
        file.mini = file.chain(root)?;
        Some(file)
    }

    /// The bytes of the stream with this name.
    pub fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        let mut bytes = if entry.size < MINI_BELOW { self.mini_chain(entry.start)? } else { self.chain(entry.start)? };
        if (bytes.len() as u64) < entry.size {
            return None;
        }
        bytes.truncate(entry.size as usize);
        Some(bytes)
    }

    /// Which sectors hold the FAT: 109 named in the header, the others in a chain of their own.
    fn fat_sectors(&self) -> Option<Vec<u32>> {
        let mut sectors: Vec<u32> = numbers(self.bytes.get(0x4C..0x200)?).collect();
        let mut next = u32_at(self.bytes, 0x44)?;
        let mut steps = 0;
        while next <= LAST_SECTOR {
            let list: Vec<u32> = numbers(self.sector_at(next)?).collect();
            let (last, named) = list.split_last()?;
            sectors.extend(named);
            next = *last;
            steps += 1;
            if steps > self.bytes.len() / self.sector {
                return None;
            }
        }
        sectors.retain(|sector| *sector <= LAST_SECTOR);
        (sectors.len() <= self.bytes.len() / self.sector).then_some(sectors)
    }

    fn sector_at(&self, number: u32) -> Option<&'b [u8]> {
        let start = (number as usize).checked_add(1)?.checked_mul(self.sector)?;
        let end = start.checked_add(self.sector)?.min(self.bytes.len());
        self.bytes.get(start..end)
    }

    /// All bytes of the chain of sectors from `start`; a circle is no chain.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        while next <= LAST_SECTOR {
            bytes.extend_from_slice(self.sector_at(next)?);
            if bytes.len() > self.bytes.len() {
                return None;
            }
            next = *self.fat.get(next as usize)?;
        }
        Some(bytes)
    }

    fn mini_chain(&self, start: u32) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut next = start;
        while next <= LAST_SECTOR {
            let at = (next as usize).checked_mul(self.mini_sector)?;
            bytes.extend_from_slice(self.mini.get(at..at + self.mini_sector)?);
            if bytes.len() > self.mini.len() {
                return None;
            }
            next = *self.mini_fat.get(next as usize)?;
        }
        Some(bytes)
    }

    /// Reads the entries, and gives where the mini stream begins.
    fn read_directory(&mut self, directory: &[u8]) -> Option<u32> {
        let mut root = None;
        for entry in directory.chunks_exact(128) {
            let length = usize::from(u16_at(entry, 64)?).saturating_sub(2).min(62);
            let units: Vec<u16> =
                entry[..length].chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            let start = u32_at(entry, 116)?;
            match entry[66] {
                // The high half of the size is rubbish in the older version.
                2 => self.entries.push(Entry {
                    name: String::from_utf16_lossy(&units),
                    start,
                    size: u64::from(u32_at(entry, 120)?),
                }),
                5 => root = Some(start),
                _ => {}
            }
        }
        root
    }
}

/// The little-endian numbers of four bytes that `bytes` hold.
fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + use<'_> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}
