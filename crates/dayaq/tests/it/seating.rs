//! Seats proposed together through the pages: a second person confirms, nobody is seated twice, no seat is sold twice, and
//! anybody can make the proposal again.

use crate::{
    asking::{done, fields, refused, row},
    house::{House, Visitor},
};
use axum::http::StatusCode;
use platform::role::Role;

/// The proposal that waits in the demo, with those who may confirm it.
struct Waiting {
    run: String,
    office: String,
    proposer: Visitor,
    head: Visitor,
    trainer: Visitor,
}

impl Waiting {
    async fn of(house: &House) -> Self {
        let found = row(
            house,
            "select r.run_id, r.office, r.proposed_by, t.officer_id
             from seat_run r
             join officer_role t on r.office = any (t.offices) and t.role = 4 and t.officer_id <> r.proposed_by
             where r.confirmed_at is null and r.returned_at is null
             order by t.officer_id",
        )
        .await;
        let [run, office, proposer, trainer] = found.try_into().unwrap();
        let proposer = house.sign_in(proposer.parse().unwrap(), Role::OfficeHead).await;
        let head = crate::asking::also(house, &trainer, Role::OfficeHead, &office).await;
        let trainer = house.sign_in(trainer.parse().unwrap(), Role::Trainer).await;
        Self { run, office, proposer, head, trainer }
    }

    fn path(&self, noun: &str) -> String {
        format!("/seats/{}{noun}", self.run)
    }

    async fn count(&self, house: &House, which: &str) -> i64 {
        let sql = format!("select count(*) as n from seat_candidate where run_id = '{}' and {which}", self.run);
        row(house, &sql).await[0].parse().unwrap()
    }
}

/// Cohorts with more people or seats taken than there are seats, and those of proposals in which the two differ.
async fn oversold(house: &House) -> String {
    let sql = "
        select count(*) as n
        from cohort c
        cross join lateral (select count(*) as people from enrolment e where e.cohort_id = c.cohort_id) e
        where greatest(taken, people) > seats
        or (taken <> people and c.cohort_id in (select s.cohort_id from seat_candidate s))";
    row(house, sql).await.remove(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_person_confirms_and_everybody_proposed_starts_the_course() {
    let house = House::new().await;
    let waiting = Waiting::of(&house).await;
    let proposed = waiting.count(&house, "cohort_id is not null").await;
    assert!(proposed > 0);
    assert_eq!(oversold(&house).await, "0");
    let page = house.get(Some(&waiting.trainer), &waiting.path(""), "az").await.text();
    assert!(page.contains("təsdiq gözləyir") && page.contains("Təsdiq et və yerləri ver"), "{page}");
    let replay = house.get(Some(&waiting.trainer), &waiting.path("/replay"), "az").await.text();
    assert!(replay.contains("Nəticə eynidir"), "{replay}");

    let confirmation = waiting.path("/confirmation");
    refused(&house.post(Some(&waiting.proposer), &confirmation, &[]).await, "Öz təklifinizi təsdiq edə bilməzsiniz");
    done(&house.post(Some(&waiting.trainer), &confirmation, &[]).await);
    assert_eq!(waiting.count(&house, "seated_on is not null").await, proposed);
    let started = format!(
        "select count(*) as n
         from seat_candidate c
         join case_file f using (person_id, case_id)
         join enrolment e using (person_id, case_id, cohort_id)
         where c.run_id = '{}' and f.stage = 8",
        waiting.run
    );
    assert_eq!(row(&house, &started).await[0], proposed.to_string());
    assert_eq!(oversold(&house).await, "0");
    refused(&house.post(Some(&waiting.head), &confirmation, &[]).await, "artıq təsdiqlənib");
    let replay = house.get(Some(&waiting.trainer), &waiting.path("/replay"), "en").await.text();
    assert!(replay.contains("The same came out"), "{replay}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_was_enrolled_meanwhile_is_passed_over_with_a_word_and_the_rest_are_seated() {
    let house = House::of_many().await;
    let waiting = Waiting::of(&house).await;
    let proposed = waiting.count(&house, "cohort_id is not null").await;
    let sql = format!("select case_id, cohort_id from seat_candidate where run_id = '{}' and cohort_id is not null", waiting.run);
    let first = row(&house, &sql).await;
    let enrolments = format!("/cohorts/{}/enrolments", first[1]);
    done(&house.post(Some(&waiting.trainer), &enrolments, &fields(&[("case", &first[0])])).await);

    assert!(proposed > 1);
    done(&house.post(Some(&waiting.trainer), &waiting.path("/confirmation"), &[]).await);
    assert_eq!(waiting.count(&house, "seated_on is not null").await, proposed - 1);
    let page = house.get(Some(&waiting.trainer), &waiting.path(""), "az").await.text();
    assert!(page.contains("artıq yer gözləmir"), "{page}");
    assert!(page.contains("təlim yerində yaşayır"), "nobody lives where the course is: {page}");
    assert_eq!(oversold(&house).await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_confirm_at_once_and_one_who_enrols_beside_them_sell_no_seat_twice() {
    let house = House::of_many().await;
    let waiting = Waiting::of(&house).await;
    // Whoever enrols may take one of the seats first; then there is another to confirm.
    assert!(waiting.count(&house, "cohort_id is not null").await > 1);
    // As many seats as were proposed, so that the one beside takes somebody's.
    let mut tx = house.app.system().await.unwrap();
    let full = format!(
        "update cohort c
         set seats = taken + (select count(*) from seat_candidate s where s.run_id = '{}' and s.cohort_id = c.cohort_id)
         where cohort_id in (select cohort_id from seat_candidate where run_id = '{0}')",
        waiting.run
    );
    sqlx::query(sqlx::AssertSqlSafe(full)).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let sql = format!(
        "select case_id, cohort_id from seat_candidate where run_id = '{}' and cohort_id is not null order by case_id desc",
        waiting.run
    );
    let last = row(&house, &sql).await;
    let (confirmation, enrolments) = (waiting.path("/confirmation"), format!("/cohorts/{}/enrolments", last[1]));
    let enrolled = fields(&[("case", &last[0])]);
    let (one, other, _) = tokio::join!(
        house.post(Some(&waiting.trainer), &confirmation, &[]),
        house.post(Some(&waiting.head), &confirmation, &[]),
        house.post(Some(&waiting.trainer), &enrolments, &enrolled),
    );
    let mut both = [one.status, other.status];
    both.sort_unstable();
    assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY], "{} {}", one.text(), other.text());
    assert_eq!(oversold(&house).await, "0");
    let twice = "select count(*) as n from (select from enrolment where result is null group by case_id having count(*) > 1) t";
    assert_eq!(row(&house, twice).await[0], "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_goes_back_with_a_reason_and_another_can_be_made() {
    let house = House::new().await;
    let waiting = Waiting::of(&house).await;
    let again = fields(&[("office", &waiting.office)]);
    refused(&house.post(Some(&waiting.head), "/seats", &again).await, "artıq təsdiq gözləyir");
    refused(&house.post(Some(&waiting.head), &waiting.path("/return"), &[]).await, "reason-error");
    let reason = fields(&[("reason", "iki nəfər sonrakı qrupu istəyir")]);
    done(&house.post(Some(&waiting.head), &waiting.path("/return"), &reason).await);
    let page = house.get(Some(&waiting.head), &waiting.path(""), "az").await.text();
    assert!(page.contains("iki nəfər sonrakı qrupu istəyir") && !page.contains("Təsdiq et və yerləri ver"), "{page}");
    done(&house.post(Some(&waiting.head), "/seats", &again).await);
}
