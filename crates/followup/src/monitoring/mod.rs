//! followup: monitoring.
