//! The deadlines and limits that the state machine needs, as data of the programme. A case keeps the terms under which it began.

use serde::{Deserialize, Serialize};

/// Deadlines and limits. Fields named `…_days` are calendar days, `…_working_days` working days, `…_months` calendar months.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Terms {
    /// To decide an application.
    pub decision_working_days: u16,
    /// To supply missing papers.
    pub documents_working_days: u16,
    /// The oldest that facts of an eligibility decision may be.
    pub facts_fresh_days: u16,
    /// To answer an offer.
    pub offer_working_days: u16,
    /// For which a reserve list lives.
    pub reserve_months: u16,

    /// Attendance needed for the certificate, in minutes.
    pub training_floor_minutes: u16,
    /// Points of 100 needed in the last test.
    pub pass_mark: u8,
    /// Repeats of the course for good cause.
    pub training_repeats: u8,

    /// From the certificate to the plan.
    pub plan_days: u16,
    /// New plans after one was stopped by screening.
    pub new_plans: u8,
    /// To screen a plan.
    pub screening_working_days: u16,
    /// To score a plan.
    pub scoring_working_days: u16,
    /// Spread of two marks above which a third evaluator scores, in points of 100.
    pub score_spread: u8,
    /// The least number on a defence panel.
    pub panel_members: u8,
    /// From the sealed scores to a sitting.
    pub sitting_working_days: u16,
    /// To revise a plan.
    pub revision_working_days: u16,
    /// Revisions of a plan.
    pub revisions: u8,

    /// From approval to the contract.
    pub contract_working_days: u16,
    /// The oldest that the check of the person's status may be at signature.
    pub status_recheck_days: u16,
    /// From contract to receipt of the last item.
    pub delivery_days: u16,

    /// From receipt to the first sale or service.
    pub start_days: u16,
    /// A longer pause is no longer business.
    pub pause_days: u16,
    /// To remedy a breach.
    pub remedy_working_days: u16,
    /// All extensions of the contract's term together.
    pub extension_months: u16,
    /// The oldest that the final visit may be when ownership passes.
    pub final_visit_days: u16,
    /// From the end of the term to the act of transfer.
    pub ownership_days: u16,
    /// Around an anniversary of receipt, within which an observation counts for it.
    pub followup_window_months: u16,

    /// Longest suspension, and longest renewal.
    pub suspension_months: u16,
    /// Renewals of one suspension.
    pub suspension_renewals: u8,
    /// For the receiving office to answer a transfer.
    pub transfer_working_days: u16,
    /// After a death, without any demand on the household.
    pub mourning_days: u16,
    /// To lodge an appeal.
    pub appeal_days: u16,
    /// To decide an appeal.
    pub appeal_working_days: u16,
    /// Operating since receipt before an award.
    pub award_months: u16,
    /// Before applying again after failing or leaving the course.
    pub reapply_training_months: u16,
    /// Before applying again after fraud.
    pub reapply_fraud_months: u16,
}
