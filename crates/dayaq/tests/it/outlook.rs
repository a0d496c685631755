//! Who stays in business and where the programme will end, as readers see it: the figures of a few businesses whose fate is
//! known, within scope, and a forecast that begins where the indicators stand.

use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use serde_json::Value;

/// Nobody has got equipment, and no visit is planned before the century's end.
const NOTHING: [&str; 2] = [
    "update case_milestone
     set received_on = null, started_on = null, ended_on = null, end_reason = null, recovered_on = null,
        deceased_on = null, pauses = '{}', followup_6_on = null, followup_12_on = null, followup_24_on = null",
    "update visit set planned_at = '2099-01-01'",
];

/// Twenty women and twenty men of twenty cases each got equipment on one day; 800 days later all were seen in business but
/// for the first four women, who ended in four ways, and the first ten men, of whom one closed every 60 days.
const FORTY: &str = "
    with chosen as (
        select case_id, sex, row_number() over (partition by sex order by case_id) as nth
        from (select distinct on (person_id) person_id, case_id, sex from case_milestone where phase = 'FIRST') one)
    update case_milestone m
    set received_on = '2022-01-01', started_on = '2022-01-01', office = case when nth <= 12 then $1 else $2 end,
        ended_on = case
            when m.sex = 'F' and nth <= 3 then date '2022-01-01' + (array[100, 200, 400])[nth]
            when m.sex = 'M' and nth <= 10 then date '2022-01-01' + 60 * nth::int end,
        end_reason = case when m.sex = 'F' then (array[2, 7, 3])[nth] else 2 end,
        recovered_on = case when m.sex = 'F' and nth = 4 then date '2022-01-01' + 500 end,
        followup_24 = case when nth > case m.sex when 'F' then 4 else 10 end then 1 end,
        followup_24_on = case when nth > case m.sex when 'F' then 4 else 10 end then date '2022-01-01' + 800 end
    from chosen c
    where m.case_id = c.case_id
    and nth <= 20";

/// Two offices with a head each.
async fn offices(house: &House) -> [(i32, Visitor); 2] {
    let mut tx = house.app.system().await.unwrap();
    let all: Vec<(i32,)> =
        sqlx::query_as("select distinct office from case_file order by office").fetch_all(tx.conn()).await.unwrap();
    drop(tx);
    let mut found = Vec::new();
    for (office,) in all {
        if let Some(head) = house.visitor(Role::OfficeHead, Some(office)).await {
            found.push((office, head));
        }
        if found.len() == 2 {
            break;
        }
    }
    found.try_into().unwrap_or_else(|_| panic!("two offices have a head"))
}

async fn get(house: &House, visitor: &Visitor, path: &str) -> Value {
    let answer = house.get(Some(visitor), path, "az").await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn rounded(value: &Value) -> f64 {
    (value.as_f64().unwrap() * 1e6).round() / 1e6
}

/// The shares at 6, 12 and 24 months.
fn marks(group: &Value) -> Vec<Option<f64>> {
    let marks = group["marks"].as_array().unwrap();
    marks.iter().map(|mark| (!mark.is_null()).then(|| rounded(&mark["estimate"]))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn curves_are_those_of_the_businesses_in_scope() {
    let house = House::new().await;
    let [(one, head), (other, _)] = offices(&house).await;
    let mut tx = house.app.system().await.unwrap();
    for statement in NOTHING {
        sqlx::query(statement).execute(tx.conn()).await.unwrap();
    }
    let changed = sqlx::query(FORTY).bind(one).bind(other).execute(tx.conn()).await.unwrap();
    assert_eq!(changed.rows_affected(), 40);
    tx.commit().await.unwrap();

    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let found = get(&house, &manager, "/api/results/survival?by=sex").await["comparison"].take();
    let group = |code: &str| found["groups"].as_array().unwrap().iter().find(|group| group["code"] == code).unwrap();
    let (women, men) = (group("F"), group("M"));
    assert_eq!((&women["watched"], &women["ended"], &men["ended"]), (&20.into(), &4.into(), &10.into()));
    assert_eq!(marks(women), [Some(0.95), Some(0.9), Some(0.8)]);
    assert_eq!(marks(men), [Some(0.85), Some(0.7), Some(0.5)]);
    assert_eq!(rounded(&women["mean"]["days"]), (16.0 * 730.0 + 1_200.0) / 20.0);
    let ends = found["ends"].as_array().unwrap();
    let count = |end: &str| ends.iter().find(|one| one["end"] == end).map(|one| one["ended"].as_i64().unwrap());
    assert_eq!(["closed", "sold", "found_work", "recovered", "died"].map(count), [Some(11), Some(1), Some(1), Some(1), None]);
    // What the indicator says of everybody is what the curve says.
    let indicators = get(&house, &manager, "/api/results").await;
    let survival = indicators["indicators"].as_array().unwrap().iter().find(|one| one["code"] == "SURVIVING_24M").unwrap();
    assert_eq!(survival["beside"]["km_24m"], 65.0);
    assert_eq!(marks(&found["all"])[2], Some(0.65));

    let own = get(&house, &head, "/api/results/survival?by=sex").await["comparison"].take();
    assert_eq!(own["all"]["watched"], 24, "the head of an office sees its own");
    // As of a day before the first receipts there is nothing to compare.
    let early = get(&house, &manager, "/api/results/survival?by=sex&as_of=2021-12-31").await;
    assert!(early["comparison"].is_null());
    for by in ["sex", "group", "region", "direction"] {
        let page = house.get(Some(&manager), &format!("/results/survival?by={by}"), "ru").await;
        assert!(page.status == StatusCode::OK && page.text().contains("<path"), "{by}");
    }
    let wrong = house.get(Some(&manager), "/results/survival?by=shoe-size", "az").await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forecast_begins_where_the_indicators_of_its_reader_stand() {
    let house = House::of_many().await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let [(_, head), _] = offices(&house).await;
    for (visitor, path) in [(&manager, ""), (&manager, "?as_of=2023-06-30"), (&head, "")] {
        let forecast = get(&house, visitor, &format!("/api/results/forecast{path}")).await["outlook"].take();
        let report = get(&house, visitor, &format!("/api/results{path}")).await;
        if forecast.is_null() {
            continue;
        }
        assert_eq!((&forecast["phase"], &forecast["until"]), (&"FIRST".into(), &"2025-12-31".into()));
        for stage in forecast["stages"].as_array().unwrap() {
            let indicator = report["indicators"].as_array().unwrap().iter().find(|one| one["code"] == stage["stage"]).unwrap();
            assert_eq!(stage["reached"], indicator["value"], "{} for {}{path}", stage["stage"], visitor.role.code());
            assert!(stage["median"].as_f64() >= stage["reached"].as_f64());
        }
        let equipped = &forecast["stages"][4];
        let is_nation = visitor.role == Role::Manager;
        assert_eq!(equipped["target"].as_i64(), is_nation.then_some(22_000), "the target is the whole country's");
        assert_eq!(forecast["levers"].as_array().unwrap().len(), 9);
    }
    let page = house.get(Some(&manager), "/results/forecast?stage=TRAINED", "en").await;
    assert!(page.status == StatusCode::OK && page.text().contains("people trained"), "{}", page.text());
    assert_eq!(house.get(Some(&manager), "/results/forecast?stage=SHOD", "az").await.status, StatusCode::BAD_REQUEST);
}
