//! `GET` and `POST /cases/{case}/visit`: what the monitor found. The earliest planned visit is the one that is made; with
//! none planned the visit is made at once. What it found makes happen to the case what it must.

use super::{
    RECORDED, link,
    rules::{self, Found, Refusal, Seen, Thing, VisitKind},
    store::{self, Visit},
    upcoming,
};
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    clock, draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::{form::group, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, EndReason, Happening, Loaded, PauseReason, heading as case_heading},
    programme::{
        self, Answer as Said, Field, Form, InForce, Section,
        sheet::{self, Sheet, name_in_row},
    },
};
use serde_json::json;
use values::id::{CaseId, VisitId};

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

/// What the form says.
struct Input {
    visited_on: NaiveDate,
    found: Found,
    kind: VisitKind,
    since: Option<NaiveDate>,
    pause_reason: Option<PauseReason>,
    end_reason: Option<EndReason>,
    next_visit: Option<NaiveDate>,
    sheet: Sheet,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    rules::may_visit(&rules::Standing::of(&loaded.state)).map_err(|refusal| Stop::refused(&refusal))?;
    let things = upcoming::things(tx, page, &programme, &loaded).await?;
    let input = read(form, &programme, page, &loaded, &things)?;
    case::store::claim(tx, &loaded.file, Duty::Monitor).await?;
    let before = store::of_case(tx, loaded.state.person, case).await?;
    let planned = before.iter().find(|visit| visit.made_at.is_none());
    let made = made(tx, page, &loaded, planned, &input, &programme)?;
    let seen = Seen {
        visit: made.id(),
        found: input.found,
        on: input.visited_on,
        since: input.since,
        sales: made.sales.unwrap_or(0),
        pause_reason: input.pause_reason,
        end_reason: input.end_reason,
        failed_tries: 1 + upcoming::failed_in_a_row(&before),
    };
    let happenings = rules::happenings(&rules::Standing::of(&loaded.state), &seen, &programme).map_err(wrong)?;
    let happenings: Vec<Happening> = happenings.into_iter().map(|(day, facts)| Happening::on(day, facts)).collect();
    case::store::append(tx, &law, &mut loaded, happenings).await?;
    match planned {
        Some(_) => store::record(tx, &made).await?,
        None => store::insert(tx, std::slice::from_ref(&made)).await?,
    }
    let facts = json!({ "case": case, "visit": made.id(), "kind": input.kind, "found": input.found, "answers": input.sheet });
    tx.note(RECORDED, loaded.state.person, &facts, None)?;
    upcoming::plan_next(tx, &programme, &loaded, &before, &made, input.next_visit).await?;
    Ok(link(made.id()))
}

/// A refusal beside the field that mends it.
fn wrong(refusal: Refusal) -> Stop {
    let field = match refusal {
        Refusal::NoSale => "sales",
        Refusal::PauseReasonMissing => "pause_reason",
        Refusal::EndReasonMissing => "end_reason",
        _ => return Stop::refused(&refusal),
    };
    let mut errors = Errors::none();
    errors.add(field, refusal.message());
    errors.into()
}

fn read(form: &Posted, programme: &InForce, page: &Page, loaded: &Loaded, things: &[Thing]) -> Result<Input, Errors> {
    let questions = &programme.monitoring().form;
    let sheet = answered(questions, form);
    let mut read = form.reader();
    for error in sheet.problems(questions).list {
        read.wrong(error.field.as_deref().unwrap_or_default(), error.message);
    }
    let date = |code: &str| match questions.field(code).and_then(|field| sheet.answer(field, code)) {
        Some(Said::Date(day)) => Some(day),
        _ => None,
    };
    let visited_on = read.date("visited_on");
    let received_on = loaded.state.milestones.received_on.unwrap_or(page.today);
    if visited_on.is_some_and(|day| day > page.today || day < received_on) {
        read.wrong("visited_on", Refusal::Future.message());
    }
    let since = date("status_since");
    if since.is_some_and(|day| visited_on.is_some_and(|visited| day > visited)) {
        read.wrong("status_since", Refusal::Future.message());
    }
    let next_visit = date("next_visit");
    if next_visit.is_some_and(|day| visited_on.is_some_and(|visited| day <= visited)) {
        read.wrong("next_visit", Refusal::Past.message());
    }
    let pause_reason = coded(read.optional("pause_reason"), PauseReason::from_code);
    let end_reason = coded(read.optional("end_reason"), EndReason::from_code);
    for (field, known) in [("pause_reason", pause_reason.is_some()), ("end_reason", end_reason.is_some())] {
        if !known && !form.value(field).is_empty() {
            read.wrong(field, Message::new("form-error-choice"));
        }
    }
    let found = Found::from_code(sheet.value("status"));
    let kind = VisitKind::from_code(sheet.value("kind"));
    let met = questions.field("people_met").and_then(|field| sheet.answer(field, "people_met"));
    if found == Some(Found::Unreachable) && matches!(met, Some(Said::Choices(met)) if met.iter().any(|who| who != "nobody")) {
        read.wrong("people_met", Refusal::MetAndUnreachable.message());
    }
    let made = visited_on.zip(found).zip(kind);
    for (field, refusal) in equipment(questions, &sheet, form, made, things) {
        read.wrong(&field, refusal.message());
    }
    let input = made.map(|((visited_on, found), kind)| Input {
        visited_on,
        found,
        kind,
        since,
        pause_reason,
        end_reason,
        next_visit,
        sheet,
    });
    read.finish(input)
}

/// What does not agree with the ledger of the case's equipment, each beside its field.
fn equipment(
    questions: &Form,
    sheet: &Sheet,
    form: &Posted,
    made: Option<((NaiveDate, Found), VisitKind)>,
    things: &[Thing],
) -> Vec<(String, Refusal)> {
    let Some((section, tag)) = tag_field(questions) else { return Vec::new() };
    let named = |row: usize| name_in_row(section, row, tag);
    let rows: Vec<usize> = (0..sheet.rows(section)).filter(|row| !sheet.value(&named(*row)).is_empty()).collect();
    let names: Vec<String> = rows.iter().map(|row| named(*row)).collect();
    let tags: Vec<&str> = names.iter().map(|name| sheet.value(name)).collect();
    let (strange, unnamed) = rules::against_ledger(&tags, things);
    let strange = strange.into_iter().map(|at| (names[at].clone(), Refusal::NotOfCase { tag: tags[at].to_owned() }));
    let left_out = made.map_or_else(Vec::new, |((on, found), kind)| rules::left_out(kind, found, on, &unnamed));
    let free = first_free(section, form);
    let left_out =
        left_out.into_iter().zip(free..).map(|(thing, row)| (named(row), Refusal::LeftOut { tag: thing.tag().to_owned() }));
    strange.chain(left_out).collect()
}

/// The repeating section that asks after equipment, and its field for the tag.
fn tag_field(questions: &Form) -> Option<(&Section, &Field)> {
    let section = questions.section("assets")?;
    section.fields.iter().find(|field| field.code == *"tag").map(|tag| (section, tag))
}

/// The row after the last one in which something was typed.
fn first_free(section: &Section, form: &Posted) -> usize {
    let most = section.rows.map_or(0, |(_, most)| most as usize);
    let typed = |row: &usize| section.fields.iter().any(|field| !form.value(&name_in_row(section, *row, field)).is_empty());
    (0..most).rfind(typed).map_or(0, |row| row + 1)
}

/// What was answered; where nobody was reached, no equipment was asked after.
fn answered(questions: &Form, form: &Posted) -> Sheet {
    let sheet = Sheet::of(questions, form);
    if Found::from_code(sheet.value("status")) != Some(Found::Unreachable) {
        return sheet;
    }
    let asked = |name: &str| questions.section("assets").is_none_or(|section| !name.starts_with(&format!("{}-", section.code)));
    Sheet::of(questions, &Posted::of(form.fields().filter(|(name, _)| asked(name))))
}

fn coded<T>(text: Option<String>, of: impl Fn(&str) -> Option<T>) -> Option<T> {
    text.and_then(|code| of(&code))
}

/// The row of the visit as made.
fn made(
    tx: &Tx,
    page: &Page,
    loaded: &Loaded,
    planned: Option<&Visit>,
    input: &Input,
    programme: &InForce,
) -> Result<Visit, Stop> {
    let questions = &programme.monitoring().form;
    let said = |code: &str| questions.field(code).and_then(|field| input.sheet.answer(field, code));
    let money = |code: &str| match said(code) {
        Some(Said::Money(money)) => Some(money.qepik()),
        _ => None,
    };
    let number = |code: &str| match said(code) {
        Some(Said::Number(number)) => i16::try_from(number).ok(),
        _ => None,
    };
    Ok(Visit {
        person_id: loaded.file.person_id,
        visit_id: planned.map_or_else(|| VisitId::new().0, |visit| visit.visit_id),
        case_id: loaded.file.case_id,
        office: loaded.file.office,
        monitor_id: page.officer()?.0,
        kind: input.kind as i16,
        is_final: planned.is_some_and(|visit| visit.is_final),
        due_on: planned.map_or(input.visited_on, |visit| visit.due_on),
        planned_at: planned.map_or_else(|| tx.now(), |visit| visit.planned_at),
        made_at: Some(moment(tx, page, input.visited_on)),
        status: Some(input.found as i16),
        sales: money("sales"),
        costs: money("costs"),
        household_income: money("household_income"),
        workers_women: number("women_workers"),
        workers_men: number("men_workers"),
        satisfaction: number("satisfaction"),
        answers: Some(serde_json::to_string(&input.sheet).map_err(anyhow::Error::from)?),
    })
}

/// Today's visit is dated now; one entered later, at noon of its day.
fn moment(tx: &Tx, page: &Page, visited_on: NaiveDate) -> DateTime<Utc> {
    match visited_on.and_hms_opt(12, 0, 0) {
        Some(noon) if visited_on < page.today => clock::from_local(noon),
        _ => tx.now(),
    }
}

async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let questions = &programme.monitoring().form;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let visits = store::of_case(&mut tx, loaded.state.person, case).await?;
    let planned = visits.iter().find(|visit| visit.made_at.is_none());
    let refused = rules::may_visit(&rules::Standing::of(&loaded.state)).err();
    let things = upcoming::things(&mut tx, page, &programme, &loaded).await?;
    let typed = match form {
        Some(form) => with_things(questions, form.clone(), &things),
        None => first_time(page, &programme, &things, planned),
    };
    let reasons = |list: &str| -> Vec<(String, String)> {
        programme.reasons(list).map(|r| (r.code.to_string(), page.lang.sentence(r.name.text(page.lang)))).collect()
    };
    let view = json!({ "case": loaded.file, "planned": planned, "form": questions });
    let body = html! {
        (head)
        (heading(&page.t("monitoring-panel"), &page.t("monitoring-record")))
        @if let Some(refusal) = &refused { p class="govuk-body" { (refusal.message().text(page.lang)) } }
        @else {
            (draw::form(page, &super::record_link(case), Some(loaded.file.version), &page.t("monitoring-record-submit"), html! {
                (draw::date(page, &typed, &errors, "visited_on", "monitoring-visited-on"))
                (sheet::fields(page, questions, &typed, &errors, &[]))
                (why(page, &typed, &errors, &reasons))
            }))
        }
    };
    page.show_form(&page.t("monitoring-record"), &view, &errors, body)
}

/// The coded reasons, asked for only when the business stands still.
fn why(page: &Page, typed: &Posted, errors: &Errors, reasons: &dyn Fn(&str) -> Vec<(String, String)>) -> Markup {
    group(
        &page.t("monitoring-why"),
        html! {
            p class="govuk-hint" { (page.t("monitoring-why-hint")) }
            (draw::select(page, typed, errors, "pause_reason", "monitoring-pause-reason", reasons("pause")))
            (draw::select(page, typed, errors, "end_reason", "monitoring-end-reason", reasons("end")))
        },
    )
}

/// The form as it is first shown: today, the way planned, a row for each thing that the person holds.
fn first_time(page: &Page, programme: &InForce, things: &[Thing], planned: Option<&Visit>) -> Posted {
    let kind = planned.map_or(VisitKind::Field, Visit::kind);
    let fields =
        [("visited_on", page.today.to_string()), ("kind", kind.code().to_owned()), ("people_met", "beneficiary".to_owned())];
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    with_things(&programme.monitoring().form, Posted::of(fields), things)
}

/// A form with a row for each thing held that no row of it names: nothing that the person holds is lost from sight.
fn with_things(questions: &Form, typed: Posted, things: &[Thing]) -> Posted {
    let Some((section, tag)) = tag_field(questions) else { return typed };
    let most = section.rows.map_or(0, |(_, most)| most as usize);
    let names: Vec<String> = (0..most).map(|row| name_in_row(section, row, tag)).collect();
    let tags: Vec<&str> = names.iter().map(|name| typed.value(name).trim()).filter(|value| !value.is_empty()).collect();
    let (_, unnamed) = rules::against_ledger(&tags, things);
    let free = first_free(section, &typed);
    let mut more = Vec::new();
    for (thing, row) in unnamed.into_iter().filter(|thing| thing.held_since.is_some()).zip(free..most) {
        more.push((name_in_row(section, row, tag), thing.tag().to_owned()));
        let note = section.fields.iter().find(|field| field.code == *"note" && thing.name != thing.tag());
        more.extend(note.map(|note| (name_in_row(section, row, note), thing.name.clone())));
    }
    let fields: Vec<(String, String)> = typed.fields().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    Posted::of(fields.into_iter().chain(more))
}
