//! A registry extract (CSV) becomes a [`Register`]. A file that is not what it says is refused with its line.

use crate::{
    normalise::{hash, mix},
    register::{Note, Register, Why},
    row::{Folding, Row},
};
use csv::{ByteRecord, ReaderBuilder};
use hashbrown::HashSet;
use std::{
    io::{BufRead, BufReader, Read},
    panic::resume_unwind,
    sync::mpsc::{self, Receiver, SyncSender},
    thread,
};

/// Why a file cannot be linked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Nothing stands in the file.
    #[error("line 1: the file is empty")]
    Empty,
    /// A column is missing from the header.
    #[error("line 1: there is no column {0}")]
    NoColumn(&'static str),
    /// A column stands in the header twice.
    #[error("line 1: the column {0} stands there twice")]
    ColumnTwice(&'static str),
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
    /// A quotation mark that is opened and never closed: what follows would be one long value.
    #[error("line {0}: a quotation mark is opened and never closed")]
    Quote(u64),
    /// A row without an id.
    #[error("line {0}: rec_id is empty")]
    NoId(u64),
    /// An id that an earlier row has.
    #[error("line {line}: rec_id {id} was on an earlier line too")]
    IdTwice {
        /// The second row's line.
        line: u64,
        /// The id.
        id: String,
    },
    /// More rows than record numbers.
    #[error("line {0}: more than 4 294 967 295 rows")]
    TooLong(u64),
    /// The file could not be read.
    #[error("reading the file: {0}")]
    Io(#[from] std::io::Error),
    /// The file is no CSV.
    #[error("reading the file: {0}")]
    Csv(csv::Error),
}

/// What the reader of CSV complains of, at a line.
fn at(error: csv::Error, line: u64) -> Refusal {
    match *error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => Refusal::Fields { line, found: len, expected: expected_len },
        _ => error.into(),
    }
}

impl From<csv::Error> for Refusal {
    fn from(error: csv::Error) -> Self {
        if !error.is_io_error() {
            return Self::Csv(error);
        }
        match error.into_kind() {
            csv::ErrorKind::Io(io) => Self::Io(io),
            kind => Self::Io(std::io::Error::other(format!("{kind:?}"))),
        }
    }
}

/// The columns that are read; only the first, and either name, must be there.
const COLUMNS: [&str; 12] = [
    "rec_id",
    "fin",
    "first_name",
    "last_name",
    "father_name",
    "sex",
    "birth_date",
    "rayon",
    "address",
    "phone",
    "doc_no",
    "fin_verified",
];
const ID: usize = 0;
const FIN: usize = 1;
const GIVEN: usize = 2;
const SURNAME: usize = 3;
const FATHER: usize = 4;
const SEX: usize = 5;
const BORN: usize = 6;
const PLACE: usize = 7;
const ADDRESS: usize = 8;
const PHONE: usize = 9;
const DOC: usize = 10;
const VERIFIED: usize = 11;

/// Reads an extract, UTF-8 with a header, parted by commas, semicolons or tabs. `on_bytes` hears of bytes read so far.
///
/// One thread parts the file into rows while another folds them.
///
/// # Errors
/// The first line that is not what the header promises.
pub fn read(file: impl Read + Send, mut on_bytes: impl FnMut(u64)) -> Result<Register, Refusal> {
    let mut file = BufReader::with_capacity(1 << 18, Watched { file, quotes: 0, last: 0 });
    let start = file.fill_buf()?;
    if start.is_empty() {
        return Err(Refusal::Empty);
    }
    let delimiter = delimiter(start);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 18).from_reader(file);
    let header = rows.byte_headers()?;
    std::str::from_utf8(header.as_slice()).map_err(|_| Refusal::Encoding(1))?;
    let mut reader = Rows::new(places(header)?);
    reader.unnamed = header.iter().map(|name| name != b"rec_id" && name != b"reg_no").collect();
    thread::scope(|scope| {
        let (full, batches) = mpsc::sync_channel(BATCHES);
        let (spent, empty) = mpsc::channel();
        let parting = scope.spawn(move || part(rows, &full, &empty));
        let mut taken = Ok(());
        // Rows come in order, and a refusal to part the file after all of them, so the first fault is the one told.
        while taken.is_ok()
            && let Ok(batch) = batches.recv()
        {
            taken = reader.take_all(&batch);
            on_bytes(batch.bytes);
            // Nobody waits for it where all is read.
            _ = spent.send(batch);
        }
        // The other thread stops when nobody listens.
        drop(batches);
        let parted = parting.join().unwrap_or_else(|panic| resume_unwind(panic));
        taken.and(parted)
    })?;
    Ok(reader.finish())
}

/// So many batches may wait to be folded.
const BATCHES: usize = 4;
/// Rows of a batch.
const IN_BATCH: usize = 1 << 10;

/// Rows, each with its line.
#[derive(Default)]
struct Batch {
    rows: Vec<(ByteRecord, u64)>,
    /// The first so many of them are meant.
    filled: usize,
    /// Bytes of the file up to their end.
    bytes: u64,
}

/// Parts a file into rows, until all is read or nobody wants more.
fn part<R: Read>(
    mut rows: csv::Reader<BufReader<Watched<R>>>,
    full: &SyncSender<Batch>,
    empty: &Receiver<Batch>,
) -> Result<(), Refusal> {
    let mut last = Lines { from: 1, several: false };
    loop {
        let mut batch = empty.try_recv().unwrap_or_default();
        batch.rows.resize_with(IN_BATCH, Default::default);
        batch.filled = 0;
        let ended = loop {
            let Some((row, line)) = batch.rows.get_mut(batch.filled) else {
                break None;
            };
            match next(&mut rows, row, &mut last) {
                Ok(true) => *line = last.from,
                Ok(false) => break Some(Ok(())),
                Err(refusal) => break Some(Err(refusal)),
            }
            batch.filled += 1;
        };
        batch.bytes = rows.position().byte();
        let is_wanted = full.send(batch).is_ok();
        match ended {
            Some(outcome) => return outcome,
            None if !is_wanted => return Ok(()),
            None => {}
        }
    }
}

/// Reads a row and where it stands; false at the end of the file.
fn next<R: Read>(rows: &mut csv::Reader<BufReader<Watched<R>>>, row: &mut ByteRecord, last: &mut Lines) -> Result<bool, Refusal> {
    match rows.read_byte_record(row) {
        Ok(true) => {
            *last = Lines::of(row, rows);
            Ok(true)
        }
        Ok(false) if last.several && rows.get_ref().get_ref().has_open() => Err(Refusal::Quote(last.from)),
        Ok(false) => Ok(false),
        Err(error) => {
            let whole = Lines::of(row, rows);
            let is_last = matches!(rows.read_byte_record(row), Ok(false));
            let is_open = is_last && whole.several && rows.get_ref().get_ref().has_open();
            Err(if is_open { Refusal::Quote(whole.from) } else { at(error, whole.from) })
        }
    }
}

/// Where a row stands in the file.
#[derive(Clone, Copy)]
struct Lines {
    from: u64,
    /// Whether it goes on over the next line.
    several: bool,
}

impl Lines {
    /// The reader tells where it looked for the row, which may be at empty lines before it.
    fn of<R: Read>(row: &ByteRecord, rows: &csv::Reader<BufReader<Watched<R>>>) -> Self {
        let begun = row.position().map_or(0, csv::Position::line);
        let ended = rows.position().line();
        if ended <= begun + 1 {
            return Self { from: begun, several: false };
        }
        let within = row.as_slice().iter().filter(|&&b| b == b'\n').count() as u64;
        let is_cut_off = rows.is_done() && rows.get_ref().get_ref().last != b'\n';
        Self { from: (ended + u64::from(is_cut_off)).saturating_sub(1 + within).max(begun), several: within > 0 }
    }
}

/// Remembers of what is read how many quotation marks it has, and how it ends.
struct Watched<R> {
    file: R,
    quotes: u64,
    last: u8,
}

impl<R> Watched<R> {
    /// Whether a quotation mark was opened and not closed, once all is read.
    const fn has_open(&self) -> bool {
        self.quotes % 2 == 1
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.quotes += buffer[..read].iter().filter(|&&b| b == b'"').count() as u64;
        self.last = buffer[..read].last().copied().unwrap_or(self.last);
        Ok(read)
    }
}

/// The sign that parts the header's columns: the most frequent of the usual three.
fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| header.iter().filter(|&&b| b == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}

/// Where each of [`COLUMNS`] stands in the header.
fn places(header: &ByteRecord) -> Result<[Option<usize>; 12], Refusal> {
    let mut places = [None; 12];
    for (place, &column) in places.iter_mut().zip(&COLUMNS) {
        let mut found = header.iter().enumerate().filter(|(_, name)| name.trim_ascii() == column.as_bytes());
        *place = found.next().map(|(at, _)| at);
        if found.next().is_some() {
            return Err(Refusal::ColumnTwice(column));
        }
    }
    for needed in [ID, GIVEN, SURNAME] {
        if places[needed].is_none() {
            return Err(Refusal::NoColumn(COLUMNS[needed]));
        }
    }
    Ok(places)
}

/// Rows on their way into a register.
struct Rows {
    places: [Option<usize>; 12],
    /// Whether each column of the file says something else than which row it is.
    unnamed: Vec<bool>,
    register: Register,
    seen_ids: HashSet<u64>,
    folding: Folding,
    /// How many dates cannot be read, and the line of the first.
    bad_dates: (u64, u64),
}

impl Rows {
    fn new(places: [Option<usize>; 12]) -> Self {
        Self {
            places,
            unnamed: Vec::new(),
            register: Register::default(),
            seen_ids: HashSet::new(),
            folding: Folding::default(),
            bad_dates: (0, 0),
        }
    }

    fn take_all(&mut self, batch: &Batch) -> Result<(), Refusal> {
        batch.rows[..batch.filled].iter().try_for_each(|(row, line)| self.take(row, *line))
    }

    fn take(&mut self, fields: &ByteRecord, line: u64) -> Result<(), Refusal> {
        let whole = std::str::from_utf8(fields.as_slice()).map_err(|_| Refusal::Encoding(line))?;
        let field = |column: usize| {
            let range = self.places[column].and_then(|place| fields.range(place));
            range.and_then(|range| whole.get(range)).unwrap_or_default().trim()
        };
        let id = field(ID);
        if id.is_empty() {
            return Err(Refusal::NoId(line));
        }
        if !self.seen_ids.insert(hash(id.as_bytes())) {
            return Err(Refusal::IdTwice { line, id: id.to_owned() });
        }
        if self.register.people.len() == u32::MAX as usize {
            return Err(Refusal::TooLong(line));
        }
        let row = Row {
            fin: field(FIN),
            fin_verified: matches!(field(VERIFIED), "true" | "1" | "yes" | "t"),
            first_name: field(GIVEN),
            last_name: field(SURNAME),
            father_name: field(FATHER),
            sex: field(SEX),
            birth_date: field(BORN),
            rayon: field(PLACE),
            address: field(ADDRESS),
            phone: field(PHONE),
            doc_no: field(DOC),
        };
        let mut person = self.folding.person(&row, &mut self.register.lists);
        person.content = content(fields, &self.unnamed);
        if person.born.is_missing() && !row.birth_date.is_empty() {
            let (rows, first) = self.bad_dates;
            self.bad_dates = (rows + 1, if rows == 0 { line } else { first });
        }
        self.register.ids.push(id);
        self.register.people.push(person);
        Ok(())
    }

    fn finish(mut self) -> Register {
        let (rows, line) = self.bad_dates;
        if rows > 0 {
            self.register.notes.push(Note { column: "birth_date", rows, why: Why::Unreadable { line } });
        }
        let mut register = self.register;
        drop((self.seen_ids, self.folding));
        register.settle();
        register
    }
}

/// The hash of a row without its ids, so that renaming them changes nothing.
fn content(row: &ByteRecord, unnamed: &[bool]) -> u64 {
    row.iter().zip(unnamed).filter(|(_, unnamed)| **unnamed).fold(1, |sum, (field, _)| mix(sum, hash(field)))
}
