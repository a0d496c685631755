use crate::{Condition, DecisionTable, Facts, Kind, Row, Value, Vocabulary};

fn rating() -> DecisionTable {
    let vocabulary = Vocabulary::new().with("risks", Kind::Codes).with("near_water", Kind::Bool);
    let row = |when: &str, then: &str| Row { when: Condition::parse(when, &vocabulary).unwrap(), then: then.into() };
    DecisionTable {
        rows: vec![row(r#""HIGH" in risks"#, "HIGH"), row(r#""MODERATE" in risks or near_water"#, "MODERATE")],
        otherwise: "LOW".into(),
    }
}

fn check(facts: Facts, expected: &str) {
    let outcome = rating().decide(&facts);
    let told = match outcome.result {
        Some(result) => result,
        None => format!("unknown without {}", outcome.missing.join(", ")),
    };
    assert_eq!(told, expected);
}

#[test]
fn the_first_row_that_holds_decides() {
    let risks = |codes: &[&str]| Facts::new().with("risks", Value::codes(codes.iter().copied()));
    check(risks(&["HIGH", "MODERATE"]).with("near_water", true), "HIGH");
    check(risks(&["MODERATE"]), "MODERATE");
    check(risks(&[]).with("near_water", true), "MODERATE");
    check(risks(&[]).with("near_water", false), "LOW");
}

#[test]
fn an_open_row_stops_the_table_instead_of_guessing() {
    check(Facts::new().with("near_water", true), "unknown without risks");
    check(Facts::new().with("risks", Value::codes([])), "unknown without near_water");
}
