//! selection: eligibility.
