//! Cases read for results: from the milestones when all that is known now counts, from the journal's events when only what
//! was recorded by a day does.

use super::{
    answers, apart,
    compute::{Asked, compute},
    gathered::{self, Gathered},
    milestones, recorded,
    report::Report,
    subject::Subject,
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use platform::{clock, scope::Tx};
use registry::{
    case::Law,
    programme::{IndicatorUnit, Programme, Term, keys},
};

/// As of which day, and with what was known by when.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Known {
    pub as_of: NaiveDate,
    /// Only what was recorded by the end of this day; none for all that is known.
    pub known_on: Option<NaiveDate>,
}

/// Where cases are read from.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Source {
    /// From their milestones, and from the journal where milestones can't tell.
    #[default]
    Milestones,
    /// From the journal alone: the same figures, for whoever doubts the milestones.
    Journal,
}

/// Transactions of one reader. Two read at once what belongs together, so that a report takes half the time.
pub struct Readers<'t> {
    pub tx: &'t mut Tx,
    pub beside: Option<Tx>,
}

impl<'t> From<&'t mut Tx> for Readers<'t> {
    fn from(tx: &'t mut Tx) -> Self {
        Self { tx, beside: None }
    }
}

/// Every indicator of the cases in scope, with targets and units from the programme.
pub async fn report(readers: impl Into<Readers<'_>>, programme: &Programme, law: &Law, known: Known) -> Result<Report> {
    report_from(Source::Milestones, readers, programme, law, known).await
}

/// The same from a source that is chosen.
pub async fn report_from(
    source: Source,
    readers: impl Into<Readers<'_>>,
    programme: &Programme,
    law: &Law,
    known: Known,
) -> Result<Report> {
    let Readers { tx, beside } = readers.into();
    let subjects = subjects_from(source, tx, beside, programme, law, known).await?;
    let grievances = gathered::grievances(tx, programme, known.known_on.unwrap_or_else(|| tx.today())).await?;
    let asked = asked(programme, known.as_of);
    let mut indicators = compute(&subjects, &asked);
    indicators.extend(answers::measure(&subjects, &grievances, &asked, &indicators));
    for measured in &mut indicators {
        let Some(indicator) = programme.indicator(measured.code) else { continue };
        measured.target = indicator.target_on(known.as_of).map(|target| target.value);
        measured.baseline = indicator.baseline;
        measured.unit = unit(indicator.unit).to_owned();
    }
    Ok(Report { as_of: known.as_of, known_on: known.known_on.unwrap_or_else(|| tx.today()), indicators })
}

/// What the programme's parameters of a day ask of the computation.
pub fn asked(programme: &Programme, as_of: NaiveDate) -> Asked {
    let days = |key| match programme.parameter(key, as_of) {
        Term::CalendarDays(days) | Term::WorkingDays(days) => i64::from(days),
        Term::Months(months) => i64::from(months) * 30,
    };
    Asked {
        as_of,
        training_settled_days: days(&keys::TRAINING_SETTLED_AFTER),
        ownership_settled_days: days(&keys::OWNERSHIP_SETTLED_AFTER),
        followup_window_months: i32::try_from(programme.parameter(&keys::FOLLOW_UP_WINDOW, as_of).0).unwrap_or(0),
        seen_within_days: days(&keys::SEEN_WITHIN),
        pause_max_days: days(&keys::PAUSE_MAX),
        unreachable_tries: programme.parameter(&keys::UNREACHABLE_TRIES, as_of) as usize,
        assistance: programme.groups().iter().find(|group| group.assistance).map(|group| group.code.to_string()),
        prices: prices(programme),
    }
}

/// The level of consumer prices from each day on which a version of it begins.
fn prices(programme: &Programme) -> Vec<(NaiveDate, i64)> {
    let versions = programme.parameters().iter().filter(|version| version.code == keys::PRICE_LEVEL.code);
    let mut levels: Vec<(NaiveDate, i64)> = versions.map(|version| (version.validity.from, version.value)).collect();
    levels.sort_unstable();
    levels
}

/// The word of a unit in exports and messages.
pub fn unit(unit: IndicatorUnit) -> &'static str {
    match unit {
        IndicatorUnit::People => "people",
        IndicatorUnit::Applications => "applications",
        IndicatorUnit::Households => "households",
        IndicatorUnit::Jobs => "jobs",
        IndicatorUnit::Percent => "percent",
        IndicatorUnit::Points => "points",
        IndicatorUnit::Days => "days",
        IndicatorUnit::Qepik => "qepik",
        IndicatorUnit::PerHundred => "per_hundred",
    }
}

const POSITION: &str = "
    select coalesce(sum(seq), 0)::bigint
    from chain_head";

/// How far the journal has come, over all chains; `tx` must be the program's own.
pub async fn position(tx: &mut Tx) -> Result<i64> {
    let (at,): (i64,) = sqlx::query_as(POSITION).fetch_one(tx.conn()).await.context("finding how far the journal is")?;
    Ok(at)
}

/// The cases in scope with what tells how a business stands and whom it belongs to.
pub(super) async fn subjects_in_business(
    readers: Readers<'_>,
    programme: &Programme,
    law: &Law,
    known: Known,
) -> Result<Vec<Subject>> {
    let Readers { tx, beside } = readers;
    let known_on = known.known_on.unwrap_or_else(|| tx.today());
    let gathering = beside.map(|mut tx| apart::beside(async move { Gathered::read_of_businesses(&mut tx, known_on).await }));
    let mut subjects = cases(Source::Milestones, tx, law, known, known_on).await?;
    subjects.retain(|subject| subject.days.received.is_some());
    let gathered = match gathering {
        Some(gathering) => gathering.await.context("gathering what tells of businesses")??,
        None => Gathered::read_of_businesses(tx, known_on).await?,
    };
    gathered.give(programme, &mut subjects);
    in_order(&mut subjects);
    Ok(subjects)
}

/// The cases in scope with their milestones alone.
pub(super) async fn subjects_on_their_way(tx: &mut Tx, law: &Law, known: Known) -> Result<Vec<Subject>> {
    let known_on = known.known_on.unwrap_or_else(|| tx.today());
    cases(Source::Milestones, tx, law, known, known_on).await
}

/// One person counts at the first of the qualifying cases of a phase.
fn in_order(subjects: &mut [Subject]) {
    subjects.sort_unstable_by_key(|subject| (subject.days.applied, subject.case));
}

/// The cases in scope.
pub async fn subjects(readers: Readers<'_>, programme: &Programme, law: &Law, known: Known) -> Result<Vec<Subject>> {
    subjects_from(Source::Milestones, readers.tx, readers.beside, programme, law, known).await
}

async fn subjects_from(
    source: Source,
    tx: &mut Tx,
    beside: Option<Tx>,
    programme: &Programme,
    law: &Law,
    known: Known,
) -> Result<Vec<Subject>> {
    let known_on = known.known_on.unwrap_or_else(|| tx.today());
    let gathering = beside.map(|mut tx| apart::beside(async move { Gathered::read(&mut tx, known_on).await }));
    let mut subjects = cases(source, tx, law, known, known_on).await?;
    let gathered = match gathering {
        Some(gathering) => gathering.await.context("gathering what belongs to cases")??,
        None => Gathered::read(tx, known_on).await?,
    };
    gathered.give(programme, &mut subjects);
    in_order(&mut subjects);
    Ok(subjects)
}

/// Cases by their milestones and, where these can't tell, by the journal.
async fn cases(source: Source, tx: &mut Tx, law: &Law, known: Known, known_on: NaiveDate) -> Result<Vec<Subject>> {
    let until = end_of(known_on);
    // Nothing takes effect after the day on which it is recorded.
    let day = known.as_of.min(known_on);
    let again = match source {
        Source::Journal => recorded::all(tx).await?,
        Source::Milestones if day >= tx.today() => Vec::new(),
        Source::Milestones => recorded::changed(tx, day, until).await?,
    };
    let mut subjects = milestones::subjects(tx, day, &again.iter().map(|(_, case)| *case).collect()).await?;
    subjects.extend(recorded::subjects(tx, law, known.as_of, until, &again).await?);
    Ok(subjects)
}

/// The moment at which a day is over.
pub(super) fn end_of(day: NaiveDate) -> DateTime<Utc> {
    clock::from_local(day.and_time(NaiveTime::MIN)) + TimeDelta::days(1)
}
