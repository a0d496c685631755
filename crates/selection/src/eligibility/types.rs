//! Facts about an applicant, each with its day and where it was seen, and what was decided on them.

use ::rules::{Facts, Value};
use chrono::NaiveDate;
use registry::programme::{Programme, Term, keys};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a fact was seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(i16)]
pub enum Origin {
    /// The person's registration.
    Registration = 1,
    /// The application as lodged.
    Application = 2,
    /// The register of unemployed people and jobseekers.
    EmploymentRegister = 3,
    /// The register of employment contracts.
    ContractRegister = 4,
    InsuranceRegister = 5,
    PensionRegister = 6,
    PropertyRegister = 7,
    /// The register of assets given for self-employment.
    SupportRegister = 8,
    /// A paper that the person showed.
    Document = 9,
    /// The programme's own data and calendar.
    Programme = 10,
}

impl Origin {
    /// Every origin, in the order of the numbers.
    pub const ALL: [Origin; 10] = [
        Origin::Registration,
        Origin::Application,
        Origin::EmploymentRegister,
        Origin::ContractRegister,
        Origin::InsuranceRegister,
        Origin::PensionRegister,
        Origin::PropertyRegister,
        Origin::SupportRegister,
        Origin::Document,
        Origin::Programme,
    ];
    /// Where an officer can look a fact up again.
    pub const CHECKED: [Origin; 7] = [
        Origin::EmploymentRegister,
        Origin::ContractRegister,
        Origin::InsuranceRegister,
        Origin::PensionRegister,
        Origin::PropertyRegister,
        Origin::SupportRegister,
        Origin::Document,
    ];

    /// The word of the origin in forms and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Registration => "registration",
            Origin::Application => "application",
            Origin::EmploymentRegister => "employment-register",
            Origin::ContractRegister => "contract-register",
            Origin::InsuranceRegister => "insurance-register",
            Origin::PensionRegister => "pension-register",
            Origin::PropertyRegister => "property-register",
            Origin::SupportRegister => "support-register",
            Origin::Document => "document",
            Origin::Programme => "programme",
        }
    }

    /// The origin of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.code() == code)
    }

    /// The origin stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| *origin as i16 == number)
    }
}

/// One fact as it is known.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Fact {
    pub name: &'static str,
    /// Absent when nobody knows.
    pub value: Option<Value>,
    /// The day of which it is true.
    pub on: NaiveDate,
    pub origin: Origin,
}

/// The facts that may change by themselves, so that they must have been looked at recently.
pub const AGEING: [&str; 7] =
    ["status", "has_work", "has_farm_land", "draws_insurance", "draws_pension", "may_work_here", "earlier_state_support"];

impl Fact {
    /// Whether it may change by itself.
    pub fn ages(&self) -> bool {
        AGEING.contains(&self.name)
    }
}

/// All that is known of an applicant on a day.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Evidence {
    pub on: NaiveDate,
    pub facts: Vec<Fact>,
}

impl Evidence {
    /// The facts as rules take them, with the day on which the oldest of the changing ones was checked.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        for fact in &self.facts {
            facts.set_known(fact.name, fact.value.clone());
        }
        facts.set("facts_checked_on", self.checked_on());
        facts
    }

    /// The day of the oldest known fact among those that may change.
    pub fn checked_on(&self) -> NaiveDate {
        let known = self.facts.iter().filter(|fact| fact.ages() && fact.value.is_some());
        known.map(|fact| fact.on).min().unwrap_or(self.on)
    }

    /// The known facts that must be checked again, because they are older than the programme lets them be.
    pub fn stale<'a>(&'a self, programme: &'a Programme) -> impl Iterator<Item = &'a Fact> {
        self.facts.iter().filter(move |fact| fact.value.is_some() && is_stale(programme, fact, self.on))
    }

    /// A fact by its name.
    pub fn fact(&self, name: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.name == name)
    }

    /// The facts for keeping, those that the rules `ask` about: with equal day and origin together. `more` is what the rules
    /// were given besides: the day of the question and the parameters.
    pub fn kept(&self, more: &Facts, ask: impl Fn(&str) -> bool) -> Kept {
        let mut groups: BTreeMap<(NaiveDate, Origin), BTreeMap<String, Value>> = BTreeMap::new();
        for fact in self.facts.iter().filter(|fact| ask(fact.name)) {
            if let Some(value) = &fact.value {
                groups.entry((fact.on, fact.origin)).or_default().insert(fact.name.to_owned(), value.clone());
            }
        }
        for (name, value) in more.iter().filter(|(name, _)| self.fact(name).is_none()) {
            groups.entry((self.on, Origin::Programme)).or_default().insert(name.to_owned(), value.clone());
        }
        let group = |((on, origin), facts)| KeptGroup { on, origin, facts };
        Kept(groups.into_iter().map(group).collect())
    }
}

fn is_stale(programme: &Programme, fact: &Fact, today: NaiveDate) -> bool {
    let longest: Term = programme.parameter(&keys::FACTS_MAX_AGE, today);
    fact.ages() && longest.ends(fact.on, programme.working_days()) < today
}

/// The inputs of a decision as they are kept: facts with the same day and origin stand together.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Kept(pub Vec<KeptGroup>);

/// Facts of one day from one origin.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct KeptGroup {
    pub on: NaiveDate,
    pub origin: Origin,
    pub facts: BTreeMap<String, Value>,
}

impl Kept {
    /// The facts as rules take them.
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::new();
        for (name, value) in self.0.iter().flat_map(|group| &group.facts) {
            facts.set(name, value.clone());
        }
        facts
    }
}

/// What was decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Outcome {
    Confirmed = 1,
    Refused = 2,
}

impl Outcome {
    /// The outcome stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        [Self::Confirmed, Self::Refused].into_iter().find(|outcome| *outcome as i16 == number)
    }

    /// The word of the outcome in forms and message keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Refused => "refused",
        }
    }

    /// The outcome of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Confirmed, Self::Refused].into_iter().find(|outcome| outcome.code() == code)
    }
}
