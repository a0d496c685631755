//! reporting: results.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "results", ..Slice::default() }
}
