//! Complaints and appeals beside the shape: how many, by which way, how they were answered.

use crate::demo::afterwards::{Grievance, GrievanceAbout, GrievanceChannel};
use crate::demo::day::Day;
use crate::demo::history::{History, PlanOutcome};
use crate::demo::programme::Simulated;
use crate::demo::shape::outcome;
use std::fmt::Write;

/// What is younger may still be under way, or was arranged so that work waits.
const SETTLES: i32 = 120;

/// So many of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    pub count: usize,
    pub of: usize,
}

impl Share {
    fn among<T>(all: &[T], is: impl Fn(&T) -> bool) -> Self {
        Self { count: all.iter().filter(|one| is(one)).count(), of: all.len() }
    }

    pub fn value(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }
}

/// A share by its name, found and wanted.
pub type Found = (&'static str, Share, f64);

/// Complaints that had time to be answered, beside the receipts and applications of then.
pub fn complaints(all: &[Grievance], histories: &[History], today: Day) -> Vec<Found> {
    let until = today.plus(-SETTLES);
    let settled: Vec<&Grievance> = all.iter().filter(|grievance| grievance.lodged.at.day <= until).collect();
    let about = |goods: bool| settled.iter().filter(|one| (one.about == GrievanceAbout::Goods) == goods).count();
    let equipped = histories.iter().filter(|history| history.receipt().is_some_and(|day| day <= until)).count();
    let applied = histories.iter().filter(|history| history.application.lodged.at.day <= until).count();
    let stayed: Vec<_> = settled.iter().filter(|grievance| grievance.withdrawn.is_none()).collect();
    vec![
        ("on goods, of the equipped", Share { count: about(true), of: equipped }, outcome::GOODS_GRIEVANCES),
        ("on selection, of applications", Share { count: about(false), of: applied }, outcome::SELECTION_GRIEVANCES),
        ("by 142", Share::among(&settled, |one| one.channel == GrievanceChannel::Hotline), outcome::BY_HOTLINE),
        ("anonymous", Share::among(&settled, |one| one.case.is_none()), outcome::ANONYMOUS),
        ("answered on time", Share::among(&stayed, |one| is_on_time(one)), outcome::GRIEVANCE_ON_TIME),
        ("escalated", Share::among(&stayed, |one| one.escalated.is_some()), outcome::ESCALATED),
    ]
}

/// Whoever complained was told of a solution by the day on which the answer was due.
fn is_on_time(grievance: &Grievance) -> bool {
    let told = grievance.proposals.iter().filter_map(|proposal| proposal.told).next();
    told.is_some_and(|act| act.at.day <= grievance.due)
}

/// Appeals of those refused, and those that changed the refusal.
pub fn appeals(histories: &[History], today: Day) -> Vec<Found> {
    let until = today.plus(-SETTLES);
    let refused: Vec<&History> = histories.iter().filter(|history| refusal(history).is_some_and(|day| day <= until)).collect();
    let decided: Vec<_> = refused.iter().flat_map(|history| &history.appeals).filter_map(|appeal| appeal.decided).collect();
    vec![
        ("appeals, of refusals", Share::among(&refused, |history| !history.appeals.is_empty()), outcome::APPEALED),
        ("changed on appeal", Share::among(&decided, |decided| decided.changed), outcome::APPEAL_CHANGED),
    ]
}

/// The day on which somebody was refused, as ineligible or by a commission.
fn refusal(history: &History) -> Option<Day> {
    let ineligible = history.eligibility.filter(|decision| decision.failed.is_some()).map(|decision| decision.decided.at.day);
    let plan = history.plans.iter().filter_map(|plan| plan.decision).find(|decided| decided.outcome == PlanOutcome::Refused);
    ineligible.or(plan.map(|decided| decided.at.day))
}

/// All of it in a table.
pub(super) fn told(made: &Simulated, out: &mut String) {
    let complaints = complaints(&made.grievances, &made.histories, made.today);
    for (name, share, wanted) in complaints.into_iter().chain(appeals(&made.histories, made.today)) {
        let (found, wanted) = (100.0 * share.value(), 100.0 * wanted);
        let _ = writeln!(out, "{name:<32} {found:>5.1} %, aim {wanted:>4.1} ({} of {})", share.count, share.of);
    }
}
