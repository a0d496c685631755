//! A report: the value of each indicator with its cuts and its target.

use chrono::NaiveDate;
use serde::Serialize;
use std::collections::BTreeMap;

/// Every indicator as of a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// Events effective up to this day.
    pub as_of: NaiveDate,
    /// Only what was recorded by the end of this day.
    pub known_on: NaiveDate,
    pub indicators: Vec<Measured>,
}

impl Report {
    /// How many values it holds, over all indicators and cuts.
    pub fn values(&self) -> usize {
        let cuts = self.indicators.iter().flat_map(|measured| measured.by.all());
        self.indicators.len() + cuts.map(|(_, values)| values.len()).sum::<usize>()
    }
}

/// One indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measured {
    pub code: &'static str,
    /// None when there is nothing to divide by.
    pub value: Option<Number>,
    /// For a count, the value itself.
    pub numerator: Option<Number>,
    pub denominator: Option<Number>,
    pub target: Option<i64>,
    pub baseline: Option<i64>,
    pub unit: String,
    pub by: Cuts,
    /// What must stand beside the value, such as the parts of a survival.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub beside: BTreeMap<&'static str, Number>,
}

/// Values by the codes of each dimension.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cuts {
    pub sex: BTreeMap<String, Option<Number>>,
    /// Groups overlap and add up to more than the total; `NONE` is no group.
    pub group: BTreeMap<String, Option<Number>>,
    pub region: BTreeMap<String, Option<Number>>,
    pub direction: BTreeMap<String, Option<Number>>,
    /// By VÖEN, where suppliers answer for the indicator.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub supplier: BTreeMap<String, Option<Number>>,
}

impl Cuts {
    /// Every dimension with its values, in the order in which they are shown.
    pub fn all(&self) -> [(&'static str, &BTreeMap<String, Option<Number>>); 5] {
        [
            ("sex", &self.sex),
            ("group", &self.group),
            ("region", &self.region),
            ("direction", &self.direction),
            ("supplier", &self.supplier),
        ]
    }
}

/// A whole number, or one with a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Number {
    Whole(i64),
    Fraction(f64),
}

impl Number {
    /// The number with so many digits after the point at most.
    pub fn rounded(value: f64, digits: i32) -> Self {
        let scale = 10f64.powi(digits);
        Number::Fraction((value * scale).round() / scale)
    }

    pub fn as_f64(self) -> f64 {
        match self {
            Number::Whole(whole) => whole as f64,
            Number::Fraction(fraction) => fraction,
        }
    }
}
