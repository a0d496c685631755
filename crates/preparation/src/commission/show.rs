//! `GET /sittings/{sitting}`: a sitting with its members, its agenda and what it decided; and the commission's part of a case's
//! page.

use super::{
    RUN, VOTE, code_of, link,
    rules::Decision,
    store::{self, Item, Sitting},
};
use crate::sitting::Votes;
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        SummaryRow, Table, action::quiet_button_link, button_link, buttons, panel, shell::heading, summary_list, table::Column,
    },
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Stage, heading::link as case_link},
    programme,
};
use serde_json::json;
use sqlx::FromRow;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, PlanId, SittingId},
};

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SittingId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let sitting = store::sitting(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let members = store::members(&mut tx, id).await?;
    let items = store::items(&mut tx, id).await?;
    let counted = store::counted(&store::votes(&mut tx, id).await?);
    let region = programme.region(&sitting.region).map_or(sitting.region.as_str(), |region| region.name.text(page.lang));
    let title = page.lang.with("commission-sitting", &[("number", sitting.number.as_str().into())]);
    let names = members
        .iter()
        .map(|member| match member.present {
            Some(false) => page.lang.with("sitting-absent", &[("name", member.name.as_str().into())]),
            _ => member.name.clone(),
        })
        .collect::<Vec<_>>()
        .join(", ");
    let lang = page.lang;
    let view = json!({ "sitting": sitting, "members": members, "items": items, "votes": counted });
    let body = html! {
        (heading(&page.t("commission-panel"), &title))
        (summary_list(&[
            SummaryRow::text(page.t("commission-sits-on"), &lang.date(sitting.sits_on)),
            SummaryRow::text(page.t("commission-region"), region),
            SummaryRow::text(page.t("commission-place"), &sitting.place),
            SummaryRow::text(page.t("commission-members"), &names),
            SummaryRow::text(page.t("commission-budget"), &lang.money(Money::from_qepik(sitting.budget))),
            SummaryRow::text(page.t("commission-granted"), &lang.money(Money::from_qepik(sitting.granted))),
        ]))
        (acts(&page, &sitting))
        (panel::panel(&page.t("commission-agenda"), agenda(&page, &items, &counted)))
    };
    page.show(&title, &view, body)
}

fn acts(page: &Page, sitting: &Sitting) -> Markup {
    let href = link(SittingId(sitting.sitting_id));
    buttons(html! {
        @match sitting.closed_at {
            None => {
                @if page.may(&VOTE) { (button_link(&page.t("commission-vote"), &format!("{href}/votes"))) }
                @if page.may(&RUN) && sitting.sits_on <= page.today { (button_link(&page.t("commission-close"), &format!("{href}/closure"))) }
            }
            Some(_) => {
                (quiet_button_link(&page.t("commission-minutes"), &format!("{href}/minutes.pdf")))
                (quiet_button_link(&page.t("commission-published"), &format!("{href}/decisions")))
            }
        }
    })
}

fn agenda(page: &Page, items: &[Item], counted: &std::collections::HashMap<Uuid, Votes>) -> Markup {
    let rows = items.iter().map(|item| {
        let votes = counted.get(&item.plan_id).copied().unwrap_or_default();
        let decision = item.decision.and_then(Decision::from_number);
        vec![
            html! { (item.position) },
            html! { @if page.may(&case::READ) { a class="govuk-link" href=(case_link(CaseId(item.case_id))) { (code_of(item.case_id)) } }
            @else { (code_of(item.case_id)) } },
            html! { (page.lang.money(Money::from_qepik(item.amount))) },
            html! { (page.lang.decimal(f64::from(item.mean_tenths) / 10.0, 1)) },
            html! { (votes.in_favour) " / " (votes.against) },
            html! { @if let Some(decision) = decision { (page.t(&format!("commission-decision-{}", decision.code()))) } },
            html! { (item.reason.as_deref().unwrap_or_default()) },
        ]
    });
    let table = Table::new(&page.lang, "agenda", page.t("commission-agenda"))
        .quiet_caption()
        .column(Column::numeric(page.t("commission-position")))
        .column(Column::new(page.t("commission-plan")))
        .column(Column::numeric(page.t("commission-amount")))
        .column(Column::numeric(page.t("commission-mean")))
        .column(Column::numeric(page.t("sitting-votes")))
        .column(Column::new(page.t("sitting-decision")))
        .column(Column::new(page.t("sitting-reason")))
        .rows(rows);
    html! { (table) }
}

/// A sitting in which a case was heard.
#[derive(FromRow)]
struct Heard {
    sitting_id: Uuid,
    number: String,
    decision: Option<i16>,
    reason: Option<String>,
}

const HEARD: &str = "
    select i.sitting_id, s.number, i.decision, i.reason
    from agenda_item i
    join sitting s using (sitting_id)
    where i.person_id = $1
    and i.case_id = $2
    order by s.sits_on";

/// The commission's part of a case's page.
pub(super) async fn panel(tx: &mut Tx, page: &Page, subject: Subject) -> Result<Option<Markup>> {
    let Some(case) = subject.case.filter(|_| page.may(&super::READ)) else { return Ok(None) };
    let file = case::store::find(tx, case).await?.context("a panel of a case out of scope")?;
    let stage = Stage::from_number(file.stage);
    let heard: Vec<Heard> = sqlx::query_as(HEARD)
        .bind(subject.person.0)
        .bind(case.0)
        .fetch_all(tx.conn())
        .await
        .context("finding sittings of a case")?;
    let plans = crate::business_plan::store::of_case(tx, subject.person, case).await?;
    let scores = match plans.iter().rfind(|plan| plan.submitted_at.is_some()) {
        Some(plan) => store::scores(tx, case, PlanId(plan.plan_id)).await?,
        None => Vec::new(),
    };
    let assigns = page.may(&RUN) && stage == Some(Stage::Screened);
    let defends = page.may(&RUN) && stage == Some(Stage::Scored);
    if heard.is_empty() && scores.is_empty() && !assigns {
        return Ok(None);
    }
    let sealed = scores.iter().filter(|score| score.sealed_at.is_some()).count();
    let state = page.lang.with("commission-scores-are", &[("sealed", sealed.into()), ("all", scores.len().into())]);
    Ok(Some(html! {
        @if !scores.is_empty() { p class="govuk-body" { (state) } }
        @for heard in &heard {
            p class="govuk-body" {
                a class="govuk-link" href=(link(SittingId(heard.sitting_id))) { (page.lang.with("commission-sitting", &[("number", heard.number.as_str().into())])) }
                @if let Some(decision) = heard.decision.and_then(Decision::from_number) {
                    ": " (page.t(&format!("commission-decision-{}", decision.code())))
                    @if let Some(reason) = heard.reason.as_deref().filter(|_| decision == Decision::PutOff) { " – " (reason) }
                }
            }
        }
        (buttons(html! {
            @if assigns { (button_link(&page.t("commission-assign"), &format!("/cases/{case}/evaluators"))) }
            @if defends { (button_link(&page.t("commission-defence"), &format!("/cases/{case}/defence"))) }
        }))
    }))
}
