//! Sittings on awards: whose votes count, what is put off, and money that two sittings want at once.

use super::{
    Fields, called, called_for, close, eligible, fields, fit, one, open_round, row, rows, run, scored, state, vote, voted,
};
use crate::asking::{done, refused, stand_before_a_lock};
use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

#[tokio::test(flavor = "multi_thread")]
async fn only_votes_of_members_who_came_decide_an_award_and_a_quorum_of_them() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called(&house, &open_round(&house).await, &award, 3).await;
    vote(&house, &sitting, &members[0], &award, "for").await;
    vote(&house, &sitting, &members[1], &award, "recused").await;
    vote(&house, &sitting, &members[2], &award, "for").await;

    let secretary = one(&house, Role::Secretary, None).await;
    let closure = |present: &[&String], decision: &str| {
        let mut form = fields(&[("rest", decision), ("rest_reason", "Satış artmır")]);
        form.extend(present.iter().map(|member| ("present".to_owned(), (*member).clone())));
        form
    };
    let address = format!("{sitting}/closure");
    let first_two = [&members[0], &members[1]];
    refused(&house.post(Some(&secretary), &address, &closure(&first_two[..1], "granted")).await, "Yetərsay yoxdur");
    // A stranger to the sitting does not make its quorum.
    let stranger = row(&house, "select officer_id from officer_role where role = 6").await.remove(0);
    refused(&house.post(Some(&secretary), &address, &closure(&[&members[0], &stranger], "granted")).await, "Yetərsay yoxdur");
    // The third voted ahead and did not come, the second stepped aside: one vote is left, and two are a quorum.
    for decision in ["granted", "refused"] {
        let answer = house.post(Some(&secretary), &address, &closure(&first_two, decision)).await;
        refused(&answer, "iştirakçılardan 1 nəfər səs verib, 2 səs lazımdır");
        assert!(answer.text().contains("Satış artmır"), "what was typed is kept");
    }
    assert_eq!(state(&house, &award).await, "3");
    let early = house.get(Some(&secretary), &format!("{sitting}/minutes.pdf"), "az").await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "there are no minutes of what goes on");

    vote(&house, &sitting, &members[1], &award, "for").await;
    refused(&house.post(Some(&secretary), &address, &closure(&first_two, "refused")).await, "imtina edilə bilməz");
    done(&house.post(Some(&secretary), &address, &closure(&first_two, "granted")).await);
    assert_eq!(state(&house, &award).await, "4");
    let shown = house.get(Some(&secretary), &sitting, "az").await.text();
    assert!(shown.contains("lehinə 2, əleyhinə 0"), "the vote of who did not come is not shown: {shown}");
    assert!(shown.contains("(iştirak etməyib)"));
    let minutes = format!("{sitting}/minutes.pdf");
    assert!(shown.contains(&minutes), "the page leads to the minutes");
    let minutes = house.get(Some(&secretary), &minutes, "az").await;
    assert_eq!((minutes.status, minutes.kind.as_str()), (StatusCode::OK, "application/pdf"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_too_few_may_decide_is_put_off_to_another_sitting() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let round = open_round(&house).await;
    let (sitting, members) = called(&house, &round, &award, 2).await;
    for member in &members {
        vote(&house, &sitting, member, &award, "recused").await;
    }
    let secretary = one(&house, Role::Secretary, None).await;
    let mut closure = fields(&[("rest", "put-off"), ("rest_reason", "Üzvlər kənara çəkilib")]);
    closure.extend(members.iter().map(|member| ("present".to_owned(), member.clone())));
    done(&house.post(Some(&secretary), &format!("{sitting}/closure"), &closure).await);
    assert_eq!(state(&house, &award).await, "3");
    let again = voted(&house, &round, &award).await;
    done(&close(&house, &again).await);
    assert_eq!(state(&house, &award).await, "4");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_on_awards_is_not_closed_before_its_day() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called_for(&house, &open_round(&house).await, &award, 2, "2024-09-05").await;
    for member in &members {
        vote(&house, &sitting, member, &award, "for").await;
    }
    refused(&close(&house, &sitting).await, "5 sentyabr 2024 tarixində keçirilir");
    assert_eq!(state(&house, &award).await, "3");
    let secretary = one(&house, Role::Secretary, None).await;
    for (lang, words) in [("az", "ondan əvvəl bağlamaq olmaz"), ("en", "cannot be closed before"), ("ru", "раньше нельзя")]
    {
        let page = house.get(Some(&secretary), &format!("{sitting}/closure"), lang).await.text();
        assert!(page.contains(words) && !page.contains("name=\"rest\""), "{page}");
    }
    let shown = house.get(Some(&secretary), &sitting, "az").await.text();
    assert!(!shown.contains(&format!("{sitting}/closure")), "nothing leads to the closing yet");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_sittings_that_close_at_once_never_give_more_than_the_round_has() {
    let house = House::new().await;
    let round = open_round(&house).await;
    let mut sittings = Vec::new();
    for _ in 0..2 {
        let (case, office, surname) = fit(&house).await;
        let award = eligible(&house, &case, &office).await;
        scored(&house, &award, &surname).await;
        sittings.push(voted(&house, &round, &award).await);
    }
    run(&house, &format!("update award_round set budget = granted + 500000 where round_id = '{round}'")).await;
    let (one, other) = tokio::join!(close(&house, &sittings[0]), close(&house, &sittings[1]));
    let statuses = [one.status, other.status];
    assert!(statuses.contains(&StatusCode::SEE_OTHER) && statuses.contains(&StatusCode::UNPROCESSABLE_ENTITY), "{statuses:?}");
    let loser = if one.status == StatusCode::SEE_OTHER { &other } else { &one };
    refused(loser, "vəsaiti çatmır");
    let left = row(&house, &format!("select budget - granted from award_round where round_id = '{round}'")).await;
    assert_eq!(left[0], "100000");
    // Whatever the program believes, the database gives no more than there is.
    let mut tx = house.app.system().await.unwrap();
    let beyond = AssertSqlSafe(format!("update award_round set granted = granted + 100001 where round_id = '{round}'"));
    assert!(sqlx::query(beyond).execute(tx.conn()).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_scored_an_application_never_decides_it() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let scorer = row(&house, &format!("select officer_id from award_score where award_id = '{award}'")).await.remove(0);
    run(
        &house,
        &format!("insert into officer_role (officer_id, role, home_office, offices) values ('{scorer}', 7, 0, array[0])"),
    )
    .await;
    let round = open_round(&house).await;
    let secretary = one(&house, Role::Secretary, None).await;
    let other = row(&house, "select officer_id from officer_role where role = 7 order by officer_id").await.remove(0);
    let call = fields(&[
        ("sits_on", "2024-09-02"),
        ("place", "Bakı"),
        ("award", &award),
        ("member", &scorer),
        ("member", &other),
        ("head", &other),
    ]);
    let answer = house.post(Some(&secretary), &format!("/award-rounds/{round}/sittings"), &call).await;
    refused(&answer, "qərar verə bilməz");
    // Past the page the database refuses it too.
    let id = Uuid::now_v7();
    let sql = format!(
        "insert into case_duty (person_id, case_id, conflict, officer_id, duty, office)
         select person_id, case_id, 14, '{scorer}', 40, office from award where award_id = '{award}'"
    );
    let mut tx = house.app.system().await.unwrap();
    let again = sqlx::query(AssertSqlSafe(sql)).execute(tx.conn()).await;
    assert!(again.is_err(), "{id}");
}

/// A vote as the form of a sitting sends it.
fn cast(award: &str, choice: &str) -> Fields {
    vec![(format!("vote-{award}"), choice.to_owned()), (format!("why-{award}"), "Qonşumdur".to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vote_that_comes_while_a_sitting_on_awards_is_being_closed_is_refused() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called(&house, &open_round(&house).await, &award, 2).await;
    let id = sitting.rsplit('/').next().unwrap();
    let member = house.sign_in(members[0].parse().unwrap(), Role::Member).await;
    let mut closing = house.app.system().await.unwrap();
    let close = format!("update award_sitting set closed_at = now(), closed_by = called_by where sitting_id = '{id}'");
    sqlx::query(AssertSqlSafe(close)).execute(closing.conn()).await.unwrap();
    let commit = async {
        stand_before_a_lock(&house, 1).await;
        closing.commit().await.unwrap();
    };
    let (votes, choice) = (format!("{sitting}/votes"), cast(&award, "for"));
    let (vote, ()) = tokio::join!(house.post(Some(&member), &votes, &choice), commit);
    refused(&vote, "Bu iclas bağlanıb");
    assert!(rows(&house, &format!("select 1 from award_vote where sitting_id = '{id}'")).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sitting_on_awards_closes_with_a_vote_as_it_is_being_changed() {
    let house = House::new().await;
    let (case, office, surname) = fit(&house).await;
    let award = eligible(&house, &case, &office).await;
    scored(&house, &award, &surname).await;
    let (sitting, members) = called(&house, &open_round(&house).await, &award, 2).await;
    for member in &members {
        vote(&house, &sitting, member, &award, "for").await;
    }
    let member = house.sign_in(members[1].parse().unwrap(), Role::Member).await;
    // One of the two that are a quorum steps aside after all. That has reached its last step, the chain of the journal, when
    // the closing comes.
    let mut chain = house.app.system().await.unwrap();
    sqlx::query("update chain_head set seq = seq").execute(chain.conn()).await.unwrap();
    let (votes, choice) = (format!("{sitting}/votes"), cast(&award, "recused"));
    let closed = async {
        assert!(stand_before_a_lock(&house, 1).await);
        let release = async {
            stand_before_a_lock(&house, 2).await;
            drop(chain);
        };
        tokio::join!(close(&house, &sitting), release).0
    };
    let (vote, closed) = tokio::join!(house.post(Some(&member), &votes, &choice), closed);
    done(&vote);
    refused(&closed, "iştirakçılardan 1 nəfər səs verib");
    assert_eq!(state(&house, &award).await, "3");
}
