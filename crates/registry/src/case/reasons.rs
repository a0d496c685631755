//! The coded reasons and findings that events carry. Numbers are stored, never reused.

use super::coded::coded;

coded! {
    /// Why a case was closed.
    CloseReason "case-closing" {
        Graduated = 1, "graduated";
        Ineligible = 2, "ineligible";
        Declined = 3, "declined";
        NoAnswer = 4, "no_answer";
        CallEnded = 5, "call_ended";
        DroppedOut = 6, "dropped_out";
        Failed = 7, "failed";
        PlanStopped = 8, "plan_stopped";
        PlanRefused = 9, "plan_refused";
        ContractLapsed = 10, "contract_lapsed";
        Withdrew = 11, "withdrew";
        FoundWork = 12, "found_work";
        BeganInsurance = 13, "began_insurance";
        OtherMeasure = 14, "other_measure";
        MovedAbroad = 15, "moved_abroad";
        Imprisoned = 16, "imprisoned";
        Deceased = 17, "deceased";
        BusinessEnded = 18, "business_ended";
        Fraud = 19, "fraud";
        Duplicate = 20, "duplicate";
        Error = 21, "error";
    }
}

impl CloseReason {
    /// Reasons that a person gives when withdrawing.
    pub const fn is_withdrawal(self) -> bool {
        matches!(
            self,
            Self::Withdrew | Self::FoundWork | Self::BeganInsurance | Self::OtherMeasure | Self::MovedAbroad | Self::Imprisoned
        )
    }
}

coded! {
    /// On what ground the person applied.
    Basis "case-basis" {
        Unemployed = 1, "unemployed";
        /// Jobseeker with a farm-land share and no other work (rule 1.4).
        Landholder = 2, "landholder";
    }
}

coded! {
    /// What a ranking gave.
    RankingOutcome "case-ranking" {
        Selected = 1, "selected";
        Reserve = 2, "reserve";
    }
}

coded! {
    /// Why a person declined an offer or left a course.
    LeaveReason "case-leave" {
        FoundWork = 1, "found_work";
        Illness = 2, "illness";
        Family = 3, "family";
        Distance = 4, "distance";
        OtherMeasure = 5, "other_measure";
        Moved = 6, "moved";
        LostInterest = 7, "lost_interest";
        Absence = 8, "absence";
        Other = 9, "other";
    }
}

coded! {
    /// Why a course may be repeated.
    RepeatCause "case-repeat" {
        Illness = 1, "illness";
        Family = 2, "family";
        Childbirth = 3, "childbirth";
        MilitaryService = 4, "military_service";
        Disaster = 5, "disaster";
        CourseCancelled = 6, "course_cancelled";
    }
}

coded! {
    /// The environmental and social rating of a plan that may go on.
    Rating "case-rating" {
        Low = 1, "low";
        Moderate = 2, "moderate";
    }
}

coded! {
    /// Why a plan was stopped by screening.
    StopCause "case-stop" {
        Substantial = 1, "substantial";
        High = 2, "high";
        Prohibited = 3, "prohibited";
    }
}

coded! {
    /// Why a business paused.
    PauseReason "case-pause" {
        Season = 1, "season";
        Illness = 2, "illness";
        Childbirth = 3, "childbirth";
        Repair = 4, "repair";
        Premises = 5, "premises";
        Demand = 6, "demand";
        Family = 7, "family";
        Other = 8, "other";
    }
}

coded! {
    /// Why a business ended.
    EndReason "case-end" {
        Loss = 1, "loss";
        Demand = 2, "demand";
        FoundWork = 3, "found_work";
        Illness = 4, "illness";
        Family = 5, "family";
        Moved = 6, "moved";
        /// The equipment was sold, pledged or lent.
        EquipmentSold = 7, "equipment_sold";
        EquipmentLost = 8, "equipment_lost";
        NeverStarted = 9, "never_started";
        Deceased = 10, "deceased";
        Other = 11, "other";
    }
}

coded! {
    /// Why a case rests.
    SuspensionCause "case-suspension" {
        Illness = 1, "illness";
        Maternity = 2, "maternity";
        MilitaryService = 3, "military_service";
        Prison = 4, "prison";
        Disaster = 5, "disaster";
    }
}

coded! {
    /// How an asset was lost.
    LossCause "case-loss" {
        Theft = 1, "theft";
        Fire = 2, "fire";
        Disaster = 3, "disaster";
        Accident = 4, "accident";
        Sold = 5, "sold";
        Neglect = 6, "neglect";
        Other = 7, "other";
    }
}

coded! {
    /// What follows from a loss.
    LossFinding "case-finding" {
        /// Not yet decided; a second report on the asset decides.
        UnderStudy = 1, "under_study";
        /// No fault: the item will be replaced.
        Replace = 2, "replace";
        /// No fault: the item is written off and no longer held.
        WriteOff = 3, "write_off";
        /// Fault: a notice of breach follows.
        Fault = 4, "fault";
    }
}

coded! {
    /// When social assistance is told.
    AssistanceMoment "case-assistance" {
        Contract = 1, "contract";
        Start = 2, "start";
        End = 3, "end";
        Recovery = 4, "recovery";
    }
}

coded! {
    /// What is known of the business at an anniversary of receipt.
    FollowupStatus "case-followup" {
        InBusiness = 1, "in_business";
        Ended = 2, "ended";
        /// Three tries failed.
        Unreachable = 3, "unreachable";
        NotVisited = 4, "not_visited";
        Deceased = 5, "deceased";
    }
}

impl FollowupStatus {
    /// Whether it says how the business stands, rather than that nobody knows.
    pub const fn is_known(self) -> bool {
        matches!(self, Self::InBusiness | Self::Ended | Self::Deceased)
    }
}

coded! {
    /// How an award was given.
    AwardForm "case-award" {
        Equipment = 1, "equipment";
        /// The first tranche of a cash pilot.
        Tranche = 2, "tranche";
    }
}

coded! {
    /// What became of an appeal.
    AppealOutcome "case-appeal" {
        /// The decision stands.
        Upheld = 1, "upheld";
        /// The decision changes: a correction follows.
        Changed = 2, "changed";
        /// The decision goes back to those who took it.
        SentBack = 3, "sent_back";
        /// Too late, and not admitted.
        Late = 4, "late";
        Withdrawn = 5, "withdrawn";
    }
}

coded! {
    /// Why a hold lies on a case.
    HoldCause "case-hold" {
        Grievance = 1, "grievance";
        Audit = 2, "audit";
        FraudReview = 3, "fraud_review";
    }
}

coded! {
    /// Which of two merged cases this one is.
    MergeSide "case-merge" {
        Survives = 1, "survives";
        Ceases = 2, "ceases";
    }
}
