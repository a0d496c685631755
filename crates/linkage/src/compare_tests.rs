use crate::{
    Field, Register,
    compare::Comparer,
    normalise, read,
    slips::{self, born, name_level},
};
use proptest::prelude::*;

/// The level of a field in words.
fn words(field: Field, level: u8) -> &'static str {
    if level == 0 { "missing" } else { field.levels()[usize::from(level) - 1] }
}

#[test]
fn two_dates_of_birth_agree_as_far_as_a_slip_explains() {
    let check = |a: &str, b: &str, expected: &str| {
        let read = |text: &str| normalise::born(text).unwrap_or_default();
        assert_eq!(words(Field::Born, born(read(a), read(b))), expected, "{a} {b}");
        assert_eq!(words(Field::Born, born(read(b), read(a))), expected, "{b} {a}");
    };
    check("1985-03-21", "1985-03-21", "same");
    check("1985-03-12", "1985-12-03", "day and month swapped");
    check("1985-03-21", "1986-03-21", "one digit differs");
    check("1985-03-21", "1975-03-21", "one digit differs");
    check("1985-03-21", "1985-03-24", "one digit differs");
    check("1985-03-21", "1985-01-01", "only the year known, and same");
    check("1985-03-21", "1985", "only the year known, and same");
    check("1985-03-21", "1985-03-14", "same year and month or day");
    check("1985-03-21", "1985-11-21", "same year and month or day");
    check("1985-03-21", "1992-03-21", "same day and month");
    check("1985-03-21", "1996-03-21", "same day and month");
    check("1985-03-21", "1985-11-30", "same year");
    check("1985-03-21", "1986-11-30", "differs");
    check("1985-03-21", "1996-11-30", "far apart");
    check("1985-01-01", "1996-01-01", "far apart"); // a day that nobody knew agrees with nothing
    check("1985-03-21", "", "missing");
}

#[test]
fn two_names_agree_as_far_as_a_slip_explains() {
    let check = |a: &str, b: &str, expected: &str| {
        assert_eq!(words(Field::Given, name_level(a, b)), expected, "{a} {b}");
        assert_eq!(words(Field::Given, name_level(b, a)), expected, "{b} {a}");
    };
    check("gulnara", "gulnar", "one letter differs");
    check("mamad", "mamda", "one letter differs");
    check("mamad", "mamat", "one letter differs");
    check("husain", "hasan", "differs");
    check("gulnara", "gulnaz", "similar");
    check("m", "mamad", "initial or shortened");
    check("abd", "abdulah", "initial or shortened");
    check("m", "gulnara", "differs");
    check("ali", "vali", "one letter differs");
    check("anar", "rasim", "differs");
}

/// The levels of the two rows of a table.
fn levels(rows: &str) -> (Register, impl Fn(Field) -> &'static str + use<>) {
    let header = "rec_id,fin,first_name,last_name,father_name,sex,birth_date,rayon,address,phone,doc_no\n";
    let register = read(format!("{header}{rows}").as_bytes(), |_| {}).unwrap();
    let found = Comparer::of(&register).compare(&register.people[0], &register.people[1]);
    let reversed = Comparer::of(&register).compare(&register.people[1], &register.people[0]);
    assert_eq!(found, reversed);
    (register, move |field| words(field, found.levels[field as usize]))
}

#[test]
fn a_row_and_its_second_writing_agree() {
    let (_, at) = levels(
        "1,7X1A9R0,Vüqar,Məmmədov,Əli oğlu,M,1985-03-21,Bakı,küç. 1 ev 2,0501234567,AA1\n\
         2,7XIA9R0,Вугар,Mammadzade,Ali,M,21.03.1985,Bakı şəhəri,küç. 1 ev 2,+994 50 123 45 68,AA2\n",
    );
    assert_eq!(at(Field::Fin), "same");
    assert_eq!(at(Field::Given), "same");
    assert_eq!(at(Field::Surname), "ending differs");
    assert_eq!(at(Field::WomansSurname), "missing");
    assert_eq!(at(Field::Father), "same");
    assert_eq!(at(Field::Born), "same");
    assert_eq!(at(Field::Place), "same");
    assert_eq!(at(Field::Address), "same");
    assert_eq!(at(Field::Phone), "one digit differs");
    assert_eq!(at(Field::Document), "differs");
}

#[test]
fn mixed_letters_a_patronymic_in_the_wrong_field_and_swapped_names_are_seen_through() {
    let (_, at) = levels("1,,Pərviz Əli oğlu,Məmmədova,,F,,,,,\n2,,Рərviz,Mәммәdova,Əli,F,,,,,\n");
    assert_eq!((at(Field::Given), at(Field::WomansSurname), at(Field::Father)), ("same", "same", "same"));
    assert_eq!((at(Field::Fin), at(Field::Born), at(Field::Phone)), ("missing", "missing", "missing"));
    let (_, at) = levels("1,,Vüqar,Məmmədov,,M,,,,,\n2,,Məmmədov,Vüqar,,M,,,,,\n");
    assert_eq!((at(Field::Given), at(Field::Surname)), ("swapped", "swapped"));
}

#[test]
fn a_fin_that_one_slip_of_the_key_explains_is_not_a_different_one() {
    for (a, b, expected) in [
        ("7X1A9R0", "7X1A9R2", "one character differs"),
        ("7X1A9R0", "7XA19R0", "one character differs"),
        ("7X1A9R0", "7X1A9R", "one character differs"),
        ("7X1A9R0", "7X1A9R05", "one character differs"),
        ("SX1A9R0", "5X1A9R0", "one character differs"),
        ("7X1A9R0", "7X1B8R0", "differs"),
        ("7X1A9R0", "X71A0R9", "differs"),
    ] {
        let (_, at) = levels(&format!("1,{a},Ali,Aliyev,,,,,,,\n2,{b},Ali,Aliyev,,,,,,,\n"));
        assert_eq!(at(Field::Fin), expected, "{a} {b}");
    }
}

/// Whether one character exchanged, left out, added or swapped with the next makes one text the other, tried one by one.
fn is_one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let left_out = |long: &[char], short: &[char]| {
        long.len() == short.len() + 1 && (0..long.len()).any(|at| [&long[..at], &long[at + 1..]].concat() == short)
    };
    let exchanged = a.len() == b.len() && a.iter().zip(&b).filter(|(x, y)| x != y).count() == 1;
    let swapped = (1..a.len()).any(|at| {
        let mut other = a.clone();
        other.swap(at - 1, at);
        other == b
    });
    a != b && (exchanged || swapped || left_out(&a, &b) || left_out(&b, &a))
}

proptest! {
    #[test]
    fn two_fins_are_one_slip_apart_as_trying_every_slip_says(a in "[0-9A-C]{7}", b in "[0-9A-C]{6,8}", at in 0_usize..7, kind in 0..5) {
        let mut near: Vec<char> = a.chars().collect();
        match kind {
            0 => near[at] = 'Z',
            1 => near.swap(at, (at + 1).min(6)),
            2 => drop(near.remove(at)),
            3 => near.insert(at, 'Z'),
            _ => near.swap(at, 6 - at),
        }
        for other in [b, near.into_iter().collect()] {
            let found = slips::one_character_apart(normalise::fin(&a), normalise::fin(&other));
            prop_assert_eq!(found, is_one_slip(&a, &other), "{} {}", a, other);
        }
    }
}
