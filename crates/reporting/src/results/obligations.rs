//! OBLIGATIONS_MET: duties of the contract that were met by the day on which they fell due, of those that fell due.

use super::{
    compute::{Asked, Part},
    subject::{Obligation, Subject},
};
use chrono::NaiveDate;
use registry::programme::Shown;

/// How many duties have fallen due, and how many of them were met. A duty falls away with the person's death and with the
/// return of the equipment; a visit that nobody came to make is not the person's to answer for.
pub(super) fn met(subject: &Subject, asked: &Asked) -> Option<Part> {
    let received = subject.days.received.filter(|day| *day <= asked.as_of)?;
    let until = [subject.days.deceased, subject.days.recovered].into_iter().flatten().fold(asked.as_of, NaiveDate::min);
    let mut part = Part { day: received, numerator: 0, denominator: 0 };
    for (number, obligation) in subject.obligations.iter().enumerate().filter(|(_, one)| one.due <= until) {
        let since = subject.obligations[..number].iter().rfind(|one| one.shown_by == obligation.shown_by);
        let Some(is_met) = is_met(subject, asked, obligation, since.map_or(received, |one| one.due)) else { continue };
        part.day = part.day.max(obligation.due);
        part.denominator += 1;
        part.numerator += i64::from(is_met);
    }
    (part.denominator > 0).then_some(part)
}

/// Whether it was met by its day; none while nothing can show it.
fn is_met(subject: &Subject, asked: &Asked, obligation: &Obligation, since: NaiveDate) -> Option<bool> {
    let due = obligation.due;
    let by_then = |day: Option<NaiveDate>| day.is_some_and(|day| day <= due);
    match obligation.shown_by {
        Shown::BusinessStarted => Some(by_then(subject.days.started)),
        Shown::TaxRegistration => {
            let mut told: Vec<(NaiveDate, bool)> = subject.told(asked.as_of, |visit| visit.is_tax_registered).collect();
            told.sort_unstable();
            // What is shown at the first visit after the day was so on the day, as far as anybody knows.
            let last = told.partition_point(|(day, _)| *day <= due);
            let shown = told.iter().take(last + 1).any(|(_, is_registered)| *is_registered);
            (!told.is_empty()).then_some(shown)
        }
        Shown::Visit => {
            let made = subject.told(asked.as_of, |visit| Some(visit.is_met)).filter(|(day, _)| *day > since && *day <= due);
            made.map(|(_, is_met)| is_met).reduce(|one, other| one || other)
        }
        Shown::Ownership => {
            let settled = due.checked_add_signed(chrono::TimeDelta::days(asked.ownership_settled_days))?;
            let is_owner = subject.days.transferred.is_some_and(|day| day <= asked.as_of);
            (is_owner || settled <= asked.as_of).then_some(is_owner)
        }
    }
}
