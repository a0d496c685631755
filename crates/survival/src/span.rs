//! How long one was watched, and how that ended.

/// One who is watched: from when, until when, in days since the clock of each began (the receipt of equipment).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    /// The day on which the watching ended.
    pub days: i64,
    /// Whether the end was seen then; else one was still there when last seen.
    pub ended: bool,
    /// The day from which one was watched (left truncation): whoever ended before would never have been met.
    pub entry: i64,
}

impl Span {
    /// The end came after so many days.
    pub fn ended(days: i64) -> Self {
        Self { days, ended: true, entry: 0 }
    }

    /// Still there when last seen, after so many days.
    pub fn censored(days: i64) -> Self {
        Self { days, ended: false, entry: 0 }
    }

    /// The same, watched only from that day on.
    pub fn entered(self, entry: i64) -> Self {
        Self { entry, ..self }
    }

    /// Days before the clock began count as its first day, and nobody entered after having left.
    pub(crate) fn settled(self) -> Self {
        let days = self.days.max(0);
        Self { days, entry: self.entry.clamp(0, days), ..self }
    }
}
