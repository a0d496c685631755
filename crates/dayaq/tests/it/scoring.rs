//! Blind scores through the pages: kept as far as they are written, sealed when they are whole.

use crate::asking::{done, fields, refused, row};
use crate::house::House;
use platform::role::Role;

/// Keeps a mark without its reason and a reason without its mark, and looks whether both are there again.
async fn keeps_what_is_written(house: &House, evaluator: &str, page: &str, [marked, reasoned]: [&str; 2]) {
    let evaluator = house.sign_in(evaluator.parse().unwrap(), Role::Evaluator).await;
    let written =
        [(format!("mark-{marked}"), "7".to_owned()), (format!("reason-{reasoned}"), "Hesabat axıradək yoxlanmayıb".to_owned())];
    done(&house.post(Some(&evaluator), page, &written).await);
    let shown = house.get(Some(&evaluator), page, "az").await.text();
    assert!(shown.contains("Hesabat axıradək yoxlanmayıb"), "the reason without a mark is lost: {shown}");
    assert!(shown.contains("value=\"7\""), "the mark without a reason is lost: {shown}");
    // Half of it can't be sealed, and stays written too.
    let sealed = house.post(Some(&evaluator), page, &[&written[..], &fields(&[("seal", "yes")])].concat()).await;
    refused(&sealed, "Hesabat axıradək yoxlanmayıb");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reason_without_a_mark_and_a_mark_without_a_reason_are_kept() {
    let house = House::new().await;
    let open = "sealed_at is null and s.recused_at is null order by s.assigned_at";
    let plan = format!(
        "select s.case_id, s.officer_id from plan_score s join case_file f using (person_id, case_id) where f.stage = 14 and {open}"
    );
    let plan = row(&house, &plan).await;
    keeps_what_is_written(&house, &plan[1], &format!("/evaluations/{}", plan[0]), ["MARKET", "SKILLS"]).await;
    let award = format!(
        "select s.award_id, s.officer_id from award_score s join award a using (person_id, award_id) where a.state = 2 and {open}"
    );
    let award = row(&house, &award).await;
    keeps_what_is_written(&house, &award[1], &format!("/award-scores/{}", award[0]), ["RESULTS", "GROWTH"]).await;
}
