use crate::{Holder, Voen, VoenRefusal as No};
use proptest::prelude::*;

fn check(text: &str, expected: Result<Holder, No>) {
    assert_eq!(text.parse::<Voen>().map(|voen| voen.holder()), expected, "{text}");
}

#[test]
fn the_ninth_digit_follows_from_the_first_eight() {
    // 1·4 + 4·1 + 0·8 + 0·6 + 1·2 + 5·7 + 5·5 + 7·3 = 91 = 8·11 + 3
    check("1400155731", Ok(Holder::Legal));
    check("1400155732", Ok(Holder::Natural));
    check("14 0015 5731", Ok(Holder::Legal));
    check("1400155741", Err(No::CheckDigit));
    check("1400155631", Err(No::CheckDigit));
    check("1400155733", Err(No::Kind));
    check("", Err(No::Empty));
    check("140015573", Err(No::Length { found: 9 }));
    check("14001557310", Err(No::Length { found: 11 }));
    check("14OO155731", Err(No::NotADigit { position: 3 }));
}

#[test]
fn eight_digits_whose_sum_leaves_ten_begin_no_voen() {
    // 1·4 + 0·1 + 0·8 + 1·6 = 10
    check("1001000001", Err(No::NoCheckDigit));
    check("1001000011", Err(No::NoCheckDigit));
    assert_eq!(Voen::from_body([1, 0, 0, 1, 0, 0, 0, 0], Holder::Legal), None);
}

#[test]
fn a_voen_is_never_debug_printed_in_full() {
    let voen: Voen = "1400155732".parse().unwrap();
    assert_eq!(format!("{voen:?}"), "Voen(••••••••32)");
    assert_eq!(serde_json::to_string(&voen).unwrap(), "\"1400155732\"");
}

proptest! {
    #[test]
    fn made_numbers_are_read_back(body in prop::array::uniform8(0u8..10), natural in any::<bool>()) {
        let holder = if natural { Holder::Natural } else { Holder::Legal };
        if let Some(voen) = Voen::from_body(body, holder) {
            prop_assert_eq!(voen.to_string().parse(), Ok(voen));
            prop_assert_eq!(voen.holder(), holder);
        }
    }

    #[test]
    fn one_mistyped_digit_among_the_first_nine_is_noticed(
        body in prop::array::uniform8(0u8..10), place in 0usize..9, by in 1u8..10,
    ) {
        let Some(voen) = Voen::from_body(body, Holder::Legal) else { return Ok(()) };
        let mut digits = voen.to_string().into_bytes();
        digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
        let mistyped = String::from_utf8(digits).unwrap();
        prop_assert!(mistyped.parse::<Voen>().is_err(), "{}", mistyped);
    }
}
