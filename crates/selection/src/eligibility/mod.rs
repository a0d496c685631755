//! selection: eligibility.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "eligibility", ..Slice::default() }
}
