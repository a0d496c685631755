//! What passes with the title, and to whom.

use anyhow::Result;
use chrono::NaiveDate;
use platform::{keys::Keys, scope::Tx};
use provision::{
    asset::{self, rules::State, store::Asset},
    contract::{
        self,
        store::{Beneficiary, Contract, Line},
    },
};
use registry::people::store::Person;
use values::id::{CaseId, PersonId};

/// The pieces whose title has passed, or is to pass; of a case older than the register of pieces, those of the plan.
pub(super) async fn pieces(tx: &mut Tx, contract: &Contract, received_on: Option<NaiveDate>) -> Result<Vec<Thing>> {
    let (person, case) = (PersonId(contract.person_id), CaseId(contract.case_id));
    let assets = asset::store::of_case(tx, person, case).await?;
    let passes = |asset: &Asset| asset.is_held() || asset.state() == Some(State::Owned);
    if !assets.is_empty() {
        return Ok(assets.into_iter().filter(passes).map(Thing::from).collect());
    }
    let lines = contract::store::lines(tx, person, contract.plan()).await?;
    let pieces = lines.into_iter().flat_map(|line| (0..line.quantity.max(0)).map(move |_| line.clone()));
    let thing = |line: Line| Thing { item: line.item, tag: String::new(), received_on, price: line.unit_price, is_faulty: false };
    Ok(pieces.map(thing).collect())
}

/// A thing whose title passes.
pub(super) struct Thing {
    /// The catalogue's code.
    pub item: String,
    /// Serial number or tag; empty where none was kept.
    pub tag: String,
    pub received_on: Option<NaiveDate>,
    /// In qəpik, as received.
    pub price: i64,
    pub is_faulty: bool,
}

impl From<Asset> for Thing {
    fn from(asset: Asset) -> Self {
        let is_faulty = asset.state() == Some(State::Faulty);
        Self { item: asset.item, tag: asset.serial, received_on: asset.handed_over_on, price: asset.price, is_faulty }
    }
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
