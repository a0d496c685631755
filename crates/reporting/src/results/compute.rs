//! From cases to indicators. Pure: the only figures it knows come with its arguments.

use super::{
    indicators::{RULES, beside, is_part},
    report::{Cuts, Measured, Number},
    subject::Subject,
    survival_24m,
};
use chrono::NaiveDate;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;
use std::collections::BTreeMap;
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
    // The cases take far more room than a processor keeps at hand: each of a few parts of the rules walks over them once.
    let some = RULES.len().div_ceil(4 * rayon::current_num_threads()).max(1);
    let mut all: Vec<Measured> = RULES.par_chunks(some).flat_map_iter(|rules| measure(rules, subjects, asked)).collect();
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
    let mut codes: [Vec<&str>; 4] = Default::default();
    each_code(subject, day, rule.map_or(Place::Business, |rule| rule.place), |cut, code| codes[cut].push(code));
    codes
}

pub(super) fn parts<'s>(rule: &'s Rule, subjects: &'s [Subject], asked: &'s Asked) -> impl Iterator<Item = (&'s Subject, Part)> {
    let mut seen: HashSet<(PersonId, &str)> = HashSet::new();
    subjects.iter().filter_map(move |subject| {
        let part = (rule.part)(subject, asked)?;
        (!rule.once || first(&mut seen, subject)).then_some((subject, part))
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

fn measure(rules: &[Rule], subjects: &[Subject], asked: &Asked) -> Vec<Measured> {
    let mut tallies: Vec<Tally<'_>> = rules.iter().map(Tally::of).collect();
    for subject in subjects {
        tallies.iter_mut().for_each(|tally| tally.take(subject, asked));
    }
    tallies.into_iter().map(|tally| tally.measured(subjects, asked)).collect()
}

/// What one rule has found so far.
struct Tally<'s> {
    rule: &'s Rule,
    /// Who has counted in which phase.
    seen: HashSet<(PersonId, &'s str)>,
    total: Sum,
    cuts: [HashMap<&'s str, Sum>; 4],
}

impl<'s> Tally<'s> {
    fn of(rule: &'s Rule) -> Self {
        Self { rule, seen: HashSet::new(), total: Sum::default(), cuts: Default::default() }
    }

    fn take(&mut self, subject: &'s Subject, asked: &Asked) {
        let Some(part) = (self.rule.part)(subject, asked) else { return };
        if self.rule.once && !first(&mut self.seen, subject) {
            return;
        }
        self.total.add(&part, self.rule.kind);
        each_code(subject, part.day, self.rule.place, |cut, code| {
            self.cuts[cut].entry(code).or_default().add(&part, self.rule.kind);
        });
    }

    fn measured(self, subjects: &[Subject], asked: &Asked) -> Measured {
        let Self { rule, mut total, cuts, .. } = self;
        let values = |cut: HashMap<&str, Sum>| -> Values {
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
}

/// Whether this is the person's first case in its phase; without a person each is.
fn first<'s>(seen: &mut HashSet<(PersonId, &'s str)>, subject: &'s Subject) -> bool {
    subject.person.is_none_or(|person| seen.insert((person, &*subject.phase)))
}

/// Calls `take` with each code under which a case is counted, and with the cut that the code belongs to: sex, group, region,
/// direction.
fn each_code<'s>(subject: &'s Subject, day: NaiveDate, place: Place, mut take: impl FnMut(usize, &'s str)) {
    match subject.sex {
        Some('F') => take(0, "F"),
        Some(_) => take(0, "M"),
        None => {}
    }
    let mut is_in_none = true;
    for group in subject.groups_on(day) {
        take(1, group);
        is_in_none = false;
    }
    if is_in_none {
        take(1, "NONE");
    }
    match (place, &subject.business_region) {
        (Place::Business, Some(region)) => take(2, region),
        _ => take(2, &subject.residence),
    }
    take(3, subject.direction.as_ref().unwrap_or(&subject.wished));
}
