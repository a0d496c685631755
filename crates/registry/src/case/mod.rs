//! registry: case.
