use super::{
    super::{
        compute::compute,
        compute_tests::{asked, day, of, person},
        store::Known,
        subject::{Days, Subject},
    },
    pipeline::{Ahead, Outlook, STAGES, foretell},
};
use chrono::{Days as Later, NaiveDate};
use registry::programme::{self, Programme};
use std::path::Path;

const FUTURES: usize = 60;

fn programme() -> Programme {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../programmes/employment-support");
    programme::load(&folder).expect("the programme reads")
}

fn known(as_of: &str) -> Known {
    Known { as_of: day(as_of), known_on: None }
}

/// Two people a day from June 2022 on, each 50 days in each stage; every seventh leaves after selection.
fn steady(as_of: NaiveDate) -> Vec<Subject> {
    let begun = day("2022-06-01");
    let one = |number: u64| {
        let on = |stage: u64| Some(begun + Later::new(number / 2 + 50 * stage)).filter(|day| *day <= as_of);
        let stays = !number.is_multiple_of(7);
        let days = Days {
            applied: on(0),
            selected: on(1),
            trained: on(2).filter(|_| stays),
            approved: on(3).filter(|_| stays),
            received: on(4).filter(|_| stays),
            closed: on(2).filter(|_| !stays),
            ..Days::default()
        };
        Subject { days, phase: "FIRST".into(), ..person(u128::from(number)) }
    };
    (0..2_600).map(one).filter(|one| one.days.applied.is_some()).collect()
}

fn ahead(subjects: &[Subject], as_of: &str) -> Ahead {
    match foretell(subjects, &programme(), known(as_of), FUTURES) {
        Outlook::Ahead(ahead) => *ahead,
        other => panic!("nothing is foretold: {other:?}"),
    }
}

#[test]
fn it_begins_where_the_indicators_stand_and_ends_with_the_phase() {
    let mut subjects = steady(day("2024-09-02"));
    // A second case of one person, and a case of another phase, count in neither.
    subjects.push(Subject { days: Days { applied: Some(day("2024-01-09")), ..Days::default() }, ..subjects[0].clone() });
    let found = ahead(&subjects, "2024-09-02");
    assert_eq!((found.phase.as_str(), found.forecast.until), ("FIRST", day("2025-12-31")));
    let indicators = compute(&subjects, &asked("2024-09-02"));
    for (stage, code) in found.forecast.stages.iter().zip(STAGES) {
        let value = of(&indicators, code).value.expect("a count").as_f64();
        assert_eq!((stage.name.as_str(), stage.reached as f64), (code, value));
    }
    subjects.push(Subject { phase: "SECOND".into(), ..person(90_000) });
    assert_eq!(ahead(&subjects, "2024-09-02").forecast.stages[0].reached, found.forecast.stages[0].reached);
}

#[test]
fn the_end_of_a_steady_programme_lies_in_its_band() {
    let found = ahead(&steady(day("2024-03-01")), "2024-03-01");
    let equipped = &found.forecast.stages[4];
    // Whoever applies by the last call's day gets equipment 200 days later: two a day less every seventh.
    let came = (day("2025-12-31") - day("2022-06-01")).num_days() as f64 - 200.0;
    let came = (came * 2.0).min(2_600.0) * 6.0 / 7.0;
    let end = equipped.end();
    assert!(end.low_95 <= came && came <= end.high_95, "{came}, {end:?}");
    assert_eq!(found.levers.len(), 9);
}

#[test]
fn where_nothing_can_be_foretold_it_says_why() {
    let some = steady(day("2024-09-02"));
    let said = |as_of: &str| foretell(&some, &programme(), known(as_of), FUTURES);
    assert_eq!(said("2025-12-31"), Outlook::Over);
    assert_eq!(said("2031-01-01"), Outlook::NoEnd);
    assert_eq!(said("2027-01-01"), Outlook::TooFew, "nobody has applied in the second phase");
    assert_eq!(foretell(&some[..9], &programme(), known("2024-09-02"), FUTURES), Outlook::TooFew);
}

#[test]
fn whoever_leaves_and_applies_again_goes_on() {
    let as_of = "2024-09-02";
    let mut some = steady(day(as_of));
    let waits = |some: &[Subject]| ahead(some, as_of).forecast.stages[0].waiting;
    let gone = Subject {
        days: Days { applied: Some(day("2024-05-01")), closed: Some(day("2024-06-01")), ..Days::default() },
        phase: "FIRST".into(),
        ..person(70_000)
    };
    let before = waits(&some);
    some.push(gone.clone());
    assert_eq!(waits(&some), before);
    some.push(Subject { days: Days { applied: Some(day("2024-07-01")), ..Days::default() }, ..gone });
    assert_eq!(waits(&some), before + 1);
}
