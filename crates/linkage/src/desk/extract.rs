//! The people at a desk as a register: what its own weights are learned from.

use super::Desk;
use crate::{
    names::{List, Lists},
    normalise::{hash, mix},
    register::{Person, Register},
};
use hashbrown::HashSet;
use std::hash::Hash;

impl<Id: Copy + Eq + Hash> Desk<Id> {
    /// The people registered, as a register to [`learn`](crate::learn) from; where there are more than `most`, an even
    /// sample of about so many. It does not depend on the order in which they came.
    ///
    /// Two who are registered alike in everything are two records of it, and not a row and its copy as in a file.
    pub fn register(&self, most: usize) -> Register {
        let free: HashSet<u32> = self.free.iter().copied().collect();
        let taken = (0..self.slots.len() as u32).filter(|slot| !free.contains(slot));
        let mut people: Vec<Person> = taken.map(|slot| self.slots.get(slot).person).collect();
        for person in &mut people {
            person.content = content(&self.names, person);
        }
        people.sort_unstable_by_key(|person| person.content);
        for alike in people.chunk_by_mut(|a, b| a.content == b.content) {
            for (rank, person) in (0..).zip(alike) {
                person.content = mix(person.content, rank);
            }
        }
        let every = people.len().div_ceil(most.max(1)).max(1) as u64;
        people.retain(|person| mix(person.content, every).is_multiple_of(every));
        let mut register = Register { people, lists: self.names.clone(), ..Register::default() };
        register.settle();
        register
    }
}

/// A hash of all that was folded: names by their keys, since their numbers tell who came first.
fn content(lists: &Lists, person: &Person) -> u64 {
    let name = |list: List, number: u32| hash(lists.words(list).key(number).as_bytes());
    let parts = [
        person.fin,
        person.phone,
        person.doc,
        person.address,
        name(List::Given, person.given),
        name(List::Stem, person.stem),
        name(List::Father, person.father),
        name(List::Place, person.place),
        u64::from(person.born.0),
        u64::from(person.ending) << 16 | u64::from(person.sex) << 8 | u64::from(person.fin_verified),
    ];
    parts.into_iter().fold(0, mix)
}
