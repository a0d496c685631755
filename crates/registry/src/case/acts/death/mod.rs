//! The person died. Before anything is handed over the case closes and the place goes to the reserve. Afterwards nothing is
//! asked of the household for forty days; then a member of it goes on with the equipment, or it returns.

mod record;
mod settle;
pub mod store;
mod waiting;

use super::RECORD;
use chrono::NaiveDate;
use platform::{
    message::{Explain, Message},
    route::{Route, Sample},
};

pub(super) use waiting::waiting;

/// Why nothing is settled after a death, beyond what the machine refuses.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    /// The person lives, or nothing of the programme's is with the household.
    NothingToSettle,
    /// The household is asked for nothing until this day is over.
    Mourning {
        until: NaiveDate,
    },
    Settled,
    /// No case with this receipt number that goes on.
    NoSuchCase,
    /// The other case's person is not of this household.
    OtherHousehold,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::NothingToSettle => Message::new("case-death-refusal-nothing"),
            Self::Mourning { until } => Message::new("case-death-refusal-mourning").arg("date", *until),
            Self::Settled => Message::new("case-death-refusal-settled"),
            Self::NoSuchCase => Message::new("case-death-refusal-no-such-case"),
            Self::OtherHousehold => Message::new("case-death-refusal-other-household"),
        }
    }
}

pub(super) fn routes() -> Vec<Route> {
    const LIVES: &str = "
        select f.case_id as case, f.office, f.opened_on::text as day
        from case_file f
        join case_milestone m using (person_id, case_id)
        where f.stage = 3
        and m.deceased_on is null
        order by f.opened_on, f.case_id
        limit 1";
    const MOURNED: &str = "
        select d.case_id as case, d.office
        from death d
        join case_file f using (person_id, case_id)
        join case_milestone m using (person_id, case_id)
        where d.settlement is null
        and f.closed_on is null
        and m.received_on is not null
        and m.transferred_on is null
        and m.recovered_on is null
        and m.deceased_on < (select max(opened_on) from case_file) - 45
        order by d.died_on
        limit 1";
    vec![
        Route::page("/cases/{case}/death", RECORD, record::get).sample(Sample::find(LIVES)),
        Route::form("/cases/{case}/death", RECORD, record::post)
            .sample(Sample::find(LIVES).fields(&[("died_on", "{day}"), ("certificate", "ÖS 1204771")])),
        Route::page("/cases/{case}/death/settlement", RECORD, settle::get).sample(Sample::find(MOURNED)),
        Route::form("/cases/{case}/death/settlement", RECORD, settle::post).sample(
            Sample::find(MOURNED)
                .fields(&[("settlement", "returns"), ("reason", "Ailədən heç kim fəaliyyəti davam etdirmək istəmir")]),
        ),
    ]
}
