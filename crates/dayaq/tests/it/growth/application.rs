//! Applications for an award, and the rounds that take them.

use super::{Fields, all, application, fields, fit, one, row, rows, state};
use crate::asking::{done, refused};
use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;

#[tokio::test(flavor = "multi_thread")]
async fn an_application_before_six_months_is_refused_with_reasons_and_in_writing_if_asked() {
    let house = House::new().await;
    let sql = "select f.case_id, f.office from case_file f join case_milestone m using (person_id, case_id)
         where f.stage = 22 and m.received_on > '2024-03-10' and not f.suspended
         and not exists (select from award a where a.case_id = f.case_id) order by m.received_on";
    let found = row(&house, sql).await;
    let (case, office) = (&found[0], &found[1]);
    let officer = one(&house, Role::Officer, Some(office)).await;
    let form = format!("/cases/{case}/award");
    let page = house.get(Some(&officer), &form, "az").await;
    assert!(page.text().contains("6 ay keçməyib"), "{}", page.text());

    let asked = application(&house).await;
    let answer = house.post(Some(&officer), &form, &asked).await;
    refused(&answer, "6 ay keçməyib");
    assert!(answer.text().contains("Bank arayışı 221"), "what was typed is kept");
    assert!(rows(&house, &format!("select 1 from award where case_id = '{case}'")).await.is_empty());

    let insists = [asked.clone(), fields(&[("insists", "yes")])].concat();
    let answer = house.post(Some(&officer), &form, &insists).await;
    done(&answer);
    let award = answer.location.rsplit('/').next().unwrap().to_owned();
    assert_eq!(state(&house, &award).await, "9");
    let letter = house.get(Some(&officer), &format!("/awards/{award}/decision.pdf"), "az").await;
    assert_eq!((letter.status, letter.kind.as_str()), (StatusCode::OK, "application/pdf"));
    let shown = house.get(Some(&officer), &format!("/awards/{award}"), "en").await;
    assert!(shown.text().contains("6 months have not passed since receipt"), "{}", shown.text());
    refused(&house.post(Some(&officer), &form, &asked).await, "artıq müraciət olunub");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_and_own_share_are_refused_beside_their_fields() {
    let house = House::new().await;
    let (case, office, _) = fit(&house).await;
    let officer = one(&house, Role::Officer, Some(&office)).await;
    let form = format!("/cases/{case}/award");
    let with = |asked: &Fields, name: &str, value: &str| -> Fields {
        asked.iter().map(|(n, v)| if n == name { (n.clone(), value.to_owned()) } else { (n.clone(), v.clone()) }).collect()
    };
    let asked = application(&house).await;
    refused(&house.post(Some(&officer), &form, &with(&asked, "own_share", "599")).await, "azdır: ən azı");
    refused(&house.post(Some(&officer), &form, &with(&asked, "quote_price-1", "4500")).await, "həddə deyil");
    refused(&house.post(Some(&officer), &form, &with(&asked, "quote-1", "")).await, "Ən azı bir əşya");
    refused(&house.post(Some(&officer), &form, &with(&asked, "jobs_by", "2024-01-01")).await, "İş yerləri nə vaxta");
    let wrong = one(&house, Role::Monitor, Some(&office)).await;
    assert_eq!(house.post(Some(&wrong), &form, &asked).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_opened_by_one_and_approved_by_another() {
    let house = House::new().await;
    let managers = all(&house, Role::Manager, None).await;
    let new = fields(&[
        ("title", "Sınaq dövrəsi"),
        ("opens_on", "2024-09-02"),
        ("closes_on", "2024-12-01"),
        ("rolling", "yes"),
        ("budget", "50000"),
    ]);
    let too_much: Fields =
        new.iter().map(|(n, v)| (n.clone(), if n == "budget" { "90000000".to_owned() } else { v.clone() })).collect();
    refused(&house.post(Some(&managers[0]), "/award-rounds", &too_much).await, "Sıfırdan çox");
    let opened = house.post(Some(&managers[0]), "/award-rounds", &new).await;
    done(&opened);
    let approval = format!("{}/approval", opened.location);
    let yes = fields(&[("decision", "approve")]);
    refused(&house.post(Some(&managers[0]), &approval, &yes).await, "Bunu başqa şəxs etməlidir");
    let finance = one(&house, Role::Finance, None).await;
    let queue = house.get(Some(&finance), "/", "az").await;
    assert!(queue.text().contains(&approval));
    done(&house.post(Some(&finance), &approval, &yes).await);
    let list = house.get(Some(&managers[1]), "/award-rounds", "az").await;
    assert!(list.text().contains("Sınaq dövrəsi"));
}
