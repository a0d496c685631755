//! `GET` and `POST /cases/{case}/appeals/new`: an appeal is taken in for the person, against any decision of the case that
//! refuses them something. One that comes late needs a reason, and somebody to let it through.

use super::{
    case_link, link,
    rules::{self, Decision, Refusal},
    store::{self, Appeal},
};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{notice, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Facts, Happening, Loaded, heading as case_heading},
    programme::{self, InForce, keys as terms},
};
use serde_json::json;
use values::id::{AppealId, CaseId};

/// Characters of grounds that say something.
const LEAST_GROUNDS: usize = 15;

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, &Posted::empty(), &Errors::none()).await
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
            show(&app, &page, case, &form, &stop.errors()?).await
        }
    }
}

/// What the form says.
struct Input {
    decision: Decision,
    told_on: NaiveDate,
    appeal_until: NaiveDate,
    grounds: String,
    evidence: String,
    late_reason: Option<String>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let before = store::of_case(tx, loaded.state.person, case).await?;
    let input = read(form, page, &programme, &loaded)?;
    let is_open = before.iter().any(|appeal| appeal.outcome.is_none() && appeal.entry() == input.decision.entry);
    if is_open {
        return Err(Stop::refused(&Refusal::AlreadyOpen));
    }
    let id = AppealId::new();
    let facts =
        Facts::AppealLodged { appeal: id, against: input.decision.kind, entry: input.decision.entry, told_on: input.told_on };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    let row = row(tx, page, &programme, &loaded, id, input)?;
    store::insert(tx, std::slice::from_ref(&row)).await?;
    Ok(link(id))
}

fn row(tx: &Tx, page: &Page, programme: &InForce, loaded: &Loaded, id: AppealId, input: Input) -> Result<Appeal, Stop> {
    let (today, officer) = (page.today, page.officer()?.0);
    let in_time = input.late_reason.is_none();
    Ok(Appeal {
        person_id: loaded.file.person_id,
        appeal_id: id.0,
        case_id: loaded.file.case_id,
        office: loaded.file.office,
        against: input.decision.kind as i16,
        entry_id: input.decision.entry.0,
        told_on: input.told_on,
        appeal_until: input.appeal_until,
        lodged_on: today,
        lodged_at: tx.now(),
        lodged_by: officer,
        grounds: input.grounds,
        evidence: input.evidence,
        late_reason: input.late_reason,
        admitted_on: in_time.then_some(today),
        admitted_by: in_time.then_some(officer),
        admission_reason: None,
        due_on: programme.due(&terms::APPEAL_DECISION_TERM, today),
        decided_on: None,
        decided_at: None,
        decided_by: None,
        outcome: None,
        reason: None,
        correction: None,
        conflict: None,
        duty: None,
    })
}

fn read(form: &Posted, page: &Page, programme: &InForce, loaded: &Loaded) -> Result<Input, Errors> {
    let decisions = rules::decisions(&loaded.events);
    let mut read = form.reader();
    let chosen = read.required("decision");
    let decision = decisions.into_iter().find(|decision| decision.entry.to_string() == chosen);
    if decision.is_none() && !chosen.is_empty() {
        read.wrong("decision", Refusal::NoSuchDecision.message());
    }
    let told_on = read.date("told_on");
    let decided_on = decision.as_ref().map(|decision| decision.decided_on);
    if told_on.is_some_and(|day| day > page.today || decided_on.is_some_and(|decided| day < decided)) {
        read.wrong("told_on", Refusal::ToldWrong.message());
    }
    let grounds = read.reason("grounds", LEAST_GROUNDS);
    let evidence = read.text("evidence");
    let until = told_on.map(|told| programme.due(&terms::APPEAL_TERM, told));
    let late = until.filter(|until| *until < page.today);
    let late_reason = read.optional("late_reason").filter(|_| late.is_some());
    if let Some(until) = late.filter(|_| late_reason.is_none()) {
        read.wrong("late_reason", Refusal::Late(until).message());
    }
    let input = decision.zip(told_on).zip(until).map(|((decision, told_on), appeal_until)| Input {
        decision,
        told_on,
        appeal_until,
        grounds,
        evidence,
        late_reason,
    });
    read.finish(input)
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let decisions = rules::decisions(&loaded.events);
    let typed = match (form.fields().next(), decisions.first()) {
        (None, Some(latest)) => Posted::of([("decision", latest.entry.to_string()), ("told_on", latest.decided_on.to_string())]),
        _ => form.clone(),
    };
    let title = page.t("appeal-new");
    let view = json!({
        "case": loaded.file,
        "decisions": decisions.iter().map(|d| json!({ "entry": d.entry, "kind": d.kind.code(), "decided_on": d.decided_on })).collect::<Vec<_>>(),
    });
    let body = html! {
        (head)
        (heading(&page.t("appeal-title"), &title))
        @if decisions.is_empty() {
            p class="govuk-body" { (page.t("appeal-nothing")) }
            p class="govuk-body" { a class="govuk-link" href=(case_link(case)) { (page.t("appeal-of-case")) } }
        } @else {
            (draw::form(page, &format!("{}/new", case_link(case)), Some(loaded.file.version), &page.t("appeal-new-submit"),
                fields(page, &programme, &decisions, &typed, errors)))
        }
    };
    page.show_form(&title, &view, errors, body)
}

fn fields(page: &Page, programme: &InForce, decisions: &[Decision], typed: &Posted, errors: &Errors) -> Markup {
    let lang = page.lang;
    let choice = |decision: &Decision| {
        let until = programme.due(&terms::APPEAL_TERM, decision.decided_on);
        let key = if until < page.today { "appeal-choice-late" } else { "appeal-choice" };
        let words = lang.with(
            key,
            &[
                ("decision", decision.kind.message().text(lang).into()),
                ("day", lang.date(decision.decided_on).into()),
                ("until", lang.date(until).into()),
            ],
        );
        (decision.entry.to_string(), words)
    };
    html! {
        (draw::radios(page, typed, errors, "decision", "appeal-against", decisions.iter().map(choice).collect()))
        (draw::date(page, typed, errors, "told_on", "appeal-told-on").hint("appeal-told-on-hint"))
        (draw::area(page, typed, errors, "grounds", "appeal-grounds", 5).hint("appeal-grounds-hint"))
        (draw::area(page, typed, errors, "evidence", "appeal-evidence", 3).hint("appeal-evidence-hint"))
        (notice::inset(html! { p class="govuk-body" { (page.t("appeal-late-hint")) } }))
        (draw::area(page, typed, errors, "late_reason", "appeal-late-reason", 2))
    }
}
