//! `GET` and `POST /cases/{case}/award`: an officer or an adviser writes down the application of a person in business. The
//! conditions stand above the form. Where they are not met the person may still ask for a decision in writing: then the
//! application is refused with its reasons, and may be appealed.

use super::{
    LODGED, gather, link, refusal,
    request::{self, Request},
    round::store::{self as rounds, Round},
    rules::{self, Facts, Finding, Refusal},
    show::findings,
    state::State as Stage,
    store::{self, Award, Line},
};
use crate::monitoring::store as visits;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::{notice, panel, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Loaded, heading as case_heading},
    programme::{self, InForce},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{AwardId, CaseId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, None, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, Some(&form), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let open = rounds::open(tx, page.today).await?;
    if open.is_empty() {
        return Err(Stop::refused(&Refusal::NoRound));
    }
    let before = store::of_case(tx, loaded.state.person, case).await?;
    let advisers = store::advisers(tx, loaded.file.office).await?;
    let facts = facts(tx, page, &programme, &loaded, &before).await?;
    let insists = form.value("insists") == "yes";
    let request = request::read(form, &programme, page, &open, &advisers, !insists)?;
    let facts = facts.asking(request.asked(), request.own_share);
    let findings = rules::judge(&facts);
    let failed = rules::failed(&findings);
    if !failed.is_empty() && !insists {
        return Err(unmet(&failed).into());
    }
    let refused = !failed.is_empty();
    let award = award(tx, page, &loaded, &request, &facts, before.len(), refused)?;
    if store::insert(tx, std::slice::from_ref(&award)).await? == 0 {
        return Err(Stop::refused(&Refusal::TwiceInRound));
    }
    let lines: Vec<Line> = request.lines.iter().zip(1i16..).map(|(line, nth)| line.of(&award, nth)).collect();
    store::insert_lines(tx, &lines).await?;
    let note = json!({ "case": case, "award": award.award_id, "round": award.round_id, "asked": award.asked,
        "own_share": award.own_share, "refused": refused, "facts": facts });
    tx.note(LODGED, loaded.state.person, &note, None)?;
    if refused {
        refusal::tell(tx, &law, &mut loaded, award.id(), None).await?;
    }
    Ok(link(award.id()))
}

/// Each condition that is not met, beside the field that could mend it.
fn unmet(failed: &[&Finding]) -> Errors {
    let mut errors = Errors::none();
    for finding in failed {
        match finding.condition {
            rules::Condition::Amount => errors.add("price-1", finding.message.clone()),
            rules::Condition::OwnShare => errors.add("own_share", finding.message.clone()),
            _ => errors.add_whole(finding.message.clone()),
        }
    }
    errors
}

async fn facts(tx: &mut Tx, page: &Page, programme: &InForce, loaded: &Loaded, before: &[Award]) -> Result<Facts, Stop> {
    let visits = visits::of_case(tx, loaded.state.person, loaded.file.case()).await?;
    Ok(gather::facts(programme, &loaded.state, &visits, before, None, page.today))
}

fn award(
    tx: &Tx,
    page: &Page,
    loaded: &Loaded,
    request: &Request,
    facts: &Facts,
    before: usize,
    refused: bool,
) -> Result<Award, Stop> {
    let state = if refused { Stage::Refused } else { Stage::Applied };
    Ok(Award {
        person_id: loaded.file.person_id,
        award_id: AwardId::new().0,
        case_id: loaded.file.case_id,
        office: loaded.file.office,
        round_id: request.round,
        number: number(&loaded.file.receipt, before + 1),
        state: state as i16,
        direction: loaded.file.direction.clone(),
        lodged_at: tx.now(),
        lodged_by: page.officer()?.0,
        plan: request.plan.clone(),
        market: request.market.clone(),
        sales_now: request.sales_now,
        sales_after: request.sales_after,
        jobs: request.jobs,
        jobs_by: request.jobs_by,
        own_share: request.own_share,
        own_proof: request.own_proof.clone(),
        own_paper: request.own_paper.clone(),
        other_grants: request.other_grants.clone(),
        asked: request.asked(),
        adviser_id: request.adviser,
        facts: serde_json::to_string(facts)?,
        checked_at: None,
        checked_by: None,
        papers_seen: None,
        mean_tenths: None,
        scored_on: None,
        decided_on: refused.then_some(page.today),
        granted: 0,
        reason: None,
        delivered_on: None,
        withdrawn_on: None,
    })
}

/// The number of a case's application.
pub fn number(receipt: &str, nth: usize) -> String {
    format!("HM-{receipt}-{nth}")
}

async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let open = rounds::open(&mut tx, page.today).await?;
    let before = store::of_case(&mut tx, loaded.state.person, case).await?;
    let advisers = store::advisers(&mut tx, loaded.file.office).await?;
    let facts = facts(&mut tx, page, &programme, &loaded, &before).await.map_err(fault)?;
    let found = rules::of_business(&facts);
    let failed = found.iter().any(|finding| !finding.met);
    let fresh = first_time(&facts, &open);
    let typed = form.unwrap_or(&fresh);
    let taken = open.iter().all(|round| before.iter().any(|award| award.round_id == round.round_id));
    let title = page.t("growth-apply");
    let view = json!({ "case": loaded.file, "rounds": open, "facts": facts, "conditions": found });
    let body = html! {
        (head)
        (heading(&page.t("growth-panel"), &title))
        @if open.is_empty() { p class="govuk-body" { (Refusal::NoRound.message().text(page.lang)) } }
        @else if taken { p class="govuk-body" { (Refusal::TwiceInRound.message().text(page.lang)) } }
        @else {
            (panel::panel(&page.t("growth-conditions"), findings(page, &found)))
            @if failed { (notice::warning(&page.lang, &page.t("growth-apply-unmet"))) }
            (draw::form(page, &format!("/cases/{case}/award"), Some(loaded.file.version), &page.t("growth-apply-submit"), html! {
                (request::fields(page, &programme, &open, &advisers, &facts.limits, typed, &errors))
                @if failed || typed.value("insists") == "yes" {
                    (draw::boxes(page, typed, &errors, "insists", "growth-apply-insists",
                        vec![("yes".to_owned(), page.t("growth-apply-insists-yes"))]).hint("growth-apply-insists-hint"))
                }
            }))
        }
    };
    page.show_form(&title, &view, &errors, body)
}

fn fault(stop: Stop) -> Fault {
    match stop {
        Stop::Fault(fault) => fault,
        Stop::Errors(_) => Fault::Broken(anyhow::anyhow!("facts were refused")),
    }
}

/// The form as it is first shown: the sales that visits found last, and the only round there is.
fn first_time(facts: &Facts, open: &[Round]) -> Posted {
    let mut fields = vec![("jobs".to_owned(), "0".to_owned())];
    if let [only] = open {
        fields.push(("round".to_owned(), only.round_id.to_string()));
    }
    if let Some(sales) = facts.sales.last() {
        fields.push(("sales_now".to_owned(), values::Money::from_qepik(*sales).to_string()));
    }
    Posted::of(fields)
}

/// Words for a field that names nobody of the office's advisers.
pub(super) fn unknown_adviser() -> Message {
    Message::new("form-error-choice")
}

/// Whether one of the advisers is meant.
pub(super) fn adviser_of(text: &str, advisers: &[(Uuid, String)]) -> Option<Uuid> {
    advisers.iter().map(|(id, _)| *id).find(|id| id.to_string() == text)
}
