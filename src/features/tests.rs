use ndarray::Array2;
use rayon::ThreadPoolBuilder;

use super::dense::{eigen, gram, orthonormalise};
use super::*;

/// Rows of terms, as the reference script has them.
fn rows() -> Vec<Vec<&'static str>> {
    let rows = [
        "果园 苹果 苹果 苹果",
        "苹果 合作社",
        "企业 园区 企业",
        "园区 企业 合作社",
        "河长制 污水",
        "污水 河长制 果园 企业",
    ];
    rows.iter().map(|row| row.split(' ').collect()).collect()
}

fn counted(rows: &[Vec<&str>], params: &VocabularyParams) -> (Vocabulary, Counts) {
    let bags = Bags::of(rows);
    let vocabulary = Vocabulary::fit(&bags, params);
    let counts = Counts::of(&bags, &vocabulary);
    (vocabulary, counts)
}

const ALL: VocabularyParams = VocabularyParams { min_df: 1, max_df: 1.0 };

/// Made by `tests/reference/features_and_clusters.py`.
const IDF: [f64; 7] = [1.5596158, 1.8472979, 1.8472979, 1.8472979, 1.8472979, 1.8472979, 1.8472979];
/// Made by `tests/reference/features_and_clusters.py`.
const ROW_0: [f64; 2] = [0.43016528, 0.90275015];
/// Made by `tests/reference/features_and_clusters.py`.
const ROW_2: [f64; 2] = [0.8194015, 0.57322001];

fn near(found: impl IntoIterator<Item = f64>, wanted: &[f64], tolerance: f64) {
    let found: Vec<f64> = found.into_iter().collect();
    assert_eq!(found.len(), wanted.len(), "{found:?}");
    for (found, wanted) in found.iter().zip(wanted) {
        assert!((found - wanted).abs() <= tolerance, "found {found}, wanted {wanted}");
    }
}

/// The 40 × 30 matrix of the reference script.
fn stripes() -> Sparse {
    let mut dense = Array2::<f32>::zeros((40, 30));
    for i in 0..40usize {
        for step in 0..5 {
            dense[[i, (i * i + 7 * step * step + 3 * i * step) % 30]] += ((i + step) % 4 + 1) as f32;
        }
    }
    let mut matrix = sprs::TriMatI::<f32, u32>::new((40, 30));
    dense.indexed_iter().filter(|&(_, &x)| x != 0.0).for_each(|((i, j), &x)| matrix.add_triplet(i, j, x));
    let matrix: sprs::CsMatI<f32, u32, usize> = matrix.to_csr();
    matrix
}

#[test]
fn the_vocabulary_is_in_code_point_order_with_its_df() {
    let (vocabulary, counts) = counted(&rows(), &ALL);
    assert_eq!(vocabulary.terms(), ["企业", "合作社", "园区", "果园", "污水", "河长制", "苹果"]);
    assert_eq!(vocabulary.df(), [3, 2, 2, 2, 2, 2, 2]);
    assert_eq!(vocabulary.column("污水"), Some(4));
    assert_eq!(vocabulary.column("水"), None);
    let first = counts.matrix.outer_view(0).unwrap();
    assert_eq!((first.indices(), first.data()), (&[3u32, 6][..], &[1.0f32, 3.0][..]));
}

#[test]
fn rare_and_common_terms_are_left_out() {
    let (vocabulary, counts) = counted(&rows(), &VocabularyParams { min_df: 2, max_df: 0.4 });
    assert!(!vocabulary.terms().contains(&"企业".to_owned()), "in 3 of 6 rows, more than 0.4");
    assert_eq!(vocabulary.len(), 6);
    let (none, _) = counted(&rows(), &VocabularyParams { min_df: 4, max_df: 1.0 });
    assert!(none.is_empty());
    assert_eq!(counts.matrix.outer_view(2).unwrap().nnz(), 1, "only 园区 is left of that row");
}

#[test]
fn weights_are_those_of_scikit_learn() {
    let (_, counts) = counted(&rows(), &ALL);
    let fitted = TfIdf::fit(&counts, &TfIdfParams::default());
    near(fitted.idf().iter().map(|&x| f64::from(x)), &IDF, 1e-6);
    let weights = fitted.transform(&counts);
    near(weights.outer_view(0).unwrap().data().iter().map(|&x| f64::from(x)), &ROW_0, 1e-6);
    near(weights.outer_view(2).unwrap().data().iter().map(|&x| f64::from(x)), &ROW_2, 1e-6);
}

#[test]
fn a_row_weighs_the_same_whatever_stands_beside_it() {
    let (vocabulary, counts) = counted(&rows(), &ALL);
    let fitted = TfIdf::fit(&counts, &TfIdfParams::default());
    let alone = Counts::of(&Bags::of(&[vec!["企业", "园区", "企业", "没见过"]]), &vocabulary);
    let (alone, among) = (fitted.transform(&alone), fitted.transform(&counts));
    assert_eq!(alone.outer_view(0).unwrap().data(), among.outer_view(2).unwrap().data());
}

#[test]
fn a_row_without_terms_stays_empty() {
    let (vocabulary, counts) = counted(&rows(), &ALL);
    let fitted = TfIdf::fit(&counts, &TfIdfParams { sublinear: false });
    let empty = fitted.transform(&Counts::of(&Bags::of(&[vec!["没见过"], vec![]]), &vocabulary));
    assert_eq!((empty.rows(), empty.nnz()), (2, 0));
    let axes = Latent::fit(&fitted.transform(&counts), &LatentParams::default());
    assert!(axes.transform(&empty).iter().all(|&x| x == 0.0));
}

#[test]
fn numbers_of_terms_do_not_depend_on_the_chunks() {
    let rows: Vec<Vec<String>> =
        (0..10_000usize).map(|i| vec![format!("词{}", i * i % 977), format!("语{}", i % 13)]).collect();
    let pool = |threads| ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| Bags::of(&rows));
    assert_eq!(one, pool(3).install(|| Bags::of(&rows)));
    assert_eq!(one.rows(), 10_000);
    let row: Vec<&str> = one.row(9_999).iter().map(|&term| &*one.terms()[term as usize]).collect();
    assert_eq!(row, [format!("词{}", 9_999 * 9_999 % 977), format!("语{}", 9_999 % 13)]);
}

#[test]
fn singular_values_are_those_of_scikit_learn() {
    let params = LatentParams { dims: 5, oversample: 12, iterations: 8, ..LatentParams::default() };
    let latent = Latent::fit(&stripes(), &params);
    near(latent.singular_values.iter().copied(), &[21.09951, 15.816128, 13.659196, 12.15549, 10.888236], 1e-3);
    // The axes are orthonormal, and the largest weight of each is positive.
    for a in 0..5 {
        for b in 0..5 {
            let dot: f32 = latent.axes.column(a).iter().zip(latent.axes.column(b)).map(|(x, y)| x * y).sum();
            assert!((dot - f32::from(u8::from(a == b))).abs() < 1e-5, "{a} · {b} = {dot}");
        }
        let largest = latent.axes.column(a).iter().fold(0.0f32, |best, &x| if x.abs() > best.abs() { x } else { best });
        assert!(largest > 0.0);
    }
}

#[test]
fn places_have_norm_one_and_the_same_bits_at_any_thread_count() {
    let fit = |threads: usize| {
        ThreadPoolBuilder::new().num_threads(threads).build().unwrap().install(|| {
            let latent = Latent::fit(&stripes(), &LatentParams { dims: 8, ..LatentParams::default() });
            latent.transform(&stripes())
        })
    };
    let places = fit(1);
    assert_eq!(places, fit(2));
    for row in places.rows() {
        let norm: f32 = row.iter().map(|x| x * x).sum();
        assert!((norm - 1.0).abs() < 1e-5);
    }
}

#[test]
fn rows_that_span_fewer_directions_give_fewer_axes() {
    let (_, counts) = counted(&[vec!["甲", "乙"], vec!["甲", "乙"], vec!["丙"]], &ALL);
    let weights = TfIdf::fit(&counts, &TfIdfParams::default()).transform(&counts);
    let latent = Latent::fit(&weights, &LatentParams::default());
    // Two rows (√½, √½, 0) and one (0, 0, 1): singular values √2 and 1.
    near(latent.singular_values.iter().copied(), &[2.0f64.sqrt(), 1.0], 1e-5);
    let nothing = Latent::fit(&Sparse::zero((4, 0)), &LatentParams::default());
    assert_eq!((nothing.dims(), nothing.transform(&Sparse::zero((4, 0))).dim()), (0, (4, 0)));
    let empty_rows = Latent::fit(&Sparse::zero((4, 3)), &LatentParams::default());
    assert_eq!(empty_rows.dims(), 0);
}

#[test]
fn axes_fitted_on_a_sample_are_applied_to_all_rows() {
    let latent = Latent::fit(&stripes(), &LatentParams { dims: 4, fit_rows: 20, ..LatentParams::default() });
    assert_eq!((latent.fitted_rows, latent.transform(&stripes()).dim()), (20, (40, 4)));
}

#[test]
fn eigenvectors_of_a_matrix_worked_by_hand() {
    // [[2, 1], [1, 2]] has 3 along (1, 1) and 1 along (1, −1).
    let (values, vectors) = eigen(&ndarray::array![[2.0, 1.0], [1.0, 2.0]]);
    near(values, &[3.0, 1.0], 1e-12);
    assert!((vectors[[0, 0]] - vectors[[0, 1]]).abs() < 1e-12);
    assert!((vectors[[1, 0]] + vectors[[1, 1]]).abs() < 1e-12);
}

#[test]
fn dependent_columns_become_zero() {
    // The second column is twice the first.
    let mut rows = vec![1.0f32, 2.0, 0.0, 2.0, 4.0, 1.0, 2.0, 4.0, 0.0];
    orthonormalise(&mut rows, 3);
    orthonormalise(&mut rows, 3);
    let product = gram(&rows, 3);
    near(product.iter().copied(), &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0], 1e-6);
}
