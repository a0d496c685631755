//! A registry extract (CSV) becomes a [`Register`]. A file that is not what it says is refused with its line.

use crate::{
    normalise::{self, hash, mix},
    register::{Note, Person, Register},
    words::Words,
};
use csv::{ByteRecord, ReaderBuilder};
use hashbrown::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read};
use values::{
    name::{self, Patronymic, Surname},
    text,
};

/// Why a file cannot be linked.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
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

impl From<csv::Error> for Refusal {
    fn from(error: csv::Error) -> Self {
        match error.kind() {
            csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
                Self::Fields { line: pos.as_ref().map_or(0, csv::Position::line), found: *len, expected: *expected_len }
            }
            _ => Self::Csv(error),
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

/// Reads an extract, UTF-8 with a header, parted by commas, semicolons or tabs. `on_rows` hears of bytes read so far.
///
/// # Errors
/// The first line that is not what the header promises.
pub fn read(file: impl Read, mut on_bytes: impl FnMut(u64)) -> Result<Register, Refusal> {
    let mut file = BufReader::with_capacity(1 << 18, file);
    let delimiter = delimiter(file.fill_buf()?);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 18).from_reader(file);
    let header = rows.byte_headers()?;
    let mut reader = Rows::new(places(header)?);
    reader.unnamed = header.iter().map(|name| name != b"rec_id" && name != b"reg_no").collect();
    let mut row = ByteRecord::new();
    while rows.read_byte_record(&mut row)? {
        let line = row.position().map_or(0, csv::Position::line);
        reader.take(&row, line)?;
        if reader.register.people.len() & 0x3fff == 0 {
            on_bytes(row.position().map_or(0, csv::Position::byte));
        }
    }
    Ok(reader.finish())
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

/// Rows on their way into a register. What was folded once is looked up by its hash the next time.
struct Rows {
    places: [Option<usize>; 12],
    /// Whether each column of the file says something else than which row it is.
    unnamed: Vec<bool>,
    register: Register,
    seen_ids: HashSet<u64>,
    given: HashMap<u64, (u32, u32)>,
    surnames: HashMap<u64, (u32, u8)>,
    fathers: HashMap<u64, u32>,
    where_: HashMap<u64, u32>,
    bad_dates: Note,
}

impl Rows {
    fn new(places: [Option<usize>; 12]) -> Self {
        let mut register = Register::default();
        for words in [&mut register.given, &mut register.stems, &mut register.fathers, &mut register.places] {
            *words = Words::new();
        }
        Self {
            places,
            unnamed: Vec::new(),
            register,
            seen_ids: HashSet::new(),
            given: HashMap::new(),
            surnames: HashMap::new(),
            fathers: HashMap::new(),
            where_: HashMap::new(),
            bad_dates: Note { column: "birth_date", rows: 0, line: 0 },
        }
    }

    fn take(&mut self, row: &ByteRecord, line: u64) -> Result<(), Refusal> {
        let whole = std::str::from_utf8(row.as_slice()).map_err(|_| Refusal::Encoding(line))?;
        let field = |column: usize| {
            let range = self.places[column].and_then(|place| row.range(place));
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
        let register = &mut self.register;
        let (given, from_given) = *known(&mut self.given, field(GIVEN), |typed| given(register, typed));
        let (stem, ending) = *known(&mut self.surnames, field(SURNAME), |typed| surname(register, typed));
        let father = *known(&mut self.fathers, field(FATHER), |typed| father(register, typed));
        let place = *known(&mut self.where_, field(PLACE), |typed| register.places.number(&normalise::place(typed)));
        let place_key = if place == 0 { 0 } else { hash(register.places.key(place).as_bytes()) };
        let typed_birth = field(BORN);
        let born = normalise::born(typed_birth);
        if born.is_none() && !typed_birth.is_empty() {
            self.bad_dates.rows += 1;
            self.bad_dates.line = if self.bad_dates.line == 0 { line } else { self.bad_dates.line };
        }
        let person = Person {
            content: content(row, &self.unnamed),
            fin: normalise::fin(field(FIN)),
            phone: normalise::phone(field(PHONE)),
            doc: normalise::document(field(DOC)),
            address: normalise::address(field(ADDRESS), place_key),
            given,
            stem,
            father: if father == 0 { from_given } else { father },
            born: born.unwrap_or_default(),
            place,
            ending,
            sex: normalise::sex(field(SEX)),
            fin_verified: matches!(field(VERIFIED), "true" | "1" | "yes" | "t"),
        };
        register.ids.push(id);
        register.people.push(person);
        Ok(())
    }

    fn finish(mut self) -> Register {
        if self.bad_dates.rows > 0 {
            self.register.notes.push(self.bad_dates);
        }
        let mut register = self.register;
        drop((self.seen_ids, self.given, self.surnames));
        register.settle();
        register
    }
}

/// The hash of a row without its ids, so that renaming them changes nothing.
fn content(row: &ByteRecord, unnamed: &[bool]) -> u64 {
    row.iter().zip(unnamed).filter(|(_, unnamed)| **unnamed).fold(1, |sum, (field, _)| mix(sum, hash(field)))
}

/// The value of a text: looked up, or made and kept.
fn known<'a, T>(kept: &'a mut HashMap<u64, T>, typed: &str, make: impl FnOnce(&str) -> T) -> &'a T {
    kept.entry(hash(typed.as_bytes())).or_insert_with(|| make(typed))
}

/// The given name's number and, where a patronymic was typed into the same field, the father's.
fn given(register: &mut Register, typed: &str) -> (u32, u32) {
    let (given, patronymic) = name::split_given(typed);
    let father = patronymic.map_or(0, |patronymic| register.fathers.number(&patronymic.key()));
    (register.given.number(&text::fold(&given)), father)
}

fn surname(register: &mut Register, typed: &str) -> (u32, u8) {
    if typed.is_empty() {
        return (0, 0);
    }
    let surname = Surname::parse(typed);
    (register.stems.number(&surname.stem), surname.ending as u8 + 1)
}

fn father(register: &mut Register, typed: &str) -> u32 {
    register.fathers.number(&Patronymic::parse(typed).key())
}
