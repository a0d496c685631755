//! A row that changed at its source: its person follows, unless an officer has corrected them here since.

use crate::people::{
    CORRECTED, changes, reads,
    types::{Membership, NewPerson, Spell},
};
use anyhow::{Context, Result};
use platform::scope::Tx;
use uuid::Uuid;
use values::id::PersonId;

/// Lets a person follow their changed row; false when an officer's correction stands in the way.
pub async fn follow(tx: &mut Tx, known: Uuid, row: &NewPerson, reason: &str) -> Result<bool> {
    let person = PersonId(known);
    let Some(stored) = reads::lock(tx, person).await? else { return Ok(false) };
    let (corrected,): (bool,) = sqlx::query_as(CORRECTED_HERE)
        .bind(known)
        .bind(CORRECTED.number)
        .fetch_one(tx.conn())
        .await
        .context("asking whether a person was corrected")?;
    if corrected || stored.fin_verified_on.is_some() {
        return Ok(false);
    }
    let before = stored.open(&tx.keys())?;
    let mut after = row.clone();
    after.id = person;
    after.office = before.office;
    after.origin.clone_from(&before.origin);
    changes::correct(tx, &before, &after, stored.version, reason).await?;
    spell(tx, known, row).await?;
    groups(tx, known, row).await?;
    Ok(true)
}

const CORRECTED_HERE: &str = "
    select exists (
        select from journal
        where person_id = $1
        and kind = $2
        and officer_id <> '00000000-0000-0000-0000-000000000000')";

const MOVE_SPELL: &str = "
    update unemployment_spell
    set begun_on = $2
    where person_id = $1
    and ended_on is null
    and begun_on <> $2";

async fn spell(tx: &mut Tx, person: Uuid, row: &NewPerson) -> Result<()> {
    let Some(Spell { begun_on, .. }) = row.spells.first() else { return Ok(()) };
    sqlx::query(MOVE_SPELL).bind(person).bind(begun_on).execute(tx.conn()).await.context("moving a spell")?;
    Ok(())
}

const JOIN_GROUP: &str = "
    insert into person_group (person_id, code, valid_from, source, office)
    select p.person_id, $2, $3, $4, p.office
    from person p
    where p.person_id = $1
    and not exists (
        select from person_group g
        where g.person_id = p.person_id
        and g.code = $2
        and g.valid_to is null)
    on conflict do nothing";

const LEAVE_GROUPS: &str = "
    update person_group
    set valid_to = greatest(valid_from, $4)
    where person_id = $1
    and source = $2
    and valid_to is null
    and code <> all($3)";

async fn groups(tx: &mut Tx, person: Uuid, row: &NewPerson) -> Result<()> {
    for Membership { code, valid_from, source, .. } in &row.groups {
        let join = sqlx::query(JOIN_GROUP).bind(person).bind(code).bind(valid_from).bind(source);
        join.execute(tx.conn()).await.context("adding a group")?;
    }
    let codes: Vec<&str> = row.groups.iter().map(|group| group.code.as_str()).collect();
    let today = tx.today();
    let leave = sqlx::query(LEAVE_GROUPS).bind(person).bind(&row.source).bind(codes).bind(today);
    leave.execute(tx.conn()).await.context("ending groups")?;
    Ok(())
}
