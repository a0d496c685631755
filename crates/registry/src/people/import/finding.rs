//! What is wrong with a row, in words: row, column, what was found, what was expected.

use platform::{
    language::Lang,
    message::{Explain, Message},
};

/// One thing found in a row: a fault keeps the row out, a warning lets it in without the value.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The line of the file on which the row begins; the header is line 1.
    pub row: u64,
    /// The name of the column; empty for the row as a whole.
    pub column: &'static str,
    pub found: String,
    pub expected: Expected,
}

/// What was expected instead.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Expected {
    /// As many columns as the header has.
    Columns {
        count: usize,
    },
    /// The quote that closes a field: it is open from one line to another.
    ClosingQuote {
        from: u64,
        to: u64,
    },
    Utf8,
    NoControlCharacters,
    AtMost {
        characters: usize,
    },
    Filled,
    Letters,
    /// A number that no other row of the file has.
    Unrepeated,
    Fin,
    Sex,
    Date,
    /// A date from 1900 on.
    DateInRange,
    /// A day not after the programme's today.
    NotAfterToday,
    /// At least so old on the day of registration.
    Age {
        years: u32,
    },
    Place,
    /// A place that an office serves.
    Office,
    Phone,
    Email,
    Iban,
    OneOf(&'static [&'static str]),
    TrueOrFalse,
    Whole {
        least: i64,
        most: i64,
    },
    Money,
    Language,
    OccupationCode,
    /// Nobody has corrected the person here since the last import.
    Uncorrected,
    /// The database takes the row; it named the constraint by which it does not.
    Taken,
}

impl Explain for Expected {
    fn message(&self) -> Message {
        use Expected::*;
        match *self {
            Columns { count } => Message::new("people-import-columns").arg("count", count),
            ClosingQuote { from, to } => {
                Message::new("people-import-closing-quote").arg("from", from.to_string()).arg("to", to.to_string())
            }
            Utf8 => Message::new("people-import-utf8"),
            NoControlCharacters => Message::new("people-import-control"),
            AtMost { characters } => Message::new("people-import-length").arg("characters", characters),
            Filled => Message::new("people-import-filled"),
            Letters => Message::new("people-import-letters"),
            Unrepeated => Message::new("people-import-unrepeated"),
            Fin => Message::new("people-import-fin"),
            Sex => Message::new("people-import-sex"),
            Date => Message::new("people-import-date"),
            DateInRange => Message::new("people-import-date-range"),
            NotAfterToday => Message::new("people-import-not-after-today"),
            Age { years } => Message::new("people-import-age").arg("years", years),
            Place => Message::new("people-import-place"),
            Office => Message::new("people-import-office"),
            Phone => Message::new("people-import-phone"),
            Email => Message::new("people-import-email"),
            Iban => Message::new("people-import-iban"),
            OneOf(list) => Message::new("people-import-one-of").arg("list", list.join(", ")),
            TrueOrFalse => Message::new("people-import-flag"),
            Whole { least, most } => Message::new("people-import-whole").arg("least", least).arg("most", most),
            Money => Message::new("people-import-money"),
            Language => Message::new("people-import-language"),
            OccupationCode => Message::new("people-import-occupation"),
            Uncorrected => Message::new("people-import-uncorrected"),
            Taken => Message::new("people-import-taken"),
        }
    }
}

/// The header of the files of findings.
pub const HEADER: [&str; 4] = ["row", "column", "found", "expected"];

impl Finding {
    /// The line for a file that a spreadsheet opens: what could run as a formula is made text.
    pub fn line(&self, lang: Lang) -> [String; 4] {
        let found = match self.found.chars().next() {
            Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{}", self.found),
            _ => self.found.clone(),
        };
        [self.row.to_string(), self.column.to_owned(), found, self.expected.message().text(lang)]
    }
}
