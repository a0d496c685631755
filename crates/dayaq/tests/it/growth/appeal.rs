//! Appeals against the refusal of an award: taken in like any other, decided by nobody who had a part in it, granted within
//! what the round has left.

use super::{called, eligible, fields, fit, one, open_round, row, rows, run, scored, state, vote, voted};
use crate::asking::{also, done, refused};
use crate::house::{Answer, House, Visitor};
use platform::role::Role;

/// An application that a sitting has refused.
struct Refused {
    case: String,
    office: String,
    award: String,
    round: String,
    members: Vec<String>,
}

async fn refused_award(house: &House) -> Refused {
    let (case, office, surname) = fit(house).await;
    let award = eligible(house, &case, &office).await;
    scored(house, &award, &surname).await;
    let round = open_round(house).await;
    let (sitting, members) = called(house, &round, &award, 2).await;
    for member in &members {
        vote(house, &sitting, member, &award, "against").await;
    }
    let secretary = one(house, Role::Secretary, None).await;
    let mut closure = fields(&[("rest", "refused"), ("rest_reason", "Satışın artımı əsaslandırılmayıb")]);
    closure.extend(members.iter().map(|member| ("present".to_owned(), member.clone())));
    done(&house.post(Some(&secretary), &format!("{sitting}/closure"), &closure).await);
    assert_eq!(state(house, &award).await, "9");
    Refused { case, office, award, round, members }
}

/// The person appeals at the office; the appeal's page.
async fn appealed(house: &House, told: &Refused) -> String {
    let officer = one(house, Role::Officer, Some(&told.office)).await;
    let page = house.get(Some(&officer), &format!("/awards/{}", told.award), "az").await.text();
    let form = format!("/cases/{}/appeals/new", told.case);
    assert!(page.contains(&form), "the refused application leads to the appeal: {page}");
    let entry = row(house, &format!("select entry_id from journal where case_id = '{}' and kind = 105", told.case)).await;
    let appeal = fields(&[
        ("decision", &entry[0]),
        ("told_on", "2024-09-02"),
        ("grounds", "Satışın artımı iki müqavilə ilə təsdiqlənir"),
        ("evidence", "müqavilələr 12 və 15"),
    ]);
    let lodged = house.post(Some(&officer), &form, &appeal).await;
    done(&lodged);
    refused(&house.post(Some(&officer), &form, &appeal).await, "govuk-error");
    lodged.location
}

async fn decide(house: &House, by: &Visitor, appeal: &str, outcome: &str) -> Answer {
    let form = fields(&[("outcome", outcome), ("reason", "Müqavilələr satışın artacağını göstərir")]);
    house.post(Some(by), &format!("{appeal}/decision"), &form).await
}

/// A manager who has had no part in the case.
async fn outsider(house: &House, case: &str) -> Visitor {
    let sql = format!(
        "select officer_id from officer_role r where role = 14
         and not exists (select from case_duty d where d.case_id = '{case}' and d.officer_id = r.officer_id) order by officer_id"
    );
    house.sign_in(row(house, &sql).await[0].parse().unwrap(), Role::Manager).await
}

/// What a round has given, in qəpik.
async fn given(house: &House, round: &str) -> i64 {
    row(house, &format!("select granted from award_round where round_id = '{round}'")).await[0].parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_changed_on_appeal_grants_the_award_from_the_money_of_its_round() {
    let house = House::new().await;
    let told = refused_award(&house).await;
    let appeal = appealed(&house, &told).await;
    let scorer = row(&house, &format!("select officer_id from award_score where award_id = '{}'", told.award)).await.remove(0);
    for part in [&told.members[0], &scorer] {
        let same = also(&house, part, Role::Manager, &told.office).await;
        refused(&decide(&house, &same, &appeal, "changed").await, "Bir nəfər bir şəxsi işdə");
    }
    assert_eq!(state(&house, &told.award).await, "9");
    let before = given(&house, &told.round).await;
    run(&house, &format!("update award_round set budget = granted + 399999 where round_id = '{}'", told.round)).await;
    let manager = outsider(&house, &told.case).await;
    refused(&decide(&house, &manager, &appeal, "changed").await, "istənilən məbləğə çatmır");
    run(&house, &format!("update award_round set budget = granted + 400000 where round_id = '{}'", told.round)).await;
    done(&decide(&house, &manager, &appeal, "changed").await);
    assert_eq!((state(&house, &told.award).await.as_str(), given(&house, &told.round).await), ("4", before + 400_000));
    let officer = one(&house, Role::Officer, Some(&told.office)).await;
    let draft = fields(&[("place_of_use", "Nizami küçəsi 14"), ("explained_in", "az"), ("conditions_same", "yes")]);
    done(&house.post(Some(&officer), &format!("/awards/{}/contract", told.award), &draft).await);
    let again = house.get(Some(&officer), &format!("/cases/{}/appeals/new", told.case), "az").await.text();
    assert!(!again.contains("mükafat barədə imtina"), "what was changed is no refusal any more: {again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_sent_back_is_heard_by_another_sitting() {
    let house = House::new().await;
    let told = refused_award(&house).await;
    let appeal = appealed(&house, &told).await;
    let manager = outsider(&house, &told.case).await;
    done(&decide(&house, &manager, &appeal, "sent_back").await);
    assert_eq!(state(&house, &told.award).await, "3");
    let sitting = voted(&house, &told.round, &told.award).await;
    done(&super::close(&house, &sitting).await);
    assert_eq!(state(&house, &told.award).await, "4");
    assert_eq!(rows(&house, &format!("select 1 from journal where case_id = '{}' and kind = 105", told.case)).await.len(), 1);
}
