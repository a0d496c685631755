//! A quote that nobody closed takes the lines after it into its row. Here such a row is told from one whose field rightly
//! spans lines. Pure: the bytes of a row in, the lines of the open quote out.

use csv::ReaderBuilder;

/// A quote that is open where its row should have ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unclosed {
    /// The line on which the row begins and the one on which the quote opens, counted from the first line of the bytes.
    pub row: u64,
    pub opens: u64,
    /// The last line that was taken for a part of the row.
    pub last: u64,
    /// How many bytes end with the line of the quote: behind them the next row begins.
    pub bytes: usize,
    /// The first words behind the quote.
    pub found: String,
}

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    FieldStart,
    Plain,
    Quoted,
    /// Behind a quote that closes the field, unless another one follows.
    Closed,
}

/// The quote that was not closed in bytes that a reader took for one row of so many columns, and found so many.
pub fn unclosed(bytes: &[u8], found: usize, width: usize) -> Option<Unclosed> {
    let row = bytes.iter().take_while(|byte| matches!(**byte, b'\n' | b'\r')).count();
    let begun = lines(&bytes[..row]);
    let (mut at, mut opened, mut across) = (At::FieldStart, row, None);
    for (place, byte) in bytes.iter().enumerate().skip(row) {
        at = match (at, byte) {
            (At::FieldStart, b'"') => {
                opened = place;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) => At::Quoted,
            (At::Closed, b'"') => At::Quoted,
            (_, b',') => At::FieldStart,
            (At::Closed, b' ' | b'\r' | b'\n') => At::Closed,
            // A quote in the middle of words, lines after the one that opened the field, belongs to another row.
            (At::Closed, _) if bytes[opened..place].contains(&b'\n') => return Some(open_from(bytes, begun, opened)),
            (_, _) => At::Plain,
        };
        if at == At::Closed && across.is_none() && bytes[opened..place].contains(&b'\n') {
            across = Some(opened);
        }
    }
    if at == At::Quoted {
        return Some(open_from(bytes, begun, opened));
    }
    let opened = across.filter(|_| found != width)?;
    let open = open_from(bytes, begun, opened);
    let mut swallowed = bytes[open.bytes..].split(|byte| *byte == b'\n');
    swallowed.any(|line| columns(line) == width).then_some(open)
}

fn open_from(bytes: &[u8], row: u64, opened: usize) -> Unclosed {
    /// Characters that are enough to find the place.
    const WORDS: usize = 40;
    let end = bytes[opened..].iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| opened + at + 1);
    let line = String::from_utf8_lossy(&bytes[opened..end]);
    Unclosed {
        row,
        opens: lines(&bytes[..opened]),
        last: lines(bytes.strip_suffix(b"\n").unwrap_or(bytes)),
        bytes: end,
        found: line.trim_end().chars().take(WORDS).collect(),
    }
}

fn lines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte == b'\n').count() as u64
}

/// Columns of a line that is a row of its own.
fn columns(line: &[u8]) -> usize {
    let mut reader = ReaderBuilder::new().has_headers(false).from_reader(line);
    reader.byte_records().next().and_then(Result::ok).map_or(0, |record| record.len())
}
