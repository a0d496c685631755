//! DEFECTS: pieces refused at delivery or found faulty while the supplier answers for them, of those delivered.

use super::{
    compute::{Asked, Part, percent},
    report::Number,
    subject::{Pieces, Subject},
};
use chrono::NaiveDate;
use std::collections::BTreeMap;

pub const DEFECTS: &str = "DEFECTS";

/// When pieces were accepted or refused, and how many of them were refused or failed in their time; none of those to come.
fn judged(pieces: &Pieces, as_of: NaiveDate) -> Option<Part> {
    let fault = pieces.fault.filter(|fault| fault.on <= as_of);
    let (day, is_faulty) = match pieces.accepted {
        Some(day) => (day, fault.is_some_and(|fault| fault.in_window)),
        None => (fault?.on, true),
    };
    let faulty = if is_faulty { pieces.count } else { 0 };
    (day <= as_of).then_some(Part { day, numerator: faulty, denominator: pieces.count })
}

/// Of the pieces that a case got, those that were faulty.
pub(super) fn defects(subject: &Subject, asked: &Asked) -> Option<Part> {
    let parts = subject.pieces.iter().filter_map(|pieces| judged(pieces, asked.as_of));
    parts.reduce(|one, other| Part {
        day: one.day.max(other.day),
        numerator: one.numerator + other.numerator,
        denominator: one.denominator + other.denominator,
    })
}

/// The share of each supplier.
pub(super) fn by_supplier(subjects: &[Subject], asked: &Asked) -> BTreeMap<String, Option<Number>> {
    let mut sums: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
    for pieces in subjects.iter().flat_map(|subject| &subject.pieces) {
        let Some(part) = judged(pieces, asked.as_of) else { continue };
        let sum = sums.entry(&*pieces.supplier).or_default();
        sum.0 += part.numerator;
        sum.1 += part.denominator;
    }
    sums.into_iter().map(|(supplier, (faulty, all))| (supplier.to_owned(), percent(faulty, all))).collect()
}
