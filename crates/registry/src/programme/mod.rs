//! The programme as data: territory, directions, rules, parameters, forms and words, read from one folder of files.
//! Nothing here knows which country it is: another programme is another folder.

mod admission;
mod answer;
mod calendar;
mod catalogue;
mod code;
mod completeness;
pub mod contract;
mod course;
mod duty;
pub mod eligibility;
pub mod form;
mod grievance;
mod group;
mod indicator;
pub mod keys;
pub mod letter;
mod load;
mod lookup;
pub mod monitoring;
mod parameters;
mod phase;
mod problem;
mod quota;
mod reader;
mod reason;
mod scoring;
pub mod screening;
pub mod sheet;
pub mod store;
mod template;
mod territory;
mod words;

#[cfg(test)]
mod damage_tests;
#[cfg(test)]
mod eligibility_tests;
#[cfg(test)]
mod form_tests;
#[cfg(test)]
mod load_tests;
#[cfg(test)]
mod scoring_tests;
#[cfg(test)]
mod screening_tests;
#[cfg(test)]
mod sheet_tests;
#[cfg(test)]
mod template_tests;

pub use admission::{Paper, ReadinessItem, ReadinessTopic};
pub use answer::{Answer, AnswerRefusal};
pub use calendar::Holiday;
pub use catalogue::{Direction, Item, Measure, PackageLine, Sector};
pub use code::{Code, Coded};
pub use contract::{Anchor, Anchors, ClauseTopic, ContractClause, ContractText, LegalVersion, ObligationText, Shown};
pub use course::{Course, CourseTest, Module, Moment, Session, SessionPart};
pub use duty::{DutyName, Incompatible};
pub use eligibility::{Assessment, EligibilityRule, FactName, Step};
pub use form::{Choice, Field, FieldKind, Form, Section};
pub use grievance::{Channel, Committee, GrievanceCategory, Grievances, Held};
pub use group::{Group, GroupList, Listing};
pub use indicator::{AgeBand, Indicator, IndicatorUnit, PressWord, Target, TargetKind, Wish};
pub use letter::{LetterStep, LetterText};
pub use load::{check, load};
pub use monitoring::{Followup, Monitoring, RiskLevel};
pub use parameters::{Hours, Key, Measured, Months, Parameter, ParameterValue, Percent, Points, Term, Years};
pub use phase::{Amount, Call, FundingSource, Phase};
pub use problem::Problem;
pub use quota::{GroupQuota, RegionQuota};
pub use reason::Reason;
pub use scoring::{Criterion, MarkRefusal, ScoreSheet};
pub use screening::{AskedOf, Check, Prohibition, RatingName, Risk, Screening};
pub use store::{InForce, current};
pub use template::{Template, Unfilled};
pub use territory::{District, Office, OfficeKind, Region, Unit, UnitKind};
pub use words::{Dated, Source, Validity, Words};

use chrono::NaiveDate;
use serde::Serialize;
use std::sync::Arc;

/// A whole programme, read and checked. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Programme(Arc<Parts>);

/// What the programme is called and who runs it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct About {
    pub code: String,
    pub name: Words,
    pub short_name: Words,
    /// The body that runs it.
    pub authority: Words,
    /// ISO 4217.
    pub currency: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The first day of the first phase: nothing in the programme is older.
    pub begins_on: NaiveDate,
    /// The phone number for grievances.
    pub hotline: String,
    pub website: String,
    pub source: Source,
}

#[derive(Debug)]
struct Parts {
    about: About,
    digest: [u8; 32],
    timetable: phase::Timetable,
    territory: territory::Territory,
    catalogue: catalogue::Catalogue,
    calendar: calendar::Calendar,
    parameters: Vec<Parameter>,
    facts: Vec<FactName>,
    rules: Vec<EligibilityRule>,
    groups: Vec<Group>,
    quotas: quota::Quotas,
    course: Course,
    admission: admission::Admission,
    plan: Form,
    score_sheets: Vec<ScoreSheet>,
    screening: Screening,
    monitoring: Monitoring,
    grievances: Grievances,
    framework: indicator::Framework,
    reasons: Vec<Reason>,
    duties: duty::Duties,
    contracts: Vec<ContractText>,
    letters: Vec<LetterText>,
}
