//! `/assistance/questions`: social assistance asks by FİN whether somebody of a household has a self-employment contract. The
//! answer says yes or no and the dates, and nothing of who or where. Every question is journaled.

use super::{ASK, ASSISTANCE_ASKED};
use crate::{case::action::read_reason, people::store::FIN};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{SummaryRow, Width, notice, shell, summary_list},
    request::Page,
    route::{Route, Sample},
    scope::Tx,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use values::{
    fin::Fin,
    id::{EntryId, PersonId},
};

const LINK: &str = "/assistance/questions";

pub(super) fn routes() -> Vec<Route> {
    const ASKED: &str = "
        select entry_id as entry, office
        from journal
        where kind = 333
        and person_id = '00000000-0000-0000-0000-000000000000'
        order by recorded_at desc
        limit 1";
    vec![
        Route::page(LINK, ASK, get),
        Route::form(LINK, ASK, post).sample(Sample::NONE.fields(&[("fin", "5ABC1D2"), ("reason", "DSMF-nin 14 saylı sorğusu")])),
        Route::page("/assistance/questions/{entry}", ASK, answer).sample(Sample::find(ASKED)),
    ]
}

/// What is answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Finding {
    /// A contract runs.
    Yes,
    /// The household is known, and no contract of it runs.
    No,
    /// Nobody with this FİN, nor a household that names it, is registered.
    Unknown,
}

/// The answer as journaled: no name, no case, no office.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Answered {
    finding: Finding,
    /// The first day of the oldest contract that runs, and the last of the latest.
    since: Option<NaiveDate>,
    until: Option<NaiveDate>,
}

async fn get(page: Page) -> Answer {
    show(&page, &Posted::empty(), Errors::none())
}

async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => show(&page, &form, stop.errors()?),
    }
}

async fn act(tx: &mut Tx, form: &Posted) -> Result<String, Stop> {
    let mut read = form.reader();
    let fin = read.require::<Fin>("fin", "case-asking-fin-wrong");
    let reason = read_reason(&mut read);
    let (fin, reason) = read.finish(fin.map(|fin| (fin, reason)))?;
    let lookup = tx.keys().lookup(FIN, &fin.to_string());
    tx.widen().await?;
    let (answered, asked_about) = find(tx, &lookup).await?;
    tx.narrow().await?;
    for person in asked_about {
        tx.note(ASSISTANCE_ASKED, person, &answered, Some(&reason))?;
    }
    let entry = tx.note(ASSISTANCE_ASKED, PersonId(Uuid::nil()), &answered, Some(&reason))?;
    Ok(format!("{LINK}/{entry}"))
}

const HOUSEHOLD: &str = "
    select person_id, true as asked_about
    from person
    where fin_lookup = $1
    union
    select h.person_id, false
    from household_member h
    where h.fin_lookup = $1
    union
    select m.person_id, false
    from person p
    join household_member h using (person_id)
    join person m on m.fin_lookup = h.fin_lookup
    where p.fin_lookup = $1";

const CONTRACTS: &str = "
    select min(contracted_on), max(term_ends_on)
    from case_milestone
    where person_id = any ($1)
    and contracted_on is not null
    and transferred_on is null
    and recovered_on is null
    and closed_on is null";

/// The answer, and whom the question names. The transaction must be widened: a household may be known to another office.
async fn find(tx: &mut Tx, lookup: &[u8]) -> Result<(Answered, Vec<PersonId>)> {
    let household: Vec<(Uuid, bool)> =
        sqlx::query_as(HOUSEHOLD).bind(lookup).fetch_all(tx.conn()).await.context("finding a household by FİN")?;
    let people: Vec<Uuid> = household.iter().map(|(person, _)| *person).collect();
    let (since, until): (Option<NaiveDate>, Option<NaiveDate>) =
        sqlx::query_as(CONTRACTS).bind(people).fetch_one(tx.conn()).await.context("finding contracts of a household")?;
    let finding = match (household.is_empty(), since) {
        (true, _) => Finding::Unknown,
        (false, None) => Finding::No,
        (false, Some(_)) => Finding::Yes,
    };
    let named = household.into_iter().filter(|(_, asked_about)| *asked_about).map(|(person, _)| PersonId(person));
    Ok((Answered { finding, since, until }, named.collect()))
}

fn show(page: &Page, form: &Posted, errors: Errors) -> Answer {
    let title = page.t("case-asking-title");
    let body = html! {
        (shell::heading("", &title))
        p class="govuk-body" { (page.t("case-asking-hint")) }
        (draw::form(page, LINK, None, &page.t("case-asking-submit"), html! {
            (draw::input(page, form, &errors, "fin", "people-fin").width(Width::Chars10).autocomplete("off"))
            (draw::area(page, form, &errors, "reason", "case-asking-reason", 2).hint("case-asking-reason-hint"))
        }))
    };
    page.show_form(&title, &serde_json::json!({}), &errors, body)
}

#[derive(Serialize)]
struct View {
    #[serde(flatten)]
    answered: Answered,
    asked_at: DateTime<Utc>,
    reason: String,
}

#[derive(Deserialize)]
struct Payload {
    facts: Answered,
    #[serde(default)]
    reason: String,
}

const ENTRY: &str = "
    select payload, recorded_at
    from journal
    where person_id = '00000000-0000-0000-0000-000000000000'
    and entry_id = $1
    and kind = $2";

async fn answer(State(app): State<App>, page: Page, Path(entry): Path<EntryId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let found: Option<(String, DateTime<Utc>)> = sqlx::query_as(ENTRY)
        .bind(entry.0)
        .bind(ASSISTANCE_ASKED.number)
        .fetch_optional(tx.conn())
        .await
        .context("finding a question that was answered")?;
    let (payload, asked_at) = found.ok_or(Fault::NotFound)?;
    let payload: Payload = serde_json::from_str(&payload).context("reading an answer to social assistance")?;
    let view = View { answered: payload.facts, asked_at, reason: payload.reason };
    page.show(&page.t("case-asking-answer"), &view, drawn(&page, &view))
}

fn drawn(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let words = page.t(match view.answered.finding {
        Finding::Yes => "case-asking-yes",
        Finding::No => "case-asking-no",
        Finding::Unknown => "case-asking-unknown",
    });
    let mut rows = vec![
        SummaryRow::text(page.t("case-asking-reason"), &view.reason),
        SummaryRow::text(page.t("case-asking-at"), &lang.moment(view.asked_at)),
    ];
    rows.extend(view.answered.since.map(|day| SummaryRow::text(page.t("case-asking-since"), &lang.date(day))));
    rows.extend(view.answered.until.map(|day| SummaryRow::text(page.t("case-asking-until"), &lang.date(day))));
    html! {
        (shell::heading("", &page.t("case-asking-answer")))
        (notice::confirmation(&words, html! {}))
        (summary_list(&rows))
        p class="govuk-body" { a class="govuk-link" href=(LINK) { (page.t("case-asking-again")) } }
    }
}
