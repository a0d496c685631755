//! The deadlines and limits that the state machine needs, as the programme's parameters set them.
//! A case keeps the terms under which it began.
//!
//! Guards never ask the calendar of holidays: a holiday added later must not make the past illegal. They use the
//! earliest or the latest day on which a term can end; the exact day is for queues and jobs.

use crate::programme::{Key, Months, Points, Programme, Term, keys};
use chrono::{Days, NaiveDate};
use serde::Serialize;

/// Deadlines and limits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Terms {
    /// To decide an application.
    pub decision: Term,
    /// To supply missing papers.
    pub documents: Term,
    /// The oldest that facts of an eligibility decision may be.
    pub facts_fresh: Term,
    /// To answer an offer.
    pub offer: Term,
    /// For which a reserve list lives.
    pub reserve: Term,

    /// Attendance needed for the certificate, in minutes.
    pub training_floor_minutes: u16,
    /// Points of 100 needed in the last test.
    pub pass_mark: u8,
    /// Repeats of the course for good cause.
    pub training_repeats: u8,

    /// From the certificate to the plan.
    pub plan: Term,
    /// New plans after one was stopped by screening.
    pub new_plans: u8,
    /// To screen a plan.
    pub screening: Term,
    /// To score a plan.
    pub scoring: Term,
    /// Spread of two marks above which a third evaluator scores, in points of 100.
    pub score_spread: u8,
    /// The least number on a defence panel.
    pub panel_members: u8,
    /// From the sealed scores to a sitting.
    pub sitting: Term,
    /// To revise a plan.
    pub revision: Term,
    /// Revisions of a plan.
    pub revisions: u8,

    /// From approval to the contract.
    pub signing: Term,
    /// The oldest that the check of the person's status may be at signature.
    pub status_recheck: Term,
    /// To deliver what the contract promises.
    pub delivery: Term,

    /// From receipt to the first sale or service.
    pub start: Term,
    /// A longer pause is no longer business.
    pub pause: Term,
    /// To remedy a breach.
    pub remedy: Term,
    /// All extensions of the contract's term together, in months.
    pub extension_months: u16,
    /// The oldest that the final visit may be when ownership passes.
    pub final_visit: Term,
    /// From the end of the contract's term to the act of transfer.
    pub ownership: Term,
    /// Months around an anniversary of receipt, within which an observation counts for it.
    pub followup_window_months: u16,

    /// Longest suspension, and longest renewal.
    pub suspension: Term,
    /// Renewals of one suspension.
    pub suspension_renewals: u8,
    /// For the receiving office to answer a transfer.
    pub transfer: Term,
    /// After a death, without any demand on the household.
    pub mourning: Term,
    /// To lodge an appeal.
    pub appeal: Term,
    /// To decide an appeal.
    pub appeal_decision: Term,
    /// Operating since receipt before an award.
    pub award: Term,
    /// Before applying again after failing or leaving the course.
    pub reapply_training: Term,
    /// Before applying again after fraud.
    pub reapply_fraud: Term,
    /// Whether somebody equipped in a phase may take part in it again.
    pub repeat_in_phase: bool,
}

impl Terms {
    /// The terms for a case that begins on a day.
    pub fn of(programme: &Programme, day: NaiveDate) -> Self {
        let term = |key: &Key<Term>| programme.parameter(key, day);
        let count = |key: &Key<u32>| small(programme.parameter(key, day).into());
        let months = |key: &Key<Months>| Term::Months(programme.parameter(key, day).0);
        let points = |key: &Key<Points>| small(programme.parameter(key, day).0);
        let minutes = i64::from(programme.parameter(&keys::COURSE_HOURS, day).0) * 60;
        let floor = minutes * programme.parameter(&keys::ATTENDANCE_FLOOR, day).0 / 100;
        Self {
            decision: term(&keys::ELIGIBILITY_DECISION_TERM),
            documents: term(&keys::DOCUMENTS_TERM),
            facts_fresh: term(&keys::FACTS_MAX_AGE),
            offer: term(&keys::OFFER_TERM),
            reserve: months(&keys::RESERVE_LIST_TERM),
            training_floor_minutes: u16::try_from(floor).unwrap_or(u16::MAX),
            pass_mark: points(&keys::TEST_MARK),
            training_repeats: count(&keys::COURSE_REPEATS),
            plan: term(&keys::PLAN_TERM),
            new_plans: count(&keys::PLANS_AFTER_STOP),
            screening: term(&keys::SCREENING_TERM),
            scoring: term(&keys::SCORING_TERM),
            score_spread: points(&keys::SPREAD_LIMIT),
            panel_members: count(&keys::DEFENCE_PANEL),
            sitting: term(&keys::SITTING_TERM),
            revision: term(&keys::PLAN_REVISION_TERM),
            revisions: count(&keys::PLAN_REVISIONS),
            signing: term(&keys::SIGNING_TERM),
            status_recheck: term(&keys::STATUS_RECHECK),
            delivery: term(&keys::DELIVERY_TERM),
            start: term(&keys::BUSINESS_START_TERM),
            pause: term(&keys::PAUSE_MAX),
            remedy: term(&keys::REMEDY_TERM),
            extension_months: months_of(programme.parameter(&keys::EXTENSION_MAX, day).0),
            final_visit: term(&keys::FINAL_VISIT_MAX_AGE),
            ownership: term(&keys::OWNERSHIP_SETTLED_AFTER),
            followup_window_months: months_of(programme.parameter(&keys::FOLLOW_UP_WINDOW, day).0),
            suspension: months(&keys::SUSPENSION_MAX),
            suspension_renewals: count(&keys::SUSPENSION_RENEWALS),
            transfer: term(&keys::TRANSFER_TERM),
            mourning: term(&keys::MOURNING_TERM),
            appeal: term(&keys::APPEAL_TERM),
            appeal_decision: term(&keys::APPEAL_DECISION_TERM),
            award: months(&keys::AWARD_MONTHS_MIN),
            reapply_training: months(&keys::REAPPLY_AFTER_TRAINING),
            reapply_fraud: months(&keys::REAPPLY_AFTER_FRAUD),
            repeat_in_phase: programme.parameter(&keys::REPEAT_IN_PHASE, day),
        }
    }
}

/// The first day on which a term that begins on `from` can end, whatever the holidays: no working day is shorter than a day.
pub(super) fn earliest_end(term: Term, from: NaiveDate) -> NaiveDate {
    match term {
        Term::CalendarDays(days) | Term::WorkingDays(days) => plus_days(from, days.into()),
        Term::Months(months) => values::add_months(from, i32::try_from(months).unwrap_or(i32::MAX)),
    }
}

/// The last day on which a term that begins on `from` can end: five working days take no more than three weeks.
pub(super) fn latest_end(term: Term, from: NaiveDate) -> NaiveDate {
    match term {
        Term::WorkingDays(days) => plus_days(from, u64::from(days) * 2 + 14),
        _ => earliest_end(term, from),
    }
}

/// A date some days later; the calendar's end in place of an overflow.
pub(super) fn plus_days(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A count or mark that the machine keeps in a byte.
fn small(number: i64) -> u8 {
    u8::try_from(number.max(0)).unwrap_or(u8::MAX)
}

fn months_of(months: u32) -> u16 {
    u16::try_from(months).unwrap_or(u16::MAX)
}
