//! The business plan: drafted, commented, handed in, screened, and scored blind by two or three.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::setting::Direction;
use crate::demo::shape::{self, delay, outcome};
use platform::role::Role;

const LONGEST_DAYS: f64 = 30.0;
const GIVE_UP_DAYS: f64 = 62.0;
const APPEAL_DAYS: i32 = 32;
/// The first management plans go to the Bank.
const NO_OBJECTIONS: u32 = 20;
/// Spread of the plans' true worth, and of what one evaluator sees in it; together the spread of the scores.
const WORTH_SPREAD: f64 = 9.2;
const EYE_SPREAD: f64 = 7.8;

/// They come first among the country's.
const CAST_EVALUATORS: usize = 3;

impl<'a> Flow<'a> {
    /// After the course: a draft with the trainer's comments, then the plan, or nothing.
    pub(super) fn begin_plan(&mut self, case: CaseNo, draw: &mut Draw) {
        if !draw.chance(outcome::PLAN_SUBMITTED) {
            return self.after_days(case, GIVE_UP_DAYS, Todo::GiveUpPlan);
        }
        let days = draw.log_normal(delay::PLAN, 0.4).clamp(3.0, LONGEST_DAYS - 3.0);
        self.after_days(case, (days * 0.5).floor(), Todo::DraftPlan);
        self.after_days(case, days, Todo::SubmitPlan);
    }

    pub(super) fn draft_plan(&mut self, case: CaseNo) {
        let number = self.histories[case as usize].plans.len();
        let mut draw = self.draw(Stream::Plan, u64::from(case) << 3 | number as u64);
        let trainer = self.trainer(case);
        let commented = self.act(case, &mut draw, trainer);
        let mut plan = self.write_plan(case);
        plan.commented = Some(commented);
        self.history(case).plans.push(plan);
    }

    fn trainer(&self, case: CaseNo) -> OfficerNo {
        let course = self.histories[case as usize].courses.last();
        match course {
            Some(course) => self.cohorts[course.cohort as usize].trainer,
            None => self.roster.of(self.office(case), Role::Trainer, 0),
        }
    }

    /// The next version: equipment from the direction's package within its ceiling, and figures for a month.
    fn write_plan(&self, case: CaseNo) -> Plan {
        let history = &self.histories[case as usize];
        let version = history.plans.len() as u8 + 1;
        let mut draw = self.draw(Stream::Plan, u64::from(case) << 3 | 4);
        let direction_no = history.direction();
        let direction = &self.setting.directions[usize::from(direction_no)];
        let items = equipment(&mut draw, direction);
        let items_total = items.iter().map(|item| item.unit_price * i64::from(item.quantity)).sum();
        let sales = round_to(draw.log_normal(shape::SALES_MEDIAN * 1.15, 0.35), 1_000);
        Plan {
            version,
            direction: direction_no,
            commented: None,
            submitted: None,
            items,
            items_total,
            own_contribution: history.application.own_contribution,
            other_costs: round_to(draw.log_normal(25_000.0, 0.6), 1_000),
            monthly_sales: sales,
            monthly_costs: round_to(sales as f64 * (0.38 + 0.25 * draw.unit()), 1_000),
            screening: None,
            scores: Vec::new(),
            defence: None,
            sitting: None,
            put_back: None,
            decision: None,
        }
    }

    /// The plan, or its next version, is handed in.
    pub(super) fn submit_plan(&mut self, case: CaseNo) {
        let drafted = self.histories[case as usize].plans.last().is_some_and(|plan| plan.submitted.is_none());
        if !drafted {
            let plan = self.write_plan(case);
            self.history(case).plans.push(plan);
        }
        let mut draw = self.draw(Stream::Plan, u64::from(case) << 3 | 5);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let submitted = self.act(case, &mut draw, by);
        if let Some(plan) = self.history(case).plans.last_mut() {
            plan.submitted = Some(submitted);
        }
        let quick = self.histories[case as usize].overridden.is_some();
        let days = if quick { 1 } else { draw.between(1, 4) };
        self.after_working(case, days, Todo::FillForm);
    }

    pub(super) fn give_up_plan(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Plan, u64::from(case) << 3 | 6);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        let found_work = draw.chance(0.5);
        let reason = if found_work { WithdrawalReason::FoundWork } else { WithdrawalReason::Health };
        self.history(case).withdrawal = Some(Withdrawal { act, reason });
        self.close(case, act, if found_work { CloseReason::FoundWork } else { CloseReason::Withdrew });
    }

    /// The officer's environmental and social form.
    pub(super) fn fill_form(&mut self, case: CaseNo) {
        let version = self.histories[case as usize].plans.len() as u64;
        let mut draw = self.draw(Stream::Plan, 1 << 40 | u64::from(case) << 3 | version);
        let rating = match draw.unit() {
            u if u < outcome::RATED_STOPPED => Rating::Substantial,
            u if u < outcome::RATED_STOPPED + outcome::RATED_MODERATE => Rating::Moderate,
            _ => Rating::Low,
        };
        self.counts.management_plans += u32::from(rating == Rating::Moderate);
        let numbered = rating == Rating::Moderate && self.counts.management_plans <= NO_OBJECTIONS;
        let no_objection = numbered.then_some(self.counts.management_plans as u8);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let form = self.act(case, &mut draw, by);
        if let Some(plan) = self.history(case).plans.last_mut() {
            plan.screening = Some(Screening { form: Some(form), rating, no_objection, decided: None });
        }
        // A moderate risk waits for the signed management plan.
        let days = if rating == Rating::Moderate { draw.between(4, 9) } else { draw.between(1, 3) };
        self.after_working(case, days, Todo::Screen);
    }

    /// The specialist clears or stops the plan; cleared, it goes to two evaluators.
    pub(super) fn screen(&mut self, case: CaseNo) {
        let version = self.histories[case as usize].plans.len() as u64;
        let mut draw = self.draw(Stream::Plan, 2 << 40 | u64::from(case) << 3 | version);
        let office = usize::from(self.office(case));
        let by = self.roster.specialist(self.setting.offices[office].region);
        let decided = self.act(case, &mut draw, by);
        let Some(screening) = self.history(case).plans.last_mut().and_then(|plan| plan.screening.as_mut()) else { return };
        screening.decided = Some(decided);
        if screening.rating == Rating::Substantial {
            let (days, todo) = match draw.chance(0.5) && version == 1 {
                true => (draw.between(8, 20), Todo::SubmitPlan),
                false => (APPEAL_DAYS, Todo::CloseRefused(CloseReason::PlanStopped)),
            };
            self.set_step(case, Step::Refused);
            return self.after_days(case, f64::from(days), todo);
        }
        self.assign_evaluators(case, &mut draw, version);
    }

    fn assign_evaluators(&mut self, case: CaseNo, draw: &mut Draw, version: u64) {
        let evaluators = self.evaluators(case);
        let first = draw.below(evaluators.len());
        let second = (first + 1 + draw.below(evaluators.len() - 1)) % evaluators.len();
        let chosen = [evaluators[first], evaluators[second]];
        let assigned = self.queues.last[case as usize];
        let scores = chosen.map(|evaluator| Score { evaluator, assigned, sealed: None, total: 0 });
        if let Some(plan) = self.history(case).plans.last_mut() {
            plan.scores.extend(scores);
        }
        let _ = version;
        for position in 0..2 {
            let days = draw.between(2, 9);
            self.after_working(case, days, Todo::Score(position));
        }
    }

    /// One evaluator seals a score; with the last of them the plan is ready for a sitting.
    pub(super) fn score(&mut self, case: CaseNo, position: u8) {
        let version = self.histories[case as usize].plans.len() as u64;
        let mut draw = self.draw(Stream::Score, u64::from(case) << 6 | version << 3 | u64::from(position));
        let at = self.stamp(case, &mut draw);
        let worth = self.worth(case);
        let Some(plan) = self.histories[case as usize].plans.last_mut() else { return };
        let Some(score) = plan.scores.get_mut(usize::from(position)) else { return };
        let leniency = f64::from(self.roster.officers[usize::from(score.evaluator)].leniency);
        score.sealed = Some(at);
        score.total = (worth + leniency + EYE_SPREAD * draw.normal()).round().clamp(0.0, 100.0) as u8;
        if plan.scores.iter().any(|score| score.sealed.is_none()) {
            return;
        }
        let gap = i32::from(plan.scores[0].total) - i32::from(plan.scores[1].total);
        if plan.scores.len() == 2 && gap.abs() > shape::SCORE_GAP {
            return self.call_third(case, &mut draw);
        }
        self.set_step(case, Step::Ready);
        let office = usize::from(self.office(case));
        self.queues.ready[usize::from(self.setting.offices[office].region)].push_back(case);
    }

    /// Who may score a case: the cast's evaluators the plans of the cast's office, the others all the rest.
    fn evaluators(&self, case: CaseNo) -> &'a [OfficerNo] {
        let (cast, others) = self.roster.all_national(Role::Evaluator).split_at(CAST_EVALUATORS);
        if Some(self.office(case)) == self.queues.home { cast } else { others }
    }

    fn call_third(&mut self, case: CaseNo, draw: &mut Draw) {
        let evaluators = self.evaluators(case);
        let assigned = self.queues.last[case as usize];
        let start = draw.below(evaluators.len());
        let Some(plan) = self.histories[case as usize].plans.last_mut() else { return };
        let third = (0..evaluators.len())
            .map(|step| evaluators[(start + step) % evaluators.len()])
            .find(|evaluator| plan.scores.iter().all(|score| score.evaluator != *evaluator));
        if let Some(evaluator) = third {
            plan.scores.push(Score { evaluator, assigned, sealed: None, total: 0 });
            let days = draw.between(2, 5);
            self.after_working(case, days, Todo::Score(2));
        }
    }

    /// What the plan is worth out of 100, before anyone looks; a revision is better than what it revises.
    pub(super) fn worth(&self, case: CaseNo) -> f64 {
        let mut draw = self.draw(Stream::Plan, 3 << 40 | u64::from(case));
        let first = shape::SCORE_MEAN + WORTH_SPREAD * draw.normal();
        if self.histories[case as usize].plans.len() > 1 { first + 8.0 } else { first }
    }

    /// Where the plan stands among all plans by its worth: 0 the poorest, 1 the best.
    pub(super) fn standing(&self, case: CaseNo) -> f64 {
        let mut draw = self.draw(Stream::Plan, 3 << 40 | u64::from(case));
        below_normal(draw.normal())
    }
}

/// Share of a standard normal below z (Abramowitz and Stegun 26.2.17, error under 1e-7).
pub fn below_normal(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let series = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = series.iter().rev().fold(0.0, |sum, factor| (sum + factor) * t);
    let tail = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * sum;
    if z >= 0.0 { 1.0 - tail } else { tail }
}

/// Pieces from the package: the mandatory ones, then others while the usual cost and the ceiling leave room.
pub(in crate::demo) fn equipment(draw: &mut Draw, direction: &Direction) -> Vec<PlanItem> {
    let goal = (direction.cost * (0.88 + 0.24 * draw.unit())) as i64;
    let mut items: Vec<PlanItem> = Vec::new();
    let mut total = 0;
    let numbered = || direction.package.iter().enumerate();
    let ordered = numbered().filter(|(_, item)| item.mandatory).chain(numbered().filter(|(_, item)| !item.mandatory));
    for (number, item) in ordered {
        let dear = round_to(item.ceiling as f64 * (0.85 + 0.15 * draw.unit()), 100).min(item.ceiling);
        let cheap = item.ceiling * 85 / 100;
        let (wanted, limit) = match item.mandatory {
            true => (i64::from(item.most), direction.ceiling),
            false => (i64::from(draw.between(0, i32::from(item.most))), direction.ceiling.min(goal)),
        };
        let unit_price = if total + dear * wanted > limit { cheap } else { dear };
        let quantity = wanted.min((limit - total).max(0) / unit_price.max(1));
        if quantity > 0 {
            items.push(PlanItem { item: number as u8, quantity: quantity as u8, unit_price });
            total += quantity * unit_price;
        }
    }
    items.sort_by_key(|item| item.item);
    items
}

fn round_to(amount: f64, step: i64) -> i64 {
    (amount / step as f64).round() as i64 * step
}
