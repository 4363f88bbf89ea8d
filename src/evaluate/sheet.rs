//! Figures as a sheet: aligned columns for a terminal, csv for a file.

use super::bootstrap::Interval;

/// What stands in one cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Words.
    Text(String),
    /// A count.
    Whole(u64),
    /// A number.
    Real(f64),
    /// Undefined: `–` on a terminal, empty in a file.
    Missing,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Cell {
        Cell::Text(text.to_string())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Cell {
        Cell::Text(text)
    }
}

impl From<u64> for Cell {
    fn from(count: u64) -> Cell {
        Cell::Whole(count)
    }
}

impl From<usize> for Cell {
    fn from(count: usize) -> Cell {
        Cell::Whole(count as u64)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Cell {
        Cell::Real(number)
    }
}

impl From<Option<f64>> for Cell {
    fn from(number: Option<f64>) -> Cell {
        number.map_or(Cell::Missing, Cell::Real)
    }
}

/// The three cells of a figure: value, lower and upper end.
pub fn ends(figure: Option<Interval>) -> [Cell; 3] {
    match figure {
        Some(Interval { value, low, high }) => [value.into(), low.into(), high.into()],
        None => [Cell::Missing, Cell::Missing, Cell::Missing],
    }
}

/// A small table of figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The stem of its file.
    pub name: String,
    /// What it shows, as a line above it.
    pub title: String,
    /// The names of its columns.
    pub head: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A sheet without rows.
    pub fn new(name: &str, title: impl Into<String>, head: &[&str]) -> Sheet {
        let head = head.iter().map(|name| (*name).to_string()).collect();
        Sheet { name: name.to_string(), title: title.into(), head, rows: Vec::new() }
    }

    /// Aligned for a terminal: words to the left, numbers to the right and with three decimals.
    pub fn text(&self) -> String {
        let shown = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Whole(count) => count.to_string(),
            Cell::Real(number) => format!("{number:.3}"),
            Cell::Missing => "–".to_string(),
        };
        let rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.iter().map(shown).collect()).collect();
        let left = |column: usize| self.rows.iter().any(|row| matches!(row.get(column), Some(Cell::Text(_))));
        let widths: Vec<usize> = (0..self.head.len())
            .map(|column| {
                let cells = rows.iter().filter_map(|row| row.get(column)).chain([&self.head[column]]);
                cells.map(|cell| width(cell)).max().unwrap_or(0)
            })
            .collect();
        let line = |cells: &[String]| {
            let padded: Vec<String> = cells
                .iter()
                .enumerate()
                .map(|(column, cell)| {
                    let blanks = " ".repeat(widths[column].saturating_sub(width(cell)));
                    if left(column) { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") }
                })
                .collect();
            padded.join("  ").trim_end().to_string()
        };
        let mut text = format!("{}\n{}\n", self.title, line(&self.head));
        for row in &rows {
            text.push_str(&line(row));
            text.push('\n');
        }
        text
    }

    /// As csv: UTF-8 with a byte order mark, LF, floats at shortest round trip.
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
        let written = |cell: &Cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Whole(count) => count.to_string(),
            Cell::Real(number) => number.to_string(),
            Cell::Missing => String::new(),
        };
        writer.write_record(&self.head).expect("memory takes every row");
        for row in &self.rows {
            writer.write_record(row.iter().map(written)).expect("every row has the head's columns");
        }
        writer.into_inner().expect("memory takes every byte")
    }
}

/// How many columns of a terminal a text takes: two a Chinese character or full-width mark.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c >= '\u{2E80}' { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_left_and_numbers_right() {
        let mut sheet = Sheet::new("s", "Scores", &["class", "n", "f1"]);
        sheet.rows.push(vec!["道路".into(), 12usize.into(), 0.5.into()]);
        sheet.rows.push(vec!["a".into(), 3usize.into(), Cell::Missing]);
        assert_eq!(sheet.text(), "Scores\nclass   n     f1\n道路   12  0.500\na       3      –\n");
        assert_eq!(sheet.csv(), "\u{feff}class,n,f1\n道路,12,0.5\na,3,\n".as_bytes());
    }
}
