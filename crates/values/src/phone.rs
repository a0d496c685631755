//! Telephone numbers in the international form (ITU-T E.164), read as people in Azerbaijan write them.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const COUNTRY: u64 = 994;
const NATIONAL: u64 = 1_000_000_000;

/// A telephone number, written `+994501234567`. Numbers of other countries need their `+` or `00`.
///
/// `Display` and serde write it in full; `Debug` writes the masked form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Phone(u64);

/// What is wrong with a text that should be a telephone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PhoneRefusal {
    /// Nothing was typed.
    #[error("the telephone number is empty")]
    Empty,
    /// A sign that no telephone number contains.
    #[error("the telephone number contains the sign {sign}")]
    Sign {
        /// The first such sign.
        sign: char,
    },
    /// Not nine digits after `+994` or the leading 0, or not 8 to 15 digits abroad.
    #[error("the telephone number has {found} digits after its prefix")]
    Length {
        /// Digits found after `+994` or the leading 0; abroad, all digits with the country code.
        found: usize,
    },
    /// The area or operator code begins with 0.
    #[error("the code of the area or operator begins with 0")]
    Code,
}

impl Refusal for PhoneRefusal {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "values-phone-empty",
            Self::Sign { .. } => "values-phone-sign",
            Self::Length { .. } => "values-phone-length",
            Self::Code => "values-phone-code",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match *self {
            Self::Sign { sign } => vec![("sign", sign.to_string())],
            Self::Length { found } => vec![("found", found.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Phone {
    /// Whether the number is of Azerbaijan (`+994`).
    pub const fn is_national(&self) -> bool {
        self.0 / NATIONAL == COUNTRY
    }

    /// Country code, code of the operator and the last two digits: `+994 50 ••• •• 67`; abroad `+••••••••67`.
    pub fn masked(&self) -> String {
        let last = self.0 % 100;
        if self.is_national() {
            format!("+994 {:02} ••• •• {last:02}", self.0 % NATIONAL / 10_000_000)
        } else {
            format!("+••••••••{last:02}")
        }
    }

    /// The number in groups for people: `+994 50 123 45 67`; abroad as `Display`.
    pub fn grouped(&self) -> String {
        if !self.is_national() {
            return self.to_string();
        }
        let n = self.0 % NATIONAL;
        let (code, rest) = (n / 10_000_000, n % 10_000_000);
        format!("+994 {code:02} {:03} {:02} {:02}", rest / 10_000, rest / 100 % 100, rest % 100)
    }
}

impl FromStr for Phone {
    type Err = PhoneRefusal;

    /// Reads `050 123 45 67`, `(050) 123-45-67`, `50 123 45 67`, `+994 50 …`, `994 50 …`, `00994 50 …` and
    /// international numbers of other countries.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let mut digits = String::with_capacity(text.len());
        for (at, sign) in text.char_indices() {
            match sign {
                '0'..='9' => digits.push(sign),
                '+' if at == 0 => {}
                '-' | '–' | '(' | ')' | '.' | '/' => {}
                sign if sign.is_whitespace() => {}
                sign => return Err(PhoneRefusal::Sign { sign }),
            }
        }
        if digits.is_empty() {
            return Err(PhoneRefusal::Empty);
        }
        if text.starts_with('+') {
            return international(&digits);
        }
        if let Some(rest) = digits.strip_prefix("00") {
            return international(rest);
        }
        if digits.len() == 12 && digits.starts_with("994") {
            return national(&digits[3..]);
        }
        national(digits.strip_prefix('0').unwrap_or(&digits))
    }
}

fn international(digits: &str) -> Result<Phone, PhoneRefusal> {
    if let Some(rest) = digits.strip_prefix("994") {
        // `+994 (0)50 …` is a usual way to write it.
        let repeated_trunk = rest.len() == 10 && rest.starts_with('0');
        return national(if repeated_trunk { &rest[1..] } else { rest });
    }
    if digits.starts_with('0') {
        return Err(PhoneRefusal::Code);
    }
    let found = digits.len();
    match digits.parse() {
        Ok(number) if (8..=15).contains(&found) => Ok(Phone(number)),
        _ => Err(PhoneRefusal::Length { found }),
    }
}

fn national(digits: &str) -> Result<Phone, PhoneRefusal> {
    let found = digits.len();
    match digits.parse::<u64>() {
        Ok(number) if found == 9 && number >= NATIONAL / 10 => Ok(Phone(COUNTRY * NATIONAL + number)),
        Ok(_) if found == 9 => Err(PhoneRefusal::Code),
        _ => Err(PhoneRefusal::Length { found }),
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneRefusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.to_string()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{}", self.0)
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}
