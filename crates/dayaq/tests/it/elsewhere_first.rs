//! A duty on which somebody else comes first is in nobody else's queue: the case says who comes first and why.

use crate::asking::{at, row};
use crate::house::{House, Visitor};
use crate::provision::next_steps;
use platform::role::Role;
use sqlx::{AssertSqlSafe, Connection};

/// How many tasks wait for somebody, beyond those that are listed too.
async fn waiting(house: &House, visitor: &Visitor) -> i64 {
    let queue = house.get(Some(visitor), "/api/queue", "az").await.text();
    let queue: serde_json::Value = serde_json::from_str(&queue).unwrap();
    queue["total"].as_i64().unwrap_or_else(|| panic!("no total in {queue}"))
}

async fn change(house: &House, sql: String) {
    let mut owner = sqlx::PgConnection::connect_with(&house.owner()).await.unwrap();
    let changed = sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut owner).await.unwrap();
    assert!(changed.rows_affected() > 0, "nothing was there to change");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_screening_form_that_is_filled_in_is_the_specialist_s_to_decide() {
    let house = House::new().await;
    let sql = "select s.case_id, s.office from screening s join case_file f using (person_id, case_id)
         where s.decided_at is null and f.stage = 12 and not f.suspended";
    let found = row(&house, sql).await;
    let (case, office) = (&found[0], &found[1]);
    let officer = at(&house, Role::Officer, office).await;
    let steps = next_steps(&house, &officer, case).await;
    assert!(steps.contains("Skrininq üzrə qərar vermək") && !steps.contains("Planın skrininqini aparın"), "{steps}");
    let form = house.get(Some(&officer), &format!("/cases/{case}/screening/form"), "az").await.text();
    assert!(form.contains("Forma artıq doldurulub") && !form.contains("name=\"process\""), "{form}");
    assert!(form.contains(&format!("href=\"/cases/{case}/screening\"")), "the form can be read: {form}");

    let filled_in = waiting(&house, &officer).await;
    change(&house, format!("delete from screening where case_id = '{case}'")).await;
    assert_eq!(waiting(&house, &officer).await, filled_in + 1, "without the form it is the officer's");
    assert!(next_steps(&house, &officer, case).await.contains("Planın skrininqini aparın"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_in_the_store_is_not_the_storekeeper_s_to_hand_over() {
    let house = House::new().await;
    let found = row(
        &house,
        "select s.case_id, s.office, a.asset_id from case_step s join asset a using (person_id, case_id)
         where s.duty = 21 and a.award_id is null and a.state in (1, 4)
         and not exists (select from asset r where r.replaces = a.asset_id)",
    )
    .await;
    let (case, office, asset) = (&found[0], &found[1], &found[2]);
    let set = |state: i16| {
        format!(
            "update asset set state = 7 where case_id = '{case}' and state in (1, 4);
             update asset set state = {state}, fault = 'işləmir', fault_on = '2024-08-20' where asset_id = '{asset}'"
        )
    };
    let keeper = at(&house, Role::Storekeeper, office).await;
    change(&house, set(1)).await;
    let in_store = waiting(&house, &keeper).await;
    assert!(next_steps(&house, &keeper, case).await.contains("Avadanlığı təhvil verin"));

    change(&house, set(4)).await;
    let steps = next_steps(&house, &keeper, case).await;
    assert!(steps.contains("Nasaz əşyanın əvəzini almaq") && !steps.contains("Avadanlığı təhvil verin"), "{steps}");
    let page = house.get(Some(&keeper), &format!("/cases/{case}/handover"), "az").await.text();
    assert!(page.contains("Əvvəlcə bu iş görülməlidir: Nasaz əşyanın əvəzini almaq"), "{page}");
    assert!(page.contains("/replacement\""), "the page leads on: {page}");
    // The handover is gone from the queue, and the piece to replace has come.
    assert_eq!(waiting(&house, &keeper).await, in_store);
    change(&house, format!("update asset set state = 7 where asset_id = '{asset}'")).await;
    assert_eq!(waiting(&house, &keeper).await, in_store - 1, "with nothing to replace either, somebody else comes first");
}
