//! Application, papers, decision, readiness, ranking, offer; moves between offices and leaving before a place is taken.

use super::{Teller, code, receipt};
use crate::demo::history::*;
use crate::demo::people::Person;
use registry::case::{
    AppealOutcome, Application as Lodged, Basis, CloseReason as Reason, Facts, Kind, LeaveReason, RankingOutcome, Replacement,
};

/// Of the rules as the cases of the demo knew them.
const RULES_VERSION: u32 = 1;

impl Teller<'_> {
    pub(super) fn admission(&mut self) {
        self.lodged();
        self.papers();
        self.eligibility();
        self.readiness();
        self.transfer();
        self.listings();
        self.offer();
        self.leaving();
        self.again();
    }

    fn lodged(&mut self) {
        let history = self.history;
        let application = &history.application;
        let day = application.lodged.at.day;
        let call = self.made.setting.call_on(day);
        let person = self.made.person_of(self.case);
        let basis = if person.landholder() { Basis::Landholder } else { Basis::Unemployed };
        self.tell(
            application.lodged,
            Facts::ApplicationLodged(Box::new(Lodged {
                receipt: code(&receipt(history.number, day)),
                call: code(call.map_or("", |call| &call.code)),
                phase: code(call.map_or("", |call| &call.phase)),
                funding: code(history.funding.code()),
                office: self.office_id(Some(history.office)),
                region: self.region(history.office),
                basis,
                wished: self.direction(application.direction),
                wished_second: application.second_direction.map(|direction| self.direction(direction)),
                consent_on: day.date(),
            })),
        );
    }

    fn papers(&mut self) {
        let Some(papers) = &self.history.papers else { return };
        self.tell(papers.asked, Facts::DocumentsRequested { missing: 1 });
        if let Some(supplied) = papers.supplied {
            self.tell(supplied, Facts::DocumentsSupplied);
        }
    }

    fn eligibility(&mut self) {
        let Some(Eligibility { decided, failed }) = self.history.eligibility else { return };
        let facts_as_of = decided.at.date();
        match failed {
            None => self.tell(decided, Facts::EligibilityConfirmed { rules_version: RULES_VERSION, facts_as_of }),
            Some(failed) => {
                let rule = code(failed.rule(self.made.person_of(self.case)));
                let facts = Facts::EligibilityRefused { rules_version: RULES_VERSION, facts_as_of, rule };
                self.tell_why(decided, facts, failed.words());
            }
        }
        self.appeals(AppealAgainst::Ineligibility, Kind::EligibilityRefused, decided.at.date());
    }

    /// Appeals against a decision told on a day; one that changes a refusal brings its correction.
    pub(super) fn appeals(&mut self, against: AppealAgainst, kind: Kind, told_on: chrono::NaiveDate) {
        for (position, appeal) in self.history.appeals.iter().enumerate().filter(|(_, appeal)| appeal.against == against) {
            let Some(entry) = self.first_entry(kind) else { continue };
            let id = self.made.appeal_id(self.case, position);
            self.tell(appeal.lodged, Facts::AppealLodged { appeal: id, against: kind, entry, told_on });
            let Some(decided) = appeal.decided else { continue };
            let outcome = if decided.changed { AppealOutcome::Changed } else { AppealOutcome::Upheld };
            self.tell(decided.act, Facts::AppealDecided { appeal: id, outcome });
            if decided.changed {
                let facts = Facts::EligibilityConfirmed { rules_version: RULES_VERSION, facts_as_of: decided.act.at.date() };
                let replacement = Some(Box::new(Replacement { effective_on: decided.act.at.date(), facts }));
                let act = Act { at: decided.act.at.day.at(decided.act.at.minute + 2), by: decided.act.by };
                self.tell_why(act, Facts::Corrected { entry, replacement }, "apellyasiya təmin edildi");
            }
        }
    }

    fn readiness(&mut self) {
        let Some(readiness) = self.history.readiness else { return };
        let facts = Facts::ReadinessAssessed {
            advised: self.direction(readiness.advised),
            direction: self.direction(readiness.chosen),
            score: readiness.score,
        };
        self.tell(readiness.assessed, facts);
    }

    fn transfer(&mut self) {
        let Some(transfer) = self.history.transfer else { return };
        let to = self.office_id(Some(transfer.to));
        self.tell(transfer.requested, Facts::TransferRequested { to });
        if let Some(accepted) = transfer.accepted {
            self.tell(accepted, Facts::TransferAccepted { to });
        }
        if let Some(refused) = transfer.refused {
            self.tell(refused, Facts::TransferRefused { to });
        }
    }

    fn listings(&mut self) {
        for listing in &self.history.listings {
            let outcome = match listing.outcome {
                Listed::Selected => RankingOutcome::Selected,
                Listed::Reserve => RankingOutcome::Reserve,
                Listed::Waiting | Listed::Capped => continue,
            };
            let run = &self.made.runs[listing.run as usize];
            let Some(approved) = run.approved else { continue };
            let proposed_by = self.made.officer_id(run.proposed.by);
            let id = self.made.run_id(listing.run);
            self.tell(approved, Facts::RankingApproved { run: id, outcome, position: listing.position, proposed_by });
            if let Some(called) = self.history.called.filter(|_| outcome == RankingOutcome::Reserve) {
                self.tell(called, Facts::ReserveCalled { run: id, position: listing.position });
            }
        }
    }

    fn offer(&mut self) {
        let Some(Answered { act, answer }) = self.history.offer.and_then(|offer| offer.answer) else { return };
        match answer {
            Answer::Accepted => self.tell(act, Facts::OfferAccepted),
            Answer::Declined(reason) => self.tell(act, Facts::OfferDeclined { reason: reason.leave() }),
            Answer::Lapsed => self.tell(act, Facts::OfferLapsed),
        }
        if let Some(overridden) = self.history.overridden {
            let facts = Facts::OrderOverridden { skipped: Kind::TrainingCompleted };
            self.tell_why(overridden, facts, "2020-ci ildə avadanlıq təlimdən əvvəl verilir");
        }
    }

    /// Withdrawals, and closings that are events of their own.
    fn leaving(&mut self) {
        if let Some(withdrawal) = self.history.withdrawal {
            let reason = match withdrawal.reason {
                WithdrawalReason::FoundWork => Reason::FoundWork,
                WithdrawalReason::MovedAbroad => Reason::MovedAbroad,
                WithdrawalReason::Health => Reason::Withdrew,
                WithdrawalReason::OtherMeasure => Reason::OtherMeasure,
            };
            return self.tell(withdrawal.act, Facts::Withdrawn { reason });
        }
        let Some(closing) = self.history.closing else { return };
        // Declining and not answering close a case by themselves.
        let by_itself =
            closing.reason == CloseReason::Declined || closing.reason == CloseReason::NoAnswer && self.history.offer.is_some();
        if !by_itself {
            let proposed_by = closing.approved_by.map(|_| self.made.officer_id(closing.act.by));
            let act = Act { by: closing.approved_by.unwrap_or(closing.act.by), ..closing.act };
            let reason = closing.reason.of_case();
            self.tell(act, Facts::CaseClosed { reason, proposed_by, continued_by: None });
        }
    }

    fn again(&mut self) {
        let Some(later) = self.history.later else { return };
        let lodged = self.made.history(later).application.lodged;
        let Some(call) = self.made.setting.call_on(lodged.at.day) else { return };
        let facts = Facts::Reapplied { case: self.made.case_id(later), call: code(&call.code), phase: code(&call.phase) };
        self.tell(lodged, facts);
    }
}

impl Funding {
    /// Its code in the programme.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FirstLoan => "LOAN_2020",
            Self::AdditionalFinancing => "ADDITIONAL_2024",
            Self::StateBudget => "STATE_BUDGET",
        }
    }
}

impl Ineligible {
    /// The code of the rule that a person failed. A jobseeker's status itself asks that there be no other work.
    pub fn rule(self, person: &Person) -> &'static str {
        match self {
            Self::Working if person.landholder() => "STATUS",
            Self::PensionAge => "BELOW_PENSION_AGE",
            Self::Working => "NO_OTHER_WORK",
            Self::StatusLost => "STATUS",
            Self::EarlierSupport => "EARLIER_SUPPORT",
            Self::FarmingWish => "SCOPE",
            Self::InsurancePayment => "NO_INSURANCE_PAYMENT",
        }
    }

    /// The officer's words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Working => "əmək müqaviləsi aşkar edilib",
            Self::StatusLost => "işsiz statusu itirilib",
            Self::EarlierSupport => "əvvəllər dövlət dəstəyi alıb",
            Self::FarmingWish => "kənd təsərrüfatı istiqaməti istəyir",
            Self::PensionAge => "pensiya yaşına çatıb",
            Self::InsurancePayment => "işsizlikdən sığorta ödənişi alır",
        }
    }
}

impl DeclineReason {
    /// The same reason as cases know it.
    pub const fn leave(self) -> LeaveReason {
        match self {
            Self::FoundWork => LeaveReason::FoundWork,
            Self::Health => LeaveReason::Illness,
            Self::Family => LeaveReason::Family,
            Self::Moving => LeaveReason::Moved,
            Self::Other => LeaveReason::Other,
        }
    }
}

impl CloseReason {
    /// The same reason as cases know it.
    pub const fn of_case(self) -> Reason {
        match self {
            Self::Graduated => Reason::Graduated,
            Self::Ineligible => Reason::Ineligible,
            Self::Declined => Reason::Declined,
            Self::NoAnswer => Reason::NoAnswer,
            Self::CallEnded => Reason::CallEnded,
            Self::DroppedOut => Reason::DroppedOut,
            Self::Failed => Reason::Failed,
            Self::PlanStopped => Reason::PlanStopped,
            Self::PlanRefused => Reason::PlanRefused,
            Self::ContractLapsed => Reason::ContractLapsed,
            Self::Withdrew => Reason::Withdrew,
            Self::FoundWork => Reason::FoundWork,
            Self::OtherMeasure => Reason::OtherMeasure,
            Self::MovedAbroad => Reason::MovedAbroad,
            Self::Deceased => Reason::Deceased,
            Self::BusinessEnded => Reason::BusinessEnded,
            Self::Duplicate => Reason::Duplicate,
        }
    }
}
