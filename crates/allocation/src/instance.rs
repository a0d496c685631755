//! What is to be decided: people with their choices, cohorts with their seats, and the limits on them together.

use hashbrown::{HashMap, hash_map::Entry};

/// The largest number that may stand in an instance: the largest that every JSON program reads exactly.
pub const LARGEST: i64 = (1 << 53) - 1;
/// The most people an instance may have.
pub const MOST_PEOPLE: usize = 1 << 24;

/// One cohort that suits a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The cohort, by its place in the list of cohorts.
    pub cohort: u32,
    /// What it is worth that this person learns there.
    pub value: i64,
    /// What it costs, in qəpik.
    pub cost: i64,
}

/// A person who may be given a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's id.
    pub id: String,
    /// The groups the person is in.
    pub groups: Vec<String>,
    /// The cohorts that suit the person.
    pub choices: Vec<Choice>,
}

/// Seats of one training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cohort {
    /// The cohort's id.
    pub id: String,
    /// How many people it takes.
    pub seats: i64,
}

/// At most so many people of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maximum {
    /// The group.
    pub group: String,
    /// The most of its people who may be given a seat.
    pub people: i64,
}

/// A group's people are at least this part of all who are given a seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MinShare {
    /// The group.
    pub group: String,
    /// The part.
    pub share: Share,
}

/// A part of a whole, exact as it was written: 0.4 is two fifths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Of so many …
    pub(crate) parts: i64,
    /// … equal parts of the whole.
    pub(crate) of: i64,
}

impl Share {
    /// `parts` of `of` equal parts; none when that is not between nothing and the whole.
    #[must_use]
    pub fn new(parts: i64, of: i64) -> Option<Self> {
        if parts < 0 || of <= 0 || parts > of {
            return None;
        }
        let common = common_divisor(parts, of);
        Some(Self { parts: parts / common, of: of / common })
    }

    /// Reads a JSON number between 0 and 1 with at most 18 decimals.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let exponent: i32 = exponent.parse().ok()?;
        let parts: i64 = format!("{whole}{fraction}").parse().ok()?;
        if parts == 0 {
            return Self::new(0, 1);
        }
        let power = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        let ten = |power: u32| 10_i64.checked_pow(power);
        match u32::try_from(power) {
            Ok(up) => Self::new(parts.checked_mul(ten(up)?)?, 1),
            Err(_) => Self::new(parts, ten(power.unsigned_abs())?),
        }
    }

    /// The share as a fraction of 1, rounded.
    #[must_use]
    pub fn as_f64(self) -> f64 {
        self.parts as f64 / self.of as f64
    }
}

impl Ord for Share {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let cross = |a: &Self, b: &Self| i128::from(a.parts) * i128::from(b.of);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl PartialOrd for Share {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.as_f64())
    }
}

const fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// Why lists do not make an instance, without where: [`Refusal`] adds that.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// An id that stands for two.
    #[error("{id} already stands at {first}; an id is one person's or one cohort's")]
    Twice {
        /// The id.
        id: String,
        /// Where it stood first.
        first: String,
    },
    /// A cohort chosen twice by one person.
    #[error("the cohort {0} is among this person's choices already")]
    ChosenTwice(String),
    /// A number below zero or too large to be kept exact.
    #[error("{0} is not a whole number from 0 to {LARGEST}")]
    Number(i64),
    /// A choice of a cohort that is not in the list.
    #[error("there is no cohort {0}")]
    NoCohort(String),
    /// More people than are supported.
    #[error("more than {MOST_PEOPLE} people")]
    TooMany,
}

/// Why lists do not make an instance: where, and what is wrong there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {wrong}")]
pub struct Refusal {
    /// The way to the place: `people[3].choices[0].cohort`.
    pub path: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// People, cohorts and limits that fit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    people: Vec<Person>,
    cohorts: Vec<Cohort>,
    budget: Option<i64>,
    maxima: Vec<Maximum>,
    min_shares: Vec<MinShare>,
}

impl Instance {
    /// Puts the lists together.
    ///
    /// # Errors
    /// The first place where they do not fit.
    pub fn new(
        people: Vec<Person>,
        cohorts: Vec<Cohort>,
        budget: Option<i64>,
        maxima: Vec<Maximum>,
        min_shares: Vec<MinShare>,
    ) -> Result<Self, Refusal> {
        if people.len() > MOST_PEOPLE {
            return Err(Refusal { path: "people".into(), wrong: Wrong::TooMany });
        }
        ids("people", people.iter().map(|person| person.id.as_str()))?;
        ids("cohorts", cohorts.iter().map(|cohort| cohort.id.as_str()))?;
        let mut chosen_by = vec![usize::MAX; cohorts.len()];
        for (at, person) in people.iter().enumerate() {
            choices(at, person, &cohorts, &mut chosen_by)?;
        }
        for (at, cohort) in cohorts.iter().enumerate() {
            number(cohort.seats, || format!("cohorts[{at}].seats"))?;
        }
        if let Some(budget) = budget {
            number(budget, || "budget".into())?;
        }
        for (at, maximum) in maxima.iter().enumerate() {
            number(maximum.people, || format!("max[{at}].people"))?;
        }
        Ok(Self { people, cohorts, budget, maxima, min_shares })
    }

    /// The people.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The cohorts.
    #[must_use]
    pub fn cohorts(&self) -> &[Cohort] {
        &self.cohorts
    }

    /// The most that all seats together may cost, in qəpik.
    #[must_use]
    pub const fn budget(&self) -> Option<i64> {
        self.budget
    }

    /// The maxima of groups.
    #[must_use]
    pub fn maxima(&self) -> &[Maximum] {
        &self.maxima
    }

    /// The minimum shares of groups.
    #[must_use]
    pub fn min_shares(&self) -> &[MinShare] {
        &self.min_shares
    }
}

fn ids<'a>(list: &str, ids: impl ExactSizeIterator<Item = &'a str>) -> Result<(), Refusal> {
    let mut seen = HashMap::with_capacity(ids.len());
    for (at, id) in ids.enumerate() {
        match seen.entry(id) {
            Entry::Vacant(place) => _ = place.insert(at),
            Entry::Occupied(first) => {
                let first = format!("{list}[{}]", first.get());
                return Err(Refusal { path: format!("{list}[{at}].id"), wrong: Wrong::Twice { id: id.into(), first } });
            }
        }
    }
    Ok(())
}

/// Checks one person's choices. `chosen_by` holds for each cohort the last person who chose it.
fn choices(at: usize, person: &Person, cohorts: &[Cohort], chosen_by: &mut [usize]) -> Result<(), Refusal> {
    for (k, choice) in person.choices.iter().enumerate() {
        let path = |field: &str| format!("people[{at}].choices[{k}].{field}");
        let Some(cohort) = cohorts.get(choice.cohort as usize) else {
            return Err(Refusal { path: path("cohort"), wrong: Wrong::NoCohort(format!("number {}", choice.cohort)) });
        };
        if std::mem::replace(&mut chosen_by[choice.cohort as usize], at) == at {
            return Err(Refusal { path: path("cohort"), wrong: Wrong::ChosenTwice(cohort.id.clone()) });
        }
        number(choice.value, || path("value"))?;
        number(choice.cost, || path("cost"))?;
    }
    Ok(())
}

fn number(number: i64, path: impl FnOnce() -> String) -> Result<(), Refusal> {
    if (0..=LARGEST).contains(&number) { Ok(()) } else { Err(Refusal { path: path(), wrong: Wrong::Number(number) }) }
}
