//! Sparse rows: what a sentence looks like to a linear model.

/// A matrix of sparse rows (CSR): `columns` and `values` of row `i` stand at `starts[i]..starts[i + 1]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    width: usize,
}

impl Default for Rows {
    fn default() -> Self {
        Rows { starts: vec![0], columns: Vec::new(), values: Vec::new(), width: 0 }
    }
}

impl Rows {
    /// No rows yet.
    pub fn new() -> Self {
        Rows::default()
    }

    /// Adds a row; the pairs are put in the order of their columns, and equal columns are added up.
    pub fn push(&mut self, row: &[(u32, f32)]) {
        let mut sorted = row.to_vec();
        sorted.sort_by_key(|pair| pair.0);
        for (column, value) in sorted {
            let open = self.columns.len() > self.starts[self.starts.len() - 1];
            match (open, self.columns.last()) {
                (true, Some(&last)) if last == column => *self.values.last_mut().expect("as many values") += value,
                _ => {
                    self.columns.push(column);
                    self.values.push(value);
                }
            }
            self.width = self.width.max(column as usize + 1);
        }
        self.starts.push(self.columns.len());
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One more than the largest column used, or what [`Self::widen`] set.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Makes the matrix at least `width` columns wide.
    pub fn widen(&mut self, width: usize) {
        self.width = self.width.max(width);
    }

    /// The columns and values of row `i`, by rising column.
    pub fn row(&self, i: usize) -> (&[u32], &[f32]) {
        let range = self.starts[i]..self.starts[i + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    /// The number of values stored.
    pub fn stored(&self) -> usize {
        self.values.len()
    }

    /// The rows `which`, in that order.
    pub fn select(&self, which: &[usize]) -> Rows {
        let mut out = Rows { width: self.width, ..Rows::new() };
        for &i in which {
            let (columns, values) = self.row(i);
            out.columns.extend_from_slice(columns);
            out.values.extend_from_slice(values);
            out.starts.push(out.columns.len());
        }
        out
    }

    /// Rows and columns exchanged.
    pub fn transposed(&self) -> Rows {
        let mut starts = vec![0usize; self.width + 1];
        for &column in &self.columns {
            starts[column as usize + 1] += 1;
        }
        for i in 0..self.width {
            starts[i + 1] += starts[i];
        }
        let mut next = starts.clone();
        let (mut columns, mut values) = (vec![0; self.columns.len()], vec![0.0; self.columns.len()]);
        for i in 0..self.len() {
            let (row_columns, row_values) = self.row(i);
            for (&column, &value) in row_columns.iter().zip(row_values) {
                let at = &mut next[column as usize];
                columns[*at] = i as u32;
                values[*at] = value;
                *at += 1;
            }
        }
        Rows { starts, columns, values, width: self.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_columns_are_added_within_a_row_only() {
        let mut rows = Rows::new();
        rows.push(&[(4, 1.0), (1, 2.0), (4, 0.5)]);
        rows.push(&[]);
        rows.push(&[(4, 3.0)]);
        assert_eq!((rows.len(), rows.width(), rows.stored()), (3, 5, 3));
        assert_eq!(rows.row(0), (&[1, 4][..], &[2.0, 1.5][..]));
        assert_eq!(rows.row(1), (&[][..], &[][..]));
        assert_eq!(rows.row(2), (&[4][..], &[3.0][..]));
    }

    #[test]
    fn transposing_twice_gives_the_rows_back() {
        let mut rows = Rows::new();
        rows.push(&[(0, 1.0), (2, 2.0)]);
        rows.push(&[(1, 3.0), (2, 4.0)]);
        let other = rows.transposed();
        assert_eq!(other.row(2), (&[0, 1][..], &[2.0, 4.0][..]));
        assert_eq!(other.transposed(), rows);
        assert_eq!(rows.select(&[1, 1]).row(1), rows.row(1));
    }
}
