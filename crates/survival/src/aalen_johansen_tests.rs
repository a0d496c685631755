use super::{Ending, Span, aalen_johansen, kaplan_meier};
use proptest::prelude::*;

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// Ten people by hand, with ends of two kinds on one day. Day 2: 10 at risk, two ends of kind 0 and one of kind 1;
/// day 5: 6 at risk (one censored on day 3), one end of each kind; day 8: 3 at risk (one censored on day 5), one of
/// kind 1.
fn by_hand() -> Vec<Ending> {
    let ended = |days, kind| Ending { span: Span::ended(days), kind };
    let censored = |days| Ending { span: Span::censored(days), kind: 0 };
    vec![
        ended(2, 0),
        ended(2, 0),
        ended(2, 1),
        censored(3),
        ended(5, 0),
        ended(5, 1),
        censored(5),
        ended(8, 1),
        censored(9),
        censored(9),
    ]
}

#[test]
fn tied_ends_of_several_kinds_share_one_day() {
    let found = aalen_johansen(&by_hand(), 2);
    assert_eq!(found.points.iter().map(|point| (point.days, point.at_risk)).collect::<Vec<_>>(), [(2, 10), (5, 6), (8, 3)]);
    // S just before: 1, then 7/10, then 7/10 · 4/6 = 7/15; S at the end 7/15 · 2/3 = 14/45.
    for (kind, shares) in [(0, [2.0 / 10.0, 19.0 / 60.0, 19.0 / 60.0]), (1, [1.0 / 10.0, 13.0 / 60.0, 67.0 / 180.0])] {
        for (days, share) in [2, 5, 8].into_iter().zip(shares) {
            close(found.at(kind, days).estimate, share);
        }
    }
    close(found.points[2].staying, 14.0 / 45.0);
    assert_eq!(found.at(1, 1).estimate, 0.0);
}

/// Collett's formula on day 5 for kind 0, term by term: F(2) = 0.2, F(5) = 19/60, S before 1 and 0.7.
/// Σ (F(5) − F)² d/(n(n−d)): (7/60)² · 3/(10·7); the second term is Σ S² d₀(n−d₀)/n³ = 2·8/1000 + 0.49·1·5/216; the
/// third is −2 Σ (F(5) − F) S d₀/n² = −2 · (7/60) · 2/100.
#[test]
fn the_variance_of_tied_ends_is_that_of_the_delta_method() {
    let expected = (7.0f64 / 60.0).powi(2) * 3.0 / 70.0 + 0.016 + 0.49 * 5.0 / 216.0 - 2.0 * (7.0 / 60.0) * 0.02;
    close(aalen_johansen(&by_hand(), 2).at(0, 5).variance, expected);
}

#[test]
fn when_everybody_has_ended_the_shares_make_one() {
    let endings: Vec<Ending> = (0..6).map(|at| Ending { span: Span::ended(at / 2), kind: (at % 2) as usize }).collect();
    let last = aalen_johansen(&endings, 2);
    close(last.at(0, 9).estimate + last.at(1, 9).estimate, 1.0);
    assert!(last.at(0, 9).variance.is_finite());
}

/// On day 1 two end who entered on it, and only one was at risk: the day tells nothing, the ends after it still do.
#[test]
fn ends_of_a_day_that_tells_nothing_do_not_hold_back_later_ones() {
    let late = Ending { span: Span::ended(1).entered(1), kind: 0 };
    let found = aalen_johansen(&[late, Ending { span: Span::ended(2), kind: 1 }, late], 3);
    assert_eq!(found.points.len(), 1);
    close(found.at(1, 2).estimate, 1.0);
}

proptest! {
    #[test]
    fn shares_and_staying_make_one_and_one_kind_alone_is_kaplan_meier(
        rows in prop::collection::vec((0i64..40, any::<bool>(), 0usize..3, 0i64..20), 1..120)
    ) {
        let ending = |(days, ended, kind, entry): &(i64, bool, usize, i64)| Ending { span: Span { days: *days + entry, ended: *ended, entry: *entry }, kind: *kind };
        let endings: Vec<Ending> = rows.iter().map(ending).collect();
        for point in &aalen_johansen(&endings, 3).points {
            let whole = point.staying + point.kinds.iter().map(|share| share.estimate).sum::<f64>();
            prop_assert!((whole - 1.0).abs() < 1e-9, "they make {whole}");
        }
        let spans: Vec<Span> = endings.iter().map(|ending| ending.span).collect();
        let alone: Vec<Ending> = spans.iter().map(|span| Ending { span: *span, kind: 0 }).collect();
        for (point, share) in kaplan_meier(&spans).points.iter().zip(&aalen_johansen(&alone, 1).points) {
            prop_assert!((point.estimate + share.kinds[0].estimate - 1.0).abs() < 1e-9);
            prop_assert!((point.variance - share.kinds[0].variance).abs() < 1e-9);
        }
    }
}
