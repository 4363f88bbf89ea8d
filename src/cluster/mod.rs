//! Clusters (聚类): which rows hang together, whatever anyone's codebook says.
//!
//! Rows of norm 1 on latent axes → k chosen from a range by silhouette and stability, every candidate recorded → clusters
//! numbered by size, named by their terms, shown by the row nearest the centre, and laid out on a plane.

mod agreement;
mod choose;
mod clustering;
mod distance;
mod keywords;
mod kmeans;
mod map;
mod params;
mod silhouette;

#[cfg(test)]
mod tests;

pub use agreement::adjusted_rand;
pub use choose::Candidate;
pub use clustering::{Clustering, cluster};
pub use keywords::{Keyword, class_weights, keywords};
pub use map::map;
pub use params::Params;
pub use silhouette::silhouettes;
