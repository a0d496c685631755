//! preparation: commission.
