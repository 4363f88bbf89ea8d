//! Charts without data.

use crate::chart::{
    ClusterMap, Correspondence, Dendrogram, Forest, Growth, HeatMap, Keyness, Matrix, RiskCoverage, Slope, Stacked,
    Style, Trends,
};

#[test]
fn charts_of_nothing_are_still_charts() {
    for pages in [
        HeatMap::default().draw(&Style::default()),
        Stacked::default().draw(&Style::default()),
        Forest::default().draw(&Style::default()),
        Keyness::default().draw(&Style::default()),
        ClusterMap::default().draw(&Style::default()),
        Correspondence::default().draw(&Style::default()),
        Dendrogram::default().draw(&Style::default()),
        Trends::default().draw(&Style::default()),
        Slope::default().draw(&Style::default()),
        Matrix::default().draw(&Style::default()),
        Growth::default().draw(&Style::default()),
        RiskCoverage::default().draw(&Style::default()),
    ] {
        assert_eq!(pages.unwrap().len(), 1);
    }
}
