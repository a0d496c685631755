//! The fields that are compared, and the levels on which two records may agree in each.

use serde::{Deserialize, Serialize};

/// What is compared. A woman's surname is a field of its own, because marriage changes it and men's hardly ever.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The personal identification number.
    Fin,
    /// The given name.
    Given,
    /// The surname, unless both are women.
    Surname,
    /// The surname of two women.
    WomansSurname,
    /// The father's name.
    Father,
    /// The date of birth.
    Born,
    /// The telephone.
    Phone,
    /// The number of a document.
    Document,
    /// The sex.
    Sex,
    /// The city or rayon.
    Place,
    /// The address within it.
    Address,
}

/// How many fields there are.
pub const FIELDS: usize = 11;
/// The most levels of a field, with 0 for missing.
pub const LEVELS: usize = 10;

impl Field {
    /// All fields, in the order of [`Levels`].
    pub const ALL: [Self; FIELDS] = [
        Self::Fin,
        Self::Given,
        Self::Surname,
        Self::WomansSurname,
        Self::Father,
        Self::Born,
        Self::Phone,
        Self::Document,
        Self::Sex,
        Self::Place,
        Self::Address,
    ];

    /// The names of the levels, from 1: the strongest agreement first, the plain difference last.
    pub const fn levels(self) -> &'static [&'static str] {
        match self {
            Self::Fin => &["same", "one character differs", "differs"],
            Self::Given | Self::Father => {
                &["same", "one letter differs", "similar", "initial or shortened", "swapped", "differs"]
            }
            Self::Surname | Self::WomansSurname => {
                &["same", "ending differs", "one letter differs", "similar", "initial or shortened", "swapped", "differs"]
            }
            Self::Born => &[
                "same",
                "day and month swapped",
                "one digit differs",
                "only the year known, and same",
                "same year and month or day",
                "same day and month",
                "same year",
                "differs",
                "far apart",
            ],
            Self::Phone => &["same", "one digit differs", "differs"],
            Self::Document | Self::Sex | Self::Place | Self::Address => &["same", "differs"],
        }
    }

    /// The codes of the levels, from 1: the keys under which a catalogue has their words in its languages.
    pub const fn level_codes(self) -> &'static [&'static str] {
        match self {
            Self::Fin => &["same", "one-character", "differs"],
            Self::Given | Self::Father => &["same", "one-letter", "similar", "shortened", "swapped", "differs"],
            Self::Surname | Self::WomansSurname => {
                &["same", "ending", "one-letter", "similar", "shortened", "swapped", "differs"]
            }
            Self::Born => &[
                "same",
                "day-month-swapped",
                "one-digit",
                "year-alone",
                "year-and-month-or-day",
                "day-and-month",
                "year",
                "differs",
                "far-apart",
            ],
            Self::Phone => &["same", "one-digit", "differs"],
            Self::Document | Self::Sex | Self::Place | Self::Address => &["same", "differs"],
        }
    }

    /// The code of the field; both fields for surnames have one.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fin => "fin",
            Self::Given => "given",
            Self::Surname | Self::WomansSurname => "surname",
            Self::Father => "father",
            Self::Born => "born",
            Self::Phone => "phone",
            Self::Document => "document",
            Self::Sex => "sex",
            Self::Place => "place",
            Self::Address => "address",
        }
    }

    /// The field in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Fin => "FİN",
            Self::Given => "given name",
            Self::Surname | Self::WomansSurname => "surname",
            Self::Father => "father's name",
            Self::Born => "date of birth",
            Self::Phone => "telephone",
            Self::Document => "document",
            Self::Sex => "sex",
            Self::Place => "city or rayon",
            Self::Address => "address",
        }
    }

    /// Whether members of one family share the field as a rule, so that it tells less about one person.
    pub const fn is_family(self) -> bool {
        !matches!(self, Self::Fin | Self::Given | Self::Document | Self::Sex)
    }
}

/// The level of each field; 0 where either side is missing.
pub type Levels = [u8; FIELDS];

/// The level at which each field plainly differs.
pub(crate) const DIFFERS: [u8; FIELDS] = [3, 6, 7, 7, 6, 8, 3, 2, 2, 2, 2];
/// The level of dates of birth that are never one person's.
pub(crate) const FAR_APART: u8 = 9;
