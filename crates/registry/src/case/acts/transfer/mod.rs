//! A case moves to another office: asked by the office that has it, answered by the one that is to have it. Until then the
//! second sees the request and what it needs to answer; afterwards the first sees nothing.

mod answer;
mod ask;
mod carry;
pub mod store;

use super::TRANSFER;
use crate::case::{CaseState, Stage};
use anyhow::Result;
use platform::{
    message::{Explain, Message},
    request::Page,
    route::{Route, Sample},
    scope::Tx,
    slice::{Queue, QueueItem},
};
use values::id::CaseId;

/// Why a case may not move now, beyond what the machine refuses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// The course and its trainer belong to the office.
    InCourse,
    /// What was ordered comes to the office's store.
    GoodsOnTheWay,
    NoneWaits,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        Message::new(match self {
            Self::InCourse => "case-transfer-refusal-in-course",
            Self::GoodsOnTheWay => "case-transfer-refusal-goods",
            Self::NoneWaits => "case-refusal-no-transfer",
        })
    }
}

/// Whether work that belongs to the office itself holds the case there.
pub(super) fn may_leave(state: &CaseState) -> Result<(), Refusal> {
    match state.stage {
        Stage::InTraining => Err(Refusal::InCourse),
        Stage::Contracted => Err(Refusal::GoodsOnTheWay),
        _ => Ok(()),
    }
}

pub(super) fn ask_link(case: CaseId) -> String {
    format!("/cases/{case}/transfer")
}

fn answer_link(case: CaseId) -> String {
    format!("/cases/{case}/transfer/answer")
}

pub(super) fn routes() -> Vec<Route> {
    const WAITS: &str = "
        select f.case_id as case, f.office, o.office as other
        from case_file f
        join office o on o.office <> f.office and o.unit <> '' and o.closed_on is null
        where f.stage = 9
        and not exists (select from transfer_request t where t.case_id = f.case_id and t.answered_on is null)
        order by f.opened_on, f.case_id, o.office
        limit 1";
    const ASKED: &str = "
        select t.case_id as case, t.to_office as office
        from transfer_request t
        join case_file f using (person_id, case_id)
        where t.answered_on is null
        and f.closed_on is null
        and f.stage not in (8, 20)
        order by t.due_on, t.case_id
        limit 1";
    vec![
        Route::page("/cases/{case}/transfer", TRANSFER, ask::get).sample(Sample::find(WAITS)),
        Route::form("/cases/{case}/transfer", TRANSFER, ask::post)
            .sample(Sample::find(WAITS).fields(&[("to", "{other}"), ("reason", "Yaşayış yerini dəyişib")])),
        Route::page("/cases/{case}/transfer/answer", TRANSFER, answer::get).sample(Sample::find(ASKED)),
        Route::form("/cases/{case}/transfer/answer", TRANSFER, answer::post)
            .sample(Sample::find(ASKED).fields(&[("answer", "accept")])),
    ]
}

/// Requests that wait for an answer of the offices of whoever asks. No name shows before the request is opened.
pub(super) async fn waiting(tx: &mut Tx, page: &Page, limit: i64) -> Result<Queue> {
    let (requests, total, overdue) = store::waiting(tx, page.today, limit).await?;
    let items = requests.into_iter().map(|request| QueueItem {
        task: Message::new("case-duty-answer-transfer"),
        about: request.receipt.clone(),
        link: answer_link(request.case()),
        since: request.requested_on,
        due: Some(request.due_on),
    });
    Ok(Queue { items: items.collect(), total, overdue })
}
