//! How the term ends: the title passes after a final visit, or what was handed over comes back.

use super::*;

impl Telling<'_> {
    /// What was handed over comes back: after a death, or after a breach upheld.
    pub(super) fn take_back(&mut self) {
        match self.death {
            Some(death) => self.recover(death.recorded.at.day.plus(48), CloseReason::Deceased),
            None => self.uphold(),
        }
    }

    pub(super) fn extend(&mut self) {
        let day = self.fate.term_ends.plus(-self.draw.between(8, 24)).max(self.fate.received.plus(7));
        let Some(proposed) = self.act(day, Role::Officer) else { return };
        let later = self.days().plus(proposed.at.day, 1 + self.draw.below(4) as u32);
        let approved = self.act(later, Role::OfficeHead);
        if approved.is_some() {
            self.business.term_ends = self.fate.term_ends.plus_months(u32::from(EXTENSION_MONTHS));
        }
        self.business.extension = Some(Extension { proposed, approved, months: EXTENSION_MONTHS });
    }

    /// The end of the term: the final visit, the officer's proposal and the second person's approval.
    pub(super) fn pass_title(&mut self) {
        let end = self.business.term_ends;
        let suspended = self.suspension.is_some_and(|rest| rest.resumed.is_none());
        let paused = self.business.pauses.last().is_some_and(|pause| pause.resumed.is_none());
        if suspended || paused || self.business.started.is_none() || end > self.scene.today.plus(25) {
            return;
        }
        let due = self.days().on_or_after(end.plus(-6).max(self.last.day.plus(2)));
        self.visit_once(due, VisitKind::Final);
        let final_visit = self.business.visits.last().and_then(|visit| visit.made);
        // A business that ended only after its term has met what the contract asked.
        match final_visit.filter(|made| matches!(made.status, Seen::InBusiness | Seen::Ended)) {
            Some(seen) => self.propose(end.max(seen.at.day)),
            None => self.visit_again(end),
        }
    }

    /// Nobody was met: a second final visit.
    fn visit_again(&mut self, end: Day) {
        if self.business.visits.last().is_some_and(|visit| visit.made.is_none()) {
            return;
        }
        let day = self.days().on_or_after(end.plus(self.draw.between(12, 25)));
        let planned = self.days().on_or_before(end).at(10 * 60);
        let at = day.at(11 * 60);
        let made = (day <= self.scene.today).then(|| self.seen(at, 0.0));
        self.business.visits.push(Visit {
            due: day,
            planned,
            monitor: self.officer(Role::Monitor),
            kind: VisitKind::Final,
            made,
        });
        if made.is_some() {
            self.propose(day);
        }
    }

    fn propose(&mut self, from: Day) {
        let day = from.plus(self.draw.log_normal(9.0, 0.5).clamp(1.0, 20.0) as i32);
        let Some(proposed) = self.act(day, Role::Officer) else { return };
        let later = self.days().plus(proposed.at.day, 2 + self.draw.below(6) as u32);
        if self.fate.dies.is_some_and(|death| death <= later.plus(3)) {
            return;
        }
        let approved = self.act(later, Role::OfficeHead);
        self.business.ownership = Some(Ownership { proposed, approved });
    }

    /// The case of an owner closes after the last follow-up, or with the owner's death.
    pub(super) fn graduate(&mut self) {
        if self.business.ownership.is_none_or(|title| title.approved.is_none()) {
            return;
        }
        if self.death.is_some() {
            let day = self.last.day.plus(10);
            return self.close_owner(day, CloseReason::Deceased);
        }
        let last = self.business.follow_ups.iter().find(|follow_up| follow_up.months == 24);
        let Some((made, _)) = last.and_then(|follow_up| follow_up.made) else { return };
        let day = made.at.day.plus(self.draw.between(6, 30));
        self.last = self.last.max(made.at);
        self.close_owner(day, CloseReason::Graduated);
    }

    fn close_owner(&mut self, day: Day, reason: CloseReason) {
        if let Some(act) = self.act(day, Role::Officer) {
            let approved_by = Some(self.officer(Role::OfficeHead));
            self.closing = Some(Closing { act, reason, approved_by });
        }
    }

    /// Ended before the term: notice, hearing, and when nothing remedies it the equipment comes back.
    fn uphold(&mut self) {
        let Some(ended) = self.business.ended else { return };
        let kind = match ended.reason {
            EndReason::NeverStarted => BreachKind::NotStarted,
            EndReason::SoldEquipment => BreachKind::EquipmentSold,
            EndReason::Moved => BreachKind::EquipmentMoved,
            _ => BreachKind::StoppedBeforeTerm,
        };
        let day = ended.recorded.at.day.plus(self.draw.between(2, 14));
        self.breach(day, kind);
        let Some(breach) = self.business.breach.filter(|breach| breach.kind == kind && breach.outcome.is_none()) else { return };
        let head = self.scene.roster.of(self.office, Role::OfficeHead, 0);
        let day = breach.remedy_due.plus(9 + self.draw.between(0, 18));
        let Some(at) = self.moment(day) else { return };
        self.last = at;
        self.business.breach =
            Some(Breach { outcome: Some(BreachOutcome { act: Act { at, by: head }, remedied: false }), ..breach });
        let back = at.day.plus(self.draw.between(12, 60));
        self.recover(back, CloseReason::BusinessEnded);
    }

    fn recover(&mut self, day: Day, reason: CloseReason) {
        let keeper = self.officer(Role::Storekeeper);
        let Some(begun) = self.act(self.last.day.plus(1), Role::Officer) else { return };
        let completed = self.moment(day).map(|at| Act { at, by: keeper });
        let written_off = if self.draw.chance(0.2) { vec![0] } else { Vec::new() };
        let value = round(140_000.0 * self.draw.log_normal(1.0, 0.4));
        self.business.recovery = Some(Recovery { begun, completed, value, written_off });
        let Some(completed) = completed else { return };
        self.last = completed.at;
        let later = completed.at.day.plus(self.draw.between(4, 15));
        if let Some(act) = self.act(later, Role::Officer) {
            self.closing = Some(Closing { act, reason, approved_by: None });
        }
    }
}
