//! A person, as registered: what is written at once, in the open and sealed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use values::{
    id::{OfficeId, PersonId},
    sex::Sex,
};

/// A person to be written with all that belongs to the registration.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: PersonId,
    pub office: OfficeId,
    /// Where the registration came from (`office` for a walk-in) and its number there.
    pub source: String,
    pub reg_no: String,
    pub given_name: String,
    pub surname: String,
    /// The father's name without *oğlu* or *qızı*.
    pub patronymic: String,
    pub sex: Option<Sex>,
    pub birth_date: Option<NaiveDate>,
    /// Code of the city or rayon in the programme's territory ([`crate::programme`]).
    pub residence: Option<String>,
    /// The same for where a displaced person comes from.
    pub origin: Option<String>,
    pub address: String,
    /// Main language: a code of ISO 639.
    pub language: String,
    /// One of [`super::codes::EDUCATION`].
    pub education: Option<String>,
    /// One of [`super::codes::MARITAL`].
    pub marital: Option<String>,
    pub household_size: Option<i16>,
    pub children: Option<i16>,
    /// Monthly income of the household in qəpik.
    pub income: Option<i64>,
    /// Owns a share of farm land.
    pub land_share: bool,
    pub registered_on: NaiveDate,
    /// Only with an entry in `verified_fin` ([`super::store::verify_fin`]).
    pub fin_verified_on: Option<NaiveDate>,
    pub protected: Protected,
    pub details: Details,
    pub spells: Vec<Spell>,
    pub groups: Vec<Membership>,
    pub household: Vec<Member>,
    pub consents: Vec<Consent>,
    /// Of the row as an import's source sent it.
    pub source_digest: Option<[u8; 16]>,
}

impl NewPerson {
    /// Nobody in particular, registered at an office on a day: a start for whoever fills in the rest.
    pub fn blank(office: OfficeId, registered_on: NaiveDate) -> Self {
        let id = PersonId::new();
        Self {
            id,
            office,
            source: "office".to_owned(),
            reg_no: id.to_string(),
            given_name: String::new(),
            surname: String::new(),
            patronymic: String::new(),
            sex: None,
            birth_date: None,
            residence: None,
            origin: None,
            address: String::new(),
            language: "az".to_owned(),
            education: None,
            marital: None,
            household_size: None,
            children: None,
            income: None,
            land_share: false,
            registered_on,
            fin_verified_on: None,
            protected: Protected::default(),
            details: Details::default(),
            spells: Vec::new(),
            groups: Vec::new(),
            household: Vec::new(),
            consents: Vec::new(),
            source_digest: None,
        }
    }

    /// The basis of the open spell.
    pub fn basis(&self) -> Option<Basis> {
        self.spells.iter().find(|spell| spell.ended_on.is_none()).map(|spell| spell.basis)
    }
}

/// On what ground somebody is registered.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Basis {
    /// İşsiz.
    Unemployed = 1,
    /// İşaxtaran: a jobseeker, such as one with a farm-land share and no other work.
    Jobseeker = 2,
}

impl Basis {
    /// Both, in the order of their numbers.
    pub const ALL: [Basis; 2] = [Basis::Unemployed, Basis::Jobseeker];

    /// The word in forms and addresses.
    pub fn code(self) -> &'static str {
        match self {
            Basis::Unemployed => "unemployed",
            Basis::Jobseeker => "jobseeker",
        }
    }

    /// The basis of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.code() == code)
    }

    /// The basis stored under a number.
    pub fn from_number(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| *basis as i16 == number)
    }
}

/// A time of registered unemployment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Spell {
    pub begun_on: NaiveDate,
    pub basis: Basis,
    pub ended_on: Option<NaiveDate>,
}

/// Belonging to a group of the programme, while it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Membership {
    /// Code of the group in the programme.
    pub code: String,
    pub valid_from: NaiveDate,
    pub valid_to: Option<NaiveDate>,
    /// Who says so: a register, a document, the source of an import.
    pub source: String,
    /// What shows it, such as the number of a certificate: kept sealed.
    pub evidence: Option<String>,
}

/// Somebody who lives in the same household.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Member {
    /// One of [`super::codes::RELATIONS`].
    pub relation: String,
    pub birth_date: Option<NaiveDate>,
    pub working: bool,
    pub disabled: bool,
    /// Kept sealed, as the FİN.
    pub name: String,
    pub fin: Option<String>,
}

/// A consent that was given, and perhaps withdrawn.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Consent {
    /// One of [`super::codes::CONSENTS`].
    pub kind: String,
    /// Which text was read out or shown.
    pub text_version: String,
    pub given_on: NaiveDate,
    pub withdrawn_on: Option<NaiveDate>,
}

/// The protected fields: sealed in the tables and in the journal, masked until opened with a reason.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Protected {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Name and phone of somebody who can reach the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_contact: Option<String>,
    /// Series and number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_expires_on: Option<NaiveDate>,
    /// Degree of disability in per cent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disability_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub release_certificate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistance_award: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub martyr_relation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iban: Option<String>,
}

/// What registration asks beside the columns.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// One of [`super::codes::CITIZENSHIP`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citizenship: Option<String>,
    /// Residence or work permit of somebody who is not a citizen, and its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permit_until: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// One of [`super::codes::CHANNELS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// Other languages, as told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_languages: Option<String>,
    /// An interpreter, sign language, a step-free entrance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assistive_need: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speciality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_job: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_job_ended_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_job_reason: Option<String>,
    /// Unemployment-insurance payment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance_to: Option<NaiveDate>,
    /// Size of the land share, as typed with a decimal comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub land_hectares: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupation_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl Details {
    /// Whether an unemployment-insurance payment is drawn on a day.
    pub fn draws_insurance(&self, day: NaiveDate) -> bool {
        self.insurance_from.is_some_and(|from| from <= day) && self.insurance_to.is_none_or(|to| day <= to)
    }
}
