//! The codes that the files define and refer to: whether each reference leads somewhere, and no code stands twice.

use super::{Place, Validity};
use std::collections::{BTreeMap, BTreeSet};

/// Definitions and references by kind of thing.
#[derive(Default)]
pub(super) struct Symbols {
    defined: BTreeMap<&'static str, BTreeMap<String, Vec<Definition>>>,
    referred: Vec<Reference>,
}

struct Definition {
    validity: Option<Validity>,
    place: Place,
}

struct Reference {
    noun: &'static str,
    file: &'static str,
    code: String,
    place: Place,
}

impl Symbols {
    pub fn define(&mut self, noun: &'static str, code: &str, validity: Option<Validity>, place: &Place) {
        if !code.is_empty() {
            let definition = Definition { validity, place: place.clone() };
            self.defined.entry(noun).or_default().entry(code.to_owned()).or_default().push(definition);
        }
    }

    pub fn refer(&mut self, noun: &'static str, file: &'static str, code: &str, place: &Place) {
        if !code.is_empty() {
            self.referred.push(Reference { noun, file, code: code.to_owned(), place: place.clone() });
        }
    }

    /// Each problem: its place, what is wrong, what was expected. What a broken file would define is not missed.
    pub fn settle(&self, broken: &BTreeSet<String>) -> Vec<(Place, String, String)> {
        let mut problems = Vec::new();
        for reference in self.referred.iter().filter(|reference| !broken.contains(reference.file)) {
            let known = self.defined.get(reference.noun);
            if !known.is_some_and(|known| known.contains_key(&reference.code)) {
                problems.push(unknown(reference, known));
            }
        }
        for (noun, codes) in &self.defined {
            for (code, versions) in codes {
                problems.extend(clash(noun, code, versions));
            }
        }
        problems
    }
}

fn unknown(reference: &Reference, known: Option<&BTreeMap<String, Vec<Definition>>>) -> (Place, String, String) {
    let Reference { noun, file, code, place } = reference;
    let nearest = known
        .into_iter()
        .flat_map(BTreeMap::keys)
        .map(|other| (distance(code, other), other))
        .min()
        .filter(|(distance, _)| *distance <= 3);
    let expected = match nearest {
        Some((_, other)) => format!("{} {noun} of {file}, perhaps {other}", article(noun)),
        None => format!("{} {noun} of {file}", article(noun)),
    };
    (place.clone(), format!("there is no {noun} {code}"), expected)
}

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// The first version of a code that stands in another one's time.
fn clash(noun: &str, code: &str, versions: &[Definition]) -> Option<(Place, String, String)> {
    versions.iter().enumerate().find_map(|(index, version)| {
        let earlier = versions[..index].iter().find(|earlier| match (earlier.validity, version.validity) {
            (Some(earlier), Some(version)) => earlier.overlaps(&version),
            _ => true,
        })?;
        let (what, expected) = match (earlier.validity, version.validity) {
            (Some(_), Some(_)) => (
                format!("this version of {noun} {code} overlaps the one on line {}", earlier.place.line),
                "versions that follow each other",
            ),
            _ => (format!("{noun} {code} already stands on line {}", earlier.place.line), "each code once"),
        };
        Some((version.place.clone(), what, expected.to_owned()))
    })
}

/// Levenshtein's distance, for "perhaps you meant".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
