//! People who do not exist: who they are, where and how they live, what they wish for.

use super::day::{Day, Moment};
use super::history::{DirectionNo, OfficeNo, OfficerNo, PersonNo};

/// A registered person, as the officer entered them.
#[derive(Clone, Debug)]
pub struct Person {
    pub given: Box<str>,
    /// Father's given name, without *oğlu* or *qızı*.
    pub father: Box<str>,
    pub surname: Box<str>,
    pub female: bool,
    pub born: Day,
    /// Seven characters of `[0-9A-HJ-NP-Z]`, unique but for second registrations.
    pub fin: Option<[u8; 7]>,
    /// Nine digits after +994.
    pub phone: Option<u32>,
    /// Seven digits of the identity document, after AA.
    pub document: u32,
    pub registered: Moment,
    pub registered_by: OfficerNo,
    pub office: OfficeNo,
    /// Position in the setting's districts: where the person lives.
    pub district: u8,
    pub street: u16,
    pub house: u8,
    /// Position in the setting's districts: whence a displaced person comes.
    pub origin: Option<u8>,
    pub groups: Groups,
    /// Degree of disability, 31 to 100; zero for none.
    pub disability_percent: u8,
    pub wheelchair: bool,
    pub unemployed_since: Day,
    /// Drew insurance payments until this day.
    pub insured_until: Option<Day>,
    /// Land share in ares; above zero the person is a jobseeker, otherwise unemployed.
    pub land_ares: u16,
    pub education: Education,
    pub marital: Marital,
    /// The person included.
    pub household: u8,
    /// Under 18.
    pub children: u8,
    /// A month, in qəpik, for each member of the household.
    pub income_per_head: i64,
    pub wish: DirectionNo,
    pub experience_years: u8,
    /// This record is a second registration of that person.
    pub duplicate_of: Option<PersonNo>,
    pub cast: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Education {
    Primary,
    Secondary,
    Vocational,
    Higher,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Marital {
    Single,
    Married,
    Divorced,
    Widowed,
}

/// A set of groups; people belong to several at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Groups(pub u16);

impl Groups {
    pub const ASSISTANCE: Self = Self(1);
    pub const DISABILITY: Self = Self(1 << 1);
    pub const MARTYR_FAMILY: Self = Self(1 << 2);
    pub const LONG_UNEMPLOYED: Self = Self(1 << 3);
    pub const NEAR_PENSION: Self = Self(1 << 4);
    pub const RELEASED: Self = Self(1 << 5);
    pub const FORMER_DISPLACED: Self = Self(1 << 6);
    pub const WAR_PARTICIPANT: Self = Self(1 << 7);
    pub const MANY_CHILDREN: Self = Self(1 << 8);
    pub const SINGLE_PARENT: Self = Self(1 << 9);

    /// Every group with its code in the programme.
    pub const ALL: [(Self, &'static str); 10] = [
        (Self::ASSISTANCE, "TSA"),
        (Self::DISABILITY, "DISAB"),
        (Self::MARTYR_FAMILY, "MARTYR_FAM"),
        (Self::LONG_UNEMPLOYED, "LTU_1Y"),
        (Self::NEAR_PENSION, "PREPENSION_2Y"),
        (Self::RELEASED, "EX_PRISONER"),
        (Self::FORMER_DISPLACED, "FORMER_IDP"),
        (Self::WAR_PARTICIPANT, "WAR_PARTICIPANT"),
        (Self::MANY_CHILDREN, "MULTI_CHILD_5"),
        (Self::SINGLE_PARENT, "SINGLE_PARENT"),
    ];
    /// The six statutory priorities of rule 1.2.
    pub const PRIORITY: Self = Self(0b11_1111);
    /// The groups whose shares the demo's shape names.
    pub const COUNTED: Self = Self(0b1111_1111);

    /// Whether all of `other` are in.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any of `other` is in.
    pub fn any_of(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Puts `other` in.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// Codes of the groups in the set.
    pub fn codes(self) -> impl Iterator<Item = &'static str> {
        Self::ALL.into_iter().filter(move |(group, _)| self.has(*group)).map(|(_, code)| code)
    }
}

impl Person {
    /// Age in whole years on a day.
    pub fn age_on(&self, day: Day) -> i32 {
        day.years_since(self.born)
    }

    /// The FİN as text.
    pub fn fin_text(&self) -> Option<&str> {
        self.fin.as_ref().and_then(|letters| std::str::from_utf8(letters).ok())
    }

    /// The father's name with *oğlu* or *qızı*.
    pub fn patronymic(&self) -> String {
        format!("{} {}", self.father, if self.female { "qızı" } else { "oğlu" })
    }

    /// Surname, given name, patronymic.
    pub fn full_name(&self) -> String {
        format!("{} {} {}", self.surname, self.given, self.patronymic())
    }

    /// A jobseeker with a farm-land share.
    pub fn landholder(&self) -> bool {
        self.land_ares > 0
    }
}
