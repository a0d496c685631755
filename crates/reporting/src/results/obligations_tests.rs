use super::{
    compute::compute,
    compute_tests::{asked, day, equipped, of},
    report::Number,
    subject::{Obligation, Subject, Visit},
};
use registry::programme::Shown;

/// Received on 10 January 2024; due: the first visit on 9 February, start and tax on 10 March, another visit on 9 April,
/// the term's end on 1 June.
fn person(of: impl Fn(&mut Subject)) -> Subject {
    let due = |day_due: &str, shown_by: Shown| Obligation { due: day(day_due), shown_by };
    let mut one = equipped(1, "2024-01-10");
    one.days.started = None;
    one.obligations = vec![
        due("2024-02-09", Shown::Visit),
        due("2024-03-10", Shown::BusinessStarted),
        due("2024-03-10", Shown::TaxRegistration),
        due("2024-04-09", Shown::Visit),
        due("2024-06-01", Shown::Ownership),
    ];
    of(&mut one);
    one
}

fn visit(made: &str, is_met: bool, tax: Option<bool>) -> Visit {
    Visit { due: day(made), made: Some(day(made)), is_met, is_tax_registered: tax, ..Visit::default() }
}

fn check(as_of: &str, met: i64, due: i64, of_whom: impl Fn(&mut Subject)) {
    let all = compute(&[person(of_whom)], &asked(as_of));
    let one = of(&all, "OBLIGATIONS_MET");
    assert_eq!((one.numerator, one.denominator), (Some(Number::Whole(met)), Some(Number::Whole(due))), "as of {as_of}");
}

#[test]
fn a_duty_counts_from_its_day_on() {
    let started = |one: &mut Subject| one.days.started = Some(day("2024-03-10"));
    check("2024-03-09", 0, 0, started);
    check("2024-03-10", 1, 1, started);
    check("2024-03-10", 0, 1, |one| one.days.started = Some(day("2024-03-11")));
}

#[test]
fn a_visit_that_nobody_made_is_not_held_against_the_person() {
    check("2024-02-20", 0, 0, |_| {});
    check("2024-02-20", 1, 1, |one| one.visits = vec![visit("2024-02-09", true, None)]);
    check("2024-02-20", 0, 1, |one| one.visits = vec![visit("2024-02-01", false, None)]);
    check("2024-02-20", 1, 1, |one| one.visits = vec![visit("2024-02-01", false, None), visit("2024-02-05", true, None)]);
    // One visit serves one duty.
    check("2024-04-10", 1, 2, |one| one.visits = vec![visit("2024-02-09", true, None)]);
}

#[test]
fn the_first_visit_after_the_day_still_shows_the_tax_registration() {
    let told = |visits: Vec<Visit>| move |one: &mut Subject| one.visits = visits.clone();
    // The duties of the business and of the first visit, met and due, stand beside the one on tax.
    check("2024-04-01", 1, 2, told(vec![visit("2024-03-20", true, Some(true))]));
    check("2024-04-01", 0, 2, told(vec![visit("2024-03-15", true, Some(false)), visit("2024-03-20", true, Some(true))]));
}

#[test]
fn after_death_nothing_falls_due_and_ownership_may_take_its_time() {
    check("2024-12-31", 0, 0, |one| one.days.deceased = Some(day("2024-03-01")));
    check("2024-07-30", 0, 1, |_| {});
    check("2024-07-31", 0, 2, |_| {});
    check("2024-07-30", 1, 2, |one| one.days.transferred = Some(day("2024-07-01")));
}
