//! `GET` and `POST /cases/{case}/corrections/{entry}`: an entry takes effect on another day, or never was. Both stay to be
//! read. What the case would be is shown beside what it is, before anything is recorded.

mod foresight;

pub use foresight::{differences, foresee, told};

use super::{CORRECT, death};
use crate::case::{
    CaseState, Event, Facts, Happening, Kind, Loaded, Replacement, Stage,
    action::{closed, read_reason, reason_field},
    heading, law, store as cases,
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::{form::hidden, shell},
    request::Page,
    route::{Route, Sample},
    scope::Tx,
};
use serde_json::json;
use values::id::{CaseId, EntryId, PersonId};

pub(super) fn routes() -> Vec<Route> {
    const SUSPENDED: &str = "
        select j.case_id as case, f.office, j.entry_id as entry
        from journal j
        join case_file f using (person_id, case_id)
        where j.kind = 82
        and f.suspended
        order by j.recorded_at desc
        limit 1";
    const VOID: &[(&str, &str)] =
        &[("what", "void"), ("reason", "Başqa şəxsin arayışı səhvən qeyd edilib"), ("_confirmed", "yes")];
    vec![
        Route::page("/cases/{case}/corrections/{entry}", CORRECT, get).sample(Sample::find(SUSPENDED)),
        Route::form("/cases/{case}/corrections/{entry}", CORRECT, post).sample(Sample::find(SUSPENDED).fields(VOID)),
    ]
}

/// The form of an entry.
pub(in crate::case) fn link(case: CaseId, entry: EntryId) -> String {
    format!("/cases/{case}/corrections/{entry}")
}

/// Entries that may be declared void here: nothing but the journal tells of them. What also has a paper, goods or money of
/// its own is put right where that is kept.
pub(in crate::case) const fn may_be_voided(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::BusinessPaused
            | Kind::BusinessResumed
            | Kind::BusinessEnded
            | Kind::FollowupRecorded
            | Kind::CaseClosed
            | Kind::Withdrawn
            | Kind::Suspended
            | Kind::Resumed
            | Kind::TransferRefused
            | Kind::DirectionChanged
            | Kind::Deceased
            | Kind::AssistanceTold
            | Kind::OrderOverridden
            | Kind::Corrected
    )
}

/// Entries of which another day can be given. The terms of a case go by the day of its application.
pub(in crate::case) const fn may_be_redated(kind: Kind) -> bool {
    !matches!(kind, Kind::ApplicationLodged | Kind::Corrected)
}

/// What is wrong with a correction, beyond what the machine refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Wrong {
    /// It is put right where its paper is kept.
    Elsewhere,
    /// The case would be open beside another open one of the person.
    TwoOpen,
    SameDay,
}

impl Explain for Wrong {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::Elsewhere => "case-correction-refusal-elsewhere",
            Self::TwoOpen => "case-correction-refusal-two-open",
            Self::SameDay => "case-correction-refusal-same-day",
        })
    }
}

async fn get(State(app): State<App>, page: Page, Path((case, entry)): Path<(CaseId, EntryId)>) -> Answer {
    show(&app, &page, case, entry, &Posted::empty(), Errors::none(), None).await
}

async fn post(State(app): State<App>, page: Page, Path((case, entry)): Path<(CaseId, EntryId)>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, entry, &form).await {
        Ok(None) => form.done(tx, &page, heading::link(case)).await,
        Ok(Some(foreseen)) => {
            drop(tx);
            show(&app, &page, case, entry, &form, Errors::none(), Some(foreseen)).await
        }
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, entry, &form, stop.errors()?, None).await
        }
    }
}

/// Records the correction, or gives the state that it would lead to when that was not yet seen and confirmed.
async fn act(
    tx: &mut Tx,
    app: &App,
    page: &Page,
    case: CaseId,
    entry: EntryId,
    form: &Posted,
) -> Result<Option<Box<CaseState>>, Stop> {
    let law = law(app)?;
    let mut loaded = cases::load_for(tx, &law, case, form).await?;
    let target = find(&loaded, entry).ok_or(Fault::NotFound)?;
    let (new_day, reason) = read(form, target)?;
    let replacement = new_day.map(|effective_on| Box::new(Replacement { effective_on, facts: target.facts.clone() }));
    let happening = Happening::on(page.today, Facts::Corrected { entry, replacement }).because(reason);
    let died = target.kind() == Kind::Deceased;
    let after = foresee(tx, &law, &loaded, &happening).map_err(|refusal| Stop::refused(&refusal))?;
    if is_open(&after) && !is_open(&loaded.state) && has_other_open(tx, &loaded).await? {
        return Err(Stop::refused(&Wrong::TwoOpen));
    }
    if form.value("_confirmed").is_empty() {
        return Ok(Some(Box::new(after)));
    }
    cases::append(tx, &law, &mut loaded, vec![happening]).await?;
    if died {
        death::store::mark(tx, loaded.file.person(), loaded.state.milestones.deceased_on).await?;
    }
    Ok(None)
}

/// The entry as it stands, an earlier correction in its place; or a correction itself.
fn find(loaded: &Loaded, entry: EntryId) -> Option<&Event> {
    loaded.events.iter().find(|event| event.entry == entry)
}

/// The new day, or none where the entry is void, and why.
fn read(form: &Posted, target: &Event) -> Result<(Option<NaiveDate>, String), Stop> {
    let mut read = form.reader();
    let void = read.choice("what", &["void", "redate"]) == "void";
    let day = if void { None } else { read.date("day") };
    if day == Some(target.effective_on) {
        read.wrong("day", Wrong::SameDay.message());
    }
    let reason = read_reason(&mut read);
    let read = read.finish(Some((day, reason)))?;
    let kind = target.kind();
    match if void { may_be_voided(kind) } else { may_be_redated(kind) } {
        true => Ok(read),
        false => Err(Stop::refused(&Wrong::Elsewhere)),
    }
}

/// Whether a case counts as the person's open one, as the database does.
fn is_open(state: &CaseState) -> bool {
    let at_rest = [Stage::Closed, Stage::Ineligible, Stage::DroppedOut, Stage::Failed, Stage::PlanStopped, Stage::Refused];
    !at_rest.contains(&state.stage)
}

const OTHER_OPEN: &str = "
    select exists (
        select from case_file
        where person_id = $1
        and case_id <> $2
        and closed_on is null
        and stage not in (4, 10, 11, 13, 18))";

async fn has_other_open(tx: &mut Tx, loaded: &Loaded) -> Result<bool> {
    let PersonId(person) = loaded.file.person();
    tx.widen().await?;
    let (found,): (bool,) = sqlx::query_as(OTHER_OPEN)
        .bind(person)
        .bind(loaded.file.case_id)
        .fetch_one(tx.conn())
        .await
        .context("looking for another open case")?;
    tx.narrow().await?;
    Ok(found)
}

async fn show(
    app: &App,
    page: &Page,
    case: CaseId,
    entry: EntryId,
    form: &Posted,
    errors: Errors,
    foreseen: Option<Box<CaseState>>,
) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &*law(app)?, case).await?;
    let target = find(&loaded, entry).ok_or(Fault::NotFound)?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let kind = target.kind();
    let title = page.t("case-correction-title");
    let told = told(&mut tx, page, &loaded, target).await?;
    let body = html! {
        (head)
        (shell::heading("", &title))
        (told)
        @if !may_be_voided(kind) && !may_be_redated(kind) { (closed(page, &Wrong::Elsewhere, case)) }
        @else if let Some(after) = &foreseen { (confirm(page, &loaded, after, form, case, entry)) }
        @else {
            p class="govuk-body" { (page.t("case-correction-hint")) }
            (draw::form(page, &link(case, entry), Some(loaded.file.version), &page.t("case-correction-look"), fields(page, kind, form, &errors)))
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "entry": entry, "facts": target.facts }), &errors, body)
}

fn fields(page: &Page, kind: Kind, form: &Posted, errors: &Errors) -> Markup {
    let possible = [("redate", may_be_redated(kind)), ("void", may_be_voided(kind))];
    let choices = possible.into_iter().filter(|(_, may)| *may);
    let choices = choices.map(|(what, _)| (what.to_owned(), page.t(&format!("case-correction-{what}")))).collect();
    html! {
        (draw::radios(page, form, errors, "what", "case-correction-what", choices))
        @if may_be_redated(kind) {
            (draw::date(page, form, errors, "day", "case-correction-day").hint("case-correction-day-hint"))
        }
        (reason_field(page, form, errors))
    }
}

/// What the case is beside what it would be, and the button that records it.
fn confirm(page: &Page, loaded: &Loaded, after: &CaseState, form: &Posted, case: CaseId, entry: EntryId) -> Markup {
    let typed = form.fields().filter(|(name, _)| *name == "what" || *name == "reason" || name.starts_with("day"));
    html! {
        (differences(page, &loaded.state, after))
        (draw::form(page, &link(case, entry), Some(loaded.file.version), &page.t("case-correction-submit"), html! {
            @for (name, value) in typed { (hidden(name, value)) }
            (hidden("_confirmed", "yes"))
        }))
        p class="govuk-body" { a class="govuk-link" href=(link(case, entry)) { (page.t("case-correction-again")) } }
    }
}
