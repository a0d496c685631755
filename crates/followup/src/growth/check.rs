//! `GET` and `POST /awards/{award}/check`: an officer who did not lodge the application sees its papers; the conditions are
//! judged again on the day's facts, and the application goes to the scorers or is refused with its reasons.

use super::{
    CHECKED, gather, link, refusal,
    rules::{self, Facts, Refusal},
    show::{findings, heading_of, summary},
    state::State as Stage,
    store::{self, Award},
};
use crate::monitoring::store as visits;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{notice, panel},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, action::LEAST_REASON},
    programme,
};
use serde_json::json;
use values::id::AwardId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

/// Why the acting officer may not check it.
fn refused(page: &Page, award: &Award) -> Option<Refusal> {
    match page.officer() {
        _ if award.state() != Stage::Applied => Some(Refusal::NotNow),
        Ok(officer) if officer.0 == award.lodged_by => Some(Refusal::SecondPerson),
        _ => None,
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if let Some(refusal) = refused(page, &award) {
        return Err(Stop::refused(&refusal));
    }
    let mut read = form.reader();
    let papers_seen = read.reason("papers_seen", LEAST_REASON);
    let proof = read.choice("proof", &["shown", "not_shown"]);
    let (papers_seen, shown) = read.finish(Some((papers_seen, proof == "shown")))?;
    let mut facts = today(tx, app, page, &award).await?;
    if !shown {
        // A contribution without proof counts as none.
        facts.own_share = 0;
    }
    let eligible = rules::failed(&rules::judge(&facts)).is_empty();
    let checked = Award {
        state: if eligible { Stage::Eligible } else { Stage::Refused } as i16,
        facts: serde_json::to_string(&facts)?,
        checked_at: Some(tx.now()),
        checked_by: Some(page.officer()?.0),
        papers_seen: Some(papers_seen.clone()),
        decided_on: (!eligible).then_some(page.today),
        ..award
    };
    store::change(tx, &checked, Stage::Applied).await?;
    let note = json!({ "case": checked.case_id, "award": id, "eligible": eligible, "facts": facts });
    tx.note(CHECKED, checked.person(), &note, Some(&papers_seen))?;
    if !eligible {
        let law = case::law(app)?;
        let mut loaded = case::store::lock(tx, &law, checked.case()).await?;
        refusal::tell(tx, &law, &mut loaded, id, None).await?;
    }
    Ok(link(id))
}

/// The facts of an application on the page's day.
pub(super) async fn today(tx: &mut Tx, app: &App, page: &Page, award: &Award) -> Result<Facts, Stop> {
    let programme = programme::current(app)?;
    let loaded = case::store::load(tx, &*case::law(app)?, award.case()).await?;
    let visits = visits::of_case(tx, award.person(), award.case()).await?;
    let all = store::of_case(tx, award.person(), award.case()).await?;
    let facts = gather::facts(&programme, &loaded.state, &visits, &all, Some(award.id()), page.today);
    Ok(facts.asking(award.asked, award.own_share))
}

async fn show(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-check").await?;
    let lines = store::lines(&mut tx, &award).await?;
    let facts = match today(&mut tx, app, page, &award).await {
        Ok(facts) => facts,
        Err(Stop::Fault(fault)) => return Err(fault),
        Err(Stop::Errors(_)) => award.facts()?,
    };
    let found = rules::judge(&facts);
    let failed = !rules::failed(&found).is_empty();
    let title = page.t("growth-check");
    let answers =
        ["shown", "not_shown"].map(|answer| (answer.to_owned(), page.t(&format!("growth-proof-{}", answer.replace('_', "-")))));
    let view = json!({ "award": award, "lines": lines, "facts": facts, "conditions": found });
    let body = html! {
        (head)
        @match refused(page, &award) {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => {
                (summary(page, app, &award, &lines)?)
                (panel::panel(&page.t("growth-conditions"), findings(page, &found)))
                @if failed { (notice::warning(&page.lang, &page.t("growth-check-unmet"))) }
                (draw::form(page, &format!("{}/check", link(id)), None, &page.t("growth-check-submit"), html! {
                    (draw::radios(page, form, &errors, "proof", "growth-check-proof", answers.to_vec()).hint("growth-check-proof-hint"))
                    (draw::area(page, form, &errors, "papers_seen", "growth-papers-seen", 3).hint("growth-papers-seen-hint"))
                }))
            }
        }
    };
    page.show_form(&title, &view, &errors, body)
}
