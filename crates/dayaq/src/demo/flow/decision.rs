//! Missing papers, decisions on eligibility, the counsellor's talk, appeals, and closing after a refusal.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::newcomer;
use crate::demo::rows::eligibility::possible_score;
use crate::demo::shape::{delay, outcome};
use platform::role::Role;

/// Of those asked for papers, the ones who never bring them.
const PAPERS_LAPSE: f64 = 0.12;
/// Of people refused, those who apply again.
const INELIGIBLE_RETURN: f64 = 0.10;
/// After a refusal the case stays open for an appeal.
const APPEAL_DAYS: f64 = 32.0;

/// Of appeals, those against ineligibility: the others are upheld, so that of these more are changed.
const INELIGIBILITY_APPEALS: f64 = 0.81;

impl Flow<'_> {
    pub(super) fn ask_papers(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 1);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let missing = self.missing_paper(case, &mut draw);
        let due = self.setting.days.plus(self.day, 10);
        let asked = self.act(case, &mut draw, by);
        self.history(case).papers = Some(Papers { asked, missing, due, supplied: None });
        let days = if draw.chance(PAPERS_LAPSE) { 11 } else { draw.between(2, 9) };
        self.after_working(case, days, Todo::SupplyPapers);
    }

    fn missing_paper(&self, case: CaseNo, draw: &mut Draw) -> MissingPaper {
        use crate::demo::people::Groups;
        let person = self.person(case);
        let mut possible = vec![MissingPaper::IdentityDocument, MissingPaper::PremisesEvidence];
        if person.groups.has(Groups::ASSISTANCE) {
            possible.push(MissingPaper::AssistanceAward);
        }
        if person.groups.has(Groups::DISABILITY) {
            possible.push(MissingPaper::DisabilityCertificate);
        }
        if person.landholder() {
            possible.push(MissingPaper::LandExtract);
        }
        possible[draw.below(possible.len())]
    }

    /// The papers come, or the clock has run out and the application lapses.
    pub(super) fn supply_papers(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 2);
        let Some(papers) = self.histories[case as usize].papers.as_ref() else { return };
        let (late, by) = (self.day > papers.due, papers.asked.by);
        let act = self.act(case, &mut draw, by);
        if late {
            return self.close(case, act, CloseReason::NoAnswer);
        }
        if let Some(papers) = self.history(case).papers.as_mut() {
            papers.supplied = Some(act);
        }
        let days = draw.log_normal(delay::DECISION, 0.5).clamp(1.0, 40.0);
        self.after_days(case, days, Todo::Decide);
    }

    /// The decision, by an officer who did not enter the application.
    pub(super) fn decide(&mut self, case: CaseNo) {
        if self.step(case) != Step::Applied {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3);
        let history = &self.histories[case as usize];
        let by = self.roster.other(history.office_now, Role::Officer, draw.bits(), history.application.lodged.by);
        let (person, duplicate) = (history.person as usize, self.people[history.person as usize].duplicate_of.is_some());
        let decided = self.act(case, &mut draw, by);
        if duplicate {
            return self.close(case, decided, CloseReason::Duplicate);
        }
        let failed = draw.chance(outcome::INELIGIBLE).then(|| reason(&mut draw));
        let pensioner = {
            let person = &self.people[person];
            self.setting.pension_on(person.born, person.female).is_some_and(|pension| pension <= self.day)
        };
        let failed = if pensioner { Some(Ineligible::PensionAge) } else { failed };
        if failed == Some(Ineligible::InsurancePayment) {
            self.people[person].insured_until = Some(self.day.plus(draw.between(20, 120)));
        }
        self.history(case).eligibility = Some(Eligibility { decided, failed });
        match failed {
            None => self.join_pool(case, &mut draw),
            Some(_) => {
                self.set_step(case, Step::Refused);
                let appeal = draw.chance(outcome::APPEALED);
                let (days, todo) =
                    if appeal { (draw.between(2, 17), Todo::Appeal) } else { (32, Todo::CloseRefused(CloseReason::Ineligible)) };
                self.after_days(case, f64::from(days), todo);
            }
        }
    }

    fn join_pool(&mut self, case: CaseNo, draw: &mut Draw) {
        self.set_step(case, Step::Waiting);
        let office = self.office(case);
        self.queues.pools[usize::from(office)].push(case);
        if draw.chance(0.85) {
            let days = draw.between(2, 20);
            self.after_working(case, days, Todo::Assess);
        }
    }

    pub(super) fn assess(&mut self, case: CaseNo) {
        if !matches!(self.step(case), Step::Waiting) {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 3);
        let by = self.roster.of(self.office(case), Role::Counsellor, draw.bits());
        let assessed = self.act(case, &mut draw, by);
        let wished = self.histories[case as usize].application.direction;
        let female = self.person(case).female;
        let advised = if draw.chance(0.12) { newcomer::direction(&mut draw, self.setting, female, self.day) } else { wished };
        let chosen = if draw.chance(0.5) { advised } else { wished };
        let drawn = (66.0 + 14.0 * draw.normal()).clamp(20.0, 100.0) as u8;
        let score = possible_score(self.setting.programme.readiness_items().len(), drawn);
        self.history(case).readiness = Some(Readiness { assessed, advised, chosen, score });
    }

    pub(super) fn appeal(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 4);
        let by = self.roster.of(self.office(case), Role::Grievance, draw.bits());
        let due = self.setting.days.plus(self.day, 15);
        let lodged = self.act(case, &mut draw, by);
        let against = match self.histories[case as usize].plans.is_empty() {
            true => AppealAgainst::Ineligibility,
            false => AppealAgainst::PlanRefusal,
        };
        self.history(case).appeals.push(Appeal { against, lodged, late: false, due, decided: None });
        let days = draw.between(5, 16);
        self.after_working(case, days, Todo::DecideAppeal);
    }

    /// Decided by a manager who had no part; a changed refusal puts the case where it would have been.
    pub(super) fn decide_appeal(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 5);
        let by = self.roster.national(Role::Manager, 2 + draw.bits() % 2);
        let act = self.act(case, &mut draw, by);
        let Some(appeal) = self.history(case).appeals.last_mut() else { return };
        let against = appeal.against;
        let changed = against == AppealAgainst::Ineligibility && draw.chance(outcome::APPEAL_CHANGED / INELIGIBILITY_APPEALS);
        appeal.decided = Some(AppealDecided { act, changed });
        match against {
            AppealAgainst::Ineligibility if changed => self.join_pool(case, &mut draw),
            AppealAgainst::Ineligibility => self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::Ineligible)),
            AppealAgainst::Training | AppealAgainst::PlanRefusal => {
                self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::PlanRefused));
            }
        }
    }

    /// The appeal clock has ended: the case closes by itself.
    pub(super) fn close_refused(&mut self, case: CaseNo, reason: CloseReason) {
        if self.step(case) != Step::Refused {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 6);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        self.close(case, act, reason);
        let returns = match reason {
            CloseReason::Ineligible | CloseReason::PlanRefused => INELIGIBLE_RETURN,
            CloseReason::DroppedOut | CloseReason::Failed => 0.15,
            _ => 0.0,
        };
        if draw.chance(returns) {
            let (person, days) = (self.histories[case as usize].person, draw.between(190, 420));
            self.come_back(person, case, days);
        }
    }
}

fn reason(draw: &mut Draw) -> Ineligible {
    let reasons = [
        Ineligible::Working,
        Ineligible::StatusLost,
        Ineligible::EarlierSupport,
        Ineligible::FarmingWish,
        Ineligible::InsurancePayment,
    ];
    reasons[draw.weighted([34.0, 24.0, 14.0, 16.0, 12.0].into_iter())]
}
