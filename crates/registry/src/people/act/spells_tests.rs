use super::spells::{Refusal, Step, judge};
use chrono::NaiveDate;

fn day(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// Spells as `from..to`, parted by spaces; the step as the day of the end and the day of the beginning.
fn check(spells: &str, ended_on: &str, begun_on: &str, expected: Result<(), Refusal>) {
    let spells: Vec<_> = spells.split_whitespace().map(|spell| spell.split_once("..").unwrap()).collect();
    let spells: Vec<_> = spells.iter().map(|(from, to)| (day(from).unwrap(), day(to))).collect();
    let step = Step { ended_on: day(ended_on), begun_on: day(begun_on) };
    assert_eq!(judge(&spells, step, day("2024-09-02").unwrap()), expected, "{spells:?} {step:?}");
}

#[test]
fn one_spell_at_a_time_in_order_and_not_ahead() {
    check("", "", "2024-01-10", Ok(()));
    check("2023-01-01..2023-06-30", "", "2023-07-01", Ok(()));
    check("2023-01-01..2023-06-30", "", "2023-06-30", Err(Refusal::Overlaps));
    check("2023-01-01..", "2024-02-01", "", Ok(()));
    check("2023-01-01..", "2024-02-01", "2024-02-02", Ok(()));
    check("2023-01-01..", "2024-02-01", "2024-02-01", Err(Refusal::Overlaps));
    check("2023-01-01..", "2022-12-31", "", Err(Refusal::EndsBeforeBeginning));
    check("2023-01-01..", "", "2024-02-01", Err(Refusal::StillOpen));
    check("2023-01-01..2023-06-30", "2024-02-01", "", Err(Refusal::NoneOpen));
    check("2023-01-01..", "2024-09-03", "", Err(Refusal::Ahead));
    check("", "", "2024-09-03", Err(Refusal::Ahead));
    check("2023-01-01..", "", "", Err(Refusal::Nothing));
}
