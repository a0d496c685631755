//! reporting: results.
