//! Contracts, signed and in draft.

use crate::demo::{events::receipt, history::CaseNo, programme::Simulated, rows::people::registration};
use anyhow::Result;
use platform::keys::Keys;
use provision::contract::{
    rules,
    store::{Beneficiary, Contract},
};

/// The contract of a case, if one was drawn up.
pub fn contract(made: &Simulated, keys: &Keys, case: CaseNo) -> Result<Option<Contract>> {
    let history = made.history(case);
    let Some(contract) = &history.contract else { return Ok(None) };
    let Some(plan) =
        history.plans.iter().position(|plan| history.approved_plan().is_some_and(|approved| std::ptr::eq(approved, plan)))
    else {
        return Ok(None);
    };
    let office = &made.setting.offices[usize::from(history.office_now)];
    let person = registration(made, history.person);
    let address = person.address.clone();
    let name = made.person_of(case).full_name();
    let signed = contract.signed.filter(|_| contract.checked.is_some());
    // Officers keep the check of a contract that waits fresh.
    let fresh = made.today.plus(-3).date();
    let seen_on = match (contract.checked, contract.lapsed) {
        (Some(checked), _) => checked.at.date(),
        (None, None) => contract.drafted.at.date().max(fresh),
        (None, Some(_)) => contract.drafted.at.date(),
    };
    let beneficiary = match signed {
        Some(_) => Some(keys.seal(&serde_json::to_string(&Beneficiary {
            name,
            fin: person.protected.fin,
            document: person.protected.document,
            address: address.clone(),
            phone: person.protected.phone,
        })?)?),
        None => None,
    };
    let term = u32::from(contract.term_months);
    Ok(Some(Contract {
        person_id: made.person_id(history.person).0,
        contract_id: made.contract_id(case).0,
        case_id: made.case_id(case).0,
        office: office.id,
        number: rules::number(&receipt(history.number, history.application.lodged.at.day)),
        plan_id: made.plan_id(case, plan).0,
        direction: made.direction(history.plans[plan].direction).to_owned(),
        amount: contract.total,
        region: made.setting.regions[usize::from(office.region)].clone(),
        place_of_use: address,
        explained_in: person.language,
        status_checked_on: seen_on,
        premises_seen_on: seen_on,
        drafted_at: contract.drafted.at.utc(),
        drafted_by: made.officer_id(contract.drafted.by).0,
        term_months: signed.map_or(0, |_| i16::from(contract.term_months)),
        signed_on: signed.map(|act| act.at.date()),
        signed_by: signed.map(|act| made.officer_id(act.by).0),
        head: signed.map(|act| made.officer(act.by).name.clone()),
        ends_on: signed.map(|act| act.at.day.plus_months(term).date()),
        beneficiary,
    }))
}
