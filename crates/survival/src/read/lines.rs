//! The bytes of a file on their way to the reader of CSV: every line ends alike, and a quotation mark that nobody closed
//! is noticed.

use std::io::Read;

/// Passes a file on with `\n` at the end of each line, also where `\r` or `\r\n` stood, and at the end of the last one.
pub(super) struct Lines {
    file: Box<dyn Read>,
    /// The sign that parts the header's columns, once something was read.
    pub delimiter: Option<u8>,
    /// The line on which the first quotation mark was opened that is not closed.
    pub unclosed: Option<u64>,
    at: At,
    line: u64,
    /// The line on which the last quotation mark was opened.
    opened: u64,
    /// The last byte that was passed on.
    last: u8,
    is_after_return: bool,
    has_ended: bool,
}

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    /// A quotation mark opens a field only here.
    Start,
    Plain,
    Quoted,
    /// Behind a mark that closes the field, unless another one follows.
    Closed,
    /// Behind spaces that follow the field.
    Spaced,
}

impl Lines {
    pub(super) fn new(file: impl Read + 'static) -> Self {
        Self {
            file: Box::new(file),
            delimiter: None,
            unclosed: None,
            at: At::Start,
            line: 1,
            opened: 0,
            last: b'\n',
            is_after_return: false,
            has_ended: false,
        }
    }

    /// Ends lines alike; how many bytes are left.
    fn settle(&mut self, bytes: &mut [u8]) -> usize {
        if !self.is_after_return && !bytes.contains(&b'\r') {
            return bytes.len();
        }
        let mut kept = 0;
        for at in 0..bytes.len() {
            let byte = bytes[at];
            let is_second = self.is_after_return && byte == b'\n';
            self.is_after_return = byte == b'\r';
            if !is_second {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }

    fn watch(&mut self, bytes: &[u8]) {
        let Some(last) = bytes.last() else { return };
        self.last = *last;
        let bytes = if self.delimiter.is_none() { bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes) } else { bytes };
        let sign = *self.delimiter.get_or_insert_with(|| delimiter(bytes));
        if matches!(self.at, At::Start | At::Plain) && !bytes.contains(&b'"') {
            self.line += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64;
            self.at = if [sign, b'\n'].contains(last) { At::Start } else { At::Plain };
        } else if self.unclosed.is_none() {
            bytes.iter().for_each(|byte| self.step(*byte, sign));
        }
    }

    fn step(&mut self, byte: u8, sign: u8) {
        self.at = match (self.at, byte) {
            (At::Start, b'"') => {
                self.opened = self.line;
                At::Quoted
            }
            (At::Quoted, b'"') => At::Closed,
            (At::Quoted, _) | (At::Closed, b'"') => At::Quoted,
            (_, byte) if byte == b'\n' || byte == sign => At::Start,
            (At::Closed | At::Spaced, b' ') => At::Spaced,
            (At::Closed | At::Spaced, _) => {
                // A mark in the middle of words, lines after the one that opened the field, belongs to another row.
                if self.line > self.opened {
                    self.unclosed.get_or_insert(self.opened);
                }
                At::Plain
            }
            (At::Start | At::Plain, _) => At::Plain,
        };
        self.line += u64::from(byte == b'\n');
    }

    /// All is read; the end of the last line, if it has none.
    fn end(&mut self, buffer: &mut [u8]) -> usize {
        self.has_ended = true;
        if self.at == At::Quoted {
            self.unclosed.get_or_insert(self.opened);
        }
        if self.last == b'\n' {
            return 0;
        }
        buffer[0] = b'\n';
        1
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        if self.has_ended || buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = self.file.read(buffer)?;
            if read == 0 {
                return Ok(self.end(buffer));
            }
            let kept = self.settle(&mut buffer[..read]);
            self.watch(&buffer[..kept]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// The sign that parts the header's columns: the most frequent of the usual three.
fn delimiter(start: &[u8]) -> u8 {
    let header = start.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| header.iter().filter(|&&b| b == sign).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&sign| count(sign)).unwrap_or(b',')
}
