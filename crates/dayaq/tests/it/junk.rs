//! Nonsense in every field of every form and in every address: nothing breaks, nothing is half written, and whoever typed
//! it is answered in their own language and keeps the rest of the form.

use crate::{
    house::{Answer, House},
    routes::{Built, build, name, rightful, table},
};
use axum::http::StatusCode;
use platform::route::{Kind, Route};
use std::collections::BTreeSet;

/// What a field may bring that no form of ours sends, by what it brings in a valid form.
fn junk(valid: &str) -> Vec<String> {
    let mut junk = vec![String::new(), "<script>a\0b'\";--\u{202e}💥".to_owned(), long()];
    if valid.parse::<chrono::NaiveDate>().is_ok() {
        junk.extend(["2024-02-30", "+262142-12-31", "1066-10-14"].map(str::to_owned));
    } else if valid.parse::<f64>().is_ok() {
        junk.extend(["-1", "99999999999999999999999999", "32768", "NaN"].map(str::to_owned));
    }
    junk
}

/// A text that no compression makes short enough for an index.
fn long() -> String {
    let mut number = 1u32;
    let letters = std::iter::repeat_with(|| {
        number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + (number >> 24) as u8 % 26)
    });
    letters.take(30_000).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_in_any_field_of_any_form_breaks_nothing_and_loses_nothing() {
    let mut wrong = Vec::new();
    let mut sent = 0;
    for route in table().iter().filter(|route| route.kind == Kind::Form) {
        let mut house = House::new().await;
        let Some(mut valid) = build(&house, route).await else { continue };
        let fields: Vec<String> = valid.fields.iter().map(|(name, _)| name.clone()).collect();
        for field in fields.iter().collect::<BTreeSet<_>>() {
            let usual = valid.fields.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value).to_owned();
            for nonsense in junk(&usual) {
                let visitor = rightful(&house, route, &valid).await;
                let mut fields: Vec<_> = valid.fields.iter().filter(|(name, _)| name != field).cloned().collect();
                fields.push((field.clone(), nonsense.clone()));
                let before = entries(&house).await;
                let answer = house.post(visitor.as_ref(), &valid.path, &fields).await;
                sent += 1;
                if let Some(what) = fault(&house, &answer, before, &fields, field).await {
                    wrong.push(format!("{}: {field}={}: {what}", name(route), short(&nonsense)));
                }
                if answer.status.is_redirection() {
                    // It acted: the next one is about somebody else, while there is anybody.
                    (house, valid) = match build(&house, route).await {
                        Some(next) => (house, next),
                        None => anew(route).await,
                    };
                }
            }
        }
    }
    assert!(sent > 500, "only {sent} forms were sent");
    assert!(wrong.is_empty(), "{} of {sent}:\n{}", wrong.len(), wrong.join("\n"));
}

/// A house in which the form finds somebody again.
async fn anew(route: &Route) -> (House, Built) {
    let house = House::new().await;
    let valid = build(&house, route).await.expect("it was found before");
    (house, valid)
}

/// How many entries the journal has. That an officer was told of somebody at another office is written whether or not the
/// form is taken.
async fn entries(house: &House) -> i64 {
    /// `person.told_elsewhere`
    const TOLD: i16 = 315;
    let mut tx = house.app.system().await.unwrap();
    let count = sqlx::query_scalar("select count(*) from journal where kind <> $1").bind(TOLD);
    count.fetch_one(tx.conn()).await.unwrap()
}

/// What is wrong with an answer to nonsense in one field, if anything.
async fn fault(house: &House, answer: &Answer, before: i64, fields: &[(String, String)], spoilt: &str) -> Option<String> {
    if answer.status.is_server_error() {
        return Some(format!("{}", answer.status));
    }
    if answer.status.is_redirection() {
        return None;
    }
    if entries(house).await != before {
        return Some(format!("{} and yet the journal grew", answer.status));
    }
    let text = answer.text();
    if !text.contains("lang=\"az\"") {
        return Some(format!("{} is no page in the reader's language", answer.status));
    }
    // Which contracts may be ordered together follows from the office, which nobody types.
    let offers = spoilt == "office";
    let is_kept = |name: &str| !offers && name != spoilt && !name.starts_with('_') && name != "password";
    let is_date = |value: &str| value.parse::<chrono::NaiveDate>().is_ok();
    let lost = fields.iter().find(|(name, value)| is_kept(name) && !is_date(value) && !text.contains(&escaped(value)));
    match (answer.status, lost) {
        (StatusCode::UNPROCESSABLE_ENTITY, Some((name, value))) => Some(format!("the form loses {name}={}", short(value))),
        (StatusCode::UNPROCESSABLE_ENTITY | StatusCode::OK | StatusCode::NOT_FOUND, _) => None,
        (other, _) => Some(format!("{other}")),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn short(text: &str) -> String {
    text.chars().take(40).flat_map(char::escape_debug).collect()
}

/// Every name that some page reads from its address.
const ASKED: &[&str] = &[
    "as_of",
    "call",
    "case",
    "code",
    "direction",
    "group",
    "known_on",
    "language",
    "list",
    "number",
    "office",
    "order",
    "page",
    "pool",
    "q",
    "region",
    "residence",
    "role",
    "sex",
    "state",
    "to",
    "whose",
];

#[tokio::test(flavor = "multi_thread")]
async fn nonsense_in_any_address_is_answered_with_a_page_in_the_readers_language() {
    let house = House::new().await;
    let mut wrong = Vec::new();
    for route in table().iter().filter(|route| route.kind != Kind::Form) {
        let Some(valid) = build(&house, route).await else { continue };
        let visitor = rightful(&house, route, &valid).await;
        for path in spoilt_paths(route).into_iter().chain(spoilt_queries(&valid)) {
            let answer = house.get(visitor.as_ref(), &path, "ru").await;
            wrong.extend(unreadable(&answer).map(|what| format!("GET {}: {what}", short_path(&path))));
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

fn spoilt_paths(route: &Route) -> Vec<String> {
    let parameters = |junk: &str| {
        let part = |part: &str| if part.starts_with('{') { junk.to_owned() } else { part.to_owned() };
        route.path.split('/').map(part).collect::<Vec<_>>().join("/")
    };
    match route.path.contains('{') {
        true => ["x", "%00", "%ff", "-1", "00000000-0000-0000-0000-000000000000"].map(parameters).to_vec(),
        false => Vec::new(),
    }
}

fn spoilt_queries(valid: &Built) -> Vec<String> {
    let path = valid.path.split('?').next().unwrap_or_default();
    let days = ["2024-02-30", "%2B262142-12-31"];
    let others = ["%00", "-1"];
    let junk = |name: &&str| if ["as_of", "known_on"].contains(name) { days } else { others };
    ASKED.iter().flat_map(|name| junk(name).map(|junk| format!("{path}?{name}={junk}"))).collect()
}

fn short_path(path: &str) -> String {
    path.chars().take(120).collect()
}

/// What is wrong with the answer to a spoilt address: a fault of ours, or words that are not the reader's.
fn unreadable(answer: &Answer) -> Option<String> {
    let is_page = !answer.kind.starts_with("text/") || answer.text().contains("lang=\"ru\"");
    if answer.status.is_server_error() || answer.status == StatusCode::UNPROCESSABLE_ENTITY {
        return Some(format!("{}", answer.status));
    }
    if answer.status.is_client_error() && !is_page {
        return Some(format!("{} in no language: {}", answer.status, short(&answer.text())));
    }
    None
}
