//! `GET /cases/{case}/transfer-act.pdf`: the act by which the beneficiary becomes the owner, in Azerbaijani, from what the
//! approval froze.

use super::{
    rules::visited_on,
    store::{self, Ownership},
    title::{self, Thing},
};
use crate::monitoring::store::{self as visits, Visit};
use anyhow::Context;
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use chrono::NaiveDate;
use documents::{Detail, Issue, Language, Party, Signatory, TransferAct, TransferItem};
use platform::{
    answer::{Answer, Fault},
    app::App,
    clock,
    language::Lang,
    request::Page,
};
use provision::contract::{
    self,
    store::{Beneficiary, Contract},
};
use registry::{
    case::{self, Milestones},
    programme::{self, InForce},
};
use values::{
    Money,
    id::{CaseId, VisitId},
};

/// The language that binds.
const LANG: Lang = Lang::Az;

/// The code of the contract's text.
const TEXT: &str = "EQUIPMENT";

/// Everything that the act rests on.
struct Ground {
    contract: Contract,
    passed: Ownership,
    visit: Visit,
    owner: Beneficiary,
    things: Vec<Thing>,
    milestones: Milestones,
    on: NaiveDate,
}

pub(in crate::monitoring) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let loaded = case::store::load(&mut tx, &*case::law(&app)?, case).await?;
    let person = loaded.state.person;
    let passed = store::latest(&mut tx, person, case).await?.filter(|passed| passed.approved == Some(true));
    let passed = passed.ok_or(Fault::NotFound)?;
    let contract = contract::store::find(&mut tx, person, case).await?.ok_or(Fault::NotFound)?;
    let visit = visits::find(&mut tx, VisitId(passed.visit_id)).await?.ok_or(Fault::NotFound)?;
    let things = title::pieces(&mut tx, &contract, loaded.state.milestones.received_on).await?;
    drop(tx);
    let sealed = passed.owner.as_deref().context("a title passed to nobody")?;
    let owner: Beneficiary = serde_json::from_str(&app.keys().open(sealed)?).context("reading an act's owner")?;
    let on = passed.decided_at.map_or(page.today, |at| clock::local(at).date());
    let milestones = loaded.state.milestones;
    let ground = Ground { contract, passed, visit, owner, things, milestones, on };
    let data = paper(&app, &programme, &ground);
    let name = format!("inline; filename=\"{}.pdf\"", number(&ground.contract));
    let pdf = tokio::task::spawn_blocking(move || documents::transfer_act(&data)).await.context("printing")?;
    let pdf = pdf.context("printing an act of transfer")?;
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], pdf).into_response())
}

/// The act's number: that of the contract which it ends.
fn number(contract: &Contract) -> String {
    format!("MV-{}", contract.number.trim_start_matches("M-"))
}

fn paper(app: &App, programme: &InForce, ground: &Ground) -> TransferAct {
    let Ground { contract, passed, visit, owner, things, milestones, on } = ground;
    let signed_on = contract.signed_on.unwrap_or(*on);
    let ends_on = milestones.term_ends_on.or(contract.ends_on).unwrap_or(*on);
    let office = programme.office(contract.office()).map(|office| office.name.az.clone()).unwrap_or_default();
    let total: i64 = things.iter().map(|thing| thing.price).sum();
    let text = programme.contract_text(TEXT, signed_on);
    let visited = visited_on(visit).unwrap_or(*on);
    let signature = |key: &str, name: &str, at: Option<String>, seal| Signatory {
        post: LANG.t(key),
        name: name.to_owned(),
        signed: at,
        seal,
    };
    TransferAct {
        issue: Issue {
            language: Language::Az,
            programme: programme.about().name.az.clone(),
            institution: programme.about().authority.az.clone(),
            office: office.clone(),
            number: number(contract),
            date: LANG.date(*on),
            issued_on: *on,
            mark: app.demo().then(|| LANG.t("training-certificate-specimen")),
        },
        contract: format!("{}, {}", contract.number, LANG.date(signed_on)),
        term: format!("{} – {}", LANG.date(signed_on), LANG.date(ends_on)),
        legal_base: text.and_then(|text| text.legal_on(signed_on)).map(|words| words.az.clone()).unwrap_or_default(),
        final_visit: format!("{}: {}", LANG.date(visited), passed.finding),
        effective: LANG.date(*on),
        place: contract.place_of_use.clone(),
        transferor: transferor(programme, &office, passed.approver.as_deref().unwrap_or_default()),
        items: things.iter().map(|thing| item(programme, thing, signed_on)).collect(),
        total: LANG.money(Money::from_qepik(total)),
        proposed_by: signature("role-officer", &passed.proposer, Some(LANG.moment(passed.proposed_at)), false),
        approved_by: signature("role-office-head", passed.approver.as_deref().unwrap_or_default(), None, true),
        accepted_by: signature("monitoring-act-owner", &owner.name, None, false),
        owner: party(owner),
    }
}

fn item(programme: &InForce, thing: &Thing, day: NaiveDate) -> TransferItem {
    TransferItem {
        name: programme.item(&thing.item, day).map_or_else(|| thing.item.clone(), |item| item.name.az.clone()),
        tag: thing.tag.clone(),
        received: thing.received_on.map(|day| LANG.date(day)).unwrap_or_default(),
        condition: LANG.t(if thing.is_faulty { "monitoring-act-condition-faulty" } else { "monitoring-act-condition" }),
        value: LANG.money(Money::from_qepik(thing.price)),
    }
}

fn transferor(programme: &InForce, office: &str, head: &str) -> Party {
    let detail = |key: &str, value: &str| Detail { label: LANG.t(key), value: value.to_owned() };
    Party {
        role: LANG.t("monitoring-act-transferor"),
        name: programme.about().authority.az.clone(),
        details: vec![detail("contract-paper-office", office), detail("contract-paper-represented", head)],
    }
}

fn party(owner: &Beneficiary) -> Party {
    let known = [
        ("contract-paper-fin", owner.fin.clone()),
        ("contract-paper-document", owner.document.clone()),
        ("contract-paper-address", Some(owner.address.clone()).filter(|address| !address.is_empty())),
        ("contract-paper-phone", owner.phone.clone()),
    ];
    let details = known.into_iter().filter_map(|(key, value)| Some(Detail { label: LANG.t(key), value: value? })).collect();
    Party { role: LANG.t("monitoring-act-owner"), name: owner.name.clone(), details }
}
