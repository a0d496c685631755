use super::cash::{Figures, Invested, Month, Warning, figures, warnings};
use proptest::prelude::*;

/// Sales of 1.000, materials and tax of 400, fixed costs of 300: each month earns 300 manat.
fn month() -> Month {
    Month {
        sales: 100_000,
        materials: 38_000,
        tax: 2_000,
        wages: 0,
        rent_utilities: 20_000,
        other_costs: 6_000,
        social_insurance: 4_000,
        drawings: 25_000,
    }
}

#[test]
fn a_tailors_year_comes_out_by_hand() {
    let invested = Invested { equipment: 360_000, start_costs: 20_000, money: 30_000 };
    let found = figures(&[month(); 12], &invested);
    let expected = Figures {
        sales: 1_200_000,
        costs: 840_000,
        profit: 360_000,
        margin: Some(3_000),
        // Fixed 300 of which each manat sold leaves 0,60: 500 manat.
        break_even: Some(50_000),
        // 3.800 manat at 300 a month: in the thirteenth.
        payback_months: Some(13),
        balances: (1..=12).map(|month| 10_000 + 5_000 * month).collect(),
    };
    assert_eq!(found, expected);
    assert_eq!(warnings(&found, &[month(); 12], 100_000), []);
}

#[test]
fn what_cannot_be_reached_has_no_figure() {
    let dear = Month { materials: 120_000, ..month() };
    let found = figures(&[dear; 12], &Invested::default());
    assert_eq!((found.break_even, found.payback_months), (None, None));
    assert_eq!(figures(&[], &Invested::default()).margin, None);
    let said = warnings(&found, &[dear; 12], 100_000);
    assert_eq!(said, [Warning::NoProfit, Warning::OutOfMoney { month: 1 }]);
}

#[test]
fn each_weakness_has_its_warning() {
    let found = |month: Month, equipment| figures(&[month; 12], &Invested { equipment, start_costs: 0, money: 1_000_000 });
    let greedy = Month { drawings: 40_000, ..month() };
    assert_eq!(warnings(&found(greedy, 0), &[greedy; 12], 100_000), [Warning::DrawingsAboveProfit]);
    let differ = [Warning::SalesDiffer { products: 140_000, months: 100_000 }];
    assert_eq!(warnings(&found(month(), 0), &[month(); 12], 140_000), differ);
    let slow = [Warning::SlowPayback { months: 25 }];
    assert_eq!(warnings(&found(month(), 750_000), &[month(); 12], 100_000), slow);
}

proptest! {
    #[test]
    fn selling_the_break_even_loses_nothing(sales in 1..5_000_000i64, part in 0..99i64, fixed in 0..3_000_000i64) {
        let month = Month { sales, materials: sales * part / 100, rent_utilities: fixed, ..Month::default() };
        let found = figures(&[month; 12], &Invested::default());
        let break_even = found.break_even.unwrap();
        // At the break-even the same share goes to materials, and what is left covers the fixed costs.
        let left = i128::from(break_even) * i128::from(sales - month.materials) - i128::from(fixed) * i128::from(sales);
        prop_assert!(left >= 0, "{left} is missing");
        prop_assert!(left < i128::from(sales), "a qəpik less would do as well");
        prop_assert_eq!(found.profit, (sales - month.materials - fixed) * 12);
        prop_assert_eq!(*found.balances.last().unwrap(), found.profit);
    }
}
