//! Who was at risk on each day on which somebody ended: what every estimate here is made from.

use crate::Span;

/// A day on which at least one ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Day {
    pub day: i64,
    /// Watched on that day, before its ends.
    pub at_risk: u64,
    pub ended: u64,
}

/// The days on which somebody ended, in order. Ends of a day come before its censoring, and both before those who
/// enter on it: they are at risk from the next day on, only those of the very first day at once (as in lifelines).
pub(crate) fn days(spans: &[Span]) -> Vec<Day> {
    let mut entries: Vec<i64> = Vec::with_capacity(spans.len());
    let mut exits: Vec<(i64, bool)> = Vec::with_capacity(spans.len());
    for span in spans {
        let span = span.settled();
        entries.push(span.entry);
        exits.push((span.days, span.ended));
    }
    entries.sort_unstable();
    exits.sort_unstable();
    let first = entries.first().copied().unwrap_or_default();
    let (mut days, mut entered, mut left) = (Vec::new(), 0usize, 0usize);
    for same in exits.chunk_by(|one, other| one.0 == other.0) {
        let day = same[0].0;
        while entries.get(entered).is_some_and(|entry| is_at_risk(*entry, day, first)) {
            entered += 1;
        }
        let ended = same.iter().filter(|(_, ended)| *ended).count() as u64;
        // More ends than people at risk come only from such as ended on the day they entered: they tell nothing.
        if ended > 0 && (entered - left) as u64 >= ended {
            days.push(Day { day, at_risk: (entered - left) as u64, ended });
        }
        left += same.len();
    }
    days
}

/// Whether one who entered on a day is at risk on another, where the first entry of all was on `first`.
pub(crate) fn is_at_risk(entry: i64, day: i64, first: i64) -> bool {
    entry < day || entry == first
}
