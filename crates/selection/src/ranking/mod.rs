//! selection: ranking.
