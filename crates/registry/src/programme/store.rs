//! The versions of the programme that have been in force, and the one that the running program holds.

use super::{Office, Problem, Programme};
use anyhow::{Context, Result, bail};
use platform::{app::App, journal::EntryKind, scope::Tx};
use std::{collections::BTreeMap, sync::Arc};
use uuid::Uuid;
use values::id::PersonId;

const LOADED: EntryKind = EntryKind::new(351, "programme.loaded");

/// The programme in force and the number of its version.
#[derive(Clone, Debug)]
pub struct InForce {
    pub programme: Programme,
    pub version: i32,
}

/// The programme that the running program holds.
pub fn current(app: &App) -> Result<Arc<InForce>> {
    app.held().context("the program runs without a programme")
}

impl std::ops::Deref for InForce {
    type Target = Programme;

    fn deref(&self) -> &Programme {
        &self.programme
    }
}

const KNOWN: &str = "
    select version
    from programme_version
    where digest = $1";

const KEEP: &str = "
    insert into programme_version (version, digest, loaded_at, files)
    select coalesce(max(version), 0) + 1, $1, $2, $3
    from programme_version
    returning version";

const FILES: &str = "
    select files
    from programme_version
    where version = $1";

/// Puts a programme in force: files that were never loaded become a new version, and the offices follow them. `tx` must
/// be the program's own.
pub async fn put_in_force(tx: &mut Tx, programme: Programme, files: &[(&str, &str)]) -> Result<InForce> {
    let known: Option<(i32,)> = sqlx::query_as(KNOWN)
        .bind(&programme.digest()[..])
        .fetch_optional(tx.conn())
        .await
        .context("finding a version of the programme")?;
    let version = match known {
        Some((version,)) => version,
        None => keep(tx, &programme, files).await?,
    };
    write_offices(tx, &programme).await?;
    Ok(InForce { programme, version })
}

async fn keep(tx: &mut Tx, programme: &Programme, files: &[(&str, &str)]) -> Result<i32> {
    let now = tx.now();
    let text = serde_json::to_string(&files.iter().copied().collect::<BTreeMap<_, _>>())?;
    let (version,): (i32,) = sqlx::query_as(KEEP)
        .bind(&programme.digest()[..])
        .bind(now)
        .bind(text)
        .fetch_one(tx.conn())
        .await
        .context("keeping a version of the programme")?;
    let facts = serde_json::json!({ "version": version, "digest": platform::keys::hex(programme.digest()) });
    tx.note(LOADED, PersonId(Uuid::nil()), &facts, None)?;
    Ok(version)
}

/// The programme as it was in some version, to replay a decision of that day.
pub async fn version(tx: &mut Tx, version: i32) -> Result<Programme> {
    let (text,): (String,) =
        sqlx::query_as(FILES).bind(version).fetch_one(tx.conn()).await.context("finding a version of the programme")?;
    let files: BTreeMap<String, String> = serde_json::from_str(&text).context("reading the files of a version")?;
    let files: Vec<(&str, &str)> = files.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    match Programme::from_files(&files) {
        Ok(programme) => Ok(programme),
        Err(problems) => bail!("version {version} of the programme can't be read: {}", in_lines(&problems)),
    }
}

/// Problems, one a line.
pub fn in_lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| problem.to_string()).collect::<Vec<_>>().join("\n")
}

const OFFICES: &str = "
    insert into office (office, code, region, unit, name_az, name_en, name_ru, opened_on, closed_on)
    select *
    from unnest($1::int[], $2::text[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::date[],
        $9::date[])
    on conflict (office) do update
    set region = excluded.region, unit = excluded.unit, name_az = excluded.name_az, name_en = excluded.name_en,
        name_ru = excluded.name_ru, opened_on = excluded.opened_on, closed_on = excluded.closed_on";

async fn write_offices(tx: &mut Tx, programme: &Programme) -> Result<()> {
    let offices = programme.offices();
    let region = |office: &Office| programme.region_of(office.id).map_or(0, |region| i16::from(region.number));
    let unit = |office: &Office| office.unit.as_ref().map(|unit| unit.to_string()).unwrap_or_default();
    sqlx::query(OFFICES)
        .bind(offices.iter().map(|office| office.id.0).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| format!("{}", office.id.0)).collect::<Vec<_>>())
        .bind(offices.iter().map(region).collect::<Vec<_>>())
        .bind(offices.iter().map(unit).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| office.name.az.as_str()).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| office.name.en.as_str()).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| office.name.ru.as_str()).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| office.validity.from).collect::<Vec<_>>())
        .bind(offices.iter().map(|office| office.validity.to).collect::<Vec<_>>())
        .execute(tx.conn())
        .await
        .context("writing the offices")?;
    Ok(())
}
