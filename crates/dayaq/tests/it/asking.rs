//! What tests ask of the pages in the same way: forms, answers, the rows that tell what was recorded.

use crate::house::{Answer, House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::{AssertSqlSafe, ConnectOptions};

/// Fields of a form as the browser sends them.
pub fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The texts of the first row of a query.
pub async fn row(house: &House, sql: &str) -> Vec<String> {
    let mut tx = house.app.system().await.unwrap();
    let wrapped = AssertSqlSafe(format!(
        "select to_json(array(select value from json_each_text(row_to_json(found))))::text from ({sql}) found limit 1"
    ));
    let found: Option<(String,)> = sqlx::query_as(wrapped).fetch_optional(tx.conn()).await.unwrap();
    found.map(|(text,)| serde_json::from_str(&text).unwrap()).unwrap_or_else(|| panic!("nothing in the demo for {sql}"))
}

/// The number of the stage on which a case stands.
pub async fn stage(house: &House, case: &str) -> String {
    row(house, &format!("select stage from case_file where case_id = '{case}'")).await.remove(0)
}

/// Whoever comes first in a role at an office.
pub async fn at(house: &House, role: Role, office: &str) -> Visitor {
    house.visitor(role, office.parse().ok()).await.unwrap()
}

/// The same person in another role of the same office, as small offices have it.
pub async fn also(house: &House, officer: &str, role: Role, office: &str) -> Visitor {
    let mut tx = house.app.system().await.unwrap();
    let grant = AssertSqlSafe(format!(
        "insert into officer_role (officer_id, role, home_office, offices)
         values ('{officer}', {}, {office}, array[{office}]) on conflict do nothing",
        role as i16
    ));
    sqlx::query(grant).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    house.sign_in(officer.parse().unwrap(), role).await
}

/// The form was taken, and led on.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// The form came back with these words.
pub fn refused(answer: &Answer, words: &str) {
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    assert!(answer.text().contains(words), "no «{words}» in {}", answer.text());
}

/// Waits until so many others stand before a lock in the house's database; false when they never do, since nothing makes
/// them wait or they are through.
pub async fn stand_before_a_lock(house: &House, many: i64) -> bool {
    /// Looks, each a question to the database: far longer than a request takes.
    const LOOKS: usize = 20_000;
    const STAND: &str = "
        select count(*)
        from pg_stat_activity
        where datname = current_database()
        and wait_event_type = 'Lock'";
    let mut watcher = house.owner().connect().await.unwrap();
    for _ in 0..LOOKS {
        let (standing,): (i64,) = sqlx::query_as(STAND).fetch_one(&mut watcher).await.unwrap();
        if standing >= many {
            return true;
        }
    }
    false
}
