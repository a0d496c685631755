//! `GET` and `POST /clock`: in a demo, and over loopback only, the programme's clock moves forward; it never goes back.

use crate::installation;
use axum::{extract::State, http::HeaderMap};
use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};
use maud::html;
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    clock::{Clock, from_local},
    draw,
    form::{Posted, Reader},
    journal::EntryKind,
    message::{Errors, Message},
    page::shell::{heading, narrow},
    request::{Page, is_loopback},
    role::Permission,
    route::{Route, Sample},
    scope::{Scope, Tx},
    slice::Slice,
};
use serde_json::json;
use uuid::Uuid;
use values::id::PersonId;

const MOVED: EntryKind = EntryKind::new(1021, "clock.moved");

/// The farthest that one step goes: beyond it lies a mistyped year.
const MOST_YEARS: u32 = 5;

/// The clock of a demo.
pub fn slice() -> Slice {
    Slice {
        name: "clock",
        routes: vec![
            Route::page("/clock", Permission::SIGNED_IN, get),
            Route::form("/clock", Permission::SIGNED_IN, post).sample(Sample::NONE.fields(&[("by", "week")])),
        ],
        ..Slice::default()
    }
}

async fn get(State(app): State<App>, page: Page, headers: HeaderMap) -> Answer {
    only_in_a_demo(&app, &headers)?;
    show(&page, &Posted::of([("by", "day")]), Errors::none())
}

async fn post(State(app): State<App>, page: Page, headers: HeaderMap, form: Posted) -> Answer {
    only_in_a_demo(&app, &headers)?;
    let mut tx = app.open(Scope::System, page.who()?.clone()).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, &form).await {
        Ok(offset) => {
            let answer = form.done(tx, &page, "/clock").await?;
            app.clock().forward(offset);
            Ok(answer)
        }
        Err(stop) => {
            drop(tx);
            show(&page, &form, stop.errors()?)
        }
    }
}

/// Moves the clock to nine in the morning of the day asked for, and gives its new offset.
async fn act(tx: &mut Tx, page: &Page, form: &Posted) -> Result<i64, Stop> {
    let mut reader = form.reader();
    let to = read(&mut reader, page.today);
    let to = reader.finish(to)?;
    let offset = Clock::offset_to(from_local(to.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default())));
    if !installation::forward(tx, offset).await? {
        return Err(Errors::at("by", Message::new("clock-error-back")).into());
    }
    tx.note(MOVED, PersonId(Uuid::nil()), &json!({ "from": page.today, "to": to }), None)?;
    Ok(offset)
}

/// The day that the form asks for.
fn read(reader: &mut Reader<'_>, today: NaiveDate) -> Option<NaiveDate> {
    let by = reader.choice("by", &STEPS);
    let (to, field) = match by.as_str() {
        "day" => (today.checked_add_signed(TimeDelta::days(1))?, "by"),
        "week" => (today.checked_add_signed(TimeDelta::days(7))?, "by"),
        "month" => (today.checked_add_months(Months::new(1))?, "by"),
        "half-year" => (today.checked_add_months(Months::new(6))?, "by"),
        "year" => (today.checked_add_months(Months::new(12))?, "by"),
        "date" => (reader.date("to")?, "to"),
        _ => return None,
    };
    if to <= today {
        reader.wrong(field, Message::new("clock-error-back"));
    }
    if today.checked_add_months(Months::new(12 * MOST_YEARS)).is_none_or(|most| to > most) {
        reader.wrong(field, Message::new("clock-error-far").arg("years", i64::from(MOST_YEARS)));
    }
    Some(to)
}

const STEPS: [&str; 6] = ["day", "week", "month", "half-year", "year", "date"];

fn only_in_a_demo(app: &App, headers: &HeaderMap) -> Result<(), Fault> {
    match app.demo() && is_loopback(headers) {
        true => Ok(()),
        false => Err(Fault::NotFound),
    }
}

fn show(page: &Page, form: &Posted, errors: Errors) -> Answer {
    let title = page.t("clock-title");
    let today = page.lang.date(page.today);
    let steps = STEPS.map(|step| (step.to_owned(), page.t(&format!("clock-by-{step}")))).to_vec();
    let body = narrow(html! {
        (heading("", &title))
        p class="govuk-body-l" { (page.lang.with("clock-today", &[("date", today.into())])) }
        p class="govuk-body" { (page.t("clock-hint")) }
        (draw::form(page, "/clock", None, &page.t("clock-submit"), html! {
            (draw::radios(page, form, &errors, "by", "clock-by", steps))
            (draw::date(page, form, &errors, "to", "clock-to").hint("clock-to-hint"))
        }))
    });
    page.show_form(&title, &json!({ "today": page.today }), &errors, body)
}
