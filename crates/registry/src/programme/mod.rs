//! The programme as data: territory, directions, rules, parameters, forms and words, read from one folder of files.
//! Nothing here knows which country it is: another programme is another folder.

mod admission;
mod calendar;
mod catalogue;
mod completeness;
mod code;
pub mod eligibility;
mod group;
pub mod keys;
mod load;
mod parameters;
mod phase;
mod problem;
mod quota;
mod reader;
pub mod store;
mod territory;
mod words;

#[cfg(test)]
mod load_tests;

pub use admission::{Paper, ReadinessItem, ReadinessTopic};
pub use calendar::Holiday;
pub use catalogue::{Direction, Item, Measure, PackageLine, Sector};
pub use code::{Code, Coded};
pub use eligibility::{Assessment, EligibilityRule, FactName, Step};
pub use group::{Group, GroupList, Listing};
pub use load::{check, load};
pub use parameters::{Hours, Key, Measured, Months, Parameter, ParameterValue, Percent, Points, Term, Years};
pub use phase::{Amount, Call, FundingSource, Phase};
pub use problem::Problem;
pub use store::{InForce, current};
pub use quota::{GroupQuota, RegionQuota};
pub use territory::{District, Office, OfficeKind, Region, Unit, UnitKind};
pub use words::{Dated, Source, Validity, Words};

use chrono::NaiveDate;
use serde::Serialize;
use std::sync::Arc;
use values::{PensionAges, WorkingDays, id::OfficeId};

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
    admission: admission::Admission,
}

impl Programme {
    /// What the programme is called and who runs it.
    pub fn about(&self) -> &About {
        &self.0.about
    }

    /// SHA-256 over the names and contents of its files: equal digests are the same version.
    pub fn digest(&self) -> &[u8; 32] {
        &self.0.digest
    }

    /// All phases in order.
    pub fn phases(&self) -> &[Phase] {
        &self.0.timetable.phases
    }

    /// The phase that runs on a day.
    pub fn phase_on(&self, day: NaiveDate) -> Option<&Phase> {
        self.phases().iter().find(|phase| phase.validity.covers(day))
    }

    /// All funding sources.
    pub fn funding_sources(&self) -> &[FundingSource] {
        &self.0.timetable.funding
    }

    /// All calls for applications.
    pub fn calls(&self) -> &[Call] {
        &self.0.timetable.calls
    }

    /// The calls open on a day.
    pub fn open_calls(&self, day: NaiveDate) -> impl Iterator<Item = &Call> {
        self.calls().iter().filter(move |call| call.validity.covers(day))
    }

    /// A call by its code.
    pub fn call(&self, code: &str) -> Option<&Call> {
        self.calls().iter().find(|call| call.code == *code)
    }

    /// All economic regions.
    pub fn regions(&self) -> &[Region] {
        &self.0.territory.regions
    }

    /// A region by its code.
    pub fn region(&self, code: &str) -> Option<&Region> {
        self.regions().iter().find(|region| region.code == *code)
    }

    /// All cities and rayons, former ones among them.
    pub fn units(&self) -> &[Unit] {
        &self.0.territory.units
    }

    /// A city or rayon by its code.
    pub fn unit(&self, code: &str) -> Option<&Unit> {
        self.units().iter().find(|unit| unit.code == *code)
    }

    /// Districts inside cities.
    pub fn districts(&self) -> &[District] {
        &self.0.territory.districts
    }

    /// All offices, the centre first.
    pub fn offices(&self) -> &[Office] {
        &self.0.territory.offices
    }

    /// The offices that take part on a day.
    pub fn offices_on(&self, day: NaiveDate) -> impl Iterator<Item = &Office> {
        self.offices().iter().filter(move |office| office.validity.covers(day))
    }

    /// An office by its number.
    pub fn office(&self, id: OfficeId) -> Option<&Office> {
        self.offices().iter().find(|office| office.id == id)
    }

    /// The region in which an office works; the centre has none.
    pub fn region_of(&self, id: OfficeId) -> Option<&Region> {
        let unit = self.office(id)?.unit.as_ref()?;
        self.region(&self.unit(unit)?.region)
    }

    /// All directions, retired ones among them.
    pub fn directions(&self) -> &[Direction] {
        &self.0.catalogue.directions
    }

    /// A direction by its code, offered or retired: the version begun last.
    pub fn direction(&self, code: &str) -> Option<&Direction> {
        let versions = self.directions().iter().filter(|direction| direction.code == *code);
        versions.max_by_key(|direction| direction.validity.from)
    }

    /// The directions offered on a day.
    pub fn directions_on(&self, day: NaiveDate) -> impl Iterator<Item = &Direction> {
        self.directions().iter().filter(move |direction| direction.validity.covers(day))
    }

    /// All items of the catalogue, every version.
    pub fn items(&self) -> &[Item] {
        &self.0.catalogue.items
    }

    /// The version of an item whose prices hold on a day.
    pub fn item(&self, code: &str, day: NaiveDate) -> Option<&Item> {
        self.items().iter().find(|item| item.code == *code && item.validity.covers(day))
    }

    /// A unit of measure by its code.
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.0.catalogue.measures.iter().find(|measure| measure.code == *code)
    }

    /// All groups of people.
    pub fn groups(&self) -> &[Group] {
        &self.0.groups
    }

    /// A group by its code.
    pub fn group(&self, code: &str) -> Option<&Group> {
        self.groups().iter().find(|group| group.code == *code)
    }

    /// The groups that a list names on a day.
    pub fn groups_on(&self, list: GroupList, day: NaiveDate) -> impl Iterator<Item = &Group> {
        self.groups().iter().filter(move |group| group.is_on(list, day))
    }

    /// All facts that rules may use, with their words.
    pub fn facts(&self) -> &[FactName] {
        &self.0.facts
    }

    /// All rules, every version.
    pub fn rules(&self) -> &[EligibilityRule] {
        &self.0.rules
    }

    /// The rules that hold on a day.
    pub fn rules_on(&self, day: NaiveDate) -> impl Iterator<Item = &EligibilityRule> {
        self.rules().iter().filter(move |rule| rule.validity.covers(day))
    }

    /// The version of a rule that holds on a day.
    pub fn rule(&self, code: &str, day: NaiveDate) -> Option<&EligibilityRule> {
        self.rules_on(day).find(|rule| rule.code == *code)
    }

    /// All parameters, every version.
    pub fn parameters(&self) -> &[Parameter] {
        &self.0.parameters
    }

    /// The version of a parameter for a day; before its first version, the first.
    pub fn parameter_version(&self, code: &str, day: NaiveDate) -> Option<&Parameter> {
        parameters::version(self.parameters(), code, day)
    }

    /// The value of a parameter on a day, for example `programme.parameter(&keys::CONTRACT_TERM, signed_on)`.
    pub fn parameter<T: ParameterValue>(&self, key: &Key<T>, day: NaiveDate) -> T {
        self.parameter_version(key.code, day)
            .and_then(|version| (key.read)(version.value, version.unit))
            .expect("a loaded programme has every parameter of keys.rs with its unit, which check proves")
    }

    /// The last day of a term that begins on a day, by the parameter's version of that day.
    pub fn due(&self, key: &Key<Term>, from: NaiveDate) -> NaiveDate {
        self.parameter(key, from).ends(from, self.working_days())
    }

    /// Shares of the seats by region on a day.
    pub fn region_quotas(&self, day: NaiveDate) -> impl Iterator<Item = &RegionQuota> {
        self.0.quotas.regions.iter().filter(move |quota| quota.validity.covers(day))
    }

    /// Least shares of groups on a day.
    pub fn group_quotas(&self, day: NaiveDate) -> impl Iterator<Item = &GroupQuota> {
        self.0.quotas.groups.iter().filter(move |quota| quota.validity.covers(day))
    }

    /// Papers that an application may lack.
    pub fn papers(&self) -> &[Paper] {
        &self.0.admission.papers
    }

    /// What the readiness assessment gives points for.
    pub fn readiness_items(&self) -> &[ReadinessItem] {
        &self.0.admission.items
    }

    /// What a counsellor talks about with an applicant.
    pub fn readiness_topics(&self) -> &[ReadinessTopic] {
        &self.0.admission.topics
    }

    /// Public holidays and rest days.
    pub fn holidays(&self) -> &[Holiday] {
        &self.0.calendar.holidays
    }

    /// The calendar of working days.
    pub fn working_days(&self) -> &WorkingDays {
        &self.0.calendar.working_days
    }

    /// Pension ages by sex and date.
    pub fn pension_ages(&self) -> &PensionAges {
        &self.0.calendar.pension_ages
    }
}
