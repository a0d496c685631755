//! Monthly sittings of the regions' commissions: agenda, defence, decisions.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::day::Day;
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::programme::{AgendaItem, Sitting};
use crate::demo::shape::{self, outcome};
use chrono::Datelike;
use platform::role::Role;

const LONGEST_AGENDA: usize = 60;
/// Working days between the call with its agenda and the sitting.
const NOTICE: u32 = 4;
/// How many days ahead of deliveries the commissions may approve: what is approved earlier waits for money.
const AHEAD: [(Day, f64); 6] = [
    (shape::OPENING, 260.0),
    (Day::of(2021, 12, 31), 290.0),
    (Day::of(2023, 1, 1), 330.0),
    (Day::of(2023, 9, 1), 240.0),
    (Day::of(2024, 3, 1), 170.0),
    (Day::of(2025, 1, 1), 130.0),
];
/// Good plans that a sitting puts back for want of money in its line.
const PUT_BACK: f64 = 0.02;
/// Plans of whose author so many members know that there is no quorum of votes.
const PUT_OFF: f64 = 0.004;
const REVISED_AND_REFUSED: f64 = 0.02;
const RECUSED: f64 = 0.015;
const ABSENT: f64 = 0.07;
const QUORUM: usize = 3;
/// Plans waiting, in a full programme, from which a second sitting in the month is called.
const ENOUGH_FOR_A_SECOND: f64 = 12.0;

/// Which of the month's sittings.
enum Regular {
    First,
    Second,
}

impl Flow<'_> {
    /// Calls the regions' sittings whose notice begins today.
    pub(super) fn call_sittings(&mut self) {
        for region in 1..shape::REGION_SHARES.len() as u8 {
            let day = self.setting.days.plus(self.day, NOTICE);
            let waiting = self.queues.ready[usize::from(region)].len();
            let wanted = match self.sits_on(region, day) {
                Some(Regular::First) => waiting > 0,
                Some(Regular::Second) => waiting as f64 > ENOUGH_FOR_A_SECOND * self.scale,
                // In the first months there was no fixed day.
                None => self.day < Day::of(2021, 1, 1) && waiting > 0 && self.day.0 % 3 == i16::from(region % 3),
            };
            if wanted {
                self.call_sitting(region, day);
            }
        }
    }

    /// Each region sits on its own working day of the month, and again half a month later when much waits.
    fn sits_on(&self, region: u8, day: Day) -> Option<Regular> {
        let date = day.date();
        let month = Day::from(date.with_day(1).unwrap_or(date));
        let position = self.setting.days.between(month, day).len();
        // The cast's region sits early in the month, so that its sitting is called on the eve of the season.
        let own = 3 + usize::from(region + 9) % 14;
        match position {
            _ if position == own => Some(Regular::First),
            _ if position == 1 + (own + 9) % 20 => Some(Regular::Second),
            _ => None,
        }
    }

    fn call_sitting(&mut self, region: u8, day: Day) {
        let number = self.sittings.len() as u32;
        let mut draw = self.draw(Stream::Sitting, u64::from(number));
        let allowed = self.allowed();
        let ready = &mut self.queues.ready[usize::from(region)];
        let count = ready.len().min(LONGEST_AGENDA).min(allowed);
        let cases: Vec<CaseNo> = ready.drain(..count).collect();
        if cases.is_empty() {
            return;
        }
        let commission = self.roster.commission(region);
        let secretary = self.roster.national(Role::Secretary, u64::from(region) + 1);
        let called = Act { at: self.day.at(17 * 60 + draw.between(0, 40) as u16), by: secretary };
        let agenda = cases.iter().map(|case| self.agenda_item(&mut draw, *case, number, commission)).collect();
        let budget = cases.iter().map(|case| self.histories[*case as usize].plans.last().map_or(0, |plan| plan.items_total));
        self.sittings.push(Sitting {
            region,
            called,
            at: day.at(10 * 60),
            closed: None,
            head: commission[0],
            secretary,
            members: commission.to_vec(),
            absent: Vec::new(),
            agenda,
            budget: budget.sum::<i64>() / 1_000_000 * 1_000_000 + 2_000_000,
        });
        for case in cases {
            self.set_step(case, Step::OnAgenda);
            if let Some(plan) = self.history(case).plans.last_mut() {
                plan.sitting = Some(number);
            }
        }
        self.queues.put(day, 0, Todo::HoldSitting(number));
    }

    /// How many more plans may be approved by now, given the deliveries to come.
    fn allowed(&self) -> usize {
        let ahead = shape::on(&AHEAD, self.day) as i32;
        let aim = self.aims.equipped.at(self.day.plus(ahead)) * self.scale;
        (aim * 1.02 + 5.0 - self.counts.approved as f64).max(0.0) as usize
    }

    fn agenda_item(&self, draw: &mut Draw, case: CaseNo, _sitting: u32, commission: &[OfficerNo]) -> AgendaItem {
        let recused = draw.chance(RECUSED).then(|| commission[1 + draw.below(commission.len() - 1)]);
        AgendaItem { case, plan: self.histories[case as usize].plans.len() as u8 - 1, recused }
    }

    /// Defence and decision of each plan; everything takes effect when the sitting closes.
    pub(super) fn hold_sitting(&mut self, number: u32) {
        let mut draw = self.draw(Stream::Sitting, 1 << 40 | u64::from(number));
        let sitting = &self.sittings[number as usize];
        let (head, secretary) = (sitting.head, sitting.secretary);
        let cases: Vec<CaseNo> = sitting.agenda.iter().map(|item| item.case).collect();
        let mut absent: Vec<OfficerNo> = sitting.members.iter().skip(1).copied().filter(|_| draw.chance(ABSENT)).collect();
        absent.truncate(sitting.members.len() - QUORUM);
        let closed = self.day.at(15 * 60 + draw.between(0, 75) as u16);
        self.sittings[number as usize].absent = absent;
        self.sittings[number as usize].closed = Some(Act { at: closed, by: secretary });
        for (position, case) in cases.into_iter().enumerate() {
            let held = Act { at: self.day.at(10 * 60 + 5 + 4 * position as u16), by: head };
            let mark = (self.worth(case) + 9.0 * draw.normal()).round().clamp(0.0, 100.0) as u8;
            let outcome = self.outcome(case);
            self.queues.last[case as usize] = closed;
            if let Some(plan) = self.history(case).plans.last_mut() {
                plan.defence.get_or_insert(Defence { held, mark });
                match outcome {
                    Ok(outcome) => plan.decision = Some(PlanDecision { at: closed, outcome }),
                    Err(why) => plan.put_back = Some(PutBack { sitting: number, at: closed, why }),
                }
            }
            match outcome {
                Ok(outcome) => self.take_effect(case, outcome),
                Err(_) => self.put_back(case),
            }
        }
    }

    /// The poorest plans are refused, the next ones revised; a revision passes but for a few. Some are left to the next
    /// sitting, each once.
    fn outcome(&self, case: CaseNo) -> Result<PlanOutcome, PutBackFor> {
        let decided = self.decided(case);
        let put_back = self.histories[case as usize].plans.last().is_some_and(|plan| plan.put_back.is_some());
        let mut draw = self.draw(Stream::Sitting, 4 << 40 | u64::from(case));
        if !put_back && draw.chance(PUT_OFF) { Err(PutBackFor::Recusals) } else { decided }
    }

    fn decided(&self, case: CaseNo) -> Result<PlanOutcome, PutBackFor> {
        let history = &self.histories[case as usize];
        let put_back = history.plans.last().is_some_and(|plan| plan.put_back.is_some());
        let mut draw = self.draw(Stream::Sitting, 2 << 40 | u64::from(case) << 2 | history.plans.len() as u64);
        let standing = self.standing(case);
        let revised = outcome::APPROVED_AFTER_REVISION + REVISED_AND_REFUSED;
        let refused = 1.0 - outcome::APPROVED_AT_ONCE - revised;
        if standing < refused {
            return Ok(PlanOutcome::Refused);
        }
        let was_revised = history.plans.iter().any(|plan| plan.decision.is_some_and(|d| d.outcome == PlanOutcome::Revise));
        if standing < refused + revised && !was_revised {
            return Ok(PlanOutcome::Revise);
        }
        if was_revised && standing < refused + REVISED_AND_REFUSED {
            return Ok(PlanOutcome::Refused);
        }
        if put_back || !draw.chance(PUT_BACK) { Ok(PlanOutcome::Approved) } else { Err(PutBackFor::Money) }
    }

    /// The plan waits for the region's next sitting, ahead of the others.
    fn put_back(&mut self, case: CaseNo) {
        self.set_step(case, Step::Ready);
        let office = usize::from(self.office(case));
        self.queues.ready[usize::from(self.setting.offices[office].region)].push_front(case);
    }

    fn take_effect(&mut self, case: CaseNo, outcome: PlanOutcome) {
        let mut draw = self.draw(Stream::Sitting, 3 << 40 | u64::from(case));
        match outcome {
            PlanOutcome::Approved => {
                self.counts.approved += 1;
                self.set_step(case, Step::Approved);
                let days = draw.between(1, 3);
                self.after_working(case, days, Todo::DraftContract);
            }
            PlanOutcome::Revise => {
                self.set_step(case, Step::Trained);
                let days = draw.between(3, 10);
                self.after_working(case, days, Todo::SubmitPlan);
            }
            PlanOutcome::Refused => {
                self.set_step(case, Step::Refused);
                let appeals = draw.chance(outcome::APPEALED);
                let (days, todo) = if appeals {
                    (draw.between(2, 17), Todo::Appeal)
                } else {
                    (32, Todo::CloseRefused(CloseReason::PlanRefused))
                };
                self.after_days(case, f64::from(days), todo);
            }
        }
    }
}
