//! Receipt numbers, and what keeps an application from being taken in. Pure.

use crate::case::{self, CaseState, Code, Stage, Terms, may_reapply};
use chrono::NaiveDate;
use platform::message::{Explain, Message};

/// Why an application is not taken in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    NoCall,
    NoConsent,
    /// Neither unemployed nor a jobseeker now.
    NoStatus,
    Deceased,
    OpenCase,
    SameDirections,
    /// The person's earlier case ended in this call, and its time to appeal still runs.
    EarlierEnds,
    /// The person's earlier case says that it is too soon, or never.
    Earlier(case::Refusal),
}

/// Whether the person of an earlier case may apply on a day in a call of a phase.
pub fn may_apply_again(earlier: &CaseState, call: Code, phase: Code, on: NaiveDate, terms: &Terms) -> Result<(), Refusal> {
    match earlier.stage {
        Stage::Closed => may_reapply(earlier, call, phase, on, terms).map_err(Refusal::Earlier),
        _ if earlier.call == call => Err(Refusal::EarlierEnds),
        _ => Ok(()),
    }
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Refusal::Earlier(refusal) => return refusal.message(),
            Refusal::EarlierEnds => "intake-again-ends",
            Refusal::NoCall => "intake-refusal-no-call",
            Refusal::NoConsent => "intake-refusal-no-consent",
            Refusal::NoStatus => "intake-refusal-no-status",
            Refusal::Deceased => "intake-refusal-deceased",
            Refusal::OpenCase => "intake-refusal-open-case",
            Refusal::SameDirections => "intake-refusal-same-directions",
        })
    }
}

/// A receipt number: year, office, number in that year, and a check digit (Luhn) that finds one mistyped digit and most
/// swapped ones. At most 19 characters.
pub fn receipt(year: i32, office: i32, number: i32) -> String {
    let body = format!("{year:04}{office:04}{number:05}");
    format!("{year:04}-{office:04}-{number:05}-{}", luhn(&body))
}

/// The check digit of a string of digits.
fn luhn(digits: &str) -> u32 {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(at, digit)| match (at % 2 == 0, digit * 2) {
            (false, _) => digit,
            (true, twice) if twice > 9 => twice - 9,
            (true, twice) => twice,
        })
        .sum();
    (10 - sum % 10) % 10
}
