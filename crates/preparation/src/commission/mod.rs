//! preparation: commission.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "commission", ..Slice::default() }
}
