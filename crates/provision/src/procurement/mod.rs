//! provision: procurement.
