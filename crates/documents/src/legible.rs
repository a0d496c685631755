//! Makes people's text safe to print. An archival PDF may not contain a character without a glyph, and one emoji in
//! a note must not keep a contract from being printed.

use crate::fonts;
use serde_json::Value;

/// Stands where a character cannot be printed, so that the loss is visible.
const REPLACEMENT: char = '\u{fffd}';

/// Replaces, in every string of the value, what cannot or must not be printed. Keys are ours and stay.
pub(crate) fn make(value: &mut Value) {
    match value {
        Value::String(text) => {
            if text.chars().any(|character| !stays(character)) {
                *text = text.chars().fold(String::with_capacity(text.len()), printed);
            }
        }
        Value::Array(values) => values.iter_mut().for_each(make),
        Value::Object(fields) => fields.values_mut().for_each(make),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn stays(character: char) -> bool {
    character == '\n' || (!hidden(character) && !private(character) && fonts::draw(character))
}

/// Appends what is printed for a character: itself, something visible instead, or nothing.
fn printed(mut text: String, character: char) -> String {
    match character {
        c if stays(c) => text.push(c),
        '\t' => text.push(' '),
        c if hidden(c) => {}
        c => match spelled(c) {
            Some(spelling) => text.push_str(spelling),
            None => text.push(REPLACEMENT),
        },
    }
    text
}

/// Control characters, marks that turn the direction of writing (they could make a text read differently from what
/// was approved), and joiners and variation selectors, which only trail emoji.
fn hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(character, '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// A private character has no meaning that a reader of the archive could recover, even if a face draws something.
fn private(character: char) -> bool {
    matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Signs that people often type and our faces lack, in signs that they have.
fn spelled(character: char) -> Option<&'static str> {
    match character {
        '≤' => Some("<="),
        '≥' => Some(">="),
        '≠' => Some("!="),
        '≈' => Some("~"),
        '→' => Some("->"),
        '←' => Some("<-"),
        '✓' | '✔' | '☑' => Some("[+]"),
        '✗' | '✘' => Some("[-]"),
        '☐' => Some("[ ]"),
        '■' | '□' | '▪' | '●' | '○' | '◦' => Some("•"),
        _ => None,
    }
}

#[cfg(test)]
#[path = "legible_tests.rs"]
mod tests;
