//! reporting: integrity.
