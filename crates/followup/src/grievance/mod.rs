//! followup: grievance.
