//! The lot that decides between equals: drawn from a seed that is published with the run, so that anybody can check it.

use chrono::NaiveDate;
use platform::keys::{hex, sha256};
use values::id::OfficeId;

/// The seed of a run over these offices on a day. It follows from the pool alone: proposing again draws no new lots.
pub fn seed_of(as_of: NaiveDate, offices: &[OfficeId]) -> String {
    let mut offices: Vec<i32> = offices.iter().map(|office| office.0).collect();
    offices.sort_unstable();
    let list: Vec<String> = offices.iter().map(i32::to_string).collect();
    hex(&sha256(format!("{as_of}/{}", list.join(",")).as_bytes())[..8])
}

/// The lot of an application in a run: the first eight bytes of SHA-256 over the seed, a colon and the receipt number,
/// as a signed number. The smallest comes first.
pub fn lot(seed: &str, receipt: &str) -> i64 {
    let digest = sha256(format!("{seed}:{receipt}").as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}
