//! Finding things in a programme, by code and by day.

use super::*;
use chrono::NaiveDate;
use values::{PensionAges, WorkingDays, id::OfficeId};

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

    /// The course.
    pub fn course(&self) -> &Course {
        &self.0.course
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

    /// The form of the business plan.
    pub fn plan_form(&self) -> &Form {
        &self.0.plan
    }

    /// The score sheet in force on a day: `PLAN`, `DEFENCE` or `AWARD`.
    pub fn score_sheet(&self, code: &str, day: NaiveDate) -> Option<&ScoreSheet> {
        self.0.score_sheets.iter().find(|sheet| sheet.code == *code && sheet.validity.covers(day))
    }

    /// Environmental and social screening.
    pub fn screening(&self) -> &Screening {
        &self.0.screening
    }

    /// Visits and follow-up.
    pub fn monitoring(&self) -> &Monitoring {
        &self.0.monitoring
    }

    /// The grievance mechanism.
    pub fn grievances(&self) -> &Grievances {
        &self.0.grievances
    }

    /// All indicators, in the order of the results framework.
    pub fn indicators(&self) -> &[Indicator] {
        &self.0.framework.indicators
    }

    /// An indicator by its code.
    pub fn indicator(&self, code: &str) -> Option<&Indicator> {
        self.indicators().iter().find(|indicator| indicator.code == *code)
    }

    /// Words of the press and the indicators that they are taken to mean.
    pub fn press_words(&self) -> &[PressWord] {
        &self.0.framework.press
    }

    /// Age bands of the cuts, youngest first.
    pub fn age_bands(&self) -> &[AgeBand] {
        &self.0.framework.age_bands
    }

    /// The band of an age in full years.
    pub fn age_band(&self, years: u32) -> Option<&AgeBand> {
        self.age_bands().iter().find(|band| band.holds(years))
    }

    /// The reasons of a list, such as `closing`, in order.
    pub fn reasons(&self, list: &str) -> impl Iterator<Item = &Reason> {
        self.0.reasons.iter().filter(move |reason| reason.list == list)
    }

    /// The duties of staff in a case.
    pub fn duties(&self) -> &[DutyName] {
        &self.0.duties.names
    }

    /// Pairs of duties that exclude each other.
    pub fn incompatible_duties(&self) -> &[Incompatible] {
        &self.0.duties.incompatible
    }

    /// The text of a contract signed on a day: `EQUIPMENT` or `AWARD`.
    pub fn contract_text(&self, code: &str, signed_on: NaiveDate) -> Option<&ContractText> {
        self.0.contracts.iter().find(|text| text.code == *code && text.validity.covers(signed_on))
    }

    /// A letter by its code.
    pub fn letter(&self, code: &str) -> Option<&LetterText> {
        self.0.letters.iter().find(|letter| letter.code == *code)
    }

    /// All letters.
    pub fn letters(&self) -> &[LetterText] {
        &self.0.letters
    }
}
