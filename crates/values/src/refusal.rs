//! What every refusal of a typed value offers: words for the person who typed it.

use std::error::Error;

/// Why a typed value was refused. The words stand in the message catalogue, file `values.ftl`.
pub trait Refusal: Error {
    /// The key of the message that says what is wrong and what to do.
    fn key(&self) -> &'static str;

    /// The arguments of the message, by name. Never the value itself.
    fn args(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}
