//! followup: monitoring.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "monitoring", ..Slice::default() }
}
