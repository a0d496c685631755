//! `GET` and `POST /awards/{award}/delivery`: what lies in the store for an award passes into the person's hands, piece by
//! piece; with the last piece the award is delivered.

use super::{
    HANDED, link,
    store::{self, Delivery, DeliveryItem},
};
use crate::growth::{
    rules::Refusal,
    show::{heading_of, item_name},
    state::State as Stage,
    store::{self as awards, Award, Line},
};
use axum::extract::{Path, State as Extract};
use chrono::{NaiveDateTime, NaiveTime};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    clock, draw,
    form::Posted,
    message::{Errors, Explain, Message},
    page::form::{group, side_by_side},
    request::Page,
    scope::Tx,
};
use provision::asset::{
    CONDITIONS,
    rules::{State, at_work},
    store::{self as assets, Asset},
};
use registry::{
    case::{self, AwardForm, Facts, Happening},
    programme::{self, keys},
};
use serde_json::json;
use uuid::Uuid;
use values::{Money, id::AwardId};

pub(super) async fn get(Extract(app): Extract<App>, page: Page, Path(award): Path<AwardId>) -> Answer {
    show(&app, &page, award, None, Errors::none()).await
}

pub(super) async fn post(Extract(app): Extract<App>, page: Page, Path(award): Path<AwardId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, award, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, award, Some(&form), stop.errors()?).await
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
    reason: Option<String>,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: AwardId, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let law = case::law(app)?;
    let award = awards::lock(tx, id).await?.ok_or(Fault::NotFound)?;
    if !may_hand_over(award.state()) {
        return Err(Stop::refused(&Refusal::NotNow));
    }
    let mut loaded = case::store::lock(tx, &law, award.case()).await?;
    let all = assets::of_award(tx, award.person(), id).await?;
    let stocked: Vec<Asset> = all.iter().filter(|asset| asset.state == State::InStock as i16).cloned().collect();
    if stocked.is_empty() {
        return Err(Stop::refused(&Refusal::NothingInStock));
    }
    let (input, shown) = read(form, stocked)?;
    let (from, to) =
        (programme.parameter(&keys::WORKDAY_START, input.at.date()), programme.parameter(&keys::WORKDAY_END, input.at.date()));
    at_work(input.at, clock::local(tx.now()), from.0, to.0).map_err(|refusal| Stop::refused(&refusal))?;
    // After the first delivery only replacements change hands.
    let whole = award.state() == Stage::Contracted && is_whole(&awards::lines(tx, &award).await?, &all, &shown);
    let nth = store::of_award(tx, &award).await?.len() + 1;
    let delivery = Delivery {
        person_id: award.person_id,
        delivery_id: Uuid::now_v7(),
        award_id: award.award_id,
        case_id: award.case_id,
        office: award.office,
        number: number(&award.number, nth),
        happened_at: clock::from_local(input.at),
        place: input.place,
        witness: input.witness,
        delivery_note: input.delivery_note,
        remarks: input.remarks,
        handed_by: page.officer()?.0,
        value: shown.iter().filter(|one| one.accepted).map(|one| one.asset.price).sum(),
        whole,
    };
    if whole {
        let decided_on = award.decided_on.unwrap_or(input.at.date());
        let amount = Money::from_qepik(award.granted);
        let facts = Facts::AwardDelivered { award: id, form: AwardForm::Equipment, amount, decided_on };
        case::store::append(tx, &law, &mut loaded, vec![Happening::on(input.at.date(), facts)]).await?;
        let delivered = Award { state: Stage::Delivered as i16, delivered_on: Some(input.at.date()), ..award };
        awards::change(tx, &delivered, Stage::Contracted).await?;
    }
    keep(tx, &delivery, &all, shown, input.at).await?;
    Ok(link(id))
}

/// Whether equipment of an award may change hands.
fn may_hand_over(state: Stage) -> bool {
    matches!(state, Stage::Contracted | Stage::Delivered | Stage::Accounted)
}

/// The number of an award's handover.
pub fn number(award: &str, nth: usize) -> String {
    format!("MT-{}-{nth}", award.trim_start_matches("HM-"))
}

/// Whether the person has everything that the award gives, with what they accept now.
fn is_whole(lines: &[Line], all: &[Asset], shown: &[Shown]) -> bool {
    let given: i64 = lines.iter().map(|line| i64::from(line.quantity)).sum();
    let held = all.iter().filter(|asset| asset.state == State::WithPerson as i16).count();
    let now = shown.iter().filter(|one| one.accepted).count();
    i64::try_from(held + now).unwrap_or(0) >= given
}

async fn keep(tx: &mut Tx, delivery: &Delivery, all: &[Asset], shown: Vec<Shown>, at: NaiveDateTime) -> Result<(), Stop> {
    let item = |one: &Shown| DeliveryItem {
        person_id: delivery.person_id,
        delivery_id: delivery.delivery_id,
        asset_id: one.asset.asset_id,
        office: delivery.office,
        accepted: one.accepted,
        condition: one.condition,
        reason: one.reason.clone(),
    };
    let items: Vec<DeliveryItem> = shown.iter().map(item).collect();
    store::insert(tx, std::slice::from_ref(delivery)).await?;
    store::insert_items(tx, &items).await?;
    for one in shown {
        let mut asset = one.asset;
        let old = all.iter().find(|old| Some(old.asset_id) == asset.replaces && old.is_held());
        if let Some(old) = old.filter(|_| one.accepted) {
            let gone = Asset { state: State::Replaced as i16, ended_on: Some(at.date()), ..old.clone() };
            assets::change(tx, &gone).await?;
        }
        match one.accepted {
            true => {
                asset.state = State::WithPerson as i16;
                asset.handed_over_on = Some(at.date());
            }
            false => {
                asset.state = State::Faulty as i16;
                asset.fault = one.reason;
                asset.fault_on = Some(at.date());
            }
        }
        assets::change(tx, &asset).await?;
    }
    let facts = json!({ "case": delivery.case_id, "award": delivery.award_id, "delivery": delivery.delivery_id,
        "whole": delivery.whole, "accepted": items.iter().filter(|item| item.accepted).map(|item| item.asset_id).collect::<Vec<_>>(),
        "refused": items.iter().filter(|item| !item.accepted).map(|item| item.asset_id).collect::<Vec<_>>() });
    tx.note(HANDED, delivery.person_id.into(), &facts, None)?;
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
    let delivery_note = read.text("delivery_note");
    let remarks = read.text("remarks");
    read.must_tick("confirmed");
    let mut shown = Vec::new();
    for asset in stocked {
        let named = |what: &str| format!("{what}-{}", asset.asset_id);
        let accepted = match read.optional(&named("take")).as_deref() {
            Some("accepted") => true,
            Some("refused") => false,
            _ => continue,
        };
        let reason = if accepted { None } else { Some(read.reason(&named("reason"), 5)) };
        let condition = read.integer(&named("condition"), 1..=3).and_then(|number| i16::try_from(number).ok()).unwrap_or(1);
        shown.push(Shown { asset, accepted, condition, reason });
    }
    if shown.is_empty() {
        read.wrong("happened_on", Message::new("asset-error-nothing-shown"));
    }
    let input = day.zip(time).map(|(day, time)| Input { at: day.and_time(time), place, witness, delivery_note, remarks });
    Ok((read.finish(input)?, shown))
}

async fn show(app: &App, page: &Page, id: AwardId, form: Option<&Posted>, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let head = heading_of(&mut tx, app, page, &award, "growth-deliver").await?;
    let all = assets::of_award(&mut tx, award.person(), id).await?;
    let stocked: Vec<Asset> = all.into_iter().filter(|asset| asset.state == State::InStock as i16).collect();
    let contract = crate::growth::contract::store::find(&mut tx, &award).await?;
    let now = clock::local(tx.now());
    let fresh = first_time(&stocked, now, contract.map(|contract| contract.place_of_use).unwrap_or_default());
    let typed = form.unwrap_or(&fresh);
    let refused = match award.state() {
        state if !may_hand_over(state) => Some(Refusal::NotNow),
        _ if stocked.is_empty() => Some(Refusal::NothingInStock),
        _ => None,
    };
    let title = page.t("growth-deliver");
    let body = html! {
        (head)
        @match refused {
            Some(refusal) => p class="govuk-body" { (refusal.message().text(page.lang)) },
            None => (draw::form(page, &format!("{}/delivery", link(id)), None, &page.t("asset-hand-over-submit"),
                fields(page, app, &stocked, typed, &errors)?)),
        }
    };
    page.show_form(&title, &json!({ "award": award, "stocked": stocked }), &errors, body)
}

fn first_time(stocked: &[Asset], now: NaiveDateTime, place: String) -> Posted {
    let mut fields = vec![
        ("happened_on".to_owned(), now.date().to_string()),
        ("time".to_owned(), now.format("%H:%M").to_string()),
        ("place".to_owned(), place),
    ];
    for asset in stocked {
        fields.push((format!("take-{}", asset.asset_id), "accepted".to_owned()));
        fields.push((format!("condition-{}", asset.asset_id), "1".to_owned()));
    }
    Posted::of(fields)
}

fn fields(page: &Page, app: &App, stocked: &[Asset], form: &Posted, errors: &Errors) -> Result<Markup, Fault> {
    let programme = programme::current(app)?;
    let takes = || ["accepted", "refused", "later"].map(|code| (code.to_owned(), page.t(&format!("asset-take-{code}")))).to_vec();
    let conditions = || CONDITIONS.iter().zip(1..).map(|(key, number)| (number.to_string(), page.t(key))).collect::<Vec<_>>();
    let pieces: Vec<_> = stocked
        .iter()
        .map(|asset| {
            let name = item_name(&programme, page, &asset.item, asset.received_at.date_naive());
            let price = page.lang.money(Money::from_qepik(asset.price));
            let named = |what: &str| format!("{what}-{}", asset.asset_id);
            (format!("{name} · {} · {price}", asset.serial), named("take"), named("condition"), named("reason"))
        })
        .collect();
    Ok(html! {
        (side_by_side(html! {
            (draw::date(page, form, errors, "happened_on", "asset-when"))
            (draw::input(page, form, errors, "time", "asset-time").hint("asset-time-hint"))
        }))
        (draw::input(page, form, errors, "place", "asset-place"))
        (draw::input(page, form, errors, "witness", "asset-witness"))
        (draw::input(page, form, errors, "delivery_note", "asset-delivery-note").hint("asset-optional"))
        @for (heading, take, condition, reason) in &pieces {
            (group(heading, html! {
                (draw::radios(page, form, errors, take, "asset-take", takes()).compact())
                (draw::select(page, form, errors, condition, "asset-condition", conditions()))
                (draw::input(page, form, errors, reason, "asset-refused-why"))
            }))
        }
        (draw::area(page, form, errors, "remarks", "asset-remarks", 2).hint("asset-optional"))
        (draw::boxes(page, form, errors, "confirmed", "asset-confirmed", vec![("yes".to_owned(), page.t("asset-confirmed-yes"))]))
    })
}
