//! The panel of a case's page that says what comes next: the duties of the machine, each with what slices know of how far it is.

use super::{
    Duty, heading,
    law::Law,
    next::{NextStep, next_steps},
    store::Loaded,
};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    message::Message,
    page::{Table, Tone, button_link, table::Column, tag},
    request::Page,
    role::Role,
    scope::Tx,
    slice::{Step, Subject},
};
use serde::Serialize;

/// A step as the page and the data show it.
#[derive(Serialize)]
pub(super) struct OpenStep {
    duty: Duty,
    task: Message,
    #[serde(serialize_with = "code_of_role")]
    role: Role,
    since: NaiveDate,
    due: Option<NaiveDate>,
    #[serde(skip)]
    link: String,
}

fn code_of_role<S: serde::Serializer>(role: &Role, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(role.code())
}

/// The open steps of a case in the order of their days, as the machine knows them.
pub(super) fn plain(page: &Page, law: &Law, loaded: &Loaded) -> Vec<OpenStep> {
    let mut steps = next_steps(&loaded.state, law.terms_on(loaded.file.opened_on), &law.days);
    steps.sort();
    steps.iter().map(|step| of(page, loaded, step)).collect()
}

fn of(page: &Page, loaded: &Loaded, step: &NextStep) -> OpenStep {
    OpenStep {
        duty: step.duty,
        task: step.duty.message(),
        role: step.role,
        since: step.since,
        due: step.due,
        link: page.app.duty_link(step.duty as i16, loaded.state.person, loaded.state.case),
    }
}

/// The open steps as they are under way today.
pub(super) async fn under_way(tx: &mut Tx, page: &Page, steps: Vec<OpenStep>, subject: Subject) -> Result<Vec<OpenStep>> {
    let mut told = Vec::with_capacity(steps.len());
    for step in steps {
        let mut step = step;
        for progress in page.app.progress(step.duty as i16) {
            let known = (progress.look)(tx, page, subject).await.context("looking how far a step is")?;
            if let Some(Step { task, role, link, since, due }) = known {
                step = OpenStep { duty: step.duty, task, role, link, since, due: due.or(step.due) };
            }
        }
        told.push(step);
    }
    Ok(told)
}

pub(super) fn draw(page: &Page, loaded: &Loaded, steps: &[OpenStep]) -> Markup {
    let role = page.who().map(|who| who.role).ok();
    if steps.is_empty() {
        return html! { p class="govuk-body" { (page.t("case-next-none")) } };
    }
    let rows = steps.iter().map(|step| {
        // A request for a transfer is the other office's to answer.
        let elsewhere = step.link != heading::link(loaded.state.case);
        let mine = role == Some(step.role) && elsewhere && step.duty != Duty::AnswerTransfer;
        vec![
            html! { (step.task.text(page.lang)) },
            html! { (page.t(&format!("role-{}", step.role.code().replace('_', "-")))) },
            html! { (page.lang.date(step.since)) },
            html! { @if let Some(due) = step.due {
                (page.lang.date(due))
                @if due < page.today { " " (tag(Tone::Bad, &page.t("home-overdue"))) }
            } },
            html! { @if mine { (button_link(&page.t("case-next-open"), &step.link)) } },
        ]
    });
    let table = Table::new(&page.lang, "next", page.t("case-next"))
        .quiet_caption()
        .column(Column::new(page.t("home-task")))
        .column(Column::new(page.t("case-next-role")))
        .column(Column::new(page.t("home-since")))
        .column(Column::new(page.t("home-due")))
        .column(Column::new(page.t("case-next-act")))
        .rows(rows);
    html! { (table) }
}
