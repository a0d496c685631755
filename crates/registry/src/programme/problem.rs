//! A problem in the programme's files, with the line where it stands.

use std::fmt;

/// What is wrong, where, and what should stand there instead. Prints as `file:line: what; expected …`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Problem {
    /// The path inside the programme's folder.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    pub what: String,
    pub expected: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}; expected {}", self.file, self.line, self.what, self.expected)
    }
}
