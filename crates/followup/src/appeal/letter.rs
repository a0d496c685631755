//! `GET /appeals/{appeal}/decision.pdf`: the decision on the appeal with its reasons, in the person's language.

use super::{
    link as page_link,
    store::{self, Appeal},
};
use crate::letter::{Asked, Told};
use anyhow::Result;
use axum::extract::{Path, Query, State};
use documents::Reason;
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, AppealOutcome, CaseFile},
    programme,
};
use values::id::AppealId;

/// The programme's letter.
const DECISION: &str = "APPEAL_DECISION";

/// The file.
pub(super) fn link(appeal: AppealId) -> String {
    format!("{}/decision.pdf", page_link(appeal))
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<AppealId>, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let appeal = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let outcome = appeal.outcome().ok_or(Fault::NotFound)?;
    let file = case::store::find(&mut tx, appeal.case()).await?.ok_or(Fault::NotFound)?;
    let person = case::store::person_of(&mut tx, &file).await?;
    let lang = asked.lang().or(Lang::from_code(&person.language)).unwrap_or(Lang::Az);
    let told = told(&mut tx, &app, &appeal, file, outcome, lang).await?;
    drop(tx);
    told.print(&programme, person.full_name(), vec![person.address.clone()]).await
}

async fn told(
    tx: &mut Tx,
    app: &App,
    appeal: &Appeal,
    file: CaseFile,
    outcome: AppealOutcome,
    lang: Lang,
) -> Result<Told, Fault> {
    let by = appeal.decided_by.ok_or(Fault::NotFound)?;
    let names = crate::grievance::store::names(tx, &[by]).await?;
    let on = appeal.decided_on.ok_or(Fault::NotFound)?;
    let against = appeal.against().map(|kind| kind.message().text(lang)).unwrap_or_default();
    let reasons = appeal.reason.clone().map(|text| Reason { text, article: against });
    Ok(Told {
        code: DECISION,
        lang,
        office: appeal.office,
        number: file.receipt,
        on,
        signer: names.into_iter().next().map(|(_, name)| name).unwrap_or_default(),
        post: "role-manager",
        reasons: reasons.into_iter().collect(),
        specimen: app.demo(),
        places: vec![("decided_on", lang.date(on)), ("decision", outcome.message().text(lang))],
    })
}
