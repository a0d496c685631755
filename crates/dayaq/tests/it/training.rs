//! Certificates through the pages: anybody verifies one, and learns that it was withdrawn.

use crate::asking::{done, fields, refused, row, stage};
use crate::house::House;
use axum::http::StatusCode;
use platform::role::Role;
use registry::case::{self, Facts, Happening, Kind, store};
use values::id::CaseId;

/// A certificate of somebody who has not gone on from the course yet: case, office, code.
async fn certified(house: &House) -> (CaseId, i32, String) {
    let sql = "
        select c.case_id, c.office, c.code
        from certificate c
        join case_file f using (person_id, case_id)
        where f.stage = 9
        order by c.code
        limit 1";
    let found = house.row(sql).await.expect("nobody in the demo has just been trained");
    let of = |name: &str| found.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap();
    (of("case_id").parse().unwrap(), of("office").parse().unwrap(), of("code"))
}

/// Declares the completion of the course void.
async fn void(house: &House, id: CaseId) {
    let law = case::law(&house.app).unwrap();
    let mut tx = house.app.system().await.unwrap();
    let mut loaded = store::lock(&mut tx, &law, id).await.unwrap();
    let entry = loaded.events.iter().find(|event| event.kind() == Kind::TrainingCompleted).unwrap().entry;
    let void = Happening::on(house.app.today(), Facts::Corrected { entry, replacement: None }).because("başqasının nəticəsi idi");
    store::append(&mut tx, &law, &mut loaded, vec![void]).await.unwrap_or_else(|stop| panic!("{stop:?}"));
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_of_which_the_course_was_declared_void_verifies_no_more() {
    let house = House::new().await;
    let (case, office, code) = certified(&house).await;
    let verify = format!("/verify/{code}");
    let paper = format!("/cases/{case}/certificate.pdf");
    let officer = house.visitor(Role::Officer, Some(office)).await.unwrap();
    assert!(house.get(None, &verify, "az").await.text().contains("Bu sertifikat həqiqidir"));
    assert_eq!(house.get(Some(&officer), &paper, "az").await.status, StatusCode::OK);

    void(&house, case).await;
    for (lang, genuine, withdrawn) in [
        ("az", "Bu sertifikat həqiqidir", "Bu sertifikat geri götürülüb"),
        ("en", "This certificate is genuine", "This certificate was withdrawn"),
        ("ru", "Этот сертификат подлинный", "Этот сертификат отозван"),
    ] {
        let page = house.get(None, &verify, lang).await.text();
        assert!(page.contains(withdrawn) && !page.contains(genuine), "{lang}: {page}");
    }
    let data = house.get(None, &format!("/api{verify}"), "az").await.text();
    assert!(data.contains("\"withdrawn_on\":\"2024-09-02\""), "{data}");
    assert_eq!(house.get(Some(&officer), &paper, "az").await.status, StatusCode::NOT_FOUND, "it is not printed again");
    let shown = house.get(Some(&officer), &format!("/cases/{case}"), "az").await.text();
    assert!(shown.contains("etibarlı deyil") && !shown.contains(&paper), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_completion_recorded_by_mistake_is_withdrawn_and_the_course_completed_anew() {
    let house = House::new().await;
    let (case, office, code) = certified(&house).await;
    let page = format!("/cases/{case}/certificate/withdrawal");
    let head = house.visitor(Role::OfficeHead, Some(office)).await.unwrap();
    let trainer = house.visitor(Role::Trainer, Some(office)).await.unwrap();
    assert_eq!(house.get(Some(&trainer), &page, "az").await.status, StatusCode::FORBIDDEN, "not whoever teaches");
    let file = house.get(Some(&head), &format!("/cases/{case}"), "az").await.text();
    assert!(file.contains(&page), "the case leads to it");
    let seen = house.get(Some(&head), &page, "az").await.text();
    assert!(seen.contains("Nə dəyişəcək") && seen.contains("təlimdədir"), "what changes is shown: {seen}");

    refused(&house.post(Some(&head), &page, &fields(&[("reason", "")])).await, "govuk-error");
    let why = fields(&[("reason", "Nəticə başqa dinləyicinindir")]);
    done(&house.post(Some(&head), &page, &why).await);
    assert_eq!(stage(&house, &case.to_string()).await, "8");
    refused(&house.post(Some(&head), &page, &why).await, "qüvvədə olan sertifikatı yoxdur");
    let verify = format!("/verify/{code}");
    assert!(house.get(None, &verify, "az").await.text().contains("Bu sertifikat geri götürülüb"));

    let cohort =
        row(&house, &format!("select cohort_id from enrolment where case_id = '{case}' order by enrolled_on desc")).await;
    let results = format!("/cohorts/{}/results", cohort[0]);
    let form = house.get(Some(&trainer), &results, "az").await.text();
    assert!(form.contains(&format!("result-{case}")), "the trainer is asked for the result again: {form}");
    let anew = [(format!("after-{case}"), "90".to_owned()), (format!("result-{case}"), "completed".to_owned())];
    done(&house.post(Some(&trainer), &results, &anew).await);
    assert_eq!(stage(&house, &case.to_string()).await, "9");
    let given = format!("select number, code from certificate where case_id = '{case}' and code <> '{code}'");
    let given = row(&house, &given).await;
    let receipt = row(&house, &format!("select receipt from case_file where case_id = '{case}'")).await.remove(0);
    assert_eq!(given[0], format!("S-{receipt}-2"));
    assert!(house.get(None, &format!("/verify/{}", given[1]), "az").await.text().contains("Bu sertifikat həqiqidir"));
    assert!(house.get(None, &verify, "az").await.text().contains("Bu sertifikat geri götürülüb"), "the first stays withdrawn");
    let file = house.get(Some(&head), &format!("/cases/{case}"), "az").await.text();
    assert!(file.contains(&given[0]), "the case shows the valid one: {file}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_on_which_a_plan_rests_is_not_withdrawn() {
    let house = House::new().await;
    let found = row(
        &house,
        "select c.case_id, c.office, c.code from certificate c join case_file f using (person_id, case_id) where f.stage = 15",
    )
    .await;
    let head = house.visitor(Role::OfficeHead, found[1].parse().ok()).await.unwrap();
    let page = format!("/cases/{}/certificate/withdrawal", found[0]);
    let shown = house.get(Some(&head), &page, "az").await.text();
    assert!(shown.contains("mümkün olmazdı") && !shown.contains("name=\"reason\""), "{shown}");
    refused(&house.post(Some(&head), &page, &fields(&[("reason", "Nəticə başqa dinləyicinindir")])).await, "mümkün olmazdı");
    assert!(house.get(None, &format!("/verify/{}", found[2]), "az").await.text().contains("Bu sertifikat həqiqidir"));
}
