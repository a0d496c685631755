//! Deliveries of awards in the database. Writes take slices.

use crate::growth::store::{Award, column};
use anyhow::{Context, Result};
use chrono::{DateTime, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;

/// A handover of equipment of an award.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Delivery {
    pub person_id: Uuid,
    pub delivery_id: Uuid,
    pub award_id: Uuid,
    pub case_id: Uuid,
    pub office: i32,
    pub number: String,
    pub happened_at: DateTime<Utc>,
    pub place: String,
    pub witness: String,
    pub delivery_note: String,
    pub remarks: String,
    pub handed_by: Uuid,
    /// Of what was accepted, in qəpik.
    pub value: i64,
    /// Nothing more is to come.
    pub whole: bool,
}

/// A piece at a handover.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct DeliveryItem {
    pub person_id: Uuid,
    pub delivery_id: Uuid,
    pub asset_id: Uuid,
    pub office: i32,
    pub accepted: bool,
    /// 1 new, 2 used but sound, 3 damaged.
    pub condition: i16,
    pub reason: Option<String>,
}

const INSERT: &str = "
    insert into award_delivery (person_id, delivery_id, award_id, case_id, office, number, happened_at, place, witness,
        delivery_note, remarks, handed_by, value, whole)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::timestamptz[], $8::text[],
        $9::text[], $10::text[], $11::text[], $12::uuid[], $13::bigint[], $14::boolean[])";

/// Writes handovers.
pub async fn insert(tx: &mut Tx, rows: &[Delivery]) -> Result<()> {
    sqlx::query(INSERT)
        .bind(column(rows, |d| d.person_id))
        .bind(column(rows, |d| d.delivery_id))
        .bind(column(rows, |d| d.award_id))
        .bind(column(rows, |d| d.case_id))
        .bind(column(rows, |d| d.office))
        .bind(column(rows, |d| d.number.as_str()))
        .bind(column(rows, |d| d.happened_at))
        .bind(column(rows, |d| d.place.as_str()))
        .bind(column(rows, |d| d.witness.as_str()))
        .bind(column(rows, |d| d.delivery_note.as_str()))
        .bind(column(rows, |d| d.remarks.as_str()))
        .bind(column(rows, |d| d.handed_by))
        .bind(column(rows, |d| d.value))
        .bind(column(rows, |d| d.whole))
        .execute(tx.conn())
        .await
        .context("writing deliveries of awards")?;
    Ok(())
}

const INSERT_ITEMS: &str = "
    insert into award_delivery_item (person_id, delivery_id, asset_id, office, accepted, condition, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::boolean[], $6::smallint[], $7::text[])";

/// Writes the pieces of handovers.
pub async fn insert_items(tx: &mut Tx, rows: &[DeliveryItem]) -> Result<()> {
    sqlx::query(INSERT_ITEMS)
        .bind(column(rows, |i| i.person_id))
        .bind(column(rows, |i| i.delivery_id))
        .bind(column(rows, |i| i.asset_id))
        .bind(column(rows, |i| i.office))
        .bind(column(rows, |i| i.accepted))
        .bind(column(rows, |i| i.condition))
        .bind(column(rows, |i| i.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing pieces of awards")?;
    Ok(())
}

const OF_AWARD: &str = "
    select *
    from award_delivery
    where person_id = $1
    and award_id = $2
    order by happened_at";

/// The handovers of an award.
pub async fn of_award(tx: &mut Tx, award: &Award) -> Result<Vec<Delivery>> {
    sqlx::query_as(OF_AWARD)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_all(tx.conn())
        .await
        .context("reading deliveries of an award")
}

const ITEMS: &str = "
    select *
    from award_delivery_item
    where person_id = $1
    and delivery_id = $2";

/// The pieces of a handover.
pub async fn items(tx: &mut Tx, delivery: &Delivery) -> Result<Vec<DeliveryItem>> {
    sqlx::query_as(ITEMS)
        .bind(delivery.person_id)
        .bind(delivery.delivery_id)
        .fetch_all(tx.conn())
        .await
        .context("reading pieces of an award")
}

/// An order that was placed for an award and not refused.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Ordered {
    pub order_id: Uuid,
    pub number: String,
    pub approved_at: Option<DateTime<Utc>>,
    /// Pieces ordered, and those that have come.
    pub quantity: i64,
    pub received: i64,
}

const ORDERED: &str = "
    select o.order_id, o.number, o.approved_at, sum(l.quantity)::bigint as quantity, sum(l.received)::bigint as received
    from order_line l
    join supply_order o using (order_id)
    where l.person_id = $1
    and l.award_id = $2
    and o.refused_at is null
    group by o.order_id, o.number, o.approved_at, o.placed_at
    order by o.placed_at";

/// The orders of an award.
pub async fn ordered(tx: &mut Tx, award: &Award) -> Result<Vec<Ordered>> {
    sqlx::query_as(ORDERED)
        .bind(award.person_id)
        .bind(award.award_id)
        .fetch_all(tx.conn())
        .await
        .context("reading orders of an award")
}
