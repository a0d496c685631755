//! `GET /cases/{case}/certificate.pdf`: the certificate as paper, printed from its frozen row.

use super::{standing, store};
use anyhow::Context;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, header},
    response::IntoResponse,
};
use documents::{Certificate, Issue, Language, Signatory, certificate};
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
};
use registry::{case, programme};
use values::id::{CaseId, OfficeId};

pub(super) async fn get(State(app): State<App>, page: Page, headers: HeaderMap, Path(id): Path<CaseId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let file = case::store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let row = store::certificate_of(&mut tx, file.person(), id).await?.ok_or(Fault::NotFound)?;
    // What was withdrawn is not printed again.
    if standing::withdrawn_on(&mut tx, &app, &row).await?.is_some() {
        return Err(Fault::NotFound);
    }
    drop(tx);
    let programme = programme::current(&app)?;
    let lang = Lang::Az;
    let office = programme.office(OfficeId(row.office)).map(|office| office.name.az.clone()).unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let scheme = if app.demo() { "http" } else { "https" };
    let data = Certificate {
        issue: Issue {
            language: Language::Az,
            programme: programme.about().name.az.clone(),
            institution: programme.about().authority.az.clone(),
            office,
            number: row.number.clone(),
            date: lang.date(row.issued_on),
            issued_on: row.issued_on,
            mark: app.demo().then(|| lang.t("training-certificate-specimen")),
        },
        holder: row.holder,
        course: programme.course().name.az.clone(),
        hours: u16::try_from(row.hours).unwrap_or(0),
        dates: format!("{} – {}", lang.date(row.begun_on), lang.date(row.ended_on)),
        place: row.place,
        address: format!("{scheme}://{host}/verify/{}", row.code),
        code: row.code,
        signatures: vec![Signatory { post: lang.t("role-trainer"), name: row.trainer, signed: None, seal: false }],
    };
    let pdf =
        tokio::task::spawn_blocking(move || certificate(&data)).await.context("printing")?.context("printing a certificate")?;
    let name = format!("inline; filename=\"{}.pdf\"", row.number);
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}
