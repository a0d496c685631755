//! The timeline of a person: what was recorded about them outside their cases, with who, when, why, before and after.

use super::{changes::Correction, codes, reads::Moment, words};
use maud::{Markup, html};
use platform::{
    page::{
        Tone,
        summary::{Changed, changes},
        timeline::{self, timeline},
    },
    request::Page,
    role::Role,
};
use serde_json::Value;

/// The timeline, the latest first. Protected values stay covered.
pub(super) fn draw(page: &Page, moments: &[Moment]) -> Markup {
    let drawn: Vec<timeline::Moment> = moments.iter().map(|moment| draw_moment(page, moment)).collect();
    timeline(&drawn)
}

fn draw_moment(page: &Page, moment: &Moment) -> timeline::Moment {
    let payload: Value = moment.payload.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let key = format!("people-entry-{}", moment.kind);
    let known = page.lang.has(&key);
    let title = page.t(if known { &key } else { "people-entry-other" });
    let role = Role::from_number(moment.role).map(|role| page.t(&format!("role-{}", role.code().replace('_', "-"))));
    let who = match (&moment.officer, role) {
        (Some(name), Some(role)) => format!("{name}, {role}"),
        (Some(name), None) => name.clone(),
        (None, _) => page.t("people-by-program"),
    };
    let reason = payload["reason"].as_str().unwrap_or_default();
    timeline::Moment {
        title,
        when: page.lang.moment(moment.recorded_at),
        machine_when: moment.recorded_at.to_rfc3339(),
        who,
        body: html! {
            (facts(page, &payload["facts"]))
            @if !reason.is_empty() { p { (page.t("people-reason")) ": " (reason) } }
        },
        tone: Tone::Neutral,
    }
}

/// The facts of an entry that people can read: what was corrected, and what has a name and a value.
fn facts(page: &Page, facts: &Value) -> Markup {
    if let Ok(correction) = serde_json::from_value::<Correction>(facts.clone()) {
        return corrected(page, &correction);
    }
    let line = |field: &str| Some((field.to_owned(), worded(page, field, facts.get(field)?)?));
    let shown = ["reg_no", "source", "group", "basis", "relation", "kind", "day", "fin_source"];
    let lines = shown.into_iter().filter_map(line).map(|(field, value)| format!("{}: {value}", words::name(page, &field)));
    let lines = lines.collect::<Vec<_>>().join(" · ");
    html! { @if !lines.is_empty() { p { (lines) } } }
}

fn worded(page: &Page, field: &str, value: &Value) -> Option<String> {
    let text = value.as_str()?;
    let words = match field {
        "group" => words::group(page, text),
        "basis" | "relation" => codes::words(page.lang, field, text),
        "kind" => codes::words(page.lang, "consent-kind", text),
        "source" if text == "office" => return None,
        _ => words::value(page, field, value),
    };
    Some(words).filter(|words| !words.is_empty())
}

fn corrected(page: &Page, correction: &Correction) -> Markup {
    let open = correction.changes.iter().map(|change| Changed {
        name: words::name(page, &change.field),
        before: words::value(page, &change.field, &change.before),
        after: words::value(page, &change.field, &change.after),
    });
    let covered = correction.protected.iter().map(|change| Changed {
        name: words::name(page, &change.field),
        before: "•••••".to_owned(),
        after: "•••••".to_owned(),
    });
    let list: Vec<Changed> = open.chain(covered).collect();
    html! { @if !list.is_empty() { (changes(&page.lang, &page.t("people-changed"), &list)) } }
}
