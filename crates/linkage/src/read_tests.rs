use crate::{
    Refusal, Register, Why,
    made_up::{self, Somebody},
    read,
    register::{Person, Shared},
};

fn refusal(file: &[u8]) -> String {
    match read(file, |_| {}) {
        Ok(register) => panic!("{} rows were read", register.len()),
        Err(refusal) => refusal.to_string(),
    }
}

const HEADER: &str = "rec_id,first_name,last_name,birth_date,note\n";

#[test]
fn a_file_that_is_not_what_it_says_is_refused_with_the_line() {
    let rows = |rows: &str| refusal(format!("{HEADER}{rows}").as_bytes());
    assert_eq!(refusal(b""), "line 1: the file is empty");
    assert_eq!(refusal(b"id;name\n1;Ali\n"), "line 1: there is no column rec_id");
    assert_eq!(refusal(b"rec_id,first_name\n1,Ali\n"), "line 1: there is no column last_name");
    assert_eq!(refusal(b"rec_id,first_name,last_name,rec_id\n"), "line 1: the column rec_id stands there twice");
    assert_eq!(rows("1,Ali,Aliyev,,\n2,Ali,Aliyev,\n"), "line 3: 4 fields instead of 5");
    assert_eq!(rows("1,Ali,Aliyev,,\n2,Ali,Aliyev,,,,\n"), "line 3: 7 fields instead of 5");
    assert_eq!(rows("1,Ali,Aliyev,,\n ,Ali,Aliyev,,\n"), "line 3: rec_id is empty");
    assert_eq!(rows("7,Ali,Aliyev,,\n8,,,,\n7,Vəli,Quliyev,,\n"), "line 4: rec_id 7 was on an earlier line too");
}

#[test]
fn lines_are_counted_through_values_of_several_lines() {
    let text = format!("{HEADER}1,Ali,Aliyev,,\"two\nlines\"\n2,Ali,Aliyev,,\"more\r\nlines\"\n\n1,Ali,Aliyev,,\n");
    assert_eq!(refusal(text.as_bytes()), "line 7: rec_id 1 was on an earlier line too");
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_refused_where_it_opens() {
    for row in ["2,Ali,Aliyev,,\"open", "2,\"Ali,Aliyev,,", "2,Ali,\"Aliyev,,"] {
        let text = format!("{HEADER}1,Ali,Aliyev,,\"closed\"\n{row}\n3,Ali,Aliyev,,\n4,Ali,Aliyev,,\n");
        assert_eq!(refusal(text.as_bytes()), "line 3: a quotation mark is opened and never closed", "{row}");
    }
    let inches = format!("{HEADER}1,Ali,Aliyev,,5\" pipe\n2,Ali,Aliyev,,\n");
    assert_eq!(read(inches.as_bytes(), |_| {}).unwrap().len(), 2);
}

#[test]
fn other_encodings_are_refused_where_they_show() {
    let mut cp1251 = format!("{HEADER}1,Ali,Aliyev,,\n2,").into_bytes();
    cp1251.extend([0xc0, 0xeb, 0xe8]); // Али in the Windows alphabet
    cp1251.extend(b",Aliyev,,\n");
    assert_eq!(refusal(&cp1251), "line 3: not UTF-8 text");
    let utf16: Vec<u8> = "\u{feff}rec_id,first_name\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refusal(&utf16), "line 1: not UTF-8 text");
}

#[test]
fn usual_forms_of_a_table_are_read() {
    for text in [
        "rec_id,first_name,last_name\n1,Əli,Əliyev\n",
        "\u{feff}rec_id,first_name,last_name\r\n1,Əli,Əliyev\r\n",
        "rec_id;first_name;last_name;note\n1;Əli;Əliyev;a, b, c, d\n",
        "rec_id\tfirst_name\tlast_name\n1\tƏli\tƏliyev",
        "\"rec_id\", last_name ,\"first_name\"\n\"1\",\"Əliyev\",\" Əli \"\n\n",
    ] {
        let register = read(text.as_bytes(), |_| {}).unwrap();
        assert_eq!((register.len(), register.id(0), register.find("1"), register.find("2")), (1, "1", Some(0), None), "{text}");
        let person = &register.people[0];
        assert_eq!(register.lists.given.key(person.given), "ali");
        assert_eq!(register.lists.stems.key(person.stem), "ali");
    }
}

#[test]
fn dates_that_cannot_be_read_are_counted_and_the_first_is_named() {
    let text = format!("{HEADER}1,Ali,Aliyev,1990-02-29,\n2,Ali,Aliyev,unknown,\n3,Ali,Aliyev,,\n4,Ali,Aliyev,1990-40-40,\n");
    let register = read(text.as_bytes(), |_| {}).unwrap();
    let [note] = &register.notes[..] else { panic!("{:?}", register.notes) };
    assert_eq!((note.column, note.rows, &note.why), ("birth_date", 2, &Why::Unreadable { line: 3 }));
}

/// Made-up rows, every so many with a value that stands for none.
fn with_placeholders(every: usize, change: impl Fn(&mut Somebody)) -> Register {
    let somebody = |number: u64| {
        let mut somebody = Somebody::of(number);
        if (number as usize).is_multiple_of(every) {
            change(&mut somebody);
        }
        somebody.csv(&format!("r{number}"))
    };
    let rows: String = (0..2_000).map(somebody).collect();
    read(format!("{}{rows}", made_up::HEADER).as_bytes(), |_| {}).unwrap()
}

#[test]
fn a_value_that_too_many_different_people_have_is_taken_as_not_given() {
    let check = |column: &str, given: fn(&Person) -> bool, change: fn(&mut Somebody)| {
        let register = with_placeholders(25, change);
        let [note] = &register.notes[..] else { panic!("{column}: {:?}", register.notes) };
        let expected = Why::Everybodys { row: Some("r0".to_owned()) };
        assert_eq!((note.column, note.rows, &note.why), (column, 80, &expected));
        let lost: Vec<usize> = (0..2_000).filter(|&at| !given(&register.people[at])).collect();
        assert_eq!(lost, (0..2_000).step_by(25).collect::<Vec<_>>(), "{column}");
    };
    check("fin", |p| p.fin != 0, |s| "0000000".clone_into(&mut s.fin));
    check("doc_no", |p| p.doc != 0, |s| "AA0000000".clone_into(&mut s.doc_no));
    check("birth_date", |p| !p.born.is_missing(), |s| "1900-01-01".clone_into(&mut s.birth_date));
    check("birth_date", |p| !p.born.is_missing(), |s| "1911-11-11".clone_into(&mut s.birth_date));
}

#[test]
fn a_verified_fin_that_many_have_stays_and_is_no_rarity() {
    let header = format!("{},fin_verified\n", made_up::HEADER.trim_end());
    let rows: String = (0..400)
        .map(|number| {
            let fin = if number < 60 { "0000000".to_owned() } else { Somebody::of(number).fin };
            let somebody = Somebody { fin, ..Somebody::of(number) };
            format!("{},{}\n", somebody.csv(&number.to_string()).trim_end(), number < 60)
        })
        .collect();
    let register = read(format!("{header}{rows}").as_bytes(), |_| {}).unwrap();
    assert_eq!(register.holders(Shared::Fin, register.people[0].fin), 60);
}

#[test]
fn one_date_alone_of_its_kind_is_seen_to_stand_for_none() {
    let rows: String = (0..2_000)
        .map(|number| {
            let mut somebody = Somebody::of(number);
            if number % 5 == 0 {
                "1900-01-01".clone_into(&mut somebody.birth_date);
            } else if somebody.birth_date.ends_with("-01-01") {
                somebody.birth_date.replace_range(4.., "-02-02");
            }
            somebody.csv(&number.to_string())
        })
        .collect();
    let register = read(format!("{}{rows}", made_up::HEADER).as_bytes(), |_| {}).unwrap();
    assert!(matches!(&register.notes[..], [note] if (note.column, note.rows) == ("birth_date", 400)), "{:?}", register.notes);
}

#[test]
fn a_long_file_is_read_to_its_first_fault_and_its_bytes_only_grow() {
    let file = |rows: usize, fault: usize| {
        let row = |at: usize| Somebody::of(at as u64).csv(&if at == fault { String::new() } else { at.to_string() });
        format!("{}{}", made_up::HEADER, (0..rows).map(row).collect::<String>())
    };
    for rows in [1, 1_023, 1_024, 1_025, 4_096, 9_000] {
        let (text, mut seen) = (file(rows, usize::MAX), vec![0]);
        assert_eq!(read(text.as_bytes(), |bytes| seen.push(bytes)).unwrap().len(), rows);
        assert!(seen.is_sorted() && seen.last() == Some(&(text.len() as u64)), "{rows}: {seen:?}");
    }
    for fault in [0, 1_024, 8_999] {
        let found = read(file(9_000, fault).as_bytes(), |_| {});
        assert!(matches!(found, Err(Refusal::NoId(line)) if line == fault as u64 + 2), "row {fault}");
    }
}

#[test]
fn what_one_person_has_many_times_over_or_a_hostel_shares_or_a_year_stands_for_is_kept() {
    for change in [
        |s: &mut Somebody| *s = Somebody { phone: s.phone.clone(), ..Somebody::of(7) },
        |s: &mut Somebody| "0501112233".clone_into(&mut s.phone),
        |s: &mut Somebody| s.birth_date.replace_range(4.., "-01-01"),
    ] {
        let register = with_placeholders(25, change);
        assert_eq!(register.notes, [], "nothing is lost");
    }
}

#[test]
fn a_reader_that_fails_is_reported() {
    struct Broken;
    impl std::io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    assert!(matches!(read(Broken, |_| {}), Err(Refusal::Io(_))));
}
