//! Releases in the database.

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use platform::scope::Tx;
use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

/// A release.
#[derive(Clone, Debug, FromRow, Serialize)]
pub struct Release {
    pub release_id: Uuid,
    pub as_of: NaiveDate,
    pub known_on: NaiveDate,
    /// The frozen report, in JSON.
    #[serde(skip)]
    pub report: String,
    pub proposed_at: DateTime<Utc>,
    pub proposed_by: Uuid,
    pub approved_at: Option<DateTime<Utc>>,
    pub approved_by: Option<Uuid>,
}

/// What a frozen report tells the public of one indicator.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Figure {
    pub code: String,
    pub value: Option<f64>,
    pub target: Option<i64>,
    pub unit: String,
    #[serde(default)]
    pub by: BySex,
}

/// The only cut that is released: it has no small cells.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub struct BySex {
    #[serde(default)]
    pub sex: std::collections::BTreeMap<String, Option<f64>>,
}

impl Release {
    /// The figures as they were frozen.
    pub fn figures(&self) -> Result<Vec<Figure>> {
        #[derive(Deserialize)]
        struct Frozen {
            indicators: Vec<Figure>,
        }
        let frozen: Frozen = serde_json::from_str(&self.report).context("reading a release")?;
        Ok(frozen.indicators)
    }
}

const INSERT: &str = "
    insert into release (release_id, as_of, known_on, report, proposed_at, proposed_by, approved_at, approved_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Keeps a release; the transaction must reach beyond offices.
pub async fn insert(tx: &mut Tx, release: &Release) -> Result<()> {
    sqlx::query(INSERT)
        .bind(release.release_id)
        .bind(release.as_of)
        .bind(release.known_on)
        .bind(&release.report)
        .bind(release.proposed_at)
        .bind(release.proposed_by)
        .bind(release.approved_at)
        .bind(release.approved_by)
        .execute(tx.conn())
        .await
        .context("keeping a release")?;
    Ok(())
}

const ALL: &str = "
    select release_id, as_of, known_on, report, proposed_at, proposed_by, approved_at, approved_by
    from release
    where approved_at is not null or $1
    order by as_of desc, proposed_at desc
    limit 200";

/// Releases, the latest first; those that wait only when asked for.
pub async fn all(tx: &mut Tx, also_waiting: bool) -> Result<Vec<Release>> {
    sqlx::query_as(ALL).bind(also_waiting).fetch_all(tx.conn()).await.context("listing releases")
}

const ONE: &str = "
    select release_id, as_of, known_on, report, proposed_at, proposed_by, approved_at, approved_by
    from release
    where release_id = $1";

/// A release by its id.
pub async fn one(tx: &mut Tx, release: Uuid) -> Result<Option<Release>> {
    sqlx::query_as(ONE).bind(release).fetch_optional(tx.conn()).await.context("finding a release")
}

const APPROVE: &str = "
    update release
    set approved_at = $2, approved_by = $3
    where release_id = $1
    and approved_at is null
    and proposed_by <> $3";

/// Keeps the approval; false when it was approved meanwhile or by who proposed it.
pub async fn approve(tx: &mut Tx, release: Uuid, officer: Uuid) -> Result<bool> {
    let now = tx.now();
    let done =
        sqlx::query(APPROVE).bind(release).bind(now).bind(officer).execute(tx.conn()).await.context("approving a release")?;
    Ok(done.rows_affected() == 1)
}
