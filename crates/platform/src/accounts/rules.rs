//! What a password must be (NIST SP 800-63B-4: length, no composition rules, common ones refused). Pure.

use crate::message::{Explain, Message};

/// The least length of a password, in characters.
pub const LEAST: usize = 15;

/// Why a password is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    Short {
        least: usize,
    },
    /// One character over and over, or a run of the keyboard.
    Common,
    /// It holds the login or the name.
    Personal,
}

impl Explain for Refusal {
    fn message(&self) -> Message {
        match self {
            Refusal::Short { least } => Message::new("accounts-password-short").arg("least", *least),
            Refusal::Common => Message::new("accounts-password-common"),
            Refusal::Personal => Message::new("accounts-password-personal"),
        }
    }
}

/// Whether a password will do for somebody.
pub fn password(password: &str, login: &str, name: &str) -> Result<(), Refusal> {
    let folded = values::text::fold(password);
    if password.chars().count() < LEAST {
        return Err(Refusal::Short { least: LEAST });
    }
    let distinct = password.chars().collect::<std::collections::HashSet<_>>().len();
    if distinct < 6 || RUNS.iter().any(|run| folded.starts_with(run)) {
        return Err(Refusal::Common);
    }
    let own = std::iter::once(login).chain(name.split_whitespace()).map(values::text::fold);
    if own.filter(|word| word.len() >= 4).any(|word| folded.contains(&word)) {
        return Err(Refusal::Personal);
    }
    Ok(())
}

/// What long passwords that many people choose begin with, folded.
const RUNS: [&str; 8] = ["password", "12345", "qwerty", "azerbai", "parol", "sifre", "abcdef", "11111"];
