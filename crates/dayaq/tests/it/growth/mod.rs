//! Incentive awards through the pages: refused with reasons before their time, scored blind by two, decided within the money
//! of the round even when two sittings close at once, and delivered piece by piece until the event.

mod appeal;
mod application;
mod delivery;
mod sitting;

use crate::asking::{done, refused};
use crate::house::{Answer, House, Visitor};
use axum::http::StatusCode;
use platform::role::Role;
use sqlx::AssertSqlSafe;

type Fields = Vec<(String, String)>;

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The rows of a query, as texts.
async fn rows(house: &House, sql: &str) -> Vec<Vec<String>> {
    let mut tx = house.app.system().await.unwrap();
    let wrapped = AssertSqlSafe(format!(
        "select to_json(array(select value from json_each_text(row_to_json(found))))::text from ({sql}) found"
    ));
    let found: Vec<(String,)> = sqlx::query_as(wrapped).fetch_all(tx.conn()).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    found.into_iter().map(|(text,)| serde_json::from_str(&text).unwrap()).collect()
}

async fn row(house: &House, sql: &str) -> Vec<String> {
    rows(house, sql).await.into_iter().next().unwrap_or_else(|| panic!("nothing in the demo for {sql}"))
}

async fn run(house: &House, sql: &str) {
    let mut tx = house.app.system().await.unwrap();
    sqlx::query(AssertSqlSafe(sql.to_owned())).execute(tx.conn()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Everybody who holds a role at an office, or anywhere.
async fn all(house: &House, role: Role, office: Option<&str>) -> Vec<Visitor> {
    let here = office.map_or("true".to_owned(), |office| format!("{office} = any (offices)"));
    let sql = format!("select officer_id from officer_role where role = {} and {here} order by officer_id", role as i16);
    let mut visitors = Vec::new();
    for found in rows(house, &sql).await.iter().take(6) {
        visitors.push(house.sign_in(found[0].parse().unwrap(), role).await);
    }
    visitors
}

async fn one(house: &House, role: Role, office: Option<&str>) -> Visitor {
    house.visitor(role, office.and_then(|office| office.parse().ok())).await.unwrap()
}

async fn state(house: &House, award: &str) -> String {
    row(house, &format!("select state from award where award_id = '{award}'")).await.remove(0)
}

/// The round that takes applications on the day of the tests.
async fn open_round(house: &House) -> String {
    let sql = "select round_id from award_round where approved and rolling and '2024-09-02' between opens_on and closes_on";
    row(house, sql).await.remove(0)
}

/// An application for two machines at 2,000 manats with 700 of one's own.
async fn application(house: &House) -> Fields {
    let round = open_round(house).await;
    fields(&[
        ("round", round.as_str()),
        ("plan", "İkinci iş yeri açmaq və sifarişləri vaxtında çatdırmaq"),
        ("market", "Qonşu məktəblər, aylıq otuz sifariş var"),
        ("sales_now", "900"),
        ("sales_after", "1500"),
        ("jobs", "1"),
        ("jobs_by", "2025-03-01"),
        ("quote-1", "Sənaye tikiş maşını"),
        ("quoted_by-1", "Texnika MMC, təklif 14"),
        ("quote_quantity-1", "2"),
        ("quote_price-1", "2000"),
        ("own_share", "700"),
        ("own_proof", "bank"),
        ("own_paper", "Bank arayışı 221"),
    ])
}

/// A case of which the conditions are met and that has no award yet: case, office, surname.
async fn fit(house: &House) -> (String, String, String) {
    let sql = "select f.case_id, f.office, p.surname from case_file f join case_milestone m using (person_id, case_id)
         join person p using (person_id)
         where f.stage in (22, 27) and not f.suspended and m.received_on < '2024-02-01'
         and not exists (select from award a where a.case_id = f.case_id) order by m.received_on desc";
    for found in rows(house, sql).await {
        let officer = one(house, Role::Officer, Some(&found[1])).await;
        let answer = house.get(Some(&officer), &format!("/api/cases/{}/award", found[0]), "az").await;
        let view: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
        if view["conditions"].as_array().unwrap().iter().all(|condition| condition["met"] == true) {
            return (found[0].clone(), found[1].clone(), found[2].clone());
        }
    }
    panic!("nobody in the demo may have an award");
}

/// Lodged by one officer, checked by another; gives the award.
async fn eligible(house: &House, case: &str, office: &str) -> String {
    let officers = all(house, Role::Officer, Some(office)).await;
    let lodged = house.post(Some(&officers[0]), &format!("/cases/{case}/award"), &application(house).await).await;
    done(&lodged);
    let award = lodged.location.rsplit('/').next().unwrap().to_owned();
    let check = format!("/awards/{award}/check");
    let seen = fields(&[("proof", "shown"), ("papers_seen", "Bank arayışı 221 və qiymət təklifi 14")]);
    refused(&house.post(Some(&officers[0]), &check, &seen).await, "Bunu başqa şəxs etməlidir");
    done(&house.post(Some(&officers[1]), &check, &seen).await);
    assert_eq!(state(house, &award).await, "2");
    award
}

/// Marks of every criterion, sealed.
fn marks(mark: &str) -> Fields {
    let mut marks = fields(&[("seal", "yes")]);
    for criterion in ["RESULTS", "GROWTH", "JOBS", "CONTRIBUTION", "DUTIES"] {
        marks.push((format!("mark-{criterion}"), mark.to_owned()));
        marks.push((format!("reason-{criterion}"), "rəqəmlər səfərlərlə təsdiqlənir".to_owned()));
    }
    marks
}

/// Scored blind by two evaluators.
async fn scored(house: &House, award: &str, surname: &str) {
    let secretary = one(house, Role::Secretary, None).await;
    let form = format!("/awards/{award}/evaluators");
    let view = house.get(Some(&secretary), &format!("/api{form}"), "az").await;
    let view: serde_json::Value = serde_json::from_str(&view.text()).unwrap();
    let free: Vec<String> =
        view["evaluators"].as_array().unwrap().iter().take(2).map(|one| one[0].as_str().unwrap().to_owned()).collect();
    let give = fields(&[("evaluator", free[0].as_str()), ("evaluator", free[1].as_str())]);
    done(&house.post(Some(&secretary), &form, &give).await);
    let page = format!("/award-scores/{award}");
    for (nth, evaluator) in free.iter().enumerate() {
        let evaluator = house.sign_in(evaluator.parse().unwrap(), Role::Evaluator).await;
        let blind = house.get(Some(&evaluator), &page, "az").await;
        assert_eq!(blind.status, StatusCode::OK);
        assert!(blind.text().contains("İkinci iş yeri açmaq"));
        for hidden in [surname, "Bank arayışı 221", "Texnika MMC"] {
            assert!(!blind.text().contains(hidden), "an evaluator reads {hidden}");
        }
        let queue = house.get(Some(&evaluator), "/", "az").await;
        assert!(queue.text().contains(&page), "the queue leads to the application");
        refused(&house.post(Some(&evaluator), &page, &fields(&[("seal", "yes")])).await, "govuk-error");
        assert_eq!(state(house, award).await, "2");
        done(&house.post(Some(&evaluator), &page, &marks(if nth == 0 { "8" } else { "7" })).await);
        assert_eq!(house.get(Some(&evaluator), &page, "az").await.status, StatusCode::NOT_FOUND, "sealed is sealed");
    }
    let kept = row(house, &format!("select state, mean_tenths from award where award_id = '{award}'")).await;
    assert_eq!(kept, ["3", "750"]);
}

/// A sitting of today on one application, called with so many members; its address and its members.
async fn called(house: &House, round: &str, award: &str, many: u8) -> (String, Vec<String>) {
    called_for(house, round, award, many, "2024-09-02").await
}

async fn called_for(house: &House, round: &str, award: &str, many: u8, day: &str) -> (String, Vec<String>) {
    let secretary = one(house, Role::Secretary, None).await;
    let sql = format!("select officer_id from officer_role where role = 7 order by officer_id limit {many}");
    let members: Vec<String> = rows(house, &sql).await.into_iter().map(|mut found| found.remove(0)).collect();
    let mut call = fields(&[("sits_on", day), ("place", "Bakı"), ("award", award), ("head", &members[0])]);
    call.extend(members.iter().map(|member| ("member".to_owned(), member.clone())));
    let called = house.post(Some(&secretary), &format!("/award-rounds/{round}/sittings"), &call).await;
    done(&called);
    (called.location, members)
}

async fn vote(house: &House, sitting: &str, member: &str, award: &str, choice: &str) {
    let member = house.sign_in(member.parse().unwrap(), Role::Member).await;
    let votes = format!("{sitting}/votes");
    assert_eq!(house.get(Some(&member), &votes, "az").await.status, StatusCode::OK);
    let cast = [(format!("vote-{award}"), choice.to_owned()), (format!("why-{award}"), "Qonşumdur".to_owned())];
    done(&house.post(Some(&member), &votes, &cast).await);
}

/// A sitting on one application at which two members have voted for it.
async fn voted(house: &House, round: &str, award: &str) -> String {
    let (sitting, members) = called(house, round, award, 2).await;
    for member in &members {
        vote(house, &sitting, member, award, "for").await;
    }
    sitting
}

async fn close(house: &House, sitting: &str) -> Answer {
    let secretary = one(house, Role::Secretary, None).await;
    let id = sitting.rsplit('/').next().unwrap();
    let present = rows(house, &format!("select officer_id from award_sitting_member where sitting_id = '{id}'")).await;
    let mut closure = fields(&[("rest", "granted")]);
    closure.extend(present.iter().map(|member| ("present".to_owned(), member[0].clone())));
    house.post(Some(&secretary), &format!("{sitting}/closure"), &closure).await
}
