//! Who gets which seat: points, shares, and the allocation that makes the most of both. Pure.

use super::types::{Candidate, Ceiling, Distance, Floor, Outcome, Placed, Points, Proposal, Room, Terms, Why};
use allocation::{Allocation, Choice, Cohort, Instance, LeftOut, MinShare, Person, Reason, Refusal, Share};
use anyhow::{Context, Result};
use platform::keys::sha256;

/// A group with the share of the seats that is meant for it, in per cent.
pub type Percentage = (&'static str, i64);

/// What a seat in a cohort is worth for somebody.
pub fn value(terms: &Terms, candidate: &Candidate, room: &Room) -> i64 {
    let Points { seat, priority, week_waited, weeks_counted, near, in_region, language, soon } = terms.points;
    let of = |holds: bool, points: i64| if holds { points } else { 0 };
    let distance = match candidate.distance {
        _ if room.online => near,
        Distance::SamePlace => near,
        Distance::SameRegion => in_region,
        Distance::Elsewhere => 0,
    };
    let weeks_until = (room.starts_on - terms.as_of).num_weeks().max(0);
    seat + of(candidate.priority, priority)
        + week_waited * i64::from(candidate.waited_weeks).clamp(0, weeks_counted)
        + distance
        + of(room.language.as_deref() == Some(candidate.language.as_str()), language)
        + (soon - weeks_until).max(0)
}

/// The shares in whole numbers for those who wait. A share never leaves a seat empty: where too few of a group wait, its
/// least share is what they can fill; where nobody else waits, its greatest is all that is left.
pub fn shares(candidates: &[Candidate], rooms: &[Room], least: &[Percentage], most: &[Percentage]) -> (Vec<Floor>, Vec<Ceiling>) {
    let waiting = candidates.len() as i64;
    let filled = rooms.iter().map(|room| i64::from(room.free)).sum::<i64>().min(waiting);
    let of_group = |group: &str| candidates.iter().filter(|candidate| candidate.is_in(group)).count() as i64;
    let floor = |&(group, percent): &Percentage| {
        let parts = (filled * percent / 100).min(of_group(group));
        Floor { group: group.to_owned(), parts, of: filled }
    };
    let ceiling = |&(group, percent): &Percentage| {
        let (share, others) = ((filled * percent + 99) / 100, waiting - of_group(group));
        Ceiling { group: group.to_owned(), people: share.max(filled - others) }
    };
    let floors = least.iter().map(floor).filter(|floor| floor.parts > 0).collect();
    (floors, most.iter().map(ceiling).collect())
}

/// Fills the seats. The same terms, candidates and seed give the same proposal.
pub fn propose(terms: &Terms, candidates: &[Candidate], seed: &str) -> Result<Proposal> {
    let instance = instance(terms, candidates)?;
    let found = allocation::allocate(&instance, number(seed), &|| false);
    let placed = candidates.iter().zip(&found.chosen).map(|(candidate, chosen)| {
        let room = chosen.and_then(|choice| terms.rooms.get(choice as usize))?;
        let outcome = Outcome::Seat { cohort: room.cohort, value: value(terms, candidate, room) };
        Some(Placed { case: candidate.case, outcome })
    });
    let mut placed: Vec<Option<Placed>> = placed.collect();
    for left in &found.left_out {
        placed[left.person as usize] = Some(without(terms, candidates, left));
    }
    let Allocation { objective, bound, .. } = found;
    Ok(Proposal {
        placed: placed.into_iter().collect::<Option<_>>().context("somebody who has neither a seat nor a reason")?,
        value: i64::try_from(objective)?,
        bound: i64::try_from(bound)?,
    })
}

fn instance(terms: &Terms, candidates: &[Candidate]) -> Result<Instance, Refusal> {
    let person = |candidate: &Candidate| Person {
        id: candidate.case.to_string(),
        groups: candidate.groups.clone(),
        choices: (0..)
            .zip(&terms.rooms)
            .map(|(cohort, room)| Choice { cohort, value: value(terms, candidate, room), cost: 0 })
            .collect(),
    };
    let cohort = |room: &Room| Cohort { id: room.cohort.to_string(), seats: i64::from(room.free) };
    let share = |floor: &Floor| Some(MinShare { group: floor.group.clone(), share: Share::new(floor.parts, floor.of)? });
    let most = |ceiling: &Ceiling| allocation::Maximum { group: ceiling.group.clone(), people: ceiling.people };
    Instance::new(
        candidates.iter().map(person).collect(),
        terms.rooms.iter().map(cohort).collect(),
        None,
        terms.ceilings.iter().map(most).collect(),
        terms.floors.iter().filter_map(share).collect(),
    )
}

fn without(terms: &Terms, candidates: &[Candidate], left: &LeftOut) -> Placed {
    let why = match &left.reason {
        Reason::Maximum(group) => Why::Most(group.clone()),
        Reason::MinShare(group) => Why::Least(group.clone()),
        Reason::Seats | Reason::Budget | Reason::NoSuitableCohort | Reason::NoGain => Why::Seats,
    };
    let candidate = &candidates[left.person as usize];
    let room = left.nearest.and_then(|choice| terms.rooms.get(choice as usize));
    let needed = room.and_then(|room| left.value_needed.filter(|needed| *needed > value(terms, candidate, room)));
    Placed { case: candidate.case, outcome: Outcome::Without { why, nearest: room.map(|room| room.cohort), needed } }
}

/// The number of a published seed: the first eight bytes of its SHA-256, big-endian.
fn number(seed: &str) -> u64 {
    let mut first = [0; 8];
    first.copy_from_slice(&sha256(seed.as_bytes())[..8]);
    u64::from_be_bytes(first)
}

/// SHA-256 over the JSON of the terms, the candidates and their places, each in the order of the case ids: what makes a
/// proposal that was changed afterwards visible.
pub fn digest(terms: &Terms, candidates: &[Candidate], placed: &[Placed]) -> Result<[u8; 32]> {
    let text = serde_json::to_string(&(terms, candidates, placed)).context("writing a proposal for its digest")?;
    Ok(sha256(text.as_bytes()))
}

impl Candidate {
    fn is_in(&self, group: &str) -> bool {
        self.groups.iter().any(|code| code == group)
    }
}
