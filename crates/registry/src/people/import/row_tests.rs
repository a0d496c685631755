use super::{
    finding::Expected,
    layout::{Column, Layout, WrongHeader},
    row::{self, Reading},
    setting::{Place, Setting},
};
use csv::ByteRecord;
use proptest::prelude::*;
use std::collections::HashMap;
use values::id::OfficeId;

const GOOD: [(&str, &str); 14] = [
    ("rec_id", "1"),
    ("reg_no", "R000000001"),
    ("fin", "BPK5ER0"),
    ("first_name", "Vüqar"),
    ("last_name", "Bəşirov"),
    ("father_name", "Əli"),
    ("sex", "M"),
    ("birth_date", "1990-04-09"),
    ("rayon", "Mingəçevir"),
    ("phone", "0513580221"),
    ("education", "secondary"),
    ("household_size", "5"),
    ("registered_on", "2021-10-19"),
    ("income_azn", "107.11"),
];

fn setting() -> Setting {
    let place = |name: &str, code: &str, office| (name.to_owned(), Some(Place { code: code.to_owned(), office }));
    Setting {
        today: "2024-09-02".parse().unwrap(),
        least_age: 15,
        source: "registry".to_owned(),
        office: None,
        places: HashMap::from([
            place("mingajavir", "MI", Some(OfficeId(901))),
            place("agdara", "AGD", None),
            ("tan".to_owned(), None),
        ]),
        groups: vec![(Column::Disability, "DISAB".to_owned())],
    }
}

fn layout() -> Layout {
    Layout::read(&ByteRecord::from(Column::ALL.map(Column::name).to_vec())).unwrap()
}

fn record(changes: &[(&str, &[u8])]) -> ByteRecord {
    let value = |column: Column| {
        let changed = changes.iter().find(|(name, _)| *name == column.name()).map(|(_, value)| value.to_vec());
        let good = GOOD.iter().find(|(name, _)| *name == column.name()).map(|(_, value)| value.as_bytes().to_vec());
        changed.or(good).unwrap_or_default()
    };
    ByteRecord::from(Column::ALL.map(value).to_vec())
}

fn read(column: &str, value: &[u8]) -> Reading {
    row::read(2, &record(&[(column, value)]), &layout(), &setting())
}

/// One column of a good row written otherwise: the faults and the warnings that follow.
fn check(column: &str, value: &str, faults: &[Expected], warnings: &[Expected]) {
    let reading = read(column, value.as_bytes());
    let found: Vec<_> = reading.faults.iter().map(|fault| (fault.column, fault.expected)).collect();
    let wished: Vec<_> = faults.iter().map(|expected| (column, *expected)).collect();
    assert_eq!(found, wished, "{column} = {value:?}");
    assert_eq!(reading.warnings.iter().map(|w| w.expected).collect::<Vec<_>>(), warnings, "{column} = {value:?}");
    assert_eq!(reading.person.is_some(), faults.is_empty(), "{column} = {value:?}");
}

#[test]
fn a_good_row_becomes_a_person() {
    let person = read("tsa", b"false").person.unwrap();
    assert_eq!((person.surname.as_str(), person.given_name.as_str(), person.patronymic.as_str()), ("Bəşirov", "Vüqar", "Əli"));
    assert_eq!((person.residence.as_deref(), person.office), (Some("MI"), OfficeId(901)));
    assert_eq!(person.protected.fin.as_deref(), Some("BPK5ER0"));
    assert_eq!(person.protected.phone.as_deref(), Some("+994513580221"));
    assert_eq!((person.education.as_deref(), person.income), (Some("SECONDARY"), Some(10_711)));
    assert_eq!(person.spells.len(), 1);
}

#[test]
fn what_keeps_a_row_out_and_what_only_warns() {
    use Expected::*;
    check("reg_no", "", &[Filled], &[]);
    check("first_name", "", &[Filled], &[]);
    check("last_name", "123", &[Letters], &[]);
    check("father_name", "", &[], &[]);
    check("sex", "", &[Filled], &[]);
    check("sex", "X", &[Sex], &[]);
    check("birth_date", "", &[], &[]);
    check("birth_date", "1991-02-29", &[Date], &[]);
    check("birth_date", "09.04.1990", &[Date], &[]);
    check("birth_date", "1990-4-9", &[Date], &[]);
    check("birth_date", "1899-12-31", &[DateInRange], &[]);
    check("birth_date", "2006-10-19", &[], &[]);
    check("birth_date", "2006-10-20", &[Age { years: 15 }], &[]);
    check("birth_date", "2030-01-01", &[Age { years: 15 }], &[]);
    check("registered_on", "", &[Filled], &[]);
    check("registered_on", "2024-09-02", &[], &[]);
    check("registered_on", "2024-09-03", &[NotAfterToday], &[]);
    check("registered_on", "2024-13-01", &[Date], &[]);
    check("rayon", "MİNGƏÇEVİR", &[], &[]);
    check("rayon", "Мингечевир", &[], &[]);
    check("rayon", "Mingachevir", &[], &[]);
    check("rayon", "", &[Place], &[]);
    check("rayon", "Atlantis", &[Place], &[]);
    check("rayon", "Tan", &[Place], &[]);
    check("rayon", "Ağdərə", &[Office], &[]);
    check("education", "PhD", &[OneOf(crate::people::codes::EDUCATION)], &[]);
    check("disability", "true", &[], &[]);
    check("disability", "yes", &[TrueOrFalse], &[]);
    check("household_size", "0", &[Whole { least: 1, most: 50 }], &[]);
    check("household_size", "five", &[Whole { least: 1, most: 50 }], &[]);
    check("unemployed_months", "721", &[Whole { least: 0, most: 720 }], &[]);
    check("income_azn", "-5", &[Money], &[]);
    check("income_azn", "a lot", &[Money], &[]);
    check("language", "Azerbaijani", &[Language], &[]);
    check("occupation_code", "12a", &[OccupationCode], &[]);
    check("first_name", &"Ə".repeat(101), &[AtMost { characters: 100 }], &[]);
    check("address", "küç. 1\u{0}", &[NoControlCharacters], &[]);
    check("fin", "", &[], &[]);
    check("fin", "BPK5ERO", &[], &[Fin]);
    check("fin", "BPK5", &[], &[Fin]);
    check("phone", "12", &[], &[Phone]);
    check("email", "nobody", &[], &[Email]);
    check("iban", "AZ", &[], &[Iban]);
}

#[test]
fn a_group_follows_from_its_column() {
    let person = read("disability", b"true").person.unwrap();
    assert_eq!(person.groups.len(), 1);
    assert_eq!((person.groups[0].code.as_str(), person.groups[0].valid_from), ("DISAB", person.registered_on));
    // A programme without the group keeps the person all the same.
    assert!(read("idp", b"true").person.unwrap().groups.is_empty());
}

#[test]
fn bytes_that_are_not_utf8_are_named_by_their_column() {
    let reading = read("last_name", b"B\xc9\x99\xff");
    assert_eq!((reading.faults[0].column, reading.faults[0].expected), ("last_name", Expected::Utf8));
    assert!(reading.person.is_none());
}

#[test]
fn a_row_of_another_width_is_one_fault_of_the_whole_row() {
    let reading = row::read(2, &ByteRecord::from(vec!["1", "2"]), &layout(), &setting());
    assert_eq!((reading.faults[0].column, reading.faults[0].found.as_str()), ("", "2"));
    assert_eq!(reading.faults[0].expected, Expected::Columns { count: 28 });
}

#[test]
fn an_office_for_all_stands_above_the_place() {
    let all = Setting { office: Some(OfficeId(7)), ..setting() };
    let person = |rayon: &str| row::read(2, &record(&[("rayon", rayon.as_bytes())]), &layout(), &all).person;
    assert_eq!(person("Mingəçevir").unwrap().office, OfficeId(7));
    assert_eq!(person("").unwrap().residence, None);
    assert!(person("Atlantis").is_none());
}

#[test]
fn the_same_row_has_the_same_digest_in_any_column_order() {
    let (there, back) = (layout(), Column::ALL.map(Column::name).into_iter().rev().collect::<Vec<_>>());
    let turned: Vec<Vec<u8>> = record(&[]).iter().rev().map(<[u8]>::to_vec).collect();
    let back = Layout::read(&ByteRecord::from(back)).unwrap();
    let digest = |record: &ByteRecord, layout: &Layout| row::read(2, record, layout, &setting()).person.unwrap().source_digest;
    assert_eq!(digest(&record(&[]), &there), digest(&ByteRecord::from(turned), &back));
    assert_ne!(digest(&record(&[]), &there), digest(&record(&[("address", b"elsewhere")]), &there));
    // The number of the row in the extract says nothing about the person.
    assert_eq!(digest(&record(&[]), &there), digest(&record(&[("rec_id", b"77")]), &there));
}

#[test]
fn a_header_says_what_is_wrong_with_it() {
    let check = |header: &[u8], expected: &str| {
        let fields: Vec<&[u8]> = header.split(|byte| *byte == b',').collect();
        let wrong = Layout::read(&ByteRecord::from(fields)).map(|_| ()).map_err(|wrong: WrongHeader| wrong.to_string());
        assert!(wrong.clone().unwrap_err().contains(expected), "{wrong:?} lacks {expected:?}");
    };
    check(b"", "the file is empty");
    check(b"\xff\xferec_id", "UTF-16");
    check(b"rec_id,\xe9", "not UTF-8");
    check(b"rec_id;reg_no;fin", "';', expected a comma");
    check(b"rec_id,reg_no", "missing: fin,first_name");
    check(b"reg_no,reg_no", "column reg_no stands twice");
}

proptest! {
    #[test]
    fn any_bytes_are_read_and_a_row_that_is_out_says_why(
        fields in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..24), 0..32),
    ) {
        let reading = row::read(2, &ByteRecord::from(fields), &layout(), &setting());
        prop_assert_eq!(reading.person.is_none(), !reading.faults.is_empty());
    }

    #[test]
    fn one_wild_column_of_a_good_row_never_panics(at in 0usize..28, value in proptest::collection::vec(any::<u8>(), 0..40)) {
        let column = Column::ALL[at].name();
        let reading = read(column, &value);
        prop_assert_eq!(reading.person.is_none(), !reading.faults.is_empty());
        prop_assert!(reading.faults.iter().all(|fault| fault.column == column || fault.column == "birth_date"));
    }
}
