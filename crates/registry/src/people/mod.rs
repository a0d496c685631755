//! registry: people.
