use super::{
    compute::compute,
    compute_tests::{asked, day, equipped, of},
    report::Number,
    subject::{Fault, Pieces, Subject},
};

fn pieces(supplier: &str, count: i64, accepted: Option<&str>, fault: Option<(&str, bool)>) -> Pieces {
    let fault = fault.map(|(on, in_window)| Fault { on: day(on), in_window });
    Pieces { supplier: supplier.into(), count, accepted: accepted.map(day), fault }
}

#[test]
fn refused_pieces_and_those_that_fail_in_their_time_are_defects() {
    let subjects = [Subject {
        pieces: vec![
            pieces("A", 6, Some("2024-03-01"), None),
            pieces("A", 1, Some("2024-03-01"), Some(("2024-03-20", true))),
            pieces("A", 1, Some("2024-03-01"), Some(("2024-08-20", false))),
            pieces("B", 2, None, Some(("2024-03-02", true))),
        ],
        ..equipped(1, "2024-03-01")
    }];
    let at = |as_of: &str| {
        let all = compute(&subjects, &asked(as_of));
        let one = of(&all, "DEFECTS").clone();
        (one.numerator, one.denominator, one.by.supplier.get("B").copied())
    };
    let whole = |n| Some(Number::Whole(n));
    // Nobody knew on the first of March that a piece would fail, and the refused ones came a day later.
    assert_eq!(at("2024-03-01"), (whole(0), whole(8), None));
    assert_eq!(at("2024-03-02"), (whole(2), whole(10), Some(Some(Number::Fraction(100.0)))));
    assert_eq!(at("2024-09-02"), (whole(3), whole(10), Some(Some(Number::Fraction(100.0)))));
}
