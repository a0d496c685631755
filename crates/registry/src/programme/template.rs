//! Texts with places to fill, such as `{term_months}`, in three languages: clauses of contracts and paragraphs of letters.

use super::{reader::Table, words::Words};
use platform::language::Lang;
use serde::Serialize;
use std::collections::BTreeSet;

/// A text whose places were checked when it was read: each is known, and the three languages have the same.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Template(Words);

/// A place that was not filled.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("nothing was given for {{{0}}}")]
pub struct Unfilled(pub String);

impl Template {
    /// The text in a language with every place filled by `value`. Values are put in as they are, never read again.
    pub fn fill(&self, lang: Lang, value: impl Fn(&str) -> Option<String>) -> Result<String, Unfilled> {
        let mut filled = String::new();
        for part in parts(self.0.text(lang)) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Place(name) => filled.push_str(&value(name).ok_or_else(|| Unfilled(name.to_owned()))?),
            }
        }
        Ok(filled)
    }

    /// The text as it stands in the file, places unfilled.
    pub fn words(&self) -> &Words {
        &self.0
    }

    /// The names of its places.
    pub fn places(&self) -> BTreeSet<&str> {
        places(&self.0.az)
    }
}

enum Part<'a> {
    Text(&'a str),
    Place(&'a str),
}

fn parts(mut text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    while let Some((before, rest)) = text.split_once('{') {
        let Some((name, after)) = rest.split_once('}') else { break };
        parts.push(Part::Text(before));
        parts.push(Part::Place(name));
        text = after;
    }
    parts.push(Part::Text(text));
    parts
}

fn places(text: &str) -> BTreeSet<&str> {
    let place = |part| match part {
        Part::Place(name) => Some(name),
        Part::Text(_) => None,
    };
    parts(text).into_iter().filter_map(place).collect()
}

impl Table<'_> {
    /// A text with places, of which only these are known.
    pub fn template(&self, key: &str, known: &[&str]) -> Template {
        let words = self.words(key);
        let expected = places(&words.az);
        for (lang, text) in [("az", &words.az), ("en", &words.en), ("ru", &words.ru)] {
            if text.is_empty() {
                continue;
            }
            let unknown: Vec<&str> = places(text).into_iter().filter(|name| !known.contains(name)).collect();
            for name in &unknown {
                self.problem_in(
                    key,
                    lang,
                    format!("{key}.{lang} has the place {{{name}}}"),
                    format!("one of {}", known.join(", ")),
                );
            }
            if unknown.is_empty() && places(text) != expected {
                let names: Vec<&str> = expected.iter().copied().collect();
                self.problem_in(
                    key,
                    lang,
                    format!("{key}.{lang} has other places than {key}.az"),
                    format!("the places {}", names.join(", ")),
                );
            }
            if text.matches('{').count() != text.matches('}').count() {
                self.problem_in(key, lang, format!("{key}.{lang} has a brace without its pair"), "places such as {name}");
            }
        }
        Template(words)
    }
}
