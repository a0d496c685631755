//! Where a case stands. One stage at a time; what lies over it (suspension, transfer, holds, appeals, death) is kept beside it.
//!
//! `paused`, `ended` and `in breach` are stages of a case whose contract runs; the business's own fact is kept apart
//! (`Business`), so that an owner's business can end, or one in breach resume, without moving the case.

use super::coded::coded;

coded! {
    /// The stage of a case. Numbers are stored, never reused, stay under 64, and say nothing about order.
    Stage "case-stage" {
        Applied = 1, "applied";
        /// Papers are missing; the decision's clock pauses.
        Incomplete = 2, "incomplete";
        /// Waiting for a ranking.
        Eligible = 3, "eligible";
        Ineligible = 4, "ineligible";
        /// A place is offered.
        Selected = 5, "selected";
        Reserve = 6, "reserve";
        /// The offer is accepted; waiting for a seat.
        Enrolled = 7, "enrolled";
        InTraining = 8, "in_training";
        Trained = 9, "trained";
        DroppedOut = 10, "dropped_out";
        Failed = 11, "failed";
        PlanSubmitted = 12, "plan_submitted";
        PlanStopped = 13, "plan_stopped";
        Screened = 14, "screened";
        Scored = 15, "scored";
        Approved = 16, "approved";
        Revising = 17, "revising";
        Refused = 18, "refused";
        PlanReserve = 19, "plan_reserve";
        Contracted = 20, "contracted";
        Equipped = 21, "equipped";
        Operating = 22, "operating";
        Paused = 23, "paused";
        Ended = 24, "ended";
        InBreach = 25, "in_breach";
        Recovering = 26, "recovering";
        Owner = 27, "owner";
        Recovered = 28, "recovered";
        Closed = 29, "closed";
    }
}
