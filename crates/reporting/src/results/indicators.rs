//! The indicators that cases alone give, one rule each, and what stands beside some of them.

use super::{
    answers,
    compute::{
        Asked, Kind, Part,
        Place::{self, Business, Residence},
        Rule, parts, percent,
    },
    households, obligations, pieces,
    report::{Measured, Number},
    subject::{Pause, Subject},
    visits,
};
use chrono::{Datelike, Months, NaiveDate};

const fn rule(code: &'static str, kind: Kind, place: Place, part: fn(&Subject, &Asked) -> Option<Part>) -> Rule {
    Rule { code, kind, place, once: true, part }
}

/// Of every case, whoever has had another.
const fn of_cases(code: &'static str, kind: Kind, place: Place, part: fn(&Subject, &Asked) -> Option<Part>) -> Rule {
    Rule { code, kind, place, once: false, part }
}

const EQUIPPED_OF_TRAINED: &str = "EQUIPPED_OF_TRAINED";

pub(super) const RULES: &[Rule] = &[
    of_cases("APPLIED", Kind::Count, Residence, |s, a| counted(s.days.applied, a)),
    rule("APPLICANTS", Kind::Count, Residence, |s, a| counted(s.days.applied, a)),
    rule("SELECTED", Kind::Count, Residence, |s, a| counted(s.days.selected, a)),
    rule("TRAINED", Kind::Count, Residence, |s, a| counted(s.days.trained, a)),
    rule("APPROVED", Kind::Count, Residence, |s, a| counted(s.days.approved, a)),
    rule("EQUIPPED", Kind::Count, Business, |s, a| counted(s.days.received, a)),
    rule("STARTED", Kind::Count, Business, |s, a| counted(s.days.started, a)),
    rule("OPERATING", Kind::Count, Business, |s, a| running(s, a).filter(|_| is_fresh(s, a) && !rests_long(s, a))),
    rule("STATUS_STALE", Kind::Count, Business, |s, a| running(s, a).filter(|_| !is_fresh(s, a))),
    rule("TRANSFERRED", Kind::Count, Business, |s, a| counted(s.days.transferred, a)),
    rule("RECOVERED", Kind::Count, Business, |s, a| counted(s.days.recovered, a)),
    rule("AWARDED", Kind::Count, Business, |s, a| counted(s.days.awarded, a)),
    of_cases(visits::JOBS, Kind::Count, Business, visits::jobs),
    rule("WOMEN_SHARE", Kind::Ratio, Business, |s, a| women(s, s.days.received, a)),
    rule("WOMEN_SHARE_SELECTED", Kind::Ratio, Residence, |s, a| women(s, s.days.selected, a)),
    rule("WOMEN_SHARE_TRAINED", Kind::Ratio, Residence, |s, a| women(s, s.days.trained, a)),
    rule("WOMEN_SHARE_AWARDED", Kind::Ratio, Business, |s, a| women(s, s.days.awarded, a)),
    rule("TRAINING_COMPLETION", Kind::Ratio, Residence, |s, a| {
        let settled = days_before(a.as_of, a.training_settled_days);
        share(s.days.training_started.filter(|day| *day <= settled), s.days.trained, a)
    }),
    rule("KNOWLEDGE_GAIN", Kind::Mean, Residence, |s, a| {
        Some(Part { numerator: i64::from(s.gain?), ..counted(s.days.trained, a)? })
    }),
    rule("PLAN_PASS", Kind::Ratio, Residence, |s, a| share(s.days.plan_decided, s.days.approved, a)),
    rule(EQUIPPED_OF_TRAINED, Kind::Ratio, Residence, |s, a| {
        share(s.days.trained.filter(|day| in_the_quarter_a_year_before(*day, a.as_of)), s.days.received, a)
    }),
    rule("LANDHOLDER_CAP", Kind::Ratio, Residence, landholders),
    of_cases("TIME_TO_DECISION", Kind::Median, Residence, |s, a| between(s.days.applied, s.days.decided, a)),
    of_cases("TIME_TO_SELECTION", Kind::Median, Residence, |s, a| between(s.days.applied, s.days.selected, a)),
    of_cases("TIME_TO_APPROVAL", Kind::Median, Residence, |s, a| between(s.days.trained, s.days.approved, a)),
    of_cases("TIME_TO_RECEIPT", Kind::Median, Business, |s, a| between(s.days.contracted, s.days.received, a)),
    of_cases(pieces::DEFECTS, Kind::Ratio, Business, pieces::defects),
    of_cases(visits::ON_TIME, Kind::Ratio, Business, visits::on_time),
    of_cases("OBLIGATIONS_MET", Kind::Ratio, Business, obligations::met),
    rule("OWNERSHIP_RATE", Kind::Ratio, Business, |s, a| {
        let settled = days_before(a.as_of, a.ownership_settled_days);
        share(s.days.received.and(s.days.term_ends).filter(|day| *day <= settled), s.days.transferred, a)
    }),
    of_cases("INCOME_GAIN", Kind::Median, Business, households::income),
    of_cases("ASSISTANCE_EXIT", Kind::Ratio, Business, households::leaves_assistance),
    of_cases("ASSISTANCE_REENTRY", Kind::Ratio, Business, households::comes_back),
    rule("COST_PER_EQUIPPED", Kind::Mean, Business, |s, a| {
        Some(Part { numerator: s.received_value, ..counted(s.days.received, a)? })
    }),
    of_cases("APPEALS_CHANGED", Kind::Ratio, Residence, answers::appeals_changed),
    of_cases(visits::SATISFACTION, Kind::Ratio, Business, visits::content),
];

/// Counts and ratios to which one case may bring more than one.
pub(super) const COUNTED_WITHIN: [&str; 5] =
    [visits::JOBS, visits::ON_TIME, pieces::DEFECTS, "OBLIGATIONS_MET", "APPEALS_CHANGED"];

/// Counted on a day that has come.
fn counted(day: Option<NaiveDate>, asked: &Asked) -> Option<Part> {
    let day = day.filter(|day| *day <= asked.as_of)?;
    Some(Part { day, numerator: 1, denominator: 1 })
}

/// Of those whose `of` has come, those whose `reached` has.
fn share(of: Option<NaiveDate>, reached: Option<NaiveDate>, asked: &Asked) -> Option<Part> {
    let numerator = i64::from(reached.is_some_and(|day| day <= asked.as_of));
    Some(Part { numerator, ..counted(of, asked)? })
}

/// Women of those whose day has come.
fn women(subject: &Subject, day: Option<NaiveDate>, asked: &Asked) -> Option<Part> {
    Some(Part { numerator: i64::from(subject.sex == Some('F')), ..counted(day, asked)? })
}

/// Days from one event to the next; nothing where they came in the other order, as when training is made up for later.
fn between(from: Option<NaiveDate>, to: Option<NaiveDate>, asked: &Asked) -> Option<Part> {
    let part = counted(to, asked)?;
    let days = (part.day - from?).num_days();
    (days >= 0).then_some(Part { numerator: days, ..part })
}

fn days_before(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_signed(chrono::TimeDelta::days(days)).unwrap_or(day)
}

/// Landholding jobseekers over unemployed people admitted in the calendar year: a case is in one or in the other.
fn landholders(subject: &Subject, asked: &Asked) -> Option<Part> {
    let part = counted(subject.days.accepted, asked)?;
    let admitted = part.day.year() == asked.as_of.year();
    let land = i64::from(subject.landholder);
    admitted.then_some(Part { numerator: land, denominator: 1 - land, ..part })
}

/// Started and not over.
fn running(subject: &Subject, asked: &Asked) -> Option<Part> {
    let part = counted(subject.days.started, asked)?;
    (!subject.is_over(asked.as_of)).then_some(part)
}

/// Seen lately; the start itself was seen.
fn is_fresh(subject: &Subject, asked: &Asked) -> bool {
    let last = subject.last_seen(asked.as_of).max(subject.days.started);
    last.is_some_and(|day| (asked.as_of - day).num_days() <= asked.seen_within_days)
}

/// In a pause that has lasted longer than one may.
fn rests_long(subject: &Subject, asked: &Asked) -> bool {
    let holds = |pause: &&Pause| pause.from <= asked.as_of && pause.to.is_none_or(|to| to > asked.as_of);
    let current = subject.pauses.iter().find(holds);
    current.is_some_and(|pause| (asked.as_of - pause.from).num_days() > asked.pause_max_days)
}

/// The calendar quarter that ended at least a year before: those trained in it have had time to be equipped.
fn in_the_quarter_a_year_before(day: NaiveDate, as_of: NaiveDate) -> bool {
    let Some(year_before) = as_of.checked_sub_months(Months::new(12)) else { return false };
    let quarter = |day: NaiveDate| day.year() * 4 + (day.month0() / 3) as i32;
    quarter(day) == quarter(year_before) - 1
}

/// What became of the trained who are not equipped.
const REST: [&str; 3] = ["waiting", "refused", "left"];

/// Whether something stands beside an indicator that opens to cases of its own.
pub(super) fn is_part(code: &str, part: &str) -> bool {
    code == EQUIPPED_OF_TRAINED && REST.contains(&part)
}

/// Whether a case that counts in an indicator belongs to a part that stands beside it.
pub(super) fn in_part(part: &str, subject: &Subject, asked: &Asked) -> bool {
    let come = |day: Option<NaiveDate>| day.is_some_and(|day| day <= asked.as_of);
    let is_refused = come(subject.days.plan_decided) && !come(subject.days.approved);
    let has_left = come(subject.days.closed) || come(subject.days.deceased);
    !come(subject.days.received)
        && match part {
            "refused" => is_refused && has_left,
            "left" => !is_refused && has_left,
            _ => !has_left,
        }
}

/// Puts beside an indicator what must stand there.
pub(super) fn beside(measured: &mut Measured, subjects: &[Subject], asked: &Asked) {
    match measured.code {
        visits::JOBS => measured.by.sex = visits::jobs_by_sex(subjects, asked),
        visits::SATISFACTION => {
            let (Some(content), Some(answered)) = (measured.numerator, measured.denominator) else { return };
            if let Some(margin) = margin(content.as_f64(), answered.as_f64()) {
                measured.beside.insert("margin", margin);
            }
        }
        pieces::DEFECTS => measured.by.supplier = pieces::by_supplier(subjects, asked),
        EQUIPPED_OF_TRAINED => {
            let Some(rule) = RULES.iter().find(|rule| rule.code == EQUIPPED_OF_TRAINED) else { return };
            for part in REST {
                let count = parts(rule, subjects, asked).filter(|(subject, _)| in_part(part, subject, asked)).count();
                measured.beside.insert(part, Number::Whole(count as i64));
            }
        }
        _ => {}
    }
}

/// Half the width of the 95 % band of a share, in points.
fn margin(part: f64, whole: f64) -> Option<Number> {
    /// Standard deviations on each side of a 95 % band.
    const Z: f64 = 1.96;
    percent(1, whole as i64)?;
    let share = part / whole;
    Some(Number::rounded(Z * (share * (1.0 - share) / whole).sqrt() * 100.0, 2))
}
