//! Places grouped by likeness, as a tree, and the order in which a chart should show them.

use kodama::{Method, linkage};

/// One join of two groups.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Join {
    /// The first group: an observation below n, or n + the index of an earlier join.
    pub left: usize,
    /// The second group, numbered alike.
    pub right: usize,
    /// The distance at which they join.
    pub height: f64,
    /// The observations in the new group.
    pub size: usize,
}

/// A tree over n observations.
#[derive(Clone, Debug, PartialEq)]
pub struct Dendrogram {
    /// The n − 1 joins, by rising height.
    pub joins: Vec<Join>,
    /// The observations from left to right, so that no two branches cross.
    pub leaves: Vec<usize>,
}

/// Average-linkage clustering (UPGMA) of `n` observations with these condensed distances (see
/// [`super::similarity::condensed`]).
///
/// The tree leaves open which branch of a join stands left. `weights`, one an observation, decides: the branch with
/// the smaller mean weight, then the smaller first observation. With the first axis of the correspondence analysis as
/// weight the leaves run along that axis as far as the tree allows; it is the seriation of the heat map.
/// No observations give an empty tree.
///
/// # Panics
/// If there are not n(n − 1)/2 distances or not n weights.
pub fn cluster(distances: &[f64], n: usize, weights: &[f64]) -> Dendrogram {
    assert_eq!(distances.len(), n * n.saturating_sub(1) / 2, "a condensed matrix of {n} observations");
    assert_eq!(weights.len(), n, "one weight an observation");
    if n < 2 {
        return Dendrogram { joins: Vec::new(), leaves: (0..n).collect() };
    }
    let mut work = distances.to_vec();
    let steps = linkage(&mut work, n, Method::Average);
    let mut joins: Vec<Join> = Vec::with_capacity(n - 1);
    // Of each group: the sum of weights, the number of observations, the smallest observation.
    let mut groups: Vec<(f64, usize, usize)> = weights.iter().enumerate().map(|(i, &weight)| (weight, 1, i)).collect();
    for step in steps.steps() {
        let key = |group: usize| (groups[group].0 / groups[group].1 as f64, groups[group].2);
        let (a, b) = (key(step.cluster1), key(step.cluster2));
        let swap = b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).is_lt();
        let (left, right) = if swap { (step.cluster2, step.cluster1) } else { (step.cluster1, step.cluster2) };
        let (l, r) = (groups[left], groups[right]);
        groups.push((l.0 + r.0, l.1 + r.1, l.2.min(r.2)));
        joins.push(Join { left, right, height: step.dissimilarity, size: step.size });
    }
    let mut leaves = Vec::with_capacity(n);
    let mut open = vec![2 * n - 2];
    while let Some(group) = open.pop() {
        if group < n {
            leaves.push(group);
        } else {
            open.push(joins[group - n].right);
            open.push(joins[group - n].left);
        }
    }
    Dendrogram { joins, leaves }
}

impl Dendrogram {
    /// The group of each observation when the tree is cut into `k` groups (1 ≤ k ≤ n), numbered from 0 in the order of the leaves.
    pub fn cut(&self, k: usize) -> Vec<usize> {
        let n = self.leaves.len();
        let kept = n.saturating_sub(k.max(1)).min(self.joins.len());
        let mut parent: Vec<usize> = (0..n + kept).collect();
        for (index, join) in self.joins[..kept].iter().enumerate() {
            parent[join.left] = n + index;
            parent[join.right] = n + index;
        }
        let root = |mut node: usize| {
            while parent[node] != node {
                node = parent[node];
            }
            node
        };
        let mut names: Vec<usize> = Vec::new();
        let mut groups = vec![0; n];
        for &leaf in &self.leaves {
            let top = root(leaf);
            let name = names.iter().position(|&known| known == top).unwrap_or_else(|| {
                names.push(top);
                names.len() - 1
            });
            groups[leaf] = name;
        }
        groups
    }
}
