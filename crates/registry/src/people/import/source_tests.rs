use super::{finding::Expected, layout::Column, setting::Setting, source::Source};
use std::{collections::HashMap, fs, path::PathBuf};
use values::id::OfficeId;

fn setting() -> Setting {
    Setting {
        today: "2024-09-02".parse().unwrap(),
        least_age: 15,
        source: "registry".to_owned(),
        office: Some(OfficeId(1)),
        places: HashMap::new(),
        groups: Vec::new(),
    }
}

fn header(end: &str) -> String {
    Column::ALL.map(Column::name).join(",") + end
}

/// A good row but for its note.
fn row(reg_no: &str, note: &str) -> String {
    let value = |column| match column {
        Column::RegNo => reg_no,
        Column::FirstName | Column::LastName => "Ali",
        Column::Sex => "M",
        Column::RegisteredOn => "2021-10-19",
        Column::Note => note,
        _ => "",
    };
    Column::ALL.map(value).join(",")
}

fn file(name: &str, text: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("dayaq-source-{}-{name}.csv", std::process::id()));
    fs::write(&path, text).unwrap();
    path
}

/// Every row as its line and whether it was let in.
fn check(name: &str, text: &str, expected: &[(u64, bool)]) {
    let path = file(name, text.as_bytes());
    let mut source = Source::open(&path).unwrap();
    let mut found = Vec::new();
    while let Some(batch) = source.next(&setting()).unwrap() {
        found.extend(batch.readings.iter().map(|reading| (reading.line, reading.person.is_some())));
    }
    fs::remove_file(path).unwrap();
    assert_eq!(found, expected, "{name}");
}

#[test]
fn rows_are_known_by_the_line_on_which_they_begin() {
    let (a, b) = (row("A", ""), row("B", ""));
    check("unix", &format!("{}{a}\n{b}\n", header("\n")), &[(2, true), (3, true)]);
    check("no-end", &format!("{}{a}\n{b}", header("\n")), &[(2, true), (3, true)]);
    check("mark-no-end", &format!("\u{feff}{}{a}\n{b}", header("\n")), &[(2, true), (3, true)]);
    check("windows", &format!("{}{a}\r\n{b}\r\n", header("\r\n")), &[(2, true), (3, true)]);
    check("mark", &format!("\u{feff}{}{a}\n", header("\n")), &[(2, true)]);
    check("blank-lines", &format!("{}\n\n{a}\n\r\n{b}\n", header("\n")), &[(4, true), (6, true)]);
    let long = row("A", "\"two\nlines, one \"\"quoted\"\"\"");
    check("over-lines", &format!("{}{long}\n{b}\n", header("\n")), &[(2, true), (4, true)]);
    check("short-row", &format!("{}{a}\n1,2,3\n{b}\n", header("\n")), &[(2, true), (3, false), (4, true)]);
}

#[test]
fn a_number_that_comes_twice_is_let_in_once() {
    let a = row("A", "");
    check("twice", &format!("{}{a}\n{a}\n", header("\n")), &[(2, true), (3, false)]);
}

#[test]
fn a_row_with_an_open_quote_takes_no_other_row_with_it() {
    let whole = |reg_no: &str| row(reg_no, "\"said so\"");
    let open = row("OPEN", "\"said so");
    let (a, b) = (whole("A"), whole("B"));
    let rows = |rows: &[&String]| header("\n") + &rows.iter().map(|row| format!("{row}\n")).collect::<String>();
    check("open-middle", &rows(&[&a, &open, &b, &whole("C")]), &[(2, true), (3, false), (4, true), (5, true)]);
    check("open-first", &rows(&[&open, &a, &b]), &[(2, false), (3, true), (4, true)]);
    check("open-first-mark", &format!("\u{feff}{}", rows(&[&open, &a, &b])), &[(2, false), (3, true), (4, true)]);
    check("open-first-only", &rows(&[&open, &row("A", ""), &row("B", "")]), &[(2, false), (3, true), (4, true)]);
    check("open-last", &rows(&[&a, &b, &open]), &[(2, true), (3, true), (4, false)]);
    check("open-cut-short", rows(&[&a, &open]).trim_end(), &[(2, true), (3, false)]);
    check("open-each", &rows(&[&open, &open, &a]), &[(2, false), (3, false), (4, true)]);
}

#[test]
fn the_reject_of_an_open_quote_says_from_which_line_to_which() {
    let text = format!("{}{}\n{}\n{}\n", header("\n"), row("A", ""), row("B", "\"said so"), row("C", "\"x\""));
    let path = file("open-lines", text.as_bytes());
    let batch = Source::open(&path).unwrap().next(&setting()).unwrap().unwrap();
    fs::remove_file(path).unwrap();
    let fault = &batch.readings[1].faults[0];
    assert_eq!((fault.row, fault.expected), (3, Expected::ClosingQuote { from: 3, to: 4 }));
    assert_eq!(fault.found, "\"said so");
}

#[test]
fn a_header_wider_than_its_rows_is_refused_once() {
    let wide = header(",remarks\n");
    let stopped = |rows: &str| {
        let path = file("wide", format!("{wide}{rows}").as_bytes());
        let opened = Source::open(&path).map(|_| ());
        fs::remove_file(path).unwrap();
        opened.map_err(|error| format!("{error:#}"))
    };
    let narrow = format!("{}\n{}\n", row("A", ""), row("B", ""));
    let words = stopped(&narrow).unwrap_err();
    assert!(words.contains("line 1: the header has 29 columns and the rows have 28"), "{words}");
    assert!(words.contains("\"remarks\""), "{words}");
    assert_eq!(stopped(&format!("{},of no use\n{}\n", row("A", ""), row("B", ""))), Ok(()), "one row is as wide as the header");
}

#[test]
fn a_quote_that_is_never_closed_stops_the_reading_with_its_line() {
    let endless = "x".repeat(4 << 20);
    let text = format!("{}{}\n{},\"{endless}", header("\n"), row("A", ""), "1,B");
    let path = file("endless", text.as_bytes());
    let mut source = Source::open(&path).unwrap();
    let stopped = source.next(&setting()).unwrap_err().to_string();
    fs::remove_file(path).unwrap();
    assert!(stopped.starts_with("line 3: the row is longer than a megabyte"), "{stopped}");
}
