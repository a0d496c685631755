use super::rules::*;
use chrono::{NaiveDate, NaiveDateTime};

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn a_handover_is_whole_when_every_needed_piece_is_there_as_often_as_the_contract_gives_it() {
    let table = [
        ("A B", "", "A B C", Outcome::Completed),
        ("A B", "", "A C", Outcome::Partial),
        ("A B", "A", "B", Outcome::Completed),
        ("A A", "", "A", Outcome::Partial),
        ("A A", "A", "A", Outcome::Completed),
        ("A", "", "", Outcome::Refused),
        ("A B", "A", "", Outcome::Refused),
        ("A", "A", "", Outcome::Completed),
    ];
    for (mandatory, held, accepted, expected) in table {
        let found = outcome(&codes(mandatory), &codes(held), &codes(accepted));
        assert_eq!(found, expected, "needs {mandatory}, has {held}, takes {accepted}");
    }
}

fn at(hour: u32, minute: u32) -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2024, 9, 2).unwrap().and_hms_opt(hour, minute, 0).unwrap()
}

#[test]
fn equipment_changes_hands_in_working_hours_and_never_tomorrow() {
    let now = at(19, 0);
    assert_eq!(at_work(at(9, 0), now, 9, 18), Ok(()));
    assert_eq!(at_work(at(17, 59), now, 9, 18), Ok(()));
    assert_eq!(at_work(at(18, 0), now, 9, 18), Err(Refusal::OutsideHours { from: 9, to: 18 }));
    assert_eq!(at_work(at(8, 59), now, 9, 18), Err(Refusal::OutsideHours { from: 9, to: 18 }));
    assert_eq!(at_work(at(19, 1), now, 9, 18), Err(Refusal::Future));
}

#[test]
fn stored_numbers_come_back_as_states() {
    for state in State::ALL {
        assert_eq!(State::from_number(state as i16), Some(state));
    }
    assert_eq!(State::from_number(0), None);
    assert_eq!(Outcome::from_number(2), Some(Outcome::Refused));
}
