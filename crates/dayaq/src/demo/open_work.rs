//! What waits to be done on the morning on which the programme opens, case by case.

use super::afterwards::Business;
use super::day::Day;
use super::history::*;
use super::programme::Simulated;

/// A piece of work that waits for somebody.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Work {
    Decide,
    AwaitPapers,
    Assess,
    ApproveRun,
    AnswerTransfer,
    DecideAppeal,
    AwaitAnswer,
    OpenCohort,
    StartCohort,
    Teach,
    CommentPlan,
    AwaitPlan,
    FillForm,
    ClearScreening,
    Score,
    CallSitting,
    HoldSitting,
    DraftContract,
    SignContract,
    PlaceOrder,
    ApproveOrder,
    Receive,
    HandOver,
    ConfirmStart,
    VisitOverdue,
    FollowUpDue,
    SettleBreach,
    ApproveExtension,
    ProposeOwnership,
    ApproveOwnership,
    Recover,
    SettleDeath,
    EndSuspension,
}

/// Kinds of work without which a queue of the staff would stand empty.
pub const ALL: [Work; 33] = [
    Work::Decide,
    Work::AwaitPapers,
    Work::Assess,
    Work::ApproveRun,
    Work::AnswerTransfer,
    Work::DecideAppeal,
    Work::AwaitAnswer,
    Work::OpenCohort,
    Work::StartCohort,
    Work::Teach,
    Work::CommentPlan,
    Work::AwaitPlan,
    Work::FillForm,
    Work::ClearScreening,
    Work::Score,
    Work::CallSitting,
    Work::HoldSitting,
    Work::DraftContract,
    Work::SignContract,
    Work::PlaceOrder,
    Work::ApproveOrder,
    Work::Receive,
    Work::HandOver,
    Work::ConfirmStart,
    Work::VisitOverdue,
    Work::FollowUpDue,
    Work::SettleBreach,
    Work::ApproveExtension,
    Work::ProposeOwnership,
    Work::ApproveOwnership,
    Work::Recover,
    Work::SettleDeath,
    Work::EndSuspension,
];

/// The counsellor sees people within so many days, or they have not come.
const ASSESSED_WITHIN: i32 = 30;

/// Days after a death within which nothing is asked of the household, and some more.
const MOURNED: i32 = 46;

/// The work that waits, as (work, since when, case), oldest first within each kind.
pub fn waiting(made: &Simulated) -> Vec<(Work, Day, CaseNo)> {
    let mut all = Vec::new();
    for run in made.runs.iter().filter(|run| run.approved.is_none()) {
        let selected = run.candidates.iter().filter(|candidate| candidate.outcome == Listed::Selected);
        all.extend(selected.map(|candidate| (Work::ApproveRun, run.proposed.at.day, candidate.case)));
    }
    for (case, history) in made.histories.iter().enumerate() {
        let mut push = |work, since| all.push((work, since, case as CaseNo));
        beside(history, &mut push);
        if history.closing.is_none() {
            admission(made, history, &mut push);
            course(made, history, &mut push);
            plan(history, &mut push);
            provision(made, history, &mut push);
        }
        if let (Some(business), Some(received)) = (history.business.as_deref(), history.receipt()) {
            running(made, history, business, received, &mut push);
        }
    }
    all.sort_unstable();
    all
}

fn beside(history: &History, push: &mut impl FnMut(Work, Day)) {
    for appeal in history.appeals.iter().filter(|appeal| appeal.decided.is_none()) {
        push(Work::DecideAppeal, appeal.lodged.at.day);
    }
    if let Some(transfer) = history.transfer.filter(|t| history.closing.is_none() && t.accepted.is_none() && t.refused.is_none())
    {
        push(Work::AnswerTransfer, transfer.requested.at.day);
    }
    let rests = history.suspension.filter(|rest| rest.resumed.is_none() && history.closing.is_none() && history.death.is_none());
    if let Some(rest) = rests {
        push(Work::EndSuspension, rest.suspended.at.day);
    }
}

fn admission(made: &Simulated, history: &History, push: &mut impl FnMut(Work, Day)) {
    if history.eligibility.is_none() {
        match &history.papers {
            Some(papers) if papers.supplied.is_none() => push(Work::AwaitPapers, papers.asked.at.day),
            _ => push(Work::Decide, history.application.lodged.at.day),
        }
    }
    if let Some(eligible) = history.eligibility.filter(|eligible| eligible.failed.is_none())
        && history.readiness.is_none()
        && history.offer.is_none()
        && made.today.since(eligible.decided.at.day) < ASSESSED_WITHIN
    {
        push(Work::Assess, eligible.decided.at.day);
    }
    if let Some(offer) = history.offer.filter(|offer| offer.answer.is_none()) {
        push(Work::AwaitAnswer, offer.made.day);
    }
}

fn course(made: &Simulated, history: &History, push: &mut impl FnMut(Work, Day)) {
    let accepted = history.offer.and_then(|offer| offer.answer).filter(|answer| answer.answer == Answer::Accepted);
    let Some(accepted) = accepted else { return };
    let Some(course) = history.courses.last() else {
        return push(Work::OpenCohort, accepted.act.at.day);
    };
    match (course.started, course.end) {
        (None, _) => push(Work::StartCohort, made.cohorts[course.cohort as usize].sessions[0]),
        (Some(started), None) => push(Work::Teach, started.at.day),
        _ => {}
    }
}

fn plan(history: &History, push: &mut impl FnMut(Work, Day)) {
    let Some(plan) = history.plans.last() else {
        return history.trained().map_or((), |day| push(Work::CommentPlan, day));
    };
    let revise = plan.decision.is_some_and(|decision| decision.outcome == PlanOutcome::Revise);
    match (plan.submitted, plan.screening) {
        (None, _) => push(Work::AwaitPlan, plan.commented.map_or(Day::default(), |act| act.at.day)),
        (Some(submitted), None) => push(Work::FillForm, submitted.at.day),
        (_, Some(Screening { form: Some(form), decided: None, .. })) => push(Work::ClearScreening, form.at.day),
        _ if revise => push(Work::AwaitPlan, plan.decision.map_or(Day::default(), |decision| decision.at.day)),
        _ => {}
    }
    for score in plan.scores.iter().filter(|score| score.sealed.is_none()) {
        push(Work::Score, score.assigned.day);
    }
    let sealed = plan.scores.iter().filter_map(|score| score.sealed).max();
    let Some(sealed) = sealed.filter(|_| plan.scores.len() > 1 && plan.scores.iter().all(|s| s.sealed.is_some())) else { return };
    match (plan.sitting, plan.decision) {
        (None, _) => push(Work::CallSitting, sealed.day),
        (Some(_), None) => push(Work::HoldSitting, sealed.day),
        _ => {}
    }
}

fn provision(made: &Simulated, history: &History, push: &mut impl FnMut(Work, Day)) {
    let approved = history.approved_plan().and_then(|plan| plan.decision);
    match (&history.contract, approved) {
        (None, Some(decision)) => push(Work::DraftContract, decision.at.day),
        (Some(contract), _) if contract.signed.is_none() && contract.lapsed.is_none() => {
            push(Work::SignContract, contract.drafted.at.day);
        }
        _ => {}
    }
    let Some(delivery) = history.delivery.as_ref().filter(|delivery| delivery.completed.is_none()) else { return };
    let signed = history.contract.as_ref().and_then(|contract| contract.signed).map_or(Day::default(), |act| act.at.day);
    match delivery.order.map(|order| &made.orders[order as usize]) {
        None => push(Work::PlaceOrder, signed),
        Some(order) if order.approved.is_none() => push(Work::ApproveOrder, order.placed.at.day),
        Some(order) => match order.arrived {
            None => push(Work::Receive, order.due),
            Some(arrived) => push(Work::HandOver, arrived.at.day),
        },
    }
}

fn running(made: &Simulated, history: &History, business: &Business, received: Day, push: &mut impl FnMut(Work, Day)) {
    let open = history.closing.is_none();
    if open && business.started.is_none() && business.ended.is_none() && history.death.is_none() {
        push(Work::ConfirmStart, received);
    }
    for visit in business.visits.iter().filter(|visit| open && visit.made.is_none() && visit.due < made.today) {
        push(Work::VisitOverdue, visit.due);
    }
    for follow_up in business.follow_ups.iter().filter(|follow_up| follow_up.made.is_none() && follow_up.due < made.today) {
        push(Work::FollowUpDue, follow_up.due);
    }
    if let Some(breach) = business.breach.filter(|breach| breach.outcome.is_none()) {
        push(Work::SettleBreach, breach.remedy_due);
    }
    if let Some(extension) = business.extension.filter(|extension| extension.approved.is_none()) {
        push(Work::ApproveExtension, extension.proposed.at.day);
    }
    let stands = business.ended.is_none() && history.death.is_none() && business.breach.is_none_or(|b| b.outcome.is_some());
    match business.ownership {
        None if open && stands && business.term_ends < made.today && business.recovery.is_none() => {
            push(Work::ProposeOwnership, business.term_ends);
        }
        Some(title) if title.approved.is_none() => push(Work::ApproveOwnership, title.proposed.at.day),
        _ => {}
    }
    if let Some(recovery) = business.recovery.as_ref().filter(|recovery| recovery.completed.is_none()) {
        push(Work::Recover, recovery.begun.at.day);
    }
    let returned = business.recovery.as_ref().is_some_and(|recovery| recovery.completed.is_some());
    let owned = business.ownership.is_some_and(|title| title.approved.is_some());
    if let Some(death) = history.death.filter(|death| open && !returned && !owned && made.today.since(death.on) > MOURNED) {
        push(Work::SettleDeath, death.recorded.at.day);
    }
}
