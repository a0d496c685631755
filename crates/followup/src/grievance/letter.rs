//! `GET /grievances/{grievance}/answer.pdf`: the solution as it is told, in the complainer's language.

use super::{
    link as page_link, opening, proposal,
    proposal::Proposal,
    store::{self, Grievance},
};
use crate::letter::{self, Told};
use anyhow::{Context, Result};
use axum::extract::{Path, Query, State};
use platform::{
    answer::{Answer, Fault},
    app::App,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::{people, programme};
use values::id::GrievanceId;

/// The programme's letter.
const ANSWER: &str = "GRIEVANCE_ANSWER";

/// The file, in a language.
pub(super) fn link(grievance: GrievanceId, language: &str) -> String {
    format!("{}/answer.pdf?language={language}", page_link(grievance))
}

pub(super) async fn get(
    State(app): State<App>,
    page: Page,
    Path(id): Path<GrievanceId>,
    Query(asked): Query<letter::Asked>,
) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let grievance = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    // What is covered is printed only by whoever has opened it.
    if grievance.confidential && !opening::is_open(&mut tx, &grievance).await? {
        return Err(Fault::Forbidden);
    }
    let proposals = proposal::of(&mut tx, grievance.person_id, grievance.grievance_id).await?;
    let latest = proposals.last().ok_or(Fault::NotFound)?;
    let lang = asked.lang().or(Lang::from_code(&grievance.language)).unwrap_or(Lang::Az);
    let (name, address) = addressee(&mut tx, &app, &grievance, lang).await?;
    let told = told(&mut tx, &app, &grievance, latest, lang).await?;
    drop(tx);
    told.print(&programme, name, address).await
}

/// To whom the letter goes.
async fn addressee(tx: &mut Tx, app: &App, grievance: &Grievance, lang: Lang) -> Result<(String, Vec<String>), Fault> {
    if let Some(person) = grievance.person() {
        // Whoever answers writes to the person wherever they are kept.
        let person = tx.wide(async |tx| people::store::find(tx, person).await).await?.ok_or(Fault::NotFound)?;
        return Ok((person.full_name(), vec![person.address.clone()]));
    }
    let contact = grievance.contact(app.keys())?;
    let name = if contact.name.is_empty() { lang.t("grievance-letter-nobody") } else { contact.name };
    Ok((name, vec![contact.reached_at]))
}

async fn told(tx: &mut Tx, app: &App, grievance: &Grievance, latest: &Proposal, lang: Lang) -> Result<Told> {
    let programme = programme::current(app)?;
    let committee = programme.grievances().committee(u32::try_from(latest.level).unwrap_or(1));
    let committee = committee.map(|committee| committee.name.text(lang).to_owned()).unwrap_or_default();
    let names = store::names(tx, &[latest.proposed_by]).await?;
    let signer = names.first().map(|(_, name)| name.clone()).context("a proposal by nobody")?;
    let post = match (grievance.confidential, latest.level) {
        (true, _) => "role-grievance",
        (false, 1) => "role-office-head",
        _ => "role-manager",
    };
    Ok(Told {
        code: ANSWER,
        lang,
        office: grievance.office,
        number: grievance.number.clone(),
        on: latest.proposed_on,
        signer,
        post,
        reasons: Vec::new(),
        specimen: app.demo(),
        places: vec![
            ("grievance_number", grievance.number.clone()),
            ("committee", lang.sentence(&committee)),
            ("decided_on", lang.date(latest.proposed_on)),
            ("answer", latest.solution(app.keys())?.text),
        ],
    })
}
