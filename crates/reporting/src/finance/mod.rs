//! reporting: finance.
