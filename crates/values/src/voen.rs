//! VÖEN, the taxpayer's number: ten digits with a check digit in the ninth place.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

const WEIGHTS: [u32; 8] = [4, 1, 8, 6, 2, 7, 5, 3];

/// A taxpayer's number of ten digits. The first eight, weighted 4, 1, 8, 6, 2, 7, 5, 3 and summed modulo 11,
/// give the ninth; the tenth is 1 for a legal and 2 for a natural person.
///
/// Where the sum modulo 11 is 10, no single digit can stand for it and no source says what is written. We take it
/// that such a number is never issued and refuse it as [`VoenRefusal::NoCheckDigit`], apart from a mistyped one:
/// should a real one turn up, the refusal shows that the rule and not the typing is in doubt.
///
/// A natural person's VÖEN identifies that person: `Debug` writes the masked form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Voen([u8; 10]);

/// Who holds a VÖEN.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holder {
    /// A company or another legal person; the last digit is 1.
    Legal,
    /// A natural person, also as a sole trader; the last digit is 2.
    Natural,
}

/// What is wrong with a text that should be a VÖEN.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum VoenRefusal {
    /// Nothing was typed.
    #[error("the VÖEN is empty")]
    Empty,
    /// Not ten digits, spaces left out.
    #[error("the VÖEN has {found} digits instead of 10")]
    Length {
        /// Characters found, spaces left out.
        found: usize,
    },
    /// A sign other than a digit.
    #[error("character {position} of the VÖEN is not a digit")]
    NotADigit {
        /// Place in the VÖEN, from 1.
        position: usize,
    },
    /// The ninth digit does not follow from the first eight: one digit at least is mistyped.
    #[error("the check digit of the VÖEN is wrong: a digit is mistyped")]
    CheckDigit,
    /// The first eight digits have no check digit (10 modulo 11).
    #[error("no VÖEN begins with these eight digits: they have no check digit")]
    NoCheckDigit,
    /// The last digit is neither 1 nor 2.
    #[error("the last digit of the VÖEN must be 1 or 2")]
    Kind,
}

impl Refusal for VoenRefusal {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "values-voen-empty",
            Self::Length { .. } => "values-voen-length",
            Self::NotADigit { .. } => "values-voen-not-a-digit",
            Self::CheckDigit => "values-voen-check-digit",
            Self::NoCheckDigit => "values-voen-no-check-digit",
            Self::Kind => "values-voen-kind",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match *self {
            Self::Length { found } => vec![("found", found.to_string())],
            Self::NotADigit { position } => vec![("position", position.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Voen {
    /// The number of a holder with these first eight digits, or none where no check digit exists.
    ///
    /// For invented suppliers and tests.
    pub fn from_body(body: [u8; 8], holder: Holder) -> Option<Self> {
        let check = check_digit(&body)?;
        let mut digits = [0; 10];
        for (digit, value) in digits.iter_mut().zip(body) {
            *digit = if value < 10 { value } else { return None };
        }
        digits[8] = check;
        digits[9] = match holder {
            Holder::Legal => 1,
            Holder::Natural => 2,
        };
        Some(Self(digits))
    }

    /// Whether a legal or a natural person holds it.
    pub const fn holder(&self) -> Holder {
        if self.0[9] == 1 { Holder::Legal } else { Holder::Natural }
    }

    /// The last two digits, the others hidden.
    pub fn masked(&self) -> String {
        format!("••••••••{}{}", self.0[8], self.0[9])
    }
}

/// The ninth digit that belongs to the first eight, or none for 10 modulo 11.
fn check_digit(body: &[u8]) -> Option<u8> {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(&digit, weight)| u32::from(digit) * weight).sum();
    u8::try_from(sum % 11).ok().filter(|&digit| digit < 10)
}

impl FromStr for Voen {
    type Err = VoenRefusal;

    /// Reads a VÖEN; spaces are left out.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let typed = || text.chars().filter(|c| !c.is_whitespace());
        if let Some(place) = typed().position(|c| !c.is_ascii_digit()) {
            return Err(VoenRefusal::NotADigit { position: place + 1 });
        }
        match typed().count() {
            0 => return Err(VoenRefusal::Empty),
            10 => {}
            found => return Err(VoenRefusal::Length { found }),
        }
        let mut digits = [0; 10];
        for (digit, c) in digits.iter_mut().zip(typed()) {
            *digit = c as u8 - b'0';
        }
        let check = check_digit(&digits[..8]).ok_or(VoenRefusal::NoCheckDigit)?;
        if check != digits[8] {
            return Err(VoenRefusal::CheckDigit);
        }
        if !matches!(digits[9], 1 | 2) {
            return Err(VoenRefusal::Kind);
        }
        Ok(Self(digits))
    }
}

impl TryFrom<String> for Voen {
    type Error = VoenRefusal;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Voen> for String {
    fn from(voen: Voen) -> Self {
        voen.to_string()
    }
}

impl fmt::Display for Voen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl fmt::Debug for Voen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Voen({})", self.masked())
    }
}
