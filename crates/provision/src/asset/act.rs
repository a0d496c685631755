//! `GET /cases/{case}/handovers/{handover}`: the act of a handover as a PDF, from frozen rows.

use super::{
    hand_over::CONDITIONS,
    rules::Outcome as Whole,
    store::{self, Asset, Handover, HandoverItem},
};
use crate::{
    contract::{self, store::Beneficiary},
    procurement,
};
use anyhow::{Context, Result};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use documents::{Detail, HandoverAct, HandoverItem as Printed, Issue, Language, Outcome, Party, Signatory};
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    language::Lang,
    request::Page,
    scope::Tx,
};
use registry::{
    case,
    programme::{self, InForce},
};
use std::collections::HashMap;
use uuid::Uuid;
use values::{
    Money,
    id::{CaseId, OfficeId, OrderId},
};

/// The language that binds.
const LANG: Lang = Lang::Az;

pub(super) async fn get(State(app): State<App>, page: Page, Path((case, id)): Path<(CaseId, Uuid)>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let file = case::store::find(&mut tx, case).await?.ok_or(Fault::NotFound)?;
    let handovers = store::handovers(&mut tx, file.person(), case).await?;
    let handover = handovers.into_iter().find(|handover| handover.handover_id == id).ok_or(Fault::NotFound)?;
    let data = paper(&mut tx, &app, &programme, &handover).await?;
    drop(tx);
    let name = format!("inline; filename=\"{}.pdf\"", handover.number);
    let pdf = tokio::task::spawn_blocking(move || documents::handover_act(&data)).await.context("printing")?;
    let pdf = pdf.context("printing a handover act")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

const NAME: &str = "
    select name
    from officer
    where officer_id = $1";

async fn paper(tx: &mut Tx, app: &App, programme: &InForce, handover: &Handover) -> Result<HandoverAct> {
    let (person, case) = (handover.person_id.into(), handover.case_id.into());
    let contract = contract::store::find(tx, person, case).await?.context("a handover without a contract")?;
    let sealed = contract.beneficiary.as_deref().context("a handover under a contract that is not signed")?;
    let side: Beneficiary = serde_json::from_str(&app.keys().open(sealed)?)?;
    let items = store::items(tx, handover).await?;
    let assets: HashMap<Uuid, Asset> =
        store::of_case(tx, person, case).await?.into_iter().map(|asset| (asset.asset_id, asset)).collect();
    let order = match items.first().and_then(|item| assets.get(&item.asset_id)) {
        Some(asset) => procurement::store::find(tx, OrderId(asset.order_id)).await?,
        None => None,
    };
    let (keeper,): (String,) =
        sqlx::query_as(NAME).bind(handover.handed_by).fetch_one(tx.conn()).await.context("finding a storekeeper's name")?;
    let local = clock::local(handover.happened_at);
    let numbered = |number: &str, day| LANG.with("asset-paper-number-date", &[("number", number.into()), ("day", day)]);
    let signed_on = contract.signed_on.unwrap_or(local.date());
    let dash = || LANG.t("asset-paper-none");
    Ok(HandoverAct {
        issue: issue(app, programme, handover, local.date()),
        contract: numbered(&contract.number, LANG.date(signed_on).into()),
        order: order.map_or_else(dash, |order| numbered(&order.number, LANG.date(clock::local(order.placed_at).date()).into())),
        delivery_note: Some(handover.delivery_note.clone()).filter(|note| !note.is_empty()).unwrap_or_else(dash),
        place: handover.place.clone(),
        time: local.format("%H:%M").to_string(),
        representative: Party {
            role: LANG.t("asset-paper-giver"),
            name: keeper.clone(),
            details: vec![Detail { label: LANG.t("contract-paper-office"), value: office_name(programme, handover.office) }],
        },
        witness: Party { role: LANG.t("asset-witness"), name: handover.witness.clone(), details: Vec::new() },
        accepted_total: LANG.money(Money::from_qepik(handover.value)),
        remarks: remarks(handover),
        signatures: vec![
            signature("asset-paper-giver", &keeper),
            signature("contract-paper-beneficiary", &side.name),
            signature("asset-witness", &handover.witness),
        ],
        recipient: contract::party(side),
        items: items.iter().filter_map(|item| Some(printed(programme, item, assets.get(&item.asset_id)?))).collect(),
    })
}

/// What the parties noted; a handover that was refused says so.
fn remarks(handover: &Handover) -> String {
    let whole = Whole::from_number(handover.outcome).map(|outcome| LANG.t(outcome.key())).unwrap_or_default();
    match handover.remarks.is_empty() {
        true => whole,
        false => format!("{whole}. {}", handover.remarks),
    }
}

fn signature(key: &str, name: &str) -> Signatory {
    Signatory { post: LANG.t(key), name: name.to_owned(), signed: None, seal: false }
}

fn office_name(programme: &InForce, office: i32) -> String {
    programme.office(OfficeId(office)).map(|office| office.name.az.clone()).unwrap_or_default()
}

fn issue(app: &App, programme: &InForce, handover: &Handover, day: chrono::NaiveDate) -> Issue {
    Issue {
        language: Language::Az,
        programme: programme.about().name.az.clone(),
        institution: programme.about().authority.az.clone(),
        office: office_name(programme, handover.office),
        number: handover.number.clone(),
        date: LANG.date(day),
        issued_on: day,
        mark: app.demo().then(|| LANG.t("training-certificate-specimen")),
    }
}

fn printed(programme: &InForce, item: &HandoverItem, asset: &Asset) -> Printed {
    let known = programme.item(&asset.item, asset.received_at.date_naive());
    let condition = usize::try_from(item.condition - 1).ok().and_then(|at| CONDITIONS.get(at)).map(|key| LANG.t(key));
    Printed {
        name: known.map_or_else(|| asset.item.clone(), |known| known.name.az.clone()),
        tag: asset.serial.clone(),
        maker: String::new(),
        year: String::new(),
        price: LANG.money(Money::from_qepik(asset.price)),
        condition: condition.unwrap_or_default(),
        test_run: item.test_run,
        manual: item.manual,
        warranty_until: item.warranty_until.map(|day| LANG.date(day)).unwrap_or_default(),
        outcome: match item.accepted {
            true => Outcome::Accepted,
            false => Outcome::Refused { reason: item.reason.clone().unwrap_or_default() },
        },
    }
}
