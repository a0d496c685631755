//! Seats of calls by region, and who was admitted in a year. Whoever gives a seat out locks its row first and counts anew,
//! so that the last one is given once.

use super::types::Cap;
use anyhow::{Context, Result};
use chrono::{Datelike, NaiveDate};
use platform::scope::Tx;
use registry::{
    case::{Basis, Stage},
    programme::{Percent, Programme, keys},
};
use serde::Serialize;
use sqlx::FromRow;
use values::id::OfficeId;

/// The seats of a call in a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Seats {
    /// By the call's seats and the region's quota.
    pub total: u32,
    /// Of these, kept for decisions changed on appeal.
    pub for_appeals: u32,
}

/// How many seats a call has in a region: its quota of the call's seats, rounded down.
pub fn seats_of(programme: &Programme, call: &str, region: &str) -> Seats {
    let Some(call) = programme.call(call) else { return Seats { total: 0, for_appeals: 0 } };
    let day = call.validity.from;
    let quota = programme.region_quotas(day).find(|quota| *quota.region == *region);
    let total = quota.map_or(0, |quota| u64::from(call.seats) * u64::from(quota.per_mille) / 1000);
    let Percent(kept) = programme.parameter(&keys::APPEAL_RESERVE, day);
    let for_appeals = total * u64::try_from(kept).unwrap_or(0) / 100;
    Seats { total: u32::try_from(total).unwrap_or(u32::MAX), for_appeals: u32::try_from(for_appeals).unwrap_or(0) }
}

/// A call and a region.
pub type Place = (String, String);

const TAKEN: &str = "
    select c.call, c.region, count(*)
    from ranking_candidate c
    join case_milestone m using (person_id, case_id)
    where c.approved_by is not null
    and not c.fell_out
    and (c.outcome = 1 or c.called_on is not null)
    and (m.closed_on is null or m.contracted_on is not null)
    and ($1::text[] is null or c.call = any ($1))
    group by c.call, c.region";

/// Seats taken by call and region: selected or called up, less those who left before their contract. Counted over the
/// whole country, whoever asks.
pub async fn taken(tx: &mut Tx, calls: Option<&[String]>) -> Result<Vec<(Place, u32)>> {
    tx.widen().await?;
    let rows: Vec<(String, String, i64)> =
        sqlx::query_as(TAKEN).bind(calls).fetch_all(tx.conn()).await.context("counting the seats taken")?;
    tx.narrow().await?;
    Ok(rows.into_iter().map(|(call, region, count)| ((call, region), u32::try_from(count).unwrap_or(u32::MAX))).collect())
}

/// Free seats of these places, for a run that only looks.
pub async fn free(tx: &mut Tx, programme: &Programme, places: &[Place]) -> Result<Vec<u32>> {
    let calls: Vec<String> = places.iter().map(|(call, _)| call.clone()).collect();
    let taken = taken(tx, Some(&calls)).await?;
    Ok(places.iter().map(|place| free_of(programme, place, &taken)).collect())
}

fn free_of(programme: &Programme, place: &Place, taken: &[(Place, u32)]) -> u32 {
    let seats = seats_of(programme, &place.0, &place.1);
    let taken = taken.iter().find(|(other, _)| other == place).map_or(0, |(_, count)| *count);
    (seats.total - seats.for_appeals).saturating_sub(taken)
}

const ENSURE: &str = "
    insert into seat_quota as q (call, region, seats)
    select *
    from unnest($1::text[], $2::text[], $3::int[])
    on conflict (call, region) do update
    set seats = greatest(excluded.seats, q.taken)";

const LOCK: &str = "
    select call, region
    from seat_quota
    where call = any ($1)
    and region = any ($2)
    order by call, region
    for update";

/// Locks the seats of these places until the transaction ends and tells how many are free in each.
pub async fn lock(tx: &mut Tx, programme: &Programme, places: &[Place]) -> Result<Vec<u32>> {
    let mut ordered = places.to_vec();
    ordered.sort();
    ordered.dedup();
    let calls: Vec<&str> = ordered.iter().map(|(call, _)| call.as_str()).collect();
    let regions: Vec<&str> = ordered.iter().map(|(_, region)| region.as_str()).collect();
    let seats: Vec<i32> = ordered.iter().map(|(call, region)| number(seats_of(programme, call, region).total)).collect();
    tx.widen().await?;
    sqlx::query(ENSURE).bind(&calls).bind(&regions).bind(seats).execute(tx.conn()).await.context("setting quotas down")?;
    sqlx::query(LOCK).bind(&calls).bind(&regions).execute(tx.conn()).await.context("locking quotas")?;
    tx.narrow().await?;
    free(tx, programme, places).await
}

const TAKE: &str = "
    update seat_quota q
    set taken = t.taken
    from unnest($1::text[], $2::text[], $3::int[]) as t (call, region, taken)
    where q.call = t.call
    and q.region = t.region";

/// Writes what is taken of these locked places after seats were given out. More than there are is refused by the table.
pub async fn settle(tx: &mut Tx, places: &[Place]) -> Result<()> {
    let mut places = places.to_vec();
    places.sort();
    places.dedup();
    let calls: Vec<String> = places.iter().map(|(call, _)| call.clone()).collect();
    let taken = taken(tx, Some(&calls)).await?;
    let count = |place: &Place| taken.iter().find(|(other, _)| other == place).map_or(0, |(_, count)| number(*count));
    tx.widen().await?;
    sqlx::query(TAKE)
        .bind(&calls)
        .bind(places.iter().map(|(_, region)| region.as_str()).collect::<Vec<_>>())
        .bind(places.iter().map(count).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing the seats taken")?;
    tx.narrow().await
}

fn number(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// People admitted in a year at an office of selection: offers accepted in it, and offers still open.
#[derive(Clone, Copy, PartialEq, Eq, Debug, FromRow, Serialize)]
pub struct Admitted {
    pub office: i32,
    pub landholders: i64,
    pub unemployed: i64,
}

const ADMITTED: &str = "
    select m.office_of_selection as office,
        count(*) filter (where m.basis = $3) as landholders,
        count(*) filter (where m.basis = $4) as unemployed
    from case_milestone m
    where m.accepted_on between $1 and $2
    and ($6::int[] is null or m.office_of_selection = any ($6))
    group by m.office_of_selection
    union all
    select m.office_of_selection,
        count(*) filter (where m.basis = $3),
        count(*) filter (where m.basis = $4)
    from case_file f
    join case_milestone m using (person_id, case_id)
    where f.stage = $5
    and m.accepted_on is null
    and ($6::int[] is null or m.office_of_selection = any ($6))
    group by m.office_of_selection";

/// Who was admitted, by office: in these offices, or in all. Counted whoever asks.
pub async fn admitted(tx: &mut Tx, on: NaiveDate, offices: Option<&[OfficeId]>) -> Result<Vec<Admitted>> {
    let (first, last) = year_of(on);
    tx.widen().await?;
    let rows: Vec<Admitted> = sqlx::query_as(ADMITTED)
        .bind(first)
        .bind(last)
        .bind(Basis::Landholder as i16)
        .bind(Basis::Unemployed as i16)
        .bind(Stage::Selected as i16)
        .bind(offices.map(|offices| offices.iter().map(|office| office.0).collect::<Vec<_>>()))
        .fetch_all(tx.conn())
        .await
        .context("counting who was admitted")?;
    tx.narrow().await?;
    let mut by_office: Vec<Admitted> = Vec::new();
    for row in rows {
        match by_office.iter_mut().find(|known| known.office == row.office) {
            Some(known) => {
                known.landholders += row.landholders;
                known.unemployed += row.unemployed;
            }
            None => by_office.push(row),
        }
    }
    Ok(by_office)
}

fn year_of(day: NaiveDate) -> (NaiveDate, NaiveDate) {
    let on = |month, date| NaiveDate::from_ymd_opt(day.year(), month, date).unwrap_or(day);
    (on(1, 1), on(12, 31))
}

/// The cap as it stands on a day over these offices, or over all.
pub async fn cap(tx: &mut Tx, programme: &Programme, on: NaiveDate, offices: Option<&[OfficeId]>) -> Result<Cap> {
    let admitted = admitted(tx, on, offices).await?;
    Ok(cap_of(programme, on, &admitted))
}

/// The cap over counts of offices.
pub fn cap_of(programme: &Programme, on: NaiveDate, admitted: &[Admitted]) -> Cap {
    let Percent(percent) = programme.parameter(&keys::LANDHOLDER_CAP, on);
    let sum = |of: fn(&Admitted) -> i64| u32::try_from(admitted.iter().map(of).sum::<i64>()).unwrap_or(u32::MAX);
    Cap {
        percent: u32::try_from(percent).unwrap_or(0),
        landholders: sum(|office| office.landholders),
        unemployed: sum(|office| office.unemployed),
    }
}

const ENSURE_YEAR: &str = "
    insert into admission_year (year, office)
    select $1, office
    from unnest($2::int[]) as o (office)
    on conflict (year, office) do nothing";

const LOCK_YEAR: &str = "
    select office
    from admission_year
    where year = $1
    and office = any ($2)
    order by office
    for update";

const SETTLE_YEAR: &str = "
    update admission_year y
    set landholders = a.landholders, unemployed = a.unemployed
    from unnest($2::int[], $3::int[], $4::int[]) as a (office, landholders, unemployed)
    where y.year = $1
    and y.office = a.office";

/// Locks the year's counts of these offices until the transaction ends, and tells the cap as it stands.
pub async fn lock_cap(tx: &mut Tx, programme: &Programme, on: NaiveDate, offices: &[OfficeId]) -> Result<Cap> {
    let mut ordered: Vec<i32> = offices.iter().map(|office| office.0).collect();
    ordered.sort_unstable();
    ordered.dedup();
    let year = i16::try_from(on.year())?;
    tx.widen().await?;
    sqlx::query(ENSURE_YEAR).bind(year).bind(&ordered).execute(tx.conn()).await.context("setting a year's counts down")?;
    sqlx::query(LOCK_YEAR).bind(year).bind(&ordered).execute(tx.conn()).await.context("locking a year's counts")?;
    tx.narrow().await?;
    cap(tx, programme, on, Some(offices)).await
}

/// Writes the year's counts of these locked offices after people were admitted.
pub async fn settle_cap(tx: &mut Tx, on: NaiveDate, offices: &[OfficeId]) -> Result<()> {
    let admitted = admitted(tx, on, Some(offices)).await?;
    let count = |count: i64| i32::try_from(count).unwrap_or(i32::MAX);
    tx.widen().await?;
    sqlx::query(SETTLE_YEAR)
        .bind(i16::try_from(on.year())?)
        .bind(admitted.iter().map(|row| row.office).collect::<Vec<_>>())
        .bind(admitted.iter().map(|row| count(row.landholders)).collect::<Vec<_>>())
        .bind(admitted.iter().map(|row| count(row.unemployed)).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing a year's counts")?;
    tx.narrow().await
}
