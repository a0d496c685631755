//! `GET` and `POST /cases/{case}/plan`: the plan is written, saved as often as one likes, whatever is still missing.

use super::{
    COMMENT, SUBMIT, WRITE, link, rules,
    show::{draw_comments, draw_reckoned},
    store::{self, Plan},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{button, buttons, panel, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Loaded, heading as case_heading},
    programme::{
        self, Direction, Form, InForce,
        sheet::{self, Sheet},
    },
};
use serde_json::json;
use values::id::{CaseId, PlanId};

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, Typed::nothing(), Errors::none()).await
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
            show(&app, &page, case, Typed::plan(&form), stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let loaded = case::store::load_for(tx, &*case::law(app)?, case, form).await?;
    rules::open(loaded.state.stage).map_err(|refusal| Stop::refused(&refusal))?;
    // Only another language was asked for: nothing is saved, the form comes back as typed.
    form.reader().finish(Some(()))?;
    let sheet = Sheet::of(programme.plan_form(), form);
    let draft = draft_of(tx, &loaded).await?;
    let reckoned = rules::reckon(&programme, &sheet, page.today);
    let row = Plan {
        person_id: loaded.file.person_id,
        plan_id: draft.as_ref().map_or_else(|| PlanId::new().0, |draft| draft.plan_id),
        case_id: case.0,
        version: i16::from(loaded.state.plan_version) + 1,
        office: loaded.file.office,
        direction: loaded.state.direction.to_string(),
        answers: serde_json::to_string(&sheet)?,
        items_total: reckoned.items_total,
        own_contribution: reckoned.own_contribution,
        total: reckoned.total(),
        begun_at: draft.map_or_else(|| tx.now(), |draft| draft.begun_at),
        submitted_at: None,
        submitted_by: None,
    };
    store::insert(tx, &[row]).await?;
    Ok(link(case))
}

/// The version that is being written, if it was begun.
pub(super) async fn draft_of(tx: &mut Tx, loaded: &Loaded) -> Result<Option<Plan>> {
    let plans = store::of_case(tx, loaded.state.person, loaded.file.case()).await?;
    Ok(plans.into_iter().find(|plan| plan.submitted_at.is_none()))
}

/// The direction that the case follows now.
pub(super) fn direction<'p>(programme: &'p InForce, loaded: &Loaded) -> Result<&'p Direction> {
    let code = loaded.state.direction.as_str();
    programme.direction(code).with_context(|| format!("the programme has no direction {code}"))
}

/// What was typed just now: into the plan, or into the trainer's comment beside it.
pub(super) struct Typed<'f> {
    plan: Option<&'f Posted>,
    comment: Option<&'f Posted>,
}

impl<'f> Typed<'f> {
    pub fn nothing() -> Self {
        Self { plan: None, comment: None }
    }

    pub fn plan(form: &'f Posted) -> Self {
        Self { plan: Some(form), comment: None }
    }

    pub fn beside(form: &'f Posted) -> Self {
        Self { plan: None, comment: Some(form) }
    }
}

/// The page of the plan: with what was typed just now, else as saved, else as the version before.
pub(super) async fn show(app: &App, page: &Page, case: CaseId, form: Typed<'_>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let plans = store::of_case(&mut tx, loaded.state.person, case).await?;
    let comments = store::comments(&mut tx, loaded.state.person, case).await?;
    let refused = rules::open(loaded.state.stage).err();
    if refused.is_some() && plans.is_empty() {
        return Err(Fault::NotFound);
    }
    let saved = plans.last().map(Plan::sheet).transpose()?.unwrap_or_default();
    let typed = form.plan.cloned().unwrap_or_else(|| numbered(programme.plan_form(), &saved).posted());
    let comment = form.comment.cloned().unwrap_or_default();
    let is_draft = plans.last().is_some_and(|plan| plan.submitted_at.is_none());
    let reckoned = rules::reckon(&programme, &saved, page.today);
    let direction = direction(&programme, &loaded)?;
    let view = json!({ "case": loaded.file, "versions": plans, "comments": comments, "reckoned": reckoned,
        "ceiling": direction.ceiling, "direction": direction.code });
    let title = page.t("business-plan-title");
    let unread = if is_draft && form.plan.is_none() { saved.unreadable(programme.plan_form()) } else { Errors::none() };
    let shown = if errors.is_empty() { &unread } else { &errors };
    let fields = (refused.is_none() && page.may(&WRITE)).then(|| draw_form(page, &programme, direction, &loaded, &typed, shown));
    let body = html! {
        @if !unread.is_empty() && errors.is_empty() { (draw::errors(page, &unread)) }
        (head)
        (heading(&title, direction.name.text(page.lang)))
        (super::show::versions(page, &plans))
        @if is_draft { (panel::panel(&page.t("business-plan-figures"), draw_reckoned(page, &reckoned, direction.ceiling))) }
        @if !comments.is_empty() { (panel::panel(&page.t("business-plan-comments"), draw_comments(page, &comments))) }
        @if let Some(fields) = fields { (fields) }
        @if is_draft && refused.is_none() { (acts(page, &loaded, &comment, &errors)) }
    };
    page.show_form(&title, &view, &errors, body)
}

/// The sheet with its months counted out: they are the same in every plan, so nobody need type them.
fn numbered(form: &Form, saved: &Sheet) -> Sheet {
    let mut sheet = saved.clone();
    for month in 0..form.section("cash_flow").and_then(|section| section.rows).map_or(0, |(_, most)| most) {
        let name = format!("cash_flow-{month}-month");
        if sheet.value(&name).is_empty() {
            sheet.set(name, (month + 1).to_string());
        }
    }
    sheet
}

fn draw_form(
    page: &Page,
    programme: &InForce,
    direction: &Direction,
    loaded: &Loaded,
    typed: &Posted,
    errors: &Errors,
) -> Markup {
    let items: Vec<(String, String)> = rules::offered(programme, direction, page.today)
        .iter()
        .map(|item| {
            let words = format!("{} – {}", page.lang.sentence(item.name.text(page.lang)), page.lang.money(item.reference_price));
            (item.code.to_string(), words)
        })
        .collect();
    let ceiling = page.lang.with("business-plan-ceiling", &[("ceiling", page.lang.money(direction.ceiling).into())]);
    let action = link(loaded.file.case());
    draw::form(
        page,
        &action,
        Some(loaded.file.version),
        &page.t("business-plan-save"),
        html! {
            p class="govuk-body" { (ceiling) " " (page.t("business-plan-save-hint")) }
            (sheet::fields(page, programme.plan_form(), typed, errors, &items))
        },
    )
}

/// What is done with a saved draft: it is handed in, or the trainer says something of it.
fn acts(page: &Page, loaded: &Loaded, comment: &Posted, errors: &Errors) -> Markup {
    let action = link(loaded.file.case());
    html! {
        @if page.may(&SUBMIT) {
            (panel::panel(&page.t("business-plan-submit-title"), html! {
                p class="govuk-body" { (page.t("business-plan-submit-hint")) }
                form method="post" action=(format!("{action}/submission")) {
                    (draw::hidden(page, Some(loaded.file.version)))
                    (buttons(html! { (button(page.t("business-plan-submit"))) }))
                }
            }))
        }
        @if page.may(&COMMENT) {
            (panel::panel(&page.t("business-plan-comment-title"), html! {
                form method="post" action=(format!("{action}/comments")) {
                    (draw::hidden(page, Some(loaded.file.version)))
                    (draw::area(page, comment, errors, "words", "business-plan-comment", 3))
                    (buttons(html! { (button(page.t("business-plan-comment-submit"))) }))
                }
            }))
        }
    }
}
