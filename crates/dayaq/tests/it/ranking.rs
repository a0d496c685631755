//! Ranking through the pages: a list from proposal to force, its seats under contention, its reserve, and its replay.

use crate::asking::fields;
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

/// Texts of the rows of a query.
async fn rows(house: &House, sql: String) -> Vec<Vec<String>> {
    let mut tx = house.app.system().await.unwrap();
    let wrapped = AssertSqlSafe(format!(
        "select to_json(array(select value from json_each_text(row_to_json(found))))::text from ({sql}) found"
    ));
    let found: Vec<(String,)> = sqlx::query_as(wrapped).fetch_all(tx.conn()).await.unwrap();
    found.into_iter().map(|(text,)| serde_json::from_str(&text).unwrap()).collect()
}

async fn one(house: &House, sql: String) -> String {
    rows(house, sql).await.into_iter().flatten().next().unwrap_or_default()
}

/// The office with most people waiting and no list of its own, and its officer.
async fn pool(house: &House) -> (String, Visitor) {
    let office = one(
        house,
        "select f.office from case_file f
         where f.stage = 3 and not f.suspended
         and not exists (select from ranking_run r where r.approved_at is null and r.returned_at is null and f.office = any (r.offices))
         group by f.office order by count(*) desc, f.office limit 1"
            .to_owned(),
    )
    .await;
    let officer = house.visitor(Role::Officer, office.parse().ok()).await.unwrap();
    (office, officer)
}

async fn propose(house: &House, officer: &Visitor, office: &str, places: &str) -> String {
    let answer =
        house.post(Some(officer), "/rankings", &fields(&[("pool", &format!("office-{office}")), ("places", places)])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    answer.location
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_proposed_approved_by_another_and_comes_out_the_same_again() {
    let house = House::new().await;
    let (office, officer) = pool(&house).await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let run = propose(&house, &officer, &office, "2").await;
    let id = run.rsplit('/').next().unwrap().to_owned();

    let again = house.post(Some(&officer), "/rankings", &fields(&[("pool", &format!("office-{office}")), ("places", "1")])).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a second list over the same office waits for the first");
    let own = house.post(Some(&officer), &format!("{run}/approval"), &[]).await;
    assert_eq!(own.status, StatusCode::FORBIDDEN);

    let approved = house.post(Some(&manager), &format!("{run}/approval"), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.text());
    let moved = rows(&house, format!("select f.stage, c.outcome from ranking_candidate c join case_file f using (person_id, case_id) where c.run_id = '{id}' and c.outcome < 3 and not c.fell_out")).await;
    assert!(!moved.is_empty());
    assert!(moved.iter().all(|row| row[0] == if row[1] == "1" { "5" } else { "6" }), "{moved:?}");
    let twice = house.post(Some(&manager), &format!("{run}/approval"), &[]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);

    let replay = house.get(Some(&officer), &format!("/api{run}/replay"), "az").await;
    let replay: serde_json::Value = serde_json::from_str(&replay.text()).unwrap();
    assert_eq!(replay["digest_kept"], replay["digest_again"]);
    assert_eq!(replay["different"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_changed_afterwards_is_found_by_its_replay() {
    let house = House::new().await;
    let run =
        one(&house, "select run_id from ranking_run where candidates > 3 order by proposed_at desc limit 1".to_owned()).await;
    let mut tx = house.app.system().await.unwrap();
    let change = AssertSqlSafe(format!(
        "update ranking_candidate set waiting_since = waiting_since - 900 where run_id = '{run}' and rank = (select max(rank) from ranking_candidate where run_id = '{run}')"
    ));
    sqlx::query(change).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let replay = house.get(Some(&manager), &format!("/api/rankings/{run}/replay"), "az").await;
    let replay: serde_json::Value = serde_json::from_str(&replay.text()).unwrap();
    assert_ne!(replay["digest_kept"], replay["digest_again"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seats_of_a_quota_go_to_one_of_two_lists_approved_at_once() {
    let house = House::new().await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let offices = rows(
        &house,
        "select f.office, a.call, m.residence from case_file f join application a using (person_id, case_id)
         join case_milestone m using (person_id, case_id)
         where f.stage = 3 and not f.suspended and m.basis = 1
         and not exists (select from ranking_run r where r.approved_at is null and r.returned_at is null and f.office = any (r.offices))
         order by f.office, f.case_id"
            .to_owned(),
    )
    .await;
    let first = offices[0].clone();
    let second = offices.iter().find(|row| row[0] != first[0]).unwrap().clone();
    // Both pools are counted in one place, in which two seats are left for lists.
    let mut tx = house.app.system().await.unwrap();
    for statement in [
        format!("update application set call = '{}' where office in ({}, {})", first[1], first[0], second[0]),
        format!("update case_milestone set residence = 'EAST_ZANGEZUR' where office in ({}, {})", first[0], second[0]),
    ] {
        sqlx::query(AssertSqlSafe(statement)).execute(tx.conn()).await.unwrap();
    }
    tx.commit().await.unwrap();
    let mut links = Vec::new();
    for office in [&first[0], &second[0]] {
        let officer = house.visitor(Role::Officer, office.parse().ok()).await.unwrap();
        links.push(propose(&house, &officer, office, "1").await);
    }
    // All but one of the seats are gone before the approvals: the list that comes second finds none.
    fill_all_but_one(&house, &first[1], "EAST_ZANGEZUR", &links).await;
    let path = |link: &str| format!("{link}/approval");
    let (a, b) = (path(&links[0]), path(&links[1]));
    let (one, two) = tokio::join!(house.post(Some(&manager), &a, &[]), house.post(Some(&manager), &b, &[]));
    let mut statuses = [one.status, two.status];
    statuses.sort();
    assert_eq!(statuses, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY], "{} {}", one.text(), two.text());
}

/// Counts candidates of old lists in this place until one free seat is left.
async fn fill_all_but_one(house: &House, call: &str, region: &str, keep: &[String]) {
    let programme = registry::programme::current(&house.app).unwrap();
    let seats = selection::ranking::seats::seats_of(&programme, call, region);
    let free = seats.total - seats.for_appeals;
    let kept: Vec<String> = keep.iter().map(|link| format!("'{}'", link.rsplit('/').next().unwrap())).collect();
    let mut tx = house.app.system().await.unwrap();
    let statement = format!(
        "update ranking_candidate c set call = '{call}', region = '{region}'
         from (
             select person_id, run_id from ranking_candidate c join case_milestone m using (person_id, case_id)
             where c.approved_by is not null and c.outcome = 1 and m.closed_on is null
             and run_id not in ({}) order by person_id limit {}) old
         where c.person_id = old.person_id and c.run_id = old.run_id",
        kept.join(", "),
        free - 1
    );
    let filled = sqlx::query(AssertSqlSafe(statement)).execute(tx.conn()).await.unwrap();
    assert_eq!(filled.rows_affected(), u64::from(free - 1), "the demo has people enough to fill the quota");
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_calls_the_next_of_the_reserve_in_the_same_transaction() {
    let house = House::new().await;
    let (office, officer) = pool(&house).await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let run = propose(&house, &officer, &office, "2").await;
    assert_eq!(house.post(Some(&manager), &format!("{run}/approval"), &[]).await.status, StatusCode::SEE_OTHER);
    let id = run.rsplit('/').next().unwrap().to_owned();
    let listed = |outcome: u8| {
        format!("select case_id from ranking_candidate where run_id = '{id}' and outcome = {outcome} order by position")
    };
    let (selected, reserve) = (rows(&house, listed(1)).await, rows(&house, listed(2)).await);
    assert!(!reserve.is_empty(), "the office has too few people for a reserve");

    let nothing = house.post(Some(&officer), &format!("{run}/calls"), &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY, "every place is held");
    let offer = format!("/cases/{}/offer", selected[0][0]);
    let unexplained = house.post(Some(&officer), &offer, &fields(&[("answer", "declined")])).await;
    assert_eq!(unexplained.status, StatusCode::UNPROCESSABLE_ENTITY);
    let too_early = house.post(Some(&officer), &offer, &fields(&[("answer", "lapsed")])).await;
    assert_eq!(too_early.status, StatusCode::UNPROCESSABLE_ENTITY);
    let declined = house.post(Some(&officer), &offer, &fields(&[("answer", "declined"), ("reason", "family")])).await;
    assert_eq!(declined.status, StatusCode::SEE_OTHER, "{}", declined.text());
    let stage = |case: &str| format!("select stage from case_file where case_id = '{case}'");
    assert_eq!(one(&house, stage(&selected[0][0])).await, "29");
    assert_eq!(one(&house, stage(&reserve[0][0])).await, "5", "the next of the reserve is called in the same transaction");

    let accepted =
        house.post(Some(&officer), &format!("/cases/{}/offer", reserve[0][0]), &fields(&[("answer", "accepted")])).await;
    assert_eq!(accepted.status, StatusCode::SEE_OTHER, "{}", accepted.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_left_by_a_withdrawal_is_filled_from_the_reserve_by_an_officer() {
    let house = House::new().await;
    let (office, officer) = pool(&house).await;
    let manager = house.visitor(Role::Manager, None).await.unwrap();
    let run = propose(&house, &officer, &office, "2").await;
    assert_eq!(house.post(Some(&manager), &format!("{run}/approval"), &[]).await.status, StatusCode::SEE_OTHER);
    let id = run.rsplit('/').next().unwrap().to_owned();
    let listed = |outcome: u8| {
        format!("select case_id from ranking_candidate where run_id = '{id}' and outcome = {outcome} order by position")
    };
    let (left, next) = (one(&house, listed(1)).await, one(&house, listed(2)).await);

    let form = format!("/cases/{left}/withdrawal");
    for wrong in [("graduated", "İşə düzəlib, arayış var"), ("found_work", "nə")] {
        let refused = house.post(Some(&officer), &form, &fields(&[("why", wrong.0), ("reason", wrong.1)])).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong:?}");
    }
    let said = fields(&[("why", "found_work"), ("reason", "İşə düzəlib, arayış təqdim edib")]);
    assert_eq!(house.post(Some(&officer), &form, &said).await.status, StatusCode::SEE_OTHER);
    assert_eq!(one(&house, format!("select stage from case_file where case_id = '{left}'")).await, "29");
    let again = house.get(Some(&officer), &form, "az").await.text();
    assert!(again.contains("artıq mümkün deyil"), "{again}");

    let queue = house.get(Some(&officer), "/api/queue", "az").await.text();
    assert!(queue.contains(&format!("{run}?list=reserve")), "the empty place waits in the officer's queue: {queue}");
    let called = house.post(Some(&officer), &format!("{run}/calls"), &[]).await;
    assert_eq!(called.status, StatusCode::SEE_OTHER, "{}", called.text());
    assert_eq!(one(&house, format!("select stage from case_file where case_id = '{next}'")).await, "5");
}
