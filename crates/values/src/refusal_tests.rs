use crate::{FinRefusal, MoneyRefusal, PhoneRefusal, Refusal, SexRefusal, VoenRefusal};
use std::collections::BTreeSet;

const CATALOGUES: [(&str, &str); 3] = [
    ("az", include_str!("../../../i18n/az/values.ftl")),
    ("en", include_str!("../../../i18n/en/values.ftl")),
    ("ru", include_str!("../../../i18n/ru/values.ftl")),
];

fn every() -> Vec<Box<dyn Refusal>> {
    vec![
        Box::new(FinRefusal::Empty),
        Box::new(FinRefusal::Length { found: 6 }),
        Box::new(FinRefusal::NeverUsed { letter: 'O', position: 7 }),
        Box::new(FinRefusal::Foreign { position: 2 }),
        Box::new(VoenRefusal::Empty),
        Box::new(VoenRefusal::Length { found: 9 }),
        Box::new(VoenRefusal::NotADigit { position: 3 }),
        Box::new(VoenRefusal::CheckDigit),
        Box::new(VoenRefusal::NoCheckDigit),
        Box::new(VoenRefusal::Kind),
        Box::new(PhoneRefusal::Empty),
        Box::new(PhoneRefusal::Sign { sign: 'x' }),
        Box::new(PhoneRefusal::Length { found: 8 }),
        Box::new(PhoneRefusal::Code),
        Box::new(MoneyRefusal::Empty),
        Box::new(MoneyRefusal::Sign { sign: 'x' }),
        Box::new(MoneyRefusal::PartsOfQepik),
        Box::new(MoneyRefusal::Grouping),
        Box::new(MoneyRefusal::TooLarge),
        Box::new(SexRefusal),
    ]
}

/// The names after `$` in a message.
fn placeholders(message: &str) -> BTreeSet<&str> {
    message.split('$').skip(1).filter_map(|rest| rest.split([' ', '}']).next()).collect()
}

#[test]
fn every_refusal_has_words_in_three_languages_and_gives_their_arguments() {
    for refusal in every() {
        let given: BTreeSet<_> = refusal.args().into_iter().map(|(name, _)| name).collect();
        for (language, catalogue) in CATALOGUES {
            let lines: Vec<_> = catalogue.lines().filter_map(|line| line.split_once(" = ")).collect();
            let found = lines.iter().find(|(key, _)| *key == refusal.key());
            let message = found.unwrap_or_else(|| panic!("{language} lacks {}", refusal.key())).1;
            let used = placeholders(message);
            assert!(used.is_subset(&given), "{language} {}: {used:?} of {given:?}", refusal.key());
        }
    }
}

#[test]
fn no_catalogue_has_words_that_no_refusal_uses() {
    let keys: BTreeSet<_> = every().iter().map(|refusal| refusal.key()).collect();
    for (language, catalogue) in CATALOGUES {
        for (key, _) in catalogue.lines().filter_map(|line| line.split_once(" = ")) {
            assert!(keys.contains(key), "{language} {key}");
        }
    }
}
