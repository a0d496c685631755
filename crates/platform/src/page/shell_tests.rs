use super::{NavItem, Shell, Signed, words_tests::Keys};
use maud::html;

fn page(change: impl FnOnce(&mut Shell)) -> String {
    let nav = [
        NavItem { href: "/".into(), label: "Queue".into(), current: false, count: Some("14".into()) },
        NavItem { href: "/people".into(), label: "People".into(), current: true, count: None },
    ];
    let mut shell = Shell {
        words: &Keys,
        lang: "az",
        title: "People & more",
        has_error: false,
        officer: Some(Signed { name: "Ayt\u{259}n", role: "officer", office: "Sheki", csrf: "token" }),
        nav: &nav,
        path: "/people?q=\u{15e}\u{259}ki&page=2",
        main_form: None,
        today: "22 November 2026",
        demo: false,
        trail: html! {},
    };
    change(&mut shell);
    shell.page(html! { h1 { "Here" } }).into_string()
}

#[test]
fn a_page_says_its_language_its_title_and_where_its_main_part_is() {
    let page = page(|_| {});
    for part in [
        r#"<html class="govuk-template" lang="az">"#,
        "<title>People &amp; more – [page-name]</title>",
        r##"<a class="govuk-skip-link" href="#main""##,
        r#"<main class="govuk-main-wrapper" id="main" tabindex="-1"><h1>Here</h1></main>"#,
        r#"href="/people" aria-current="page""#,
        "22 November 2026",
    ] {
        assert!(page.contains(part), "no {part} in\n{page}");
    }
}

#[test]
fn the_title_of_a_page_with_an_error_begins_with_the_word_for_it() {
    assert!(page(|shell| shell.has_error = true).contains("<title>[page-error-prefix] People"));
}

#[test]
fn a_page_without_a_form_changes_its_language_by_links_that_lead_back() {
    let page = page(|_| {});
    assert!(page.contains(r#"href="/language/ru?back=/people%3Fq%3D%C5%9E%C9%99ki%26page%3D2""#), "{page}");
    assert!(!page.contains("_language"));
}

#[test]
fn a_page_with_a_form_changes_its_language_by_sending_the_form() {
    let page = page(|shell| shell.main_form = Some("main-form"));
    assert!(page.contains(r#"type="submit" name="_language" value="ru" form="main-form" formnovalidate"#), "{page}");
    assert!(!page.contains("/language/"));
}

#[test]
fn the_enter_key_never_changes_the_language() {
    let page = page(|shell| shell.main_form = Some("main-form"));
    let first = page.split("<button").find(|button| button.contains(r#"form="main-form""#)).expect("a button of the form");
    assert!(first.contains(r#"tabindex="-1""#) && !first.contains("name="), "{first}");
}

#[test]
fn nothing_runs_or_is_styled_from_within_the_page() {
    let page = page(|shell| shell.demo = true);
    assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" on"), "{page}");
    assert_eq!(page.matches("<script").count(), page.matches("<script src=").count());
}

#[test]
fn only_a_database_of_invented_people_says_so() {
    assert!(page(|shell| shell.demo = true).contains("[page-demo]"));
    assert!(!page(|_| {}).contains("[page-demo]"));
}

#[test]
fn signing_out_is_a_form_with_its_token() {
    let page = page(|_| {});
    assert!(page.contains(r#"<form method="post" action="/sign-out"><input type="hidden" name="_csrf" value="token">"#));
    assert!(!self::page(|shell| shell.officer = None).contains("/sign-out"));
}
