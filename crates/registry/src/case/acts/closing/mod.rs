//! Closing a case: an officer says why. Where equipment stays with somebody, the head of the office has to approve.

mod decide;
mod propose;
pub mod store;
mod waiting;

use super::{APPROVE_CLOSING, CLOSE};
use crate::case::{CaseState, CloseReason, closing};
use platform::{
    message::{Explain, Message},
    route::{Route, Sample},
};
use values::id::CaseId;

pub(super) use propose::put;
pub(super) use waiting::waiting;

/// The form of a case.
pub(super) fn link(case: CaseId) -> String {
    format!("/cases/{case}/closing")
}

/// Why nothing is done about a closing, beyond what the machine refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// The case's stage ends in no way that an office may choose.
    NoReason,
    /// One is proposed already.
    Waits,
    NoneWaits,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::NoReason => "case-closing-refusal-no-reason",
            Self::Waits => "case-closing-refusal-waits",
            Self::NoneWaits => "case-closing-refusal-none-waits",
        })
    }
}

/// The reasons for which the case as it stands may be closed here. A death with equipment out is settled first.
pub(super) fn reasons(state: &CaseState) -> Vec<CloseReason> {
    let here = |reason: &CloseReason| {
        closing::reason_fits(state, *reason) && (*reason != CloseReason::Deceased || state.assets_held == 0)
    };
    CloseReason::ALL.iter().copied().filter(here).collect()
}

pub(super) fn routes() -> Vec<Route> {
    const WAITS_FOR_A_LIST: &str = "
        select case_id as case, office
        from case_file
        where stage = 3
        order by opened_on
        limit 1";
    const PROPOSED: &str = "
        select c.case_id as case, c.office
        from closing_proposal c
        join case_file f using (person_id, case_id)
        where c.decided_at is null
        and f.closed_on is null
        order by c.proposed_at
        limit 1";
    vec![
        Route::page("/cases/{case}/closing", CLOSE, propose::get).sample(Sample::find(WAITS_FOR_A_LIST)),
        Route::form("/cases/{case}/closing", CLOSE, propose::post)
            .sample(Sample::find(WAITS_FOR_A_LIST).fields(&[("why", "call_ended"), ("reason", "Qəbul elanı üzrə yerlər bitib")])),
        Route::page("/cases/{case}/closing/decision", APPROVE_CLOSING, decide::get).sample(Sample::find(PROPOSED)),
        Route::form("/cases/{case}/closing/decision", APPROVE_CLOSING, decide::post)
            .sample(Sample::find(PROPOSED).fields(&[("decision", "send_back"), ("note", "Son müşahidə hələ aparılmayıb")])),
    ]
}
