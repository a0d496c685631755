//! A place on a list that nobody holds, while others wait on the reserve of that list: it comes about too seldom for a small
//! demo, and an officer calls up the next. Where there is none, somebody who was selected has just found work.

use super::arranged::officer_at;
use super::events::events;
use super::history::*;
use super::programme::{Candidate, Simulated};

/// Days for which a reserve surely lives.
const LIVES: i32 = 330;

/// Sees to it that a place stands empty.
pub fn leave_a_place(made: &mut Simulated) {
    if stands_empty(made) {
        return;
    }
    let at = leaves_at(made);
    let Some((case, _)) = place_to_leave(made) else { return };
    let Some(by) = officer_at(&made.officers, made.history(case).office_now) else { return };
    let act = Act { at, by };
    let history = &mut made.histories[case as usize];
    history.withdrawal = Some(Withdrawal { act, reason: WithdrawalReason::FoundWork });
    history.closing = Some(Closing { act, reason: CloseReason::FoundWork, approved_by: None });
}

/// Whether a place stands empty that somebody on a reserve could take.
pub fn stands_empty(made: &Simulated) -> bool {
    living(made).any(|run| is_vacant(made, run))
}

/// Somebody selected who could leave, and somebody on the reserve of the same list, the latest first.
pub fn place_to_leave(made: &Simulated) -> Option<(CaseNo, CaseNo)> {
    living(made).rev().find_map(|run| {
        let candidates = &made.runs[run].candidates;
        let waiting = candidates.iter().find(|candidate| waits(made, candidate))?;
        let leaving = candidates.iter().find(|candidate| may_leave(made, candidate))?;
        Some((leaving.case, waiting.case))
    })
}

/// Lists in force of which somebody still waits on the reserve.
fn living(made: &Simulated) -> impl DoubleEndedIterator<Item = usize> {
    let oldest = made.today.plus(-LIVES);
    (0..made.runs.len()).filter(move |run| {
        let run = &made.runs[*run];
        run.approved.is_some_and(|act| act.at.day > oldest) && run.candidates.iter().any(|candidate| waits(made, candidate))
    })
}

/// Whether fewer hold a place of a list than were selected for it.
fn is_vacant(made: &Simulated, run: usize) -> bool {
    let candidates = &made.runs[run].candidates;
    let selected = |candidate: &&Candidate| candidate.outcome == Listed::Selected;
    let called = |candidate: &Candidate| {
        let history = made.history(candidate.case);
        let listed = history.listings.iter().rev().find(|listing| listing.outcome == Listed::Reserve);
        history.called.is_some() && listed.is_some_and(|listing| listing.run as usize == run)
    };
    let holds = |candidate: &&Candidate| {
        let history = made.history(candidate.case);
        let contracted = history.contract.as_ref().is_some_and(|contract| contract.signed.is_some());
        (selected(candidate) || called(candidate)) && (history.closing.is_none() || contracted)
    };
    candidates.iter().filter(holds).count() < candidates.iter().filter(selected).count()
}

/// On the reserve, and nothing stands in the way of a call.
fn waits(made: &Simulated, candidate: &Candidate) -> bool {
    let history = made.history(candidate.case);
    candidate.outcome == Listed::Reserve && !candidate.landholder && history.offer.is_none() && is_quiet(history)
}

/// Has accepted the place and has no contract yet; nobody else works on the case at the moment.
fn may_leave(made: &Simulated, candidate: &Candidate) -> bool {
    let history = made.history(candidate.case);
    let accepted = history.offer.and_then(|offer| offer.answer).is_some_and(|said| said.answer == Answer::Accepted);
    let learns = history.courses.iter().any(|course| course.end.is_none());
    let judged = history.plans.iter().any(|plan| {
        let heard = plan.sitting.is_some_and(|sitting| made.sittings[sitting as usize].closed.is_none());
        let refused = plan.decision.is_some_and(|decision| decision.outcome == PlanOutcome::Refused);
        heard || refused || plan.scores.iter().any(|score| score.sealed.is_none())
    });
    let cast = made.cast.iter().any(|member| member.case == candidate.case);
    candidate.outcome == Listed::Selected
        && accepted
        && !(learns || judged || cast)
        && (history.contract.is_none() && history.later.is_none() && is_quiet(history))
        && events(made, candidate.case).iter().all(|event| event.recorded_at < leaves_at(made).utc())
}

/// Nothing lies over the case, and it has not ended.
fn is_quiet(history: &History) -> bool {
    let moves = history.transfer.is_some_and(|told| told.accepted.is_none() && told.refused.is_none());
    let ended = history.withdrawal.is_some() || history.closing.is_some() || history.death.is_some();
    !(moves || ended) && history.suspension.is_none() && history.appeals.is_empty() && history.duplicate_of.is_none()
}

fn leaves_at(made: &Simulated) -> super::day::Moment {
    made.setting.days.on_or_before(made.today.plus(-1)).at(15 * 60 + 20)
}
