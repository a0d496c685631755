//! Who must act next on a case, and until when: what feeds everybody's work queue.
//! Visits, obligations, awards and grievances have clocks of their own in their slices.

use super::{
    closing,
    duty::Duty,
    kind::Kind,
    stage::Stage,
    state::{Business, CaseState, plus_months},
    terms::{Terms, earliest_end, plus_days},
};
use crate::programme::Term;
use chrono::NaiveDate;
use platform::role::Role;
use values::WorkingDays;

/// A step that somebody must take.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct NextStep {
    /// From when it can be done; a day to come means that it waits for that day.
    pub since: NaiveDate,
    /// Until when it should be done.
    pub due: Option<NaiveDate>,
    pub duty: Duty,
    pub role: Role,
}

/// The step that comes first, if any is left.
pub fn next_step(state: &CaseState, terms: &Terms, days: &WorkingDays) -> Option<NextStep> {
    next_steps(state, terms, days).into_iter().min()
}

/// Every step that is open, or will be on a known day.
pub fn next_steps(state: &CaseState, terms: &Terms, days: &WorkingDays) -> Vec<NextStep> {
    let clock = Clock { state, terms, days };
    let mut steps = Vec::with_capacity(3);
    steps.extend(clock.follow_up());
    steps.extend(state.appeals.iter().map(|appeal| clock.within(Duty::DecideAppeal, appeal.since, terms.appeal_decision)));
    if state.stage == Stage::Closed {
        return steps;
    }
    steps.extend(state.transfer.map(|transfer| clock.within(Duty::AnswerTransfer, transfer.since, terms.transfer)));
    if let Some(died_on) = state.milestones.deceased_on {
        steps.push(clock.after_death(died_on));
    } else if let Some(suspension) = state.suspension {
        steps.push(step(Duty::EndSuspension, suspension.until, Some(suspension.until)));
    } else {
        steps.extend(clock.at_stage());
        steps.extend(clock.owed());
    }
    steps
}

fn step(duty: Duty, since: NaiveDate, due: Option<NaiveDate>) -> NextStep {
    NextStep { since, due, duty, role: duty.role() }
}

struct Clock<'a> {
    state: &'a CaseState,
    terms: &'a Terms,
    days: &'a WorkingDays,
}

impl Clock<'_> {
    fn within(&self, duty: Duty, since: NaiveDate, term: Term) -> NextStep {
        step(duty, since, Some(term.ends(since, self.days)))
    }

    fn at_stage(&self) -> Option<NextStep> {
        let (state, terms, since) = (self.state, self.terms, self.state.clock_since);
        Some(match state.stage {
            Stage::Applied => self.within(Duty::DecideEligibility, since, terms.decision),
            Stage::Incomplete => self.within(Duty::CollectPapers, since, terms.documents),
            Stage::Eligible if state.milestones.readiness_on.is_none() => step(Duty::AssessReadiness, since, None),
            // Waiting for a ranking is nobody's turn: the ranking itself says whose work a list is.
            Stage::Eligible => return None,
            Stage::Selected => self.within(Duty::RecordAnswer, since, terms.offer),
            Stage::Reserve => {
                let ends = earliest_end(terms.reserve, since);
                step(Duty::ProposeClosing, ends, Some(ends))
            }
            Stage::Enrolled => step(Duty::StartTraining, since, None),
            Stage::InTraining => step(Duty::Train, since, None),
            Stage::Trained => self.within(Duty::SubmitPlan, since, terms.plan),
            Stage::PlanStopped if state.counters.stops <= terms.new_plans => self.within(Duty::SubmitPlan, since, terms.appeal),
            Stage::Ineligible | Stage::DroppedOut | Stage::Failed | Stage::PlanStopped | Stage::Refused => {
                return self.close_by_itself();
            }
            Stage::PlanSubmitted => self.within(Duty::Screen, since, terms.screening),
            Stage::Screened => self.within(Duty::Evaluate, since, terms.scoring),
            Stage::Scored if state.defence_mark.is_none() && !state.owed.has(Kind::DefenceHeld) => {
                self.within(Duty::HoldDefence, since, terms.sitting)
            }
            Stage::Scored | Stage::PlanReserve => self.within(Duty::CallSitting, since, terms.sitting),
            Stage::Revising => self.within(Duty::SubmitPlan, since, terms.revision),
            Stage::Approved => self.within(Duty::PrepareContract, since, terms.signing),
            Stage::Contracted if state.assets_held > 0 => self.within(Duty::HandOver, since, terms.delivery),
            Stage::Contracted => self.within(Duty::Order, since, terms.delivery),
            Stage::InBreach => self.within(Duty::SettleBreach, since, terms.remedy),
            Stage::Recovering => step(Duty::Recover, since, None),
            Stage::Recovered => step(Duty::ProposeClosing, since, None),
            Stage::Equipped | Stage::Operating | Stage::Paused | Stage::Ended => self.in_business(),
            // An owner's case stays open for the follow-ups; it is closed after the last one.
            Stage::Owner if state.followups[2].is_some() => step(Duty::ProposeClosing, since, None),
            Stage::Owner | Stage::Closed => return None,
        })
    }

    /// With the equipment: what the contract asks next.
    fn in_business(&self) -> NextStep {
        let (state, terms) = (self.state, self.terms);
        if let Some(since) = state.fault_since {
            return step(Duty::NoticeBreach, since, None);
        }
        match state.business {
            Business::NotStarted => self.within(Duty::ConfirmStart, state.clock_since, terms.start),
            Business::Paused { .. } => self.within(Duty::Monitor, state.clock_since, terms.pause),
            Business::Ended { since, .. } if state.ended_before_term() => step(Duty::NoticeBreach, since, None),
            Business::Operating { .. } | Business::Ended { .. } => {
                let since = state.milestones.term_ends_on.unwrap_or(state.clock_since);
                self.within(Duty::ProposeOwnership, since, terms.ownership)
            }
        }
    }

    fn close_by_itself(&self) -> Option<NextStep> {
        closing::reason_of(self.state.stage)?;
        // An appeal that is open holds the closing up.
        if !self.state.appeals.is_empty() {
            return None;
        }
        let ends = plus_days(earliest_end(self.terms.appeal, self.state.clock_since), 1);
        Some(step(Duty::ProposeClosing, ends, Some(ends)))
    }

    /// After the time of mourning a household member continues or the assets return; without assets the case closes.
    fn after_death(&self, died_on: NaiveDate) -> NextStep {
        if self.state.assets_held == 0 {
            return step(Duty::ProposeClosing, died_on, None);
        }
        step(Duty::SettleDeath, plus_days(earliest_end(self.terms.mourning, died_on), 1), None)
    }

    /// Training that was skipped stays due.
    fn owed(&self) -> Option<NextStep> {
        let past_training = !matches!(self.state.stage, Stage::Enrolled | Stage::InTraining);
        let owed = past_training && self.state.owed.has(Kind::TrainingCompleted);
        let duty = if self.state.cohort.is_some() { Duty::Train } else { Duty::StartTraining };
        owed.then(|| step(duty, self.state.stage_since, None))
    }

    /// The next anniversary of receipt at which the business is to be seen, whatever became of contract and case.
    fn follow_up(&self) -> Option<NextStep> {
        let received_on = self.state.milestones.received_on?;
        if self.state.is_deceased() {
            return None;
        }
        let known = |months: u16| {
            let index = CaseState::followup_index(months as u8).unwrap_or(0);
            self.state.followups[index..].iter().any(Option::is_some)
        };
        let months = [6, 12, 24].into_iter().find(|months| !known(*months))?;
        let anniversary = plus_months(received_on, months);
        Some(step(Duty::FollowUp, anniversary, Some(plus_months(anniversary, self.terms.followup_window_months))))
    }
}
