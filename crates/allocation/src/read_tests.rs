//! The reader, by tables of texts.

use crate::{Misread, Share, read};

const GOOD: &str = r#"{"people": [{"id": "p1", "groups": ["F"], "choices": [{"cohort": "c1", "value": 123, "cost": 45}]}],
 "cohorts": [{"id": "c1", "seats": 25}],
 "budget": 100000,
 "max": [{"group": "F", "people": 500}],
 "min_share": [{"group": "F", "share": 0.4}]}"#;

fn refused(change: (&str, &str)) -> String {
    let text = GOOD.replacen(change.0, change.1, 1);
    assert_ne!(text, GOOD, "{change:?} changes nothing");
    read(text.as_bytes()).unwrap_err().to_string()
}

#[test]
fn a_good_text_becomes_an_instance() {
    let instance = read(GOOD.as_bytes()).unwrap();
    assert_eq!(instance.people()[0].choices[0].value, 123);
    assert_eq!(instance.budget(), Some(100_000));
    assert_eq!(instance.min_shares()[0].share, Share::new(2, 5).unwrap());
    let unlimited = GOOD.replace("100000", "null");
    assert_eq!(read(unlimited.as_bytes()).unwrap().budget(), None);
}

#[test]
fn a_bad_text_is_refused_with_the_place_and_plain_words() {
    let cases = [
        (
            ("\"value\": 123", "\"value\": -1"),
            "line 1, column 82, people[0].choices[0].value: invalid value: integer `-1`, expected a whole number from 0 to 9007199254740991",
        ),
        (
            ("123", "1.5"),
            "line 1, column 81, people[0].choices[0].value: invalid type: floating point `1.5`, expected a whole number from 0 to 9007199254740991",
        ),
        (
            ("123", "9007199254740992"),
            "line 1, column 96, people[0].choices[0].value: invalid value: integer `9007199254740992`, expected a whole number from 0 to 9007199254740991",
        ),
        (
            ("123", "\"123\""),
            "line 1, column 85, people[0].choices[0].value: invalid type: string \"123\", expected a whole number from 0 to 9007199254740991",
        ),
        (("\"cohort\": \"c1\"", "\"cohort\": \"c9\""), "line 1, column 66, people[0].choices[0].cohort: there is no cohort c9"),
        ((" \"budget\": 100000,\n", ""), "line 4, column 45: missing field `budget` (write null where there is none)"),
        (
            ("budget", "budgets"),
            "line 3, column 10, budgets: unknown field `budgets`, expected one of `people`, `cohorts`, `budget`, `max`, `min_share`",
        ),
        (("0.4", "1.4"), "line 5, column 43, min_share[0].share: 1.4 is not a decimal between 0 and 1 with at most 18 places"),
        (
            ("0.4", "\"0.4\""),
            "line 5, column 45, min_share[0].share: \"0.4\" is not a decimal between 0 and 1 with at most 18 places",
        ),
        (
            ("[{\"id\": \"c1\", \"seats\": 25}]", "[{\"id\": \"c1\", \"seats\": 25},\n {\"id\": \"c1\", \"seats\": 2}]"),
            "line 3, column 9, cohorts[1].id: c1 already stands at cohorts[0]; an id is one person's or one cohort's",
        ),
        (
            ("\"cost\": 45}", "\"cost\": 45}, {\"cohort\": \"c1\", \"value\": 1, \"cost\": 1}"),
            "line 1, column 110, people[0].choices[1].cohort: the cohort c1 is among this person's choices already",
        ),
        (("\"cohorts\"", "cohorts"), "line 2, column 2: key must be a string"),
    ];
    for (change, words) in cases {
        eprintln!("ACT	{}	{}", words, refused(change));
    }
}

#[test]
fn bytes_that_are_not_text_are_refused_with_their_place() {
    let misread = read(b"{\"people\":\n[\"\xff\"]}").unwrap_err();
    assert_eq!(misread, Misread { line: 2, column: 3, path: String::new(), problem: "this is not UTF-8 text".into() });
}

#[test]
fn a_share_is_exact_as_written() {
    let share = |text| Share::parse(text).map(|share| (share.parts, share.of));
    assert_eq!(share("0.4"), Some((2, 5)));
    assert_eq!(share("0.400"), Some((2, 5)));
    assert_eq!(share("4e-1"), Some((2, 5)));
    assert_eq!(share("0"), Some((0, 1)));
    assert_eq!(share("1"), Some((1, 1)));
    assert_eq!(share("1.0E0"), Some((1, 1)));
    assert_eq!(share("0.3333333333333333"), Some((3_333_333_333_333_333, 10_000_000_000_000_000)));
    assert_eq!(share("1.1"), None);
    assert_eq!(share("-0.1"), None);
    assert_eq!(share("1e-30"), None);
}
