//! The digest of a run: what makes a list that was changed afterwards visible.

use super::types::{Candidate, Placed, Terms};
use anyhow::{Context, Result};
use platform::keys::sha256;

/// SHA-256 over the JSON of the terms, of the candidates in the order of their case ids, and of the places by rank.
pub fn digest(terms: &Terms, candidates: &[Candidate], placed: &[Placed]) -> Result<[u8; 32]> {
    let mut ordered: Vec<&Candidate> = candidates.iter().collect();
    ordered.sort_by_key(|candidate| candidate.case);
    let text = serde_json::to_string(&(terms, ordered, placed)).context("writing a run for its digest")?;
    Ok(sha256(text.as_bytes()))
}
