//! `GET /verify` and `GET /verify/{code}`: anyone who holds a certificate finds out whether it was given.

use super::{
    rules, standing,
    store::{self, Certificate},
};
use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Redirect},
};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    page::{SummaryRow, notice, shell::heading, summary_list},
    request::{Page, Wants},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    code: String,
}

/// What anyone may learn: what the paper itself says.
#[derive(Serialize)]
struct View {
    code: String,
    found: Option<Found>,
}

#[derive(Serialize)]
struct Found {
    number: String,
    holder: String,
    hours: i16,
    begun_on: NaiveDate,
    ended_on: NaiveDate,
    issued_on: NaiveDate,
    /// It does not count any more since this day.
    withdrawn_on: Option<NaiveDate>,
}

pub(super) async fn ask(page: Page, Query(asked): Query<Asked>) -> Answer {
    if !asked.code.trim().is_empty() && page.wants == Wants::Html {
        return Ok(Redirect::to(&format!("/verify/{}", draw::encode(asked.code.trim()))).into_response());
    }
    let view = View { code: String::new(), found: None };
    page.show(&page.t("training-verify"), &view, html! { (heading("", &page.t("training-verify"))) (draw_ask(&page, "")) })
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(code): Path<String>) -> Answer {
    let code = rules::typed_code(&code);
    let mut tx = app.system().await?;
    let found = store::by_code(&mut tx, &code).await?;
    let withdrawn_on = match &found {
        Some(certificate) => standing::withdrawn_on(&mut tx, &app, certificate).await?,
        None => None,
    };
    let body = draw_found(&page, &code, found.as_ref(), withdrawn_on);
    let found = found.map(|c| Found {
        number: c.number,
        holder: c.holder,
        hours: c.hours,
        begun_on: c.begun_on,
        ended_on: c.ended_on,
        issued_on: c.issued_on,
        withdrawn_on,
    });
    page.show(&page.t("training-verify"), &View { code, found }, body)
}

fn draw_ask(page: &Page, code: &str) -> Markup {
    html! {
        form method="get" action="/verify" {
            div class="govuk-form-group" {
                label class="govuk-label" for="code" { (page.t("training-verify-code")) }
                div class="govuk-hint" id="code-hint" { (page.t("training-verify-hint")) }
                input class="govuk-input govuk-input--width-20" type="text" id="code" name="code" value=(code) aria-describedby="code-hint" autocomplete="off" spellcheck="false";
            }
            button class="govuk-button" type="submit" { (page.t("training-verify-go")) }
        }
    }
}

fn draw_found(page: &Page, code: &str, found: Option<&Certificate>, withdrawn_on: Option<NaiveDate>) -> Markup {
    let lang = page.lang;
    html! {
        (heading("", &page.t("training-verify")))
        @match (found, withdrawn_on) {
            (Some(certificate), Some(day)) => {
                (notice::important(&page.lang, &page.t("training-verify-withdrawn"), html! {
                    p class="govuk-body" {
                        (page.lang.with("training-verify-withdrawn-on", &[("number", certificate.number.as_str().into()), ("day", lang.date(day).into())]))
                    }
                }))
            }
            (Some(certificate), None) => {
                (notice::success(&page.lang, &page.t("training-verify-good"), html! {}))
                (summary_list(&[
                    SummaryRow::text(page.t("training-certificate-number"), &certificate.number),
                    SummaryRow::text(page.t("training-certificate-holder"), &certificate.holder),
                    SummaryRow::text(page.t("training-hours"), &lang.number(i64::from(certificate.hours))),
                    SummaryRow::text(page.t("training-dates"), &format!("{} – {}", lang.date(certificate.begun_on), lang.date(certificate.ended_on))),
                    SummaryRow::text(page.t("training-certificate-issued-on"), &lang.date(certificate.issued_on)),
                ]))
            }
            (None, _) => (notice::important(&page.lang, &page.t("training-verify-unknown"), html! {
                p class="govuk-body" { (page.lang.with("training-verify-unknown-next", &[("code", code.into())])) }
            })),
        }
        (draw_ask(page, code))
    }
}
