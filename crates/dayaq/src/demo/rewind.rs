//! Takes back the last step of a case in the cast's office where otherwise nothing would wait for one of its officers.
//! What is taken back has just happened and nothing followed from it, so the case stands as it stood some days ago.

use super::afterwards::Business;
use super::history::*;
use super::open_work::{self, Work};
use super::programme::Simulated;

/// Work that must wait in the cast's office, earlier steps last: a later step's case may be taken back further.
const WANTED: [Work; 11] = [
    Work::ApproveOwnership,
    Work::ProposeOwnership,
    Work::HandOver,
    Work::SignContract,
    Work::DraftContract,
    Work::CallSitting,
    Work::Score,
    Work::ClearScreening,
    Work::FillForm,
    Work::CommentPlan,
    Work::AwaitAnswer,
];

/// A case taken back for one kind of work may have been the only one of the kind before, which then takes the next.
const ROUNDS: usize = 4;

/// Sees to it that each kind of work waits at least once in the office.
pub fn leave_work(made: &mut Simulated, home: OfficeNo) {
    for work in std::iter::repeat_n(WANTED, ROUNDS).flatten() {
        let here = open_work::waiting(made).iter().any(|(kind, _, case)| *kind == work && made.history(*case).office_now == home);
        if here {
            continue;
        }
        let latest = (0..made.histories.len())
            .filter(|case| made.histories[*case].office_now == home)
            .filter(|case| work != Work::CallSitting || !is_alone(made, *case))
            .filter_map(|case| Some((done(&made.histories[case], work)?, case)))
            .max();
        if let Some((_, case)) = latest {
            undo(made, case, work);
        }
    }
}

/// Whether the case is the last on its sitting's agenda.
fn is_alone(made: &Simulated, case: usize) -> bool {
    let sitting = made.histories[case].plans.last().and_then(|plan| plan.sitting);
    sitting.is_some_and(|sitting| made.sittings[sitting as usize].agenda.len() < 2)
}

/// When the step was done, if nothing has followed from it.
fn done(history: &History, work: Work) -> Option<super::day::Moment> {
    let plan = history.plans.last();
    match work {
        Work::ApproveOwnership => title(history).filter(|_| history.award.is_none() && history.closing.is_none()),
        Work::ProposeOwnership => {
            let business = history.business.as_deref()?;
            Some(business.ownership.filter(|title| title.approved.is_none())?.proposed.at)
        }
        Work::HandOver => {
            let fresh = history.business.as_deref().is_some_and(untouched);
            history.delivery.as_ref()?.completed.filter(|_| fresh && history.death.is_none()).map(|act| act.at)
        }
        Work::SignContract => {
            let waits = history.delivery.as_ref().is_some_and(|delivery| delivery.order.is_none());
            history.contract.as_ref()?.signed.filter(|_| waits).map(|act| act.at)
        }
        Work::DraftContract => {
            let contract = history.contract.as_ref()?;
            (contract.signed.is_none() && contract.lapsed.is_none()).then_some(contract.drafted.at)
        }
        Work::CallSitting => {
            let waits = plan?.decision.is_none() && plan?.put_back.is_none() && plan?.sitting.is_some();
            plan?.scores.iter().filter_map(|score| score.sealed).max().filter(|_| waits)
        }
        Work::Score => {
            // Sealed by all, and no sitting has been told of them.
            let unheard =
                plan?.sitting.is_none() && plan?.decision.is_none() && plan?.put_back.is_none() && plan?.defence.is_none();
            let sealed = plan?.scores.iter().map(|score| score.sealed).collect::<Option<Vec<_>>>()?;
            sealed.into_iter().max().filter(|_| unheard && history.closing.is_none())
        }
        Work::ClearScreening => {
            // Scores that no sitting has looked at yet are taken back with it.
            let unheard = plan?.sitting.is_none() && plan?.decision.is_none() && plan?.defence.is_none();
            plan?.screening?.decided.filter(|_| unheard && history.closing.is_none()).map(|act| act.at)
        }
        Work::FillForm => {
            let screening = plan?.screening?;
            screening.form.filter(|_| screening.decided.is_none()).map(|act| act.at)
        }
        Work::CommentPlan => {
            let plan = plan.filter(|plan| plan.submitted.is_none() && plan.version == 1)?;
            plan.commented.map(|act| act.at)
        }
        Work::AwaitAnswer => {
            let answered = history.offer?.answer?;
            let accepted = answered.answer == Answer::Accepted;
            (accepted && history.courses.is_empty() && history.overridden.is_none()).then_some(answered.act.at)
        }
        _ => None,
    }
}

fn title(history: &History) -> Option<super::day::Moment> {
    let business = history.business.as_deref()?;
    // An end found after the title has passed would then come before it.
    let quiet = business.ended.is_none() && history.death.is_none();
    business.ownership?.approved.filter(|_| quiet).map(|act| act.at)
}

/// Nothing has been seen of the business yet.
fn untouched(business: &Business) -> bool {
    business.started.is_none()
        && business.ended.is_none()
        && business.visits.iter().all(|visit| visit.made.is_none())
        && business.extension.is_none()
        && business.breach.is_none()
}

fn undo(made: &mut Simulated, case: usize, work: Work) {
    if work == Work::CallSitting {
        leave_agenda(made, case);
    }
    let history = &mut made.histories[case];
    let business = history.business.as_deref_mut();
    match work {
        Work::ApproveOwnership => {
            if let Some(title) = business.and_then(|business| business.ownership.as_mut()) {
                title.approved = None;
            }
        }
        Work::ProposeOwnership => business.map_or((), |business| business.ownership = None),
        Work::HandOver => keep_in_store(history),
        Work::SignContract => {
            history.delivery = None;
            if let Some(contract) = history.contract.as_mut() {
                (contract.signed, contract.checked) = (None, None);
            }
        }
        Work::DraftContract => history.contract = None,
        Work::CommentPlan => history.plans.clear(),
        Work::AwaitAnswer => {
            if let Some(offer) = history.offer.as_mut() {
                offer.answer = None;
            }
        }
        _ => undo_plan(history, work),
    }
}

fn undo_plan(history: &mut History, work: Work) {
    let Some(plan) = history.plans.last_mut() else { return };
    match work {
        Work::CallSitting => plan.sitting = None,
        Work::Score => {
            plan.scores.truncate(2);
            plan.scores.iter_mut().for_each(|score| (score.sealed, score.total) = (None, 0));
        }
        Work::ClearScreening => {
            plan.scores.clear();
            plan.screening = plan.screening.map(|screening| Screening { decided: None, ..screening });
        }
        Work::FillForm => plan.screening = None,
        _ => {}
    }
}

fn keep_in_store(history: &mut History) {
    history.business = None;
    if let Some(delivery) = history.delivery.as_mut() {
        delivery.completed = None;
        delivery.partial = None;
        delivery.refused = None;
        delivery.pieces.iter_mut().for_each(|piece| piece.handed_over = None);
    }
}

fn leave_agenda(made: &mut Simulated, case: usize) {
    let sitting = made.histories[case].plans.last().and_then(|plan| plan.sitting);
    if let Some(sitting) = sitting {
        made.sittings[sitting as usize].agenda.retain(|item| item.case as usize != case);
    }
}
