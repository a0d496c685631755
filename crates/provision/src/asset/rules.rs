//! States of a piece of equipment, and what a handover comes to. Pure.

use chrono::{NaiveDateTime, Timelike};
use platform::message::{Explain, Message};
use serde::Serialize;

/// Where a piece of equipment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum State {
    /// In the store, for a named person.
    InStock = 1,
    /// With the person, under the contract.
    WithPerson = 2,
    /// The person owns it.
    Owned = 3,
    /// Something is wrong with it; a replacement is due.
    Faulty = 4,
    /// Came back.
    Returned = 5,
    /// Lost for good.
    Lost = 6,
    WrittenOff = 7,
    /// Another piece took its place.
    Replaced = 8,
    /// Reported lost: either a replacement is due, or it is not settled who answers for it.
    Missing = 9,
}

impl State {
    pub const ALL: [State; 9] = [
        State::InStock,
        State::WithPerson,
        State::Owned,
        State::Faulty,
        State::Returned,
        State::Lost,
        State::WrittenOff,
        State::Replaced,
        State::Missing,
    ];

    /// The state with a stored number.
    pub fn from_number(number: i16) -> Option<State> {
        Self::ALL.into_iter().find(|state| *state as i16 == number)
    }

    /// The message key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            State::InStock => "asset-state-in-stock",
            State::WithPerson => "asset-state-with-person",
            State::Owned => "asset-state-owned",
            State::Faulty => "asset-state-faulty",
            State::Returned => "asset-state-returned",
            State::Lost => "asset-state-lost",
            State::WrittenOff => "asset-state-written-off",
            State::Replaced => "asset-state-replaced",
            State::Missing => "asset-state-missing",
        }
    }
}

/// What the recipient did with the goods of a handover.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    /// Took some; what the business needs is not whole yet.
    Partial = 1,
    /// Took nothing.
    Refused = 2,
    /// Has everything that the business needs.
    Completed = 3,
}

impl Outcome {
    /// The outcome with a stored number.
    pub fn from_number(number: i16) -> Option<Outcome> {
        [Outcome::Partial, Outcome::Refused, Outcome::Completed].into_iter().find(|outcome| *outcome as i16 == number)
    }

    /// The message key of its words.
    pub const fn key(self) -> &'static str {
        match self {
            Outcome::Partial => "asset-outcome-partial",
            Outcome::Refused => "asset-outcome-refused",
            Outcome::Completed => "asset-outcome-completed",
        }
    }
}

/// What a handover comes to: `mandatory` are the codes of the pieces without which the business can't start, each as often
/// as the contract gives it; `held` and `accepted` are the codes of pieces that the person has, and takes now.
pub fn outcome(mandatory: &[String], held: &[String], accepted: &[String]) -> Outcome {
    if accepted.is_empty() && held.is_empty() {
        return Outcome::Refused;
    }
    let mut have: Vec<&String> = held.iter().chain(accepted).collect();
    let whole = mandatory.iter().all(|needed| match have.iter().position(|code| *code == needed) {
        Some(at) => {
            have.swap_remove(at);
            true
        }
        None => false,
    });
    match (whole, accepted.is_empty()) {
        (true, _) => Outcome::Completed,
        (false, true) => Outcome::Refused,
        (false, false) => Outcome::Partial,
    }
}

/// Why something can't be done with equipment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nothing of this case lies in the store.
    NothingInStock,
    /// Equipment changes hands in working hours.
    OutsideHours { from: u32, to: u32 },
    /// The moment lies after now.
    Future,
    /// The piece is not where this can be done with it.
    WrongState,
    /// The time in which a fault makes it replaceable is over.
    WindowClosed,
    /// The serial number belongs to another piece.
    SerialTaken { serial: String },
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::NothingInStock => Message::new("asset-refusal-nothing"),
            Self::OutsideHours { from, to } => Message::new("asset-refusal-hours").arg("from", *from).arg("to", *to),
            Self::Future => Message::new("asset-refusal-future"),
            Self::WrongState => Message::new("asset-refusal-state"),
            Self::WindowClosed => Message::new("asset-refusal-window"),
            Self::SerialTaken { serial } => Message::new("asset-refusal-serial").arg("serial", serial.clone()),
        }
    }
}

/// Whether a handover happened in working hours and is not yet to come, by local time.
pub fn at_work(at: NaiveDateTime, now: NaiveDateTime, from: u32, to: u32) -> Result<(), Refusal> {
    if at > now {
        return Err(Refusal::Future);
    }
    if (from..to).contains(&at.hour()) { Ok(()) } else { Err(Refusal::OutsideHours { from, to }) }
}
