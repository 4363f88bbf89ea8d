//! A draw by wording: each text as unlike as can be to those before it.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

/// Pairs of characters are hashed into this many columns.
const COLUMNS: usize = 1 << 14;
/// No more texts are looked at, the first ones of the shuffled order.
const MOST: usize = 50_000;

/// `n` positions by Gonzalez's farthest-first traversal (1985): the first text, then each time the one whose cosine to the nearest
/// drawn text is least; the first among equals. Texts are counts of character pairs with idf, of norm 1.
pub(super) fn farthest_first(texts: &[&str], n: usize) -> Vec<usize> {
    let rows = rows(&texts[..texts.len().min(MOST)]);
    let n = n.min(texts.len());
    let mut nearest = vec![-1.0f32; rows.len()];
    let mut drawn = vec![false; rows.len()];
    let mut order = Vec::with_capacity(n);
    let mut dense = vec![0.0f32; COLUMNS];
    while order.len() < n.min(rows.len()) {
        let next = (0..rows.len())
            .filter(|&i| !drawn[i])
            .min_by(|&a, &b| nearest[a].total_cmp(&nearest[b]))
            .expect("fewer are drawn than there are");
        drawn[next] = true;
        order.push(next);
        rows[next].iter().for_each(|&(column, value)| dense[column] = value);
        for (near, row) in nearest.iter_mut().zip(&rows) {
            let cosine: f32 = row.iter().map(|&(column, value)| dense[column] * value).sum();
            *near = near.max(cosine);
        }
        rows[next].iter().for_each(|&(column, _)| dense[column] = 0.0);
    }
    order.extend(rows.len()..rows.len() + n - order.len());
    order
}

fn rows(texts: &[&str]) -> Vec<Vec<(usize, f32)>> {
    let mut counts: Vec<BTreeMap<usize, f32>> = Vec::with_capacity(texts.len());
    let mut df = vec![0u32; COLUMNS];
    for text in texts {
        let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
        let mut row = BTreeMap::new();
        for pair in chars.windows(2) {
            let key: String = pair.iter().collect();
            *row.entry(xxh3_64(key.as_bytes()) as usize % COLUMNS).or_insert(0.0) += 1.0;
        }
        row.keys().for_each(|&column| df[column] += 1);
        counts.push(row);
    }
    let n = texts.len() as f32;
    counts
        .into_iter()
        .map(|row| {
            let weighed = |(column, count): (usize, f32)| {
                (column, count * (libm::logf((1.0 + n) / (1.0 + df[column] as f32)) + 1.0))
            };
            let mut row: Vec<(usize, f32)> = row.into_iter().map(weighed).collect();
            let norm = row.iter().map(|pair| pair.1 * pair.1).sum::<f32>().sqrt();
            if norm > 0.0 {
                row.iter_mut().for_each(|pair| pair.1 /= norm);
            }
            row
        })
        .collect()
}
