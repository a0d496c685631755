//! What visits tell: VISITS_ON_TIME, JOBS by the sex of the workers, and SATISFACTION.

use super::{
    compute::{Asked, Part},
    report::Number,
    subject::{Subject, Visit},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub const ON_TIME: &str = "VISITS_ON_TIME";
pub const JOBS: &str = "JOBS";
pub const SATISFACTION: &str = "SATISFACTION";

/// Visits that were planned for a day that has come, and those of them that were made by that day.
pub(super) fn on_time(subject: &Subject, asked: &Asked) -> Option<Part> {
    let due = || subject.visits.iter().filter(|visit| visit.is_planned && visit.due <= asked.as_of);
    let day = due().map(|visit| visit.due).max()?;
    let kept = due().filter(|visit| visit.made.is_some_and(|made| made <= visit.due)).count();
    Some(Part { day, numerator: kept as i64, denominator: due().count() as i64 })
}

/// The latest visit that asked after workers, not too long ago, of a business that has not ended.
pub(super) fn workers<'s>(subject: &'s Subject, asked: &Asked) -> Option<(&'s Visit, NaiveDate)> {
    if subject.is_over(asked.as_of) {
        return None;
    }
    let asked_after = subject.visits.iter().filter(|visit| visit.asks_workers);
    let made = asked_after.filter_map(|visit| Some((visit, visit.made.filter(|day| *day <= asked.as_of)?)));
    made.max_by_key(|(_, day)| *day).filter(|(_, day)| (asked.as_of - *day).num_days() <= asked.seen_within_days)
}

/// Paid workers besides the owner.
pub(super) fn jobs(subject: &Subject, asked: &Asked) -> Option<Part> {
    let (visit, day) = workers(subject, asked)?;
    Some(Part { day, numerator: i64::from(visit.women) + i64::from(visit.men), denominator: 1 })
}

/// The cut of jobs by sex is that of the workers.
pub(super) fn jobs_by_sex(subjects: &[Subject], asked: &Asked) -> BTreeMap<String, Option<Number>> {
    let visits = subjects.iter().filter_map(|subject| workers(subject, asked));
    let (women, men) = visits.fold((0, 0), |(w, m), (visit, _)| (w + i64::from(visit.women), m + i64::from(visit.men)));
    BTreeMap::from([("F".to_owned(), Some(Number::Whole(women))), ("M".to_owned(), Some(Number::Whole(men)))])
}

/// The person's latest answer: content is 4 or 5 of 5.
pub(super) fn content(subject: &Subject, asked: &Asked) -> Option<Part> {
    let (day, answer) = subject.told(asked.as_of, |visit| visit.satisfaction).max_by_key(|(day, _)| *day)?;
    Some(Part { day, numerator: i64::from(answer >= 4), denominator: 1 })
}
