//! SURVIVING_24M: of those equipped two years ago and seen near the anniversary, how many are in business; with what
//! must stand beside it.

use super::{
    compute::{Asked, cut_codes},
    report::{Cuts, Measured, Number},
    subject::{Status, Subject},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use survival::{Span, kaplan_meier};
use values::add_months;

pub const CODE: &str = "SURVIVING_24M";

/// How each case that is due stands at its second anniversary.
fn due<'s>(subjects: &'s [Subject], asked: &Asked) -> Vec<(&'s Subject, NaiveDate, Status)> {
    subjects
        .iter()
        .filter_map(|subject| {
            let received = subject.days.received.filter(|day| *day <= asked.as_of)?;
            let anniversary = add_months(received, 24);
            (anniversary <= asked.as_of).then(|| (subject, received, status(subject, anniversary, asked)))
        })
        .collect()
}

/// The observation nearest to the anniversary; else what is known to hold on that day; else nobody was there.
fn status(subject: &Subject, anniversary: NaiveDate, asked: &Asked) -> Status {
    let until = |day: Option<NaiveDate>| day.is_some_and(|day| day <= anniversary);
    if until(subject.days.deceased) {
        return Status::Deceased;
    }
    if until(subject.days.ended) {
        return Status::Ended;
    }
    let window = asked.followup_window_months;
    let (from, to) = (add_months(anniversary, -window), add_months(anniversary, window));
    if let Some(seen) = subject.followup_24.filter(|seen| seen.on <= asked.as_of && seen.on >= from && seen.on <= to) {
        return seen.status;
    }
    let later = |day: Option<NaiveDate>| day.is_some_and(|day| day > anniversary && day <= asked.as_of);
    if !until(subject.days.started) {
        return Status::Ended;
    }
    // Seen later and not ended before: it was in business on the day.
    if later(subject.last_seen(asked.as_of)) || later(subject.days.ended) {
        return Status::InBusiness;
    }
    Status::NotVisited
}

/// The indicator with its parts.
pub fn measure(subjects: &[Subject], asked: &Asked) -> Measured {
    let due = due(subjects, asked);
    let count = |status: Status| due.iter().filter(|(_, _, found)| *found == status).count() as i64;
    let [stays, ended] = [count(Status::InBusiness), count(Status::Ended)];
    let [away, unseen, deceased] = [count(Status::Unreachable), count(Status::NotVisited), count(Status::Deceased)];
    let percent = |part: i64, whole: i64| (whole > 0).then(|| Number::rounded(part as f64 * 100.0 / whole as f64, 2));
    let mut beside = BTreeMap::from([
        ("due", Number::Whole(due.len() as i64)),
        ("in_business", Number::Whole(stays)),
        ("ended", Number::Whole(ended)),
        ("unreachable", Number::Whole(away)),
        ("not_visited", Number::Whole(unseen)),
        ("deceased", Number::Whole(deceased)),
    ]);
    if let Some(low) = percent(stays, stays + ended + away + unseen) {
        beside.insert("low_bound", low);
    }
    curve(subjects, asked, &mut beside);
    Measured {
        code: CODE,
        value: percent(stays, stays + ended),
        numerator: Some(Number::Whole(stays)),
        denominator: Some(Number::Whole(stays + ended)),
        target: None,
        baseline: None,
        unit: String::new(),
        by: cuts(&due, percent),
        beside,
    }
}

fn cuts(due: &[(&Subject, NaiveDate, Status)], percent: impl Fn(i64, i64) -> Option<Number>) -> Cuts {
    let mut sums: [BTreeMap<String, (i64, i64)>; 4] = Default::default();
    for (subject, received, status) in due {
        let (stays, known) = match status {
            Status::InBusiness => (1, 1),
            Status::Ended => (0, 1),
            _ => continue,
        };
        for (cut, codes) in sums.iter_mut().zip(cut_codes(CODE, subject, *received)) {
            for code in codes {
                let sum = cut.entry(code).or_default();
                sum.0 += stays;
                sum.1 += known;
            }
        }
    }
    let [sex, group, region, direction] =
        sums.map(|cut| cut.into_iter().map(|(code, (stays, known))| (code, percent(stays, known))).collect());
    Cuts { sex, group, region, direction }
}

/// Kaplan–Meier from receipt to the first lasting end, censored at the last observation: at 6, 12 and 24 months.
fn curve(subjects: &[Subject], asked: &Asked, beside: &mut BTreeMap<&'static str, Number>) {
    let spans: Vec<Span> = subjects
        .iter()
        .filter_map(|subject| {
            let received = subject.days.received.filter(|day| *day <= asked.as_of)?;
            if let Some(ended) = subject.days.ended.filter(|day| *day <= asked.as_of) {
                return Some(Span::ended((ended - received).num_days()));
            }
            let last = [subject.last_seen(asked.as_of), subject.days.started, subject.days.deceased];
            let last = last.into_iter().flatten().filter(|day| *day <= asked.as_of).max().unwrap_or(received);
            Some(Span::censored((last - received).num_days()))
        })
        .collect();
    if spans.is_empty() {
        return;
    }
    let curve = kaplan_meier(&spans);
    let keys = [
        ("km_6m", "km_6m_low", "km_6m_high", 183),
        ("km_12m", "km_12m_low", "km_12m_high", 365),
        ("km_24m", "km_24m_low", "km_24m_high", 730),
    ];
    for (at, low, high, days) in keys {
        let point = curve.at(days);
        beside.insert(at, Number::rounded(point.estimate * 100.0, 2));
        beside.insert(low, Number::rounded(point.low * 100.0, 2));
        beside.insert(high, Number::rounded(point.high * 100.0, 2));
    }
}

/// The cases in business at their second anniversary.
pub fn behind<'s>(subjects: &'s [Subject], asked: &Asked) -> Vec<(&'s Subject, NaiveDate)> {
    let stays = due(subjects, asked).into_iter().filter(|(_, _, status)| *status == Status::InBusiness);
    stays.map(|(subject, received, _)| (subject, received)).collect()
}
