//! The results framework as data: indicators with their words, units and dated targets, and the press's words for them.

use super::{
    Phase,
    code::{Code, Coded},
    reader::{Reader, Table},
    words::{Source, Words},
};
use chrono::NaiveDate;
use serde::Serialize;

/// An indicator. Its value is always computed from events; only the words and the targets stand here.
#[derive(Clone, Debug, Serialize)]
pub struct Indicator {
    pub code: Code<Indicator>,
    pub name: Words,
    /// What is counted, in one sentence.
    pub definition: Words,
    pub unit: IndicatorUnit,
    /// Whether more is better, or less.
    pub direction: Wish,
    /// The indicators that are its numerator and denominator, where it is a ratio of two counts.
    pub ratio: Option<(Code<Indicator>, Code<Indicator>)>,
    /// The value before the programme, where one is known.
    pub baseline: Option<i64>,
    pub targets: Vec<Target>,
}

/// In what an indicator is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum IndicatorUnit {
    People,
    Applications,
    Households,
    Jobs,
    Percent,
    Points,
    Days,
    Qepik,
    /// For each hundred equipped people.
    PerHundred,
}

/// Which way an indicator should go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    More,
    Less,
    /// Told without a wish, such as the number of stale observations.
    Neither,
}

/// A value to be reached by a day, in the indicator's unit.
#[derive(Clone, Debug, Serialize)]
pub struct Target {
    pub kind: TargetKind,
    pub value: i64,
    pub by: NaiveDate,
    pub phase: Code<Phase>,
    pub source: Source,
}

/// How binding a target is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    /// Agreed with those who fund.
    Target,
    /// What the ministry means to reach.
    Plan,
    /// Not to be passed.
    Limit,
}

/// A word of the press and the indicator that it is taken to mean.
#[derive(Clone, Debug, Serialize)]
pub struct PressWord {
    pub word: Words,
    pub indicator: Code<Indicator>,
}

/// An age band of the cuts, both ends included.
#[derive(Clone, Debug, Serialize)]
pub struct AgeBand {
    pub code: String,
    pub from: u32,
    /// Absent for the last band.
    pub to: Option<u32>,
}

/// Indicators, the press's words, age bands.
#[derive(Clone, Debug, Default)]
pub(super) struct Framework {
    pub indicators: Vec<Indicator>,
    pub press: Vec<PressWord>,
    pub age_bands: Vec<AgeBand>,
}

impl Indicator {
    /// The target or limit in force on a day: the nearest one still ahead, else the last.
    pub fn target_on(&self, day: NaiveDate) -> Option<&Target> {
        let binding = || self.targets.iter().filter(|target| target.kind != TargetKind::Plan);
        let ahead = binding().filter(|target| target.by >= day).min_by_key(|target| target.by);
        ahead.or_else(|| binding().max_by_key(|target| target.by))
    }
}

impl AgeBand {
    /// Whether an age in full years belongs to it.
    pub fn holds(&self, years: u32) -> bool {
        self.from <= years && self.to.is_none_or(|to| years <= to)
    }
}

/// Reads `indicators.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Framework {
    reader.toml("indicators.toml", framework).unwrap_or_default()
}

fn framework(file: &Table<'_>) -> Framework {
    let age_bands = file.list("age_band", age_band);
    for pair in age_bands.windows(2) {
        let [earlier, later] = pair else { continue };
        if earlier.to.is_none_or(|to| to + 1 != later.from) {
            file.problem(
                "age_band",
                format!("the band {} does not follow {}", later.code, earlier.code),
                "bands without gap or overlap",
            );
        }
    }
    Framework {
        indicators: file.list("indicator", indicator),
        press: file.optional_list("press", |table| PressWord { word: table.words("word"), indicator: table.refer("indicator") }),
        age_bands,
    }
}

fn indicator(table: &Table<'_>) -> Indicator {
    let ratio = table.has("numerator").then(|| (table.refer("numerator"), table.refer("denominator")));
    Indicator {
        code: table.define(),
        name: table.words("name"),
        definition: table.words("definition"),
        unit: table.one_of("unit", &UNITS),
        direction: table.one_of("wish", &[("neither", Wish::Neither), ("more", Wish::More), ("less", Wish::Less)]),
        ratio,
        baseline: table.optional_number("baseline", 0..=i64::MAX),
        targets: table.optional_list("target", |target| Target {
            kind: target
                .one_of("kind", &[("target", TargetKind::Target), ("plan", TargetKind::Plan), ("limit", TargetKind::Limit)]),
            value: target.number("value", 0..=i64::MAX),
            by: target.date("by"),
            phase: target.refer("phase"),
            source: target.source(),
        }),
    }
}

fn age_band(table: &Table<'_>) -> AgeBand {
    AgeBand { code: table.text("code"), from: table.number("from", 0..=120), to: table.optional_number("to", 0..=120) }
}

const UNITS: [(&str, IndicatorUnit); 9] = [
    ("people", IndicatorUnit::People),
    ("applications", IndicatorUnit::Applications),
    ("households", IndicatorUnit::Households),
    ("jobs", IndicatorUnit::Jobs),
    ("percent", IndicatorUnit::Percent),
    ("points", IndicatorUnit::Points),
    ("days", IndicatorUnit::Days),
    ("qəpik", IndicatorUnit::Qepik),
    ("per_hundred", IndicatorUnit::PerHundred),
];

impl IndicatorUnit {
    /// The word in answers and exports.
    pub fn code(self) -> &'static str {
        UNITS.iter().find(|(_, unit)| *unit == self).map_or("people", |(word, _)| word)
    }
}

impl Coded for Indicator {
    const NOUN: &'static str = "indicator";
    const FILE: &'static str = "indicators.toml";
}
