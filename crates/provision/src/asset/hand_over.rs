//! `GET` and `POST /cases/{case}/handover`: what lies in the store for a person passes into their hands, piece by piece.

use super::{
    HANDED, REPLACED, link, piece, progress,
    rules::{self, Outcome, Refusal, State},
    store::{self, Asset, Handover, HandoverItem},
};
use crate::contract;
use anyhow::Context;
use axum::extract::{Path, State as Extract};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    clock, draw,
    form::Posted,
    message::{Errors, Message},
    page::{
        button_link, buttons,
        form::{group, side_by_side},
        shell::heading,
    },
    request::Page,
    scope::Tx,
    slice::Subject,
};
use registry::{
    case::{self, Facts, Happening, Loaded, Stage, heading as case_heading},
    programme::{self, InForce, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, ContractId, PersonId},
};

/// Names of the conditions of a piece, by number from one.
pub const CONDITIONS: [&str; 3] = ["asset-condition-new", "asset-condition-used", "asset-condition-damaged"];

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    show(&app, &page, case, None, Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, Some(&form), stop.errors()?).await
        }
    }
}

/// What the form says of the whole.
struct Input {
    at: NaiveDateTime,
    place: String,
    witness: String,
    delivery_note: String,
    remarks: String,
}

/// What the form says of a piece that was shown.
struct Shown {
    asset: Asset,
    accepted: bool,
    condition: i16,
    test_run: bool,
    manual: bool,
    warranty_until: Option<NaiveDate>,
    reason: Option<String>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let mut loaded = case::store::load_for(tx, &law, case, form).await?;
    let all = store::of_case(tx, loaded.state.person, case).await?;
    let stocked: Vec<Asset> = all.iter().filter(|asset| asset.state == State::InStock as i16).cloned().collect();
    if stocked.is_empty() {
        return Err(Stop::refused(&Refusal::NothingInStock));
    }
    let (input, shown) = read(form, stocked)?;
    let (from, to) =
        (programme.parameter(&keys::WORKDAY_START, input.at.date()), programme.parameter(&keys::WORKDAY_END, input.at.date()));
    rules::at_work(input.at, clock::local(tx.now()), from.0, to.0).map_err(|refusal| Stop::refused(&refusal))?;
    let contract = contract::store::find(tx, loaded.state.person, case).await?.context("goods without a contract")?;
    let outcome = outcome(tx, &programme, &loaded, &contract, &all, &shown).await?;
    let nth = store::handovers(tx, loaded.state.person, case).await?.len() + 1;
    let handover = Handover {
        person_id: loaded.file.person_id,
        handover_id: Uuid::now_v7(),
        case_id: case.0,
        contract_id: contract.contract_id,
        office: loaded.file.office,
        number: format!("T-{}-{nth}", contract.number.trim_start_matches("M-")),
        outcome: outcome as i16,
        happened_at: clock::from_local(input.at),
        place: input.place,
        witness: input.witness,
        delivery_note: input.delivery_note,
        remarks: input.remarks,
        handed_by: page.officer()?.0,
        value: shown.iter().filter(|shown| shown.accepted).map(|shown| shown.asset.price).sum(),
    };
    let facts = facts(loaded.state.stage, ContractId(contract.contract_id), outcome, &all, &shown);
    if let Some(facts) = facts {
        case::store::append(tx, &law, &mut loaded, vec![Happening::on(input.at.date(), facts)]).await?;
    }
    keep(tx, &handover, &all, shown, input.at.date()).await?;
    Ok(link(case))
}

/// Pieces that stand in for one that the person still answers for: they change nothing in the count of what is held.
fn stands_in(all: &[Asset], asset: &Asset) -> bool {
    asset.replaces.is_some_and(|old| all.iter().any(|one| one.asset_id == old && one.is_held()))
}

/// What happened to the case: nothing when only replacements changed hands.
fn facts(stage: Stage, contract: ContractId, outcome: Outcome, all: &[Asset], shown: &[Shown]) -> Option<Facts> {
    let new: Vec<&Shown> = shown.iter().filter(|one| one.accepted && !stands_in(all, &one.asset)).collect();
    let items = u16::try_from(new.len()).unwrap_or(u16::MAX);
    let value = Money::from_qepik(new.iter().map(|one| one.asset.price).sum());
    match (stage, outcome) {
        (Stage::Contracted, Outcome::Completed) => Some(Facts::HandoverCompleted { contract, items, value }),
        (Stage::Contracted, Outcome::Refused) => {
            Some(Facts::HandoverRefused { contract, items: u16::try_from(shown.len()).unwrap_or(u16::MAX) })
        }
        _ => (items > 0).then_some(Facts::HandoverPartial { contract, items, value }),
    }
}

async fn outcome(
    tx: &mut Tx,
    programme: &InForce,
    loaded: &Loaded,
    contract: &contract::store::Contract,
    all: &[Asset],
    shown: &[Shown],
) -> Result<Outcome, Stop> {
    let lines = contract::store::lines(tx, loaded.state.person, contract.plan()).await?;
    let direction = programme.direction(&contract.direction);
    let is_mandatory = |item: &str| {
        let line = direction.and_then(|direction| direction.package.iter().find(|line| line.item.as_str() == item));
        line.is_none_or(|line| line.mandatory)
    };
    let mandatory: Vec<String> = lines
        .iter()
        .filter(|line| is_mandatory(&line.item))
        .flat_map(|line| std::iter::repeat_n(line.item.clone(), usize::try_from(line.quantity).unwrap_or(0)))
        .collect();
    let sound = |asset: &&Asset| asset.state == State::WithPerson as i16;
    let held: Vec<String> = all.iter().filter(sound).map(|asset| asset.item.clone()).collect();
    let accepted: Vec<String> = shown.iter().filter(|one| one.accepted).map(|one| one.asset.item.clone()).collect();
    Ok(rules::outcome(&mandatory, &held, &accepted))
}

async fn keep(tx: &mut Tx, handover: &Handover, all: &[Asset], shown: Vec<Shown>, on: NaiveDate) -> Result<(), Stop> {
    let items: Vec<HandoverItem> = shown
        .iter()
        .map(|one| HandoverItem {
            person_id: handover.person_id,
            handover_id: handover.handover_id,
            asset_id: one.asset.asset_id,
            office: handover.office,
            accepted: one.accepted,
            condition: one.condition,
            test_run: one.test_run,
            manual: one.manual,
            warranty_until: one.warranty_until,
            reason: one.reason.clone(),
        })
        .collect();
    store::insert_handovers(tx, std::slice::from_ref(handover)).await?;
    store::insert_items(tx, &items).await?;
    let person = PersonId(handover.person_id);
    for one in shown {
        let mut asset = one.asset;
        let old = all.iter().find(|old| Some(old.asset_id) == asset.replaces && old.is_held());
        if let Some(old) = old.filter(|_| one.accepted) {
            let gone = if old.state == State::Missing as i16 { State::Lost } else { State::Replaced };
            store::change(tx, &Asset { state: gone as i16, ended_on: Some(on), ..old.clone() }).await?;
            tx.note(REPLACED, person, &json!({ "case": asset.case_id, "asset": old.asset_id, "by": asset.asset_id }), None)?;
        }
        match one.accepted {
            true => {
                asset.state = State::WithPerson as i16;
                asset.handed_over_on = Some(on);
            }
            false => {
                asset.state = State::Faulty as i16;
                asset.fault = one.reason;
                asset.fault_on = Some(on);
            }
        }
        store::change(tx, &asset).await?;
    }
    let facts = json!({ "case": handover.case_id, "handover": handover.handover_id, "outcome": handover.outcome,
        "accepted": items.iter().filter(|item| item.accepted).map(|item| item.asset_id).collect::<Vec<_>>(),
        "refused": items.iter().filter(|item| !item.accepted).map(|item| item.asset_id).collect::<Vec<_>>() });
    tx.note(HANDED, person, &facts, None)?;
    Ok(())
}

fn read(form: &Posted, stocked: Vec<Asset>) -> Result<(Input, Vec<Shown>), Errors> {
    let mut read = form.reader();
    let day = read.date("happened_on");
    let time = NaiveTime::parse_from_str(&read.required("time"), "%H:%M").ok();
    if time.is_none() && !form.value("time").is_empty() {
        read.wrong("time", Message::new("asset-error-time"));
    }
    let earliest = stocked.iter().map(|asset| clock::local(asset.received_at).date()).min();
    if day.zip(earliest).is_some_and(|(day, earliest)| day < earliest) {
        read.wrong("happened_on", Message::new("asset-error-before-delivery"));
    }
    let place = read.required("place");
    let witness = read.required("witness");
    let delivery_note = read.optional("delivery_note").unwrap_or_default();
    let remarks = read.optional("remarks").unwrap_or_default();
    read.must_tick("confirmed");
    let mut shown = Vec::new();
    for asset in stocked {
        let named = |what: &str| format!("{what}-{}", asset.asset_id);
        let taken = read.optional(&named("take"));
        let accepted = match taken.as_deref() {
            Some("accepted") => true,
            Some("refused") => false,
            _ => continue,
        };
        let reason = match accepted {
            true => None,
            false => Some(read.reason(&named("reason"), 5)),
        };
        let condition = read.integer(&named("condition"), 1..=3).and_then(|number| i16::try_from(number).ok()).unwrap_or(1);
        let (test_run, manual) = (read.ticked(&named("test")), read.ticked(&named("manual")));
        let warranty_until = read.optional_date(&named("warranty"));
        shown.push(Shown { asset, accepted, condition, test_run, manual, warranty_until, reason });
    }
    if shown.is_empty() {
        read.wrong("happened_on", Message::new("asset-error-nothing-shown"));
    }
    let input = day.zip(time).map(|(day, time)| Input { at: day.and_time(time), place, witness, delivery_note, remarks });
    Ok((read.finish(input)?, shown))
}

async fn show(app: &App, page: &Page, case: CaseId, form: Option<&Posted>, errors: Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(app)?, case).await?;
    let head = case_heading::draw(&mut tx, page, &loaded).await?;
    let assets = store::of_case(&mut tx, loaded.state.person, case).await?;
    let stocked: Vec<Asset> = assets.into_iter().filter(|asset| asset.state == State::InStock as i16).collect();
    let subject = Subject { person: loaded.state.person, case: Some(case) };
    let awaited = progress::of_handover(&mut tx, page, subject).await?;
    let contract = contract::store::find(&mut tx, loaded.state.person, case).await?;
    let place = contract.map(|contract| contract.place_of_use).unwrap_or_default();
    let now = clock::local(tx.now());
    let fresh = || {
        let whole = [
            ("happened_on".to_owned(), now.date().to_string()),
            ("time".to_owned(), now.format("%H:%M").to_string()),
            ("place".to_owned(), place),
        ];
        let pieces = stocked.iter().flat_map(|asset| {
            [
                (format!("take-{}", asset.asset_id), "accepted".to_owned()),
                (format!("condition-{}", asset.asset_id), "1".to_owned()),
            ]
        });
        Posted::of(whole.into_iter().chain(pieces))
    };
    let typed = form.cloned().unwrap_or_else(fresh);
    let title = page.t("asset-hand-over");
    let body = html! {
        (head)
        (heading(&page.t("asset-panel"), &title))
        @if stocked.is_empty() {
            p class="govuk-body" { (page.t("asset-refusal-nothing")) }
            @if let Some(step) = &awaited {
                p class="govuk-body" { (page.lang.with("asset-awaited", &[("task", step.task.text(page.lang).into())])) }
                @if page.who().is_ok_and(|who| who.role == step.role) {
                    (buttons(html! { (button_link(&page.t("case-next-open"), &step.link)) }))
                }
            }
            (buttons(html! { (button_link(&page.t("asset-panel-open"), &super::link(case))) }))
        }
        @else {
            (draw::form(page, &format!("/cases/{case}/handover"), Some(loaded.file.version), &page.t("asset-hand-over-submit"),
                fields(page, &programme, &stocked, &typed, &errors)))
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file, "stocked": stocked }), &errors, body)
}

fn fields(page: &Page, programme: &InForce, stocked: &[Asset], form: &Posted, errors: &Errors) -> Markup {
    html! {
        (side_by_side(html! {
            (draw::date(page, form, errors, "happened_on", "asset-when"))
            (draw::input(page, form, errors, "time", "asset-time").hint("asset-time-hint"))
        }))
        (draw::input(page, form, errors, "place", "asset-place"))
        (draw::input(page, form, errors, "witness", "asset-witness"))
        (draw::input(page, form, errors, "delivery_note", "asset-delivery-note").hint("asset-optional"))
        @for asset in stocked { (one_piece(page, programme, asset, form, errors)) }
        (draw::area(page, form, errors, "remarks", "asset-remarks", 2).hint("asset-optional"))
        (draw::boxes(page, form, errors, "confirmed", "asset-confirmed", vec![("yes".to_owned(), page.t("asset-confirmed-yes"))]))
    }
}

fn one_piece(page: &Page, programme: &InForce, asset: &Asset, form: &Posted, errors: &Errors) -> Markup {
    let named = |what: &str| format!("{what}-{}", asset.asset_id);
    let (take, condition, reason, test, manual, warranty) =
        (named("take"), named("condition"), named("reason"), named("test"), named("manual"), named("warranty"));
    let takes = ["accepted", "refused", "later"].map(|code| (code.to_owned(), page.t(&format!("asset-take-{code}")))).to_vec();
    let conditions = CONDITIONS.iter().zip(1..).map(|(key, number)| (number.to_string(), page.t(key))).collect();
    let tick = |key: &str| vec![("yes".to_owned(), page.t(key))];
    let price = page.lang.money(Money::from_qepik(asset.price));
    group(
        &format!("{} · {price}", piece::name(programme, page, asset)),
        html! {
            (draw::radios(page, form, errors, &take, "asset-take", takes).compact())
            (side_by_side(html! {
                (draw::select(page, form, errors, &condition, "asset-condition", conditions))
                (draw::date(page, form, errors, &warranty, "asset-warranty").hint("asset-optional"))
            }))
            (draw::boxes(page, form, errors, &test, "asset-checks", tick("asset-test-run")).compact())
            (draw::boxes(page, form, errors, &manual, "asset-papers", tick("asset-manual")).compact())
            (draw::input(page, form, errors, &reason, "asset-refused-why"))
        },
    )
}
