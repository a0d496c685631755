//! An instance from JSON. Text that is not what it should be is refused with its line, its column and the way there.

use crate::{
    instance::{Choice, Cohort, Instance, Maximum, MinShare, Person, Refusal, Share, Wrong},
    place,
};
use hashbrown::HashMap;
use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Why a text is no instance.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}{}: {problem}", if path.is_empty() { String::new() } else { format!(", {path}") })]
pub struct Misread {
    /// The line, from 1.
    pub line: usize,
    /// The column in bytes, from 1.
    pub column: usize,
    /// The way to the place, as `people[3].choices[0].cohort`; empty for the whole.
    pub path: String,
    /// What is wrong there, in plain words.
    pub problem: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text<'a> {
    #[serde(borrow)]
    people: Vec<PersonText<'a>>,
    #[serde(borrow)]
    cohorts: Vec<CohortText<'a>>,
    #[serde(deserialize_with = "whole_or_null")]
    budget: Option<i64>,
    #[serde(borrow)]
    max: Vec<MaximumText<'a>>,
    #[serde(borrow)]
    min_share: Vec<MinShareText<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersonText<'a> {
    #[serde(borrow)]
    id: Name<'a>,
    #[serde(borrow)]
    groups: Vec<Name<'a>>,
    #[serde(borrow)]
    choices: Vec<ChoiceText<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceText<'a> {
    #[serde(borrow)]
    cohort: Name<'a>,
    value: Whole,
    cost: Whole,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CohortText<'a> {
    #[serde(borrow)]
    id: Name<'a>,
    seats: Whole,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaximumText<'a> {
    #[serde(borrow)]
    group: Name<'a>,
    people: Whole,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MinShareText<'a> {
    #[serde(borrow)]
    group: Name<'a>,
    share: ShareText,
}

/// An id or the name of a group, not copied where the text holds it as it is.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A whole number, zero or more.
struct Whole(i64);

/// A share, exact as written.
struct ShareText(Share);

struct WholeVisitor;

impl Visitor<'_> for WholeVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number from 0 to {}", crate::instance::LARGEST)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
        i64::try_from(number)
            .ok()
            .filter(|number| *number <= crate::instance::LARGEST)
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
        Err(E::invalid_value(Unexpected::Signed(number), &self))
    }
}

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_u64(WholeVisitor).map(Self)
    }
}

impl<'de> Deserialize<'de> for ShareText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(from)?;
        let is_number = raw.get().starts_with(|sign: char| sign.is_ascii_digit() || sign == '-');
        let share = if is_number { Share::parse(raw.get()) } else { None };
        let share = share.ok_or_else(|| {
            D::Error::custom(format_args!("{} is not a decimal between 0 and 1 with at most 18 places", shortened(raw.get())))
        })?;
        Ok(Self(share))
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn whole_or_null<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    Ok(Option::<Whole>::deserialize(from)?.map(|whole| whole.0))
}

/// Reads an instance.
///
/// # Errors
/// The first place that is not as the format says.
pub fn read(json: &[u8]) -> Result<Instance, Misread> {
    let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
    let text = std::str::from_utf8(json).map_err(|error| {
        let (line, column) = place::line_and_column(json, error.valid_up_to());
        Misread { line, column, path: String::new(), problem: "this is not UTF-8 text".into() }
    })?;
    let parts: Text = serde_json::from_str(text).map_err(|error| misread(text, &error))?;
    instance(parts).map_err(|Refusal { path, wrong }| {
        let (line, column) = place::line_and_column(json, place::offset(text, &path).unwrap_or(0));
        Misread { line, column, path, problem: wrong.to_string() }
    })
}

/// The same fault with the way to it, which costs a second, slower reading.
fn misread(text: &str, error: &serde_json::Error) -> Misread {
    let mut again = serde_json::Deserializer::from_str(text);
    let path = match serde_path_to_error::deserialize::<_, Text>(&mut again) {
        Err(found) => found.path().to_string(),
        Ok(_) => String::new(),
    };
    // A dot stands for the whole, a question mark for a place that has no name yet.
    let path = if path == "." || path.contains('?') { String::new() } else { path };
    let (line, column) = (error.line(), error.column());
    let mut problem = error.to_string();
    if let Some(end) = problem.rfind(" at line ") {
        problem.truncate(end);
    }
    if problem.starts_with("missing field `budget`") {
        problem.push_str(" (write null where there is none)");
    }
    Misread { line, column: column.max(1), path, problem }
}

fn instance(text: Text<'_>) -> Result<Instance, Refusal> {
    let places: HashMap<&str, u32> = text.cohorts.iter().zip(0..).map(|(cohort, at)| (&*cohort.id.0, at)).collect();
    let mut people = Vec::with_capacity(text.people.len());
    for (at, person) in text.people.iter().enumerate() {
        let mut choices = Vec::with_capacity(person.choices.len());
        for (k, choice) in person.choices.iter().enumerate() {
            let &cohort = places.get(&*choice.cohort.0).ok_or_else(|| Refusal {
                path: format!("people[{at}].choices[{k}].cohort"),
                wrong: Wrong::NoCohort(choice.cohort.0.to_string()),
            })?;
            choices.push(Choice { cohort, value: choice.value.0, cost: choice.cost.0 });
        }
        let groups = person.groups.iter().map(|group| group.0.to_string()).collect();
        people.push(Person { id: person.id.0.to_string(), groups, choices });
    }
    let cohorts = text.cohorts.iter().map(|cohort| Cohort { id: cohort.id.0.to_string(), seats: cohort.seats.0 }).collect();
    let maxima = text.max.iter().map(|max| Maximum { group: max.group.0.to_string(), people: max.people.0 }).collect();
    let shares = text.min_share.iter().map(|row| MinShare { group: row.group.0.to_string(), share: row.share.0 }).collect();
    Instance::new(people, cohorts, text.budget, maxima, shares)
}
