//! The import itself: one thread reads and judges, a second prepares, a third writes batch by batch, each in its own
//! transaction. What is in stays in; the same command goes on from there.

use super::{
    finding::Finding,
    known::{self, Sorted},
    report::{Findings, Report},
    setting::Setting,
    source::{Batch, Source},
    write::Writer,
};
use crate::{
    people::{IMPORTED, REGISTERED, store::Rows, types::NewPerson},
    programme::Programme,
};
use anyhow::{Context, Result, ensure};
use platform::{
    app::App,
    journal::{Entry, payload},
    language::Lang,
    scope::Tx,
};
use serde::Serialize;
use std::{collections::BTreeSet, path::PathBuf, sync::Arc, time::Instant};
use tokio::sync::mpsc;
use uuid::Uuid;
use values::id::{EntryId, OfficeId, PersonId};

/// What to import and how.
#[derive(Clone, Debug)]
pub struct Options {
    pub file: PathBuf,
    /// Which source the registration numbers belong to; the same number of another source is somebody else.
    pub source: String,
    /// The office for every row, instead of the one that serves the row's city or rayon.
    pub office: Option<OfficeId>,
    /// The language of the findings.
    pub lang: Lang,
    /// The schema of the tables that are filled; a measurement has one of its own.
    pub schema: &'static str,
}

impl Options {
    /// The source that numbers belong to when nobody names one.
    pub const SOURCE: &str = "registry";

    /// The schema of all tables.
    pub const SCHEMA: &str = "public";
}

/// A transaction of the program within the schema that is filled.
pub(super) async fn open(app: &App, schema: &'static str) -> Result<Tx> {
    let mut tx = app.system().await?;
    if schema != Options::SCHEMA {
        sqlx::query("select set_config('search_path', $1, true)")
            .bind(format!("{schema}, {}", Options::SCHEMA))
            .execute(tx.conn())
            .await
            .context("choosing a schema")?;
    }
    Ok(tx)
}

/// How far an import has come, told after every batch.
pub type Progress<'p> = &'p (dyn Fn(u64, &Report) + Sync);

/// Imports a file. An error says on which line it stopped and how much is in.
pub async fn run(app: &App, programme: &Programme, options: &Options, progress: Progress<'_>) -> Result<Report> {
    let begun = Instant::now();
    let setting = Arc::new(Setting::of(programme, app.today(), &options.source, options.office));
    offices_exist(app, &setting).await?;
    let mut writer = Writer {
        app,
        options,
        rejects: Findings::beside(&options.file, "rejects.csv", options.lang)?,
        warned: Findings::beside(&options.file, "warnings.csv", options.lang)?,
        report: Report::default(),
    };
    let read = read_in(setting, options.file.clone());
    let mut prepared = prepare_in(app.clone(), options.clone(), read);
    let outcome = write_all(&mut writer, &mut prepared, progress).await;
    let mut report = writer.report;
    report.rejects = writer.rejects.path();
    report.warned = writer.warned.path();
    report.took = begun.elapsed();
    match outcome {
        Ok(()) => conclude(app, options, report).await,
        Err(error) if report.rows == 0 => Err(error),
        Err(error) => Err(error.context(format!(
            "the import stopped after {} rows: {} people are in, {} were updated, {} rows were rejected; nothing is half written, \
             and the same command goes on from here",
            report.rows, report.inserted, report.updated, report.rejected
        ))),
    }
}

/// Batches wait between the threads: two, so that nobody is idle and memory stays bounded.
const WAITING: usize = 2;

/// Reads and judges on a thread of its own.
fn read_in(setting: Arc<Setting>, file: PathBuf) -> mpsc::Receiver<Result<Batch>> {
    let (send, receive) = mpsc::channel(WAITING);
    tokio::task::spawn_blocking(move || {
        let mut source = match Source::open(&file) {
            Ok(source) => source,
            Err(error) => return drop(send.blocking_send(Err(error))),
        };
        loop {
            let batch = match source.next(&setting) {
                Ok(Some(batch)) => Ok(batch),
                Ok(None) => return,
                Err(error) => Err(error),
            };
            let failed = batch.is_err();
            if send.blocking_send(batch).is_err() || failed {
                return;
            }
        }
    });
    receive
}

/// A batch ready to be written.
pub(super) struct Prepared {
    pub bytes: u64,
    /// The people who are new, with their lines, their rows and their entries.
    pub new: Vec<NewPerson>,
    pub lines: Vec<u64>,
    pub rows: Rows,
    pub entries: Vec<Entry>,
    pub changed: Vec<(u64, Uuid, NewPerson)>,
    pub unchanged: u64,
    pub read: u64,
    pub rejected: u64,
    pub faults: Vec<Finding>,
    pub warnings: Vec<Finding>,
}

/// Finds which rows are new, and folds and seals them, beside the writing of the batch before.
fn prepare_in(app: App, options: Options, mut read: mpsc::Receiver<Result<Batch>>) -> mpsc::Receiver<Result<Prepared>> {
    let (send, receive) = mpsc::channel(WAITING - 1);
    tokio::spawn(async move {
        while let Some(batch) = read.recv().await {
            let prepared = match batch {
                Ok(batch) => prepare(&app, &options, batch).await,
                Err(error) => Err(error),
            };
            let failed = prepared.is_err();
            if send.send(prepared).await.is_err() || failed {
                return;
            }
        }
    });
    receive
}

async fn prepare(app: &App, options: &Options, batch: Batch) -> Result<Prepared> {
    let read = batch.readings.len() as u64;
    let (mut people, mut faults, mut warnings, mut rejected) = (Vec::with_capacity(batch.readings.len()), vec![], vec![], 0);
    for mut reading in batch.readings {
        faults.append(&mut reading.faults);
        match reading.person {
            Some(person) => {
                warnings.append(&mut reading.warnings);
                people.push((reading.line, person));
            }
            None => rejected += 1,
        }
    }
    let mut tx = open(app, options.schema).await?;
    let Sorted { new, changed, unchanged } = known::sort(&mut tx, &options.source, people).await?;
    drop(tx);
    let app = app.clone();
    let (lines, new): (Vec<u64>, Vec<NewPerson>) = new.into_iter().unzip();
    let (new, rows, entries) = tokio::task::spawn_blocking(move || {
        let (rows, entries) = (Rows::prepare(app.keys(), &new)?, entries(&app, &new)?);
        Ok::<_, anyhow::Error>((new, rows, entries))
    })
    .await
    .context("preparing rows")??;
    Ok(Prepared { bytes: batch.bytes, new, lines, rows, entries, changed, unchanged, read, rejected, faults, warnings })
}

/// The journal's entries of people who are new.
pub(super) fn entries(app: &App, people: &[NewPerson]) -> Result<Vec<Entry>> {
    #[derive(Serialize)]
    struct Facts<'a> {
        office: OfficeId,
        source: &'a str,
        reg_no: &'a str,
    }
    let who = platform::scope::Who::program();
    let recorded_at = app.now();
    let entry = |person: &NewPerson| {
        let facts = Facts { office: person.office, source: &person.source, reg_no: &person.reg_no };
        Ok(Entry {
            entry: EntryId::new(),
            person: person.id,
            case: None,
            office: who.office,
            officer: who.officer,
            role: who.role,
            kind: REGISTERED.number,
            effective_on: person.registered_on,
            recorded_at,
            payload: payload(&facts, None)?,
        })
    };
    people.iter().map(entry).collect()
}

async fn write_all(
    writer: &mut Writer<'_>,
    prepared: &mut mpsc::Receiver<Result<Prepared>>,
    progress: Progress<'_>,
) -> Result<()> {
    while let Some(batch) = prepared.recv().await {
        let batch = batch?;
        let bytes = batch.bytes;
        writer.write(batch).await?;
        progress(bytes, &writer.report);
    }
    Ok(())
}

const OFFICES: &str = "
    select office
    from office";

/// Every office that a row may come to must be one of the database.
async fn offices_exist(app: &App, setting: &Setting) -> Result<()> {
    let mut tx = app.system().await?;
    let known: Vec<(i32,)> = sqlx::query_as(OFFICES).fetch_all(tx.conn()).await.context("listing offices")?;
    let known: BTreeSet<i32> = known.into_iter().map(|(office,)| office).collect();
    let served = setting.places.values().flatten().filter_map(|place| place.office);
    let asked: Vec<OfficeId> = match setting.office {
        Some(office) => vec![office],
        None => served.collect(),
    };
    let missing = asked.iter().find(|office| !known.contains(&office.0));
    ensure!(missing.is_none(), "office {} is not in the database: expected one of {known:?}", missing.map_or(0, |o| o.0));
    Ok(())
}

/// Journals the import as a whole, and lets the statistics of the tables catch up.
async fn conclude(app: &App, options: &Options, report: Report) -> Result<Report> {
    #[derive(Serialize)]
    struct Facts<'a> {
        source: &'a str,
        file: &'a str,
        #[serde(flatten)]
        report: Report,
    }
    let file = options.file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let counts = Report { rejects: None, warned: None, ..report.clone() };
    let mut tx = open(app, options.schema).await?;
    tx.note(IMPORTED, PersonId(Uuid::nil()), &Facts { source: &options.source, file, report: counts }, None)?;
    tx.commit().await?;
    /// Fewer rows are left to the database's own housekeeping.
    const MANY: u64 = 10_000;
    if report.inserted >= MANY && options.schema == Options::SCHEMA {
        app.database().settle().await?;
    }
    Ok(report)
}
