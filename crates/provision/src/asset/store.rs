//! Pieces of equipment and their handovers in the database. Writes take slices.

use super::rules::State;
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;
use values::id::{AssetId, AwardId, CaseId, OrderId, PersonId};

/// A piece of equipment.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Asset {
    pub person_id: Uuid,
    pub asset_id: Uuid,
    pub case_id: Uuid,
    pub order_id: Uuid,
    pub office: i32,
    pub item: String,
    /// The maker's serial number, or the store's tag.
    pub serial: String,
    /// In qəpik.
    pub price: i64,
    /// A [`State`].
    pub state: i16,
    pub received_at: DateTime<Utc>,
    pub received_by: Uuid,
    pub handed_over_on: Option<NaiveDate>,
    /// What is wrong with it, and since when.
    pub fault: Option<String>,
    pub fault_on: Option<NaiveDate>,
    /// The piece whose place it took.
    pub replaces: Option<Uuid>,
    pub ended_on: Option<NaiveDate>,
    /// The incentive award that brought it, where it is not part of the first equipment.
    pub award_id: Option<Uuid>,
}

impl Asset {
    pub fn id(&self) -> AssetId {
        AssetId(self.asset_id)
    }

    pub fn case(&self) -> CaseId {
        CaseId(self.case_id)
    }

    pub fn person(&self) -> PersonId {
        PersonId(self.person_id)
    }

    pub fn state(&self) -> Option<State> {
        State::from_number(self.state)
    }

    /// Whether the person answers for it: handed over, and neither back, written off, replaced nor owned.
    pub fn is_held(&self) -> bool {
        match self.state() {
            Some(State::WithPerson | State::Missing) => true,
            Some(State::Faulty) => self.handed_over_on.is_some(),
            _ => false,
        }
    }
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT: &str = "
    insert into asset (person_id, asset_id, case_id, order_id, office, item, serial, price, state, received_at,
        received_by, handed_over_on, fault, fault_on, replaces, ended_on, award_id)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::bigint[],
        $9::smallint[], $10::timestamptz[], $11::uuid[], $12::date[], $13::text[], $14::date[], $15::uuid[], $16::date[],
        $17::uuid[])";

const SERIALS: &str = "
    insert into asset_serial (item, serial, person_id, asset_id)
    select *
    from unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[])
    on conflict (item, serial) do nothing
    returning asset_id";

/// Takes pieces into the ledger. Gives the first serial number that belongs to another piece of the same item already; then
/// nothing may be kept.
pub async fn insert(tx: &mut Tx, rows: &[Asset]) -> Result<Option<String>> {
    let new: Vec<(Uuid,)> = sqlx::query_as(SERIALS)
        .bind(column(rows, |a| a.item.as_str()))
        .bind(column(rows, |a| a.serial.as_str()))
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.asset_id))
        .fetch_all(tx.conn())
        .await
        .context("taking serial numbers")?;
    if new.len() < rows.len() {
        let new: BTreeSet<Uuid> = new.into_iter().map(|(id,)| id).collect();
        return Ok(rows.iter().find(|row| !new.contains(&row.asset_id)).map(|row| row.serial.clone()));
    }
    sqlx::query(INSERT)
        .bind(column(rows, |a| a.person_id))
        .bind(column(rows, |a| a.asset_id))
        .bind(column(rows, |a| a.case_id))
        .bind(column(rows, |a| a.order_id))
        .bind(column(rows, |a| a.office))
        .bind(column(rows, |a| a.item.as_str()))
        .bind(column(rows, |a| a.serial.as_str()))
        .bind(column(rows, |a| a.price))
        .bind(column(rows, |a| a.state))
        .bind(column(rows, |a| a.received_at))
        .bind(column(rows, |a| a.received_by))
        .bind(column(rows, |a| a.handed_over_on))
        .bind(column(rows, |a| a.fault.as_deref()))
        .bind(column(rows, |a| a.fault_on))
        .bind(column(rows, |a| a.replaces))
        .bind(column(rows, |a| a.ended_on))
        .bind(column(rows, |a| a.award_id))
        .execute(tx.conn())
        .await
        .context("taking pieces into the ledger")?;
    Ok(None)
}

const OF_CASE: &str = "
    select person_id, asset_id, case_id, order_id, office, item, serial, price, state, received_at, received_by,
        handed_over_on, fault, fault_on, replaces, ended_on, award_id
    from asset
    where person_id = $1
    and case_id = $2
    and award_id is null
    order by received_at, item, serial";

/// Every piece of its first equipment that a case has had, in the order in which they came.
pub async fn of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Asset>> {
    sqlx::query_as(OF_CASE).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading a case's equipment")
}

const EVERY_OF_CASE: &str = "
    select person_id, asset_id, case_id, order_id, office, item, serial, price, state, received_at, received_by,
        handed_over_on, fault, fault_on, replaces, ended_on, award_id
    from asset
    where person_id = $1
    and case_id = $2
    order by received_at, item, serial";

/// Every piece that a case has had, those of incentive awards with them, in the order in which they came.
pub async fn every_of_case(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Asset>> {
    sqlx::query_as(EVERY_OF_CASE)
        .bind(person.0)
        .bind(case.0)
        .fetch_all(tx.conn())
        .await
        .context("reading all of a case's equipment")
}

const OF_AWARD: &str = "
    select person_id, asset_id, case_id, order_id, office, item, serial, price, state, received_at, received_by,
        handed_over_on, fault, fault_on, replaces, ended_on, award_id
    from asset
    where person_id = $1
    and award_id = $2
    order by received_at, item, serial";

/// Every piece that an incentive award has brought, in the order in which they came.
pub async fn of_award(tx: &mut Tx, person: PersonId, award: AwardId) -> Result<Vec<Asset>> {
    sqlx::query_as(OF_AWARD).bind(person.0).bind(award.0).fetch_all(tx.conn()).await.context("reading an award's equipment")
}

/// The pieces of the first equipment that a person answers for.
pub async fn held(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Asset>> {
    Ok(of_case(tx, person, case).await?.into_iter().filter(Asset::is_held).collect())
}

const FIND: &str = "
    select person_id, asset_id, case_id, order_id, office, item, serial, price, state, received_at, received_by,
        handed_over_on, fault, fault_on, replaces, ended_on, award_id
    from asset
    where asset_id = $1
    and case_id = $2";

/// A piece of a case.
pub async fn find(tx: &mut Tx, case: CaseId, asset: AssetId) -> Result<Option<Asset>> {
    sqlx::query_as(FIND).bind(asset.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding a piece")
}

const CHANGE: &str = "
    update asset
    set state = $3, handed_over_on = $4, fault = $5, fault_on = $6, ended_on = $7
    where person_id = $1
    and asset_id = $2";

/// Keeps what became of a piece.
pub async fn change(tx: &mut Tx, asset: &Asset) -> Result<()> {
    sqlx::query(CHANGE)
        .bind(asset.person_id)
        .bind(asset.asset_id)
        .bind(asset.state)
        .bind(asset.handed_over_on)
        .bind(&asset.fault)
        .bind(asset.fault_on)
        .bind(asset.ended_on)
        .execute(tx.conn())
        .await
        .context("keeping what became of a piece")?;
    Ok(())
}

/// Title to everything that the person holds passes to them; what is missing is lost. Gives the pieces that passed.
pub async fn pass_title(tx: &mut Tx, person: PersonId, case: CaseId, on: NaiveDate) -> Result<Vec<Asset>> {
    let mut passed = Vec::new();
    for mut asset in held(tx, person, case).await? {
        let is_missing = asset.state == State::Missing as i16;
        asset.state = if is_missing { State::Lost } else { State::Owned } as i16;
        asset.ended_on = Some(on);
        change(tx, &asset).await?;
        if !is_missing {
            passed.push(asset);
        }
    }
    Ok(passed)
}

/// A handover.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Handover {
    pub person_id: Uuid,
    pub handover_id: Uuid,
    pub case_id: Uuid,
    pub contract_id: Uuid,
    pub office: i32,
    pub number: String,
    /// An [`super::rules::Outcome`].
    pub outcome: i16,
    pub happened_at: DateTime<Utc>,
    pub place: String,
    pub witness: String,
    pub delivery_note: String,
    pub remarks: String,
    pub handed_by: Uuid,
    /// Of what was accepted, in qəpik.
    pub value: i64,
}

/// A piece at a handover.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct HandoverItem {
    pub person_id: Uuid,
    pub handover_id: Uuid,
    pub asset_id: Uuid,
    pub office: i32,
    pub accepted: bool,
    /// 1 new, 2 used but sound, 3 damaged.
    pub condition: i16,
    pub test_run: bool,
    pub manual: bool,
    pub warranty_until: Option<NaiveDate>,
    /// Why it was refused.
    pub reason: Option<String>,
}

const INSERT_HANDOVERS: &str = "
    insert into handover (person_id, handover_id, case_id, contract_id, office, number, outcome, happened_at, place,
        witness, delivery_note, remarks, handed_by, value)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::smallint[],
        $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::uuid[], $14::bigint[])";

/// Writes handovers.
pub async fn insert_handovers(tx: &mut Tx, rows: &[Handover]) -> Result<()> {
    sqlx::query(INSERT_HANDOVERS)
        .bind(column(rows, |h| h.person_id))
        .bind(column(rows, |h| h.handover_id))
        .bind(column(rows, |h| h.case_id))
        .bind(column(rows, |h| h.contract_id))
        .bind(column(rows, |h| h.office))
        .bind(column(rows, |h| h.number.as_str()))
        .bind(column(rows, |h| h.outcome))
        .bind(column(rows, |h| h.happened_at))
        .bind(column(rows, |h| h.place.as_str()))
        .bind(column(rows, |h| h.witness.as_str()))
        .bind(column(rows, |h| h.delivery_note.as_str()))
        .bind(column(rows, |h| h.remarks.as_str()))
        .bind(column(rows, |h| h.handed_by))
        .bind(column(rows, |h| h.value))
        .execute(tx.conn())
        .await
        .context("writing handovers")?;
    Ok(())
}

const INSERT_ITEMS: &str = "
    insert into handover_item (person_id, handover_id, asset_id, office, accepted, condition, test_run, manual,
        warranty_until, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::bool[], $6::smallint[], $7::bool[], $8::bool[],
        $9::date[], $10::text[])";

/// Writes the pieces of handovers.
pub async fn insert_items(tx: &mut Tx, rows: &[HandoverItem]) -> Result<()> {
    sqlx::query(INSERT_ITEMS)
        .bind(column(rows, |i| i.person_id))
        .bind(column(rows, |i| i.handover_id))
        .bind(column(rows, |i| i.asset_id))
        .bind(column(rows, |i| i.office))
        .bind(column(rows, |i| i.accepted))
        .bind(column(rows, |i| i.condition))
        .bind(column(rows, |i| i.test_run))
        .bind(column(rows, |i| i.manual))
        .bind(column(rows, |i| i.warranty_until))
        .bind(column(rows, |i| i.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing pieces of handovers")?;
    Ok(())
}

const HANDOVERS: &str = "
    select person_id, handover_id, case_id, contract_id, office, number, outcome, happened_at, place, witness,
        delivery_note, remarks, handed_by, value
    from handover
    where person_id = $1
    and case_id = $2
    order by happened_at";

/// The handovers of a case.
pub async fn handovers(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Vec<Handover>> {
    sqlx::query_as(HANDOVERS).bind(person.0).bind(case.0).fetch_all(tx.conn()).await.context("reading handovers")
}

const ITEMS: &str = "
    select person_id, handover_id, asset_id, office, accepted, condition, test_run, manual, warranty_until, reason
    from handover_item
    where person_id = $1
    and handover_id = $2";

/// The pieces of a handover.
pub async fn items(tx: &mut Tx, handover: &Handover) -> Result<Vec<HandoverItem>> {
    sqlx::query_as(ITEMS)
        .bind(handover.person_id)
        .bind(handover.handover_id)
        .fetch_all(tx.conn())
        .await
        .context("reading pieces of a handover")
}

const ORDER_OF: &str = "
    select order_id
    from asset
    where person_id = $1
    and case_id = $2
    order by received_at
    limit 1";

/// The order that brought a case's first piece.
pub async fn order_of(tx: &mut Tx, person: PersonId, case: CaseId) -> Result<Option<OrderId>> {
    let found: Option<(Uuid,)> =
        sqlx::query_as(ORDER_OF).bind(person.0).bind(case.0).fetch_optional(tx.conn()).await.context("finding an order")?;
    Ok(found.map(|(order,)| OrderId(order)))
}
