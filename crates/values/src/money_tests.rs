use crate::{Money, MoneyRefusal as No, Rounding};
use proptest::prelude::*;

fn check(text: &str, expected: Result<i64, No>) {
    assert_eq!(text.parse::<Money>().map(Money::qepik), expected, "{text}");
}

#[test]
fn an_amount_is_read_in_every_usual_form() {
    check("1234", Ok(123_400));
    check("1234.5", Ok(123_450));
    check("1234.50", Ok(123_450));
    check("1234,50", Ok(123_450));
    check("1.234,50", Ok(123_450));
    check("1,234.50", Ok(123_450));
    check("1 234,50", Ok(123_450));
    check("1\u{a0}234\u{a0}567,05", Ok(123_456_705));
    check("1.234", Ok(123_400));
    check("1.234.567", Ok(123_456_700));
    check("0.05", Ok(5));
    check(",50", Ok(50));
    check("-12.30", Ok(-1_230));
    check("1234.50 AZN", Ok(123_450));
    check("₼ 12", Ok(1_200));
    check("12 man.", Ok(1_200));
    check("-92233720368547758.08", Ok(i64::MIN));
}

#[test]
fn a_refusal_says_what_is_wrong() {
    check("", Err(No::Empty));
    check("AZN", Err(No::Empty));
    check("-", Err(No::Empty));
    check("12.345,6.7", Err(No::Grouping));
    check("0.123", Err(No::PartsOfQepik));
    check("12.3456", Err(No::PartsOfQepik));
    check("1.234,567", Err(No::PartsOfQepik));
    check("12,345", Err(No::PartsOfQepik));
    check("1,234,567", Ok(123_456_700));
    check("12.34.56", Err(No::Grouping));
    check("1 23,00", Err(No::Grouping));
    check("1.2345.678", Err(No::Grouping));
    check("12.", Err(No::Sign { sign: '.' }));
    check("12a", Err(No::Sign { sign: 'a' }));
    check("12.5a", Err(No::Sign { sign: 'a' }));
    check("1e5", Err(No::Sign { sign: 'e' }));
    check("92233720368547758.08", Err(No::TooLarge));
    check("99999999999999999999", Err(No::TooLarge));
}

#[test]
fn sums_and_products_never_overflow_silently() {
    let most = Money::from_qepik(i64::MAX);
    assert_eq!(most.checked_add(Money::from_qepik(1)), None);
    assert_eq!(Money::sum([most, most]), None);
    assert_eq!(Money::sum([1, 20, 300].map(Money::from_qepik)), Some(Money::from_qepik(321)));
    assert_eq!(Money::sum([]), Some(Money::ZERO));
    assert_eq!(Money::from_manat(i64::MAX), None);
    assert_eq!(most.checked_mul(2), None);
    assert_eq!(most.share(2, 1, Rounding::Nearest), None);
}

#[test]
fn a_share_is_rounded_as_stated() {
    let check = |qepik, part, whole, expected: [i64; 3]| {
        let money = Money::from_qepik(qepik);
        let found = [Rounding::Down, Rounding::Nearest, Rounding::Up].map(|r| money.share(part, whole, r).unwrap().qepik());
        assert_eq!(found, expected, "{qepik} · {part} / {whole}");
    };
    check(100, 1, 3, [33, 33, 34]);
    check(5, 1, 2, [2, 3, 3]);
    check(-5, 1, 2, [-3, -3, -2]);
    check(5, 1, -2, [-3, -3, -2]);
    check(10, 1, 2, [5, 5, 5]);
    check(i64::MAX, 10_000, 10_000, [i64::MAX; 3]);
    assert_eq!(Money::from_qepik(1).share(1, 0, Rounding::Up), None);
    assert_eq!(Money::from_qepik(20_000).basis_points(1_050, Rounding::Nearest), Some(Money::from_qepik(2_100)));
    assert_eq!(Money::from_qepik(1).basis_points_of(Money::from_qepik(3)), Some(3_333));
    assert_eq!(Money::from_qepik(1).basis_points_of(Money::ZERO), None);
}

#[test]
fn money_travels_as_whole_qepik() {
    assert_eq!(serde_json::to_string(&Money::from_qepik(123_450)).unwrap(), "123450");
    assert!(serde_json::from_str::<Money>("1234.5").is_err());
}

proptest! {
    #[test]
    fn what_is_displayed_is_read_back(qepik in any::<i64>()) {
        let money = Money::from_qepik(qepik);
        prop_assert_eq!(money.to_string().parse(), Ok(money));
    }

    #[test]
    fn parts_of_a_split_sum_to_the_whole(qepik in any::<i64>(), parts in 1u32..200) {
        let money = Money::from_qepik(qepik);
        let all: Vec<_> = money.split(parts).collect();
        prop_assert_eq!(all.len(), parts as usize);
        prop_assert_eq!(Money::sum(all.iter().copied()), Some(money));
        prop_assert!(all[0].qepik() - all[all.len() - 1].qepik() <= 1);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[0-9., +\\-a₼]{0,12}") {
        if let Ok(money) = text.parse::<Money>() {
            prop_assert_eq!(money.to_string().parse(), Ok(money));
        }
    }
}
