//! What the programme has achieved, and whether its record is whole.

pub mod finance;
pub mod integrity;
pub mod release;
pub mod results;
