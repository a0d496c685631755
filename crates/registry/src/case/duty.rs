//! What somebody does in a case: a task in a work queue, and a duty that may exclude another over the case's whole life.

use super::{coded::coded, event::Event, facts::Facts, reasons::AppealOutcome};
use platform::role::Role;
use values::id::OfficerId;

coded! {
    /// A task of the staff. Numbers are stored, never reused.
    Duty "case-duty" {
        Register = 1, "register";
        /// Ask for missing papers and take them in.
        CollectPapers = 2, "collect_papers";
        DecideEligibility = 3, "decide_eligibility";
        AssessReadiness = 4, "assess_readiness";
        ProposeRanking = 5, "propose_ranking";
        ApproveRanking = 6, "approve_ranking";
        RecordAnswer = 7, "record_answer";
        StartTraining = 8, "start_training";
        /// Teach, and record the result.
        Train = 9, "train";
        SubmitPlan = 10, "submit_plan";
        Screen = 11, "screen";
        ClearScreening = 12, "clear_screening";
        Evaluate = 13, "evaluate";
        HoldDefence = 14, "hold_defence";
        Vote = 15, "vote";
        /// Put the plan on a sitting's agenda.
        CallSitting = 16, "call_sitting";
        PrepareContract = 17, "prepare_contract";
        SignContract = 18, "sign_contract";
        Order = 19, "order";
        /// Inspect a delivery and take it into stock.
        Receive = 20, "receive";
        HandOver = 21, "hand_over";
        ConfirmStart = 22, "confirm_start";
        Monitor = 23, "monitor";
        NoticeBreach = 24, "notice_breach";
        SettleBreach = 25, "settle_breach";
        UpholdBreach = 26, "uphold_breach";
        ProposeExtension = 27, "propose_extension";
        ApproveExtension = 28, "approve_extension";
        ProposeOwnership = 29, "propose_ownership";
        ApproveOwnership = 30, "approve_ownership";
        Recover = 31, "recover";
        FollowUp = 32, "follow_up";
        ProposeClosing = 33, "propose_closing";
        ApproveClosing = 34, "approve_closing";
        AnswerTransfer = 35, "answer_transfer";
        EndSuspension = 36, "end_suspension";
        /// After a death: a household member continues, or the assets return.
        SettleDeath = 37, "settle_death";
        DecideAppeal = 38, "decide_appeal";
        ScoreAward = 39, "score_award";
        DecideAward = 40, "decide_award";
        OverrideOrder = 41, "override_order";
    }
}

impl Duty {
    /// Whose work it is.
    pub const fn role(self) -> Role {
        match self {
            Self::AssessReadiness => Role::Counsellor,
            Self::StartTraining | Self::Train => Role::Trainer,
            Self::ClearScreening => Role::Environment,
            Self::Evaluate | Self::ScoreAward => Role::Evaluator,
            Self::Vote | Self::DecideAward | Self::UpholdBreach => Role::Member,
            Self::HoldDefence | Self::CallSitting => Role::Secretary,
            Self::SignContract | Self::SettleBreach => Role::OfficeHead,
            Self::ApproveExtension | Self::ApproveOwnership | Self::ApproveClosing => Role::OfficeHead,
            Self::ApproveRanking | Self::OverrideOrder | Self::DecideAppeal => Role::Manager,
            Self::Order => Role::Procurement,
            Self::Receive | Self::HandOver | Self::Recover => Role::Storekeeper,
            Self::ConfirmStart | Self::Monitor | Self::FollowUp => Role::Monitor,
            _ => Role::Officer,
        }
    }
}

/// Duties of which one officer may have only one in the life of a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// Stored, never reused.
    pub number: i16,
    pub duties: [Duty; 2],
}

const fn between(number: i16, one: Duty, other: Duty) -> Conflict {
    Conflict { number, duties: [one, other] }
}

/// Every pair of duties that exclude each other. A blind scorer has met the person nowhere (3 to 5, 15 to 19). From 30 on: nobody decides an appeal who had a part in the decision.
pub const CONFLICTS: &[Conflict] = &[
    between(1, Duty::Register, Duty::DecideEligibility),
    between(2, Duty::ProposeRanking, Duty::ApproveRanking),
    between(3, Duty::Train, Duty::Evaluate),
    between(4, Duty::Evaluate, Duty::HoldDefence),
    between(5, Duty::Evaluate, Duty::Vote),
    between(6, Duty::Screen, Duty::ClearScreening),
    between(7, Duty::Order, Duty::Receive),
    between(8, Duty::Order, Duty::HandOver),
    between(9, Duty::HandOver, Duty::Monitor),
    between(10, Duty::ProposeOwnership, Duty::ApproveOwnership),
    between(11, Duty::ProposeExtension, Duty::ApproveExtension),
    between(12, Duty::ProposeClosing, Duty::ApproveClosing),
    between(13, Duty::NoticeBreach, Duty::UpholdBreach),
    between(14, Duty::ScoreAward, Duty::DecideAward),
    between(15, Duty::Register, Duty::Evaluate),
    between(16, Duty::DecideEligibility, Duty::Evaluate),
    between(17, Duty::AssessReadiness, Duty::Evaluate),
    between(18, Duty::Screen, Duty::Evaluate),
    between(19, Duty::ClearScreening, Duty::Evaluate),
    between(20, Duty::PrepareContract, Duty::SignContract),
    between(30, Duty::DecideEligibility, Duty::DecideAppeal),
    between(31, Duty::ProposeRanking, Duty::DecideAppeal),
    between(32, Duty::ApproveRanking, Duty::DecideAppeal),
    between(33, Duty::Train, Duty::DecideAppeal),
    between(34, Duty::Screen, Duty::DecideAppeal),
    between(35, Duty::ClearScreening, Duty::DecideAppeal),
    between(36, Duty::Evaluate, Duty::DecideAppeal),
    between(37, Duty::HoldDefence, Duty::DecideAppeal),
    between(38, Duty::Vote, Duty::DecideAppeal),
    between(39, Duty::NoticeBreach, Duty::DecideAppeal),
    between(40, Duty::UpholdBreach, Duty::DecideAppeal),
    between(41, Duty::Recover, Duty::DecideAppeal),
    between(42, Duty::ScoreAward, Duty::DecideAppeal),
    between(43, Duty::DecideAward, Duty::DecideAppeal),
    between(44, Duty::ProposeClosing, Duty::DecideAppeal),
    between(45, Duty::ApproveClosing, Duty::DecideAppeal),
    between(46, Duty::AnswerTransfer, Duty::DecideAppeal),
];

/// The numbers of the conflicts in which a duty takes part.
pub fn conflicts_of(duty: Duty) -> impl Iterator<Item = i16> {
    CONFLICTS.iter().filter(move |conflict| conflict.duties.contains(&duty)).map(|conflict| conflict.number)
}

/// Whether one officer may not have both in one case.
pub fn exclude_each_other(one: Duty, other: Duty) -> bool {
    one != other && CONFLICTS.iter().any(|conflict| conflict.duties.contains(&one) && conflict.duties.contains(&other))
}

/// The duties that an event proves, each with its officer: what the store writes into `case_duty`.
/// Duties that leave no event here (ordering, inspecting, voting, scoring an award) are written by their slices.
pub fn duties_of(event: &Event, mut each: impl FnMut(Duty, OfficerId)) {
    let actor = event.officer;
    match &event.facts {
        Facts::ApplicationLodged(_) => each(Duty::Register, actor),
        Facts::EligibilityConfirmed { .. } | Facts::EligibilityRefused { .. } => each(Duty::DecideEligibility, actor),
        Facts::ReadinessAssessed { .. } => each(Duty::AssessReadiness, actor),
        Facts::RankingApproved { proposed_by, .. } => {
            each(Duty::ProposeRanking, *proposed_by);
            each(Duty::ApproveRanking, actor);
        }
        Facts::TrainingCompleted { .. } | Facts::TrainingFailed { .. } | Facts::TrainingDropped { .. } => {
            each(Duty::Train, actor)
        }
        Facts::PlanCleared { screened_by, .. } | Facts::PlanStopped { screened_by, .. } => {
            each(Duty::Screen, *screened_by);
            each(Duty::ClearScreening, actor);
        }
        Facts::PlanScored { first, second, third, .. } => {
            [Some(first), Some(second), third.as_ref()]
                .into_iter()
                .flatten()
                .for_each(|mark| each(Duty::Evaluate, mark.evaluator));
        }
        Facts::DefenceHeld { panel, .. } => panel.iter().for_each(|member| each(Duty::HoldDefence, *member)),
        Facts::ContractSigned { .. } => each(Duty::SignContract, actor),
        Facts::HandoverPartial { .. } | Facts::HandoverCompleted { .. } => each(Duty::HandOver, actor),
        Facts::BusinessStarted { .. } | Facts::FollowupRecorded { .. } => each(Duty::Monitor, actor),
        Facts::BreachNoticed { .. } => each(Duty::NoticeBreach, actor),
        Facts::BreachUpheld { .. } => each(Duty::UpholdBreach, actor),
        Facts::TermExtended { proposed_by, .. } => {
            each(Duty::ProposeExtension, *proposed_by);
            each(Duty::ApproveExtension, actor);
        }
        Facts::OwnershipTransferred { proposed_by, .. } => {
            each(Duty::ProposeOwnership, *proposed_by);
            each(Duty::ApproveOwnership, actor);
        }
        Facts::RecoveryCompleted { .. } => each(Duty::Recover, actor),
        Facts::CaseClosed { proposed_by: Some(first), .. } => {
            each(Duty::ProposeClosing, *first);
            each(Duty::ApproveClosing, actor);
        }
        Facts::TransferRefused { .. } => each(Duty::AnswerTransfer, actor),
        // Whoever writes down that the person took it back decides nothing.
        Facts::AppealDecided { outcome, .. } if *outcome != AppealOutcome::Withdrawn => each(Duty::DecideAppeal, actor),
        _ => {}
    }
}
