//! `GET` and `POST /cases/{case}/fact-checks`: facts that may have changed are looked up again, each with its place and day.

use super::{
    store::{self, CheckRow},
    types::{AGEING, Origin},
    verify::{self, Question},
    words,
};
use crate::eligibility::{
    known::{JOBSEEKER, UNEMPLOYED},
    rules::Refusal,
};
use ::rules::Value;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    journal::EntryKind,
    message::{Errors, Message},
    page::form::{group, side_by_side},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, heading},
    programme::{self, Programme},
};
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

const CHECKED: EntryKind = EntryKind::new(401, "facts.checked");

/// The form.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/fact-checks")
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    let today = Posted::of([("observed_on", page.today.to_string())]);
    show(&app, &page, id, &today, Errors::none()).await
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

async fn act(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let loaded = case::store::lock(tx, &*case::law(app)?, id).await?;
    let mut read = form.reader();
    let observed_on = read.date("observed_on");
    if observed_on.is_some_and(|day| day > page.today) {
        read.wrong("observed_on", Message::new("eligibility-error-future"));
    }
    let checked: Vec<(&str, Value, Origin)> = AGEING.iter().filter_map(|fact| read_fact(&mut read, fact)).collect();
    let note = read.text("note");
    let observed_on: NaiveDate = read.finish(observed_on)?;
    if checked.is_empty() {
        return Err(Stop::refused(&Refusal::NothingChecked));
    }
    let names: Vec<&str> = checked.iter().map(|(fact, ..)| *fact).collect();
    tx.note(CHECKED, loaded.file.person(), &json!({ "case": id, "facts": names, "observed_on": observed_on }), None)?;
    let row = |(fact, value, origin): (&str, Value, Origin)| -> anyhow::Result<CheckRow> {
        Ok(CheckRow {
            person: loaded.file.person(),
            case: id,
            office: OfficeId(loaded.file.office),
            check: Uuid::now_v7(),
            fact: fact.to_owned(),
            value: serde_json::to_string(&value)?,
            observed_on,
            origin: origin as i16,
            note: note.clone(),
            officer: tx.who().officer,
            recorded_at: tx.now(),
        })
    };
    let rows = checked.into_iter().map(row).collect::<anyhow::Result<Vec<_>>>()?;
    store::insert_checks(tx, &rows).await?;
    Ok(verify::link(id))
}

/// A fact that was looked up; nothing when its answer is left open.
fn read_fact(read: &mut Reader<'_>, fact: &'static str) -> Option<(&'static str, Value, Origin)> {
    let (answer, origin) = (read.text(&format!("fact-{fact}")), read.text(&format!("origin-{fact}")));
    if answer.is_empty() {
        return None;
    }
    let value = answers(fact).iter().find(|(code, _)| *code == answer).map(|(_, value)| value.clone());
    if value.is_none() {
        read.wrong(&format!("fact-{fact}"), Message::new("form-error-choice"));
    }
    let origin = Origin::from_code(&origin).filter(|origin| Origin::CHECKED.contains(origin));
    if origin.is_none() {
        read.wrong(&format!("origin-{fact}"), Message::new("form-error-choice"));
    }
    Some((fact, value?, origin?))
}

/// The answers that a fact may have.
fn answers(fact: &str) -> Vec<(&'static str, Value)> {
    match fact {
        "status" => {
            vec![("unemployed", Value::code(UNEMPLOYED)), ("jobseeker", Value::code(JOBSEEKER)), ("none", Value::codes([]))]
        }
        _ => vec![("yes", Value::Bool(true)), ("no", Value::Bool(false))],
    }
}

/// Where a fact is usually looked up.
fn usual_origin(fact: &str) -> Origin {
    match fact {
        "has_work" => Origin::ContractRegister,
        "has_farm_land" => Origin::PropertyRegister,
        "draws_insurance" => Origin::InsuranceRegister,
        "draws_pension" => Origin::PensionRegister,
        "may_work_here" => Origin::Document,
        "earlier_state_support" => Origin::SupportRegister,
        _ => Origin::EmploymentRegister,
    }
}

async fn show(app: &App, page: &Page, id: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let question = Question::ask(&mut tx, &programme, loaded, page.today).await?;
    let title = page.t("eligibility-check-title");
    let fields = html! {
        (draw::date(page, form, &errors, "observed_on", "eligibility-check-day"))
        @for fact in AGEING { (draw_fact(page, &programme, &question, fact, form, &errors)) }
        (draw::area(page, form, &errors, "note", "eligibility-check-note", 2))
    };
    let body = html! {
        (heading)
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t("eligibility-check-hint")) }
        (draw::form(page, &link(id), None, &page.t("eligibility-check-submit"), fields))
    };
    let facts: Vec<_> = AGEING.iter().filter_map(|name| question.evidence.fact(name)).collect();
    page.show_form(&title, &json!({ "case": question.loaded.file, "facts": facts }), &errors, body)
}

fn draw_fact(
    page: &Page,
    programme: &Programme,
    question: &Question,
    name: &'static str,
    form: &Posted,
    errors: &Errors,
) -> Markup {
    let lang = page.lang;
    let known = question.evidence.fact(name).and_then(|fact| fact.value.as_ref().map(|value| (fact, value)));
    let now = known.map_or_else(
        || page.t("eligibility-fact-unknown"),
        |(fact, value)| {
            let value = words::value_words(programme, lang, name, value);
            lang.with("eligibility-check-known", &[("value", value.into()), ("date", lang.date(fact.on).into())])
        },
    );
    let offered =
        answers(name).into_iter().map(|(code, value)| (code.to_owned(), words::value_words(programme, lang, name, &value)));
    let origins = Origin::CHECKED.map(|origin| (origin.code().to_owned(), words::origin_words(lang, origin)));
    let (fact_field, origin_field) = (format!("fact-{name}"), format!("origin-{name}"));
    let with_origin = match form.value(&origin_field) {
        "" => Posted::of(form.fields().chain([(origin_field.as_str(), usual_origin(name).code())])),
        _ => form.clone(),
    };
    group(
        &words::fact_name(programme, lang, name),
        html! {
            p class="govuk-hint" { (now) }
            (side_by_side(html! {
                (draw::select(page, form, errors, &fact_field, "eligibility-check-now", offered.collect()))
                (draw::select(page, &with_origin, errors, &origin_field, "eligibility-check-where", origins.to_vec()))
            }))
        },
    )
}
