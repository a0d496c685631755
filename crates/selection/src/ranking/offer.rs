//! `GET` and `POST /cases/{case}/offer`: what the person answered to the place that was offered. A refusal, or no answer in
//! time, closes the case and calls up the next of the reserve in the same transaction.

use super::{
    Refusal, reserve, seats,
    store::{self, Answer as Answered, AnswerRow},
};
use crate::eligibility;
use ::rules::Verdict;
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{SummaryRow, notice, summary_list},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Basis, CaseState, Duty, Facts, Happening, Law, LeaveReason, Loaded, Stage, heading},
    programme::{self, Programme, Step},
};
use serde_json::json;
use values::id::{CaseId, OfficeId};

/// The form.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/offer")
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

struct Typed {
    answer: Answered,
    reason: Option<LeaveReason>,
    note: String,
}

fn read(form: &Posted) -> Result<Typed, Errors> {
    let mut read = form.reader();
    let codes = Answered::ALL.map(Answered::code);
    let answer = Answered::from_code(&read.choice("answer", &codes));
    let reason = read.optional("reason").and_then(|code| LeaveReason::ALL.iter().copied().find(|reason| reason.code() == code));
    if answer == Some(Answered::Declined) && reason.is_none() {
        read.wrong("reason", Message::new("form-error-required"));
    }
    let note = read.text("note");
    read.finish(answer.map(|answer| Typed { answer, reason: reason.filter(|_| answer == Answered::Declined), note }))
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut loaded = case::store::load_for(tx, &law, id, form).await?;
    let typed = read(form)?;
    if loaded.state.stage != Stage::Selected {
        return Err(Stop::refused(&Refusal::NoOffer));
    }
    let run = loaded.state.run.context("a selected case without its run")?;
    let facts = match (typed.answer, typed.reason) {
        (Answered::Accepted, _) => {
            may_be_admitted(tx, &programme, page, &loaded).await?;
            Facts::OfferAccepted
        }
        (Answered::Declined, Some(reason)) => Facts::OfferDeclined { reason },
        (Answered::Declined, None) => return Err(Stop::refused(&Refusal::NoOffer)),
        (Answered::Lapsed, _) => {
            let due = due(&law, &loaded);
            if page.today <= due {
                return Err(Stop::refused(&Refusal::StillOpen { due }));
            }
            Facts::OfferLapsed
        }
    };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    let called_case = match typed.answer {
        Answered::Accepted => None,
        Answered::Declined | Answered::Lapsed => reserve::call_next(tx, &law, &programme, run, page.today).await?,
    };
    let row = AnswerRow {
        person: loaded.file.person(),
        case: id,
        office: OfficeId(loaded.file.office),
        answered_on: page.today,
        answer: typed.answer,
        reason: typed.reason,
        note: typed.note,
        called_case,
        officer: Some(tx.who().officer),
    };
    store::insert_answers(tx, &[row]).await?;
    Ok(heading::link(id))
}

/// The offer lapses when its time is over, and the next of the reserve is called up. Says whether it did.
pub(super) async fn lapse(tx: &mut Tx, law: &Law, programme: &Programme, id: CaseId, on: NaiveDate) -> Result<bool, Stop> {
    let mut loaded = case::store::lock(tx, law, id).await?;
    let may = loaded.state.stage == Stage::Selected && loaded.state.suspension.is_none() && on > due(law, &loaded);
    let Some(run) = loaded.state.run.filter(|_| may) else { return Ok(false) };
    case::store::append(tx, law, &mut loaded, vec![Happening::on(on, Facts::OfferLapsed)]).await?;
    let called_case = reserve::call_next(tx, law, programme, run, on).await?;
    let row = AnswerRow {
        person: loaded.file.person(),
        case: id,
        office: OfficeId(loaded.file.office),
        answered_on: on,
        answer: Answered::Lapsed,
        reason: None,
        note: String::new(),
        called_case,
        officer: None,
    };
    store::insert_answers(tx, &[row]).await?;
    Ok(true)
}

/// The last day for an answer.
fn due(law: &Law, loaded: &Loaded) -> NaiveDate {
    let steps = case::next_steps(&loaded.state, law.terms_on(loaded.file.opened_on), &law.days);
    let answer = steps.iter().find(|step| step.duty == Duty::RecordAnswer);
    answer.and_then(|step| step.due).unwrap_or(loaded.state.clock_since)
}

/// The rules of admission on the day of the answer: no insurance payment now, and the landholder cap, which counts the
/// others who were admitted this year or hold an offer.
async fn may_be_admitted(tx: &mut Tx, programme: &Programme, page: &Page, loaded: &Loaded) -> Result<(), Stop> {
    let office = OfficeId(loaded.file.office_of_selection);
    let cap = seats::lock_cap(tx, programme, page.today, &[office]).await?;
    let own = u32::from(loaded.state.basis == Basis::Landholder);
    let mut facts = eligibility::facts_of(tx, programme, loaded, page.today).await?;
    facts.set("landholders_admitted", i64::from(cap.landholders.saturating_sub(own)));
    facts.set("unemployed_admitted", i64::from(cap.unemployed));
    let assessment = programme.assess(Step::Admission, &facts, page.today);
    match assessment.findings.iter().find(|finding| finding.verdict == Verdict::Fail) {
        None => Ok(()),
        Some(finding) => {
            let rule = programme.rule(&finding.code, page.today);
            let words = rule.map(|rule| rule.failed.text(page.lang).to_owned()).unwrap_or_default();
            Err(Stop::refused(&Refusal::RuleFails { article: finding.article.clone(), words }))
        }
    }
}

async fn show(app: &App, page: &Page, id: CaseId, form: &Posted, errors: Errors) -> Answer {
    let law = case::law(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let title = page.t("ranking-offer-title");
    let body = html! {
        (heading)
        h1 class="govuk-heading-l" { (title) }
        @if loaded.state.stage == Stage::Selected {
            (draw_offer(page, &law, &loaded))
            (draw::form(page, &link(id), Some(loaded.file.version), &page.t("ranking-offer-submit"), draw_fields(page, form, &errors)))
        } @else {
            (notice::inset(html! { (page.t("ranking-offer-none")) }))
        }
    };
    page.show_form(
        &title,
        &json!({ "case": loaded.file, "due": offered(&loaded.state).then(|| due(&law, &loaded)) }),
        &errors,
        body,
    )
}

fn offered(state: &CaseState) -> bool {
    state.stage == Stage::Selected
}

fn draw_offer(page: &Page, law: &Law, loaded: &Loaded) -> Markup {
    let due = due(law, loaded);
    let mut rows = vec![
        SummaryRow::text(page.t("ranking-offer-since"), &page.lang.date(loaded.state.stage_since)),
        SummaryRow::text(page.t("ranking-offer-due"), &page.lang.date(due)),
    ];
    if let Some(position) = loaded.state.position {
        rows.push(SummaryRow::text(page.t("ranking-position"), &page.lang.number(position.into())));
    }
    html! {
        (summary_list(&rows))
        p class="govuk-body" { (page.t("ranking-offer-free")) }
    }
}

fn draw_fields(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    let answer = |answer: Answered| (answer.code().to_owned(), page.t(&format!("ranking-answer-{}", answer.code())));
    let reasons = case::action::options(page, LeaveReason::ALL, |reason| (reason.code(), reason.message()));
    html! {
        (draw::radios(page, form, errors, "answer", "ranking-answer", Answered::ALL.map(answer).to_vec()))
        (draw::select(page, form, errors, "reason", "ranking-answer-reason", reasons).hint("ranking-answer-reason-hint"))
        (draw::area(page, form, errors, "note", "ranking-answer-note", 2))
    }
}
