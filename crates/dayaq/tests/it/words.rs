//! The message catalogue: every key in all three languages with the same arguments, and every key that the code asks for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Key and the names of its arguments, for one language.
fn catalogue(lang: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    let mut key = String::new();
    for (code, text) in dayaq::messages::files() {
        for line in text.lines().filter(|_| code == lang) {
            if let Some((name, rest)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_alphabetic())) {
                key = name.to_owned();
                assert!(all.insert(key.clone(), arguments(rest)).is_none(), "{lang}: {key} stands twice");
            } else if let Some(known) = all.get_mut(&key) {
                known.extend(arguments(line));
            }
        }
    }
    all
}

fn arguments(text: &str) -> BTreeSet<String> {
    let ends = |c: char| !(c.is_alphanumeric() || c == '_');
    text.split('$')
        .skip(1)
        .filter_map(|rest| rest.split(ends).next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_message_exists_in_all_three_languages_with_the_same_arguments() {
    let [az, en, ru] = ["az", "en", "ru"].map(catalogue);
    assert!(az.len() > 500, "only {} messages were found", az.len());
    for (lang, other) in [("en", &en), ("ru", &ru)] {
        let missing: Vec<_> = az.keys().filter(|key| !other.contains_key(*key)).collect();
        let extra: Vec<_> = other.keys().filter(|key| !az.contains_key(*key)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang}: missing {missing:?}, only there {extra:?}");
        // The count that chooses a plural form may be unused where a language has no plural forms.
        let differing: Vec<_> = az
            .iter()
            .filter(|(key, own)| own.iter().filter(|a| *a != "count").ne(other[*key].iter().filter(|a| *a != "count")))
            .map(|(key, _)| key)
            .collect();
        assert!(differing.is_empty(), "{lang}: other arguments in {differing:?}");
    }
}

#[test]
fn every_key_that_the_code_names_is_in_the_catalogue() {
    let known = catalogue("az");
    let mut unknown = BTreeSet::new();
    let mut asked = 0;
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        for call in [".t(\"", "Message::new(\"", "lang.with(\"", ".hint(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                if key.contains('{') || !key.contains('-') || key.contains(' ') {
                    continue;
                }
                asked += 1;
                if !known.contains_key(key) {
                    unknown.insert(format!("{key} ({})", file.display()));
                }
            }
        }
    }
    for file in sources() {
        let text = fs::read_to_string(&file).unwrap();
        // The page of a fault says what is wrong, and below it what to do next.
        for key in text.split("BadRequest(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let pair = [key.to_owned(), format!("{key}-next")];
            unknown
                .extend(pair.into_iter().filter(|key| !known.contains_key(key)).map(|key| format!("{key} ({})", file.display())));
        }
    }
    assert!(asked > 300, "only {asked} keys were found in the code");
    assert!(unknown.is_empty(), "{unknown:#?}");
}

/// Every source file that may name a key; tests and the gallery bring words of their own.
pub fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" && name != "tests" && name != "examples" {
                open.push(path);
            } else if name.ends_with(".rs") && !name.ends_with("_tests.rs") {
                found.push(path);
            }
        }
    }
    found
}
