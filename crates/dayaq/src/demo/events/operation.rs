//! Handover, the life of the business, breach, follow-ups, ownership or recovery, death.

use super::{Teller, code};
use crate::demo::afterwards::{BreachKind, Business, EndReason, Ending, PauseReason, Seen};
use crate::demo::equipment::Piece;
use crate::demo::history::{Act, SuspensionReason};
use crate::demo::rows::monitoring::first_sale;
use registry::case::{
    self, AssistanceMoment, AwardForm, EndReason as Ended, Facts, FollowupStatus, LossCause, LossFinding, PauseReason as Paused,
    SuspensionCause,
};
use values::Money;

/// Months for which a suspension is granted.
const SUSPENSION_MONTHS: u32 = 4;

impl Teller<'_> {
    pub(super) fn operation(&mut self) {
        self.handover();
        self.rest_and_death();
        let history = self.history;
        let Some(business) = history.business.as_deref() else { return };
        self.running(business);
        self.breach(business);
        self.follow_ups(business);
        self.title_or_return(business);
        self.award();
    }

    fn award(&mut self) {
        let Some(number) = self.history.award else { return };
        let award = &self.made.awards[number as usize];
        let secretary = self.made.rounds[usize::from(award.round)].secretary;
        let refused = match (award.checked, award.decided) {
            (Some((act, false)), _) => Some(act),
            (_, Some((at, false))) => Some(Act { at, by: secretary }),
            _ => None,
        };
        if let Some(act) = refused {
            self.tell(act, Facts::AwardRefused { award: self.made.award_id(number as usize) });
        }
        if let (Some(delivered), Some((decided, true))) = (award.delivered, award.decided) {
            let facts = Facts::AwardDelivered {
                award: self.made.award_id(number as usize),
                form: AwardForm::Equipment,
                amount: Money::from_qepik(award.granted),
                decided_on: decided.date(),
            };
            self.tell(delivered, facts);
        }
    }

    fn handover(&mut self) {
        let Some(delivery) = &self.history.delivery else { return };
        let contract = self.made.contract_id(self.case);
        let taken = |until: Option<Act>| {
            let until = until.map(|act| act.at);
            let pieces = delivery.pieces.iter().filter(move |piece| piece.handed_over.is_some_and(|at| Some(at) <= until));
            pieces.fold((0_u16, 0_i64), |(items, value), piece| (items + 1, value + piece.price))
        };
        let (mut items, mut value) = (0, 0);
        if let Some(partial) = delivery.partial {
            (items, value) = taken(Some(partial));
            if items > 0 {
                self.tell(partial, Facts::HandoverPartial { contract, items, value: Money::from_qepik(value) });
            }
        }
        if let Some(refused) = delivery.refused {
            self.tell(refused, Facts::HandoverRefused { contract, items: delivery.pieces.len() as u16 });
        }
        if let Some(completed) = delivery.completed {
            let all = taken(Some(completed));
            let facts = Facts::HandoverCompleted { contract, items: all.0 - items, value: Money::from_qepik(all.1 - value) };
            self.tell(completed, facts);
            for (at, items, value) in delivery.late() {
                self.tell(
                    Act { at, by: completed.by },
                    Facts::HandoverPartial { contract, items, value: Money::from_qepik(value) },
                );
            }
        }
    }

    /// Pieces handed over.
    fn held(&self) -> u16 {
        let pieces = self.history.delivery.iter().flat_map(|delivery| &delivery.pieces);
        pieces.filter(|piece| piece.handed_over.is_some()).count() as u16
    }

    fn rest_and_death(&mut self) {
        if let Some(rest) = self.history.suspension {
            let cause = match rest.reason {
                SuspensionReason::Illness => SuspensionCause::Illness,
                SuspensionReason::Maternity => SuspensionCause::Maternity,
                SuspensionReason::MilitaryService => SuspensionCause::MilitaryService,
            };
            let until = rest.suspended.at.day.plus_months(SUSPENSION_MONTHS).date();
            self.tell(rest.suspended, Facts::Suspended { cause, until });
            if let Some(resumed) = rest.resumed {
                self.tell(resumed, Facts::Resumed);
            }
        }
        if let Some(death) = self.history.death {
            self.tell(death.recorded, Facts::Deceased { died_on: death.on.date() });
        }
    }

    fn running(&mut self, business: &Business) {
        if let Some(started) = business.started {
            self.tell(started, Facts::BusinessStarted { visit: Some(first_sale(self.made, self.case, started)) });
            self.assistance(started, AssistanceMoment::Start);
        }
        for pause in &business.pauses {
            let reason = match pause.reason {
                PauseReason::Season => Paused::Season,
                PauseReason::Illness => Paused::Illness,
                PauseReason::Premises => Paused::Premises,
                PauseReason::Repair => Paused::Repair,
            };
            self.tell(pause.from, Facts::BusinessPaused { reason });
            if let Some(resumed) = pause.resumed {
                self.tell(resumed, Facts::BusinessResumed);
            }
        }
        if let Some(loss) = business.loss {
            self.loss(loss);
        }
        if let Some(Ending { on, reason, recorded }) = business.ended {
            self.tell_of(on, recorded, Facts::BusinessEnded { reason: ended(reason) });
            self.assistance(recorded, AssistanceMoment::End);
        }
    }

    fn loss(&mut self, loss: crate::demo::afterwards::Loss) {
        let piece = self.history.delivery.as_ref().and_then(|delivery| delivery.pieces.get(usize::from(loss.piece)));
        let Some((serial, received)) = piece.and_then(Piece::current) else { return };
        let facts = Facts::LossReported {
            asset: self.made.asset_id(serial, received.at),
            happened_on: loss.reported.at.day.plus(-2).date(),
            cause: if loss.stolen { LossCause::Theft } else { LossCause::Fire },
            finding: LossFinding::Replace,
        };
        self.tell(loss.reported, facts);
    }

    fn breach(&mut self, business: &Business) {
        let Some(breach) = business.breach else { return };
        self.tell(breach.noticed, Facts::BreachNoticed { obligation: code(breach.kind.obligation()) });
        match breach.outcome {
            Some(outcome) if outcome.remedied => self.tell(outcome.act, Facts::BreachRemedied),
            Some(outcome) => {
                let heard_on = breach.remedy_due.date();
                self.tell(outcome.act, Facts::BreachUpheld { heard_on });
            }
            None => {}
        }
    }

    fn follow_ups(&mut self, business: &Business) {
        for follow_up in &business.follow_ups {
            let Some((act, seen)) = follow_up.made else { continue };
            let status = match seen {
                Seen::InBusiness | Seen::Paused => FollowupStatus::InBusiness,
                Seen::Ended | Seen::NotStarted => FollowupStatus::Ended,
                Seen::Unreachable => FollowupStatus::Unreachable,
                Seen::Deceased => FollowupStatus::Deceased,
            };
            self.tell(act, Facts::FollowupRecorded { months: follow_up.months, status, observed_on: act.at.date() });
        }
    }

    fn title_or_return(&mut self, business: &Business) {
        if let Some(extension) = business.extension
            && let Some(approved) = extension.approved
        {
            let proposed_by = self.made.officer_id(extension.proposed.by);
            let facts = Facts::TermExtended { months: extension.months, proposed_by };
            self.tell_why(approved, facts, crate::demo::rows::monitoring::LONGER_BECAUSE);
        }
        let final_visit =
            business.visits.iter().rev().filter_map(|visit| visit.made).find(|made| made.status != Seen::Unreachable);
        if let Some(title) = business.ownership
            && let (Some(approved), Some(seen)) = (title.approved, final_visit)
        {
            let proposed_by = self.made.officer_id(title.proposed.by);
            let (contract, visited_on) = (self.made.contract_id(self.case), seen.at.date());
            self.tell(approved, Facts::OwnershipTransferred { contract, visited_on, proposed_by });
        }
        if let Some(recovery) = &business.recovery
            && let Some(completed) = recovery.completed
        {
            let written_off = recovery.written_off.len() as u16;
            let returned = self.held() - written_off;
            let value = Money::from_qepik(recovery.value);
            self.tell(completed, Facts::RecoveryCompleted { returned, lost: 0, written_off, value });
            self.assistance(completed, AssistanceMoment::Recovery);
        }
    }
}

fn ended(reason: EndReason) -> case::EndReason {
    match reason {
        EndReason::NoCustomers => Ended::Demand,
        EndReason::FoundWork => Ended::FoundWork,
        EndReason::Illness => Ended::Illness,
        EndReason::Moved => Ended::Moved,
        EndReason::SoldEquipment => Ended::EquipmentSold,
        EndReason::NeverStarted => Ended::NeverStarted,
        EndReason::Deceased => Ended::Deceased,
    }
}

impl BreachKind {
    /// The code of the breach in the programme's list.
    pub const fn obligation(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::StoppedBeforeTerm => "ended",
            Self::EquipmentMoved => "moved",
            Self::EquipmentSold => "disposed",
        }
    }
}
