//! The fields of a person in words: their names, and their values as people read them.

use super::codes;
use crate::programme;
use chrono::NaiveDate;
use platform::request::Page;
use serde_json::Value;
use values::money::Money;

/// The name of a field.
pub(super) fn name(page: &Page, field: &str) -> String {
    page.t(&format!("people-{}", field.replace('_', "-")))
}

/// A value of a field; empty when there is none.
pub(super) fn value(page: &Page, field: &str, value: &Value) -> String {
    let lang = page.lang;
    match (field, value) {
        (_, Value::Null) => String::new(),
        ("income", Value::Number(qepik)) => qepik.as_i64().map_or_else(String::new, |qepik| lang.money(Money::from_qepik(qepik))),
        ("residence" | "origin", Value::String(code)) => unit(page, code),
        ("sex", Value::String(code)) => page.t(if code == "F" { "people-sex-f" } else { "people-sex-m" }),
        ("education" | "marital" | "citizenship" | "channel" | "language", Value::String(code)) if !code.is_empty() => {
            codes::words(lang, field, code)
        }
        (_, Value::String(text)) => text.parse::<NaiveDate>().map_or_else(|_| text.clone(), |day| lang.date(day)),
        (_, Value::Bool(yes)) => page.t(if *yes { "people-yes" } else { "people-no" }),
        (_, Value::Number(number)) => number.as_i64().map_or_else(|| number.to_string(), |number| lang.number(number)),
        (_, other) => other.to_string(),
    }
}

/// The name of a city or rayon.
pub(super) fn unit(page: &Page, code: &str) -> String {
    let programme = programme::current(&page.app).ok();
    let unit = programme.as_ref().and_then(|programme| programme.unit(code));
    unit.map_or_else(|| code.to_owned(), |unit| unit.name.text(page.lang).to_owned())
}

/// The name of a group.
pub(super) fn group(page: &Page, code: &str) -> String {
    let programme = programme::current(&page.app).ok();
    let group = programme.as_ref().and_then(|programme| programme.group(code));
    group.map_or_else(|| code.to_owned(), |group| group.name.text(page.lang).to_owned())
}
