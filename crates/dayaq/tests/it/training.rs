//! Certificates through the pages: anybody verifies one, and learns that it was withdrawn.

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
