//! `GET /award-rounds/new` and `POST /award-rounds`: the manager proposes a round with the money set aside for it.

use super::{
    PROPOSED, link,
    store::{self, Round},
};
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{
        form::{group, side_by_side},
        shell::heading,
    },
    request::Page,
    scope::Tx,
};
use registry::programme::{self, keys};
use serde_json::json;
use uuid::Uuid;
use values::{Money, id::PersonId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::of([("rolling", "no")]), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &form, stop.errors()?).await
        }
    }
}

struct Input {
    title: String,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    rolling: bool,
    budget: Money,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let most = programme.parameter(&keys::AWARD_ROUND_BUDGET, page.today);
    let input = read(form, page, most)?;
    let year = input.opens_on.year();
    let which = store::of_year(tx, year).await? + 1;
    let round = Round {
        round_id: Uuid::now_v7(),
        office: page.who()?.office.0,
        number: store::number(year, which),
        title: input.title,
        opens_on: input.opens_on,
        closes_on: input.closes_on,
        rolling: input.rolling,
        budget: input.budget.qepik(),
        granted: 0,
        proposed_at: tx.now(),
        proposed_by: page.officer()?.0,
        decided_at: None,
        decided_by: None,
        approved: None,
        note: None,
    };
    store::insert(tx, std::slice::from_ref(&round)).await?;
    let facts = json!({ "round": round.round_id, "number": round.number, "budget": round.budget,
        "opens_on": round.opens_on, "closes_on": round.closes_on, "rolling": round.rolling });
    tx.note(PROPOSED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(round.round_id))
}

fn read(form: &Posted, page: &Page, most: Money) -> Result<Input, Errors> {
    let mut read = form.reader();
    let title = read.required("title");
    let opens_on = read.date("opens_on");
    let closes_on = read.date("closes_on");
    if opens_on.zip(closes_on).is_some_and(|(opens, closes)| closes < opens) || closes_on.is_some_and(|day| day < page.today) {
        read.wrong("closes_on", Message::new("growth-error-closes"));
    }
    let rolling = read.choice("rolling", &["yes", "no"]) == "yes";
    let budget = read.money("budget");
    if budget.is_some_and(|budget| budget > most || budget == Money::default()) {
        read.wrong("budget", Message::new("growth-error-budget").arg("most", most));
    }
    let input = opens_on.zip(closes_on).zip(budget).map(|((opens_on, closes_on), budget)| Input {
        title,
        opens_on,
        closes_on,
        rolling,
        budget,
    });
    read.finish(input)
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let most = programme.parameter(&keys::AWARD_ROUND_BUDGET, page.today);
    let hint = page.lang.with("growth-round-budget-hint", &[("most", most.into())]);
    let ways = ["no", "yes"].map(|way| (way.to_owned(), page.t(&format!("growth-round-rolling-{way}")))).to_vec();
    let title = page.t("growth-round-new");
    let body = html! {
        (heading(&page.t("growth-rounds"), &title))
        (draw::form(page, "/award-rounds", None, &page.t("growth-round-submit"), html! {
            (draw::input(page, form, &errors, "title", "growth-round-title"))
            (group(&page.t("growth-round-time"), side_by_side(html! {
                (draw::date(page, form, &errors, "opens_on", "growth-round-opens"))
                (draw::date(page, form, &errors, "closes_on", "growth-round-closes"))
            })))
            (draw::radios(page, form, &errors, "rolling", "growth-round-rolling", ways))
            (draw::money(page, form, &errors, "budget", "growth-round-budget").hinted(hint))
        }))
    };
    page.show_form(&title, &json!({ "most": most }), &errors, body)
}
