//! What keeps an order from being placed, approved or received. Pure.

use platform::message::{Explain, Message};
use registry::programme::InForce;
use std::collections::BTreeMap;
use values::Money;

/// Why an order does not go on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// No contract was chosen.
    NoContracts,
    /// One of the contracts is not signed, or was ordered for meanwhile.
    NotWaiting,
    /// The prices add up to more than the contract of one of the people gives.
    AboveContract { number: String, over: Money },
    /// Whoever placed an order does not decide it.
    OwnOrder,
    /// It was approved or refused already.
    Decided,
    /// Goods can't come before the order was approved.
    NotApproved,
    /// The supplier's number is registered already.
    KnownSupplier,
    /// Nothing was written down.
    NothingReceived,
    /// A serial number stands on the form twice, or belongs to another piece.
    SerialTaken { serial: String },
    /// Pieces that somebody else received while the form was filled in.
    ReceivedMeanwhile { serials: String },
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Self::NoContracts => Message::new("procurement-refusal-no-contracts"),
            Self::NotWaiting => Message::new("procurement-refusal-not-waiting"),
            Self::AboveContract { number, over } => {
                Message::new("procurement-refusal-above-contract").arg("number", number.clone()).arg("over", *over)
            }
            Self::OwnOrder => Message::new("procurement-refusal-own"),
            Self::Decided => Message::new("procurement-refusal-decided"),
            Self::NotApproved => Message::new("procurement-refusal-not-approved"),
            Self::KnownSupplier => Message::new("procurement-refusal-known-supplier"),
            Self::NothingReceived => Message::new("procurement-refusal-nothing"),
            Self::SerialTaken { serial } => Message::new("procurement-refusal-serial").arg("serial", serial.clone()),
            Self::ReceivedMeanwhile { serials } => Message::new("procurement-refusal-received").arg("serials", serials.clone()),
        }
    }
}

/// What is asked for one person of an order: the item's code, how many, and the price of one in qəpik.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asked {
    pub item: String,
    pub quantity: i16,
    pub unit_price: i64,
}

/// The lines of one contract at the supplier's prices: where the supplier named none, the plan's price stands.
///
/// # Errors
/// [`Refusal::AboveContract`] when they add up to more than the contract gives.
pub fn priced(lines: &[Asked], prices: &BTreeMap<String, Money>, number: &str, amount: Money) -> Result<Vec<Asked>, Refusal> {
    let at = |line: &Asked| prices.get(&line.item).map_or(line.unit_price, |price| price.qepik());
    let lines: Vec<Asked> = lines.iter().map(|line| Asked { unit_price: at(line), ..line.clone() }).collect();
    let total = total(&lines);
    match total > amount.qepik() {
        true => Err(Refusal::AboveContract { number: number.to_owned(), over: Money::from_qepik(total - amount.qepik()) }),
        false => Ok(lines),
    }
}

/// The sum of lines, in qəpik.
pub fn total(lines: &[Asked]) -> i64 {
    lines.iter().map(|line| line.unit_price * i64::from(line.quantity)).sum()
}

/// Whether a supplier's price of an item lies within the catalogue on a day.
pub fn within_ceiling(programme: &InForce, item: &str, price: Money, day: chrono::NaiveDate) -> bool {
    programme.item(item, day).is_none_or(|item| price <= item.ceiling_price)
}

/// The number of an office's order, the `nth` of a year, counted from one.
pub fn number(year: i32, office: i32, nth: i64) -> String {
    format!("S-{year}-{office:02}-{nth:04}")
}
