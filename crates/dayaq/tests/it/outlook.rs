//! Where the programme will end, as readers see it: a forecast that begins where the indicators stand.

use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use serde_json::Value;

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
