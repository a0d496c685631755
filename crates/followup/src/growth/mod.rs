//! followup: growth.
