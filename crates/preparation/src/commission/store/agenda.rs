//! Plans on agendas, and the votes on them.

use super::column;
use crate::sitting::{Ballot, Choice, Votes, counted as count};
use anyhow::{Context, Result};
use platform::scope::Tx;
use serde::Serialize;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;
use values::id::SittingId;

/// A plan on an agenda.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Item {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub case_id: Uuid,
    pub plan_id: Uuid,
    pub office: i32,
    pub position: i16,
    /// In qəpik.
    pub amount: i64,
    /// Mean of the blind scores, in tenths of a point.
    pub mean_tenths: i16,
    pub decision: Option<i16>,
    pub reason: Option<String>,
}

/// A member's vote on a plan.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Vote {
    pub person_id: Uuid,
    pub sitting_id: Uuid,
    pub plan_id: Uuid,
    pub officer_id: Uuid,
    pub office: i32,
    /// A [`Choice`].
    pub vote: i16,
    pub reason: Option<String>,
}

impl Vote {
    /// As it counts.
    pub fn ballot(&self) -> Option<Ballot> {
        let choice = Choice::from_number(self.vote)?;
        Some(Ballot { item: self.plan_id, member: self.officer_id, choice })
    }
}

const INSERT_ITEMS: &str = "
    insert into agenda_item (person_id, sitting_id, case_id, plan_id, office, position, amount, mean_tenths, decision, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::bigint[], $8::smallint[],
        $9::smallint[], $10::text[])";

/// Writes agendas.
pub async fn insert_items(tx: &mut Tx, rows: &[Item]) -> Result<()> {
    sqlx::query(INSERT_ITEMS)
        .bind(column(rows, |i| i.person_id))
        .bind(column(rows, |i| i.sitting_id))
        .bind(column(rows, |i| i.case_id))
        .bind(column(rows, |i| i.plan_id))
        .bind(column(rows, |i| i.office))
        .bind(column(rows, |i| i.position))
        .bind(column(rows, |i| i.amount))
        .bind(column(rows, |i| i.mean_tenths))
        .bind(column(rows, |i| i.decision))
        .bind(column(rows, |i| i.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing agendas")?;
    Ok(())
}

const INSERT_VOTES: &str = "
    insert into vote (person_id, sitting_id, plan_id, officer_id, office, vote, reason)
    select *
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::smallint[], $7::text[])
    on conflict (person_id, sitting_id, plan_id, officer_id) do update
    set vote = excluded.vote, reason = excluded.reason";

/// Writes votes; until the sitting closes a member may vote anew.
pub async fn insert_votes(tx: &mut Tx, rows: &[Vote]) -> Result<()> {
    sqlx::query(INSERT_VOTES)
        .bind(column(rows, |v| v.person_id))
        .bind(column(rows, |v| v.sitting_id))
        .bind(column(rows, |v| v.plan_id))
        .bind(column(rows, |v| v.officer_id))
        .bind(column(rows, |v| v.office))
        .bind(column(rows, |v| v.vote))
        .bind(column(rows, |v| v.reason.as_deref()))
        .execute(tx.conn())
        .await
        .context("writing votes")?;
    Ok(())
}

const ITEMS: &str = "
    select person_id, sitting_id, case_id, plan_id, office, position, amount, mean_tenths, decision, reason
    from agenda_item
    where sitting_id = $1
    order by position";

/// The agenda of a sitting, as far as the scope reaches.
pub async fn items(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Item>> {
    sqlx::query_as(ITEMS).bind(sitting.0).fetch_all(tx.conn()).await.context("reading an agenda")
}

const VOTES: &str = "
    select person_id, sitting_id, plan_id, officer_id, office, vote, reason
    from vote v
    where sitting_id = $1
    and not exists (select from sitting_member m
        where m.sitting_id = v.sitting_id
        and m.officer_id = v.officer_id
        and m.present = false)";

/// The votes of a sitting, as far as the scope reaches: a member sees their own. Whoever voted ahead and then did not come
/// has not voted.
pub async fn votes(tx: &mut Tx, sitting: SittingId) -> Result<Vec<Vote>> {
    sqlx::query_as(VOTES).bind(sitting.0).fetch_all(tx.conn()).await.context("reading votes")
}

/// Votes counted by plan.
pub fn counted(votes: &[Vote]) -> HashMap<Uuid, Votes> {
    count(votes.iter().filter_map(Vote::ballot))
}
