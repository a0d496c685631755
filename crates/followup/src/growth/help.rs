//! `GET` and `POST /awards/{award}/help`: an adviser writes down what was done for a plan. `POST /awards/{award}/withdrawal`:
//! the person takes the application back.

use super::{
    HELPED, WITHDRAWN, link,
    rules::Refusal,
    show::{heading_of, summary},
    state::State as Stage,
    store::{self, Award, Help},
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    clock, draw,
    form::Posted,
    message::{Errors, Message},
    page::Width,
    request::Page,
    scope::Tx,
};
use registry::case::action::LEAST_REASON;
use serde_json::json;
use uuid::Uuid;
use values::id::AwardId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    let today = page.today.to_string();
    show(&app, &page, award, &Posted::of([("helped_on", today)]), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if award.state().is_over() {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let mut read = form.reader();
    let helped_on: Option<NaiveDate> = read.date("helped_on");
    if helped_on.is_some_and(|day| day > page.today) {
        read.wrong("helped_on", Message::new("growth-error-future"));
    }
    let minutes = read.integer("minutes", 5..=600).and_then(|minutes| i16::try_from(minutes).ok());
    let done = read.reason("done", LEAST_REASON);
    let (helped_on, minutes) = read.finish(helped_on.zip(minutes))?;
    let help = Help {
        person_id: award.person_id,
        help_id: Uuid::now_v7(),
        award_id: award.award_id,
        case_id: award.case_id,
        office: award.office,
        adviser_id: page.officer()?.0,
        helped_on,
        minutes,
        done,
    };
    store::insert_help(tx, std::slice::from_ref(&help)).await?;
    let facts = json!({ "case": award.case_id, "award": id, "helped_on": helped_on, "minutes": minutes });
    tx.note(HELPED, award.person(), &facts, Some(&help.done))?;
    Ok(link(id))
}

async fn show(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-help").await?;
    let lines = store::lines(&mut tx, &award).await?;
    let title = page.t("growth-help");
    let body = html! {
        (head)
        (summary(page, app, &award, &lines)?)
        (draw::form(page, &format!("{}/help", link(id)), None, &page.t("growth-help-submit"), html! {
            (draw::date(page, form, &errors, "helped_on", "growth-helped-on"))
            (draw::number(page, form, &errors, "minutes", "growth-minutes").width(Width::Chars4))
            (draw::area(page, form, &errors, "done", "growth-help-done", 3).hint("growth-help-done-hint"))
        }))
    };
    page.show_form(&title, &json!({ "award": award, "lines": lines }), &errors, body)
}

pub(super) async fn get_withdrawal(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show_withdrawal(&app, &page, award, &Posted::empty(), Errors::none()).await
}

pub(super) async fn withdraw(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match take_back(&mut tx, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_withdrawal(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

/// Until a commission has decided the person may take the application back.
pub(super) fn may_withdraw(award: &Award) -> bool {
    matches!(award.state(), Stage::Applied | Stage::Eligible | Stage::Scored)
}

async fn take_back(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if !may_withdraw(&award) {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let mut read = form.reader();
    let why = read.reason("why", LEAST_REASON);
    let why = read.finish(Some(why))?;
    let before = award.state();
    let withdrawn = Award { state: Stage::Withdrawn as i16, withdrawn_on: Some(page.today), reason: Some(why.clone()), ..award };
    store::change(tx, &withdrawn, before).await?;
    tx.note(WITHDRAWN, withdrawn.person(), &json!({ "case": withdrawn.case_id, "award": id }), Some(&why))?;
    Ok(link(id))
}

async fn show_withdrawal(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-withdraw").await?;
    let title = page.t("growth-withdraw");
    let day = page.lang.date(clock::local(award.lodged_at).date());
    let body = html! {
        (head)
        p class="govuk-body" { (page.lang.with("growth-withdraw-hint", &[("number", award.number.as_str().into()), ("day", day.into())])) }
        (draw::form(page, &format!("{}/withdrawal", link(id)), None, &page.t("growth-withdraw-submit"), html! {
            (draw::area(page, form, &errors, "why", "growth-withdraw-why", 2))
        }))
    };
    page.show_form(&title, &json!({ "award": award }), &errors, body)
}
