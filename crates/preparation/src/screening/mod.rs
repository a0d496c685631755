//! preparation: screening.
