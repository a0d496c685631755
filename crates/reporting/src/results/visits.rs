//! What visits tell: VISITS_ON_TIME, JOBS by the sex of the workers, and SATISFACTION with its margin.

use super::{
    compute::{Asked, cut_codes},
    report::{Cuts, Measured, Number},
    subject::{Subject, Visit},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub const ON_TIME: &str = "VISITS_ON_TIME";
pub const JOBS: &str = "JOBS";
pub const SATISFACTION: &str = "SATISFACTION";

/// The indicators of visits.
pub fn measure(subjects: &[Subject], asked: &Asked) -> Vec<Measured> {
    let on_time = ratio(ON_TIME, &counted(ON_TIME, subjects, asked));
    let answers = counted(SATISFACTION, subjects, asked);
    let mut satisfaction = ratio(SATISFACTION, &answers);
    if let Some(margin) = margin(&answers) {
        satisfaction.beside.insert("margin", margin);
    }
    vec![jobs(subjects, asked), on_time, satisfaction]
}

/// The cases that count in the numerator of one of them, each with the day at which its groups are looked at.
pub fn behind<'s>(code: &str, subjects: &'s [Subject], asked: &Asked) -> Option<Vec<(&'s Subject, NaiveDate)>> {
    let known = [ON_TIME, JOBS, SATISFACTION].into_iter().find(|known| *known == code)?;
    let counted = counted(known, subjects, asked).into_iter().filter(|part| part.numerator > 0);
    Some(counted.map(|part| (part.subject, part.day)).collect())
}

/// One case's part.
struct Part<'s> {
    subject: &'s Subject,
    day: NaiveDate,
    numerator: i64,
    denominator: i64,
}

fn counted<'s>(code: &'static str, subjects: &'s [Subject], asked: &Asked) -> Vec<Part<'s>> {
    let part = |subject: &'s Subject| match code {
        ON_TIME => on_time(subject, asked),
        JOBS => workers(subject, asked).map(|(visit, day)| (day, i64::from(visit.women) + i64::from(visit.men), 1)),
        _ => content(subject, asked),
    };
    let parts = subjects.iter().filter_map(|subject| Some((subject, part(subject)?)));
    parts.map(|(subject, (day, numerator, denominator))| Part { subject, day, numerator, denominator }).collect()
}

/// Visits that were planned for a day that has come, and those of them that were made by that day.
fn on_time(subject: &Subject, asked: &Asked) -> Option<(NaiveDate, i64, i64)> {
    let due: Vec<&Visit> = subject.visits.iter().filter(|visit| visit.is_planned && visit.due <= asked.as_of).collect();
    let last = due.iter().map(|visit| visit.due).max()?;
    let kept = due.iter().filter(|visit| visit.made.is_some_and(|made| made <= visit.due)).count();
    Some((last, kept as i64, due.len() as i64))
}

/// The latest visit that asked after workers, not too long ago, of a business that has not ended.
fn workers<'s>(subject: &'s Subject, asked: &Asked) -> Option<(&'s Visit, NaiveDate)> {
    let over = [subject.days.ended, subject.days.recovered, subject.days.deceased];
    if over.into_iter().flatten().any(|day| day <= asked.as_of) {
        return None;
    }
    let asked_after = subject.visits.iter().filter(|visit| visit.asks_workers);
    let made = asked_after.filter_map(|visit| Some((visit, visit.made.filter(|day| *day <= asked.as_of)?)));
    made.max_by_key(|(_, day)| *day).filter(|(_, day)| (asked.as_of - *day).num_days() <= asked.seen_within_days)
}

/// The person's latest answer: content is 4 or 5 of 5.
fn content(subject: &Subject, asked: &Asked) -> Option<(NaiveDate, i64, i64)> {
    let answers = subject.visits.iter().filter_map(|visit| Some((visit.made?, visit.satisfaction?)));
    let (day, answer) = answers.filter(|(day, _)| *day <= asked.as_of).max_by_key(|(day, _)| *day)?;
    Some((day, i64::from(answer >= 4), 1))
}

fn percent((numerator, denominator): (i64, i64)) -> Option<Number> {
    (denominator > 0).then(|| Number::rounded(numerator as f64 * 100.0 / denominator as f64, 2))
}

fn sum(parts: &[Part<'_>]) -> (i64, i64) {
    parts.iter().fold((0, 0), |(n, d), part| (n + part.numerator, d + part.denominator))
}

fn ratio(code: &'static str, parts: &[Part<'_>]) -> Measured {
    let (numerator, denominator) = sum(parts);
    let [sex, group, region, direction] =
        cuts(code, parts).map(|cut| cut.into_iter().map(|(code, sum)| (code, percent(sum))).collect());
    Measured {
        code,
        value: percent((numerator, denominator)),
        numerator: Some(Number::Whole(numerator)),
        denominator: Some(Number::Whole(denominator)),
        target: None,
        baseline: None,
        unit: String::new(),
        by: Cuts { sex, group, region, direction },
        beside: BTreeMap::new(),
    }
}

type Sums = BTreeMap<String, (i64, i64)>;

fn cuts(code: &str, parts: &[Part<'_>]) -> [Sums; 4] {
    let mut sums: [Sums; 4] = Default::default();
    for part in parts {
        for (cut, codes) in sums.iter_mut().zip(cut_codes(code, part.subject, part.day)) {
            for code in codes {
                let sum = cut.entry(code).or_default();
                sum.0 += part.numerator;
                sum.1 += part.denominator;
            }
        }
    }
    sums
}

/// Paid workers besides the owner; the cut by sex is that of the workers.
fn jobs(subjects: &[Subject], asked: &Asked) -> Measured {
    let parts = counted(JOBS, subjects, asked);
    let (all, _) = sum(&parts);
    let visits = subjects.iter().filter_map(|subject| workers(subject, asked));
    let (women, men) = visits.fold((0, 0), |(w, m), (visit, _)| (w + i64::from(visit.women), m + i64::from(visit.men)));
    let whole = |sum: (i64, i64)| Some(Number::Whole(sum.0));
    let [_, group, region, direction] =
        cuts(JOBS, &parts).map(|cut| cut.into_iter().map(|(code, sum)| (code, whole(sum))).collect::<BTreeMap<_, _>>());
    let sex = BTreeMap::from([("F".to_owned(), Some(Number::Whole(women))), ("M".to_owned(), Some(Number::Whole(men)))]);
    Measured {
        code: JOBS,
        value: Some(Number::Whole(all)),
        numerator: Some(Number::Whole(all)),
        denominator: None,
        target: None,
        baseline: None,
        unit: String::new(),
        by: Cuts { sex, group, region, direction },
        beside: BTreeMap::new(),
    }
}

/// Half the width of the 95 % band of a share, in points.
fn margin(parts: &[Part<'_>]) -> Option<Number> {
    /// Standard deviations on each side of a 95 % band.
    const Z: f64 = 1.96;
    let (content, answered) = sum(parts);
    if answered == 0 {
        return None;
    }
    let share = content as f64 / answered as f64;
    Some(Number::rounded(Z * (share * (1.0 - share) / answered as f64).sqrt() * 100.0, 2))
}
