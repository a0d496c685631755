use super::{
    Blocker, KEYS,
    tag::Lanes,
    walk::{MOST, MOST_ALONE},
};
use crate::{
    Register, key,
    made_up::{Draw, HEADER, Somebody},
    names::Names,
    normalise, read,
};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A register whose values all stay as they are, however many have them.
fn register(people: impl IntoIterator<Item = Somebody>) -> Register {
    let people: Vec<Somebody> = people.into_iter().collect();
    let rows: String = people.iter().zip(0..).map(|(person, at): (_, u32)| person.csv(&at.to_string())).collect();
    let mut register = read(format!("{HEADER}{rows}").as_bytes(), |_| {}).unwrap();
    for (person, typed) in register.people.iter_mut().zip(&people) {
        (person.fin, person.doc) = (normalise::fin(&typed.fin), normalise::document(&typed.doc_no));
        person.born = normalise::born(&typed.birth_date).unwrap_or_default();
    }
    register
}

/// The pairs that a register's blocks give, each the lower record first; every one must come once.
fn pairs(register: &Register) -> (BTreeSet<(u32, u32)>, u64) {
    let blocker = Blocker::new(register, 1);
    let found = blocker.pairs(Vec::new, |own, a, b| own.push((a.min(b), a.max(b))), |_| {});
    let found: Vec<(u32, u32)> = found.into_iter().flatten().collect();
    let set: BTreeSet<(u32, u32)> = found.iter().copied().collect();
    assert_eq!(set.len(), found.len(), "a pair came twice");
    (set, blocker.passed_over())
}

fn agreement(register: &Register, a: u32, b: u32) -> u16 {
    key::agreement(Names::of(&register.lists), &register.people[a as usize], &register.people[b as usize])
}

/// The place of the first key that two records share.
fn first_key(agree: u16) -> Option<usize> {
    KEYS.iter().position(|&(parts, _)| agree & parts == parts)
}

/// People of few different values each, some of them missing: their blocks overlap in every way.
fn crowd(count: usize, seed: u64, values: usize, missing: usize) -> Vec<Somebody> {
    let mut draw = Draw(seed);
    let mut one_of = |name: &str| {
        if draw.percent(missing) {
            String::new()
        } else {
            format!("{name}{}", ["a", "ben", "rusd", "mix", "polt", "kez", "dur", "nov"][draw.below(values)])
        }
    };
    let person = |_| Somebody {
        fin: one_of("FIN"),
        first_name: one_of("Giv"),
        last_name: one_of("Sur"),
        father_name: one_of("Fat"),
        sex: "M".to_owned(),
        birth_date: match one_of("").len() {
            0 => String::new(),
            n => format!("19{}0-0{n}-1{n}", 4 + one_of("").len()),
        },
        rayon: one_of("Pla"),
        address: one_of("street"),
        phone: match one_of("").len() {
            0 => String::new(),
            n => format!("050123456{n}"),
        },
        doc_no: one_of("AA"),
    };
    (0..count).map(person).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_pair_that_shares_a_key_is_met_once_unless_too_many_share_all_on_which_it_agrees(
        count in 2_usize..260, seed in 0_u64..1_000_000, values in 1_usize..9, missing in 0_usize..90,
    ) {
        let register = register(crowd(count, seed, values, missing));
        let (met, passed_over) = pairs(&register);
        let rows = &register.rows;
        let mut left_out = false;
        for (at, &a) in rows.iter().enumerate() {
            for &b in &rows[at + 1..] {
                let agree = agreement(&register, a, b);
                let Some(first) = first_key(agree) else {
                    prop_assert!(!met.contains(&(a, b)), "no key is shared");
                    continue;
                };
                if met.contains(&(a, b)) {
                    continue;
                }
                left_out = true;
                let (parts, _) = KEYS[first];
                let further = agree & Lanes::of(first).parts_from(0);
                let sharing = rows.iter().filter(|&&other| agreement(&register, a, other) & (parts | further) == parts | further);
                let least = if further == 0 { MOST_ALONE } else { MOST };
                let sharing = sharing.count();
                prop_assert!(sharing > least, "{sharing} share {agree:b} of key {first}");
            }
        }
        prop_assert!(!left_out || passed_over > 0, "what is left out is counted");
    }
}

#[test]
fn the_parts_on_which_a_pair_may_agree_beyond_its_first_key_are_all_at_hand() {
    for agree in 0..1 << key::PARTS {
        if let Some(first) = first_key(agree) {
            let (parts, _) = KEYS[first];
            assert_eq!(agree & !parts & !key::SEX, agree & Lanes::of(first).parts_from(0), "{agree:b}");
        }
    }
}

#[test]
fn names_that_everybody_bears_hide_nobody_and_cost_little() {
    let mut draw = Draw(5);
    let mut people: Vec<Somebody> = Vec::new();
    for number in 0..4_000 {
        let (first_name, last_name, father_name) = ("Əli".to_owned(), "Məmmədov".to_owned(), "Həsən".to_owned());
        let person = Somebody { first_name, last_name, father_name, ..Somebody::of(number) };
        people.push(person.clone());
        if draw.percent(10) {
            people.push(Somebody { fin: String::new(), address: String::new(), phone: String::new(), ..person });
        }
    }
    let twins: Vec<(u32, u32)> =
        (1..people.len()).filter(|&at| people[at].fin.is_empty()).map(|at| (at as u32 - 1, at as u32)).collect();
    let rows = people.len() as u64;
    let (met, passed_over) = pairs(&register(people));
    assert!(twins.len() > 300 && twins.iter().all(|pair| met.contains(pair)));
    assert!((met.len() as u64) < 30 * rows && passed_over > rows * rows / 3, "{} pairs of {rows} rows", met.len());
}

#[test]
fn somebody_written_many_times_over_is_chained_from_row_to_row() {
    for (rows, other) in [(12, 0), (40, 0), (40, 30), (200, 0), (200, 90)] {
        let moved = |at: u64| Somebody { address: format!("ev {at}"), phone: Somebody::of(at).phone, ..Somebody::of(7) };
        let strangers = (0..other).map(|at| Somebody { fin: Somebody::of(7).fin, ..Somebody::of(1_000 + at) });
        let register = register((0..rows).map(moved).chain(strangers));
        let (met, _) = pairs(&register);
        let mut reached = BTreeSet::from([0]);
        while let Some(&(a, b)) =
            met.iter().find(|(a, b)| *a < rows as u32 && *b < rows as u32 && reached.contains(a) != reached.contains(b))
        {
            reached.extend([a, b]);
        }
        assert_eq!(reached.len() as u64, rows, "{rows} rows hang together beside {other} others");
    }
}

#[test]
fn rows_of_one_person_of_whom_a_few_name_another_father_hang_together() {
    let of = |at: u64| Somebody {
        father_name: if at < 10 { "Rəşad".to_owned() } else { "Həsən".to_owned() },
        birth_date: String::new(),
        rayon: String::new(),
        doc_no: String::new(),
        address: format!("ev {at}"),
        phone: Somebody::of(at).phone,
        ..Somebody::of(7)
    };
    let (met, _) = pairs(&register((0..200).map(of)));
    let mut reached = BTreeSet::from([100]);
    while let Some(&(a, b)) = met.iter().find(|(a, b)| reached.contains(a) != reached.contains(b)) {
        reached.extend([a, b]);
    }
    assert!(reached.len() >= 190, "{} of 200 hang together", reached.len());
}
