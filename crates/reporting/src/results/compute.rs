//! From cases to indicators. Pure: the only figures it knows come with its arguments.

use super::{
    report::{Cuts, Measured, Number},
    subject::Subject,
    survival_24m, visits,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, HashSet};
use values::id::PersonId;

/// What a report is asked for.
#[derive(Clone, Copy, Debug)]
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
}

/// Where a case belongs in the cuts of one indicator.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Place {
    Residence,
    Business,
}

/// One case's part in an indicator: the day at which groups are looked at, and how it counts.
struct Part {
    day: NaiveDate,
    place: Place,
    numerator: i64,
    denominator: i64,
}

/// How an indicator is computed of each case.
struct Rule {
    code: &'static str,
    kind: Kind,
    /// One person counts once a phase.
    once: bool,
    part: fn(&Subject, &Asked) -> Option<Part>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
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
    let mut all: Vec<Measured> = RULES.iter().map(|rule| measure(rule, subjects, asked)).collect();
    all.push(survival_24m::measure(subjects, asked));
    all.extend(visits::measure(subjects, asked));
    all
}

/// The cases that count in an indicator, in the numerator.
pub fn behind<'s>(code: &str, subjects: &'s [Subject], asked: &'s Asked) -> Option<Vec<(&'s Subject, NaiveDate)>> {
    if code == survival_24m::CODE {
        return Some(survival_24m::behind(subjects, asked));
    }
    if let Some(counted) = visits::behind(code, subjects, asked) {
        return Some(counted);
    }
    let rule = RULES.iter().find(|rule| rule.code == code)?;
    let counted = parts(rule, subjects, asked).filter(|(_, part)| part.numerator != 0).map(|(subject, part)| (subject, part.day));
    Some(counted.collect())
}

/// The dimensions in which a case is counted: groups as valid on the day.
pub fn cut_codes(code: &str, subject: &Subject, day: NaiveDate) -> [Vec<String>; 4] {
    let place = if BUSINESS.contains(&code) { Place::Business } else { Place::Residence };
    codes(subject, day, place)
}

const BUSINESS: [&str; 13] = [
    "EQUIPPED",
    "STARTED",
    "OPERATING",
    "STATUS_STALE",
    "TRANSFERRED",
    "RECOVERED",
    "AWARDED",
    "SURVIVING_24M",
    "OWNERSHIP_RATE",
    "COST_PER_EQUIPPED",
    visits::JOBS,
    visits::ON_TIME,
    visits::SATISFACTION,
];

fn parts<'s>(rule: &'s Rule, subjects: &'s [Subject], asked: &'s Asked) -> impl Iterator<Item = (&'s Subject, Part)> {
    let mut seen: HashSet<(PersonId, &str)> = HashSet::new();
    subjects.iter().filter_map(move |subject| {
        let part = (rule.part)(subject, asked)?;
        let first = !rule.once || subject.person.is_none_or(|person| seen.insert((person, subject.phase.as_str())));
        first.then_some((subject, part))
    })
}

#[derive(Default)]
struct Sum {
    numerator: i64,
    denominator: i64,
    all: Vec<i64>,
}

impl Sum {
    fn add(&mut self, part: &Part, kind: Kind) {
        self.numerator += part.numerator;
        self.denominator += part.denominator;
        if kind == Kind::Median {
            self.all.push(part.numerator);
        }
    }

    fn value(&mut self, kind: Kind) -> Option<Number> {
        match kind {
            Kind::Count => Some(Number::Whole(self.numerator)),
            Kind::Ratio if self.denominator > 0 => {
                Some(Number::rounded(self.numerator as f64 * 100.0 / self.denominator as f64, 2))
            }
            Kind::Mean if self.denominator > 0 => Some(Number::rounded(self.numerator as f64 / self.denominator as f64, 2)),
            Kind::Median => self.percentile(50).map(Number::Whole),
            _ => None,
        }
    }

    /// The nearest-rank percentile.
    fn percentile(&mut self, percent: usize) -> Option<i64> {
        self.all.sort_unstable();
        let rank = (self.all.len() * percent).div_ceil(100).max(1);
        self.all.get(rank - 1).copied()
    }
}

fn measure(rule: &Rule, subjects: &[Subject], asked: &Asked) -> Measured {
    let mut total = Sum::default();
    let mut cuts: [BTreeMap<String, Sum>; 4] = Default::default();
    for (subject, part) in parts(rule, subjects, asked) {
        total.add(&part, rule.kind);
        for (cut, codes) in cuts.iter_mut().zip(codes(subject, part.day, part.place)) {
            for code in codes {
                cut.entry(code).or_default().add(&part, rule.kind);
            }
        }
    }
    let [sex, group, region, direction] =
        cuts.map(|cut| cut.into_iter().map(|(code, mut sum)| (code, sum.value(rule.kind))).collect::<BTreeMap<_, _>>());
    let mut beside = BTreeMap::new();
    if rule.kind == Kind::Median
        && let Some(high) = total.percentile(90)
    {
        beside.insert("p90", Number::Whole(high));
    }
    let value = total.value(rule.kind);
    let is_count = rule.kind == Kind::Count;
    let counted = Number::Whole(if rule.kind == Kind::Median { total.all.len() as i64 } else { total.numerator });
    Measured {
        code: rule.code,
        value,
        numerator: Some(counted),
        denominator: (!is_count && rule.kind != Kind::Median).then_some(Number::Whole(total.denominator)),
        target: None,
        baseline: None,
        unit: String::new(),
        by: Cuts { sex, group, region, direction },
        beside,
    }
}

fn codes(subject: &Subject, day: NaiveDate, place: Place) -> [Vec<String>; 4] {
    let sex = subject.sex.map(|sex| sex.to_string()).into_iter().collect();
    let mut groups: Vec<String> = subject.groups_on(day).map(str::to_owned).collect();
    if groups.is_empty() {
        groups.push("NONE".to_owned());
    }
    let region = match (place, &subject.business_region) {
        (Place::Business, Some(region)) => region.clone(),
        _ => subject.residence.clone(),
    };
    let direction = subject.direction.clone().unwrap_or_else(|| subject.wished.clone());
    [sex, groups, vec![region], vec![direction]]
}

/// Counted on a day that has come.
fn counted(day: Option<NaiveDate>, asked: &Asked, place: Place) -> Option<Part> {
    let day = day.filter(|day| *day <= asked.as_of)?;
    Some(Part { day, place, numerator: 1, denominator: 1 })
}

/// Of those whose `of` has come, those whose `reached` has.
fn share(of: Option<NaiveDate>, reached: Option<NaiveDate>, asked: &Asked, place: Place) -> Option<Part> {
    let day = of.filter(|day| *day <= asked.as_of)?;
    let numerator = i64::from(reached.is_some_and(|day| day <= asked.as_of));
    Some(Part { day, place, numerator, denominator: 1 })
}

/// Women of those whose day has come.
fn women(subject: &Subject, day: Option<NaiveDate>, asked: &Asked, place: Place) -> Option<Part> {
    let part = counted(day, asked, place)?;
    Some(Part { numerator: i64::from(subject.sex == Some('F')), ..part })
}

/// Days from one event to the next.
fn between(from: Option<NaiveDate>, to: Option<NaiveDate>, asked: &Asked, place: Place) -> Option<Part> {
    let day = to.filter(|day| *day <= asked.as_of)?;
    Some(Part { day, place, numerator: (day - from?).num_days(), denominator: 1 })
}

fn days_before(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_signed(chrono::TimeDelta::days(days)).unwrap_or(day)
}

use Place::{Business, Residence};

const RULES: &[Rule] = &[
    Rule { code: "APPLIED", kind: Kind::Count, once: false, part: |s, a| counted(s.days.applied, a, Residence) },
    Rule { code: "APPLICANTS", kind: Kind::Count, once: true, part: |s, a| counted(s.days.applied, a, Residence) },
    Rule { code: "SELECTED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.selected, a, Residence) },
    Rule { code: "TRAINED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.trained, a, Residence) },
    Rule { code: "APPROVED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.approved, a, Residence) },
    Rule { code: "EQUIPPED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.received, a, Business) },
    Rule { code: "STARTED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.started, a, Business) },
    Rule { code: "OPERATING", kind: Kind::Count, once: true, part: |s, a| running(s, a, true) },
    Rule { code: "STATUS_STALE", kind: Kind::Count, once: true, part: |s, a| running(s, a, false) },
    Rule { code: "TRANSFERRED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.transferred, a, Business) },
    Rule { code: "RECOVERED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.recovered, a, Business) },
    Rule { code: "AWARDED", kind: Kind::Count, once: true, part: |s, a| counted(s.days.awarded, a, Business) },
    Rule { code: "WOMEN_SHARE", kind: Kind::Ratio, once: true, part: |s, a| women(s, s.days.received, a, Business) },
    Rule { code: "WOMEN_SHARE_SELECTED", kind: Kind::Ratio, once: true, part: |s, a| women(s, s.days.selected, a, Residence) },
    Rule { code: "WOMEN_SHARE_TRAINED", kind: Kind::Ratio, once: true, part: |s, a| women(s, s.days.trained, a, Residence) },
    Rule { code: "WOMEN_SHARE_AWARDED", kind: Kind::Ratio, once: true, part: |s, a| women(s, s.days.awarded, a, Business) },
    Rule {
        code: "TRAINING_COMPLETION",
        kind: Kind::Ratio,
        once: true,
        part: |s, a| {
            let settled = days_before(a.as_of, a.training_settled_days);
            share(s.days.training_started.filter(|day| *day <= settled), s.days.trained, a, Residence)
        },
    },
    Rule {
        code: "KNOWLEDGE_GAIN",
        kind: Kind::Mean,
        once: true,
        part: |s, a| {
            let part = counted(s.days.trained, a, Residence)?;
            Some(Part { numerator: i64::from(s.gain?), ..part })
        },
    },
    Rule {
        code: "PLAN_PASS",
        kind: Kind::Ratio,
        once: true,
        part: |s, a| share(s.days.plan_decided, s.days.approved, a, Residence),
    },
    Rule {
        code: "EQUIPPED_OF_TRAINED",
        kind: Kind::Ratio,
        once: true,
        part: |s, a| {
            share(s.days.trained.filter(|day| in_the_quarter_a_year_before(*day, a.as_of)), s.days.received, a, Residence)
        },
    },
    Rule { code: "LANDHOLDER_CAP", kind: Kind::Ratio, once: true, part: landholders },
    Rule {
        code: "TIME_TO_DECISION",
        kind: Kind::Median,
        once: false,
        part: |s, a| between(s.days.applied, s.days.decided, a, Residence),
    },
    Rule {
        code: "TIME_TO_SELECTION",
        kind: Kind::Median,
        once: false,
        part: |s, a| between(s.days.applied, s.days.selected, a, Residence),
    },
    Rule {
        code: "TIME_TO_APPROVAL",
        kind: Kind::Median,
        once: false,
        part: |s, a| between(s.days.trained, s.days.approved, a, Residence),
    },
    Rule {
        code: "TIME_TO_RECEIPT",
        kind: Kind::Median,
        once: false,
        part: |s, a| between(s.days.contracted, s.days.received, a, Business),
    },
    Rule {
        code: "OWNERSHIP_RATE",
        kind: Kind::Ratio,
        once: true,
        part: |s, a| {
            let settled = days_before(a.as_of, a.ownership_settled_days);
            let of = s.days.received.and(s.days.term_ends).filter(|day| *day <= settled);
            share(of, s.days.transferred, a, Business)
        },
    },
    Rule {
        code: "COST_PER_EQUIPPED",
        kind: Kind::Mean,
        once: true,
        part: |s, a| {
            let part = counted(s.days.received, a, Business)?;
            Some(Part { numerator: s.received_value, ..part })
        },
    },
];

/// Landholding jobseekers over unemployed people admitted in the calendar year: a case is in one or in the other.
fn landholders(subject: &Subject, asked: &Asked) -> Option<Part> {
    use chrono::Datelike;
    let part = counted(subject.days.accepted, asked, Residence)?;
    let admitted = part.day.year() == asked.as_of.year();
    let land = i64::from(subject.landholder);
    admitted.then_some(Part { numerator: land, denominator: 1 - land, ..part })
}

/// Started and not ended: seen lately, or not.
fn running(subject: &Subject, asked: &Asked, seen: bool) -> Option<Part> {
    let part = counted(subject.days.started, asked, Business)?;
    let over = [subject.days.ended, subject.days.recovered, subject.days.deceased];
    if over.into_iter().flatten().any(|day| day <= asked.as_of) {
        return None;
    }
    let last = subject.last_seen(asked.as_of).max(subject.days.started)?;
    let is_fresh = (asked.as_of - last).num_days() <= asked.seen_within_days;
    (is_fresh == seen).then_some(part)
}

/// The calendar quarter that ended at least a year before: those trained in it have had time to be equipped.
fn in_the_quarter_a_year_before(day: NaiveDate, as_of: NaiveDate) -> bool {
    use chrono::{Datelike, Months};
    let Some(year_before) = as_of.checked_sub_months(Months::new(12)) else { return false };
    let quarter = |day: NaiveDate| day.year() * 4 + (day.month0() / 3) as i32;
    quarter(day) == quarter(year_before) - 1
}
