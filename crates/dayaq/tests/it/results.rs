//! Results over a demo: known now and recorded by a day, corrections between them, every code of the framework.

use crate::house::House;
use chrono::{Days, NaiveDate};
use platform::app::App;
use registry::{
    case::{self, Facts, Kind, Stage, store},
    programme,
};
use reporting::results::{self, Known, Measured, Report, report::Number};
use uuid::Uuid;
use values::id::CaseId;

async fn report(app: &App, as_of: NaiveDate, known_on: Option<NaiveDate>) -> Report {
    let mut tx = app.system().await.unwrap();
    let programme = programme::current(app).unwrap();
    results::report(&mut tx, &programme.programme, &case::law(app).unwrap(), Known { as_of, known_on }).await.unwrap()
}

fn find<'r>(report: &'r Report, code: &str) -> &'r Measured {
    report.indicators.iter().find(|one| one.code == code).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test]
async fn folding_the_journal_gives_what_the_milestones_give() {
    let house = House::new().await;
    let yesterday = house.app.today() - Days::new(1);
    for as_of in [yesterday, day("2024-03-31"), day("2023-06-30"), day("2022-02-28")] {
        let now = report(&house.app, as_of, None).await;
        let then = report(&house.app, as_of, Some(yesterday)).await;
        for (now, then) in now.indicators.iter().zip(&then.indicators) {
            assert_eq!(now, then, "{} as of {as_of}", now.code);
        }
    }
}

#[tokio::test]
async fn a_correction_changes_the_past_as_known_now_and_not_as_it_was_known() {
    let house = House::new().await;
    let today = house.app.today();
    let yesterday = today - Days::new(1);
    let mut tx = house.app.system().await.unwrap();
    let found: Vec<(Uuid,)> = sqlx::query_as("select case_id from case_file where stage = $1 order by case_id limit 1")
        .bind(Stage::Trained as i16)
        .fetch_all(tx.conn())
        .await
        .unwrap();
    let law = case::law(&house.app).unwrap();
    let mut loaded = store::lock(&mut tx, &law, CaseId(found[0].0)).await.unwrap();
    let trained = loaded.events.iter().find(|event| event.kind() == Kind::TrainingCompleted).unwrap().clone();
    let before = report(&house.app, trained.effective_on, None).await;

    let facts = Facts::Corrected { entry: trained.entry, replacement: None };
    let happening = store::Happening { facts, effective_on: today, reason: Some("the certificate was another's".to_owned()) };
    store::append(&mut tx, &law, &mut loaded, vec![happening]).await.unwrap();
    tx.commit().await.unwrap();

    let count = |report: &Report| find(report, "TRAINED").value.unwrap().as_f64();
    let now = report(&house.app, trained.effective_on, None).await;
    assert_eq!(count(&now), count(&before) - 1.0, "known now, it never happened");
    let then = report(&house.app, trained.effective_on, Some(yesterday)).await;
    assert_eq!(count(&then), count(&before), "known yesterday, it had happened");
}

#[tokio::test]
async fn every_indicator_of_the_framework_is_computed_and_shown_as_the_format_says() {
    let house = House::new().await;
    let report = report(&house.app, house.app.today(), None).await;
    let programme = programme::current(&house.app).unwrap();
    let missing: Vec<String> = programme
        .indicators()
        .iter()
        .map(|indicator| indicator.code.to_string())
        .filter(|code| !report.indicators.iter().any(|one| one.code == code))
        .collect();
    assert_eq!(missing, NOT_YET, "indicators that nothing computes");
    let unknown: Vec<&str> =
        report.indicators.iter().map(|one| one.code).filter(|code| programme.indicator(code).is_none()).collect();
    assert_eq!(unknown, [""; 0], "computed, and without words in the programme");
    for one in report.indicators.iter().filter(|one| ["people", "applications", "jobs"].contains(&one.unit.as_str())) {
        assert_eq!((one.value, one.denominator), (one.numerator, None), "{}", one.code);
    }
    let equipped = serde_json::to_value(find(&report, "EQUIPPED")).unwrap();
    let women = equipped["by"]["sex"]["F"].as_i64().unwrap() + equipped["by"]["sex"]["M"].as_i64().unwrap();
    assert_eq!(equipped["value"].as_i64(), Some(women), "the sexes add up");
    assert_eq!(find(&report, "EQUIPPED").target, Some(22_000));
    assert!(matches!(find(&report, "INCOME_GAIN").value, Some(Number::Whole(_))));
}

/// Codes whose events no slice writes yet.
const NOT_YET: [&str; 3] = ["GRIEVANCES_ON_TIME", "GRIEVANCE_RATE", "APPEALS_CHANGED"];
