use super::rules::{Mark, Outcome, certificate_code, certificate_number, outcome, typed_code};

#[test]
fn hours_at_the_floor_and_the_mark_complete_a_course() {
    let check = |minutes, test, expected| assert_eq!(outcome(minutes, 1728, test, 60), expected, "{minutes} {test:?}");
    check(1728, Some(60), Outcome::Completed);
    check(1727, Some(60), Outcome::Failed);
    check(2160, Some(59), Outcome::Failed);
    check(2160, None, Outcome::Failed);
}

#[test]
fn late_counts_in_full_and_an_excuse_counts_nothing() {
    let minutes = Mark::ALL.map(|mark| mark.minutes_of(240));
    assert_eq!(minutes, [240, 240, 0, 0]);
}

#[test]
fn words_and_numbers_of_marks_lead_back() {
    for mark in Mark::ALL {
        assert_eq!(Mark::from_code(mark.code()), Some(mark));
        assert_eq!(Mark::from_number(mark as i16), Some(mark));
    }
    for outcome in Outcome::ALL {
        assert_eq!(Outcome::from_code(outcome.code()), Some(outcome));
    }
}

#[test]
fn a_certificates_code_has_three_groups_without_letters_that_mislead() {
    let code = certificate_code(&[0, 31, 7, 8, 200, 255, 1, 2, 3, 4, 5, 6, 9, 10, 11]);
    assert_eq!(code.len(), 17);
    assert!(code.chars().all(|letter| letter == '-' || (letter.is_ascii_alphanumeric() && !"IO01".contains(letter))), "{code}");
}

#[test]
fn a_code_is_known_however_it_is_typed() {
    for typed in ["SK7EA-49MP2-X5GEB", "sk7ea49mp2x5geb", " SK7EA 49MP2 X5GEB ", "SK7EA–49MP2–X5GEB"] {
        assert_eq!(typed_code(typed), "SK7EA-49MP2-X5GEB", "{typed}");
    }
    assert_eq!(typed_code("../"), "");
}

#[test]
fn a_certificate_given_anew_has_a_number_of_its_own() {
    let numbers = [0, 1, 2].map(|given| certificate_number("2024-000123", given));
    assert_eq!(numbers, ["S-2024-000123", "S-2024-000123-2", "S-2024-000123-3"]);
}
