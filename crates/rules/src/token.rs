//! The words of a condition: names, numbers, dates, codes in quotes and signs.

use crate::condition::Fault;
use chrono::NaiveDate;

/// One word of a condition.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    /// A fact, a function or one of `and or not in true false`.
    Word(String),
    /// A parameter, with its `$`.
    Parameter(String),
    Integer(i64),
    Date(NaiveDate),
    Code(String),
    Sign(&'static str),
    End,
}

/// Longer signs stand before their beginnings.
const SIGNS: [&str; 12] = ["==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "(", ")", ","];

/// Splits the text into tokens, each with the byte offset at which it begins; the last one is `End`.
pub(crate) fn tokens(source: &str) -> Result<Vec<(usize, Token)>, Fault> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        let length = match rest.chars().next() {
            Some(c) if c.is_whitespace() => c.len_utf8(),
            Some(_) => {
                let (token, length) = next(rest, at)?;
                found.push((at, token));
                length
            }
            None => break,
        };
        at += length;
    }
    found.push((source.len(), Token::End));
    Ok(found)
}

fn next(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    if let Some(sign) = SIGNS.iter().find(|sign| rest.starts_with(**sign)) {
        return Ok((Token::Sign(sign), sign.len()));
    }
    match rest.chars().next() {
        Some('"') => code(rest, at),
        Some('$') => {
            let name = run(&rest[1..], |c| c.is_ascii_alphanumeric() || c == '_');
            Ok((Token::Parameter(format!("${name}")), name.len() + 1))
        }
        Some(c) if c.is_ascii_digit() => number_or_date(rest, at),
        Some(c) if c.is_ascii_alphabetic() => {
            let word = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            Ok((Token::Word(word.to_owned()), word.len()))
        }
        other => Err(Fault {
            at,
            what: format!("the character {:?} has no meaning here", other.unwrap_or(' ')),
            expected: "a fact, a number, a date, a code in quotes or a sign".into(),
        }),
    }
}

fn code(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    match rest[1..].find('"') {
        Some(end) => Ok((Token::Code(rest[1..1 + end].to_owned()), end + 2)),
        None => Err(Fault { at, what: "the quote is never closed".into(), expected: "a closing \"".into() }),
    }
}

fn number_or_date(rest: &str, at: usize) -> Result<(Token, usize), Fault> {
    let digits = run(rest, |c| c.is_ascii_digit());
    let looks_dated = digits.len() == 4 && rest.get(4..7).is_some_and(dash_and_digits);
    if looks_dated {
        let text = run(rest, |c| c.is_ascii_digit() || c == '-');
        return match text.parse() {
            Ok(date) => Ok((Token::Date(date), text.len())),
            Err(_) => Err(Fault { at, what: format!("{text} is not a date"), expected: "a date such as 2024-09-02".into() }),
        };
    }
    match digits.parse() {
        Ok(number) => Ok((Token::Integer(number), digits.len())),
        Err(_) => Err(Fault { at, what: format!("{digits} is too large"), expected: "a smaller whole number".into() }),
    }
}

/// `-09`: what follows the year of a date; `2024 - 9` and `2024-9` stay subtractions.
fn dash_and_digits(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes[0] == b'-' && bytes[1].is_ascii_digit() && bytes[2].is_ascii_digit()
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> &str {
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    &text[..end]
}
