//! A case whose person another office keeps: whoever works on the case signs, writes and receives all the same, and sees no
//! more of the person than that takes.

use crate::asking::fields;
use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

/// Lets another office keep the person of a case that a query finds; gives the case, its office and the person's surname.
async fn kept_elsewhere(house: &House, sql: &str) -> (String, i32, String) {
    let mut tx = house.app.system().await.unwrap();
    let found = sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_one(tx.conn()).await;
    let (case, office): (String, i32) = found.unwrap_or_else(|error| panic!("{sql}: {error}"));
    let away = AssertSqlSafe(format!(
        "update person set office = (select max(office) from office where office <> {office} and office > 0)
         where person_id = (select person_id from case_file where case_id = '{case}')
         returning surname"
    ));
    let (surname,): (String,) = sqlx::query_as(away).fetch_one(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    (case, office, surname)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_is_printed_and_signed() {
    let house = House::new().await;
    let sql = "select c.case_id::text, c.office from contract c join case_file f using (person_id, case_id)
         where c.signed_on is null and f.stage = 16 order by c.case_id limit 1";
    let (case, office, _) = kept_elsewhere(&house, sql).await;
    let officer = house.visitor(Role::Officer, Some(office)).await.unwrap();
    let head = house.visitor(Role::OfficeHead, Some(office)).await.unwrap();
    let paper = house.get(Some(&officer), &format!("/cases/{case}/contract.pdf"), "az").await;
    assert_eq!((paper.status, paper.kind.as_str()), (StatusCode::OK, "application/pdf"));
    let queue = house.get(Some(&head), "/", "az").await.text();
    assert!(queue.contains(&format!("/cases/{case}/contract")), "the contract waits in the queue by its receipt number");
    let both = fields(&[("explained", "yes"), ("beneficiary_signed", "yes")]);
    let signed = house.post(Some(&head), &format!("/cases/{case}/contract/signature"), &both).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_breach_is_told_in_a_letter() {
    let house = House::new().await;
    let sql = "select b.case_id::text, b.office from breach b order by b.noticed_on desc limit 1";
    let (case, office, _) = kept_elsewhere(&house, sql).await;
    let officer = house.visitor(Role::Officer, Some(office)).await.unwrap();
    let letter = house.get(Some(&officer), &format!("/cases/{case}/breach/notice.pdf"), "az").await;
    assert_eq!((letter.status, letter.kind.as_str()), (StatusCode::OK, "application/pdf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_ordered_is_received_and_the_person_is_told_by_their_receipt_number() {
    let house = House::new().await;
    let sql = "select l.case_id::text, l.office from order_line l join supply_order o using (order_id)
         where o.approved_at is not null and l.received < l.quantity and l.award_id is null order by l.case_id limit 1";
    let (case, office, surname) = kept_elsewhere(&house, sql).await;
    let keeper = house.visitor(Role::Storekeeper, Some(office)).await.unwrap();
    let order =
        AssertSqlSafe(format!("select order_id::text, line from order_line where case_id = '{case}' and received < quantity"));
    let mut tx = house.app.system().await.unwrap();
    let (order, line): (String, i16) = sqlx::query_as(order).fetch_one(tx.conn()).await.unwrap();
    let receipt = AssertSqlSafe(format!("select receipt from case_file where case_id = '{case}'"));
    let (receipt,): (String,) = sqlx::query_as(receipt).fetch_one(tx.conn()).await.unwrap();
    drop(tx);
    let delivery = format!("/orders/{order}/delivery");
    let page = house.get(Some(&keeper), &delivery, "az").await.text();
    assert!(page.contains(&receipt), "{page}");
    let shown = page.split(&format!("serial-{case}-")).next().unwrap_or_default();
    assert!(!shown.rsplit("<h2").next().unwrap_or_default().contains(&surname), "another office's person is named");
    let serial = [(format!("serial-{case}-{line}-1"), "AZ-SINAQ-77".to_owned())];
    let received = house.post(Some(&keeper), &delivery, &serial).await;
    assert_eq!(received.status, StatusCode::SEE_OTHER, "{}", received.text());
}
