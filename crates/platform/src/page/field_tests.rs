use super::{Choice, Form, Problem, Width, button, error_summary, field, words_tests::Keys};
use maud::{Markup, Render, html};

fn has(markup: &Markup, parts: &[&str]) {
    for part in parts {
        assert!(markup.0.contains(part), "no {part} in\n{}", markup.0);
    }
}

fn lacks(markup: &Markup, parts: &[&str]) {
    for part in parts {
        assert!(!markup.0.contains(part), "{part} in\n{}", markup.0);
    }
}

#[test]
fn a_wrong_field_is_tied_to_its_label_its_hint_and_its_error() {
    let field = field::text(&Keys, "fin", "FIN").hint("Seven".to_owned()).error("Too short".to_owned()).value("5XK9");
    has(
        &field.width(Width::Chars10).render(),
        &[
            "govuk-form-group--error",
            r#"<label class="govuk-label" for="fin">FIN</label>"#,
            r#"id="fin-hint""#,
            r#"id="fin-error""#,
            r#"[page-error-prefix]"#,
            r#"id="fin" name="fin" type="text" value="5XK9""#,
            r#"aria-describedby="fin-hint fin-error" aria-invalid="true""#,
            "govuk-input--width-10",
        ],
    );
}

#[test]
fn a_field_without_fault_claims_none() {
    let field = field::text(&Keys, "name", "Name").render();
    lacks(&field, &["error", "aria-describedby", "aria-invalid", "value="]);
}

#[test]
fn what_people_type_is_never_markup() {
    let evil = r#""><script>alert(1)</script>"#;
    let page = html! {
        (field::text(&Keys, "a", evil).hint(evil.to_owned()).error(evil.to_owned()).value(evil))
        (field::area(&Keys, "b", "B", 3).value("</textarea><script>"))
        (field::radios(&Keys, "c", "C", [(evil, evil)]).value(evil))
        (field::select(&Keys, "d", "D", [(evil, evil)]).value(evil))
        (error_summary(&Keys, &[Problem::at(evil, evil)]))
    };
    lacks(&page, &["<script"]);
}

#[test]
fn the_summary_leads_to_the_first_control_of_every_kind_of_field() {
    let choices = [("x", "X"), ("y", "Y")];
    let fields = [
        field::text(&Keys, "f", "F"),
        field::number(&Keys, "f", "F"),
        field::money(&Keys, "f", "F"),
        field::area(&Keys, "f", "F", 2),
        field::date(&Keys, "f", "F"),
        field::select(&Keys, "f", "F", choices),
        field::radios(&Keys, "f", "F", choices),
        field::checkboxes(&Keys, "f", "F", choices),
        field::file(&Keys, "f", "F", "image/*"),
    ];
    has(&error_summary(&Keys, &[Problem::at("f", "Wrong")]), &[r##"<a href="#f">Wrong</a>"##]);
    for field in fields {
        let drawn = field.error("Wrong".to_owned()).render();
        assert_eq!(drawn.0.matches(r#" id="f""#).count(), 1, "{}", drawn.0);
        has(&drawn, &[r#"aria-describedby="f-error""#, r#"id="f-error""#]);
    }
}

#[test]
fn a_date_is_three_inputs_in_a_group_that_is_named_once() {
    let date = field::date(&Keys, "born", "Born").values(["27", "3", "1991"]).autocomplete("bday").render();
    has(
        &date,
        &[
            r#"<legend class="govuk-fieldset__legend">Born</legend>"#,
            r#"id="born" name="born-day" type="text" inputmode="numeric" value="27" autocomplete="bday-day""#,
            r#"id="born-month" name="born-month""#,
            r#"id="born-year" name="born-year" type="text" inputmode="numeric" value="1991""#,
        ],
    );
}

#[test]
fn choices_keep_what_was_chosen_and_show_what_it_asks() {
    let choices = [
        Choice::new("sms", "SMS").hint("Free"),
        Choice::new("mail", "Mail").reveals(html! { (field::email(&Keys, "email", "Address")) }),
    ];
    let radios = field::radios(&Keys, "channel", "Channel", choices).value("mail").render();
    has(
        &radios,
        &[
            r#"id="channel-2" name="channel" type="radio" value="mail" checked"#,
            r#"id="channel-item-hint""#,
            r#"<div class="govuk-radios__conditional">"#,
        ],
    );
    let boxes = field::checkboxes(&Keys, "g", "G", [("a", "A"), ("b", "B"), ("c", "C")]).values(["a", "c"]).render();
    assert_eq!(boxes.0.matches(" checked").count(), 2);
}

#[test]
fn a_secret_is_never_sent_back() {
    lacks(&field::secret(&Keys, "password", "Password").value("hunter2").render(), &["hunter2"]);
}

#[test]
fn a_line_break_at_the_start_of_a_text_is_kept() {
    has(&field::area(&Keys, "note", "Note", 2).value("\nSecond line").render(), &[">\n\nSecond line</textarea>"]);
}

#[test]
fn a_form_carries_its_token_its_id_and_its_version() {
    let form = Form::new("main-form", "/people", "0190").csrf("token").version(3).body(html! { (button("Save")) });
    has(
        &form,
        &[
            r#"<form id="main-form" method="post" action="/people" novalidate>"#,
            r#"<input type="hidden" name="_csrf" value="token">"#,
            r#"<input type="hidden" name="_form" value="0190">"#,
            r#"<input type="hidden" name="_version" value="3">"#,
        ],
    );
    lacks(&Form::new("f", "/x", "1").body(html! {}), &["_csrf", "_version", "enctype"]);
}

#[test]
fn nothing_wrong_draws_no_summary() {
    assert_eq!(error_summary(&Keys, &[]).0, "");
}
