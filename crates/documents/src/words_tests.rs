//! The labels of `words.json` and the templates that use them.

use crate::world::{TEMPLATES, WORDS};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

fn words() -> Map<String, Value> {
    serde_json::from_str(WORDS).unwrap()
}

/// The keys that templates ask for: `word("key")`.
fn asked() -> BTreeSet<&'static str> {
    let calls = TEMPLATES.iter().flat_map(|(_, text)| text.split("word(\"").skip(1));
    calls.map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_label_exists_in_three_languages() {
    for (key, label) in words() {
        let languages: Vec<&String> = label.as_object().unwrap().keys().collect();
        assert_eq!(languages, ["az", "en", "ru"], "{key}");
        // The note that a paper is a translation has no Azerbaijani form.
        let empty = label.as_object().unwrap().values().filter(|text| text.as_str().unwrap().is_empty()).count();
        assert_eq!(empty, usize::from(key == "translation"), "{key}");
    }
}

#[test]
fn every_label_is_used_and_every_used_label_exists() {
    let words = words();
    let known: BTreeSet<&str> = words.keys().map(String::as_str).collect();
    assert_eq!(known, asked());
}

#[test]
fn no_label_carries_a_name_that_only_endorsed_materials_may_carry() {
    for forbidden in ["SIYB", "ILO", "BƏT", "МОТ"] {
        assert!(!WORDS.contains(forbidden), "{forbidden}");
        assert!(TEMPLATES.iter().all(|(_, text)| !text.contains(forbidden)), "{forbidden}");
    }
}
