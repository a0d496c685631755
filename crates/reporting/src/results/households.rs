//! What the follow-up at 12 months tells of the household: INCOME_GAIN, ASSISTANCE_EXIT and ASSISTANCE_REENTRY.

use super::{
    compute::{Asked, Part},
    subject::{Subject, Visit},
};
use chrono::NaiveDate;
use values::add_months;

/// The follow-up after receipt at which households are asked.
const MONTHS: i32 = 12;

/// What was told nearest to the anniversary, within the months that count for it.
fn at_anniversary<T>(subject: &Subject, asked: &Asked, of: impl Fn(&Visit) -> Option<T>) -> Option<(NaiveDate, T)> {
    let anniversary = add_months(subject.days.received?, MONTHS);
    if anniversary > asked.as_of {
        return None;
    }
    let window = asked.followup_window_months;
    let (from, to) = (add_months(anniversary, -window), add_months(anniversary, window));
    let told = subject.told(asked.as_of, of).filter(|(day, _)| (from..=to).contains(day));
    told.min_by_key(|(day, _)| (*day - anniversary).num_days().abs())
}

/// The level of prices on a day: that of the last version begun, or of the first.
fn level(asked: &Asked, day: NaiveDate) -> Option<i64> {
    let begun = asked.prices.partition_point(|(from, _)| *from <= day);
    asked.prices.get(begun.saturating_sub(1)).map(|(_, level)| *level)
}

/// The change of a month's income per head from registration to the follow-up, in the prices of the registration.
pub(super) fn income(subject: &Subject, asked: &Asked) -> Option<Part> {
    let before = subject.household?;
    let (day, after) = at_anniversary(subject, asked, |visit| visit.household_income)?;
    let (then, now) = (level(asked, before.registered_on)?, level(asked, day)?);
    let real = after as f64 * then as f64 / now as f64;
    let a_head = (real - before.income as f64) / before.size as f64;
    Some(Part { day, numerator: a_head.round() as i64, denominator: 1 })
}

/// Households that drew assistance when the contract was signed and said 12 months after receipt whether they still do.
fn asked_again(subject: &Subject, asked: &Asked) -> Option<(NaiveDate, bool)> {
    let assistance = asked.assistance.as_deref()?;
    let was_assisted = subject.groups_on(subject.days.contracted?).any(|code| code == assistance);
    at_anniversary(subject, asked, |visit| visit.is_assisted).filter(|_| was_assisted)
}

/// Of the households assisted before, those that are free of it.
pub(super) fn leaves_assistance(subject: &Subject, asked: &Asked) -> Option<Part> {
    let (day, is_assisted) = asked_again(subject, asked)?;
    Some(Part { day, numerator: i64::from(!is_assisted), denominator: 1 })
}

/// Of the households that were free of assistance, those that said later that they draw it again.
pub(super) fn comes_back(subject: &Subject, asked: &Asked) -> Option<Part> {
    let (day, _) = asked_again(subject, asked).filter(|(_, is_assisted)| !is_assisted)?;
    let again = subject.told(asked.as_of, |visit| visit.is_assisted).any(|(later, is_assisted)| later > day && is_assisted);
    Some(Part { day, numerator: i64::from(again), denominator: 1 })
}
