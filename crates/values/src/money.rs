//! Money in whole qəpik (1 manat = 100 qəpik). No floating point, no silent overflow, every rounding named.

use crate::Refusal;
use serde::{Deserialize, Serialize};
use std::{fmt, iter, str::FromStr};

/// An amount in manat (AZN), kept as whole qəpik; negative for a debt or a correction.
///
/// Serialized as the whole number of qəpik. `Display` writes `1234.50` for files and logs; the form for people
/// comes from the language.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// What becomes of half a qəpik and of smaller parts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// To the nearest qəpik, a half away from zero: for sums shown and booked.
    Nearest,
    /// Towards minus infinity: for shares that must never exceed the whole.
    Down,
    /// Towards plus infinity: for a contribution that must reach its floor.
    Up,
}

/// What is wrong with a text that should be an amount.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum MoneyRefusal {
    /// Nothing was typed.
    #[error("the amount is empty")]
    Empty,
    /// A sign that no amount contains, or one in a wrong place.
    #[error("the amount contains the sign {sign} in a place where it has no meaning")]
    Sign {
        /// The first such sign.
        sign: char,
    },
    /// More than two digits after the decimal mark.
    #[error("the amount has parts of a qəpik: at most two digits follow the decimal mark")]
    PartsOfQepik,
    /// Thousands are not in groups of three.
    #[error("the thousands of the amount are not in groups of three digits")]
    Grouping,
    /// Beyond what can be kept.
    #[error("the amount is too large")]
    TooLarge,
}

impl Refusal for MoneyRefusal {
    fn key(&self) -> &'static str {
        match self {
            Self::Empty => "values-money-empty",
            Self::Sign { .. } => "values-money-sign",
            Self::PartsOfQepik => "values-money-parts-of-qepik",
            Self::Grouping => "values-money-grouping",
            Self::TooLarge => "values-money-too-large",
        }
    }

    fn args(&self) -> Vec<(&'static str, String)> {
        match *self {
            Self::Sign { sign } => vec![("sign", sign.to_string())],
            _ => Vec::new(),
        }
    }
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of whole qəpik.
    pub const fn from_qepik(qepik: i64) -> Self {
        Self(qepik)
    }

    /// An amount of whole manat; none when too large.
    pub const fn from_manat(manat: i64) -> Option<Self> {
        match manat.checked_mul(100) {
            Some(qepik) => Some(Self(qepik)),
            None => None,
        }
    }

    /// The amount in whole qəpik.
    pub const fn qepik(self) -> i64 {
        self.0
    }

    /// Below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The sum of two amounts; none on overflow.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference of two amounts; none on overflow.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount a number of times; none on overflow.
    pub fn checked_mul(self, times: i64) -> Option<Self> {
        self.0.checked_mul(times).map(Self)
    }

    /// The sum of many amounts; none on overflow.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `part / whole` of the amount; none if `whole` is zero or the result is too large.
    pub fn share(self, part: i64, whole: i64, rounding: Rounding) -> Option<Self> {
        divide(i128::from(self.0) * i128::from(part), i128::from(whole), rounding).map(Self)
    }

    /// A number of hundredths of a per cent of the amount (1,050 is 10.5 %); none on overflow.
    pub fn basis_points(self, points: i64, rounding: Rounding) -> Option<Self> {
        self.share(points, 10_000, rounding)
    }

    /// What part of `whole` this amount is, in hundredths of a per cent, to the nearest; none if `whole` is zero.
    pub fn basis_points_of(self, whole: Self) -> Option<i64> {
        divide(i128::from(self.0) * 10_000, i128::from(whole.0), Rounding::Nearest)
    }

    /// `parts` amounts that differ by at most one qəpik and sum to this one, the larger first.
    pub fn split(self, parts: u32) -> impl Iterator<Item = Self> {
        let count = i64::from(parts.max(1));
        let (each, left) = (self.0.div_euclid(count), self.0.rem_euclid(count));
        let larger = iter::repeat_n(Self(each + 1), usize::try_from(left).unwrap_or_default());
        let all = usize::try_from(parts).unwrap_or_default();
        larger.chain(iter::repeat(Self(each))).take(all)
    }
}

/// `a / b` rounded; none for a division by zero or a result beyond 64 bits.
fn divide(a: i128, b: i128, rounding: Rounding) -> Option<i64> {
    if b == 0 {
        return None;
    }
    let (a, b) = if b < 0 { (-a, -b) } else { (a, b) };
    let (floor, rest) = (a.div_euclid(b), a.rem_euclid(b));
    let up = match rounding {
        Rounding::Down => false,
        Rounding::Up => rest > 0,
        Rounding::Nearest => rest * 2 > b || (rest * 2 == b && a >= 0),
    };
    i64::try_from(floor + i128::from(up)).ok()
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, qepik) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        write!(f, "{sign}{}.{:02}", qepik / 100, qepik % 100)
    }
}

impl FromStr for Money {
    type Err = MoneyRefusal;

    /// Reads `1234`, `1234.5`, `1234.50`, `1.234,50`, `1,234.50`, `1 234,50`, with or without `AZN`, `man.` or `₼`.
    ///
    /// One point followed by exactly three digits groups thousands (`1.234` is 1,234 manat), since a manat has only
    /// two decimals. A zero before it (`0.123`) is refused, and so is one comma (`1,234`): it is the decimal mark in
    /// Azerbaijani and Russian, and a thousand times more would be meant in English.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (negative, digits) = unsigned(bare(text));
        if digits.is_empty() {
            return Err(MoneyRefusal::Empty);
        }
        let (whole, decimals) = at_decimal_mark(digits)?;
        let manat = i128::from(grouped(whole)?);
        let qepik = match decimals.as_bytes() {
            [] => 0,
            [tens] if tens.is_ascii_digit() => 10 * i128::from(tens - b'0'),
            [tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => i128::from(10 * (tens - b'0') + ones - b'0'),
            _ => return Err(wrong_decimals(decimals)),
        };
        let amount = manat * 100 + qepik;
        i64::try_from(if negative { -amount } else { amount }).map(Self).map_err(|_| MoneyRefusal::TooLarge)
    }
}

/// The text without the name of the currency.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix('₼').unwrap_or(text);
    let named = ["AZN", "azn", "manat", "man.", "man", "₼"].iter().find_map(|name| text.strip_suffix(name));
    named.unwrap_or(text).trim()
}

fn unsigned(text: &str) -> (bool, &str) {
    match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// The digits before and after the decimal mark; the second is empty where there is none.
fn at_decimal_mark(digits: &str) -> Result<(&str, &str), MoneyRefusal> {
    let Some(mark) = digits.rfind(['.', ',']) else {
        return Ok((digits, ""));
    };
    let (whole, decimals) = (&digits[..mark], &digits[mark + 1..]);
    let other = if digits[mark..].starts_with('.') { ',' } else { '.' };
    let repeated = whole.contains(&digits[mark..=mark]);
    let groups = decimals.len() == 3 && !whole.contains(other) && decimals.bytes().all(|b| b.is_ascii_digit());
    let is_doubtful = digits[mark..].starts_with(',') && !repeated;
    if groups && !is_doubtful && !whole.starts_with('0') && !whole.is_empty() {
        return Ok((digits, ""));
    }
    if repeated {
        return Err(MoneyRefusal::Grouping);
    }
    if decimals.is_empty() {
        return Err(MoneyRefusal::Sign { sign: digits[mark..].chars().next().unwrap_or('.') });
    }
    Ok((whole, decimals))
}

fn wrong_decimals(decimals: &str) -> MoneyRefusal {
    match decimals.chars().find(|c| !c.is_ascii_digit()) {
        Some(sign) => MoneyRefusal::Sign { sign },
        None => MoneyRefusal::PartsOfQepik,
    }
}

/// Whole manat, with thousands in groups of three or not grouped at all.
fn grouped(whole: &str) -> Result<i64, MoneyRefusal> {
    let mut marks = whole.chars().filter(|c| !c.is_ascii_digit());
    if let Some(mark) = marks.next() {
        let grouping = mark.is_whitespace() || matches!(mark, '.' | ',' | '\'' | '’');
        if let Some(sign) = if grouping { marks.find(|&c| c != mark) } else { Some(mark) } {
            return Err(MoneyRefusal::Sign { sign });
        }
        let mut groups = whole.split(mark);
        let first = groups.next().unwrap_or_default();
        if !(1..=3).contains(&first.len()) || groups.any(|group| group.len() != 3) {
            return Err(MoneyRefusal::Grouping);
        }
    }
    let mut value: i64 = 0;
    for digit in whole.bytes().filter(u8::is_ascii_digit) {
        value = value.checked_mul(10).and_then(|v| v.checked_add(i64::from(digit - b'0'))).ok_or(MoneyRefusal::TooLarge)?;
    }
    Ok(value)
}
