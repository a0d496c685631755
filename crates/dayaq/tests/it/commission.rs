//! Sittings on plans through the pages: one is closed on its day, not before.

use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

/// A sitting that has been called for a day to come, with the fields of a closure.
async fn called_for_later(house: &House) -> (String, Vec<(String, String)>) {
    let sql = "select sitting_id from sitting where closed_at is null order by sits_on limit 1";
    let sitting = house.row(sql).await.expect("no open sitting in the demo").remove(0).1;
    let mut tx = house.app.system().await.unwrap();
    let later = AssertSqlSafe(format!("update sitting set sits_on = '2024-09-03' where sitting_id = '{sitting}'"));
    sqlx::query(later).execute(tx.conn()).await.unwrap();
    let members = AssertSqlSafe(format!("select officer_id::text from sitting_member where sitting_id = '{sitting}'"));
    let members: Vec<(String,)> = sqlx::query_as(members).fetch_all(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let mut fields: Vec<_> = members.into_iter().map(|(member,)| ("present".to_owned(), member)).collect();
    fields.push(("rest".to_owned(), "refused".to_owned()));
    fields.push(("rest_reason".to_owned(), "Planın gəliri xərcləri örtmür".to_owned()));
    (sitting, fields)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_is_not_closed_before_its_day() {
    let house = House::new().await;
    let (sitting, fields) = called_for_later(&house).await;
    let secretary = house.visitor(Role::Secretary, None).await.unwrap();
    let closure = format!("/sittings/{sitting}/closure");
    let early = house.post(Some(&secretary), &closure, &fields).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.text().contains("3 sentyabr 2024 tarixində keçirilir"), "{}", early.text());
    house.app.clock().forward(24 * 3600);
    let on_its_day = house.post(Some(&secretary), &closure, &fields).await;
    assert_eq!(on_its_day.status, StatusCode::SEE_OTHER, "{}", on_its_day.text());
}
