//! Codes: the short names by which the programme's data and its events refer to things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Borrow, cmp::Ordering, fmt, hash, marker::PhantomData, ops::Deref, sync::Arc};

/// A kind of thing that has a code, with the words that error messages use for it.
pub trait Coded {
    /// One of them in lower case, for example `direction`.
    const NOUN: &'static str;
    /// The file in which they are defined.
    const FILE: &'static str;
    /// The longest code in bytes; codes that events carry are kept shorter.
    const LONGEST: usize = 48;
    /// Whether codes are written in capitals, as `TAILOR`, or in small letters, as `found_work`.
    const CAPITALS: bool = true;
}

/// The longest code that an event of a case can carry.
pub(super) const LONGEST_IN_EVENTS: usize = 23;

/// The code of a thing of kind `K`: `Code<Direction>` is never passed for `Code<Group>`.
/// Capital letters, digits and `_`, beginning with a letter; cheap to clone.
pub struct Code<K>(Arc<str>, PhantomData<fn() -> K>);

impl<K> Code<K> {
    /// A code from its text.
    pub fn new(text: &str) -> Self {
        Self(text.into(), PhantomData)
    }

    /// The text of the code.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a code of this kind should look like, if the text does not.
pub(super) fn misformed<K: Coded>(text: &str) -> Option<String> {
    let letter = if K::CAPITALS { u8::is_ascii_uppercase } else { u8::is_ascii_lowercase };
    let begins = text.as_bytes().first().is_some_and(letter);
    let form = begins && text.bytes().all(|c| letter(&c) || c.is_ascii_digit() || c == b'_');
    let case = if K::CAPITALS { "capital" } else { "small" };
    (!form || text.len() > K::LONGEST).then(|| format!("at most {} {case} letters, digits and _", K::LONGEST))
}

impl<K> Deref for Code<K> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<K> AsRef<str> for Code<K> {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<K> Borrow<str> for Code<K> {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl<K> From<String> for Code<K> {
    fn from(text: String) -> Self {
        Self(text.into(), PhantomData)
    }
}

impl<K> From<&str> for Code<K> {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl<K> From<Code<K>> for String {
    fn from(code: Code<K>) -> Self {
        code.0.to_string()
    }
}

impl<K> Clone for Code<K> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<K> PartialEq for Code<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<K> Eq for Code<K> {}

impl<K> PartialEq<str> for Code<K> {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl<K> PartialEq<&str> for Code<K> {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

impl<K> PartialOrd for Code<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<K> Ord for Code<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<K> hash::Hash for Code<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<K> fmt::Display for Code<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K> fmt::Debug for Code<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<K> Serialize for Code<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de, K> Deserialize<'de> for Code<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}
