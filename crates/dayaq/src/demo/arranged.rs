//! What comes about too seldom for a small demo and is there in each: a case that another office asks the cast's to take
//! over, one that rests, and a sitting of today.

use super::afterwards::Business;
use super::history::*;
use super::programme::{Simulated, Sitting};
use super::staff::Officer;
use platform::role::Role;

/// Arranges both, where they have not come about by themselves.
pub fn arrange(made: &mut Simulated, home: OfficeNo) {
    ask_home(made, home);
    rest_at_home(made, home);
}

/// The next sitting that has been called is held today: a secretary has one to close.
pub fn sit_today(made: &mut Simulated) {
    let today = made.setting.days.on_or_before(made.today);
    let waiting = |sitting: &&mut Sitting| sitting.region > 0 && sitting.closed.is_none() && !sitting.agenda.is_empty();
    if let Some(next) = made.sittings.iter_mut().filter(waiting).min_by_key(|sitting| sitting.at) {
        next.at = today.at(10 * 60).min(next.at);
    }
}

/// Sees to it that another office asks this one to take a case over: somebody eligible there has just moved house.
fn ask_home(made: &mut Simulated, home: OfficeNo) {
    let asked = made.setting.days.on_or_before(made.today.plus(-2));
    let waits_here = |history: &History| history.transfer.is_some_and(|told| told.to == home) && history.closing.is_none();
    if made.histories.iter().any(|history| waits_here(history) && history.office_now != home) {
        return;
    }
    let may_move = |history: &&mut History| {
        let seen = history.eligibility.filter(|seen| seen.failed.is_none()).zip(history.readiness);
        let quiet = seen.is_some_and(|(decided, advised)| decided.decided.at.day.max(advised.assessed.at.day) < asked);
        quiet
            && history.office_now != home
            && history.listings.is_empty()
            && (history.offer.is_none() && history.transfer.is_none() && history.appeals.is_empty())
            && (history.closing.is_none() && history.withdrawal.is_none() && history.later.is_none())
    };
    if let Some(history) = made.histories.iter_mut().rev().find(may_move)
        && let Some(by) = officer_at(&made.officers, history.office_now)
    {
        let requested = Act { at: asked.at(15 * 60), by };
        history.transfer = Some(Transfer { from: history.office_now, to: home, requested, accepted: None, refused: None });
    }
}

/// Somebody of this office whose business runs has fallen ill.
fn rest_at_home(made: &mut Simulated, home: OfficeNo) {
    let rests = |history: &History| history.suspension.is_some_and(|rest| rest.resumed.is_none()) && history.closing.is_none();
    if made.histories.iter().any(|history| rests(history) && history.office_now == home) {
        return;
    }
    let fell_ill = made.setting.days.on_or_before(made.today.plus(-12));
    let term_goes_on = made.today.plus(90);
    let runs_quietly = |business: &Business| {
        business.started.is_some_and(|act| act.at.day < fell_ill)
            && (business.ended.is_none() && business.pauses.is_empty() && business.breach.is_none())
            && (business.loss.is_none() && business.recovery.is_none())
            && (business.ownership.is_none() && business.extension.is_none() && business.term_ends > term_goes_on)
    };
    let may_rest = |history: &&mut History| {
        history.office_now == home
            && history.business.as_deref().is_some_and(runs_quietly)
            && (history.suspension.is_none() && history.award.is_none() && history.appeals.is_empty())
            && (history.death.is_none() && history.closing.is_none())
    };
    let by = officer_at(&made.officers, home);
    if let Some((history, by)) = made.histories.iter_mut().rev().find(may_rest).zip(by) {
        let suspended = Act { at: fell_ill.at(11 * 60), by };
        history.suspension = Some(Suspension { suspended, reason: SuspensionReason::Illness, resumed: None });
    }
}

/// An officer of an office.
pub(super) fn officer_at(officers: &[Officer], office: OfficeNo) -> Option<OfficerNo> {
    let works_here = |officer: &Officer| officer.role == Role::Officer && officer.office == Some(office);
    officers.iter().position(works_here).and_then(|number| OfficerNo::try_from(number).ok())
}
