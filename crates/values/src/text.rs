//! Azerbaijani text: casing, order and search by the rules of the language (CLDR `az`), where i/İ and ı/I are
//! different letters. The standard library's casing breaks them and is not used on people's text.

pub use crate::fold::{fold, tokens};

use icu::casemap::{CaseMapper, TitlecaseMapper, options::TitlecaseOptions};
use icu::collator::{Collator, CollatorBorrowed, options::CollatorOptions};
use icu::locale::{LanguageIdentifier, langid, locale};
use std::{cmp::Ordering, sync::LazyLock};

const AZ: LanguageIdentifier = langid!("az");

static COLLATOR: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    // The data are compiled into the program, so this either always succeeds or fails the first test.
    Collator::try_new(locale!("az").into(), CollatorOptions::default()).expect("compiled data hold az")
});

/// Small letters: `İSMAYIL` becomes `ismayıl`.
pub fn lower(text: &str) -> String {
    CaseMapper::new().lowercase_to_string(text, &AZ).into_owned()
}

/// Capitals: `işçi` becomes `İŞÇİ`, `qız` becomes `QIZ`.
pub fn upper(text: &str) -> String {
    CaseMapper::new().uppercase_to_string(text, &AZ).into_owned()
}

/// A capital at the start of every word, small letters after it: `İSMAYIL-zadə` becomes `İsmayıl-Zadə`.
/// Spaces and hyphens part words and are kept as they are.
pub fn title(text: &str) -> String {
    let mapper = TitlecaseMapper::new();
    text.split_inclusive(|c: char| c.is_whitespace() || c == '-')
        .map(|word| mapper.titlecase_segment_to_string(word, &AZ, TitlecaseOptions::default()))
        .collect()
}

/// The text with a capital at its start and the rest as it is; the language, by its code, decides
/// between I and İ.
pub fn sentence(text: &str, language: &str) -> String {
    let language: LanguageIdentifier = language.parse().unwrap_or(AZ);
    let rest = text.chars().next().map_or("", |first| &text[first.len_utf8()..]);
    let first = &text[..text.len() - rest.len()];
    format!("{}{rest}", CaseMapper::new().uppercase_to_string(first, &language))
}

/// The place of a text in the Azerbaijani order: keys compare bytewise as [`compare`] compares texts.
///
/// A key is only comparable with keys of the same version of the language data. Keys kept in a table are made
/// again when the program's language data change.
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2 + 8);
    let Ok(()) = COLLATOR.write_sort_key_to(text, &mut key);
    key
}

/// Which of two texts comes first in Azerbaijani order: … e ə f g ğ h x ı i j k q l …
pub fn compare(a: &str, b: &str) -> Ordering {
    COLLATOR.compare(a, b)
}
