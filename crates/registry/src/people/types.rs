//! A person, as registered.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use values::{
    id::{OfficeId, PersonId},
    sex::Sex,
};

/// A person to be written: what the tables hold in the open, and what they hold sealed.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub id: PersonId,
    pub office: OfficeId,
    /// Where the registration came from (`office` for a walk-in) and its number there.
    pub source: String,
    pub reg_no: String,
    pub given_name: String,
    pub surname: String,
    pub patronymic: String,
    pub sex: Option<Sex>,
    pub birth_date: Option<NaiveDate>,
    /// ISO 3166-2 code of the rayon or city.
    pub residence: Option<String>,
    pub origin: Option<String>,
    pub address: String,
    pub language: String,
    pub education: Option<String>,
    pub marital: Option<String>,
    pub household_size: Option<i16>,
    pub children: Option<i16>,
    /// Monthly income of the household in qəpik.
    pub income: Option<i64>,
    pub land_share: bool,
    pub registered_on: NaiveDate,
    pub fin_verified_on: Option<NaiveDate>,
    pub protected: Protected,
    pub details: Details,
}

/// The protected fields: sealed in the tables and in the journal.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Protected {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub second_contact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_issuer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_expires_on: Option<NaiveDate>,
    /// Per cent of disability and until when.
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citizenship: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actual_address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance_from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub insurance_to: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub land_hectares: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub occupation_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
