//! Decisions on eligibility through the pages: whose they may be, what they rest on, and their replay.

use crate::asking::fields;
use crate::house::{House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

struct Waiting {
    case: String,
    registrar: Visitor,
    other: Visitor,
}

/// A case that waits for its decision, the officer who took the application, and a colleague.
async fn waiting(house: &House) -> Waiting {
    let found = house
        .row(
            "select f.case_id as case, d.officer_id as registrar, r.officer_id as other
             from case_file f
             join case_duty d on d.person_id = f.person_id and d.case_id = f.case_id and d.conflict = 1 and d.duty = 1
             join officer_role r on r.home_office = f.office and r.role = 1 and r.officer_id <> d.officer_id
             where f.stage = 1 and not f.suspended
             order by f.case_id, r.officer_id
             limit 1",
        )
        .await
        .expect("somebody waits for a decision");
    let of = |name: &str| found.iter().find(|(column, _)| column == name).unwrap().1.clone();
    Waiting {
        case: of("case"),
        registrar: house.sign_in(of("registrar").parse().unwrap(), Role::Officer).await,
        other: house.sign_in(of("other").parse().unwrap(), Role::Officer).await,
    }
}

/// Every fact that may change, looked up today; the insurance payment as given.
async fn look_up(house: &House, waiting: &Waiting, insurance: &str) {
    let checks = fields(&[
        ("observed_on", crate::house::TODAY),
        ("fact-has_work", "no"),
        ("origin-has_work", "contract-register"),
        ("fact-has_farm_land", "no"),
        ("origin-has_farm_land", "property-register"),
        ("fact-status", "unemployed"),
        ("origin-status", "employment-register"),
        ("fact-draws_insurance", insurance),
        ("origin-draws_insurance", "insurance-register"),
        ("fact-draws_pension", "no"),
        ("origin-draws_pension", "pension-register"),
        ("fact-may_work_here", "yes"),
        ("origin-may_work_here", "document"),
        ("fact-earlier_state_support", "no"),
        ("origin-earlier_state_support", "support-register"),
    ]);
    let answer = house.post(Some(&waiting.other), &format!("/cases/{}/fact-checks", waiting.case), &checks).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

async fn replay(house: &House, waiting: &Waiting) -> serde_json::Value {
    let answer = house.get(Some(&waiting.other), &format!("/api/cases/{}/eligibility/replay", waiting.case), "az").await;
    assert_eq!(answer.status, StatusCode::OK);
    serde_json::from_str(&answer.text()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_took_the_application_may_not_decide_on_it_and_a_colleague_may() {
    let house = House::new().await;
    let waiting = waiting(&house).await;
    look_up(&house, &waiting, "no").await;
    let path = format!("/cases/{}/eligibility", waiting.case);
    let confirmed = fields(&[("outcome", "confirmed")]);
    let own = house.post(Some(&waiting.registrar), &path, &confirmed).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    let groundless = house.post(Some(&waiting.other), &path, &fields(&[("outcome", "refused"), ("reason", "no ground")])).await;
    assert_eq!(groundless.status, StatusCode::UNPROCESSABLE_ENTITY, "every rule is met");
    let other = house.post(Some(&waiting.other), &path, &confirmed).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "{}", other.text());
    assert_eq!(replay(&house, &waiting).await["equal"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_rests_on_the_failing_article_and_a_changed_fact_is_found_by_its_replay() {
    let house = House::new().await;
    let waiting = waiting(&house).await;
    look_up(&house, &waiting, "yes").await;
    let path = format!("/cases/{}/eligibility", waiting.case);
    let confirmed = house.post(Some(&waiting.other), &path, &fields(&[("outcome", "confirmed")])).await;
    assert_eq!(confirmed.status, StatusCode::UNPROCESSABLE_ENTITY, "a rule fails");
    let refused =
        house.post(Some(&waiting.other), &path, &fields(&[("outcome", "refused"), ("reason", "sığorta ödənişi")])).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.text());

    let before = replay(&house, &waiting).await;
    assert_eq!(before["equal"], true);
    let failing: Vec<_> = before["rules"].as_array().unwrap().iter().filter(|rule| rule["verdict"] == "fail").collect();
    assert_eq!(failing.len(), 1);
    assert_eq!(failing[0]["code"], "NO_INSURANCE_PAYMENT");
    let letter = house.get(Some(&waiting.other), &format!("{path}/letter"), "az").await;
    assert_eq!((letter.status, letter.body.starts_with(b"%PDF")), (StatusCode::OK, true));

    let mut tx = house.app.system().await.unwrap();
    let change = format!(
        "update eligibility_decision set facts = replace(facts, '\"draws_insurance\":true', '\"draws_insurance\":false')
         where case_id = '{}'",
        waiting.case
    );
    assert_eq!(sqlx::query(AssertSqlSafe(change)).execute(tx.conn()).await.unwrap().rows_affected(), 1);
    tx.commit().await.unwrap();
    let after = replay(&house, &waiting).await;
    assert_eq!((&after["equal"], &after["different"]), (&serde_json::json!(false), &serde_json::json!(["NO_INSURANCE_PAYMENT"])));
}
