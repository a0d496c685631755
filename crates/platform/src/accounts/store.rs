//! Accounts in the database; all within the program's own transactions, since only the system writes them.

use crate::{role::Role, scope::Tx};
use anyhow::{Context, Result};
use chrono::NaiveDate;
use serde::Serialize;
use sqlx::FromRow;
use uuid::Uuid;
use values::id::OfficerId;

/// An account in a list.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Line {
    pub officer_id: Uuid,
    pub login: String,
    pub name: String,
    pub role: i16,
    pub office: i32,
    pub name_az: String,
    pub name_en: String,
    pub name_ru: String,
    pub offices: i32,
    pub disabled_on: Option<NaiveDate>,
}

const LIST: &str = "
    select o.officer_id, o.login, o.name, r.role, r.home_office as office, f.name_az, f.name_en, f.name_ru,
        coalesce(array_length(r.offices, 1), 0) as offices, o.disabled_on
    from officer o
    join officer_role r using (officer_id)
    join office f on f.office = r.home_office
    where $1 = 0 or r.role = $1
    order by r.role, o.name
    limit $2
    offset $3";

const COUNT: &str = "
    select count(*)
    from officer_role
    where $1 = 0 or role = $1";

/// Accounts by role and name; role 0 is every role.
pub async fn list(tx: &mut Tx, role: i16, limit: i64, offset: i64) -> Result<(Vec<Line>, i64)> {
    let lines =
        sqlx::query_as(LIST).bind(role).bind(limit).bind(offset).fetch_all(tx.conn()).await.context("listing accounts")?;
    let (count,) = sqlx::query_as(COUNT).bind(role).fetch_one(tx.conn()).await.context("counting accounts")?;
    Ok((lines, count))
}

/// An office to choose.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Office {
    pub office: i32,
    pub name_az: String,
    pub name_en: String,
    pub name_ru: String,
}

/// Every office that is open.
pub async fn offices(tx: &mut Tx) -> Result<Vec<Office>> {
    sqlx::query_as("select office, name_az, name_en, name_ru from office where closed_on is null order by office")
        .fetch_all(tx.conn())
        .await
        .context("listing offices")
}

const OPEN: &str = "
    insert into officer (officer_id, login, name, password_hash)
    values ($1, $2, $3, $4)
    on conflict (login) do nothing";

const ROLE: &str = "
    insert into officer_role (officer_id, role, home_office, offices)
    values ($1, $2, $3, $4)";

/// An account to be opened with one role.
pub struct New<'a> {
    pub id: OfficerId,
    pub login: &'a str,
    pub name: &'a str,
    /// Of the password.
    pub hash: &'a str,
    pub role: Role,
    pub home: i32,
    /// The offices in reach.
    pub offices: &'a [i32],
}

/// Opens an account with one role; false when the login is taken.
pub async fn open(tx: &mut Tx, new: &New<'_>) -> Result<bool> {
    let opened = sqlx::query(OPEN)
        .bind(new.id.0)
        .bind(new.login)
        .bind(new.name)
        .bind(new.hash)
        .execute(tx.conn())
        .await
        .context("opening an account")?;
    if opened.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query(ROLE)
        .bind(new.id.0)
        .bind(new.role as i16)
        .bind(new.home)
        .bind(new.offices)
        .execute(tx.conn())
        .await
        .context("giving a role")?;
    Ok(true)
}

/// The name on an account that is open.
pub async fn name_of(tx: &mut Tx, id: OfficerId) -> Result<Option<String>> {
    let row: Option<(String,)> = sqlx::query_as("select name from officer where officer_id = $1 and disabled_on is null")
        .bind(id.0)
        .fetch_optional(tx.conn())
        .await
        .context("finding an account")?;
    Ok(row.map(|(name,)| name))
}

/// Closes an account; its sessions end at once.
pub async fn close(tx: &mut Tx, id: OfficerId, today: NaiveDate) -> Result<()> {
    sqlx::query("update officer set disabled_on = $2 where officer_id = $1")
        .bind(id.0)
        .bind(today)
        .execute(tx.conn())
        .await
        .context("closing an account")?;
    sqlx::query("delete from session where officer_id = $1").bind(id.0).execute(tx.conn()).await.context("ending sessions")?;
    Ok(())
}
