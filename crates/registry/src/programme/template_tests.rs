use super::load_tests::{day, programme};
use platform::language::Lang;

#[test]
fn a_letter_is_filled_in_each_language_and_a_value_is_never_read_again() {
    let programme = programme();
    let letter = programme.letter("SELECTED").unwrap();
    let filled = |lang| letter.salutation.fill(lang, |place| (place == "name").then(|| "Aygün {until}".to_owned()));
    assert_eq!(filled(Lang::Az).as_deref(), Ok("Hörmətli Aygün {until}!"));
    assert_eq!(filled(Lang::En).as_deref(), Ok("Dear Aygün {until},"));
    assert_eq!(filled(Lang::Ru).as_deref(), Ok("Уважаемый(ая) Aygün {until}!"));
}

#[test]
fn an_unfilled_place_is_named() {
    let programme = programme();
    let letter = programme.letter("SELECTED").unwrap();
    let refused = letter.paragraphs[0].fill(Lang::En, |place| (place == "direction").then(String::new));
    assert_eq!(refused.unwrap_err().to_string(), "nothing was given for {position}");
    assert_eq!(letter.paragraphs[0].places().into_iter().collect::<Vec<_>>(), ["direction", "position"]);
}

#[test]
fn a_contract_prints_the_acts_of_its_day_and_settles_every_topic() {
    let programme = programme();
    let text = programme.contract_text("EQUIPMENT", day("2021-12-31")).unwrap();
    assert!(text.legal_on(day("2021-12-31")).unwrap().en.contains("wording of 2020"));
    assert!(text.legal_on(day("2022-01-01")).unwrap().en.contains("wording in force"));
    assert_eq!(text.clauses.len(), 10);
}
