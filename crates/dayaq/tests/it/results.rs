//! Results as of any day and as known on any day are what the journal's events alone fold to, also after a correction.

use crate::house::House;
use axum::http::StatusCode;
use chrono::NaiveDate;
use platform::role::Role;
use registry::{case, programme};
use reporting::results::{Known, Report, Source, report_from};
use uuid::Uuid;

const DAYS: [&str; 7] = ["2021-03-31", "2021-12-31", "2022-06-30", "2023-03-31", "2023-12-31", "2024-06-30", "2024-09-02"];

async fn report(house: &House, source: Source, known: Known) -> Report {
    let mut tx = house.app.system().await.unwrap();
    let in_force = programme::current(&house.app).unwrap();
    report_from(source, &mut tx, &in_force.programme, &case::law(&house.app).unwrap(), known).await.unwrap()
}

/// What the report says differently from the journal.
async fn differences(house: &House, known: Known) -> Vec<String> {
    let (one, other) = (report(house, Source::Milestones, known).await, report(house, Source::Journal, known).await);
    assert_eq!(one.indicators.len(), other.indicators.len());
    let pairs = one.indicators.iter().zip(&other.indicators).filter(|(one, other)| one != other);
    pairs.map(|(one, other)| format!("{known:?} {}\n{one:?}\n{other:?}", one.code)).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn results_of_any_day_are_those_of_the_journal_alone() {
    let house = House::of_many().await;
    let mut all = Vec::new();
    for as_of in DAYS.map(day) {
        for known_on in DAYS.map(day) {
            all.extend(differences(&house, Known { as_of, known_on: Some(known_on) }).await);
        }
    }
    assert!(all.is_empty(), "{} differ\n{}", all.len(), all.join("\n"));
    let now = report(&house, Source::Journal, Known { as_of: day("2024-09-02"), known_on: None }).await;
    let equipped = now.indicators.iter().find(|one| one.code == "EQUIPPED").and_then(|one| one.value).unwrap();
    assert!(equipped.as_f64() > 300.0, "the demo has something to count: {equipped:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_changes_what_is_known_from_its_day_on_and_nothing_that_was_known_before() {
    let house = House::of_many().await;
    let mut tx = house.app.system().await.unwrap();
    let (entry, case, office, ended): (Uuid, Uuid, i32, NaiveDate) = sqlx::query_as(
        "select j.entry_id, f.case_id, f.office, j.effective_on
         from case_file f
         join lateral (select * from journal j where j.person_id = f.person_id and j.case_id = f.case_id and j.kind < 300
             order by recorded_at desc limit 1) j on true
         where j.kind = 63 and f.stage <> 25 and not f.suspended
         order by j.effective_on
         limit 1",
    )
    .fetch_one(tx.conn())
    .await
    .unwrap();
    drop(tx);
    let (before, today) = (house.app.today().pred_opt().unwrap(), house.app.today());
    let (then, now) = (Known { as_of: ended, known_on: Some(before) }, Known { as_of: ended, known_on: Some(today) });
    let (old_then, old_now) = (report(&house, Source::Milestones, then).await, report(&house, Source::Milestones, now).await);
    assert_eq!(old_then.indicators, old_now.indicators, "nothing was recorded on the last day about that day");

    let head = house.visitor(Role::OfficeHead, Some(office)).await.unwrap();
    let said = [("what", "void"), ("reason", "Biznes davam edir: ünvan dəyişib"), ("_confirmed", "yes")];
    let fields: Vec<(String, String)> = said.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let answer = house.post(Some(&head), &format!("/cases/{case}/corrections/{entry}"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());

    assert_eq!(report(&house, Source::Milestones, then).await, old_then, "what was known before stays");
    let new_now = report(&house, Source::Milestones, now).await;
    let changed: Vec<_> =
        new_now.indicators.iter().zip(&old_now.indicators).filter(|(new, old)| new != old).map(|(new, _)| new.code).collect();
    assert!(!changed.is_empty(), "the business goes on, and no figure says so");
    for known in [then, now, Known { as_of: before, known_on: Some(before) }, Known { as_of: today, known_on: None }] {
        assert_eq!(differences(&house, known).await, Vec::<String>::new());
    }
}
