//! `dayaq survival FILE.csv`: who stays in business, by any grouping, and how businesses end.

mod census;
mod compare;
mod days;
mod ends;
mod mean;
pub mod report;

use super::plot::{Folder, file_names};
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
        let statuses = self.end.iter().try_fold(Statuses::default(), |statuses, end| statuses.with_end(end)).context("--end")?;
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
        let strata = strata.and_then(|at| table.columns.get(at));
        let sheet = report::Sheet::new(&table, &spans, self.limit);
        let mut pieces = vec![sheet.overall()];
        pieces.extend(ends::piece(&table, &sheet));
        // A column's file has the same name whichever columns are compared.
        let names = file_names(table.columns.iter().map(|column| column.name.as_str()));
        let named = columns.iter().filter_map(|at| Some((table.columns.get(*at)?, names.get(*at)?)));
        pieces.extend(named.map(|(column, name)| compare::piece(column, name, strata, &sheet)));
        let folder = Folder::beside(&self.file, "survival", self.out.as_deref())?;
        write(&folder, &sheet, &pieces)?;
        print(&table, &pieces);
        println!("plots and the numbers behind them: {}", folder.path().display());
        Ok(())
    }

    /// The places of the columns to compare by: those named, else all that have a few values.
    fn columns(&self, table: &Table) -> Result<Vec<usize>> {
        let mut places = Vec::new();
        for name in &self.by {
            let place = find(table, name)?;
            if !places.contains(&place) {
                places.push(place);
            }
        }
        if !places.is_empty() {
            return Ok(places);
        }
        let is_stratum = |column: &Column| self.strata.as_ref() == Some(&column.name);
        for (at, column) in table.columns.iter().enumerate().filter(|(_, column)| !is_stratum(column)) {
            match column.values.len() {
                0 | 1 => {}
                2..=VALUES => places.push(at),
                many => eprintln!("{} has {many} values: compare by it with --by {}", column.name, column.name),
            }
        }
        Ok(places)
    }
}

fn find(table: &Table, name: &str) -> Result<usize> {
    let names: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
    let found = names.iter().position(|column| *column == name);
    found.with_context(|| format!("there is no column {name} to group by; there is {}", names.join(", ")))
}

fn write(folder: &Folder, sheet: &report::Sheet, pieces: &[report::Piece]) -> Result<()> {
    let all =
        |head: &str, rows: fn(&report::Piece) -> &str| std::iter::once(head).chain(pieces.iter().map(rows)).collect::<String>();
    let mut files: Vec<(String, String)> = pieces.iter().map(|piece| (format!("{}.svg", piece.file), piece.plot.svg())).collect();
    for (name, text) in [
        ("curves.csv", all("column,value,end,days,at_risk,ended,share,variance,low,high\n", |piece| &piece.curves)),
        ("tests.csv", all("column,strata,chi_square,degrees,p\n", |piece| &piece.tests)),
        ("groups.csv", all(&sheet.census.head_of_file(), |piece| &piece.groups)),
        ("means.csv", all(mean::HEAD, |piece| &piece.means)),
    ] {
        files.push((name.to_owned(), text));
    }
    folder.write_all(&files)
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
        println!("\n{}", piece.plot.title);
        for part in piece.plot.table.folded() {
            println!("{}", part.in_text());
        }
        for line in &piece.says {
            println!("{line}");
        }
    }
}
