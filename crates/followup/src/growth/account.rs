//! `GET` and `POST /awards/{award}/account`: what became of the award and of the person's own share; `GET` and
//! `POST /awards/{award}/closure`: the head of the office closes it when its contract has run out, and the title passes.

use super::{
    ACCOUNTED, CLOSED, contract, link,
    rules::Refusal,
    show::heading_of,
    state::State as Stage,
    store::{self, Award, column},
};
use anyhow::Context;
use axum::extract::{Path, State};
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Explain},
    page::{SummaryRow, Width, summary_list},
    request::Page,
    scope::Tx,
};
use provision::asset::{rules::State as Piece, store as assets};
use registry::case::action::LEAST_REASON;
use serde::Serialize;
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
use values::{Money, id::AwardId};

/// What became of an award.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Account {
    pub person_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    /// In qəpik.
    pub own_spent: i64,
    pub receipts: String,
    pub jobs_made: i16,
    /// Of the last month, in qəpik.
    pub sales: i64,
    pub finding: String,
    pub accounted_at: DateTime<Utc>,
    pub accounted_by: Uuid,
    pub closed_at: Option<DateTime<Utc>>,
    pub closed_by: Option<Uuid>,
}

const INSERT: &str = "
    insert into award_account (person_id, award_id, case_id, office, own_spent, receipts, jobs_made, sales, finding,
        accounted_at, accounted_by, closed_at, closed_by)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::smallint[], $8::bigint[],
        $9::text[], $10::timestamptz[], $11::uuid[], $12::timestamptz[], $13::uuid[])";

/// Writes accounts.
pub async fn insert(tx: &mut Tx, rows: &[Account]) -> anyhow::Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.award_id))
        .bind(column(rows, |a| a.case_id))
        .bind(column(rows, |a| a.office))
        .bind(column(rows, |a| a.own_spent))
        .bind(column(rows, |a| a.receipts.as_str()))
        .bind(column(rows, |a| a.jobs_made))
        .bind(column(rows, |a| a.sales))
        .bind(column(rows, |a| a.finding.as_str()))
        .bind(column(rows, |a| a.accounted_at))
        .bind(column(rows, |a| a.accounted_by))
        .bind(column(rows, |a| a.closed_at))
        .bind(column(rows, |a| a.closed_by))
        .execute(tx.conn())
        .await
        .context("writing accounts of awards")?;
    Ok(())
}

const FIND: &str = "
    select *
    from award_account
    where person_id = $1
    and award_id = $2";

/// The account of an award.
pub async fn find(tx: &mut Tx, award: &Award) -> anyhow::Result<Option<Account>> {
    sqlx::query_as(FIND)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_optional(tx.conn())
        .await
        .context("finding an award's account")
}

const CLOSE: &str = "
    update award_account
    set closed_at = $3, closed_by = $4
    where person_id = $1
    and award_id = $2
    and closed_at is null";

pub(super) async fn get(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if award.state() != Stage::Delivered {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let mut read = form.reader();
    let own_spent = read.money("own_spent").map_or(0, Money::qepik);
    let receipts = read.required("receipts");
    let jobs_made = read.integer("jobs_made", 0..=50).and_then(|jobs| i16::try_from(jobs).ok()).unwrap_or(0);
    let sales = read.money("sales").map_or(0, Money::qepik);
    let finding = read.reason("finding", LEAST_REASON);
    read.must_tick("seen");
    let account = Account {
        person_id: award.person_id,
        award_id: award.award_id,
        case_id: award.case_id,
        office: award.office,
        own_spent,
        receipts,
        jobs_made,
        sales,
        finding,
        accounted_at: tx.now(),
        accounted_by: page.officer()?.0,
        closed_at: None,
        closed_by: None,
    };
    let account = read.finish(Some(account))?;
    insert(tx, std::slice::from_ref(&account)).await?;
    let accounted = Award { state: Stage::Accounted as i16, ..award };
    store::change(tx, &accounted, Stage::Delivered).await?;
    let facts = json!({ "case": account.case_id, "award": id, "own_spent": own_spent, "jobs_made": jobs_made, "sales": sales });
    tx.note(ACCOUNTED, accounted.person(), &facts, Some(&account.finding))?;
    Ok(link(id))
}

async fn show(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-account-write").await?;
    let title = page.t("growth-account-write");
    let promised = page
        .lang
        .with("growth-account-promised", &[("jobs", award.jobs.into()), ("own", Money::from_qepik(award.own_share).into())]);
    let body = html! {
        (head)
        @if award.state() != Stage::Delivered { p class="govuk-body" { (Refusal::NotNow.message().text(page.lang)) } }
        @else {
            p class="govuk-body" { (promised) }
            (draw::form(page, &format!("{}/account", link(id)), None, &page.t("growth-account-submit"), html! {
                (draw::money(page, form, &errors, "own_spent", "growth-own-spent"))
                (draw::area(page, form, &errors, "receipts", "growth-receipts", 2).hint("growth-receipts-hint"))
                (draw::number(page, form, &errors, "jobs_made", "growth-jobs-made").width(Width::Chars4))
                (draw::money(page, form, &errors, "sales", "growth-account-sales"))
                (draw::area(page, form, &errors, "finding", "growth-finding", 3))
                (draw::boxes(page, form, &errors, "seen", "growth-account-seen",
                    vec![("yes".to_owned(), page.t("growth-account-seen-yes"))]))
            }))
        }
    };
    page.show_form(&title, &json!({ "award": award }), &errors, body)
}

/// The account on the award's page.
pub(super) fn shown(page: &Page, account: &Account) -> Markup {
    let money = |qepik: i64| page.lang.money(Money::from_qepik(qepik));
    summary_list(&[
        SummaryRow::text(page.t("growth-own-spent"), &money(account.own_spent)),
        SummaryRow::text(page.t("growth-receipts"), &account.receipts),
        SummaryRow::text(page.t("growth-jobs-made"), &account.jobs_made.to_string()),
        SummaryRow::text(page.t("growth-account-sales"), &money(account.sales)),
        SummaryRow::text(page.t("growth-finding"), &account.finding),
        SummaryRow::text(page.t("growth-accounted"), &page.lang.moment(account.accounted_at)),
        SummaryRow::text(page.t("growth-closed"), &account.closed_at.map_or_else(|| "–".to_owned(), |at| page.lang.moment(at))),
    ])
}

pub(super) async fn get_closure(State(app): State<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show_closure(&app, &page, award, &Posted::empty(), Errors::none()).await
}

pub(super) async fn close(State(app): State<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match end(&mut tx, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show_closure(&app, &page, award, &form, stop.errors()?).await
        }
    }
}

/// Why an award may not be closed by the acting officer today.
fn closable(page: &Page, award: &Award, account: Option<&Account>, ends_on: Option<NaiveDate>) -> Result<(), Refusal> {
    let (Stage::Accounted, Some(account)) = (award.state(), account) else { return Err(Refusal::NotNow) };
    if page.officer().is_ok_and(|officer| officer.0 == account.accounted_by) {
        return Err(Refusal::SecondPerson);
    }
    match ends_on {
        Some(until) if page.today < until => Err(Refusal::TermRuns { until }),
        _ => Ok(()),
    }
}

async fn end(tx: &mut Tx, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let award = store::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    let account = find(tx, &award).await?;
    let contract = contract::store::find(tx, &award).await?;
    closable(page, &award, account.as_ref(), contract.and_then(|contract| contract.ends_on))
        .map_err(|refusal| Stop::refused(&refusal))?;
    let mut read = form.reader();
    read.must_tick("confirmed");
    read.finish(Some(()))?;
    let (now, officer) = (tx.now(), page.officer()?.0);
    sqlx::query(CLOSE).bind(award.person_id).bind(award.award_id).bind(now).bind(officer).execute(tx.conn()).await?;
    let closed = Award { state: Stage::Closed as i16, ..award };
    store::change(tx, &closed, Stage::Accounted).await?;
    let mut passed = Vec::new();
    for mut piece in assets::of_award(tx, closed.person(), id).await?.into_iter().filter(assets::Asset::is_held) {
        piece.state = if piece.state == Piece::Missing as i16 { Piece::Lost } else { Piece::Owned } as i16;
        piece.ended_on = Some(page.today);
        assets::change(tx, &piece).await?;
        passed.push(piece.asset_id);
    }
    tx.note(CLOSED, closed.person(), &json!({ "case": closed.case_id, "award": id, "assets": passed }), None)?;
    Ok(link(id))
}

async fn show_closure(app: &App, page: &Page, id: AwardId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-close").await?;
    let account = find(&mut tx, &award).await?;
    let contract = contract::store::find(&mut tx, &award).await?;
    let may = closable(page, &award, account.as_ref(), contract.and_then(|contract| contract.ends_on));
    let title = page.t("growth-close");
    let body = html! {
        (head)
        @if let Some(account) = &account { (shown(page, account)) }
        @match may {
            Err(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            Ok(()) => {
                p class="govuk-body" { (page.t("growth-close-hint")) }
                (draw::form(page, &format!("{}/closure", link(id)), None, &page.t("growth-close-submit"), html! {
                    (draw::boxes(page, form, &errors, "confirmed", "growth-close-confirmed",
                        vec![("yes".to_owned(), page.t("growth-close-confirmed-yes"))]))
                }))
            }
        }
    };
    page.show_form(&title, &json!({ "award": award, "account": account }), &errors, body)
}
