use super::rules::*;
use std::collections::BTreeMap;
use values::Money;

fn line(item: &str, quantity: i16, unit_price: i64) -> Asked {
    Asked { item: item.to_owned(), quantity, unit_price }
}

#[test]
fn the_suppliers_price_takes_the_place_of_the_plans() {
    let lines = [line("SEWING_MACHINE", 1, 90_000), line("IRON", 2, 10_000)];
    let prices = BTreeMap::from([("IRON".to_owned(), Money::from_qepik(9_000))]);
    let priced = priced(&lines, &prices, "M-1", Money::from_qepik(110_000)).unwrap();
    assert_eq!(priced, [line("SEWING_MACHINE", 1, 90_000), line("IRON", 2, 9_000)]);
    assert_eq!(total(&priced), 108_000);
}

#[test]
fn an_order_never_costs_more_than_the_contract_gives() {
    let lines = [line("SEWING_MACHINE", 1, 90_000), line("IRON", 2, 10_000)];
    let dearer = BTreeMap::from([("IRON".to_owned(), Money::from_qepik(10_001))]);
    let refused = priced(&lines, &dearer, "M-1", Money::from_qepik(110_000)).unwrap_err();
    assert_eq!(refused, Refusal::AboveContract { number: "M-1".to_owned(), over: Money::from_qepik(2) });
    assert!(priced(&lines, &BTreeMap::new(), "M-1", Money::from_qepik(110_000)).is_ok());
}

#[test]
fn numbers_tell_year_office_and_turn() {
    assert_eq!(number(2024, 7, 12), "S-2024-07-0012");
}
