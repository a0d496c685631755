use super::{
    events::{self, Vocabulary},
    spans::{self, State, Statuses},
};
use std::io::Cursor;

fn refused(text: &str) -> String {
    spans::read(Cursor::new(text.as_bytes().to_vec()), &Statuses::default()).expect_err("it is no such file").to_string()
}

#[test]
fn a_file_of_spans_that_is_not_what_it_says_is_refused_with_its_line() {
    let head = "id,start,end,status,region\n";
    for (rows, expected) in [
        (
            "1,2021-02-30,2021-03-01,closed,x",
            r#"line 2: start is "2021-02-30": expected a day as 2024-09-02 or 02.09.2024, or a whole number of days"#,
        ),
        ("1,2021-02-03,2021-03-01,closed,x\n2,2021-02-03,,closed,x", "line 3: end is empty"),
        ("1,2021-02-03,2020-03-01,closed,x", "line 2: end 2020-03-01 lies before start 2021-02-03"),
        (
            "1,2021-02-03,40,closed,x",
            r#"line 2: end is "40", but the first row has dates: one file has dates or numbers, not both"#,
        ),
        (
            "1,2021-02-03,2021-03-01,dead,x",
            r#"line 2: status is "dead": expected one of in_business, unreachable, closed, sold, recovered, job, deceased (a kind of end of your own is named by --end)"#,
        ),
        ("1,0,9,closed", "line 2: 4 fields instead of 5"),
        ("1,0,9,closed,x\n1,0,8,closed,x", "line 3: id 1 was on line 2 too, with other values"),
        ("", "the file has no rows under its header"),
    ] {
        assert_eq!(refused(&format!("{head}{rows}\n")), expected);
    }
    assert_eq!(refused("id,start,status\n"), "line 1: there is no column end; the header has id, start, status");
    assert_eq!(refused("id,start,end,status,x,x\n"), "line 1: the column x stands there twice");
}

#[test]
fn a_quote_that_nobody_closed_is_refused_with_the_line_on_which_it_opens() {
    let many = (6..9_000).map(|id| format!("{id},0,9,closed,x\n")).collect::<String>();
    for (rows, expected) in [
        ("1,0,9,closed,x\n2,0,9,closed,\"x\n3,0,9,closed,x\n", 3),
        (&format!("1,0,9,closed,x\n2,0,9,closed,\"x\n{many}"), 3),
        ("1,0,9,closed,x\n2,\"0,9,closed,x\n3,0,9,closed,x", 3),
        ("1,0,9,closed,\"two\nlines\"\n\n\n2,0,9,closed,\"x", 6),
        ("1,0,9,closed,\"two\r\nlines\"\r\n2,0,9,closed,\"x\r\n", 4),
        // The mark that opens the next field seems to close this one.
        ("1,0,9,closed,\"x\n2,0,9,closed,\"y, z\"\n3,0,9,closed,x\n", 2),
        ("1,0,9,closed,\"x\n2,0,9,closed,\"\"\n3,0,9,closed,x\n", 2),
    ] {
        let expected = format!("line {expected}: a quotation mark is opened and never closed");
        assert_eq!(refused(&format!("id,start,end,status,region\n{rows}")), expected, "{rows:.60}");
    }
    assert_eq!(refused("id,start,end,\"status\n1,0,9,closed\n"), "line 1: a quotation mark is opened and never closed");
    assert_eq!(
        events_refused("1,applied,2021-01-01\n2,\"applied,2021-01-01\n"),
        "line 3: a quotation mark is opened and never closed"
    );
}

#[test]
fn a_field_may_span_lines_and_have_quotes_in_it() {
    let text = "\u{feff}\"id\",\"start\",\"end\",\"status\",\"the, region\"\r\n1,0,9,closed,\"two\r\nlines\" \r\n2,0,9,closed,a 5\" pipe\r\n3,0,9,closed,\"\"\"so\"\" they say\"";
    let table = spans::read(Cursor::new(text.as_bytes().to_vec()), &Statuses::default()).expect("it reads");
    assert_eq!(table.columns[0].name, "the, region");
    assert_eq!(table.columns[0].values, ["\"so\" they say", "a 5\" pipe", "two\nlines"]);
}

#[test]
fn lines_are_counted_however_they_end() {
    for end in ["\n", "\r\n", "\r"] {
        let rows = ["id,start,end,status,g", "1,0,9,closed,\"a", "b\"", "", "", "2,0,9,closed,a", "3,0,x,closed,a", ""];
        assert!(refused(&rows.join(end)).starts_with("line 7: end is \"x\""), "{end:?}: {}", refused(&rows.join(end)));
        let rows = ["id,start,end,status,g", "", "1,0,9,closed", ""];
        assert_eq!(refused(&rows.join(end)), "line 3: 4 fields instead of 5", "{end:?}");
    }
}

#[test]
fn a_status_of_those_who_have_not_ended_is_no_kind_of_end() {
    for word in ["unreachable", "in_business", "0"] {
        let refusal = Statuses::default().with_end(word).expect_err("it is no end").to_string();
        assert_eq!(
            refusal,
            format!("{word} is no kind of end: it is a status of those who have not ended, and they are censored")
        );
    }
}

#[test]
fn dates_states_and_groups_are_read() {
    let text = "\u{feff}id;start;end;entry;status;region\n1;2021-01-01;31.01.2021;;closed;Şəki\n2;2021-01-01;2021-03-02;2021-02-01;unreachable;Bakı\n1;2021-01-01;31.01.2021;;closed;Şəki\n3;2021-01-01;2021-03-02;;pledged;\n";
    let statuses = Statuses::default().with_end("pledged").expect("it is a kind of end");
    let table = spans::read(Cursor::new(text.as_bytes().to_vec()), &statuses).expect("it reads");
    assert_eq!(table.repeated, 1);
    assert_eq!(
        table.spans.iter().map(|span| (span.entry, span.days, span.ended)).collect::<Vec<_>>(),
        [(0, 30, true), (31, 60, false), (0, 60, true)]
    );
    assert_eq!(table.states, [State::Ended(0), State::Unreachable, State::Ended(5)]);
    assert_eq!(table.columns[0].values, ["", "Bakı", "Şəki"]);
    assert_eq!(table.columns[0].codes, [2, 1, 0]);
}

fn events_refused(rows: &str) -> String {
    let text = format!("case_id,event,date\n{rows}");
    events::read(Cursor::new(text.into_bytes()), &Vocabulary::default()).expect_err("it is no such file").to_string()
}

#[test]
fn a_file_of_events_that_is_not_what_it_says_is_refused_with_its_line() {
    for (rows, expected) in [
        ("1,applied,2021-13-01\n", r#"line 2: date is "2021-13-01": expected a day as 2024-09-02 or 02.09.2024"#),
        ("1,applied,2021-01-01\n,selected,2021-01-01\n", "line 3: case_id is empty"),
        (
            "1,aplied,2021-01-01\n",
            r#"line 2: event is "aplied": expected one of applied, selected, trained, approved, equipped, dropped_out, withdrawn, refused (stages of your own are named by --stages, ways of leaving by --exit)"#,
        ),
        ("1,applied\n", "line 2: 2 fields instead of 3"),
        ("", "the file has no rows under its header"),
    ] {
        assert_eq!(events_refused(rows), expected);
    }
}

#[test]
fn stages_are_known_by_several_words_and_those_that_the_programme_lacks_are_left_out() {
    let text =
        "case_id,event,date\n1,application.lodged,2021-01-01\n1,visit,2021-02-01\n1,handover,01.03.2021\n2,applied,2021-01-05\n";
    let words = Vocabulary::default().with_exit("visit");
    let found = events::read(Cursor::new(text.as_bytes().to_vec()), &words).expect("it reads");
    let by = |day: &str| found.by(day.parse().expect("a day"));
    assert_eq!(by("2021-02-28").stages, ["applied", "selected", "trained", "approved", "equipped"], "any may come yet");
    let found = by("2021-03-01");
    assert_eq!(found.stages, ["applied", "equipped"]);
    assert_eq!((found.cases, found.reached(0).len(), found.reached(1).len()), (2, 2, 1));
    let named = Vocabulary::default().with_stages(&["in".to_owned(), "out".to_owned()]);
    let found = events::read(Cursor::new(b"case_id,event,date\n1,in,2021-01-01\n".to_vec()), &named).expect("it reads");
    assert_eq!(found.stages, ["in", "out"]);
}
