//! `dayaq survival FILE.csv`: who stays in business, by any grouping, and how businesses end.

mod compare;
mod ends;
pub mod report;

use super::plot::Folder;
use anyhow::{Context, Result, bail};
use clap::Args;
use std::{fs::File, path::PathBuf};
use survival::read::spans::{self, Column, State, Statuses, Table};

#[derive(Args)]
pub struct Survival {
    /// The table: UTF-8 with a header; id, start, end and status must be among its columns, entry may be, all others
    /// are groups.
    file: PathBuf,
    /// Compare by this column only; may be given again.
    #[arg(long)]
    by: Vec<String>,
    /// Compare within the values of this column.
    #[arg(long)]
    strata: Option<String>,
    /// One more word of the status column that is a kind of end; may be given again.
    #[arg(long)]
    end: Vec<String>,
    /// Count only these kinds of ends, such as closed,sold; the others are censored.
    #[arg(long, value_delimiter = ',')]
    counting: Vec<String>,
    /// Restricted means reach up to this day.
    #[arg(long, default_value_t = 730, value_parser = clap::value_parser!(i64).range(1..))]
    limit: i64,
    /// Where plots and the numbers behind them go, instead of a folder beside the file.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// More values than this are compared only where the column is named.
const VALUES: usize = 30;

impl Survival {
    pub fn run(self) -> Result<()> {
        let statuses = self.end.iter().fold(Statuses::default(), |statuses, end| statuses.with_end(end));
        let file = File::open(&self.file).with_context(|| format!("opening {}", self.file.display()))?;
        let table = spans::read(file, &statuses).with_context(|| self.file.display().to_string())?;
        for kind in &self.counting {
            if !table.kinds.contains(kind) {
                bail!("--counting {kind}: the kinds of ends are {}", table.kinds.join(", "));
            }
        }
        let spans = if self.counting.is_empty() {
            table.spans_in_business()
        } else {
            table.spans_that(|kind| self.counting.iter().any(|counted| counted == kind))
        };
        let columns = self.columns(&table)?;
        let strata = self.strata.as_deref().map(|name| find(&table, name)).transpose()?;
        let sheet = report::Sheet::new(&spans, self.limit);
        let mut pieces = vec![sheet.overall(&spans)];
        pieces.extend(ends::piece(&table, &sheet));
        pieces.extend(columns.iter().map(|column| compare::piece(column, strata, &spans, &sheet)));
        let folder = Folder::beside(&self.file, "survival", self.out.as_deref())?;
        write(&folder, &pieces)?;
        print(&table, &pieces);
        println!("plots and the numbers behind them: {}", folder.path().display());
        Ok(())
    }

    /// The columns to compare by: those named, else all that have a few values.
    fn columns<'t>(&self, table: &'t Table) -> Result<Vec<&'t Column>> {
        if !self.by.is_empty() {
            return self.by.iter().map(|name| find(table, name)).collect();
        }
        let is_stratum = |column: &Column| self.strata.as_ref() == Some(&column.name);
        let mut few = Vec::new();
        for column in table.columns.iter().filter(|column| !is_stratum(column)) {
            match column.values.len() {
                0 | 1 => {}
                2..=VALUES => few.push(column),
                many => eprintln!("{} has {many} values: compare by it with --by {}", column.name, column.name),
            }
        }
        Ok(few)
    }
}

fn find<'t>(table: &'t Table, name: &str) -> Result<&'t Column> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let found = table.columns.iter().find(|column| column.name == name);
    found.with_context(|| format!("there is no column {name} to group by; there is {}", names.join(", ")))
}

fn write(folder: &Folder, pieces: &[report::Piece]) -> Result<()> {
    let mut curves = String::from("column,value,end,days,at_risk,ended,share,variance,low,high\n");
    let mut tests = String::from("column,strata,chi_square,degrees,p\n");
    for piece in pieces {
        folder.write(&format!("{}.svg", piece.file), &piece.plot.svg())?;
        curves.push_str(&piece.curves);
        tests.push_str(&piece.tests);
    }
    folder.write("curves.csv", &curves)?;
    folder.write("tests.csv", &tests)
}

fn print(table: &Table, pieces: &[report::Piece]) {
    let ends = table.kinds.iter().enumerate().map(|(at, kind)| (table.count(State::Ended(at)), kind.as_str()));
    let ends: Vec<String> = ends.filter(|(count, _)| *count > 0).map(|(count, kind)| format!("{count} {kind}")).collect();
    let (staying, unreachable) = (table.count(State::Staying), table.count(State::Unreachable));
    let ends = if ends.is_empty() { "none ended".to_owned() } else { ends.join(", ") };
    println!("{} rows: {staying} in business when last seen, {unreachable} unreachable, {ends}", table.spans.len());
    if table.repeated > 0 {
        println!("{} rows repeat an earlier one and count once", table.repeated);
    }
    for piece in pieces {
        println!("\n{}\n{}", piece.plot.title, piece.plot.table.in_text());
        for line in &piece.says {
            println!("{line}");
        }
    }
}
