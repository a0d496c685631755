//! `GET /accounts`: who may sign in, as what, and where.

use super::store::{self, Line};
use crate::{
    answer::Answer,
    app::App,
    page::{Pagination, Table, Tone, button_link, pagination, shell::heading, table::Column, tag},
    request::Page,
    role::Role,
};
use axum::extract::{Query, State};
use maud::{Markup, html};
use serde::{Deserialize, Serialize};

const PAGE: i64 = 50;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    role: String,
    #[serde(default)]
    page: i64,
}

#[derive(Serialize)]
struct View {
    count: i64,
    accounts: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let role = Role::ALL.iter().find(|role| role.code() == asked.role).map_or(0, |role| *role as i16);
    let at = asked.page.clamp(1, 100_000);
    let mut tx = app.system().await?;
    let (accounts, count) = store::list(&mut tx, role, PAGE, (at - 1) * PAGE).await?;
    let view = View { count, accounts };
    page.show(&page.t("accounts-title"), &view, draw(&page, &view, &asked, at))
}

fn draw(page: &Page, view: &View, asked: &Asked, at: i64) -> Markup {
    let lang = page.lang;
    let role_words = |role: Role| page.t(&format!("role-{}", role.code().replace('_', "-")));
    let rows = view.accounts.iter().map(|line| {
        vec![
            html! { (line.name) },
            html! { (line.login) },
            html! { @if let Some(role) = Role::from_number(line.role) { (role_words(role)) } },
            html! { (lang.pick(&line.name_az, &line.name_en, &line.name_ru)) },
            html! { (line.offices) },
            html! {
                @match line.disabled_on {
                    Some(day) => { (tag(Tone::Neutral, &page.t("accounts-closed"))) " " (lang.date(day)) }
                    None => a class="govuk-link" href=(format!("/accounts/{}/closing", line.officer_id)) { (page.t("accounts-close")) },
                }
            },
        ]
    });
    let last = u32::try_from((view.count + PAGE - 1) / PAGE).unwrap_or(1).max(1);
    html! {
        (heading("", &page.t("accounts-title")))
        (button_link(&page.t("accounts-open"), "/accounts/new"))
        form method="get" class="dayaq-fields" {
            div class="govuk-form-group" {
                label class="govuk-label" for="role" { (page.t("accounts-role")) }
                select class="govuk-select" id="role" name="role" {
                    option value="" { (page.t("accounts-every-role")) }
                    @for role in Role::ALL { option value=(role.code()) selected[role.code() == asked.role] { (role_words(*role)) } }
                }
            }
            button class="govuk-button govuk-button--secondary" type="submit" { (page.t("accounts-show")) }
        }
        p class="govuk-body" { (lang.with("accounts-count", &[("count", view.count.into()), ("shown", lang.number(view.count).into())])) }
        (Table::new(&page.lang, "accounts", page.t("accounts-title"))
            .quiet_caption()
            .column(Column::new(page.t("accounts-name")))
            .column(Column::new(page.t("session-login")))
            .column(Column::new(page.t("accounts-role")))
            .column(Column::new(page.t("accounts-home")))
            .column(Column::numeric(page.t("accounts-offices")))
            .column(Column::new(page.t("accounts-state")))
            .rows(rows))
        (pagination(&page.lang, Pagination { current: u32::try_from(at).unwrap_or(1), last }, |n| format!("/accounts?role={}&page={n}", asked.role)))
    }
}
