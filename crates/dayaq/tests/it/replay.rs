//! Projections are what the journal folds to; a changed one is found, and so is a changed entry of the journal.

use crate::house::House;
use platform::journal::{export::export, file::verify};
use registry::case::{law, replay::replay};
use std::io::Cursor;
use uuid::Uuid;

/// Changes that no page makes, each to one case, with the table in which it must be found.
const MUTATIONS: &[(&str, &str)] = &[
    ("case_file", "update case_file set stage = stage % 29 + 1 where case_id = $1"),
    ("case_file", "update case_file set direction = direction || 'X' where case_id = $1"),
    ("case_file", "update case_file set version = version + 1 where case_id = $1"),
    ("case_file", "update case_file set next_due = coalesce(next_due, opened_on) + 1 where case_id = $1"),
    ("case_file", "update case_file set suspended = not suspended where case_id = $1"),
    ("case_file", "update case_file set receipt = receipt || '0' where case_id = $1"),
    ("case_milestone", "update case_milestone set trained_on = coalesce(trained_on, applied_on) + 1 where case_id = $1"),
    ("case_milestone", "update case_milestone set received_value = received_value + 1 where case_id = $1"),
    ("case_milestone", "update case_milestone set received_on = applied_on where case_id = $1"),
    ("case_milestone", "update case_milestone set sex = case sex when 'F' then 'M' else 'F' end where case_id = $1"),
    ("case_milestone", "update case_milestone set closed_on = coalesce(closed_on, applied_on) + 1 where case_id = $1"),
    ("case_milestone", "delete from case_milestone where case_id = $1"),
    (
        "case_step",
        "insert into case_step (person_id, case_id, duty, since, office, role)
         select person_id, case_id, 99, opened_on, office, 1 from case_file where case_id = $1",
    ),
];

#[tokio::test]
async fn projections_are_what_the_journal_folds_to_and_each_change_to_one_is_found() {
    let house = House::of_many().await;
    let law = law(&house.app).unwrap();
    let mut tx = house.app.system().await.unwrap();
    let found = replay(&mut tx, &law).await.unwrap();
    assert!(found.cases >= 1_900, "only {} cases were replayed", found.cases);
    assert_eq!(found.differing, [], "a projection is not what its events fold to");

    drop(tx);
    let mut tx = house.app.system().await.unwrap();
    let mut changed = Vec::new();
    for (number, (table, mutation)) in MUTATIONS.iter().enumerate() {
        let skip = i64::try_from(number * 97).unwrap();
        let (case,): (Uuid,) = sqlx::query_as("select case_id from case_file order by case_id offset $1 limit 1")
            .bind(skip)
            .fetch_one(tx.conn())
            .await
            .unwrap();
        let done = sqlx::query(*mutation).bind(case).execute(tx.conn()).await.unwrap();
        assert_eq!(done.rows_affected(), 1, "{mutation}");
        changed.push((case, *table));
    }
    let found = replay(&mut tx, &law).await.unwrap();
    let mut found: Vec<_> = found.differing.iter().map(|one| (one.case_id, one.table.as_str())).collect();
    found.sort_unstable();
    changed.sort_unstable();
    assert_eq!(found, changed);
    // Dropped with its transaction: nothing of the changes stays.
}

#[tokio::test]
async fn a_journal_changed_in_the_database_no_longer_verifies() {
    let house = House::new().await;
    let mut whole = Vec::new();
    let mut tx = house.app.system().await.unwrap();
    let (entries, checkpoint) = export(&mut tx, &mut whole).await.unwrap();
    drop(tx);
    assert!(entries > 3_000, "only {entries} entries");
    assert_eq!(verify(Cursor::new(&whole), &[]).unwrap().entries, entries);

    let changes = [
        "update journal set payload = replace(payload, 'completed', 'failed')
         where ctid = (select ctid from journal where payload like '%training.completed%' limit 1)",
        "update journal set officer_id = gen_random_uuid() where ctid = (select ctid from journal where kind < 300 limit 1)",
        "update journal set effective_on = effective_on - 1 where ctid = (select ctid from journal where kind < 300 limit 1)",
        "delete from journal where ctid = (select ctid from journal where seq = 5 limit 1)",
    ];
    for change in changes {
        let mut tx = house.app.system().await.unwrap();
        // As somebody who reached the database itself; the program's own roles may not.
        sqlx::query("reset role").execute(tx.conn()).await.unwrap();
        let done = sqlx::query(change).execute(tx.conn()).await.unwrap();
        assert_eq!(done.rows_affected(), 1, "{change}");
        let mut changed = Vec::new();
        let result = export(&mut tx, &mut changed).await;
        let broken = result.is_err() || verify(Cursor::new(&changed), std::slice::from_ref(&checkpoint)).is_err();
        assert!(broken, "not found: {change}");
    }
}
