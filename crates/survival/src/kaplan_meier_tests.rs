use super::{Span, kaplan_meier};

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// By hand, with ties between ends and censoring: 6 at risk, one end at 1; 4 at risk, two ends at 3.
#[test]
fn ties_are_counted_before_censoring() {
    let spans = [Span::ended(1), Span::censored(2), Span::ended(3), Span::ended(3), Span::censored(3), Span::censored(9)];
    let curve = kaplan_meier(&spans);
    assert_eq!(curve.points.len(), 2);
    assert_eq!((curve.points[1].at_risk, curve.points[1].ended), (4, 2));
    close(curve.at(1).estimate, 5.0 / 6.0);
    close(curve.at(3).estimate, 5.0 / 12.0);
    close(curve.at(100).estimate, 5.0 / 12.0);
}

/// Greenwood: 1/(6·5) + 2/(4·2) = 0.283333…; the band is S^exp(±1.96·√v/|ln S|).
#[test]
fn the_band_is_on_the_log_log_scale() {
    let spans = [Span::ended(1), Span::censored(2), Span::ended(3), Span::ended(3), Span::censored(3), Span::censored(9)];
    let point = kaplan_meier(&spans).at(3);
    let spread = 1.959_963_984_540_054 * (1.0f64 / 30.0 + 0.25).sqrt() / (5.0f64 / 12.0).ln().abs();
    close(point.low, (5.0f64 / 12.0).powf(spread.exp()));
    close(point.high, (5.0f64 / 12.0).powf((-spread).exp()));
    assert!(point.low > 0.0 && point.high < 1.0 && point.low < point.estimate && point.estimate < point.high);
}

#[test]
fn nobody_ended_means_everybody_is_there() {
    let curve = kaplan_meier(&[Span::censored(10), Span::censored(20)]);
    close(curve.at(1_000).estimate, 1.0);
    assert!(kaplan_meier(&[]).points.is_empty());
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let mut spans: Vec<Span> = (0..50).map(|i| Span { days: (i * 37) % 101, ended: i % 3 != 0, entry: i % 5 }).collect();
    let before = kaplan_meier(&spans);
    spans.reverse();
    assert_eq!(kaplan_meier(&spans), before);
}
