//! How fast an import is beside a plain `COPY` of the same rows into all tables and indexes that it fills, in one run.
//! Both write to schemas of their own that are dropped afterwards: people and journal of the database stay untouched.

use super::{Options, Report, run, sample};
use crate::programme::Programme;
use anyhow::{Context, Result, ensure};
use futures::TryStreamExt;
use platform::{app::App, language::Lang, scope::Tx};
use serde::Serialize;
use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use tokio::{
    fs::File,
    io::{AsyncWriteExt, BufReader, BufWriter},
};

/// An import beside a plain copy.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Comparison {
    /// People that both wrote.
    pub people: u64,
    /// Rows of all tables that both wrote, the journal's included.
    pub rows: u64,
    pub import: Duration,
    pub copy: Duration,
}

impl Comparison {
    /// Rows per second of the import, of those of the copy.
    pub fn ratio(&self) -> f64 {
        self.copy.as_secs_f64() / self.import.as_secs_f64().max(f64::EPSILON)
    }
}

/// Makes up an extract of so many rows in `folder`, imports it, and copies the same rows; both leave nothing behind.
pub async fn bench(app: &App, programme: &Programme, folder: &Path, rows: u32) -> Result<Comparison> {
    let file = folder.join("measure.csv");
    sample::write(&file, programme, rows, app.today())?;
    let outcome = compare(app, programme, &file, folder).await;
    as_owner(app, DROP).await?;
    for name in ["measure.csv", "measure.rejects.csv", "measure.warnings.csv"] {
        let _ = fs::remove_file(folder.join(name));
    }
    outcome
}

async fn compare(app: &App, programme: &Programme, file: &Path, folder: &Path) -> Result<Comparison> {
    as_owner(app, DROP).await?;
    as_owner(app, MAKE).await?;
    let options =
        Options { file: file.to_owned(), source: Options::SOURCE.to_owned(), office: None, lang: Lang::En, schema: IMPORTED };
    let report: Report = run(app, programme, &options, &|_, _| {}).await?;
    ensure!(report.rejected == 0 && report.inserted == report.rows, "the made-up extract was not let in whole: {report:?}");
    let mut copied = Duration::ZERO;
    let mut rows = 0;
    let mut tables = Vec::new();
    for table in TABLES {
        tables.push((table, copy_out(app, table, folder).await?));
    }
    for (table, path) in tables {
        let (count, took) = copy_in(app, table, &path).await?;
        rows += count;
        copied += took;
        fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
    }
    Ok(Comparison { people: report.inserted, rows, import: report.took, copy: copied })
}

/// The schemas into which both write.
const IMPORTED: &str = "measure_import";

/// What an import fills, in the order of their foreign keys.
const TABLES: [&str; 5] = ["person", "person_word", "unemployment_spell", "person_group", "journal"];

const DROP: &str = "
    drop schema if exists measure_copy cascade;
    drop schema if exists measure_import cascade";

/// The same tables, indexes, checks and keys twice; the policies on those that the import writes to.
const MAKE: &str = "
    create schema measure_import;
    create schema measure_copy;
    grant usage on schema measure_import to dayaq_system;
    do $$
    declare
        place text;
        name text;
    begin
        foreach place in array array['measure_import', 'measure_copy'] loop
            foreach name in array array['person', 'person_word', 'unemployment_spell', 'person_group', 'journal', 'chain_head'] loop
                execute format('create table %I.%I (like public.%I including all)', place, name, name);
            end loop;
            execute format('alter table %I.person add foreign key (office) references public.office', place);
            foreach name in array array['unemployment_spell', 'person_group'] loop
                execute format('alter table %I.%I add foreign key (person_id) references %I.person', place, name, place);
            end loop;
        end loop;
        foreach name in array array['person', 'person_word', 'unemployment_spell', 'person_group', 'journal', 'chain_head'] loop
            execute format('alter table measure_import.%I enable row level security', name);
            execute format('grant select, insert, update, delete on measure_import.%I to dayaq_system', name);
            execute format('create policy system on measure_import.%I to dayaq_system using (true) with check (true)', name);
        end loop;
    end
    $$";

/// Runs statements as whoever owns the database.
async fn as_owner(app: &App, statements: &'static str) -> Result<()> {
    let mut tx = owner(app).await?;
    sqlx::raw_sql(statements).execute(tx.conn()).await.context("making room for a measurement")?;
    tx.commit().await
}

async fn owner(app: &App) -> Result<Tx> {
    let mut tx = app.system().await?;
    sqlx::query("set local role none").execute(tx.conn()).await.context("acting as the owner")?;
    Ok(tx)
}

async fn copy_out(app: &App, table: &str, folder: &Path) -> Result<PathBuf> {
    let path = folder.join(format!("measure-{table}.copy"));
    let mut file = BufWriter::new(File::create(&path).await.with_context(|| format!("writing {}", path.display()))?);
    let mut tx = owner(app).await?;
    let mut rows = tx.conn().copy_out_raw(&format!("copy measure_import.{table} to stdout")).await.context("copying out")?;
    while let Some(chunk) = rows.try_next().await.context("copying out")? {
        file.write_all(&chunk).await?;
    }
    file.flush().await?;
    Ok(path)
}

async fn copy_in(app: &App, table: &str, path: &Path) -> Result<(u64, Duration)> {
    let file = File::open(path).await.with_context(|| format!("opening {}", path.display()))?;
    let begun = Instant::now();
    let mut tx = owner(app).await?;
    let mut copy = tx.conn().copy_in_raw(&format!("copy measure_copy.{table} from stdin")).await.context("copying in")?;
    copy.read_from(BufReader::with_capacity(1 << 20, file)).await.context("copying in")?;
    let rows = copy.finish().await.context("copying in")?;
    tx.commit().await?;
    Ok((rows, begun.elapsed()))
}
