//! `GET` and `POST /cases/{case}/visits/plan`: a visit for a day to come, by one of the office's monitors.

use super::{
    record_link,
    rules::{self, Refusal, VisitKind},
    store, upcoming,
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Explain, Message},
    page::shell::heading,
    request::Page,
    role::Role,
    scope::Tx,
};
use registry::{
    case::{self, heading as case_heading},
    programme,
};
use serde_json::json;
use uuid::Uuid;
use values::id::CaseId;

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

struct Input {
    kind: VisitKind,
    due_on: NaiveDate,
    monitor: Uuid,
    is_final: bool,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    rules::may_visit(&rules::Standing::of(&loaded.state)).map_err(|refusal| Stop::refused(&refusal))?;
    let monitors = store::monitors(tx, loaded.file.office).await?;
    let input = read(form.reader(), page, &monitors)?;
    upcoming::plan(tx, &loaded, input.monitor, input.kind, input.due_on, input.is_final).await?;
    Ok(case_heading::link(case))
}

fn read(mut read: Reader<'_>, page: &Page, monitors: &[(Uuid, String)]) -> Result<Input, Errors> {
    let kinds: Vec<&str> = VisitKind::ALL.iter().map(|kind| kind.code()).collect();
    let kind = VisitKind::from_code(&read.choice("kind", &kinds));
    let due_on = read.date("due_on");
    if due_on.is_some_and(|day| day < page.today) {
        read.wrong("due_on", Refusal::Past.message());
    }
    let monitor = read.require::<Uuid>("monitor", "form-error-choice");
    if monitor.is_some_and(|chosen| monitors.iter().all(|(id, _)| *id != chosen)) {
        read.wrong("monitor", Message::new("form-error-choice"));
    }
    let is_final = read.ticked("is_final");
    let input = kind.zip(due_on).zip(monitor).map(|((kind, due_on), monitor)| Input { kind, due_on, monitor, is_final });
    read.finish(input)
}

async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let monitors = store::monitors(&mut tx, loaded.file.office).await?;
    let visits = store::of_case(&mut tx, loaded.state.person, case).await?;
    let known = upcoming::known(&mut tx, &loaded.state).await?;
    let risk = upcoming::risk(&programme, &loaded.state, &visits, known, page.today)?;
    let advised = rules::next_visit(&programme, risk, page.today);
    let level = risk.level(&programme).map(|level| level.name.text(page.lang).to_owned()).unwrap_or_default();
    let refused = rules::may_visit(&rules::Standing::of(&loaded.state)).err();
    let own = page.who().ok().filter(|who| who.role == Role::Monitor).map(|who| who.officer.0);
    let monitor = own.or_else(|| monitors.first().map(|(id, _)| *id)).map(|id| id.to_string()).unwrap_or_default();
    let first = Posted::of([("kind", "field"), ("due_on", &advised.to_string()), ("monitor", &monitor)]);
    let typed = form.cloned().unwrap_or(first);
    let kinds = VisitKind::ALL.iter().map(|kind| (kind.code().to_owned(), super::kind_words(page, *kind))).collect();
    let names = monitors.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let is_final = vec![("yes".to_owned(), page.t("monitoring-final-yes"))];
    let words = page.lang.with("monitoring-risk-hint", &[("level", level.into()), ("day", page.lang.date(advised).into())]);
    let view = json!({ "case": loaded.file, "visits": visits, "advised": advised, "monitors": monitors });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-panel"), &page.t("monitoring-plan")))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refusal.message().text(page.lang)) } }
        @else {
            p class="govuk-body" { (words) }
            @if visits.iter().any(|visit| visit.made_at.is_none()) {
                p class="govuk-body" {
                    (page.t("monitoring-planned-already")) " "
                    a class="govuk-link" href=(record_link(case)) { (page.t("monitoring-record")) }
                }
            }
            (draw::form(page, &super::plan_link(case), Some(loaded.file.version), &page.t("monitoring-plan-submit"), html! {
                (draw::date(page, &typed, &errors, "due_on", "monitoring-due"))
                (draw::radios(page, &typed, &errors, "kind", "monitoring-kind", kinds).compact())
                (draw::select(page, &typed, &errors, "monitor", "monitoring-monitor", names))
                (draw::boxes(page, &typed, &errors, "is_final", "monitoring-final", is_final).hint("monitoring-final-hint"))
            }))
        }
    };
    page.show_form(&page.t("monitoring-plan"), &view, &errors, body)
}
