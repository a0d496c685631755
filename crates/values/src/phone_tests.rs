use crate::{Phone, PhoneRefusal as No};
use proptest::prelude::*;

fn check(text: &str, expected: Result<&str, No>) {
    assert_eq!(text.parse::<Phone>().map(|phone| phone.to_string()), expected.map(str::to_owned), "{text}");
}

#[test]
fn a_number_is_read_in_every_usual_form() {
    for text in [
        "050 123 45 67",
        "(050) 123-45-67",
        "0501234567",
        "50 123 45 67",
        "+994 50 123 45 67",
        "+994501234567",
        "994501234567",
        "00994 50 1234567",
        "+994 (0)50 123 45 67",
        " 050.123.45.67 ",
    ] {
        check(text, Ok("+994501234567"));
    }
    check("012 404 12 34", Ok("+994124041234"));
    check("+7 912 345 67 89", Ok("+79123456789"));
    check("0090 532 123 45 67", Ok("+905321234567"));
}

#[test]
fn a_refusal_says_what_is_wrong() {
    check("", Err(No::Empty));
    check("+", Err(No::Empty));
    check("050 123 45 6", Err(No::Length { found: 8 }));
    check("050 123 45 678", Err(No::Length { found: 10 }));
    check("+994 50 123 45", Err(No::Length { found: 7 }));
    check("00 123 45", Err(No::Length { found: 5 }));
    check("+1 2345", Err(No::Length { found: 5 }));
    check("+994 01 234 56 78", Err(No::Code));
    check("050 123 45 67 ev", Err(No::Sign { sign: 'e' }));
    check("050+1234567", Err(No::Sign { sign: '+' }));
}

#[test]
fn a_number_is_shown_grouped_or_masked() {
    let phone: Phone = "0501234507".parse().unwrap();
    assert_eq!(phone.grouped(), "+994 50 123 45 07");
    assert_eq!(phone.masked(), "+994 50 ••• •• 07");
    assert_eq!(format!("{phone:?}"), "Phone(+994 50 ••• •• 07)");
    assert!(phone.is_national());
    let abroad: Phone = "+79123456789".parse().unwrap();
    assert_eq!((abroad.masked(), abroad.is_national()), ("+••••••••89".to_owned(), false));
}

proptest! {
    #[test]
    fn what_is_displayed_is_read_back(number in "(994[1-9][0-9]{8}|[1-8][0-9]{7,14})") {
        let Ok(phone) = format!("+{number}").parse::<Phone>() else { return Ok(()) };
        prop_assert_eq!(phone.to_string().parse(), Ok(phone));
        prop_assert_eq!(phone.grouped().parse(), Ok(phone));
        let json = serde_json::to_string(&phone).unwrap();
        prop_assert_eq!(serde_json::from_str::<Phone>(&json).unwrap(), phone);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        if let Ok(phone) = text.parse::<Phone>() {
            prop_assert_eq!(phone.to_string().parse(), Ok(phone));
        }
    }
}
