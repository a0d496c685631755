//! The course, the plan, its screening, scores, defence and decision, and the contract.

use super::{Teller, certificate, code};
use crate::demo::history::*;
use crate::demo::programme::Sitting;
use registry::case::{AssistanceMoment, Facts, Kind, LeaveReason, Mark as Points, Rating as Rated, RepeatCause, StopCause};
use values::{Money, id::OfficerId};

impl Teller<'_> {
    pub(super) fn preparation(&mut self) {
        self.courses();
        for position in 0..self.history.plans.len() {
            self.plan(position);
        }
        self.contract();
    }

    fn courses(&mut self) {
        for (attempt, course) in self.history.courses.iter().enumerate() {
            let cohort = self.made.cohort_id(course.cohort);
            let Some(started) = course.started else { continue };
            let repeat = (attempt > 0).then(|| self.cause_of_repeat(attempt));
            self.tell(started, Facts::TrainingStarted { cohort, repeat });
            let Some(end) = course.end else { continue };
            let attended_minutes = u16::from(course.hours) * 60;
            let score = course.test_after.unwrap_or(0);
            let facts = match end.result {
                CourseResult::Completed => {
                    let certificate = code(&certificate(self.case, end.act.at.day));
                    Facts::TrainingCompleted { cohort, attended_minutes, score, certificate }
                }
                CourseResult::Failed => Facts::TrainingFailed { cohort, attended_minutes, score },
                CourseResult::Dropped(reason) => Facts::TrainingDropped { cohort, attended_minutes, reason: reason.leave() },
            };
            self.tell(end.act, facts);
        }
    }

    fn cause_of_repeat(&self, attempt: usize) -> RepeatCause {
        match self.history.courses[attempt - 1].end.map(|end| end.result) {
            Some(CourseResult::Dropped(DropReason::Family)) => RepeatCause::Family,
            _ => RepeatCause::Illness,
        }
    }

    fn plan(&mut self, position: usize) {
        let plan = &self.history.plans[position];
        let id = self.made.plan_id(self.case, position);
        let Some(submitted) = plan.submitted else { return };
        let total = Money::from_qepik(plan.items_total + plan.own_contribution);
        let direction = self.direction(plan.direction);
        self.tell(submitted, Facts::PlanSubmitted { plan: id, version: plan.version, direction, total });
        let Some(Screening { form: Some(form), rating, decided: Some(decided), no_objection }) = plan.screening else { return };
        let screened_by = self.made.officer_id(form.by);
        let (rated, management_plan_on) = match rating {
            Rating::Substantial => {
                return self.tell(decided, Facts::PlanStopped { plan: id, cause: StopCause::Substantial, screened_by });
            }
            Rating::Moderate => (Rated::Moderate, Some(decided.at.date())),
            Rating::Low => (Rated::Low, None),
        };
        let no_objection = no_objection.map(|number| code(&format!("NOL-{number:02}")));
        self.tell(decided, Facts::PlanCleared { plan: id, rating: rated, screened_by, management_plan_on, no_objection });
        if self.scored(plan, id) {
            self.decided(plan, id);
        }
    }

    /// True once all scores are sealed.
    fn scored(&mut self, plan: &Plan, id: values::id::PlanId) -> bool {
        let Some(last) = plan.scores.iter().filter_map(|score| score.sealed).max() else { return false };
        let gap = plan.scores.get(1).map_or(0, |second| plan.scores[0].total.abs_diff(second.total));
        let all = plan.scores.iter().all(|score| score.sealed.is_some());
        if !all || plan.scores.len() < 2 || plan.scores.len() == 2 && i32::from(gap) > crate::demo::shape::SCORE_GAP {
            return false;
        }
        let mark = |score: &Score| Points { evaluator: self.made.officer_id(score.evaluator), points: score.total };
        let (first, second, third) = (mark(&plan.scores[0]), mark(&plan.scores[1]), plan.scores.get(2).map(mark));
        let sum: u16 = plan.scores.iter().map(|score| u16::from(score.total)).sum();
        let mean_tenths = (sum * 10 + plan.scores.len() as u16 / 2) / plan.scores.len() as u16;
        let by = plan.scores.iter().find(|score| score.sealed == Some(last)).map_or(0, |score| score.evaluator);
        self.tell(Act { at: last, by }, Facts::PlanScored { plan: id, first, second, third, mean_tenths });
        true
    }

    fn decided(&mut self, plan: &Plan, id: values::id::PlanId) {
        let heard = plan.put_back.map(|back| back.sitting).or(plan.sitting.filter(|_| plan.defence.is_some()));
        if let (Some(defence), Some(heard)) = (plan.defence, heard) {
            let panel = self.panel(&self.made.sittings[heard as usize]);
            self.tell(defence.held, Facts::DefenceHeld { plan: id, panel, mark: defence.mark });
        }
        if let Some(back) = plan.put_back.filter(|back| back.why == PutBackFor::Money) {
            let secretary = self.made.sittings[back.sitting as usize].secretary;
            let sitting = self.made.sitting_id(back.sitting);
            self.tell(Act { at: back.at, by: secretary }, Facts::CommissionReserve { sitting, plan: id });
        }
        let (Some(PlanDecision { at, outcome }), Some(number)) = (plan.decision, plan.sitting) else { return };
        let act = Act { at, by: self.made.sittings[number as usize].secretary };
        let sitting = self.made.sitting_id(number);
        match outcome {
            PlanOutcome::Approved => {
                let (direction, amount) = (self.direction(plan.direction), Money::from_qepik(plan.items_total));
                self.tell(act, Facts::CommissionApproved { sitting, plan: id, direction, amount });
            }
            PlanOutcome::Revise => self.tell(act, Facts::CommissionRevise { sitting, plan: id }),
            PlanOutcome::Refused => {
                let words = "planın gəliri xərcləri örtmür";
                self.tell_why(act, Facts::CommissionRefused { sitting, plan: id }, words);
                self.appeals(AppealAgainst::PlanRefusal, Kind::CommissionRefused, at.date());
            }
        }
    }

    /// Who heard the defence: the members present.
    fn panel(&self, sitting: &Sitting) -> Vec<OfficerId> {
        let present = sitting.members.iter().filter(|member| !sitting.absent.contains(member));
        present.map(|member| self.made.officer_id(*member)).collect()
    }

    fn contract(&mut self) {
        let Some(contract) = &self.history.contract else { return };
        let (Some(signed), Some(checked)) = (contract.signed, contract.checked) else { return };
        let facts = Facts::ContractSigned {
            contract: self.made.contract_id(self.case),
            term_months: contract.term_months,
            ends_on: signed.at.day.plus_months(u32::from(contract.term_months)).date(),
            amount: Money::from_qepik(contract.total),
            region: self.region(self.history.office_now),
            status_checked_on: checked.at.date(),
            premises_seen_on: checked.at.date(),
        };
        self.tell(signed, facts);
        self.assistance(signed, AssistanceMoment::Contract);
    }

    /// Social assistance is told about households that draw it.
    pub(super) fn assistance(&mut self, after: Act, moment: AssistanceMoment) {
        if self.history.application.groups.has(crate::demo::people::Groups::ASSISTANCE) {
            let at = after.at.day.at(after.at.minute + 1);
            self.tell(Act { at, by: after.by }, Facts::AssistanceTold { moment });
        }
    }
}

impl DropReason {
    const fn leave(self) -> LeaveReason {
        match self {
            Self::Illness => LeaveReason::Illness,
            Self::FoundWork => LeaveReason::FoundWork,
            Self::Family => LeaveReason::Family,
            Self::Unknown => LeaveReason::Absence,
        }
    }
}
