//! Suppliers, orders and their lines in the database. Writes take slices.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OrderId;

/// Who sells equipment to the programme.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Supplier {
    pub supplier_id: Uuid,
    /// Ten digits with a valid check digit.
    pub voen: String,
    pub name: String,
    pub phone: String,
    pub added_at: DateTime<Utc>,
    pub added_by: Uuid,
}

/// An order to a supplier for the contracts of one office.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Order {
    pub order_id: Uuid,
    pub office: i32,
    pub number: String,
    pub supplier_id: Uuid,
    /// In qəpik.
    pub total: i64,
    pub placed_at: DateTime<Utc>,
    pub placed_by: Uuid,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<Uuid>,
    pub refused_at: Option<DateTime<Utc>>,
    pub refused_by: Option<Uuid>,
    pub refusal: Option<String>,
    pub due_on: NaiveDate,
    /// The first goods came.
    pub arrived_on: Option<NaiveDate>,
    /// Everything had come.
    pub complete_on: Option<NaiveDate>,
}

impl Order {
    pub fn id(&self) -> OrderId {
        OrderId(self.order_id)
    }

    /// Approved or refused.
    pub fn is_decided(&self) -> bool {
        self.approved_at.is_some() || self.refused_at.is_some()
    }
}

/// What an order brings for one person.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub person_id: Uuid,
    pub order_id: Uuid,
    pub line: i16,
    pub case_id: Uuid,
    pub contract_id: Uuid,
    pub office: i32,
    pub item: String,
    pub quantity: i16,
    /// In qəpik.
    pub unit_price: i64,
    /// How many have come.
    pub received: i16,
    /// The incentive award for which it is ordered.
    pub award_id: Option<Uuid>,
}

fn column<'r, R, T>(rows: &'r [R], of: impl Fn(&'r R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

const INSERT_SUPPLIERS: &str = "
    insert into supplier (supplier_id, voen, name, phone, added_at, added_by)
    select *
    from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::uuid[])
    on conflict (voen) do nothing";

/// Adds suppliers; says how many were new. Only the program itself may.
pub async fn insert_suppliers(tx: &mut Tx, rows: &[Supplier]) -> Result<u64> {
    let done = sqlx::query(INSERT_SUPPLIERS)
        .bind(column(rows, |s| s.supplier_id))
        .bind(column(rows, |s| s.voen.as_str()))
        .bind(column(rows, |s| s.name.as_str()))
        .bind(column(rows, |s| s.phone.as_str()))
        .bind(column(rows, |s| s.added_at))
        .bind(column(rows, |s| s.added_by))
        .execute(tx.conn())
        .await
        .context("adding suppliers")?;
    Ok(done.rows_affected())
}

const SUPPLIERS: &str = "
    select supplier_id, voen, name, phone, added_at, added_by
    from supplier
    order by name";

/// Every supplier.
pub async fn suppliers(tx: &mut Tx) -> Result<Vec<Supplier>> {
    sqlx::query_as(SUPPLIERS).fetch_all(tx.conn()).await.context("reading suppliers")
}

const INSERT_ORDERS: &str = "
    insert into supply_order (order_id, office, number, supplier_id, total, placed_at, placed_by, approved_at, approved_by,
        refused_at, refused_by, refusal, due_on, arrived_on, complete_on)
    select *
    from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::bigint[], $6::timestamptz[], $7::uuid[],
        $8::timestamptz[], $9::uuid[], $10::timestamptz[], $11::uuid[], $12::text[], $13::date[], $14::date[], $15::date[])";

/// Writes orders.
pub async fn insert_orders(tx: &mut Tx, rows: &[Order]) -> Result<()> {
    sqlx::query(INSERT_ORDERS)
        .bind(column(rows, |o| o.order_id))
        .bind(column(rows, |o| o.office))
        .bind(column(rows, |o| o.number.as_str()))
        .bind(column(rows, |o| o.supplier_id))
        .bind(column(rows, |o| o.total))
        .bind(column(rows, |o| o.placed_at))
        .bind(column(rows, |o| o.placed_by))
        .bind(column(rows, |o| o.approved_at))
        .bind(column(rows, |o| o.approved_by))
        .bind(column(rows, |o| o.refused_at))
        .bind(column(rows, |o| o.refused_by))
        .bind(column(rows, |o| o.refusal.as_deref()))
        .bind(column(rows, |o| o.due_on))
        .bind(column(rows, |o| o.arrived_on))
        .bind(column(rows, |o| o.complete_on))
        .execute(tx.conn())
        .await
        .context("writing orders")?;
    Ok(())
}

const INSERT_LINES: &str = "
    insert into order_line (person_id, order_id, line, case_id, contract_id, office, item, quantity, unit_price, received,
        award_id)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::smallint[],
        $9::bigint[], $10::smallint[], $11::uuid[])";

/// Writes lines of orders.
pub async fn insert_lines(tx: &mut Tx, rows: &[Line]) -> Result<()> {
    sqlx::query(INSERT_LINES)
        .bind(column(rows, |l| l.person_id))
        .bind(column(rows, |l| l.order_id))
        .bind(column(rows, |l| l.line))
        .bind(column(rows, |l| l.case_id))
        .bind(column(rows, |l| l.contract_id))
        .bind(column(rows, |l| l.office))
        .bind(column(rows, |l| l.item.as_str()))
        .bind(column(rows, |l| l.quantity))
        .bind(column(rows, |l| l.unit_price))
        .bind(column(rows, |l| l.received))
        .bind(column(rows, |l| l.award_id))
        .execute(tx.conn())
        .await
        .context("writing lines of orders")?;
    Ok(())
}

const FIND: &str = "
    select order_id, office, number, supplier_id, total, placed_at, placed_by, approved_at, approved_by, refused_at,
        refused_by, refusal, due_on, arrived_on, complete_on
    from supply_order
    where order_id = $1";

const LOCK: &str = "
    select order_id, office, number, supplier_id, total, placed_at, placed_by, approved_at, approved_by, refused_at,
        refused_by, refusal, due_on, arrived_on, complete_on
    from supply_order
    where order_id = $1
    for update";

/// An order, if there is one in scope.
pub async fn find(tx: &mut Tx, order: OrderId) -> Result<Option<Order>> {
    sqlx::query_as(FIND).bind(order.0).fetch_optional(tx.conn()).await.context("finding an order")
}

/// The same, locked.
pub async fn lock(tx: &mut Tx, order: OrderId) -> Result<Option<Order>> {
    sqlx::query_as(LOCK).bind(order.0).fetch_optional(tx.conn()).await.context("locking an order")
}

const DECIDE: &str = "
    update supply_order
    set approved_at = $2, approved_by = $3, refused_at = $4, refused_by = $5, refusal = $6
    where order_id = $1";

/// Keeps the decision on an order.
pub async fn decide(tx: &mut Tx, order: &Order) -> Result<()> {
    sqlx::query(DECIDE)
        .bind(order.order_id)
        .bind(order.approved_at)
        .bind(order.approved_by)
        .bind(order.refused_at)
        .bind(order.refused_by)
        .bind(&order.refusal)
        .execute(tx.conn())
        .await
        .context("deciding an order")?;
    Ok(())
}

const ARRIVE: &str = "
    update supply_order
    set arrived_on = coalesce(arrived_on, $2),
        complete_on = case
            when not exists (select from order_line l where l.order_id = $1 and l.received < l.quantity) then $2
        end
    where order_id = $1";

/// Goods of an order have come: the first day is kept, and the day on which nothing is missing any more.
pub async fn arrive(tx: &mut Tx, order: OrderId) -> Result<()> {
    let today = tx.today();
    sqlx::query(ARRIVE).bind(order.0).bind(today).execute(tx.conn()).await.context("keeping the arrival of goods")?;
    Ok(())
}

const RECEIVE: &str = "
    update order_line
    set received = received + $4
    where person_id = $1
    and order_id = $2
    and line = $3";

/// So many more pieces of a line have come.
pub async fn receive(tx: &mut Tx, line: &Line, pieces: i16) -> Result<()> {
    sqlx::query(RECEIVE)
        .bind(line.person_id)
        .bind(line.order_id)
        .bind(line.line)
        .bind(pieces)
        .execute(tx.conn())
        .await
        .context("counting pieces that came")?;
    Ok(())
}

/// A line with the person whom it is for.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Named {
    #[sqlx(flatten)]
    #[serde(flatten)]
    pub line: Line,
    pub contract: String,
    pub name: String,
}

const LINES: &str = "
    select l.person_id, l.order_id, l.line, l.case_id, l.contract_id, l.office, l.item, l.quantity, l.unit_price, l.received,
        l.award_id, c.number as contract, coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name
    from order_line l
    join contract c using (person_id, contract_id)
    join case_file f on f.person_id = l.person_id and f.case_id = l.case_id
    left join person p on p.person_id = l.person_id
    where l.order_id = $1
    order by c.number, l.line";

/// The lines of an order.
pub async fn lines(tx: &mut Tx, order: OrderId) -> Result<Vec<Named>> {
    sqlx::query_as(LINES).bind(order.0).fetch_all(tx.conn()).await.context("reading an order's lines")
}

/// A signed contract for which nothing has been ordered.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Waiting {
    pub person_id: Uuid,
    pub case_id: Uuid,
    pub contract_id: Uuid,
    pub plan_id: Uuid,
    pub office: i32,
    pub number: String,
    pub direction: String,
    /// In qəpik.
    pub amount: i64,
    pub signed_on: NaiveDate,
    pub name: String,
}

const WAITING: &str = "
    select c.person_id, c.case_id, c.contract_id, c.plan_id, c.office, c.number, c.direction, c.amount, c.signed_on,
        coalesce(nullif(concat_ws(' ', p.surname, p.given_name), ''), f.receipt) as name
    from case_file f
    join contract c using (person_id, case_id)
    left join person p using (person_id)
    where f.stage = 20
    and f.closed_on is null
    and f.office = $1
    and c.signed_on is not null
    and not exists (select from order_line l
        join supply_order o using (order_id)
        where l.person_id = c.person_id
        and l.contract_id = c.contract_id
        and o.refused_at is null)
    order by c.signed_on, c.number
    limit 200";

/// An office's contracts without an order, the oldest first.
pub async fn waiting(tx: &mut Tx, office: i32) -> Result<Vec<Waiting>> {
    sqlx::query_as(WAITING).bind(office).fetch_all(tx.conn()).await.context("finding contracts without an order")
}

/// How many contracts of an office wait for an order.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct OfficeWaiting {
    pub office: i32,
    pub contracts: i64,
    pub oldest: NaiveDate,
    /// In qəpik.
    pub amount: i64,
}

const BY_OFFICE: &str = "
    select f.office, count(*) as contracts, min(c.signed_on) as oldest, sum(c.amount)::bigint as amount
    from case_file f
    join contract c using (person_id, case_id)
    where f.stage = 20
    and f.closed_on is null
    and c.signed_on is not null
    and not exists (select from order_line l
        join supply_order o using (order_id)
        where l.person_id = c.person_id
        and l.contract_id = c.contract_id
        and o.refused_at is null)
    group by f.office
    order by min(c.signed_on), f.office";

/// Offices whose contracts wait for an order, the one that has waited longest first.
pub async fn waiting_offices(tx: &mut Tx) -> Result<Vec<OfficeWaiting>> {
    sqlx::query_as(BY_OFFICE).fetch_all(tx.conn()).await.context("counting contracts without an order")
}

const NTH: &str = "
    select count(*)
    from supply_order
    where office = $1
    and placed_at >= make_timestamptz($2, 1, 1, 0, 0, 0)
    and placed_at < make_timestamptz($2 + 1, 1, 1, 0, 0, 0)";

const ONE_AT_A_TIME: &str = "select pg_advisory_xact_lock(300, $1)";

/// How many orders an office has placed in a year; nobody else places one for it until this transaction ends.
pub async fn placed(tx: &mut Tx, office: i32, year: i32) -> Result<i64> {
    sqlx::query(ONE_AT_A_TIME).bind(office).execute(tx.conn()).await.context("waiting for another order")?;
    let (count,): (i64,) = sqlx::query_as(NTH).bind(office).bind(year).fetch_one(tx.conn()).await.context("counting orders")?;
    Ok(count)
}

/// How well a supplier delivers: pieces that came, those that turned out faulty, orders that came late.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Record {
    pub supplier_id: Uuid,
    pub pieces: i64,
    pub faulty: i64,
    pub orders: i64,
    pub late: i64,
}

const RECORDS: &str = "
    select s.supplier_id, coalesce(sum(a.pieces), 0)::bigint as pieces, coalesce(sum(a.faulty), 0)::bigint as faulty,
        count(o.order_id) as orders, count(o.order_id) filter (where coalesce(o.arrived_on, $1) > o.due_on) as late
    from supplier s
    left join supply_order o on o.supplier_id = s.supplier_id and o.approved_at is not null
    left join (
        select order_id, count(*) as pieces, count(*) filter (where fault_on is not null) as faulty
        from asset
        group by order_id) a on a.order_id = o.order_id
    group by s.supplier_id";

/// The record of every supplier within the scope.
pub async fn records(tx: &mut Tx) -> Result<Vec<Record>> {
    let today = tx.today();
    sqlx::query_as(RECORDS).bind(today).fetch_all(tx.conn()).await.context("counting what suppliers delivered")
}
