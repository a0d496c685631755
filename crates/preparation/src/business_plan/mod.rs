//! preparation: business_plan.

use platform::slice::Slice;

/// What this slice gives to the whole.
pub fn slice() -> Slice {
    Slice { name: "business_plan", ..Slice::default() }
}
