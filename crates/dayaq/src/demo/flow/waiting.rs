//! Leaving the queue: the list's end, withdrawal, a move to another office.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::history::*;
use platform::role::Role;

/// Of people whom the list never reached, those who apply again.
const LIST_ENDED_RETURN: f64 = 0.30;

impl Flow<'_> {
    /// Twelve months on the list are over.
    pub(super) fn end_waiting(&mut self, case: CaseNo) {
        match self.step(case) {
            Step::Waiting => {}
            // On a list that is being approved: it is looked at again afterwards.
            Step::Listed => return self.after_working(case, 8, Todo::EndWaiting),
            _ => return,
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case));
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        self.leave_pool(case);
        self.close(case, act, CloseReason::CallEnded);
        if draw.chance(LIST_ENDED_RETURN) {
            let (person, days) = (self.histories[case as usize].person, draw.between(10, 220));
            self.come_back(person, case, days);
        }
    }

    pub(super) fn withdraw_waiting(&mut self, case: CaseNo) {
        if self.step(case) != Step::Waiting {
            return;
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 1 << 40);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        let reasons = [
            (WithdrawalReason::FoundWork, CloseReason::FoundWork),
            (WithdrawalReason::MovedAbroad, CloseReason::MovedAbroad),
            (WithdrawalReason::Health, CloseReason::Withdrew),
            (WithdrawalReason::OtherMeasure, CloseReason::OtherMeasure),
        ];
        let (reason, closing) = reasons[draw.weighted([55.0, 20.0, 10.0, 15.0].into_iter())];
        self.leave_pool(case);
        self.history(case).withdrawal = Some(Withdrawal { act, reason });
        self.close(case, act, closing);
    }

    pub(super) fn ask_transfer(&mut self, case: CaseNo) {
        if self.step(case) != Step::Waiting {
            return;
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 2 << 40);
        let from = self.office(case);
        let to = draw.weighted(self.queues.shares.iter().copied()) as OfficeNo;
        if to == from {
            return;
        }
        let by = self.roster.of(from, Role::Officer, draw.bits());
        let requested = self.act(case, &mut draw, by);
        self.history(case).transfer = Some(Transfer { from, to, requested, accepted: None, refused: None });
        let days = draw.between(1, 6);
        self.after_working(case, days, Todo::AcceptTransfer);
    }

    pub(super) fn accept_transfer(&mut self, case: CaseNo) {
        match self.step(case) {
            Step::Waiting => {}
            Step::Listed => return self.after_working(case, 7, Todo::AcceptTransfer),
            Step::Closed => return,
            _ => return self.refuse_transfer(case),
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 3 << 40);
        let Some(transfer) = self.histories[case as usize].transfer else { return };
        let by = self.roster.of(transfer.to, Role::Officer, draw.bits());
        let accepted = self.act(case, &mut draw, by);
        self.leave_pool(case);
        let history = self.history(case);
        history.transfer = Some(Transfer { accepted: Some(accepted), ..transfer });
        history.office_now = transfer.to;
        self.queues.pools[usize::from(transfer.to)].push(case);
    }

    /// Selected in the meantime: the case stays where its place is.
    fn refuse_transfer(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 3 << 40);
        let Some(transfer) = self.histories[case as usize].transfer else { return };
        let by = self.roster.of(transfer.to, Role::Officer, draw.bits());
        let refused = self.act(case, &mut draw, by);
        self.history(case).transfer = Some(Transfer { refused: Some(refused), ..transfer });
    }

    fn leave_pool(&mut self, case: CaseNo) {
        let office = self.office(case);
        self.queues.pools[usize::from(office)].retain(|other| *other != case);
    }
}
