//! Nothing but a place for cargo to hang the bench on.
