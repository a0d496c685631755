//! The one list of what can happen to a case. Each line names the stages it leads from and to; the guards are in the `step` files.

use super::coded::coded;

coded! {
    /// The kind of an event of a case. Numbers are stored for ever and stay under 128, so that a set of kinds is one integer.
    Kind "case-event" {
        /// nothing → applied: the event that opens a case.
        ApplicationLodged = 1, "application.lodged";
        /// applied → incomplete: the decision's clock pauses.
        DocumentsRequested = 2, "documents.requested";
        /// incomplete → applied: the clock goes on.
        DocumentsSupplied = 3, "documents.supplied";
        /// applied → eligible.
        EligibilityConfirmed = 4, "eligibility.confirmed";
        /// applied → ineligible: the appeal clock starts.
        EligibilityRefused = 5, "eligibility.refused";
        /// eligible, stays: advice and the direction chosen; it never bars.
        ReadinessAssessed = 6, "readiness.assessed";
        /// eligible → selected or reserve.
        RankingApproved = 7, "ranking.approved";
        /// selected → enrolled.
        OfferAccepted = 8, "offer.accepted";
        /// selected → closed (declined).
        OfferDeclined = 9, "offer.declined";
        /// selected → closed (no answer).
        OfferLapsed = 10, "offer.lapsed";
        /// reserve → selected.
        ReserveCalled = 11, "reserve.called";

        /// enrolled → in training; once more from failed or dropped out for good cause; later, while skipped training is due.
        TrainingStarted = 20, "training.started";
        /// in training → trained.
        TrainingCompleted = 21, "training.completed";
        /// in training → failed.
        TrainingFailed = 22, "training.failed";
        /// in training → dropped out.
        TrainingDropped = 23, "training.dropped";

        /// trained, revising, plan stopped → plan submitted; from enrolled or in training when training was skipped.
        PlanSubmitted = 30, "plan.submitted";
        /// plan submitted → screened.
        PlanCleared = 31, "plan.cleared";
        /// plan submitted → plan stopped.
        PlanStopped = 32, "plan.stopped";
        /// screened → scored.
        PlanScored = 33, "plan.scored";
        /// scored, stays: marked separately, after the scores are sealed.
        DefenceHeld = 34, "defence.held";
        /// scored, plan reserve → approved.
        CommissionApproved = 35, "commission.approved";
        /// scored, plan reserve → revising.
        CommissionRevise = 36, "commission.revise";
        /// scored, plan reserve → refused.
        CommissionRefused = 37, "commission.refused";
        /// scored, plan reserve → plan reserve.
        CommissionReserve = 38, "commission.reserve";

        /// approved → contracted.
        ContractSigned = 50, "contract.signed";
        /// contracted, stays: part of the items accepted.
        HandoverPartial = 51, "handover.partial";
        /// contracted, stays: faulty or missing items refused.
        HandoverRefused = 52, "handover.refused";
        /// contracted → equipped: the receipt date.
        HandoverCompleted = 53, "handover.completed";

        /// equipped → operating; in breach for not starting, stays.
        BusinessStarted = 60, "business.started";
        /// operating → paused; in breach and owner stay.
        BusinessPaused = 61, "business.paused";
        /// paused, ended → operating; in breach and owner stay.
        BusinessResumed = 62, "business.resumed";
        /// equipped, operating, paused → ended; in breach, recovering and owner stay.
        BusinessEnded = 63, "business.ended";
        /// contracted, equipped, operating, paused, ended → in breach.
        BreachNoticed = 64, "breach.noticed";
        /// in breach → where the business stands.
        BreachRemedied = 65, "breach.remedied";
        /// in breach → recovering.
        BreachUpheld = 66, "breach.upheld";
        /// contracted to in breach, stays: the term ends later.
        TermExtended = 67, "term.extended";
        /// operating → owner; also a business that ended only after its term.
        OwnershipTransferred = 68, "ownership.transferred";
        /// recovering → recovered; also, 40 days after a death, from any stage with assets out.
        RecoveryCompleted = 69, "recovery.completed";
        /// any after receipt, closed too, stays.
        FollowupRecorded = 70, "followup.recorded";

        /// any → closed.
        CaseClosed = 80, "case.closed";
        /// before handover → closed; after it → recovering.
        Withdrawn = 81, "withdrawn";
        /// any open, stays: duty clocks stop; a second one renews.
        Suspended = 82, "suspended";
        /// suspended, stays: duty clocks go on.
        Resumed = 83, "resumed";
        /// any open, stays.
        TransferRequested = 84, "transfer.requested";
        /// any with a request, stays: the office changes, the office of selection does not.
        TransferAccepted = 85, "transfer.accepted";
        /// any with a request, stays.
        TransferRefused = 86, "transfer.refused";
        /// any open before receipt of the last item, stays.
        DirectionChanged = 87, "direction.changed";
        /// before handover → closed; after it stays, 40 days without demand.
        Deceased = 88, "deceased";
        /// any with assets out, stays.
        LossReported = 89, "loss.reported";
        /// any, survivor stays; the other → closed (duplicate).
        Merged = 90, "merged";
        /// any, closed too: voids or replaces one entry, and the case is folded again.
        Corrected = 91, "corrected";
        /// any, closed too, stays: message to social assistance.
        AssistanceTold = 92, "assistance.told";
        /// closed, stays: names the person's new case.
        Reapplied = 93, "reapplied";
        /// any open, stays: a manager lets a step be skipped; it stays due.
        OrderOverridden = 94, "order.overridden";

        /// operating, owner, stays: beside the stage, never one.
        AwardDelivered = 100, "award.delivered";
        /// any, closed too, stays.
        AppealLodged = 101, "appeal.lodged";
        /// any, closed too, stays; a changed decision follows as a correction.
        AppealDecided = 102, "appeal.decided";
        /// any open, stays: blocks the kinds that it names.
        HoldPlaced = 103, "hold.placed";
        /// any with the hold, stays.
        HoldReleased = 104, "hold.released";
        /// any, closed too, stays: an application for an award is refused.
        AwardRefused = 105, "award.refused";
    }
}

impl Kind {
    /// Kinds that need a reason in words.
    pub const fn needs_reason(self) -> bool {
        matches!(
            self,
            Self::TermExtended | Self::Corrected | Self::OrderOverridden | Self::EligibilityRefused | Self::CommissionRefused
        )
    }

    /// Kinds that tell what is so, or keep the file, rather than carry the case forward: a suspension does not stop them.
    pub const fn is_record(self) -> bool {
        matches!(
            self,
            Self::BusinessPaused
                | Self::BusinessResumed
                | Self::BusinessEnded
                | Self::FollowupRecorded
                | Self::CaseClosed
                | Self::Withdrawn
                | Self::Suspended
                | Self::Resumed
                | Self::TransferRequested
                | Self::TransferAccepted
                | Self::TransferRefused
                | Self::Deceased
                | Self::LossReported
                | Self::Merged
                | Self::Corrected
                | Self::AssistanceTold
                | Self::Reapplied
                | Self::AwardRefused
                | Self::AppealLodged
                | Self::AppealDecided
                | Self::HoldPlaced
                | Self::HoldReleased
        )
    }

    /// Kinds that a hold may name: those that carry the case forward, and closing.
    pub const fn may_be_held(self) -> bool {
        !self.is_record() && !matches!(self, Self::ApplicationLodged) || matches!(self, Self::CaseClosed)
    }

    /// Kinds that a closed case still accepts.
    pub const fn after_closing(self) -> bool {
        matches!(
            self,
            Self::FollowupRecorded
                | Self::AwardRefused
                | Self::AppealLodged
                | Self::AppealDecided
                | Self::Corrected
                | Self::Reapplied
                | Self::AssistanceTold
                | Self::Deceased
                | Self::Merged
                | Self::HoldReleased
        )
    }

    /// Kinds that are still recorded after the person's death.
    pub const fn after_death(self) -> bool {
        self.is_record() && !matches!(self, Self::Withdrawn | Self::Suspended | Self::Resumed | Self::Deceased | Self::Reapplied)
            || matches!(self, Self::RecoveryCompleted)
    }

    /// Decisions against which a person may appeal.
    pub const fn may_be_appealed(self) -> bool {
        matches!(
            self,
            Self::EligibilityRefused
                | Self::RankingApproved
                | Self::TrainingFailed
                | Self::TrainingDropped
                | Self::PlanStopped
                | Self::CommissionRefused
                | Self::CommissionRevise
                | Self::CommissionReserve
                | Self::BreachNoticed
                | Self::BreachUpheld
                | Self::RecoveryCompleted
                | Self::CaseClosed
                | Self::TransferRefused
                | Self::AwardRefused
                | Self::AwardDelivered
        )
    }
}
