//! What every entry of the programme's data carries: its words in three languages, its validity, its legal source.

use chrono::NaiveDate;
use platform::language::Lang;
use serde::Serialize;

/// One text in the three languages.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Words {
    pub az: String,
    pub en: String,
    pub ru: String,
}

/// From when until when an entry holds, both days included. Without an end it holds until further notice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Validity {
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

/// Where a rule or a number comes from, and whether somebody has seen it there.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Source {
    pub text: String,
    pub verified: bool,
}

impl Words {
    /// The text in a language.
    pub fn text(&self, lang: Lang) -> &str {
        lang.pick(&self.az, &self.en, &self.ru)
    }
}

impl Validity {
    /// Whether it holds on that day.
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// Whether some day belongs to both.
    pub fn overlaps(&self, other: &Validity) -> bool {
        self.to.is_none_or(|to| other.from <= to) && other.to.is_none_or(|to| self.from <= to)
    }
}

/// Something dated: the versions of one code follow each other without overlap.
pub trait Dated {
    /// When it holds.
    fn validity(&self) -> Validity;
}
