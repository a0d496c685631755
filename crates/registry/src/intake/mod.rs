//! registry: intake.
