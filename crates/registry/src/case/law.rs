//! The terms that the programme sets for cases: a case keeps the version under which it began.

use super::terms::Terms;
use crate::programme::{Key, Programme, Term, keys};
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
            let terms = terms(programme, day);
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

fn terms(programme: &Programme, on: NaiveDate) -> Terms {
    let days = |key: &Key<Term>| match programme.parameter(key, on) {
        Term::CalendarDays(days) | Term::WorkingDays(days) => narrow(days),
        Term::Months(months) => narrow(months.saturating_mul(30)),
    };
    let months = |key: &Key<crate::programme::Months>| narrow(programme.parameter(key, on).0);
    let count = |key: &Key<u32>| u8::try_from(programme.parameter(key, on)).unwrap_or(u8::MAX);
    let points = |key: &Key<crate::programme::Points>| u8::try_from(programme.parameter(key, on).0).unwrap_or(u8::MAX);
    let course_minutes = i64::from(programme.parameter(&keys::COURSE_HOURS, on).0) * 60;
    let floor = course_minutes * programme.parameter(&keys::ATTENDANCE_FLOOR, on).0 / 100;
    Terms {
        decision_working_days: days(&keys::ELIGIBILITY_DECISION_TERM),
        documents_working_days: days(&keys::DOCUMENTS_TERM),
        facts_fresh_days: days(&keys::FACTS_MAX_AGE),
        offer_working_days: days(&keys::OFFER_TERM),
        reserve_months: months(&keys::RESERVE_LIST_TERM),
        training_floor_minutes: u16::try_from(floor).unwrap_or(u16::MAX),
        pass_mark: points(&keys::TEST_MARK),
        training_repeats: count(&keys::COURSE_REPEATS),
        plan_days: days(&keys::PLAN_TERM),
        new_plans: count(&keys::PLANS_AFTER_STOP),
        screening_working_days: days(&keys::SCREENING_TERM),
        scoring_working_days: days(&keys::SCORING_TERM),
        score_spread: points(&keys::SPREAD_LIMIT),
        panel_members: count(&keys::DEFENCE_PANEL),
        sitting_working_days: days(&keys::SITTING_TERM),
        revision_working_days: days(&keys::PLAN_REVISION_TERM),
        revisions: count(&keys::PLAN_REVISIONS),
        contract_working_days: days(&keys::SIGNING_TERM),
        status_recheck_days: days(&keys::STATUS_RECHECK),
        delivery_days: days(&keys::DELIVERY_TERM),
        start_days: days(&keys::BUSINESS_START_TERM),
        pause_days: days(&keys::PAUSE_MAX),
        remedy_working_days: days(&keys::REMEDY_TERM),
        extension_months: months(&keys::EXTENSION_MAX),
        final_visit_days: days(&keys::FINAL_VISIT_MAX_AGE),
        ownership_days: days(&keys::OWNERSHIP_SETTLED_AFTER),
        followup_window_months: months(&keys::FOLLOW_UP_WINDOW),
        suspension_months: months(&keys::SUSPENSION_MAX),
        suspension_renewals: count(&keys::SUSPENSION_RENEWALS),
        transfer_working_days: days(&keys::TRANSFER_TERM),
        mourning_days: days(&keys::MOURNING_TERM),
        appeal_days: days(&keys::APPEAL_TERM),
        appeal_working_days: days(&keys::APPEAL_DECISION_TERM),
        award_months: months(&keys::AWARD_MONTHS_MIN),
        reapply_training_months: months(&keys::REAPPLY_AFTER_TRAINING),
        reapply_fraud_months: months(&keys::REAPPLY_AFTER_FRAUD),
    }
}

fn narrow(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
