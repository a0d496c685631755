//! `GET /awards/{award}/deliveries/{delivery}`: the act of a handover of an award as a PDF, from frozen rows.

use super::store::{self, Delivery, DeliveryItem};
use crate::{
    growth::{contract, store as awards},
    monitoring::store::officer_name,
};
use anyhow::{Context, Result};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use documents::{Detail, HandoverAct, HandoverItem, Issue, Language, Outcome, Party, Signatory};
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    language::Lang,
    request::Page,
    scope::Tx,
};
use provision::{
    asset::{CONDITIONS, store as assets, store::Asset},
    contract::{party, store::Beneficiary},
};
use registry::programme::{self, InForce};
use std::collections::HashMap;
use uuid::Uuid;
use values::{
    Money,
    id::{AwardId, OfficeId, OfficerId},
};

/// The language that binds.
const LANG: Lang = Lang::Az;

pub(super) async fn get(State(app): State<App>, page: Page, Path((id, delivery)): Path<(AwardId, Uuid)>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let award = awards::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let all = store::of_award(&mut tx, &award).await?;
    let found = all.into_iter().find(|one| one.delivery_id == delivery).ok_or(Fault::NotFound)?;
    let data = paper(&mut tx, &app, &programme, &award, &found).await?;
    drop(tx);
    let name = format!("inline; filename=\"{}.pdf\"", found.number);
    let pdf = tokio::task::spawn_blocking(move || documents::handover_act(&data)).await.context("printing")?;
    let pdf = pdf.context("printing an award's handover act")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

async fn paper(tx: &mut Tx, app: &App, programme: &InForce, award: &awards::Award, delivery: &Delivery) -> Result<HandoverAct> {
    let contract = contract::store::find(tx, award).await?.context("a delivery without a contract")?;
    let sealed = contract.beneficiary.as_deref().context("a delivery under a contract that is not signed")?;
    let side: Beneficiary = serde_json::from_str(&app.keys().open(sealed)?)?;
    let items = store::items(tx, delivery).await?;
    let pieces: HashMap<Uuid, Asset> =
        assets::of_award(tx, award.person(), award.id()).await?.into_iter().map(|asset| (asset.asset_id, asset)).collect();
    let orders = store::ordered(tx, award).await?;
    let keeper = officer_name(tx, OfficerId(delivery.handed_by)).await?;
    let local = clock::local(delivery.happened_at);
    let dash = || LANG.t("asset-paper-none");
    let signed_on = LANG.date(contract.signed_on.unwrap_or(local.date()));
    let numbered =
        |number: &str, day: String| LANG.with("asset-paper-number-date", &[("number", number.into()), ("day", day.into())]);
    let office = programme.office(OfficeId(delivery.office)).map(|office| office.name.az.clone()).unwrap_or_default();
    let signature = |key: &str, name: &str| Signatory { post: LANG.t(key), name: name.to_owned(), signed: None, seal: false };
    Ok(HandoverAct {
        issue: Issue {
            language: Language::Az,
            programme: programme.about().name.az.clone(),
            institution: programme.about().authority.az.clone(),
            office: office.clone(),
            number: delivery.number.clone(),
            date: LANG.date(local.date()),
            issued_on: local.date(),
            mark: app.demo().then(|| LANG.t("training-certificate-specimen")),
        },
        contract: numbered(&contract.number, signed_on),
        order: orders.first().map_or_else(dash, |order| order.number.clone()),
        delivery_note: Some(delivery.delivery_note.clone()).filter(|note| !note.is_empty()).unwrap_or_else(dash),
        place: delivery.place.clone(),
        time: local.format("%H:%M").to_string(),
        representative: Party {
            role: LANG.t("asset-paper-giver"),
            name: keeper.clone(),
            details: vec![Detail { label: LANG.t("contract-paper-office"), value: office }],
        },
        witness: Party { role: LANG.t("asset-witness"), name: delivery.witness.clone(), details: Vec::new() },
        accepted_total: LANG.money(Money::from_qepik(delivery.value)),
        remarks: delivery.remarks.clone(),
        signatures: vec![
            signature("asset-paper-giver", &keeper),
            signature("contract-paper-beneficiary", &side.name),
            signature("asset-witness", &delivery.witness),
        ],
        recipient: party(side),
        items: items.iter().filter_map(|item| Some(printed(programme, item, pieces.get(&item.asset_id)?))).collect(),
    })
}

fn printed(programme: &InForce, item: &DeliveryItem, asset: &Asset) -> HandoverItem {
    let known = programme.item(&asset.item, asset.received_at.date_naive());
    let condition = usize::try_from(item.condition - 1).ok().and_then(|at| CONDITIONS.get(at)).map(|key| LANG.t(key));
    HandoverItem {
        name: known.map_or_else(|| asset.item.clone(), |known| known.name.az.clone()),
        tag: asset.serial.clone(),
        maker: String::new(),
        year: String::new(),
        price: LANG.money(Money::from_qepik(asset.price)),
        condition: condition.unwrap_or_default(),
        test_run: item.accepted,
        manual: false,
        warranty_until: String::new(),
        outcome: match item.accepted {
            true => Outcome::Accepted,
            false => Outcome::Refused { reason: item.reason.clone().unwrap_or_default() },
        },
    }
}
