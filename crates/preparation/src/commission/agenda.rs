//! `GET /sittings/new` and `POST /sittings`: a sitting is called with its members, its money and the plans it will hear.

use super::{
    CALLED, defend, link,
    rules::Refusal,
    store::{self, Assignment, Item, Member, Sitting},
};
use anyhow::{Context, Result};
use axum::extract::State;
use chrono::{Datelike, NaiveDate};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Message},
    page::shell::heading,
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Duty, Loaded, Stage},
    programme::{self, InForce},
};
use serde_json::json;
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OfficeId, PersonId, SittingId},
};

/// A plan that may be called, with members to hear it.
pub(super) const READY: &str = "
    select f.case_id as case, m.officer_id as one, n.officer_id as other, o.officer_id as third,
        (now() + interval '400 days')::date as day, (select region from sitting limit 1) as region
    from case_file f
    join lateral (select officer_id from officer_role where role = 7 order by officer_id limit 1) m on true
    join lateral (select officer_id from officer_role where role = 7 order by officer_id desc limit 1) n on true
    join lateral (select officer_id from officer_role where role = 7 order by officer_id offset 1 limit 1) o on true
    where f.stage in (15, 19)
    and f.closed_on is null
    and not exists (select from agenda_item i join sitting s using (sitting_id)
        where i.case_id = f.case_id and s.closed_at is null)
    limit 1";

pub(super) const SAMPLE: &[(&str, &str)] = &[
    ("region", "{region}"),
    ("sits_on", "{day}"),
    ("place", "Gəncə Məşğulluq Mərkəzi"),
    ("budget", "20000"),
    ("member", "{one}"),
    ("member", "{other}"),
    ("member", "{third}"),
    ("head", "{one}"),
    ("case", "{case}"),
];

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    show(&app, &page, &Posted::empty(), Errors::none()).await
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

/// What the form says.
struct Input {
    region: String,
    sits_on: NaiveDate,
    place: String,
    budget: Money,
    head: Uuid,
    members: BTreeSet<Uuid>,
    cases: Vec<CaseId>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let input = read(form.reader(), &programme, page)?;
    let judges = defend::judges(tx).await?;
    if input.cases.is_empty() || input.members.iter().any(|id| !judges.iter().any(|(judge, _)| judge == id)) {
        return Err(Stop::refused(&Refusal::Empty));
    }
    let law = case::law(app)?;
    // Asked only when the cases are locked: another secretary may be calling them at this moment.
    let loaded = case::bulk::lock_many(tx, &law, &input.cases).await?;
    let ready: BTreeSet<Uuid> = ready(tx).await?.iter().map(|ready| ready.case_id).collect();
    if loaded.iter().any(|loaded| !ready.contains(&loaded.file.case_id)) {
        return Err(Stop::refused(&Refusal::NotScored));
    }
    let sitting = Sitting {
        sitting_id: SittingId::new().0,
        office: page.who()?.office.0,
        number: number(tx, &input).await?,
        region: input.region.clone(),
        place: input.place.clone(),
        sits_on: input.sits_on,
        called_at: tx.now(),
        called_by: page.officer()?.0,
        head_id: input.head,
        budget: input.budget.qepik(),
        granted: 0,
        closed_at: None,
        closed_by: None,
    };
    keep(tx, &sitting, &input, &loaded).await?;
    let facts =
        json!({ "sitting": sitting.sitting_id, "number": sitting.number, "budget": sitting.budget, "cases": input.cases });
    tx.note(CALLED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(link(SittingId(sitting.sitting_id)))
}

async fn keep(tx: &mut Tx, sitting: &Sitting, input: &Input, loaded: &[Loaded]) -> Result<()> {
    let members: Vec<Member> = input
        .members
        .iter()
        .map(|officer| Member { sitting_id: sitting.sitting_id, officer_id: *officer, office: sitting.office, present: None })
        .collect();
    let mut items = Vec::new();
    let mut assignments = Vec::new();
    for (loaded, position) in loaded.iter().zip(1i16..) {
        let plan = loaded.state.plan.context("a scored case without a plan")?;
        let amount = crate::business_plan::store::find(tx, plan).await?.map_or(0, |plan| plan.items_total);
        items.push(Item {
            person_id: loaded.file.person_id,
            sitting_id: sitting.sitting_id,
            case_id: loaded.file.case_id,
            plan_id: plan.0,
            office: loaded.file.office,
            position,
            amount,
            mean_tenths: loaded.state.mean_tenths.and_then(|mean| i16::try_from(mean).ok()).unwrap_or(0),
            decision: None,
            reason: None,
        });
        assignments.extend(input.members.iter().map(|officer| Assignment {
            person_id: loaded.file.person_id,
            case_id: loaded.file.case_id,
            officer_id: *officer,
            duty: Duty::Vote as i16,
            office: loaded.file.office,
            begun_on: tx.today(),
        }));
    }
    store::insert_sittings(tx, std::slice::from_ref(sitting)).await?;
    store::insert_members(tx, &members).await?;
    store::insert_items(tx, &items).await?;
    store::assign(tx, &assignments).await
}

const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(230, 1)";

const COUNT: &str = "
    select count(*)
    from sitting
    where region = $1
    and sits_on >= $2
    and sits_on < $3";

/// Year, region, and which of the region's sittings in that year; nobody else numbers one until this transaction ends.
async fn number(tx: &mut Tx, input: &Input) -> Result<String> {
    sqlx::query(ONE_AT_A_TIME).execute(tx.conn()).await.context("waiting for another sitting")?;
    let year = input.sits_on.year();
    let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).context("a year beyond the calendar");
    let (count,): (i64,) = sqlx::query_as(COUNT)
        .bind(&input.region)
        .bind(first(year)?)
        .bind(first(year + 1)?)
        .fetch_one(tx.conn())
        .await
        .context("counting sittings")?;
    Ok(super::rules::sitting_number(year, &input.region, count + 1))
}

fn read(mut read: Reader<'_>, programme: &InForce, page: &Page) -> Result<Input, Errors> {
    let regions: Vec<&str> = programme.regions().iter().map(|region| region.code.as_str()).collect();
    let region = read.choice("region", &regions);
    let sits_on = read.date("sits_on");
    if sits_on.is_some_and(|day| day < page.today) {
        read.wrong("sits_on", Message::new("commission-error-past"));
    }
    let place = read.required("place");
    let budget = read.money("budget");
    let members: BTreeSet<Uuid> = read.many("member").iter().filter_map(|id| id.parse().ok()).collect();
    let least = programme.parameter(&registry::programme::keys::DEFENCE_PANEL, page.today) as usize;
    if members.len() < least {
        read.wrong("member", Message::new("commission-error-members").arg("least", least));
    }
    let head = read.require::<Uuid>("head", "form-error-choice");
    if head.is_some_and(|head| !members.contains(&head)) {
        read.wrong("head", Message::new("commission-error-head"));
    }
    let cases: Vec<CaseId> = read.many("case").iter().filter_map(|id| id.parse().ok()).collect();
    if cases.is_empty() {
        read.wrong("case", Message::new("commission-error-no-plans"));
    }
    let input = sits_on.zip(budget).zip(head).map(|((sits_on, budget), head)| Input {
        region,
        sits_on,
        place,
        budget,
        head,
        members,
        cases,
    });
    read.finish(input)
}

/// A plan that may be called.
#[derive(FromRow, serde::Serialize)]
struct Ready {
    case_id: Uuid,
    office: i32,
    receipt: String,
    direction: String,
}

const WAITING: &str = "
    select f.case_id, f.office, f.receipt, f.direction
    from case_file f
    where f.stage = any ($1)
    and f.closed_on is null
    and not exists (select from agenda_item i join sitting s using (sitting_id)
        where i.case_id = f.case_id and s.closed_at is null)
    order by f.office, f.next_since
    limit 200";

async fn ready(tx: &mut Tx) -> Result<Vec<Ready>> {
    let stages = [Stage::Scored, Stage::PlanReserve].map(|stage| stage as i16);
    sqlx::query_as(WAITING).bind(&stages[..]).fetch_all(tx.conn()).await.context("finding plans for a sitting")
}

async fn show(app: &App, page: &Page, form: &Posted, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let ready = ready(&mut tx).await?;
    let judges = defend::judges(&mut tx).await?;
    let names: Vec<(String, String)> = judges.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    let regions =
        programme.regions().iter().map(|region| (region.code.to_string(), region.name.text(page.lang).to_owned())).collect();
    let plans = ready.iter().map(|ready| {
        let direction = programme.direction(&ready.direction).map_or(ready.direction.as_str(), |d| d.name.text(page.lang));
        let office = programme.office(OfficeId(ready.office)).map_or("", |office| office.name.text(page.lang));
        (ready.case_id.to_string(), format!("{} · {direction} · {office}", ready.receipt))
    });
    let title = page.t("commission-call");
    let body = html! {
        (heading(&page.t("commission-panel"), &title))
        @if ready.is_empty() { p class="govuk-body" { (page.t("commission-call-none")) } }
        @else {
            (draw::form(page, "/sittings", None, &page.t("commission-call-submit"), html! {
                (draw::select(page, form, &errors, "region", "commission-region", regions))
                (draw::date(page, form, &errors, "sits_on", "commission-sits-on"))
                (draw::input(page, form, &errors, "place", "commission-place"))
                (draw::money(page, form, &errors, "budget", "commission-budget").hint("commission-budget-hint"))
                (draw::boxes(page, form, &errors, "member", "commission-members", names.clone()).compact())
                (draw::select(page, form, &errors, "head", "commission-head", names))
                (draw::boxes(page, form, &errors, "case", "commission-plans", plans.collect()).compact())
            }))
        }
    };
    page.show_form(&title, &json!({ "ready": ready }), &errors, body)
}
