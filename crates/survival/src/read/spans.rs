//! Who was watched from when to when, and how that ended: id, start, end, status, and any columns to group by.

use super::{Refusal, Row, Rows, Seen, date};
use crate::{Ending, Span};
use chrono::{Datelike, NaiveDate};
use hashbrown::HashMap;
use std::io::Read;

/// The words of a status. Ends that are not in the list can be added.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statuses {
    /// Kinds of ends, each with the words that mean it; the first names it.
    ends: Vec<Vec<String>>,
}

const STAYING: [&str; 5] = ["in_business", "operating", "open", "censored", "0"];
const UNREACHABLE: &str = "unreachable";
const ENDS: [&[&str]; 5] =
    [&["closed", "ended", "business_ended", "1"], &["sold"], &["recovered"], &["job", "moved_to_job", "found_work"], &[DECEASED]];
/// An end of a life is none of a business: it competes, but a curve of staying in business is censored by it.
const DECEASED: &str = "deceased";

impl Default for Statuses {
    fn default() -> Self {
        let words = |words: &&[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        Self { ends: ENDS.iter().map(words).collect() }
    }
}

impl Statuses {
    /// With one more kind of end.
    ///
    /// # Errors
    /// The word means that one has not ended.
    pub fn with_end(mut self, name: &str) -> Result<Self, Refusal> {
        if name == UNREACHABLE || STAYING.contains(&name) {
            return Err(Refusal::NoEnd(name.to_owned()));
        }
        if !self.ends.iter().flatten().any(|word| word == name) {
            self.ends.push(vec![name.to_owned()]);
        }
        Ok(self)
    }

    fn find(&self, word: &str) -> Option<State> {
        if STAYING.contains(&word) {
            return Some(State::Staying);
        }
        if word == UNREACHABLE {
            return Some(State::Unreachable);
        }
        self.ends.iter().position(|words| words.iter().any(|known| known == word)).map(State::Ended)
    }

    fn list(&self) -> String {
        let ends: Vec<&str> = self.ends.iter().filter_map(|words| words.first()).map(String::as_str).collect();
        format!("in_business, unreachable, {} (a kind of end of your own is named by --end)", ends.join(", "))
    }
}

/// How the watching of one ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// In business when last seen.
    Staying,
    /// Sought and not found: last seen before.
    Unreachable,
    /// Ended, in one of the kinds.
    Ended(usize),
}

/// A column to group by: the value of each row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub name: String,
    /// The values, sorted.
    pub values: Vec<String>,
    /// For each row, which of the values.
    pub codes: Vec<u32>,
}

/// A file of spans.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Table {
    /// Days from the start; [`Span::ended`] tells whether an end of any kind was seen.
    pub spans: Vec<Span>,
    pub states: Vec<State>,
    /// The names of the kinds of ends.
    pub kinds: Vec<String>,
    pub columns: Vec<Column>,
    /// Rows that repeat an earlier one exactly: they count once.
    pub repeated: u64,
}

impl Table {
    /// The spans, where an end counts as one only if it is of a kind that `counts`.
    pub fn spans_that(&self, counts: impl Fn(&str) -> bool) -> Vec<Span> {
        let counts: Vec<bool> = self.kinds.iter().map(|kind| counts(kind)).collect();
        let ended = |state: &State| matches!(state, State::Ended(kind) if counts[*kind]);
        self.spans.iter().zip(&self.states).map(|(span, state)| Span { ended: ended(state), ..*span }).collect()
    }

    /// Every end counts as one of a business, except a death.
    pub fn spans_in_business(&self) -> Vec<Span> {
        self.spans_that(|kind| kind != DECEASED)
    }

    /// All ends, each with its kind.
    pub fn endings(&self) -> Vec<Ending> {
        let kind = |state: &State| if let State::Ended(kind) = state { *kind } else { 0 };
        self.spans.iter().zip(&self.states).map(|(span, state)| Ending { span: *span, kind: kind(state) }).collect()
    }

    /// How many rows have a state.
    pub fn count(&self, state: State) -> usize {
        self.states.iter().filter(|found| **found == state).count()
    }
}

/// Reads a table of spans: UTF-8 with a header, parted by commas, semicolons or tabs. `start` and `end` are dates, or
/// whole numbers of days in the whole file; `entry`, if there, is the day from which one was watched.
///
/// # Errors
/// The first line that is not what the header promises.
pub fn read(file: impl Read + 'static, statuses: &Statuses) -> Result<Table, Refusal> {
    let mut rows = Rows::open(file)?;
    let places = Places::new(&rows)?;
    let mut reader = Reader::new(&rows, places, statuses);
    while let Some(row) = rows.next()? {
        reader.take(&row)?;
    }
    reader.finish()
}

struct Places {
    id: usize,
    start: usize,
    end: usize,
    status: usize,
    entry: Option<usize>,
}

impl Places {
    fn new(rows: &Rows) -> Result<Self, Refusal> {
        Ok(Self {
            id: rows.place("id")?,
            start: rows.place("start")?,
            end: rows.place("end")?,
            status: rows.place("status")?,
            entry: rows.place_if_any("entry"),
        })
    }

    fn is_group(&self, place: usize) -> bool {
        ![self.id, self.start, self.end, self.status].contains(&place) && self.entry != Some(place)
    }
}

struct Reader<'s> {
    places: Places,
    statuses: &'s Statuses,
    groups: Vec<usize>,
    codes: Vec<HashMap<String, u32>>,
    has_dates: Option<bool>,
    seen: Seen,
    table: Table,
}

impl<'s> Reader<'s> {
    fn new(rows: &Rows, places: Places, statuses: &'s Statuses) -> Self {
        let groups: Vec<usize> = (0..rows.names.len()).filter(|place| places.is_group(*place)).collect();
        let column = |place: &usize| Column { name: rows.names[*place].clone(), values: Vec::new(), codes: Vec::new() };
        let table = Table {
            spans: Vec::new(),
            states: Vec::new(),
            kinds: statuses.ends.iter().map(|words| words.first().cloned().unwrap_or_default()).collect(),
            columns: groups.iter().map(column).collect(),
            repeated: 0,
        };
        Self {
            codes: vec![HashMap::new(); groups.len()],
            places,
            statuses,
            groups,
            has_dates: None,
            seen: Seen::default(),
            table,
        }
    }

    fn take(&mut self, row: &Row<'_>) -> Result<(), Refusal> {
        let id = row.filled(self.places.id, "id")?;
        if !self.seen.is_new(id, row)? {
            self.table.repeated += 1;
            return Ok(());
        }
        let start = self.day(row, self.places.start, "start")?;
        let end = self.day(row, self.places.end, "end")?;
        in_order(row.line, ("start", start), ("end", end))?;
        let entry = match self.places.entry {
            Some(place) if !row.field(place).is_empty() => {
                let entry = self.day(row, place, "entry")?;
                in_order(row.line, ("start", start), ("entry", entry))?;
                in_order(row.line, ("entry", entry), ("end", end))?;
                entry
            }
            _ => start,
        };
        let word = row.filled(self.places.status, "status")?;
        let state = self.statuses.find(word).ok_or_else(|| Refusal::Unknown {
            line: row.line,
            column: "status",
            found: word.to_owned(),
            expected: self.statuses.list(),
        })?;
        let ended = matches!(state, State::Ended(_));
        self.table.spans.push(Span { days: end.0 - start.0, ended, entry: entry.0 - start.0 });
        self.table.states.push(state);
        for ((place, codes), column) in self.groups.iter().zip(&mut self.codes).zip(&mut self.table.columns) {
            let value = row.field(*place);
            let next = codes.len() as u32;
            let code = match codes.get(value) {
                Some(code) => *code,
                None => *codes.entry(value.to_owned()).or_insert(next),
            };
            column.codes.push(code);
        }
        Ok(())
    }

    fn day(&mut self, row: &Row<'_>, place: usize, column: &'static str) -> Result<Day, Refusal> {
        let text = row.filled(place, column)?;
        let found = match (date(text), text.parse::<i64>()) {
            (Some(date), _) => Day(i64::from(date.num_days_from_ce()), true),
            (None, Ok(number)) if number.unsigned_abs() < 1 << 52 => Day(number, false),
            _ => {
                return Err(Refusal::NotADay {
                    line: row.line,
                    column,
                    found: text.to_owned(),
                    or: ", or a whole number of days",
                });
            }
        };
        let has_dates = *self.has_dates.get_or_insert(found.1);
        if has_dates != found.1 {
            let first = if has_dates { "dates" } else { "numbers" };
            return Err(Refusal::Mixed { line: row.line, column, found: text.to_owned(), first });
        }
        Ok(found)
    }

    fn finish(mut self) -> Result<Table, Refusal> {
        if self.table.spans.is_empty() {
            return Err(Refusal::NoRows);
        }
        for (column, codes) in self.table.columns.iter_mut().zip(self.codes) {
            let mut values: Vec<(String, u32)> = codes.into_iter().collect();
            values.sort_unstable();
            let mut places = vec![0u32; values.len()];
            for (at, (_, code)) in values.iter().enumerate() {
                places[*code as usize] = at as u32;
            }
            for code in &mut column.codes {
                *code = places[*code as usize];
            }
            column.values = values.into_iter().map(|(value, _)| value).collect();
        }
        Ok(self.table)
    }
}

/// A day: its number, and whether it was written as a date.
#[derive(Clone, Copy)]
struct Day(i64, bool);

impl Day {
    fn words(self) -> String {
        let date = self.1.then(|| NaiveDate::from_num_days_from_ce_opt(self.0 as i32)).flatten();
        date.map_or_else(|| self.0.to_string(), |date| date.to_string())
    }
}

fn in_order(line: u64, earlier: (&'static str, Day), later: (&'static str, Day)) -> Result<(), Refusal> {
    if earlier.1.0 <= later.1.0 {
        return Ok(());
    }
    let (later_day, earlier_day) = (later.1.words(), earlier.1.words());
    Err(Refusal::Order { line, later: later.0, later_day, earlier: earlier.0, earlier_day })
}
