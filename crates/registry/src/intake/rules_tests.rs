use super::rules::receipt;

#[test]
fn a_receipt_tells_year_office_and_number() {
    assert_eq!(&receipt(2024, 501, 7)[..16], "2024-0501-00007-");
    assert!(receipt(2024, 9_999, 99_999).len() <= 23);
}

#[test]
fn the_check_digit_finds_every_single_mistyped_digit() {
    let good = receipt(2024, 501, 1_234);
    let (body, check) = good.rsplit_once('-').expect("a check digit");
    for number in (0..10_000).filter(|number| *number != 1_234) {
        let other = receipt(2024, 501, number);
        let (other_body, other_check) = other.rsplit_once('-').expect("a check digit");
        let differing = body.chars().zip(other_body.chars()).filter(|(a, b)| a != b).count();
        assert!(differing != 1 || check != other_check, "{good} and {other}");
    }
}
