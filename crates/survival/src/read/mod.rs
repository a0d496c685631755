//! Files become tables. A file that is not what it says is refused with its line, in words one can act on.

pub mod events;
mod lines;
pub mod spans;

#[cfg(test)]
mod read_tests;

use chrono::NaiveDate;
use csv::{ByteRecord, ReaderBuilder};
use hashbrown::{HashMap, hash_map::Entry};
use lines::Lines;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    io::{BufRead, BufReader, Read},
};

/// Why a file cannot be read as what it should be.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A column is missing from the header.
    #[error("line 1: there is no column {column}; the header has {header}")]
    NoColumn {
        /// The missing column.
        column: &'static str,
        /// The header as it stands.
        header: String,
    },
    /// A column stands in the header twice.
    #[error("line 1: the column {0} stands there twice")]
    ColumnTwice(String),
    /// Nothing under the header.
    #[error("the file has no rows under its header")]
    NoRows,
    /// A row has more or fewer fields than the header.
    #[error("line {line}: {found} fields instead of {expected}")]
    Fields {
        /// The row's line, from 1 with the header.
        line: u64,
        /// Fields found.
        found: u64,
        /// Fields of the header.
        expected: u64,
    },
    /// Bytes that are not UTF-8.
    #[error("line {0}: not UTF-8 text")]
    Encoding(u64),
    /// A quotation mark that is opened and never closed: the rows after it would be one long value.
    #[error("line {0}: a quotation mark is opened and never closed")]
    Quote(u64),
    /// A word that cannot be a kind of end, because it says that one was still there when last seen.
    #[error("{0} is no kind of end: it is a status of those who have not ended, and they are censored")]
    NoEnd(String),
    /// A field that must be filled is empty.
    #[error("line {line}: {column} is empty")]
    Empty {
        /// The row's line.
        line: u64,
        /// The column.
        column: &'static str,
    },
    /// A field that is no day.
    #[error("line {line}: {column} is {found:?}: expected a day as 2024-09-02 or 02.09.2024{or}")]
    NotADay {
        /// The row's line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
        /// What else would do.
        or: &'static str,
    },
    /// Dates and bare numbers of days in one file.
    #[error("line {line}: {column} is {found:?}, but the first row has {first}: one file has dates or numbers, not both")]
    Mixed {
        /// The row's line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
        /// What the first row has.
        first: &'static str,
    },
    /// Days in the wrong order.
    #[error("line {line}: {later} {later_day} lies before {earlier} {earlier_day}")]
    Order {
        /// The row's line.
        line: u64,
        /// The column that should be later.
        later: &'static str,
        /// Its day.
        later_day: String,
        /// The column that should be earlier.
        earlier: &'static str,
        /// Its day.
        earlier_day: String,
    },
    /// A word that is none of those known.
    #[error("line {line}: {column} is {found:?}: expected one of {expected}")]
    Unknown {
        /// The row's line.
        line: u64,
        /// The column.
        column: &'static str,
        /// What stands there.
        found: String,
        /// The words that are known, and how to add one.
        expected: String,
    },
    /// An id that an earlier row has, with something else in it.
    #[error("line {line}: id {id} was on line {first} too, with other values")]
    IdTwice {
        /// The second row's line.
        line: u64,
        /// The first row's line.
        first: u64,
        /// The id.
        id: String,
    },
    /// The file could not be read.
    #[error("reading the file: {0}")]
    Io(#[from] std::io::Error),
    /// The file is no CSV.
    #[error("reading the file: {0}")]
    Csv(csv::Error),
}

impl From<csv::Error> for Refusal {
    fn from(error: csv::Error) -> Self {
        Self::Csv(error)
    }
}

/// What the reader of CSV complains of, at a line.
fn at(error: csv::Error, line: u64) -> Refusal {
    match *error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Refusal::Fields { line, found: len, expected: expected_len },
        _ => error.into(),
    }
}

/// The rows of a CSV file with its header read.
struct Rows {
    csv: csv::Reader<BufReader<Lines>>,
    names: Vec<String>,
    record: ByteRecord,
}

/// A row: its line, and its fields as text.
struct Row<'r> {
    line: u64,
    record: &'r ByteRecord,
    text: &'r str,
}

impl Rows {
    /// UTF-8 with a header, parted by commas, semicolons or tabs.
    fn open(file: impl Read + 'static) -> Result<Self, Refusal> {
        let mut file = BufReader::with_capacity(1 << 18, Lines::new(file));
        file.fill_buf()?;
        let delimiter = file.get_ref().delimiter.unwrap_or(b',');
        let mut csv = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 18).from_reader(file);
        let header = csv.byte_headers()?.clone();
        let next = csv.position().line();
        if let Some(opened) = csv.get_ref().get_ref().unclosed.filter(|opened| *opened < next) {
            return Err(Refusal::Quote(opened));
        }
        let text = std::str::from_utf8(header.as_slice()).map_err(|_| Refusal::Encoding(1))?;
        let names: Vec<String> = (0..header.len())
            .map(|at| header.range(at).and_then(|range| text.get(range)).unwrap_or_default())
            .map(|name| name.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        for (at, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..at].contains(name) {
                return Err(Refusal::ColumnTwice(name.clone()));
            }
        }
        Ok(Self { csv, names, record: ByteRecord::new() })
    }

    /// Where a column stands that must be there.
    fn place(&self, column: &'static str) -> Result<usize, Refusal> {
        self.place_if_any(column).ok_or_else(|| Refusal::NoColumn { column, header: self.names.join(", ") })
    }

    fn place_if_any(&self, column: &str) -> Option<usize> {
        self.names.iter().position(|name| name == column)
    }

    fn next(&mut self) -> Result<Option<Row<'_>>, Refusal> {
        let read = self.csv.read_byte_record(&mut self.record);
        // Where the row begins: the reader tells where it looked for it, which may be at empty lines before it.
        let within = self.record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        let next = self.csv.position().line();
        let line = next.saturating_sub(1 + within);
        if matches!(read, Ok(false)) {
            return Ok(None);
        }
        if let Some(opened) = self.csv.get_ref().get_ref().unclosed.filter(|opened| (line..next).contains(opened)) {
            return Err(Refusal::Quote(opened));
        }
        read.map_err(|error| at(error, line))?;
        let text = std::str::from_utf8(self.record.as_slice()).map_err(|_| Refusal::Encoding(line))?;
        Ok(Some(Row { line, record: &self.record, text }))
    }
}

impl<'r> Row<'r> {
    fn field(&self, place: usize) -> &'r str {
        self.record.range(place).and_then(|range| self.text.get(range)).unwrap_or_default().trim()
    }

    fn filled(&self, place: usize, column: &'static str) -> Result<&'r str, Refusal> {
        match self.field(place) {
            "" => Err(Refusal::Empty { line: self.line, column }),
            field => Ok(field),
        }
    }
}

/// A day as `2024-09-02` or `02.09.2024`.
fn date(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let number = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?;
        digits.iter().try_fold(0u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
    };
    match (bytes.len(), bytes.get(4), bytes.get(7), bytes.get(2), bytes.get(5)) {
        (10, Some(b'-'), Some(b'-'), _, _) => NaiveDate::from_ymd_opt(number(0..4)? as i32, number(5..7)?, number(8..10)?),
        (10, _, _, Some(b'.'), Some(b'.')) => NaiveDate::from_ymd_opt(number(6..10)? as i32, number(3..5)?, number(0..2)?),
        _ => None,
    }
}

/// A number that stands for a text. Equal texts have equal numbers in every run.
fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// Ids seen so far, with the line and the content of each.
#[derive(Default)]
struct Seen {
    ids: HashMap<u64, (u64, u64)>,
}

impl Seen {
    /// Whether the row is new. One that repeats an earlier one exactly is not; one that contradicts it is refused.
    fn is_new(&mut self, id: &str, row: &Row<'_>) -> Result<bool, Refusal> {
        let mut content = DefaultHasher::new();
        row.record.as_slice().hash(&mut content);
        let content = content.finish();
        match self.ids.entry(hash(id)) {
            Entry::Vacant(place) => {
                place.insert((row.line, content));
                Ok(true)
            }
            Entry::Occupied(place) if place.get().1 == content => Ok(false),
            Entry::Occupied(place) => Err(Refusal::IdTwice { line: row.line, first: place.get().0, id: id.to_owned() }),
        }
    }
}
