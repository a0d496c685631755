//! Values that so many different people have that they say nothing: `0000000` for a FİN, 1900-01-01 for a date of birth.
//! They count as not given, so that whoever has one does not differ from everybody else.

use crate::{
    names::{List, Names},
    normalise::Born,
    register::{Note, Person, Register, Shared, Why},
};
use hashbrown::HashMap;

/// An identifier that is one person's own says nothing if more than so many have it who are not called alike.
const MOST_OWN: u32 = 10;
/// A telephone or an address may be a hostel's; it says nothing if more have it than this and than one row in so many.
const MOST_SHARED: u32 = 200;
const ONE_ROW_IN: u32 = 200;
/// A date says nothing if so many times as many have it as have another of its kind, and so many more.
const TIMES: u32 = 10;
const MORE: u32 = 20;

/// Takes such values from everybody and notes how many had one. Holders of values must have been counted.
pub(crate) fn clear(register: &mut Register) {
    for which in [Shared::Fin, Shared::Phone, Shared::Doc, Shared::Address] {
        let most = match which {
            Shared::Fin | Shared::Doc => MOST_OWN,
            Shared::Phone | Shared::Address => MOST_SHARED.max(register.rows.len() as u32 / ONE_ROW_IN),
        };
        let many = register.shared[which as usize].iter().filter(|(_, holders)| **holders > most).map(|(&value, _)| value);
        let said = of_different_people(register, many.collect(), |person| person.shared(which));
        clear_where(register, which.column(), |person| {
            let is_empty = has(&said, person.shared(which)) && !(which == Shared::Fin && person.fin_verified);
            is_empty.then(|| person.lose(which))
        });
        recount(register, which, &said);
    }
    let said = of_different_people(register, unusual_dates(&register.lists.born), |person| person.born.0.into());
    clear_where(register, "birth_date", |person| has(&said, person.born.0.into()).then(|| person.born = Born::MISSING));
    for date in said {
        register.lists.born[date as usize] = 0;
    }
}

/// Whether a value is among sorted ones.
fn has(values: &[u64], value: u64) -> bool {
    values.binary_search(&value).is_ok()
}

/// Counts anew who holds these values, after most have lost them: a verified FİN stays.
fn recount(register: &mut Register, which: Shared, values: &[u64]) {
    let mut holders: HashMap<u64, u32> = values.iter().map(|&value| (value, 0)).collect();
    if holders.is_empty() {
        return;
    }
    for &row in &register.rows {
        if let Some(count) = holders.get_mut(&register.people[row as usize].shared(which)) {
            *count += 1;
        }
    }
    let shared = &mut register.shared[which as usize];
    for (value, count) in holders {
        if count > 1 {
            shared.insert(value, count)
        } else {
            shared.remove(&value)
        };
    }
}

/// Of these values, those whose holders are different people: no given name is that of more than half of them.
fn of_different_people(register: &Register, values: Vec<u64>, of: impl Fn(&Person) -> u64) -> Vec<u64> {
    let names = Names::of(&register.lists);
    let mut called: HashMap<u64, HashMap<u32, u32>> = values.into_iter().map(|value| (value, HashMap::new())).collect();
    if called.is_empty() {
        return Vec::new();
    }
    for &row in &register.rows {
        let person = &register.people[row as usize];
        if let Some(called) = called.get_mut(&of(person)) {
            *called.entry(names.bones(List::Given, person.given)).or_default() += 1;
        }
    }
    let differ = |called: &HashMap<u32, u32>| {
        let (most, all) = (called.values().max().copied().unwrap_or(0), called.values().sum::<u32>());
        most * 2 <= all
    };
    let mut values: Vec<u64> = called.into_iter().filter(|(_, called)| differ(called)).map(|(value, _)| value).collect();
    values.sort_unstable();
    values
}

/// Dates that far more people have than others of their kind: first days of January are one kind, since they stand for a
/// year alone, and all other days the other.
fn unusual_dates(born: &[u32]) -> Vec<u64> {
    let dates = (1..).zip(&born[1..]).filter(|(_, holders)| **holders > 0).map(|(date, holders)| (Born(date), *holders));
    let (first, other): (Vec<_>, Vec<_>) = dates.partition(|(date, _)| date.is_default());
    // Of a date that is the only one of its kind the other kind tells what is usual.
    let usual = |kind: &[(Born, u32)], beside: &[(Born, u32)]| median(if kind.len() > 1 { kind } else { beside });
    let (of_first, of_other) = (usual(&first, &other), usual(&other, &first));
    let unusual = |kind: Vec<(Born, u32)>, usual: u32| {
        let most = usual.saturating_mul(TIMES).saturating_add(MORE);
        kind.into_iter().filter(move |(_, holders)| *holders > most).map(|(date, _)| u64::from(date.0))
    };
    unusual(first, of_first).chain(unusual(other, of_other)).collect()
}

/// The lower median of the numbers of holders.
fn median(dates: &[(Born, u32)]) -> u32 {
    let mut holders: Vec<u32> = dates.iter().map(|(_, holders)| *holders).collect();
    holders.sort_unstable();
    holders.get(holders.len().saturating_sub(1) / 2).copied().unwrap_or(0)
}

/// Clears a value where it is told to be empty, in all rows and their copies, and notes it.
fn clear_where(register: &mut Register, column: &'static str, mut clear: impl FnMut(&mut Person) -> Option<()>) {
    let (mut rows, mut first) = (0, None);
    for (person, at) in register.people.iter_mut().zip(0..) {
        if clear(person).is_some() {
            rows += 1;
            first = first.or(Some(at));
        }
    }
    if let Some(first) = first {
        let row = (!register.ids.is_empty()).then(|| register.ids.get(first).to_owned());
        register.notes.push(Note { column, rows, why: Why::Everybodys { row } });
    }
}
