//! Page code holds keys, never words: no letter that a reader would see stands outside the catalogues.

use crate::words::sources;
use std::fs;

/// A text in quotes, with what stands before it.
struct Literal {
    before: String,
    text: String,
    line: usize,
    /// Whether it stands in a piece of a page, and not in code within it.
    drawn: bool,
}

/// Every text in quotes of a source, and whether maud would write it into a page as it stands.
fn literals(source: &str) -> Vec<Literal> {
    let chars: Vec<char> = source.chars().collect();
    let (mut found, mut code, mut at, mut line) = (Vec::new(), String::new(), 0, 1);
    // Brackets open around here: a brace of a page, a brace that holds an attribute's value, or a splice of code.
    let mut open: Vec<Bracket> = Vec::new();
    while at < chars.len() {
        let rest = &chars[at..];
        match rest {
            ['/', '/', ..] => at += rest.iter().take_while(|c| **c != '\n').count(),
            ['\'', '\\', _, '\'', ..] => at += 4,
            ['\'', _, '\'', ..] => at += 3,
            ['"', ..] => {
                let mut end = 1;
                while rest[end] != '"' {
                    end += if rest[end] == '\\' { 2 } else { 1 };
                }
                let text: String = rest[1..end].iter().collect();
                let drawn = open.last() == Some(&Bracket::Page) || (open.last() == Some(&Bracket::Value) && is_read(&code));
                line += text.matches('\n').count();
                found.push(Literal { before: tail(&code), text, line, drawn });
                code.push('"');
                at += end + 1;
            }
            [c, ..] => {
                note(*c, &code, &mut open);
                line += usize::from(*c == '\n');
                code.push(*c);
                at += 1;
            }
            [] => break,
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bracket {
    Page,
    Value,
    Code,
}

fn note(c: char, code: &str, open: &mut Vec<Bracket>) {
    match c {
        '{' => {
            let before = code.trim_end();
            let inside = open.last().copied();
            let kind = match inside {
                _ if before.ends_with("html!") => Bracket::Page,
                Some(Bracket::Page | Bracket::Value) if before.ends_with('=') && !before.ends_with("==") => Bracket::Value,
                Some(inside @ (Bracket::Page | Bracket::Value)) => inside,
                _ => Bracket::Code,
            };
            open.push(kind);
        }
        '(' | '[' => open.push(Bracket::Code),
        '}' | ')' | ']' => drop(open.pop()),
        _ => {}
    }
}

/// Attributes whose value a person reads or hears.
const READ: &[&str] = &["aria-label", "title", "alt", "placeholder", "label"];

fn is_read(code: &str) -> bool {
    let head = code.rsplit_once("={").map_or("", |(head, _)| head);
    READ.iter().any(|name| head.ends_with(name))
}

fn tail(code: &str) -> String {
    let code = code.trim_end();
    let from = code.char_indices().rev().nth(60).map_or(0, |(at, _)| at);
    code[from..].to_owned()
}

/// Whether a text in a page is one that stands there as it is: not an attribute that only the browser reads, and not the
/// value with which something is compared.
fn shows(literal: &Literal) -> bool {
    let text = literal.text.replace("\\n", "");
    let is_class = ["govuk-", "dayaq-"].iter().any(|family| text.trim_start().starts_with(family));
    if !literal.drawn || is_class || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    let before = literal.before.as_str();
    if before.ends_with("==") || before.ends_with("!=") || before.ends_with('|') || before.ends_with("=>") {
        return before.ends_with("=>");
    }
    match before.strip_suffix('=') {
        Some(head) => READ.iter().any(|name| head.ends_with(name)),
        None => !before.rsplit(['{', '}', ';']).next().unwrap_or_default().trim_start().starts_with(['@', '#', '.']),
    }
}

#[test]
fn no_page_shows_a_word_that_is_not_in_the_catalogues() {
    let mut found = Vec::new();
    let mut pages = 0;
    for file in sources().into_iter().filter(|file| !file.to_string_lossy().contains("/demo/")) {
        let text = fs::read_to_string(&file).unwrap();
        pages += text.matches("html! {").count();
        let shown = literals(&text).into_iter().filter(shows);
        found.extend(shown.map(|word| format!("{}:{}: {:?}", file.display(), word.line, word.text)));
    }
    assert!(pages > 200, "only {pages} pieces of pages were read");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Files whose Azerbaijani or Russian is no page's: names and how they are read, a sum as a contract spells it, samples.
const NOT_PAGES: &[&str] = &[
    "values/src/",
    "contract/spelled.rs",
    "import/setting.rs",
    "people/reads.rs",
    "/mod.rs",
    "/demo/",
    "/samples.rs",
    "platform/src/language.rs",
    "/linkage/",
    "/programme/",
];

#[test]
fn no_code_holds_words_of_azerbaijani_or_russian() {
    let mut found = Vec::new();
    for file in sources().into_iter().filter(|file| !NOT_PAGES.iter().any(|part| file.to_string_lossy().contains(part))) {
        let text = fs::read_to_string(&file).unwrap();
        let is_theirs = |literal: &Literal| {
            let foreign = literal.text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            // What a fault says to the log, and the second half of a sample's field.
            let is_fault = ["context(", "error(", "bail!(", "expect("].iter().any(|call| literal.before.ends_with(call));
            foreign && !is_fault && !literal.before.ends_with("\",")
        };
        found.extend(
            literals(&text)
                .into_iter()
                .filter(is_theirs)
                .map(|word| format!("{}:{}: {:?}", file.display(), word.line, word.text)),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn words_are_told_from_what_only_a_browser_reads() {
    let check = |source: &str, expected: &[&str]| {
        let shown: Vec<String> = literals(source).into_iter().filter(shows).map(|literal| literal.text).collect();
        assert_eq!(shown, expected, "{source}");
    };
    check(r#"html! { p class="govuk-body" { "Salam" } }"#, &["Salam"]);
    check(r#"html! { p { (page.t("people-name")) } }"#, &[]);
    check(r#"html! { a title="Geri" href="/x" { "«" } }"#, &["Geri"]);
    check(r#"html! { a aria-label={ "Səhifə " (n) } class={ "a--" (n) } {} }"#, &["Səhifə "]);
    check(r#"html! { @if kind == "field" { "sahə" } @else { (other) } }"#, &["sahə"]);
    check(r#"let x = "Salam"; html! { (x) }"#, &[]);
}
