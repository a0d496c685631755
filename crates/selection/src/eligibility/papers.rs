//! `GET` and `POST /cases/{case}/papers`: missing papers are named and the decision's clock pauses;
//! `POST /cases/{case}/papers/receipt` takes them in and the clock goes on.

use super::{
    rules::Refusal,
    store::{self, OpenPapers, PaperRow},
    verify,
};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::notice,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, Stage, heading},
    programme::{self, Programme, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

/// The form.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/papers")
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

/// The officer asks for papers.
pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match ask(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

/// The papers have come.
pub(super) async fn post_receipt(State(app): State<App>, page: Page, Path(id): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match take_in(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn ask(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut loaded = case::store::load_for(tx, &law, id, form).await?;
    let mut read = form.reader();
    let chosen = read.many("papers");
    let note = read.text("note");
    let chosen = read.finish(Some(chosen))?;
    let known: Vec<&str> =
        programme.papers().iter().map(|paper| &*paper.code).filter(|code| chosen.iter().any(|one| one == code)).collect();
    let missing = u8::try_from(known.len()).unwrap_or(u8::MAX);
    if missing == 0 {
        return Err(Stop::refused(&Refusal::NoPaperChosen));
    }
    let happening = Happening::on(page.today, Facts::DocumentsRequested { missing });
    case::store::append(tx, &law, &mut loaded, vec![happening]).await?;
    let row = PaperRow {
        person: loaded.file.person(),
        case: id,
        office: OfficeId(loaded.file.office),
        request: Uuid::now_v7(),
        papers: known.join(","),
        note,
        requested_on: page.today,
        due_on: programme.due(&keys::DOCUMENTS_TERM, page.today),
        requested_by: tx.who().officer,
        supplied_on: None,
        supplied_by: None,
    };
    store::insert_papers(tx, &[row]).await?;
    Ok(verify::link(id))
}

async fn take_in(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, id, form).await?;
    let mut read = form.reader();
    read.must_tick("all_here");
    read.finish(Some(()))?;
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, Facts::DocumentsSupplied)]).await?;
    store::supply(tx, loaded.file.person(), id, page.today).await?;
    Ok(verify::link(id))
}

async fn show(app: &App, page: &Page, id: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let open = store::open_papers(&mut tx, loaded.file.person(), id).await?;
    let title = page.t("eligibility-papers-title");
    let body = html! {
        (heading)
        h1 class="govuk-heading-l" { (title) }
        @match (&open, loaded.state.stage) {
            (Some(papers), _) => (draw_receipt(page, &programme, id, loaded.file.version, papers, form, &errors)),
            (None, Stage::Applied) => (draw_request(page, &programme, id, loaded.file.version, form, &errors)),
            _ => p class="govuk-body" { (page.t("eligibility-papers-none")) }
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "papers": open }), &errors, body)
}

fn draw_request(page: &Page, programme: &Programme, id: CaseId, version: i32, form: &Posted, errors: &Errors) -> Markup {
    let options = programme.papers().iter().map(|paper| (paper.code.to_string(), paper.name.text(page.lang).to_owned()));
    let due = page.lang.date(programme.due(&keys::DOCUMENTS_TERM, page.today));
    html! {
        p class="govuk-body" { (page.lang.with("eligibility-papers-hint", &[("date", due.into())])) }
        (draw::form(page, &link(id), Some(version), &page.t("eligibility-papers-submit"), html! {
            (draw::boxes(page, form, errors, "papers", "eligibility-papers-which", options.collect()).compact())
            (draw::area(page, form, errors, "note", "eligibility-papers-note", 2))
        }))
    }
}

fn draw_receipt(
    page: &Page,
    programme: &Programme,
    id: CaseId,
    version: i32,
    papers: &OpenPapers,
    form: &Posted,
    errors: &Errors,
) -> Markup {
    let all_here = vec![("yes".to_owned(), page.t("eligibility-papers-all-here"))];
    html! {
        (draw_list(page, programme, papers))
        (draw::form(page, &format!("{}/receipt", link(id)), Some(version), &page.t("eligibility-papers-receipt"),
            draw_box(page, form, errors, all_here)))
    }
}

fn draw_box(page: &Page, form: &Posted, errors: &Errors, options: Vec<(String, String)>) -> Markup {
    html! { (draw::boxes(page, form, errors, "all_here", "eligibility-papers-check", options)) }
}

fn draw_list(page: &Page, programme: &Programme, papers: &OpenPapers) -> Markup {
    let name = |code: &str| {
        let paper = programme.papers().iter().find(|paper| *paper.code == *code);
        paper.map_or_else(|| code.to_owned(), |paper| paper.name.text(page.lang).to_owned())
    };
    let args = [("asked", page.lang.date(papers.requested_on).into()), ("due", page.lang.date(papers.due_on).into())];
    html! {
        p class="govuk-body" { (page.lang.with("eligibility-papers-open", &args)) }
        ul class="govuk-list govuk-list--bullet" { @for code in papers.codes() { li { (name(code)) } } }
        @if !papers.note.is_empty() { p class="govuk-body" { (papers.note) } }
    }
}

/// Papers still missing, on the page of the decision.
pub(super) fn draw_open(page: &Page, programme: &Programme, id: CaseId, papers: &OpenPapers) -> Markup {
    notice::inset(html! {
        (draw_list(page, programme, papers))
        @if page.may(&super::DECIDE) {
            p class="govuk-body" { a class="govuk-link" href=(link(id)) { (page.t("eligibility-papers-receipt")) } }
        }
    })
}
