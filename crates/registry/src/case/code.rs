//! A short code of the programme's data (a direction, a phase, a call, a receipt number), held without the heap
//! because the whole programme is folded from about a million events.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// Longest code in bytes.
pub const LONGEST: usize = 23;

/// 1 to 23 characters of `A–Z a–z 0–9 _ - . /`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    bytes: [u8; LONGEST],
    length: u8,
}

/// The text is not a code: empty, too long, or with a character that codes do not have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a code has 1 to {LONGEST} characters of A-Z, a-z, 0-9, _ - . /")]
pub struct NotACode;

impl Code {
    /// Reads a code.
    pub fn new(text: &str) -> Result<Self, NotACode> {
        let allowed = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-./".contains(byte);
        if text.is_empty() || text.len() > LONGEST || !text.as_bytes().iter().all(allowed) {
            return Err(NotACode);
        }
        let mut bytes = [0; LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Ok(Self { bytes, length: text.len() as u8 })
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl FromStr for Code {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Self, NotACode> {
        Self::new(text)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::new(&text).map_err(D::Error::custom)
    }
}

/// By what those who judge blind know a case: neither a name nor an office can be read from it.
pub fn blind_code(case: uuid::Uuid) -> String {
    let hex = case.simple().to_string();
    hex[26..].to_ascii_uppercase()
}
