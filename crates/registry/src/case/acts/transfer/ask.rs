//! `GET` and `POST /cases/{case}/transfer`: the office that has a case asks another to take it over.

use super::{
    may_leave,
    store::{self, Request},
};
use crate::{
    case::{
        Facts, Happening, Kind,
        action::{closed, read_reason, reason_field},
        guard, heading, law, store as cases,
    },
    programme::{self, InForce, OfficeKind},
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{SummaryRow, notice, shell, summary_list},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), Errors::none()).await
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
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (law(app)?, programme::current(app)?);
    let mut loaded = cases::load_for(tx, &law, case, form).await?;
    may_leave(&loaded.state).map_err(|refusal| Stop::refused(&refusal))?;
    let offered = others(page, &programme, OfficeId(loaded.file.office));
    let codes: Vec<&str> = offered.iter().map(|(code, _)| code.as_str()).collect();
    let mut read = form.reader();
    let to = read.choice("to", &codes).parse().ok().map(OfficeId);
    let reason = read_reason(&mut read);
    let to = read.finish(to)?;
    let happening = Happening::on(page.today, Facts::TransferRequested { to }).because(&reason);
    cases::append(tx, &law, &mut loaded, vec![happening]).await?;
    let request = Request {
        person_id: loaded.file.person_id,
        request_id: Uuid::now_v7(),
        case_id: case.0,
        receipt: loaded.file.receipt.clone(),
        from_office: loaded.file.office,
        to_office: to.0,
        reason,
        requested_on: page.today,
        requested_by: page.officer()?.0,
        due_on: law.terms_on(loaded.file.opened_on).transfer.ends(page.today, &law.days),
        answered_on: None,
        answered_by: None,
        accepted: None,
        answer: None,
    };
    store::insert(tx, &[request]).await?;
    Ok(heading::link(case))
}

/// The territorial offices that work today, without the case's own: number and name.
fn others(page: &Page, programme: &InForce, own: OfficeId) -> Vec<(String, String)> {
    let offices = programme.offices_on(page.today).filter(|office| office.id != own && office.kind != OfficeKind::Centre);
    let mut named: Vec<_> = offices.map(|office| (office.id.0.to_string(), office.name.text(page.lang).to_owned())).collect();
    named.sort_by(|(_, one), (_, other)| values::text::compare(one, other));
    named
}

/// The name of an office.
pub(super) fn office_name(page: &Page, programme: &InForce, office: i32) -> String {
    let known = programme.office(OfficeId(office));
    known.map_or_else(|| office.to_string(), |office| office.name.text(page.lang).to_owned())
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &law, case).await?;
    let due = law.terms_on(loaded.file.opened_on).transfer.ends(page.today, &law.days);
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let latest = store::latest(&mut tx, case).await?;
    let title = page.t("case-transfer-title");
    let body = html! {
        (head)
        (shell::heading("", &title))
        @if let Some(request) = &latest { (told(page, &programme, request)) }
        @if loaded.state.transfer.is_none() {
            @if let Err(refusal) = guard::fits(&loaded.state, Kind::TransferRequested) { (closed(page, &refusal, case)) }
            @else if let Err(refusal) = may_leave(&loaded.state) { (closed(page, &refusal, case)) }
            @else {
                p class="govuk-body" { (page.lang.with("case-transfer-hint", &[("date", page.lang.date(due).into())])) }
                (draw::form(page, &super::ask_link(case), Some(loaded.file.version), &page.t("case-transfer-submit"), html! {
                    (draw::select(page, form, &errors, "to", "case-transfer-to", others(page, &programme, OfficeId(loaded.file.office))))
                    (reason_field(page, form, &errors))
                }))
            }
        } @else {
            p class="govuk-body" { (crate::case::Refusal::TransferPending.message().text(page.lang)) }
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "request": latest }), &errors, body)
}

/// The last request and what became of it.
fn told(page: &Page, programme: &InForce, request: &Request) -> Markup {
    let lang = page.lang;
    let mut rows = vec![
        SummaryRow::text(page.t("case-transfer-to"), &office_name(page, programme, request.to_office)),
        SummaryRow::text(page.t("case-transfer-requested-on"), &lang.date(request.requested_on)),
        SummaryRow::text(page.t("case-reason"), &request.reason),
    ];
    match (request.answered_on, request.accepted) {
        (Some(day), Some(accepted)) => {
            let answer = page.t(if accepted { "case-transfer-accepted" } else { "case-transfer-refused" });
            rows.push(SummaryRow::text(page.t("case-transfer-answer"), &format!("{answer}, {}", lang.date(day))));
            rows.extend(
                request
                    .answer
                    .as_ref()
                    .filter(|words| !words.is_empty())
                    .map(|words| SummaryRow::text(page.t("case-transfer-words"), words)),
            );
        }
        _ => rows.push(SummaryRow::text(page.t("case-transfer-due"), &lang.date(request.due_on))),
    }
    html! { (notice::details(&page.t("case-transfer-last"), summary_list(&rows))) }
}
