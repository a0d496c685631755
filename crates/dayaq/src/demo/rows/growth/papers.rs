//! Contracts on awards, and what beneficiaries accounted for.

use super::{Rows, Teller};
use crate::demo::{
    award_rounds,
    rows::{monitoring::owner, people::registration},
};
use anyhow::Result;
use followup::growth::{
    account::Account,
    contract::{number as contract_number, store::Contract},
};
use platform::keys::Keys;

impl Teller<'_> {
    pub(super) fn contract(&self, keys: &Keys, rows: &mut Rows) -> Result<()> {
        let Some(drafted) = self.told.drafted else { return Ok(()) };
        let (person_id, award_id, case_id, office) = self.ids();
        let signed = self.told.contracted;
        let person = registration(self.made, self.made.history(self.told.case).person);
        let side = match signed {
            Some(_) => Some(keys.seal(&serde_json::to_string(&owner(self.made, self.told.case))?)?),
            None => None,
        };
        rows.contracts.push(Contract {
            person_id,
            award_id,
            case_id,
            office,
            number: contract_number(&self.number()),
            place_of_use: person.address,
            explained_in: person.language,
            drafted_at: drafted.at.utc(),
            drafted_by: self.officer(drafted.by),
            term_months: signed.map_or(0, |_| award_rounds::TERM_MONTHS as i16),
            signed_on: signed.map(|act| act.at.date()),
            signed_by: signed.map(|act| self.officer(act.by)),
            head: signed.map(|act| self.made.officer(act.by).name.clone()),
            ends_on: signed.map(|act| act.at.day.plus_months(award_rounds::TERM_MONTHS).date()),
            beneficiary: side,
        });
        Ok(())
    }

    pub(super) fn account(&self, rows: &mut Rows) {
        let Some(accounted) = self.told.accounted else { return };
        let (person_id, award_id, case_id, office) = self.ids();
        let now = award_rounds::facts(self.made, self.told.case, accounted.at.day).sales.last().copied().unwrap_or(0);
        rows.accounts.push(Account {
            person_id,
            award_id,
            case_id,
            office,
            own_spent: self.told.own_share,
            receipts: format!("kassa çekləri № {}, {}", 10 + self.nth % 80, 11 + self.nth % 80),
            jobs_made: i16::from(self.told.jobs_promised).min(2),
            sales: now,
            finding: "əşyalar yerindədir və istifadə olunur, öz töhfəsi xərclənib".to_owned(),
            accounted_at: accounted.at.utc(),
            accounted_by: self.officer(accounted.by),
            closed_at: self.told.closed.map(|act| act.at.utc()),
            closed_by: self.told.closed.map(|act| self.officer(act.by)),
        });
    }
}
