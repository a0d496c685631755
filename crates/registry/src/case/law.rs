//! The terms that the programme sets for cases: a case keeps the version under which it began.

use super::terms::Terms;
use crate::programme::Programme;
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
    /// The law of a programme: a version for every day on which one of its parameters changes.
    pub fn of(programme: &Programme) -> Self {
        let begins_on = programme.about().begins_on;
        let mut days: Vec<NaiveDate> = programme.parameters().iter().map(|parameter| parameter.validity.from).collect();
        days.push(begins_on);
        days.sort_unstable();
        days.dedup();
        let mut versions: Vec<(NaiveDate, Terms)> = Vec::new();
        for day in days {
            let terms = Terms::of(programme, day);
            if versions.last().is_none_or(|(_, last)| *last != terms) {
                versions.push((day, terms));
            }
        }
        Self { versions, days: programme.working_days().clone() }
    }

    /// The terms for a case that began on a day; the first version also serves older days.
    pub fn terms_on(&self, opened_on: NaiveDate) -> &Terms {
        let at = self.versions.partition_point(|(from, _)| *from <= opened_on).saturating_sub(1);
        &self.versions[at].1
    }
}

/// The law that the running program holds.
pub fn law(app: &App) -> Result<Arc<Law>> {
    app.held().context("the program runs without a programme")
}
