//! Who sees whom: every table of a person's life is protected in the database, and an invented name of one office shows on
//! no page of those who do not reach it.

use crate::house::House;
use dayaq::slices;
use platform::{
    role::{Reach, Role},
    route::{Kind, Route},
};

/// Tables that name a person but hold nothing about them: each gives a number, a code or a hash away once.
const WITHOUT_ROWS_OF_LIVES: &[&str] = &["certificate_code", "receipt_number", "asset_serial"];

/// A surname that nobody has.
const CANARY: &str = "Kanaryazadə";

#[tokio::test]
async fn every_table_of_lives_and_of_shared_work_is_protected_in_the_database() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let tables: Vec<(String, bool, bool, i64)> = sqlx::query_as(
        "select c.relname::text, c.relrowsecurity,
            exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'person_id') as of_a_life,
            (select count(*) from pg_policy p where p.polrelid = c.oid) as policies
         from pg_class c
         where c.relnamespace = 'public'::regnamespace
         and c.relkind in ('r', 'p')
         and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname in ('person_id', 'office'))
         order by 1",
    )
    .fetch_all(tx.conn())
    .await
    .unwrap();
    assert!(tables.len() >= 20, "only {} tables were found", tables.len());
    let open: Vec<&str> = tables
        .iter()
        .filter(|(name, secured, of_a_life, policies)| {
            *of_a_life && (!secured || *policies == 0) && !WITHOUT_ROWS_OF_LIVES.contains(&name.as_str())
        })
        .map(|(name, ..)| name.as_str())
        .collect();
    assert!(open.is_empty(), "these tables of lives are open: {open:?}");
    let without_policy: Vec<_> = tables.iter().filter(|(_, secured, _, policies)| *secured && *policies == 0).collect();
    assert!(without_policy.is_empty(), "{without_policy:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_of_one_office_shows_on_no_page_of_another() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    let (office,): (i32,) = sqlx::query_as("select office from case_file group by office order by count(*) desc, office limit 1")
        .fetch_one(tx.conn())
        .await
        .unwrap();
    let named =
        sqlx::query("update person set surname = $1 where office = $2").bind(CANARY).bind(office).execute(tx.conn()).await;
    assert!(named.unwrap().rows_affected() > 5);
    tx.commit().await.unwrap();

    let pages: Vec<Route> = slices::all().into_iter().flat_map(|slice| slice.routes).collect();
    let lists: Vec<&Route> = pages.iter().filter(|route| route.kind == Kind::Page && !route.path.contains('{')).collect();
    assert!(lists.len() > 10, "only {} pages were found", lists.len());
    let (mut looked, mut seen, mut shown) = (0, Vec::new(), false);
    for route in lists {
        for role in route.permission.roles {
            if let (Reach::Offices, Some(near)) = (role.reach(), house.visitor(*role, Some(office)).await) {
                shown |= house.get(Some(&near), route.path, "az").await.text().contains(CANARY);
            }
            let Some(stranger) = house.stranger(*role, office).await else { continue };
            for path in [route.path.to_owned(), format!("{}?q=kanaryazade", route.path), format!("/api{}", route.path)] {
                looked += 1;
                if house.get(Some(&stranger), &path, "az").await.text().contains(CANARY) {
                    seen.push(format!("{role:?} at {path}"));
                }
            }
        }
    }
    assert!(shown, "the canary's own office does not see it either, so this test shows nothing");
    assert!(looked > 60, "only {looked} pages were looked at");
    assert!(seen.is_empty(), "{}", seen.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_judge_blind_see_no_name_anywhere() {
    let house = House::new().await;
    let mut tx = house.app.system().await.unwrap();
    sqlx::query("update person set surname = $1").bind(CANARY).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
    let pages: Vec<Route> = slices::all().into_iter().flat_map(|slice| slice.routes).collect();
    let mut looked = 0;
    for role in [Role::Evaluator, Role::Member] {
        let visitor = house.visitor(role, None).await.unwrap();
        for route in pages.iter().filter(|route| route.kind == Kind::Page && !route.path.contains('{')) {
            looked += 1;
            let answer = house.get(Some(&visitor), route.path, "az").await;
            assert!(!answer.text().contains(CANARY), "{role:?} sees a name at {}", route.path);
        }
    }
    assert!(looked > 20, "only {looked} pages were looked at");
}
