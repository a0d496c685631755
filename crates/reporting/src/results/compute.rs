//! From cases to indicators. Pure: the only figures it knows come with its arguments.

use super::{
    indicators::{RULES, beside, is_part},
    report::{Cuts, Measured, Number},
    subject::Subject,
    survival_24m,
};
use chrono::NaiveDate;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use values::id::PersonId;

/// What a report is asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub as_of: NaiveDate,
    /// Days after its start in which a course counts as running.
    pub training_settled_days: i64,
    /// Days after the end of a term in which ownership may still be pending.
    pub ownership_settled_days: i64,
    /// Months around an anniversary in which an observation counts for it.
    pub followup_window_months: i32,
    /// Days after which a business that nobody saw counts as stale.
    pub seen_within_days: i64,
    /// Days that a pause may last and the business still count as going on.
    pub pause_max_days: i64,
    /// Tries after which somebody is unreachable.
    pub unreachable_tries: usize,
    /// Code of the group of those who draw social assistance.
    pub assistance: Option<String>,
    /// The level of consumer prices from a day on, in order.
    pub prices: Vec<(NaiveDate, i64)>,
}

/// Where a case belongs in the cuts of one indicator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    Residence,
    Business,
}

/// One case's part in an indicator: the day at which groups are looked at, and how it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub day: NaiveDate,
    pub numerator: i64,
    pub denominator: i64,
}

/// How an indicator is computed of each case.
pub(super) struct Rule {
    pub code: &'static str,
    pub kind: Kind,
    pub place: Place,
    /// One person counts once a phase.
    pub once: bool,
    pub part: fn(&Subject, &Asked) -> Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Count,
    /// In per cent.
    Ratio,
    /// Sum of numerators by denominators, such as money a head.
    Mean,
    /// The middle one of the numerators, with the 90th percentile beside.
    Median,
}

/// The value of every indicator that cases alone give.
pub fn compute(subjects: &[Subject], asked: &Asked) -> Vec<Measured> {
    let mut all: Vec<Measured> = RULES.par_iter().map(|rule| measure(rule, subjects, asked)).collect();
    all.push(survival_24m::measure(subjects, asked));
    all
}

/// A case behind a number: the day that counts, and how much it brings.
pub struct Behind<'s> {
    pub subject: &'s Subject,
    pub day: NaiveDate,
    pub brings: i64,
}

/// The cases behind a part of an indicator: its numerator when `part` is empty, else its `denominator` or one of what
/// stands beside it. None when there is no such indicator or part.
pub fn behind<'s>(code: &str, part: &str, subjects: &'s [Subject], asked: &'s Asked) -> Option<Vec<Behind<'s>>> {
    if code == survival_24m::CODE {
        return survival_24m::behind(part, subjects, asked);
    }
    let rule = RULES.iter().find(|rule| rule.code == code)?;
    let is_known = matches!(part, "" | "denominator") || is_part(code, part);
    let counts = |subject: &Subject, found: &Part| match part {
        "" => found.numerator != 0 || rule.kind == Kind::Median,
        "denominator" => found.denominator != 0,
        named => super::indicators::in_part(named, subject, asked),
    };
    is_known.then(|| {
        let found = parts(rule, subjects, asked).filter(|(subject, found)| counts(subject, found));
        found.map(|(subject, found)| Behind { subject, day: found.day, brings: found.numerator }).collect()
    })
}

/// Whether each case brings more or less than one to an indicator, such as days or money.
pub fn brings_amounts(code: &str) -> bool {
    let rule = RULES.iter().find(|rule| rule.code == code);
    rule.is_some_and(|rule| matches!(rule.kind, Kind::Mean | Kind::Median)) || super::indicators::COUNTED_WITHIN.contains(&code)
}

/// The dimensions in which a case is counted: groups as valid on the day.
pub fn cut_codes<'s>(code: &str, subject: &'s Subject, day: NaiveDate) -> [Vec<&'s str>; 4] {
    let rule = RULES.iter().find(|rule| rule.code == code);
    codes(subject, day, rule.map_or(Place::Business, |rule| rule.place))
}

pub(super) fn parts<'s>(rule: &'s Rule, subjects: &'s [Subject], asked: &'s Asked) -> impl Iterator<Item = (&'s Subject, Part)> {
    let mut seen: HashSet<(PersonId, &str)> = HashSet::new();
    subjects.iter().filter_map(move |subject| {
        let part = (rule.part)(subject, asked)?;
        let first = !rule.once || subject.person.is_none_or(|person| seen.insert((person, &*subject.phase)));
        first.then_some((subject, part))
    })
}

#[derive(Default)]
pub(super) struct Sum {
    pub numerator: i64,
    pub denominator: i64,
    all: Vec<i64>,
}

impl Sum {
    pub fn add(&mut self, part: &Part, kind: Kind) {
        self.numerator += part.numerator;
        self.denominator += part.denominator;
        if kind == Kind::Median {
            self.all.push(part.numerator);
        }
    }

    pub fn value(&mut self, kind: Kind) -> Option<Number> {
        match kind {
            Kind::Count => Some(Number::Whole(self.numerator)),
            Kind::Ratio => percent(self.numerator, self.denominator),
            Kind::Mean if self.denominator > 0 => Some(Number::rounded(self.numerator as f64 / self.denominator as f64, 2)),
            Kind::Median => self.percentile(50).map(Number::Whole),
            Kind::Mean => None,
        }
    }

    /// The nearest-rank percentile.
    pub fn percentile(&mut self, percent: usize) -> Option<i64> {
        self.all.sort_unstable();
        let rank = (self.all.len() * percent).div_ceil(100).max(1);
        self.all.get(rank - 1).copied()
    }
}

/// A share in per cent; none of nothing.
pub(super) fn percent(part: i64, whole: i64) -> Option<Number> {
    (whole > 0).then(|| Number::rounded(part as f64 * 100.0 / whole as f64, 2))
}

type Values = BTreeMap<String, Option<Number>>;

fn measure(rule: &Rule, subjects: &[Subject], asked: &Asked) -> Measured {
    let mut total = Sum::default();
    let mut cuts: [BTreeMap<&str, Sum>; 4] = Default::default();
    for (subject, part) in parts(rule, subjects, asked) {
        total.add(&part, rule.kind);
        for (cut, codes) in cuts.iter_mut().zip(codes(subject, part.day, rule.place)) {
            for code in codes {
                cut.entry(code).or_default().add(&part, rule.kind);
            }
        }
    }
    let values = |cut: BTreeMap<&str, Sum>| -> Values {
        cut.into_iter().map(|(code, mut sum)| (code.to_owned(), sum.value(rule.kind))).collect()
    };
    let [sex, group, region, direction] = cuts.map(values);
    let counted = if rule.kind == Kind::Median { total.all.len() as i64 } else { total.numerator };
    let has_denominator = matches!(rule.kind, Kind::Ratio | Kind::Mean);
    let mut measured = Measured {
        code: rule.code,
        value: total.value(rule.kind),
        numerator: Some(Number::Whole(counted)),
        denominator: has_denominator.then_some(Number::Whole(total.denominator)),
        target: None,
        baseline: None,
        unit: String::new(),
        by: Cuts { sex, group, region, direction, supplier: Values::new() },
        beside: BTreeMap::new(),
    };
    if let Some(high) = total.percentile(90).filter(|_| rule.kind == Kind::Median) {
        measured.beside.insert("p90", Number::Whole(high));
    }
    beside(&mut measured, subjects, asked);
    measured
}

fn codes(subject: &Subject, day: NaiveDate, place: Place) -> [Vec<&str>; 4] {
    let sex = match subject.sex {
        Some('F') => vec!["F"],
        Some(_) => vec!["M"],
        None => Vec::new(),
    };
    let mut groups: Vec<&str> = subject.groups_on(day).collect();
    if groups.is_empty() {
        groups.push("NONE");
    }
    let region = match (place, &subject.business_region) {
        (Place::Business, Some(region)) => region,
        _ => &subject.residence,
    };
    let direction = subject.direction.as_ref().unwrap_or(&subject.wished);
    [sex, groups, vec![region], vec![direction]]
}
