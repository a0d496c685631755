//! registry: programme.
