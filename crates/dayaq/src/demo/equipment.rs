//! From the approved plan to the equipment in the person's hands: contract, order, goods, handover.

use super::day::{Day, Moment};
use super::history::{Act, CaseNo, OfficeNo};

/// The contract with a beneficiary.
#[derive(Clone, Debug)]
pub struct Contract {
    /// Drawn up by an officer.
    pub drafted: Act,
    /// The status check before signing.
    pub checked: Option<Act>,
    /// By the head of the office, with the beneficiary; `None`: waits to be signed.
    pub signed: Option<Act>,
    /// Serial number within the year of drafting, over the whole programme.
    pub number: u32,
    /// 24 until 2021, then 12; counted from the signature.
    pub term_months: u8,
    /// What is to be handed over, in qəpik.
    pub total: i64,
    /// Not signed in fifteen working days.
    pub lapsed: Option<Act>,
}

/// The goods of one contract.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Position in the list of orders; `None`: waits to be ordered.
    pub order: Option<u32>,
    /// Pieces, one each, in order of the plan's lines.
    pub pieces: Vec<Piece>,
    /// The first handover, when something was faulty or missing.
    pub partial: Option<Act>,
    /// The beneficiary refused the goods as a whole; replaced and handed over later.
    pub refused: Option<Act>,
    /// The handover of the last mandatory piece: the receipt date.
    pub completed: Option<Act>,
}

impl Delivery {
    /// Handovers after the receipt date, of pieces that the business can do without: when, how many, of what value in qəpik.
    pub fn late(&self) -> Vec<(Moment, u16, i64)> {
        let Some(completed) = self.completed else { return Vec::new() };
        let mut handovers: Vec<(Moment, u16, i64)> = Vec::new();
        for piece in &self.pieces {
            let Some(at) = piece.handed_over.filter(|at| *at > completed.at) else { continue };
            match handovers.iter_mut().find(|(known, ..)| *known == at) {
                Some((_, items, value)) => (*items, *value) = (*items + 1, *value + piece.price),
                None => handovers.push((at, 1, piece.price)),
            }
        }
        handovers
    }
}

/// One piece of equipment, followed by its serial number.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    /// Position in the direction's package.
    pub item: u8,
    /// Paid, in qəpik.
    pub price: i64,
    /// Unique over the programme; the serial number is made from it.
    pub serial: u32,
    /// Inspected and taken into stock; `None`: not come yet.
    pub received: Option<Act>,
    pub fault: Option<Fault>,
    pub handed_over: Option<Moment>,
}

impl Piece {
    /// The serial of what the person has for this piece, and when the store took that in: the replacement, if there is one.
    pub fn current(&self) -> Option<(u32, Act)> {
        let replaced = self.fault.and_then(|fault| fault.replaced);
        replaced.or(self.received.map(|received| (self.serial, received)))
    }
}

/// What was wrong with a piece, and when it showed.
#[derive(Clone, Copy, Debug)]
pub struct Fault {
    pub found: FaultFound,
    pub at: Act,
    /// Serial of the replacement, and when it came.
    pub replaced: Option<(u32, Act)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FaultFound {
    /// When the storekeeper inspected the lot.
    AtInspection,
    /// When the beneficiary looked at it.
    AtHandover,
    /// In use, within the defect window.
    InUse,
}

/// A supplier of equipment.
#[derive(Clone, Debug)]
pub struct Supplier {
    pub name: String,
    /// Ten digits with a valid check digit.
    pub voen: String,
    pub phone: String,
    /// Share of pieces that turn out faulty.
    pub fault_share: f64,
    /// Positions of the directions it supplies.
    pub directions: Vec<u8>,
}

/// An order to a supplier: the pieces of several contracts, one lot a direction.
#[derive(Clone, Debug)]
pub struct Order {
    /// Position in the list of suppliers.
    pub supplier: u16,
    /// Where the goods go.
    pub office: OfficeNo,
    pub placed: Act,
    /// By someone other than who placed it; `None`: waits for approval.
    pub approved: Option<Act>,
    /// Promised day.
    pub due: Day,
    /// Arrived at the store; `None`: under way, or late.
    pub arrived: Option<Act>,
    /// Cases whose goods it brings.
    pub cases: Vec<CaseNo>,
}
