//! followup: grievance.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "grievance", ..Slice::default() }
}
