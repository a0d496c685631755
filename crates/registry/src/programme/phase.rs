//! The time and the money of the programme: phases, funding sources, calls for applications.

use super::{
    code::{Code, Coded, LONGEST_IN_EVENTS},
    reader::{Reader, Table},
    words::{Dated, Source, Validity, Words},
};
use serde::Serialize;
use values::Money;

/// A phase of the programme. One person has at most one open case in it.
#[derive(Clone, Debug, Serialize)]
pub struct Phase {
    pub code: Code<Phase>,
    pub name: Words,
    pub validity: Validity,
    pub source: Source,
}

/// Where the money of a case comes from. Every case has one.
#[derive(Clone, Debug, Serialize)]
pub struct FundingSource {
    pub code: Code<FundingSource>,
    pub name: Words,
    pub phase: Code<Phase>,
    /// The sum agreed, in the currency of the agreement and in whole units; absent where it is not public.
    pub amount: Option<Amount>,
    /// When cases may be charged to it.
    pub validity: Validity,
    pub source: Source,
}

/// A sum in some currency, whole units.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Amount {
    pub currency: String,
    pub units: i64,
}

/// A call for applications: open to applications during its validity.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    pub code: Code<Call>,
    pub name: Words,
    pub phase: Code<Phase>,
    pub funding: Code<FundingSource>,
    /// How many people may be selected from it.
    pub seats: u32,
    /// What the equipment of its people may cost together.
    pub budget: Money,
    pub validity: Validity,
    pub source: Source,
}

/// Phases, funding sources and calls, each in the order of its file.
#[derive(Clone, Debug, Default)]
pub(super) struct Timetable {
    pub phases: Vec<Phase>,
    pub funding: Vec<FundingSource>,
    pub calls: Vec<Call>,
}

/// Reads `phases.toml` and `calls.toml`.
pub(super) fn read(reader: &Reader<'_>) -> Timetable {
    let (phases, funding) =
        reader.toml("phases.toml", |file| (file.list("phase", phase), file.list("funding", funding))).unwrap_or_default();
    let calls = reader.toml("calls.toml", |file| file.list("call", |table| call(table, &phases))).unwrap_or_default();
    Timetable { phases, funding, calls }
}

fn phase(table: &Table<'_>) -> Phase {
    Phase { code: table.define(), name: table.words("name"), validity: table.validity(), source: table.source() }
}

fn funding(table: &Table<'_>) -> FundingSource {
    let amount = table.optional_number("amount", 1..=i64::MAX);
    let currency = if amount.is_some() { Some(table.text("currency")) } else { table.optional_text("currency") };
    FundingSource {
        code: table.define(),
        name: table.words("name"),
        phase: table.refer("phase"),
        amount: amount.zip(currency).map(|(units, currency)| Amount { currency, units }),
        validity: table.validity(),
        source: table.source(),
    }
}

fn call(table: &Table<'_>, phases: &[Phase]) -> Call {
    let call = Call {
        code: table.define(),
        name: table.words("name"),
        phase: table.refer("phase"),
        funding: table.refer("funding"),
        seats: table.number("seats", 1..=1_000_000),
        budget: table.money("budget_qepik"),
        validity: table.validity(),
        source: table.source(),
    };
    let phase = phases.iter().find(|phase| phase.code == call.phase);
    // A phase that ends before it begins is told where it stands.
    let ordered = phase.filter(|phase| phase.validity.covers(phase.validity.from));
    if let Some(phase) = ordered.filter(|phase| !phase.validity.covers(call.validity.from)) {
        table.problem("valid_from", format!("call {} opens outside phase {}", call.code, phase.code), "a day of its phase");
    }
    if call.validity.to.is_none() && !call.code.is_empty() {
        table.problem("code", format!("call {} never closes", call.code), "valid_to, its last day");
    }
    call
}

impl Coded for Phase {
    const NOUN: &'static str = "phase";
    const FILE: &'static str = "phases.toml";
    const LONGEST: usize = LONGEST_IN_EVENTS;
}

impl Coded for FundingSource {
    const NOUN: &'static str = "funding source";
    const FILE: &'static str = "phases.toml";
    const LONGEST: usize = LONGEST_IN_EVENTS;
}

impl Coded for Call {
    const NOUN: &'static str = "call";
    const FILE: &'static str = "calls.toml";
    const LONGEST: usize = LONGEST_IN_EVENTS;
}

impl Dated for Phase {
    fn validity(&self) -> Validity {
        self.validity
    }
}

impl Dated for FundingSource {
    fn validity(&self) -> Validity {
        self.validity
    }
}

impl Dated for Call {
    fn validity(&self) -> Validity {
        self.validity
    }
}
