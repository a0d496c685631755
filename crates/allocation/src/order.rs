//! The order in which people and cohorts are looked at, which decides between equals.
//!
//! It comes from what they are, mixed with the seed, by a few rounds of colour refinement (Weisfeiler and Leman 1968);
//! so neither the order of rows nor the names say who comes first. Only between those whom refinement cannot tell
//! apart do seed and id decide.

use crate::instance::Instance;
use hashbrown::HashMap;

const ROUNDS: usize = 2;

/// The order of people and of cohorts, as places in the instance's lists.
pub(crate) struct Order {
    pub people: Vec<u32>,
    pub cohorts: Vec<u32>,
}

/// Finds the order for a seed.
pub(crate) fn order(instance: &Instance, seed: u64) -> Order {
    let groups = group_colours(instance, seed);
    let of_groups: Vec<u64> = instance
        .people()
        .iter()
        .map(|person| person.groups.iter().filter_map(|group| groups.get(group.as_str())).fold(0, |sum, colour| sum ^ colour))
        .collect();
    let seats: Vec<u64> = instance.cohorts().iter().map(|cohort| mix(seed, cohort.seats as u64)).collect();
    let (mut people, mut cohorts) = (of_groups.clone(), seats.clone());
    for _ in 0..ROUNDS {
        let mut next: Vec<u64> = cohorts.iter().map(|&colour| mix(colour, 1)).collect();
        for (at, person) in instance.people().iter().enumerate() {
            let mut colour = mix(of_groups[at], 2);
            for choice in &person.choices {
                let arc = mix(choice.value as u64, mix(choice.cost as u64, 3));
                colour = colour.wrapping_add(mix(arc, cohorts[choice.cohort as usize]));
                let place = &mut next[choice.cohort as usize];
                *place = place.wrapping_add(mix(arc, mix(people[at], 4)));
            }
            people[at] = mix(colour, 5);
        }
        cohorts = next;
    }
    let id = |id: &str| id.bytes().fold(mix(seed, 6), |hash, byte| mix(hash, u64::from(byte)));
    Order {
        people: sorted(&people, |at| id(&instance.people()[at].id)),
        cohorts: sorted(&cohorts, |at| id(&instance.cohorts()[at].id)),
    }
}

fn sorted(colours: &[u64], id: impl Fn(usize) -> u64) -> Vec<u32> {
    let mut keys: Vec<(u64, u64, u32)> = (0_u32..).zip(colours).map(|(at, &colour)| (colour, id(at as usize), at)).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(.., at)| at).collect()
}

/// The limits on a group are its colour; a group without limits means nothing.
fn group_colours(instance: &Instance, seed: u64) -> HashMap<&str, u64> {
    let mut colours = HashMap::new();
    for row in instance.maxima() {
        let colour = colours.entry(row.group.as_str()).or_insert(mix(seed, 7));
        *colour = colour.wrapping_add(mix(row.people as u64, 8));
    }
    for row in instance.min_shares() {
        let colour = colours.entry(row.group.as_str()).or_insert(mix(seed, 7));
        *colour = colour.wrapping_add(mix(mix(row.share.parts as u64, row.share.of as u64), 9));
    }
    colours.values_mut().for_each(|colour| *colour = mix(*colour, 10));
    colours
}

/// Mixes two numbers into one that depends on each of their bits (the finaliser of splitmix64, Steele et al. 2014).
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let mut z = (a ^ b.wrapping_mul(0x9e37_79b9_7f4a_7c15)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
