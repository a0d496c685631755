//! The file as a stream of rows: bounded however long a row pretends to be, and judged on all processors.

use super::{
    finding::{Expected, Finding},
    layout::{Column, Layout},
    quote::{self, Unclosed},
    row::{self, Reading},
    setting::Setting,
};
use anyhow::{Context, Result, bail};
use csv::{ByteRecord, Position, Reader};
use rayon::prelude::*;
use std::{
    cell::Cell,
    collections::HashSet,
    fs::File,
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Read, Seek, SeekFrom},
    path::Path,
    rc::Rc,
};

/// Rows judged and written together.
const ROWS: usize = 2_000;

/// A row of more bytes is a quote that was never closed.
const LONGEST_ROW: u64 = 1 << 20;

/// Rows that were read together.
#[derive(Debug)]
pub struct Batch {
    pub readings: Vec<Reading>,
    /// How many bytes of the file are behind.
    pub bytes: u64,
}

/// A file of rows.
pub struct Source {
    reader: Reader<Limited>,
    /// The same file, to look again at a row that spans lines.
    again: File,
    progress: Rc<Progress>,
    layout: Layout,
    seen: HashSet<u64>,
}

impl Source {
    /// Opens a file and reads its header.
    pub fn open(path: &Path) -> Result<Self> {
        let opened = || File::open(path).with_context(|| format!("opening {}", path.display()));
        let progress = Rc::new(Progress::default());
        let mut reader = lines_of(Limited { file: opened()?, progress: progress.clone() });
        let header = reader.byte_headers().with_context(|| format!("{}: line 1: reading the header", path.display()))?;
        let layout = Layout::read(header).with_context(|| path.display().to_string())?;
        let widths = first_widths(lines_of(Limited { file: opened()?, progress: Rc::default() }));
        layout.agrees(header, &widths).with_context(|| path.display().to_string())?;
        Ok(Self { reader, again: opened()?, progress, layout, seen: HashSet::new() })
    }

    /// The next rows, judged; nothing at the end of the file.
    pub fn next(&mut self, setting: &Setting) -> Result<Option<Batch>> {
        let (mut records, mut broken) = (Vec::with_capacity(ROWS), Vec::new());
        while records.len() + broken.len() < ROWS {
            let begun = self.reader.position().clone();
            let mut record = ByteRecord::new();
            self.progress.since_row.set(0);
            match self.reader.read_byte_record(&mut record) {
                Ok(true) if is_blank(&record) => {}
                Ok(true) => match self.unclosed(&begun, &record)? {
                    Some(open) => broken.push(self.go_on_behind(&begun, &open)?),
                    None => records.push((self.line_of(&record), record)),
                },
                Ok(false) => break,
                Err(error) => bail!("line {}: {error}", begun.line()),
            }
        }
        if records.is_empty() && broken.is_empty() {
            return Ok(None);
        }
        let layout = &self.layout;
        let mut readings: Vec<Reading> =
            records.par_iter().with_min_len(100).map(|(line, record)| row::read(*line, record, layout, setting)).collect();
        self.refuse_repeated(&mut readings);
        if !broken.is_empty() {
            readings.append(&mut broken);
            readings.sort_by_key(|reading| reading.line);
        }
        Ok(Some(Batch { readings, bytes: self.reader.position().byte() }))
    }

    /// The quote that was not closed in the row just read. Only a row that spans lines or ends the file can have one.
    fn unclosed(&mut self, begun: &Position, record: &ByteRecord) -> Result<Option<Unclosed>> {
        let spans = record.as_slice().contains(&b'\n');
        let end = self.reader.position().byte();
        if !spans && end != self.progress.read.get() {
            return Ok(None);
        }
        let mut bytes = vec![0; usize::try_from(end - begun.byte())?];
        self.again.seek(SeekFrom::Start(begun.byte())).context("going back to a row")?;
        self.again.read_exact(&mut bytes).context("reading a row again")?;
        Ok(quote::unclosed(&bytes, record.len(), self.layout.width))
    }

    /// Refuses the row of an open quote and goes on with the line behind it, so that no other row is lost with it.
    fn go_on_behind(&mut self, begun: &Position, open: &Unclosed) -> Result<Reading> {
        let line = |after: u64| begun.line() + after;
        let mut next = Position::new();
        next.set_byte(begun.byte() + open.bytes as u64).set_line(line(open.opens + 1));
        self.reader.seek(next).context("going on behind an open quote")?;
        let expected = Expected::ClosingQuote { from: line(open.opens), to: line(open.last) };
        let fault = Finding { row: line(open.row), column: "", found: open.found.clone(), expected };
        Ok(Reading { line: line(open.row), person: None, faults: vec![fault], warnings: Vec::new() })
    }

    /// The line on which the row just read begins: it may itself span lines, and empty lines may stand before it.
    fn line_of(&self, record: &ByteRecord) -> u64 {
        let within = record.as_slice().iter().filter(|byte| **byte == b'\n').count() as u64;
        let after = self.reader.position();
        let is_cut_short = after.byte() == self.progress.read.get() && self.progress.last.get() != b'\n';
        after.line().saturating_sub(within + u64::from(!is_cut_short))
    }

    /// A registration number that stood on an earlier row keeps the later one out. Hashes are kept, not numbers, so that
    /// a million rows cost 20 MB; two numbers of one hash among a million happen once in forty million files.
    fn refuse_repeated(&mut self, readings: &mut [Reading]) {
        for reading in readings {
            let Some(person) = &reading.person else { continue };
            let mut hasher = DefaultHasher::new();
            person.reg_no.hash(&mut hasher);
            if self.seen.insert(hasher.finish()) {
                continue;
            }
            let found = person.reg_no.clone();
            reading.person = None;
            let column = Column::RegNo.name();
            reading.faults.push(Finding { row: reading.line, column, found, expected: Expected::Unrepeated });
        }
    }
}

/// A reader of rows. A line ends with its line feed alone, so that lines can be counted; a carriage return before it is
/// trimmed.
fn lines_of(file: Limited) -> Reader<Limited> {
    csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(true)
        .terminator(csv::Terminator::Any(b'\n'))
        .buffer_capacity(1 << 16)
        .from_reader(file)
}

/// How wide the first rows of a file are.
fn first_widths(mut reader: Reader<Limited>) -> Vec<usize> {
    /// Among so many rows one at least is whole.
    const FIRST: usize = 20;
    let rows = reader.byte_records().map_while(Result::ok).filter(|record| !is_blank(record));
    rows.take(FIRST).map(|record| record.len()).collect()
}

/// A line with nothing on it is not a row.
fn is_blank(record: &ByteRecord) -> bool {
    record.len() == 1 && record.as_slice().iter().all(u8::is_ascii_whitespace)
}

/// How far the file has been read.
#[derive(Default)]
struct Progress {
    since_row: Cell<u64>,
    read: Cell<u64>,
    last: Cell<u8>,
}

/// A file that refuses to be read on and on without a row ending.
struct Limited {
    file: File,
    progress: Rc<Progress>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let progress = &self.progress;
        if progress.since_row.get() > LONGEST_ROW {
            return Err(io::Error::other("the row is longer than a megabyte: expected the quote that closes a field"));
        }
        let read = self.file.read(buffer)?;
        progress.since_row.set(progress.since_row.get() + read as u64);
        progress.read.set(progress.read.get() + read as u64);
        progress.last.set(if read == 0 { progress.last.get() } else { buffer[read - 1] });
        Ok(read)
    }
}

impl Seek for Limited {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = self.file.seek(to)?;
        self.progress.read.set(at);
        self.progress.since_row.set(0);
        Ok(at)
    }
}
