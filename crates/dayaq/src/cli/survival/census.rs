//! How people were last seen: in business, sought and not found, or ended in one of the kinds.

use super::report::quoted;
use crate::cli::plot::grouped;
use survival::{
    Span,
    read::spans::{State, Table},
};

/// What there is to count.
pub struct Census<'t> {
    table: &'t Table,
    spans: &'t [Span],
    /// Whether ends of each kind count; those of the others are censored.
    is_counted: Vec<bool>,
    /// The kinds that a table shows.
    shown: Vec<usize>,
}

/// How many were last seen how.
pub struct Counts {
    pub watched: u64,
    pub staying: u64,
    pub unreachable: u64,
    kinds: Vec<u64>,
    /// Ends of the kinds that count.
    ended: u64,
}

impl<'t> Census<'t> {
    pub fn new(table: &'t Table, spans: &'t [Span]) -> Self {
        let mut is_counted = vec![false; table.kinds.len()];
        for (state, span) in table.states.iter().zip(spans) {
            if let State::Ended(kind) = state {
                is_counted[*kind] |= span.ended;
            }
        }
        let mut shown: Vec<usize> = (0..table.kinds.len()).filter(|kind| table.count(State::Ended(*kind)) > 0).collect();
        // One kind alone is what has ended.
        if shown.len() == 1 && is_counted[shown[0]] {
            shown.clear();
        }
        Self { table, spans, is_counted, shown }
    }

    /// These rows of the table.
    pub fn count(&self, rows: impl Iterator<Item = usize>) -> Counts {
        let mut counts = Counts { watched: 0, staying: 0, unreachable: 0, kinds: vec![0; self.table.kinds.len()], ended: 0 };
        for row in rows {
            counts.watched += 1;
            counts.ended += u64::from(self.spans[row].ended);
            match self.table.states[row] {
                State::Staying => counts.staying += 1,
                State::Unreachable => counts.unreachable += 1,
                State::Ended(kind) => counts.kinds[kind] += 1,
            }
        }
        counts
    }

    /// Those who were not watched after a day.
    pub fn until(&self, day: i64) -> Counts {
        self.count((0..self.spans.len()).filter(|row| self.spans[*row].days <= day))
    }

    /// The heads of [`Self::cells`].
    pub fn heads(&self) -> Vec<String> {
        let mut heads = vec!["last seen in business".to_owned(), "unreachable (censored)".to_owned()];
        heads.extend(self.shown.iter().map(|kind| {
            let name = &self.table.kinds[*kind];
            if self.is_counted[*kind] { name.clone() } else { format!("{name} (censored)") }
        }));
        heads.push("ended".to_owned());
        heads
    }

    pub fn cells(&self, counts: &Counts) -> Vec<String> {
        let mut cells = vec![grouped(counts.staying), grouped(counts.unreachable)];
        cells.extend(self.shown.iter().map(|kind| grouped(counts.kinds[*kind])));
        cells.push(grouped(counts.ended));
        cells
    }

    /// The first line of `groups.csv`: all kinds that there can be.
    pub fn head_of_file(&self) -> String {
        let kinds: String = self.table.kinds.iter().map(|kind| format!(",{}", quoted(kind))).collect();
        format!("column,value,watched,in_business,unreachable,ended{kinds}\n")
    }

    /// A line of `groups.csv`.
    pub fn line_of_file(&self, column: &str, value: &str, counts: &Counts) -> String {
        let kinds: String = counts.kinds.iter().map(|count| format!(",{count}")).collect();
        let Counts { watched, staying, unreachable, ended, .. } = counts;
        format!("{},{},{watched},{staying},{unreachable},{ended}{kinds}\n", quoted(column), quoted(value))
    }
}
