//! SURVIVING_24M: of those equipped two years ago and seen near the anniversary, how many are in business; with what
//! must stand beside it.

use super::{
    compute::{Asked, Behind, cut_codes, percent},
    report::{Cuts, Measured, Number},
    staying::{
        business::{Business, businesses, equipped},
        compare::MARKS,
    },
    subject::{Status, Subject},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;
use survival::{Span, kaplan_meier};
use values::add_months;

pub const CODE: &str = "SURVIVING_24M";

/// A case that is due, and how it stands.
struct Due<'s> {
    subject: &'s Subject,
    received: NaiveDate,
    status: Status,
}

/// How each case that is due stands at its second anniversary. A person counts once a phase, by the first receipt.
fn due<'s>(subjects: &'s [Subject], asked: &'s Asked) -> Vec<Due<'s>> {
    equipped(subjects, asked)
        .filter_map(|(subject, received)| {
            let anniversary = add_months(received, 24);
            let status = || status(subject, anniversary, asked);
            (anniversary <= asked.as_of).then(|| Due { subject, received, status: status() })
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
    let around = add_months(anniversary, -window)..=add_months(anniversary, window).min(asked.as_of);
    if let Some(seen) = subject.followups[2].filter(|seen| around.contains(&seen.on)) {
        return seen.status;
    }
    if !until(subject.days.started) {
        return Status::Ended;
    }
    let later = |day: Option<NaiveDate>| day.is_some_and(|day| day > anniversary && day <= asked.as_of);
    // Seen later and not ended before: it was in business on the day.
    if later(subject.last_seen(asked.as_of)) || later(subject.days.ended) {
        return Status::InBusiness;
    }
    let tries = subject.told(asked.as_of, |visit| (!visit.is_met).then_some(())).filter(|(day, ())| around.contains(day));
    if tries.count() >= asked.unreachable_tries.max(1) { Status::Unreachable } else { Status::NotVisited }
}

/// The indicator with its parts.
pub fn measure(subjects: &[Subject], asked: &Asked) -> Measured {
    let due = due(subjects, asked);
    let count = |status: Status| due.iter().filter(|one| one.status == status).count() as i64;
    let [stays, ended] = [count(Status::InBusiness), count(Status::Ended)];
    let [away, unseen, deceased] = [count(Status::Unreachable), count(Status::NotVisited), count(Status::Deceased)];
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
        by: cuts(&due),
        beside,
    }
}

fn cuts(due: &[Due<'_>]) -> Cuts {
    let mut sums: [BTreeMap<&str, (i64, i64)>; 4] = Default::default();
    for one in due {
        let (stays, known) = match one.status {
            Status::InBusiness => (1, 1),
            Status::Ended => (0, 1),
            _ => continue,
        };
        for (cut, codes) in sums.iter_mut().zip(cut_codes(CODE, one.subject, one.received)) {
            for code in codes {
                let sum = cut.entry(code).or_default();
                sum.0 += stays;
                sum.1 += known;
            }
        }
    }
    let [sex, group, region, direction] =
        sums.map(|cut| cut.into_iter().map(|(code, (stays, known))| (code.to_owned(), percent(stays, known))).collect());
    Cuts { sex, group, region, direction, ..Cuts::default() }
}

/// Kaplan–Meier from receipt to the first lasting end, censored at the last observation: at 6, 12 and 24 months.
fn curve(subjects: &[Subject], asked: &Asked, beside: &mut BTreeMap<&'static str, Number>) {
    let spans: Vec<Span> = businesses(subjects, asked).iter().map(Business::span).collect();
    if spans.is_empty() {
        return;
    }
    let curve = kaplan_meier(&spans);
    let keys =
        [("km_6m", "km_6m_low", "km_6m_high"), ("km_12m", "km_12m_low", "km_12m_high"), ("km_24m", "km_24m_low", "km_24m_high")];
    for ((at, low, high), (_, days)) in keys.into_iter().zip(MARKS) {
        let point = curve.at(days);
        beside.insert(at, Number::rounded(point.estimate * 100.0, 2));
        beside.insert(low, Number::rounded(point.low * 100.0, 2));
        beside.insert(high, Number::rounded(point.high * 100.0, 2));
    }
}

/// The cases behind a part: those in business at their second anniversary when it is empty.
pub(super) fn behind<'s>(part: &str, subjects: &'s [Subject], asked: &'s Asked) -> Option<Vec<Behind<'s>>> {
    let wanted: &[Status] = match part {
        "" | "in_business" => &[Status::InBusiness],
        "denominator" => &[Status::InBusiness, Status::Ended],
        "ended" => &[Status::Ended],
        "unreachable" => &[Status::Unreachable],
        "not_visited" => &[Status::NotVisited],
        "deceased" => &[Status::Deceased],
        "due" => &[Status::InBusiness, Status::Ended, Status::Unreachable, Status::NotVisited, Status::Deceased],
        "watched" => {
            let all = equipped(subjects, asked).map(|(subject, received)| Behind { subject, day: received, brings: 1 });
            return Some(all.collect());
        }
        _ => return None,
    };
    let found = due(subjects, asked).into_iter().filter(|one| wanted.contains(&one.status));
    Some(found.map(|one| Behind { subject: one.subject, day: one.received, brings: 1 }).collect())
}
