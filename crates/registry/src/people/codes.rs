//! The codes of short lists that registration uses, stored as they stand here. Groups, cities and rayons are the
//! programme's data and stand there.

use platform::language::Lang;

/// Levels of education.
pub const EDUCATION: &[&str] = &["NONE", "PRIMARY", "SECONDARY", "VOCATIONAL", "BACHELOR", "MASTER"];

/// Marital status.
pub const MARITAL: &[&str] = &["SINGLE", "MARRIED", "DIVORCED", "WIDOWED"];

/// Citizenship, as far as the right to work depends on it.
pub const CITIZENSHIP: &[&str] = &["CITIZEN", "FOREIGNER", "STATELESS", "REFUGEE"];

/// How a person wishes to be told.
pub const CHANNELS: &[&str] = &["SMS", "CALL", "EMAIL", "LETTER", "VISIT"];

/// Who somebody in the household is to the person.
pub const RELATIONS: &[&str] = &["SPOUSE", "CHILD", "PARENT", "SIBLING", "GRANDPARENT", "GRANDCHILD", "OTHER"];

/// Main languages, by ISO 639.
pub const LANGUAGES: &[&str] = &["az", "ru", "en", "lez", "tal", "tat", "ava", "kat", "tur", "kur"];

/// Kinds of consent: to have data processed, and, apart from it, to be photographed and filmed.
pub const CONSENTS: &[&str] = &["DATA", "PHOTO_VIDEO"];

/// The version of the consent texts `people-consent-*-text` of the message catalogue. A changed text gets a new version.
pub const CONSENT_TEXT: &str = "2024-1";

/// The words of a code: `list` is the part of the message key that names the list.
pub fn words(lang: Lang, list: &str, code: &str) -> String {
    let key = format!("people-{list}-{}", code.to_ascii_lowercase().replace('_', "-"));
    if lang.has(&key) { lang.t(&key) } else { code.to_owned() }
}

/// Codes with their words, for a field that offers them.
pub fn options(lang: Lang, list: &str, codes: &[&str]) -> Vec<(String, String)> {
    codes.iter().map(|code| ((*code).to_owned(), words(lang, list, code))).collect()
}
