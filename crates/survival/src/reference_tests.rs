//! Equal to lifelines and statsmodels to 1e-9, on lifelines' own data sets and on made-up tables with ties, left
//! truncation and heavy censoring. `bench/survival_reference.py` writes what stands in `reference/`.

use crate::{Ending, Member, Span, aalen_johansen, kaplan_meier, log_rank};
use serde::Deserialize;

/// Days, incidence, its variance, the band: as the reference lists them.
type Step = (i64, f64, f64, f64, f64);

#[derive(Deserialize)]
struct Reference {
    /// Entry, days, ended, group, stratum, kind of end from 1.
    rows: Vec<[i64; 6]>,
    km: Vec<(i64, u64, f64, f64, f64)>,
    restricted_mean: (i64, f64),
    median: Option<i64>,
    log_rank: Option<(f64, f64)>,
    survdiff: Option<(f64, f64)>,
    stratified: Option<(f64, f64)>,
    incidence: Option<Vec<Vec<Step>>>,
}

impl Reference {
    fn members(&self) -> Vec<Member> {
        let member = |row: &[i64; 6]| Member { stratum: row[4] as u32, span: span(row), group: row[3] as u32 };
        self.rows.iter().map(member).collect()
    }
}

fn span(row: &[i64; 6]) -> Span {
    Span { entry: row[0], days: row[1], ended: row[2] == 1 }
}

const REFERENCES: [(&str, &str); 22] = [
    ("waltons", include_str!("reference/waltons.json")),
    ("rossi", include_str!("reference/rossi.json")),
    ("lung", include_str!("reference/lung.json")),
    ("larynx", include_str!("reference/larynx.json")),
    ("gbsg2", include_str!("reference/gbsg2.json")),
    ("leukemia", include_str!("reference/leukemia.json")),
    ("g3", include_str!("reference/g3.json")),
    ("kidney", include_str!("reference/kidney.json")),
    ("lymphoma", include_str!("reference/lymphoma.json")),
    ("psychiatric", include_str!("reference/psychiatric.json")),
    ("senators", include_str!("reference/senators.json")),
    ("democracies", include_str!("reference/democracies.json")),
    ("regression", include_str!("reference/regression.json")),
    ("aids_entry", include_str!("reference/aids_entry.json")),
    ("heart_entry", include_str!("reference/heart_entry.json")),
    ("ties", include_str!("reference/ties.json")),
    ("heavy_censoring", include_str!("reference/heavy_censoring.json")),
    ("truncated", include_str!("reference/truncated.json")),
    ("truncated_ties_censored", include_str!("reference/truncated_ties_censored.json")),
    ("small", include_str!("reference/small.json")),
    ("kinds_without_ties", include_str!("reference/kinds_without_ties.json")),
    ("kinds_truncated", include_str!("reference/kinds_truncated.json")),
];

fn references() -> impl Iterator<Item = (&'static str, Reference)> {
    REFERENCES.into_iter().map(|(name, text)| (name, serde_json::from_str(text).expect("a reference is JSON")))
}

fn close(name: &str, what: &str, found: f64, expected: f64) {
    let far = (found - expected).abs();
    assert!(far < 1e-9 * expected.abs().max(1.0), "{name}: {what} is {found} instead of {expected}, {far:e} apart");
}

#[test]
fn kaplan_meier_and_its_bands_equal_lifelines() {
    let mut points = 0;
    for (name, reference) in references() {
        let spans: Vec<Span> = reference.rows.iter().map(span).collect();
        let curve = kaplan_meier(&spans);
        assert_eq!(curve.points.len(), reference.km.len(), "{name}: days with ends");
        for (point, (days, at_risk, estimate, low, high)) in curve.points.iter().zip(&reference.km) {
            assert_eq!((point.days, point.at_risk), (*days, *at_risk), "{name}: at risk");
            let what = |of: &str| format!("{of} on day {days}");
            close(name, &what("the estimate"), point.estimate, *estimate);
            close(name, &what("the low end"), point.low, *low);
            close(name, &what("the high end"), point.high, *high);
            points += 1;
        }
        assert_eq!(curve.median(), reference.median, "{name}: median");
        let (limit, mean) = reference.restricted_mean;
        close(name, "the restricted mean", curve.restricted_mean(limit).days, mean);
    }
    assert!(points > 2_000, "{points} points were compared");
}

#[test]
fn the_log_rank_test_equals_lifelines_and_statsmodels() {
    let mut tests = 0;
    for (name, reference) in references() {
        let members: Vec<Member> = reference.members().into_iter().map(|member| Member { stratum: 0, ..member }).collect();
        let found = log_rank(&members);
        for (chi_square, p) in [reference.log_rank, reference.survdiff].into_iter().flatten() {
            close(name, "chi-square", found.chi_square, chi_square);
            close(name, "p", found.p, p);
            tests += 1;
        }
    }
    assert!(tests > 30, "{tests} tests were compared");
}

#[test]
fn the_stratified_test_equals_statsmodels() {
    let mut tests = 0;
    for (name, reference) in references() {
        if let Some((chi_square, p)) = reference.stratified {
            let found = log_rank(&reference.members());
            close(name, "stratified chi-square", found.chi_square, chi_square);
            close(name, "stratified p", found.p, p);
            tests += 1;
        }
    }
    assert!(tests > 10, "{tests} tests were compared");
}

#[test]
fn aalen_johansen_equals_lifelines_where_nothing_is_tied() {
    let mut points = 0;
    for (name, reference) in references() {
        let endings: Vec<Ending> =
            reference.rows.iter().map(|row| Ending { span: span(row), kind: (row[5] - 1).max(0) as usize }).collect();
        for (kind, expected) in reference.incidence.iter().flatten().enumerate() {
            let found = aalen_johansen(&endings, 3);
            for (days, estimate, variance, low, high) in expected {
                let share = found.at(kind, *days);
                close(name, &format!("the share of kind {kind} on day {days}"), share.estimate, *estimate);
                close(name, &format!("its variance on day {days}"), share.variance, *variance);
                close(name, &format!("its low end on day {days}"), share.low, *low);
                close(name, &format!("its high end on day {days}"), share.high, *high);
                points += 1;
            }
        }
    }
    assert!(points > 400, "{points} points were compared");
}
