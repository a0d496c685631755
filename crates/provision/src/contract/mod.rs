//! provision: contract.
