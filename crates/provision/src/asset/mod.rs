//! provision: asset.
