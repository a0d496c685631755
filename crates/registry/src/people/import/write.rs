//! Writes a batch in one transaction; where the database refuses a row, the batch in ever smaller parts, until only what it
//! refuses stays out.

use super::{
    finding::{Expected, Finding},
    layout::Column,
    report::{Findings, Report},
    run::{Options, Prepared, entries, open},
    update,
};
use crate::people::{
    store::{self, Rows},
    types::NewPerson,
};
use anyhow::Result;
use platform::{app::App, journal::Entry, scope::Tx};
use uuid::Uuid;

/// What writes, and what it has done so far.
pub(super) struct Writer<'a> {
    pub app: &'a App,
    pub options: &'a Options,
    pub rejects: Findings,
    pub warned: Findings,
    pub report: Report,
}

/// What became of the rows of a batch.
#[derive(Default)]
struct Written {
    inserted: u64,
    updated: u64,
    faults: Vec<Finding>,
}

impl Written {
    fn follow(&mut self, kept_out: Option<Finding>) {
        match kept_out {
            None => self.updated += 1,
            Some(fault) => self.faults.push(fault),
        }
    }
}

impl Writer<'_> {
    pub async fn write(&mut self, mut batch: Prepared) -> Result<()> {
        let entries = std::mem::take(&mut batch.entries);
        let written = match self.whole(&batch, entries).await {
            Err(error) if refused(&error).is_some() => self.in_parts(&batch).await?,
            written => written?,
        };
        self.rejects.add(&[batch.faults, written.faults].concat())?;
        self.warned.add(&batch.warnings)?;
        let asked = (batch.new.len() + batch.changed.len()) as u64;
        self.report.rows += batch.read;
        self.report.inserted += written.inserted;
        self.report.updated += written.updated;
        self.report.unchanged += batch.unchanged;
        self.report.rejected += batch.rejected + asked - written.inserted - written.updated;
        self.report.warnings += batch.warnings.len() as u64;
        Ok(())
    }

    async fn whole(&self, batch: &Prepared, entries: Vec<Entry>) -> Result<Written> {
        let mut written = Written::default();
        if batch.new.is_empty() && batch.changed.is_empty() {
            return Ok(written);
        }
        let mut tx = open(self.app, self.options.schema).await?;
        self.insert(&mut tx, &batch.rows, entries).await?;
        for changed in &batch.changed {
            written.follow(self.follow(&mut tx, changed).await?);
        }
        tx.commit().await?;
        written.inserted = batch.rows.len() as u64;
        Ok(written)
    }

    /// Halves what is refused until the rows that the database refuses stand alone: few transactions more for each of them.
    async fn in_parts(&self, batch: &Prepared) -> Result<Written> {
        let mut written = Written::default();
        let mut parts = Vec::from([(0, batch.new.len())]);
        while let Some((from, to)) = parts.pop() {
            let part = from..to;
            match self.part(&batch.new[part.clone()]).await.map_err(|error| (refused(&error), error)) {
                Ok(()) => written.inserted += part.len() as u64,
                Err((Some(by), _)) if part.len() == 1 => written.faults.push(fault(batch.lines[from], by)),
                Err((Some(_), _)) => {
                    let middle = from + part.len() / 2;
                    parts.extend([(middle, to), (from, middle)]);
                }
                Err((None, error)) => return Err(error),
            }
        }
        for changed in &batch.changed {
            match self.follow_alone(changed).await.map_err(|error| (refused(&error), error)) {
                Ok(kept_out) => written.follow(kept_out),
                Err((Some(by), _)) => written.faults.push(fault(changed.0, by)),
                Err((None, error)) => return Err(error),
            }
        }
        Ok(written)
    }

    async fn part(&self, people: &[NewPerson]) -> Result<()> {
        if people.is_empty() {
            return Ok(());
        }
        let rows = Rows::prepare(self.app.keys(), people)?;
        let mut tx = open(self.app, self.options.schema).await?;
        self.insert(&mut tx, &rows, entries(self.app, people)?).await?;
        tx.commit().await
    }

    async fn insert(&self, tx: &mut Tx, rows: &Rows, entries: Vec<Entry>) -> Result<()> {
        store::insert_rows(tx, rows).await?;
        tx.record_all(entries);
        Ok(())
    }

    async fn follow_alone(&self, changed: &(u64, Uuid, NewPerson)) -> Result<Option<Finding>> {
        let mut tx = open(self.app, self.options.schema).await?;
        let kept_out = self.follow(&mut tx, changed).await?;
        tx.commit().await?;
        Ok(kept_out)
    }

    /// Lets a person follow their row; or why they may not.
    async fn follow(&self, tx: &mut Tx, (line, known, row): &(u64, Uuid, NewPerson)) -> Result<Option<Finding>> {
        let reason = format!("import: {}", self.options.source);
        let followed = update::follow(tx, *known, row, &reason).await?;
        let column = Column::RegNo.name();
        let fault = || Finding { row: *line, column, found: row.reg_no.clone(), expected: Expected::Uncorrected };
        Ok((!followed).then(fault))
    }
}

fn fault(row: u64, by: String) -> Finding {
    Finding { row, column: "", found: by, expected: Expected::Taken }
}

/// By what the database refused a row: the name of its constraint, else the code of the error (class 22, bad data; 23, a
/// constraint; 54, too much for a page or an index). Any other error is not the row's.
fn refused(error: &anyhow::Error) -> Option<String> {
    let of_database = |cause: &sqlx::Error| match cause {
        sqlx::Error::Database(told) => {
            let code = told.code().unwrap_or_default().into_owned();
            let is_the_rows = ["22", "23", "54"].iter().any(|class| code.starts_with(class));
            is_the_rows.then(|| told.constraint().map_or(code, str::to_owned))
        }
        _ => None,
    };
    error.chain().filter_map(|cause| cause.downcast_ref()).find_map(of_database)
}
