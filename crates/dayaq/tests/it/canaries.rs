//! Nothing that happens in one office shows in another: not in a list, a count, an order, a search, a file, JSON or a
//! refusal, and not to SQL itself within another scope.

use crate::{
    house::{House, Visitor},
    routes::{build, name, table},
};
use platform::{
    app::App,
    keys::Keys,
    role::{Reach, Role},
    route::Kind,
    scope::{Scope, Tx, Who},
};
use registry::people::{
    self,
    types::{NewPerson, Protected},
};
use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;
use values::id::{OfficeId, OfficerId, PersonId};

/// Within each kind of scope, how many rows of another office a table shows; the columns say what the row belongs to.
async fn rows_of(app: &App, scope: Scope, who: Who, table: &str, office: i32) -> i64 {
    let mut tx = app.open(scope, who).await.unwrap();
    let sql = format!("select count(*) from {table} where office = $1");
    match sqlx::query_scalar(AssertSqlSafe(sql)).bind(office).fetch_one(tx.conn()).await {
        Ok(rows) => rows,
        // This scope may not even ask.
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some("42501") => 0,
        Err(error) => panic!("{table}: {error}"),
    }
}

/// Tables with a column `office` that keeps what belongs to it behind row-level security.
async fn secured(tx: &mut Tx) -> Vec<String> {
    sqlx::query_scalar(
        "select c.relname::text
         from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'office'
         where c.relnamespace = 'public'::regnamespace
         and c.relkind = 'r'
         and c.relrowsecurity
         order by 1",
    )
    .fetch_all(tx.conn())
    .await
    .unwrap()
}

/// The office with the most cases, and another of the same region.
async fn siblings(tx: &mut Tx) -> (i32, i32) {
    let office: i32 = sqlx::query_scalar("select office from case_file group by office order by count(*) desc, office limit 1")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    let sibling = "
        select o.office
        from office o
        join office own on own.region = o.region and own.office <> o.office
        where own.office = $1
        and exists (select from officer_role r where r.offices = array[o.office])
        order by o.office
        limit 1";
    (office, sqlx::query_scalar(sibling).bind(office).fetch_one(tx.conn()).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn in_the_database_no_scope_reaches_the_rows_of_another_office() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (office, sibling) = siblings(&mut tx).await;
    let tables = secured(&mut tx).await;
    // Somebody of a third office: the sibling may have nobody yet.
    let a_person: Uuid = sqlx::query_scalar("select person_id from person where office <> $1 order by person_id limit 1")
        .bind(office)
        .fetch_one(tx.conn())
        .await
        .unwrap();
    drop(tx);
    assert!(tables.len() > 25, "only {tables:?}");
    let who = |role| Who { officer: OfficerId::new(), role, office: OfficeId(sibling), offices: vec![OfficeId(sibling)] };
    let strangers = [
        (Scope::Offices(vec![OfficeId(sibling)]), who(Role::Officer)),
        (Scope::Offices(vec![]), who(Role::Officer)),
        (Scope::Assigned, who(Role::Evaluator)),
        (Scope::Subject(PersonId(a_person)), who(Role::Officer)),
    ];
    let (mut filled, mut seen) = (0, Vec::new());
    for table in &tables {
        filled += i32::from(rows_of(&house.app, Scope::System, Who::program(), table, office).await > 0);
        for (scope, who) in &strangers {
            // Those who judge see whose work is shared, never whose life it is.
            let shares_work = *scope == Scope::Assigned && SHARED_WORK.contains(&table.as_str());
            let rows = rows_of(&house.app, scope.clone(), who.clone(), table, office).await;
            if rows > 0 && !shares_work {
                seen.push(format!("{scope:?} sees {rows} rows of {table}"));
            }
        }
    }
    assert!(filled > 20, "only {filled} tables hold something of the office");
    assert!(seen.is_empty(), "{}", seen.join("\n"));
}

/// Work that belongs to no single person.
const SHARED_WORK: &[&str] =
    &["cohort", "cohort_session", "grievance_counter", "ranking_run", "sitting", "sitting_member", "supply_order"];

#[tokio::test(flavor = "multi_thread")]
async fn in_the_database_no_scope_changes_the_rows_of_another_office() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (office, sibling) = siblings(&mut tx).await;
    let tables = secured(&mut tx).await;
    drop(tx);
    let who = Who { officer: OfficerId::new(), role: Role::Officer, office: OfficeId(sibling), offices: vec![OfficeId(sibling)] };
    let mut changed = Vec::new();
    for table in &tables {
        for what in ["delete from {} where office = $1", "update {} set office = $2 where office = $1"] {
            let mut tx = house.app.open(Scope::Offices(vec![OfficeId(sibling)]), who.clone()).await.unwrap();
            let sql = what.replace("{}", table);
            match sqlx::query(AssertSqlSafe(sql)).bind(office).bind(sibling).execute(tx.conn()).await {
                Ok(done) if done.rows_affected() > 0 => changed.push(format!("{what} on {table}: {}", done.rows_affected())),
                _ => {}
            }
            // And nothing of one's own can be given to another office in passing.
            let mut tx = house.app.open(Scope::Offices(vec![OfficeId(sibling)]), who.clone()).await.unwrap();
            let sql = format!("update {table} set office = $2 where office = $1");
            if let Ok(done) = sqlx::query(AssertSqlSafe(sql)).bind(sibling).bind(office).execute(tx.conn()).await
                && done.rows_affected() > 0
            {
                changed.push(format!("{table}: {} rows were given away", done.rows_affected()));
            }
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// What a page shows, without what differs each time it is shown.
fn steady(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    for name in ["name=\"_form\" value=\"", "name=\"_csrf\" value=\""] {
        let whole = std::mem::take(&mut kept) + rest;
        let mut parts = whole.split(name);
        kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            kept.push_str(name);
            kept.push_str(part.split_once('"').map_or("", |(_, after)| after));
        }
        rest = "";
    }
    kept
}

/// Who reads lists at an office, and does not serve another with it.
async fn readers(house: &House, office: i32, beyond: i32) -> BTreeMap<Role, Visitor> {
    let mut found = BTreeMap::new();
    for role in Role::ALL.iter().filter(|role| role.reach() == Reach::Offices) {
        if let Some(visitor) = house.visitor_only(*role, office, beyond).await {
            found.insert(*role, visitor);
        }
    }
    found
}

/// Every list, in the ways it can be asked for.
fn lists() -> Vec<(String, &'static [Role])> {
    let asked = ["", "?q=kanaryazad", "?q=a", "?order=registered", "?page=2", "?state=made", "?sex=F"];
    let mut paths = Vec::new();
    for route in table().iter().filter(|route| route.kind != Kind::Form && !route.path.contains('{')) {
        for asked in asked {
            paths.push((format!("{}{asked}", route.path), route.permission.roles));
        }
        if route.kind == Kind::Page {
            let path = if route.path == "/" { "/api/queue".to_owned() } else { format!("/api{}", route.path) };
            paths.push((path, route.permission.roles));
        }
    }
    paths
}

async fn read(house: &House, readers: &BTreeMap<Role, Visitor>) -> BTreeMap<(Role, String), String> {
    let mut pages = BTreeMap::new();
    for (path, roles) in lists() {
        for (role, visitor) in readers.iter().filter(|(role, _)| roles.contains(role)) {
            let answer = house.get(Some(visitor), &path, "az").await;
            pages.insert((*role, path.clone()), format!("{} {}", answer.status, steady(&answer.text())));
        }
    }
    pages
}

/// Sixty people who come first in every order, one of them with a FİN that is looked for.
fn newcomers(office: i32, today: chrono::NaiveDate) -> Vec<NewPerson> {
    let newcomer = |number: u32| NewPerson {
        surname: "Aaakanaryazadə".to_owned(),
        given_name: "Aaa".to_owned(),
        patronymic: "Aaa".to_owned(),
        birth_date: "1990-01-01".parse().ok(),
        residence: None,
        protected: Protected { fin: Some(FIN.to_owned()), phone: Some("+994501234567".to_owned()), ..Protected::default() },
        reg_no: format!("KANARYA-{number}"),
        ..NewPerson::blank(OfficeId(office), today)
    };
    (0..60).map(newcomer).collect()
}

const FIN: &str = "7KANARY";

#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_into_one_office_changes_no_list_count_or_order_of_another() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (office, sibling) = siblings(&mut tx).await;
    drop(tx);
    let (near, far) = (readers(&house, office, sibling).await, readers(&house, sibling, office).await);
    assert!(far.len() >= 5, "only {:?} work at the sibling", far.keys());
    let (near_before, far_before) = (read(&house, &near).await, read(&house, &far).await);

    let mut tx = house.app.system().await.unwrap();
    let people = newcomers(office, house.app.today());
    people::store::insert(&mut tx, &people).await.unwrap();
    sqlx::query("update person set surname = 'Aaakanaryazadə', sort_key = '\\x00' where office = $1")
        .bind(office)
        .execute(tx.conn())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    let (near_after, far_after) = (read(&house, &near).await, read(&house, &far).await);
    assert_ne!(near_before, near_after, "the office itself does not see what came in, so this test shows nothing");
    let changed: Vec<_> =
        far_before.iter().filter(|(page, text)| far_after.get(page) != Some(text)).map(|(page, _)| page).collect();
    assert!(far_before.len() > 100, "only {} pages were read", far_before.len());
    assert!(changed.is_empty(), "{changed:#?}");
}

/// Everything by which somebody of the office could be known: names of things that no other office has.
async fn canaries(tx: &mut Tx, keys: &Keys, office: i32) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let texts = [
        "select person_id::text from person where office = $1",
        "select reg_no from person where office = $1",
        "select case_id::text from case_file where office = $1",
        "select receipt from case_file where office = $1",
        "select code from certificate where office = $1",
        "select asset_id::text from asset where office = $1",
        "select visit_id::text from visit where office = $1",
        "select plan_id::text from business_plan where office = $1",
        "select contract_id::text from contract where office = $1",
    ];
    for sql in texts {
        let found: Vec<String> =
            sqlx::query_scalar(sql).bind(office).fetch_all(tx.conn()).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
        all.extend(found.into_iter().filter(|text| text.len() > 6));
    }
    let sealed: Vec<String> =
        sqlx::query_scalar("select sealed from person where office = $1").bind(office).fetch_all(tx.conn()).await.unwrap();
    for sealed in sealed {
        let opened: Protected = serde_json::from_str(&keys.open(&sealed).unwrap()).unwrap();
        all.extend([opened.fin, opened.phone, opened.document].into_iter().flatten().filter(|text| text.len() > 6));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn no_page_file_or_refusal_of_a_sibling_names_anything_of_the_office() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (office, sibling) = siblings(&mut tx).await;
    let canaries = canaries(&mut tx, house.app.keys(), office).await;
    assert!(canaries.len() > 100, "only {} canaries", canaries.len());
    drop(tx);
    let far = readers(&house, sibling, office).await;
    let (mut looked, mut seen) = (0, Vec::new());
    for ((role, path), text) in read(&house, &far).await {
        looked += 1;
        seen.extend(canaries.iter().find(|word| text.contains(*word)).map(|word| format!("{role:?} at {path}: {word}")));
    }
    for route in table().iter() {
        let Some(built) = build(&house, route).await else { continue };
        let Some(of) = built.office.filter(|of| *of != sibling) else { continue };
        for (role, visitor) in far.iter().filter(|(role, _)| route.permission.allows(**role)) {
            let answer = match route.kind {
                Kind::Form => house.post(Some(visitor), &built.path, &built.fields).await,
                Kind::Page | Kind::File => house.get(Some(visitor), &built.path, "az").await,
            };
            looked += 1;
            if answer.status.is_redirection() && route.kind == Kind::Form {
                seen.push(format!("{role:?} of {sibling} acted on office {of}: {} to {}", name(route), answer.location));
            }
            // What was typed into a form comes back to whoever typed it.
            let told =
                |word: &&String| !built.path.contains(*word) && !built.fields.iter().any(|(_, value)| value.contains(*word));
            let text = format!("{} {}", answer.location, answer.text());
            let word = canaries.iter().filter(told).find(|word| text.contains(*word));
            seen.extend(word.map(|word| format!("{role:?} at {}: {word}", name(route))));
        }
    }
    assert!(looked > 200, "only {looked} answers were looked at");
    assert!(seen.is_empty(), "{}", seen.join("\n"));
}
