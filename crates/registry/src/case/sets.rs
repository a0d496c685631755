//! Small sets of kinds and of stages, each one integer.

use super::{kind::Kind, stage::Stage};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A set of kinds; in JSON a list of their codes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub struct KindSet(u128);

impl KindSet {
    /// No kind.
    pub const EMPTY: Self = Self(0);

    /// These kinds.
    pub const fn of(kinds: &[Kind]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < kinds.len() {
            bits |= 1 << kinds[index].number();
            index += 1;
        }
        Self(bits)
    }

    /// Whether the set has the kind.
    pub const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind.number()) != 0
    }

    /// Whether the set has no kind.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set with one kind more.
    pub const fn with(self, kind: Kind) -> Self {
        Self(self.0 | 1 << kind.number())
    }

    /// The set without the kind.
    pub const fn without(self, kind: Kind) -> Self {
        Self(self.0 & !(1 << kind.number()))
    }

    /// Its kinds in the order of the list.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.iter().copied().filter(move |kind| self.has(*kind))
    }
}

impl FromIterator<Kind> for KindSet {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl Serialize for KindSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for KindSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Vec::<Kind>::deserialize(deserializer)?.into_iter().collect())
    }
}

/// A set of stages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct StageSet(u64);

impl StageSet {
    /// No stage.
    pub const NONE: Self = Self(0);

    /// Every stage except closed.
    pub const OPEN: Self = Self::of(Stage::ALL).without(Stage::Closed);

    /// Every stage.
    pub const ANY: Self = Self::of(Stage::ALL);

    /// These stages.
    pub const fn of(stages: &[Stage]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < stages.len() {
            bits |= 1 << stages[index].number();
            index += 1;
        }
        Self(bits)
    }

    /// Whether the set has the stage.
    pub const fn has(self, stage: Stage) -> bool {
        self.0 & (1 << stage.number()) != 0
    }

    const fn without(self, stage: Stage) -> Self {
        Self(self.0 & !(1 << stage.number()))
    }
}
