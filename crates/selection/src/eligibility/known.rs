//! From what the tables hold about an applicant to facts with a day and an origin. Values in, values out.

use super::types::{Evidence, Fact, Origin};
use ::rules::Value;
use chrono::NaiveDate;
use registry::programme::{Programme, Sector};
use values::Sex;

/// What the tables hold about an applicant on the day of the question.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub applied_on: NaiveDate,
    pub call: String,
    pub phase: String,
    /// The direction wished for: a code of the catalogue, or `FARMING` or `TRADE` where the wish lies outside it.
    pub wished: String,
    pub registered_on: NaiveDate,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<Sex>,
    pub education: Option<String>,
    pub household_size: Option<i16>,
    pub children: Option<i16>,
    /// Of the household, a month, in qəpik.
    pub income: Option<i64>,
    pub has_farm_land: bool,
    /// `None` where neither citizenship nor FİN is known.
    pub may_work_here: Option<bool>,
    pub draws_insurance: bool,
    /// The open spell: the code of the status and its first day.
    pub status: Option<(&'static str, NaiveDate)>,
    /// Groups with evidence that hold on the day, with the day from which each holds.
    pub groups: Vec<(String, NaiveDate)>,
    /// The day of the consent to have data checked, if it stands.
    pub consent_on: Option<NaiveDate>,
    /// As declared in the application.
    pub earlier_support: Option<bool>,
    pub elsewhere: Elsewhere,
    pub checks: Vec<Check>,
}

/// What the programme's other cases say about the person and the household.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Elsewhere {
    pub other_open_case: bool,
    pub equipped_in_phase: bool,
    pub household_packages: i64,
    pub left_training_on: Option<NaiveDate>,
    pub fraud_on: Option<NaiveDate>,
}

/// A fact that an officer looked up again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    pub fact: String,
    pub value: Value,
    pub observed_on: NaiveDate,
    pub origin: Origin,
}

/// Statuses with the employment service, as rules name them.
pub const UNEMPLOYED: &str = "UNEMPLOYED";
pub const JOBSEEKER: &str = "JOBSEEKER";

/// The evidence on a day: what the tables hold, and over it the later checks.
pub fn evidence(known: &Known, programme: &Programme, on: NaiveDate) -> Evidence {
    let mut facts = from_person(known, programme);
    facts.extend(from_status(known));
    facts.extend(from_application(known, programme, on));
    for check in &known.checks {
        if let Some(fact) = facts.iter_mut().find(|fact| fact.name == check.fact && fact.on <= check.observed_on) {
            *fact = Fact { name: fact.name, value: Some(check.value.clone()), on: check.observed_on, origin: check.origin };
        }
    }
    let mut evidence = Evidence { on, facts };
    evidence.facts.push(groups(known, programme, &evidence));
    evidence
}

fn fact(name: &'static str, value: Option<impl Into<Value>>, on: NaiveDate, origin: Origin) -> Fact {
    Fact { name, value: value.map(Into::into), on, origin }
}

fn from_person(known: &Known, programme: &Programme) -> Vec<Fact> {
    let on = known.registered_on;
    let pension = known.birth_date.zip(known.sex).and_then(|(born, sex)| programme.pension_ages().reached_on(born, sex));
    let per_head = known.income.zip(known.household_size).filter(|(_, size)| *size > 0);
    vec![
        fact("birth_date", known.birth_date, on, Origin::Registration),
        fact("sex", known.sex.map(|sex| Value::code(sex.code())), on, Origin::Registration),
        fact("education", known.education.as_deref().map(Value::code), on, Origin::Registration),
        fact("children", known.children.map(i64::from), on, Origin::Registration),
        fact("household_income_per_head", per_head.map(|(income, size)| income / i64::from(size)), on, Origin::Registration),
        fact("pension_age_on", pension, on, Origin::Programme),
        fact("may_work_here", known.may_work_here, known.applied_on, Origin::Registration),
        fact("consent_given", Some(known.consent_on.is_some()), known.consent_on.unwrap_or(on), Origin::Registration),
    ]
}

/// Whoever is on the register has neither work nor an old-age pension: the law of employment lets nobody else in.
fn from_status(known: &Known) -> Vec<Fact> {
    let on = known.applied_on;
    let registered = known.status.is_some();
    let status = Value::codes(known.status.map(|(code, _)| code));
    vec![
        fact("status", Some(status), on, Origin::EmploymentRegister),
        fact("status_since", known.status.map(|(_, since)| since), on, Origin::EmploymentRegister),
        fact("has_work", registered.then_some(false), on, Origin::EmploymentRegister),
        fact("draws_pension", registered.then_some(false), on, Origin::EmploymentRegister),
        fact("draws_insurance", Some(known.draws_insurance), on, Origin::Registration),
        fact("has_farm_land", Some(known.has_farm_land), on, Origin::Registration),
    ]
}

fn from_application(known: &Known, programme: &Programme, on: NaiveDate) -> Vec<Fact> {
    let call_open = programme.call(&known.call).is_some_and(|call| call.validity.covers(known.applied_on));
    let offered = programme.directions_on(on).any(|direction| *direction.code == *known.wished);
    let sector = match programme.direction(&known.wished).map(|direction| direction.sector) {
        Some(Sector::Production) => "PRODUCTION",
        Some(Sector::Services) => "SERVICES",
        None => known.wished.as_str(),
    };
    let own = Origin::Programme;
    let Elsewhere { other_open_case, equipped_in_phase, household_packages, left_training_on, fraud_on } = known.elsewhere;
    vec![
        fact("call_open", Some(call_open), known.applied_on, own),
        fact("direction_offered", Some(offered), on, own),
        fact("wished_sector", Some(Value::code(sector)), known.applied_on, Origin::Application),
        fact("earlier_state_support", known.earlier_support, known.applied_on, Origin::Application),
        fact("other_open_case", Some(other_open_case), on, own),
        fact("equipped_in_phase", Some(equipped_in_phase), on, own),
        fact("household_packages", Some(household_packages), on, own),
        fact("left_training_on", left_training_on, on, own),
        fact("fraud_on", fraud_on, on, own),
    ]
}

/// Groups with evidence, and those that follow from the other facts.
fn groups(known: &Known, programme: &Programme, evidence: &Evidence) -> Fact {
    let following = programme.groups_by_facts(&evidence.facts(), evidence.on);
    let codes = known.groups.iter().map(|(code, _)| code.as_str()).chain(following.iter().map(|code| code.as_str()));
    let latest = known.groups.iter().map(|(_, from)| *from).max().unwrap_or(known.registered_on);
    fact("groups", Some(Value::codes(codes)), latest.max(known.registered_on), Origin::Document)
}
