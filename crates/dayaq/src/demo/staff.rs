//! The officers: the named cast of officers first, then made-up colleagues for every office.

use super::history::OfficeNo;
use platform::role::Role;

/// Somebody who works in the programme; each has one role here.
#[derive(Clone, Debug)]
pub struct Officer {
    pub name: String,
    /// Sign-in name, unique.
    pub login: String,
    pub role: Role,
    /// `None`: works for the whole country.
    pub office: Option<OfficeNo>,
    /// Region for those who serve one (commission members, specialists), 1 to 14.
    pub region: Option<u8>,
    /// Belongs to the named cast.
    pub cast: bool,
    /// Added to every score that the evaluator gives.
    pub leniency: i8,
}
