use crate::{Fin, FinRefusal as No};
use proptest::prelude::*;

fn check(text: &str, expected: Result<&str, No>) {
    assert_eq!(text.parse::<Fin>().map(|fin| fin.to_string()), expected.map(str::to_owned), "{text}");
}

#[test]
fn a_fin_has_seven_of_its_34_characters() {
    check("5X1B8R0", Ok("5X1B8R0"));
    check(" 5x1 b8r0 ", Ok("5X1B8R0"));
    check("", Err(No::Empty));
    check("   ", Err(No::Empty));
    check("5X1B8R", Err(No::Length { found: 6 }));
    check("5X1B8R01", Err(No::Length { found: 8 }));
    check("5X1B8Ro", Err(No::NeverUsed { letter: 'O', position: 7 }));
    check("İX1B8R0", Err(No::NeverUsed { letter: 'I', position: 1 }));
    check("ıX1B8R0", Err(No::NeverUsed { letter: 'I', position: 1 }));
    check("5Х1B8R0", Err(No::Foreign { position: 2 })); // Cyrillic Х
    check("5X-1B8R", Err(No::Foreign { position: 3 }));
}

#[test]
fn likely_meant_fins_are_offered() {
    let check = |text: &str, expected: &[&str]| {
        let found: Vec<_> = Fin::repaired(text).iter().map(Fin::to_string).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("7XIA9RO", &["7X1A9R0"]);
    check("7Х1A9R0", &["7X1A9R0"]); // Cyrillic Х
    check("5X1B9R0", &["SX1B9R0", "5X189R0"]);
    check("SXIC8RO", &["SX1C8R0", "5X1C8R0", "SX1CBR0"]);
    check("7X1A9R0", &[]);
    check("7X1A9R", &[]);
    check("7X#A9R0", &[]);
}

#[test]
fn a_fin_is_never_debug_printed_in_full() {
    let fin: Fin = "5X1B8R0".parse().unwrap();
    assert_eq!(fin.masked(), "•••••R0");
    assert_eq!(format!("{fin:?}"), "Fin(•••••R0)");
}

#[test]
fn a_fin_travels_as_text_and_is_checked_on_arrival() {
    let fin: Fin = "5X1B8R0".parse().unwrap();
    assert_eq!(serde_json::to_string(&fin).unwrap(), "\"5X1B8R0\"");
    assert_eq!(serde_json::from_str::<Fin>("\"5x1b8r0\"").unwrap(), fin);
    assert!(serde_json::from_str::<Fin>("\"5X1B8RO\"").is_err());
}

proptest! {
    #[test]
    fn what_is_displayed_is_read_back(text in "[0-9A-HJ-NP-Z]{7}") {
        let fin: Fin = text.parse().unwrap();
        prop_assert_eq!(fin.to_string(), text);
    }

    #[test]
    fn repairs_never_contain_the_typed_fin(text in "[0-9A-Za-z]{7}") {
        let typed = text.parse::<Fin>().ok();
        prop_assert!(Fin::repaired(&text).into_iter().all(|fin| Some(fin) != typed));
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Ok(fin) = text.parse::<Fin>() {
            prop_assert_eq!(fin.to_string().parse(), Ok(fin));
        }
        Fin::repaired(&text);
    }
}
