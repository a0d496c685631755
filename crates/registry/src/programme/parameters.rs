//! Parameters: every number of the programme that law or practice may change, dated, with its source.

use super::{
    code::{Code, Coded},
    reader::{Place, Reader, Table},
    words::{Dated, Source, Validity, Words},
};
use chrono::NaiveDate;
use serde::Serialize;
use values::Money;

/// One version of a parameter.
#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    pub code: Code<Parameter>,
    pub name: Words,
    /// In `unit`; money in qəpik, yes is 1 and no is 0.
    pub value: i64,
    pub unit: Measured,
    pub validity: Validity,
    pub source: Source,
}

/// What a parameter counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    Percent,
    Points,
    Count,
    Money,
    Hours,
    CalendarDays,
    WorkingDays,
    Months,
    Years,
    YesNo,
}

/// Names of units as the files write them.
pub(super) const UNITS: [(&str, Measured); 10] = [
    ("percent", Measured::Percent),
    ("points", Measured::Points),
    ("count", Measured::Count),
    ("qəpik", Measured::Money),
    ("hours", Measured::Hours),
    ("calendar_days", Measured::CalendarDays),
    ("working_days", Measured::WorkingDays),
    ("months", Measured::Months),
    ("years", Measured::Years),
    ("yes_no", Measured::YesNo),
];

/// A share in whole percent.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Percent(pub i64);

/// Points of a score or a test, of 100.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Points(pub i64);

/// Calendar months.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Months(pub u32);

/// Hours of 45 minutes, or hours of the clock, as the parameter says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Hours(pub u32);

/// Full years of age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
pub struct Years(pub u32);

/// A time allowed for something, in the days that its source counts; a new version may count otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub enum Term {
    CalendarDays(u32),
    WorkingDays(u32),
    Months(u32),
}

/// The name of a parameter together with the type of its value; see [`super::keys`].
pub struct Key<T> {
    pub code: &'static str,
    pub(super) read: fn(i64, Measured) -> Option<T>,
}

/// A type that parameters may have.
pub trait ParameterValue: Sized {
    /// The value, if the unit is one of this type's and the number fits.
    fn from_parameter(value: i64, unit: Measured) -> Option<Self>;
}

impl<T: ParameterValue> Key<T> {
    /// A parameter that the program asks for.
    pub const fn new(code: &'static str) -> Self {
        Self { code, read: T::from_parameter }
    }
}

impl Percent {
    /// Whether `part` of `whole` reaches this share.
    pub fn reached_by(self, part: i64, whole: i64) -> bool {
        whole > 0 && part.saturating_mul(100) >= whole.saturating_mul(self.0)
    }
}

/// Reads `parameters.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Vec<(Parameter, Place)> {
    let place = |table: &Table<'_>| (parameter(table), table.place_of("code"));
    reader.toml("parameters.toml", |file| file.list("parameter", place)).unwrap_or_default()
}

fn parameter(table: &Table<'_>) -> Parameter {
    let validity = table.validity();
    let unit = table.one_of("unit", &UNITS);
    let value = match unit {
        Measured::YesNo if table.is_flag("value") => i64::from(table.flag("value")),
        Measured::YesNo => {
            table.flag("value");
            if !table.has("value") {
                table.problem("value", "value is missing", "true or false");
            }
            0
        }
        Measured::Percent | Measured::Points => table.number("value", 0..=100),
        Measured::Count | Measured::Money => table.number("value", 0..=i64::MAX),
        _ => table.number("value", 0..=10_000),
    };
    Parameter { code: table.define_dated(validity), name: table.words("name"), value, unit, validity, source: table.source() }
}

/// The version for a day: the one that holds, else the last before it, else the first.
/// Versions that leave no gap (see `completeness`) make the first case the rule.
pub(super) fn version<'a>(parameters: &'a [Parameter], code: &str, day: NaiveDate) -> Option<&'a Parameter> {
    let versions = || parameters.iter().filter(|parameter| parameter.code == code);
    let begun = versions().filter(|version| version.validity.from <= day).max_by_key(|version| version.validity.from);
    begun.or_else(|| versions().min_by_key(|version| version.validity.from))
}

impl Coded for Parameter {
    const NOUN: &'static str = "parameter";
    const FILE: &'static str = "parameters.toml";
}

impl Dated for Parameter {
    fn validity(&self) -> Validity {
        self.validity
    }
}

impl ParameterValue for Percent {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Percent).then_some(Self(value))
    }
}

impl ParameterValue for Points {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Points).then_some(Self(value))
    }
}

impl ParameterValue for u32 {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Count).then(|| value.try_into().ok()).flatten()
    }
}

impl ParameterValue for Money {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Money).then(|| Money::from_qepik(value))
    }
}

impl ParameterValue for Months {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Months).then(|| value.try_into().ok().map(Self)).flatten()
    }
}

impl ParameterValue for Hours {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Hours).then(|| value.try_into().ok().map(Self)).flatten()
    }
}

impl ParameterValue for Years {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::Years).then(|| value.try_into().ok().map(Self)).flatten()
    }
}

impl ParameterValue for Term {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        let length = value.try_into().ok()?;
        match unit {
            Measured::CalendarDays => Some(Self::CalendarDays(length)),
            Measured::WorkingDays => Some(Self::WorkingDays(length)),
            Measured::Months => Some(Self::Months(length)),
            _ => None,
        }
    }
}

impl ParameterValue for bool {
    fn from_parameter(value: i64, unit: Measured) -> Option<Self> {
        (unit == Measured::YesNo).then_some(value == 1)
    }
}
