//! How each kind of field is drawn: label or legend, hint, error, control, and the ids that tie them together.

use super::{
    Choice, Field, Width,
    field::{Control, Line},
};
use maud::{Markup, html};

/// The whole field.
pub(super) fn draw(field: &Field) -> Markup {
    let control = match &field.control {
        Control::Line(line) => html! { (label(field)) (notes(field)) (input(field, *line)) },
        Control::Area { rows } => html! { (label(field)) (notes(field)) (area(field, *rows)) },
        Control::Select { choices, blank } => {
            html! { (label(field)) (notes(field)) (select(field, choices, blank.as_deref())) }
        }
        Control::File { accept } => html! { (label(field)) (notes(field)) (file(field, accept)) },
        Control::Date => fieldset(field, date(field)),
        Control::Radios { choices, inline } => fieldset(field, radios(field, choices, *inline)),
        Control::Checkboxes { choices, small } => fieldset(field, checkboxes(field, choices, *small)),
    };
    let wrong = field.error.as_ref().map(|_| " govuk-form-group--error").unwrap_or_default();
    html! { div class={ "govuk-form-group" (wrong) } { (control) } }
}

fn label(field: &Field) -> Markup {
    match field.is_heading {
        true => html! {
            h1 class="govuk-label-wrapper" { label class="govuk-label govuk-label--l" for=(field.name) { (field.label) } }
        },
        false => html! { label class="govuk-label" for=(field.name) { (field.label) } },
    }
}

fn fieldset(field: &Field, body: Markup) -> Markup {
    html! {
        fieldset class="govuk-fieldset" aria-describedby=[described_by(field)]
            role=[matches!(field.control, Control::Date).then_some("group")] {
            @if field.is_heading {
                legend class="govuk-fieldset__legend govuk-fieldset__legend--l" {
                    h1 class="govuk-fieldset__heading" { (field.label) }
                }
            } @else {
                legend class="govuk-fieldset__legend" { (field.label) }
            }
            (notes(field))
            (body)
        }
    }
}

/// Hint and error, which stand between the label and the control.
fn notes(field: &Field) -> Markup {
    html! {
        @if let Some(hint) = &field.hint {
            div id={ (field.name) "-hint" } class="govuk-hint" { (hint) }
        }
        @if let Some(error) = &field.error {
            p id={ (field.name) "-error" } class="govuk-error-message" {
                span class="govuk-visually-hidden" { (field.words.t("page-error-prefix")) " " }
                (error)
            }
        }
    }
}

/// The ids of hint and error, for `aria-describedby`.
fn described_by(field: &Field) -> Option<String> {
    let hint = field.hint.as_ref().map(|_| format!("{}-hint", field.name));
    let error = field.error.as_ref().map(|_| format!("{}-error", field.name));
    let ids: Vec<_> = hint.into_iter().chain(error).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn invalid(field: &Field) -> Option<&'static str> {
    field.error.as_ref().map(|_| "true")
}

fn input(field: &Field, line: Line) -> Markup {
    let (kind, mode) = match line {
        Line::Text => ("text", None),
        Line::Number => ("text", Some("numeric")),
        Line::Money => ("text", Some("decimal")),
        Line::Phone => ("tel", None),
        Line::Email => ("email", None),
        Line::Secret => ("password", None),
        Line::Search => ("search", None),
    };
    let is_machine_text = matches!(line, Line::Secret | Line::Email | Line::Search);
    let value = Some(field.first()).filter(|value| line != Line::Secret && !value.is_empty());
    let class = format!("govuk-input{}{}", width(field.width), wrong(field, " govuk-input--error"));
    let bare = html! {
        input class=(class) id=(field.name) name=(field.name) type=(kind) inputmode=[mode] value=[value]
            autocomplete=[field.autocomplete] spellcheck=[is_machine_text.then_some("false")]
            aria-describedby=[described_by(field)] aria-invalid=[invalid(field)];
    };
    match line {
        Line::Money => html! {
            div class="govuk-input__wrapper" { (bare) div class="govuk-input__suffix" aria-hidden="true" { "₼" } }
        },
        _ => bare,
    }
}

fn area(field: &Field, rows: u8) -> Markup {
    html! {
        textarea class={ "govuk-textarea" (wrong(field, " govuk-textarea--error")) } id=(field.name) name=(field.name)
            rows=(rows) aria-describedby=[described_by(field)] aria-invalid=[invalid(field)] { "\n" (field.first()) }
    }
}

fn select(field: &Field, choices: &[Choice], blank: Option<&str>) -> Markup {
    html! {
        select class={ "govuk-select" (wrong(field, " govuk-select--error")) } id=(field.name) name=(field.name)
            autocomplete=[field.autocomplete] aria-describedby=[described_by(field)] aria-invalid=[invalid(field)] {
            @if let Some(blank) = blank { option value="" { (blank) } }
            @for choice in choices {
                option value=(choice.value) selected[choice.value == field.first()] { (choice.label) }
            }
        }
    }
}

fn file(field: &Field, accept: &str) -> Markup {
    html! {
        input class={ "govuk-file-upload" (wrong(field, " govuk-file-upload--error")) } id=(field.name) name=(field.name)
            type="file" accept=(accept) aria-describedby=[described_by(field)] aria-invalid=[invalid(field)];
    }
}

fn date(field: &Field) -> Markup {
    html! {
        div class="govuk-date-input" {
            @for (at, (part, width)) in [("day", "2"), ("month", "2"), ("year", "4")].into_iter().enumerate() {
                @let id = if at == 0 { field.name.clone() } else { format!("{}-{part}", field.name) };
                @let value = Some(field.part(at)).filter(|value| !value.is_empty());
                div class="govuk-date-input__item" {
                    div class="govuk-form-group" {
                        label class="govuk-label govuk-date-input__label" for=(id) { (field.words.t(&format!("page-{part}"))) }
                        input class={ "govuk-input govuk-date-input__input govuk-input--width-" (width) (wrong(field, " govuk-input--error")) }
                            id=(id) name={ (field.name) "-" (part) } type="text" inputmode="numeric" value=[value]
                            autocomplete=[birthday(field, part)] aria-invalid=[invalid(field)];
                    }
                }
            }
        }
    }
}

/// A date of birth is filled in part by part.
fn birthday(field: &Field, part: &str) -> Option<String> {
    field.autocomplete.map(|what| format!("{what}-{part}"))
}

fn radios(field: &Field, choices: &[Choice], inline: bool) -> Markup {
    let look = if inline { " govuk-radios--inline" } else { "" };
    html! {
        div class={ "govuk-radios" (look) } {
            @for (at, choice) in choices.iter().enumerate() { (option(field, choice, at, "radio")) }
        }
    }
}

fn checkboxes(field: &Field, choices: &[Choice], small: bool) -> Markup {
    let look = if small { " govuk-checkboxes--small" } else { "" };
    html! {
        div class={ "govuk-checkboxes" (look) } {
            @for (at, choice) in choices.iter().enumerate() { (option(field, choice, at, "checkbox")) }
        }
    }
}

/// A radio or a checkbox. The first carries the field's name as id.
fn option(field: &Field, choice: &Choice, at: usize, kind: &str) -> Markup {
    let block = if kind == "radio" { "govuk-radios" } else { "govuk-checkboxes" };
    let id = if at == 0 { field.name.clone() } else { format!("{}-{}", field.name, at + 1) };
    let hint = choice.hint.as_ref().map(|_| format!("{id}-item-hint"));
    let is_chosen = field.values.contains(&choice.value);
    html! {
        div class={ (block) "__item" } {
            input class={ (block) "__input" } id=(id) name=(field.name) type=(kind) value=(choice.value) checked[is_chosen]
                aria-describedby=[hint.as_deref()];
            label class={ "govuk-label " (block) "__label" } for=(id) { (choice.label) }
            @if let Some(words) = &choice.hint {
                div id=[hint.as_deref()] class={ "govuk-hint " (block) "__hint" } { (words) }
            }
        }
        @if let Some(fields) = &choice.reveals {
            div class={ (block) "__conditional" } { (fields) }
        }
    }
}

fn wrong(field: &Field, class: &'static str) -> &'static str {
    field.error.as_ref().map_or("", |_| class)
}

fn width(width: Width) -> &'static str {
    match width {
        Width::Chars2 => " govuk-input--width-2",
        Width::Chars4 => " govuk-input--width-4",
        Width::Chars5 => " govuk-input--width-5",
        Width::Chars10 => " govuk-input--width-10",
        Width::Chars20 => " govuk-input--width-20",
        Width::Full => "",
    }
}
