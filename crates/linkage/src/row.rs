//! One person as typed, folded into a small record.

use crate::{
    names::{List, Lists},
    normalise::{self, Born, hash},
    register::Person,
};
use hashbrown::HashMap;
use values::{
    name::{self, Patronymic, Surname},
    text,
};

/// One person as an office wrote it down. An empty text is a value not given.
///
/// Nothing is refused: what cannot be read (a date such as `unknown`) counts as not given. No `Debug`, so that no log
/// carries a person.
#[derive(Clone, Copy, Default)]
pub struct Row<'a> {
    /// The FİN in any case, O for 0 and I for 1 and Cyrillic look-alikes allowed.
    pub fin: &'a str,
    /// Whether the state's register confirmed the FİN for this person.
    pub fin_verified: bool,
    /// The given name, perhaps with the patronymic after it.
    pub first_name: &'a str,
    /// The surname.
    pub last_name: &'a str,
    /// The father's name, with or without *oğlu* or *qızı*.
    pub father_name: &'a str,
    /// The sex by its first letter in Azerbaijani, English or Russian.
    pub sex: &'a str,
    /// `1985-03-21`, `21.03.1985`, `21/03/1985`, `19850321` or `1985`.
    pub birth_date: &'a str,
    /// The city or rayon.
    pub rayon: &'a str,
    /// The address within it.
    pub address: &'a str,
    /// The telephone, with or without the country's code.
    pub phone: &'a str,
    /// The number of the identity document.
    pub doc_no: &'a str,
}

/// What was folded once is looked up by its hash the next time.
#[derive(Default)]
pub(crate) struct Folding {
    given: HashMap<u64, (u32, u32)>,
    surnames: HashMap<u64, (u32, u8)>,
    fathers: HashMap<u64, u32>,
    places: HashMap<u64, (u32, u64)>,
}

impl Folding {
    /// A person of a register, whose names are added to its lists. `content` is left for the caller.
    pub fn person(&mut self, row: &Row<'_>, lists: &mut Lists) -> Person {
        let number = &mut |list: List, key: &str| lists.number(list, key);
        let given = *known(&mut self.given, row.first_name, |typed| given(typed, number));
        let surname = *known(&mut self.surnames, row.last_name, |typed| surname(typed, number));
        let father = *known(&mut self.fathers, row.father_name, |typed| father(typed, number));
        let place = *known(&mut self.places, row.rayon, |typed| place(typed, number));
        person(row, given, surname, father, place)
    }
}

/// A person who is only asked about: `number` finds or makes up the numbers of names.
pub(crate) fn asked(row: &Row<'_>, number: &mut dyn FnMut(List, &str) -> u32) -> Person {
    let given = given(row.first_name.trim(), number);
    let surname = surname(row.last_name.trim(), number);
    let father = father(row.father_name.trim(), number);
    let place = place(row.rayon.trim(), number);
    person(row, given, surname, father, place)
}

fn person(
    row: &Row<'_>,
    (given, father_with_given): (u32, u32),
    (stem, ending): (u32, u8),
    father: u32,
    (place, place_key): (u32, u64),
) -> Person {
    Person {
        content: 0,
        fin: normalise::fin(row.fin),
        phone: normalise::phone(row.phone),
        doc: normalise::document(row.doc_no),
        address: normalise::address(row.address, place_key),
        given,
        stem,
        father: if father == 0 { father_with_given } else { father },
        born: normalise::born(row.birth_date).unwrap_or(Born::MISSING),
        place,
        ending,
        sex: normalise::sex(row.sex),
        fin_verified: row.fin_verified,
    }
}

/// The value of a text: looked up, or made and kept.
fn known<'a, T>(kept: &'a mut HashMap<u64, T>, typed: &str, make: impl FnOnce(&str) -> T) -> &'a T {
    let typed = typed.trim();
    kept.entry(hash(typed.as_bytes())).or_insert_with(|| make(typed))
}

/// The given name's number and, where a patronymic was typed into the same field, the father's.
fn given(typed: &str, number: &mut dyn FnMut(List, &str) -> u32) -> (u32, u32) {
    let (given, patronymic) = name::split_given(typed);
    let father = patronymic.map_or(0, |patronymic| number(List::Father, &patronymic.key()));
    (number(List::Given, &text::fold(&given)), father)
}

fn surname(typed: &str, number: &mut dyn FnMut(List, &str) -> u32) -> (u32, u8) {
    if typed.is_empty() {
        return (0, 0);
    }
    let surname = Surname::parse(typed);
    (number(List::Stem, &surname.stem), surname.ending as u8 + 1)
}

fn father(typed: &str, number: &mut dyn FnMut(List, &str) -> u32) -> u32 {
    number(List::Father, &Patronymic::parse(typed).key())
}

fn place(typed: &str, number: &mut dyn FnMut(List, &str) -> u32) -> (u32, u64) {
    let key = normalise::place(typed);
    (number(List::Place, &key), if key.is_empty() { 0 } else { hash(key.as_bytes()) })
}
