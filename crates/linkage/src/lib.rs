//! The same person registered twice.
mod compare;
mod normalise;
mod read;
mod register;
mod words;
pub use read::{read, Refusal};
pub use register::Register;
