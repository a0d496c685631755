//! The terms that the programme sets for cases: a case keeps the version under which it began.

use super::terms::Terms;
use anyhow::{Context, Result};
use chrono::NaiveDate;
use platform::app::App;
use std::sync::Arc;
use values::WorkingDays;

/// The terms of every date, and the working days.
#[derive(Clone, Debug)]
pub struct Law {
    /// Each version with the first day on which a case could begin under it, oldest first; never empty.
    versions: Vec<(NaiveDate, Terms)>,
    pub days: WorkingDays,
}

impl Law {
    /// The law with a first version, which also serves cases older than it, and later ones in any order.
    pub fn new(first: (NaiveDate, Terms), later: Vec<(NaiveDate, Terms)>, days: WorkingDays) -> Self {
        let mut versions = vec![first];
        versions.extend(later);
        versions.sort_by_key(|(from, _)| *from);
        Self { versions, days }
    }

    /// The terms for a case that began on a day.
    pub fn terms_on(&self, opened_on: NaiveDate) -> &Terms {
        let at = self.versions.partition_point(|(from, _)| *from <= opened_on).saturating_sub(1);
        &self.versions[at].1
    }
}

/// The law that the running program holds.
pub fn law(app: &App) -> Result<Arc<Law>> {
    app.held().context("the program runs without a programme")
}
