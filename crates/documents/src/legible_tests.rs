use super::*;
use serde_json::json;

fn check(given: &str, expected: &str) {
    let mut value = json!({ "outer": [{ "inner": given }] });
    make(&mut value);
    assert_eq!(value, json!({ "outer": [{ "inner": expected }] }));
}

#[test]
fn ordinary_text_is_untouched() {
    check("Şəki, İçərişəhər küç. №7 — 1 250,00 ₼\nikinci sətir", "Şəki, İçərişəhər küç. №7 — 1 250,00 ₼\nikinci sətir");
}

#[test]
fn a_character_without_a_glyph_is_visibly_replaced() {
    check("yaxşı 👍 iş 漢", "yaxşı \u{fffd} iş \u{fffd}");
}

#[test]
fn control_and_direction_marks_are_dropped() {
    check("a\u{7}b\r\nc\td\u{202e}e\u{200f}", "ab\nc de");
}

#[test]
fn private_characters_are_replaced() {
    check("\u{e001}", "\u{fffd}");
}

#[test]
fn a_common_sign_that_the_faces_lack_is_spelled() {
    check("gərginlik ≥ 220 V → ✓", "gərginlik >= 220 V -> [+]");
}
