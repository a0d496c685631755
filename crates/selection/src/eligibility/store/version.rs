//! Versions of the rules, kept when the first decision is taken under them.

use crate::eligibility::ruleset::RuleSet;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::scope::Tx;

const VERSION_OF: &str = "
    select version
    from rule_version
    where digest = $1";

const LOCK_VERSIONS: &str = "
    lock table rule_version in share row exclusive mode";

const KEEP_VERSION: &str = "
    insert into rule_version (version, digest, step, programme_version, first_used_on, rules)
    select coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5
    from rule_version
    returning version";

/// The number under which frozen rules are kept; rules met for the first time get the next one.
pub async fn rule_version(tx: &mut Tx, rules: &RuleSet, programme_version: i32, on: NaiveDate) -> Result<i32> {
    let digest = rules.digest()?;
    if let Some(version) = find_version(tx, &digest).await? {
        return Ok(version);
    }
    tx.widen().await?;
    sqlx::query(LOCK_VERSIONS).execute(tx.conn()).await.context("locking the versions of rules")?;
    let version = match find_version(tx, &digest).await? {
        Some(version) => version,
        None => {
            let (version,): (i32,) = sqlx::query_as(KEEP_VERSION)
                .bind(&digest[..])
                .bind(&rules.step)
                .bind(programme_version)
                .bind(on)
                .bind(serde_json::to_string(rules)?)
                .fetch_one(tx.conn())
                .await
                .context("keeping a version of the rules")?;
            version
        }
    };
    tx.narrow().await?;
    Ok(version)
}

async fn find_version(tx: &mut Tx, digest: &[u8; 32]) -> Result<Option<i32>> {
    let found: Option<(i32,)> =
        sqlx::query_as(VERSION_OF).bind(&digest[..]).fetch_optional(tx.conn()).await.context("finding a version of the rules")?;
    Ok(found.map(|(version,)| version))
}

const RULES: &str = "
    select rules
    from rule_version
    where version = $1";

/// The frozen rules of a version.
pub async fn rules_of(tx: &mut Tx, version: i32) -> Result<RuleSet> {
    let (rules,): (String,) = sqlx::query_as(RULES).bind(version).fetch_one(tx.conn()).await.context("finding kept rules")?;
    serde_json::from_str(&rules).context("reading kept rules")
}
