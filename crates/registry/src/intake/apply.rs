//! `GET` and `POST /people/{person}/application`: an officer takes in an application in an open call.

use super::{
    rules::{self, Refusal},
    store::{self, Answers, Application},
};
use crate::{
    case::{self, Code, Facts, Happening, Law, Loaded, Stage, heading::link as case_link},
    people::{self, store::Person},
    programme::{self, InForce},
};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{form::group, notice, shell::heading},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use values::{
    Money,
    id::{CaseId, OfficeId, PersonId},
};

const PREMISES: [&str; 4] = ["home", "owned", "rented", "none"];

pub(super) async fn get(State(app): State<App>, page: Page, Path(person): Path<PersonId>) -> Answer {
    show(&app, &page, person, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(person): Path<PersonId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, person, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, person, &form, stop.errors()?).await
        }
    }
}

/// What the form says.
struct Input {
    wished: Code,
    second: Option<Code>,
    experience_years: i16,
    own_contribution: Money,
    answers: Answers,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: PersonId, form: &Posted) -> Result<String, Stop> {
    let person = people::store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let programme = programme::current(app)?;
    let input = read(form, &programme, page)?;
    if input.second == Some(input.wished) {
        return Err(Stop::refused(&Refusal::SameDirections));
    }
    let Ground { call, consent_on, basis } = ground(tx, &programme, page, &person).await?;
    let code = |text: &str| Code::new(text).map_err(|_| anyhow::anyhow!("{text} is no code of an event"));
    let law = case::law(app)?;
    let (in_call, in_phase) = (code(&call.code)?, code(&call.phase)?);
    let mut earlier = earlier(tx, &law, id).await?;
    for case in &earlier {
        rules::may_apply_again(&case.state, in_call, in_phase, page.today, law.terms_on(case.file.opened_on))
            .map_err(|refusal| Stop::refused(&refusal))?;
    }
    let receipt = store::next_receipt(tx, person.office, page.today).await?;
    let region =
        programme.region_of(OfficeId(person.office)).map_or_else(|| "UNKNOWN".to_owned(), |region| region.code.to_string());
    let lodged = Facts::ApplicationLodged(Box::new(case::Application {
        receipt: code(&receipt)?,
        call: in_call,
        phase: in_phase,
        funding: code(&call.funding)?,
        office: OfficeId(person.office),
        region: code(&region)?,
        basis,
        wished: input.wished,
        wished_second: input.second,
        consent_on,
    }));
    let case_id = CaseId::new();
    let loaded = case::store::open(tx, &law, id, case_id, Happening::on(page.today, lodged)).await?;
    let row = Application {
        person_id: id.0,
        case_id: case_id.0,
        office: person.office,
        call: call.code.to_string(),
        receipt,
        lodged_on: page.today,
        lodged_by: page.officer()?.0,
        experience_years: input.experience_years,
        own_contribution: input.own_contribution.qepik(),
        answers: serde_json::to_string(&input.answers)?,
    };
    store::insert(tx, &[row]).await?;
    if let Some(last) = earlier.iter_mut().find(|case| case.state.stage == Stage::Closed) {
        // It may stand in the office that closed it.
        tx.widen().await?;
        let again = Facts::Reapplied { case: case_id, call: in_call, phase: in_phase };
        case::store::append(tx, &law, last, vec![Happening::on(page.today, again)]).await?;
        tx.narrow().await?;
    }
    Ok(format!("{}/receipt", case_link(loaded.file.case())))
}

/// What an application stands on.
struct Ground<'p> {
    call: &'p programme::Call,
    consent_on: NaiveDate,
    basis: case::Basis,
}

async fn ground<'p>(tx: &mut Tx, programme: &'p InForce, page: &Page, person: &Person) -> Result<Ground<'p>, Stop> {
    let id = PersonId(person.person_id);
    let call = programme.open_calls(page.today).next().ok_or_else(|| Stop::refused(&Refusal::NoCall))?;
    let consent_on = consent(tx, id).await?.ok_or_else(|| Stop::refused(&Refusal::NoConsent))?;
    let basis = basis(tx, id).await?.ok_or_else(|| Stop::refused(&Refusal::NoStatus))?;
    if person.deceased_on.is_some() {
        return Err(Stop::refused(&Refusal::Deceased));
    }
    if store::has_open_case(tx, id.0).await? {
        return Err(Stop::refused(&Refusal::OpenCase));
    }
    Ok(Ground { call, consent_on, basis })
}

const EARLIER: &str = "
    select case_id
    from case_file
    where person_id = $1
    order by opened_on desc, case_id desc";

/// The person's cases before this one, the latest first, in whatever office they stand.
async fn earlier(tx: &mut Tx, law: &Law, person: PersonId) -> Result<Vec<Loaded>, Stop> {
    tx.widen().await?;
    let ids: Vec<(uuid::Uuid,)> =
        sqlx::query_as(EARLIER).bind(person.0).fetch_all(tx.conn()).await.context("finding earlier cases")?;
    let mut cases = Vec::with_capacity(ids.len());
    for (case,) in ids {
        cases.push(case::store::lock(tx, law, CaseId(case)).await?);
    }
    tx.narrow().await?;
    Ok(cases)
}

fn read(form: &Posted, programme: &InForce, page: &Page) -> Result<Input, Errors> {
    let offered: Vec<String> = programme.directions_on(page.today).map(|direction| direction.code.to_string()).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let mut read = form.reader();
    let wished = Code::new(&read.choice("wished", &offered)).ok();
    let second = match form.value("second") {
        "" => None,
        _ => Code::new(&read.choice("second", &offered)).ok(),
    };
    let experience_years = read.integer("experience_years", 0..=60).and_then(|years| i16::try_from(years).ok());
    let own_contribution = read.money("own_contribution");
    let answers = Answers {
        tools: read.text("tools"),
        premises: read.choice("premises", &PREMISES),
        premises_area: read.optional_integer("premises_area", 1..=100_000),
        power: read.ticked("power"),
        water: read.ticked("water"),
        licence: read.ticked("licence"),
        debts: read.text("debts"),
        earlier_support: read.choice("earlier_support", &["yes", "no"]) == "yes",
        training_days: read.text("training_days"),
        device: read.ticked("device"),
        transport: read.ticked("transport"),
        childcare: read.ticked("childcare"),
        relatives: read.text("relatives"),
        assisted_by: read.text("assisted_by"),
    };
    read.must_tick("truth");
    let input = wished.zip(experience_years).zip(own_contribution).map(|((wished, experience_years), own_contribution)| Input {
        wished,
        second,
        experience_years,
        own_contribution,
        answers,
    });
    read.finish(input)
}

const CONSENT: &str = "
    select given_on
    from consent
    where person_id = $1
    and kind = 'DATA'
    and withdrawn_on is null
    order by given_on desc
    limit 1";

async fn consent(tx: &mut Tx, person: PersonId) -> Result<Option<NaiveDate>> {
    let row: Option<(NaiveDate,)> =
        sqlx::query_as(CONSENT).bind(person.0).fetch_optional(tx.conn()).await.context("finding a consent")?;
    Ok(row.map(|(day,)| day))
}

const BASIS: &str = "
    select basis
    from unemployment_spell
    where person_id = $1
    and ended_on is null
    order by begun_on desc
    limit 1";

/// Unemployed, or a jobseeker with a farm-land share and no other work (rule 1.4).
async fn basis(tx: &mut Tx, person: PersonId) -> Result<Option<case::Basis>> {
    let row: Option<(i16,)> = sqlx::query_as(BASIS).bind(person.0).fetch_optional(tx.conn()).await.context("finding a status")?;
    Ok(row.and_then(|(basis,)| case::Basis::from_number(basis)))
}

async fn show(app: &App, page: &Page, id: PersonId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let person = people::store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let programme = programme::current(app)?;
    let calls: Vec<String> = programme
        .open_calls(page.today)
        .map(|call| page.lang.pick(&call.name.az, &call.name.en, &call.name.ru).to_owned())
        .collect();
    let title = page.t("intake-title");
    let view = json!({ "person": person, "calls": calls });
    // Nobody fills in a form that would be refused whatever they write; what was filled in is shown with its refusal.
    if errors.is_empty()
        && *form == Posted::empty()
        && let Err(stop) = ground(&mut tx, &programme, page, &person).await
    {
        let body = html! { (heading(&person.full_name(), &title)) (why_not(page, &stop.errors()?)) };
        return page.show(&title, &view, body);
    }
    let body = draw_form(page, &programme, &person, calls.first().map(String::as_str), form, &errors);
    page.show_form(&title, &view, &errors, body)
}

fn why_not(page: &Page, errors: &Errors) -> Markup {
    html! { @for error in &errors.list { (notice::warning(&page.lang, &error.message.text(page.lang))) } }
}

fn draw_form(page: &Page, programme: &InForce, person: &Person, call: Option<&str>, form: &Posted, errors: &Errors) -> Markup {
    let directions: Vec<(String, String)> = programme
        .directions_on(page.today)
        .map(|d| (d.code.to_string(), page.lang.pick(&d.name.az, &d.name.en, &d.name.ru).to_owned()))
        .collect();
    let premises = PREMISES.map(|code| (code.to_owned(), page.t(&format!("intake-premises-{code}")))).to_vec();
    let yes_no = ["yes", "no"].map(|code| (code.to_owned(), page.t(&format!("intake-{code}")))).to_vec();
    let tick = |name: &'static str, key: &str| {
        draw::boxes(page, form, errors, name, "", vec![("yes".to_owned(), page.t(key))]).labelled(page.t(key)).compact()
    };
    html! {
        (heading(&person.full_name(), &page.t("intake-title")))
        p class="govuk-body" { @match call { Some(call) => (call), None => (page.t("intake-refusal-no-call")) } }
        (draw::form(page, &format!("/people/{}/application", person.person_id), None, &page.t("intake-submit"), html! {
            (group(&page.t("intake-wish"), html! {
                (draw::select(page, form, errors, "wished", "intake-wished", directions.clone()))
                (draw::select(page, form, errors, "second", "intake-second", directions).hint("intake-optional"))
                (draw::number(page, form, errors, "experience_years", "intake-experience"))
                (draw::money(page, form, errors, "own_contribution", "intake-contribution").hint("intake-contribution-hint"))
                (draw::area(page, form, errors, "tools", "intake-tools", 2).hint("intake-optional"))
            }))
            (group(&page.t("intake-premises"), html! {
                (draw::radios(page, form, errors, "premises", "intake-premises", premises))
                (draw::number(page, form, errors, "premises_area", "intake-area").hint("intake-optional"))
                (tick("power", "intake-power"))
                (tick("water", "intake-water"))
                (tick("licence", "intake-licence"))
            }))
            (group(&page.t("intake-circumstances"), html! {
                (draw::area(page, form, errors, "debts", "intake-debts", 2).hint("intake-optional"))
                (draw::radios(page, form, errors, "earlier_support", "intake-earlier-support", yes_no).compact())
                (draw::input(page, form, errors, "training_days", "intake-training-days").hint("intake-optional"))
                (tick("device", "intake-device"))
                (tick("transport", "intake-transport"))
                (tick("childcare", "intake-childcare"))
                (draw::input(page, form, errors, "relatives", "intake-relatives").hint("intake-relatives-hint"))
                (draw::input(page, form, errors, "assisted_by", "intake-assisted-by").hint("intake-optional"))
            }))
            (draw::boxes(page, form, errors, "truth", "intake-truth", vec![("yes".to_owned(), page.t("intake-truth-yes"))]))
        }))
    }
}
