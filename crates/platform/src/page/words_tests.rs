//! Every word that a component asks for stands in all three catalogues, and no other does.

use super::Words;
use std::{collections::BTreeSet, fs, path::Path};

/// Words that are their own keys, for the tests of all components.
pub(super) struct Keys;

impl Words for Keys {
    fn t(&self, key: &str) -> String {
        format!("[{key}]")
    }
}

/// Keys whose ends are put together while drawing.
const COMPOSED: [&str; 6] = ["page-day", "page-month", "page-year", "page-language-az", "page-language-en", "page-language-ru"];

#[test]
fn each_catalogue_has_exactly_the_words_that_components_ask_for() {
    let asked = asked();
    assert!(asked.contains("page-skip"), "the source was not read");
    for lang in ["az", "en", "ru"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../i18n/{lang}/page.ftl"));
        let text = fs::read_to_string(path).expect("a catalogue");
        let has: BTreeSet<String> =
            text.lines().filter_map(|line| line.split_once(" = ")).map(|(key, _)| key.to_owned()).collect();
        assert_eq!(has, asked, "the words of {lang}");
    }
}

/// The keys that stand in the source of the components.
fn asked() -> BTreeSet<String> {
    let mut asked: BTreeSet<String> = COMPOSED.map(str::to_owned).into();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
    for entry in [folder.clone(), folder.join("chart")].iter().flat_map(|folder| fs::read_dir(folder).expect("a folder")) {
        let path = entry.expect("an entry").path();
        let is_source = path.extension().is_some_and(|ending| ending == "rs") && !path.to_string_lossy().ends_with("_tests.rs");
        if is_source {
            let text = fs::read_to_string(&path).expect("a source file");
            let keys = text.split("\"page-").skip(1).filter_map(|rest| rest.split('"').next());
            asked.extend(keys.filter(|key| !key.contains('{')).map(|key| format!("page-{key}")));
        }
    }
    asked.remove("page-");
    asked
}
