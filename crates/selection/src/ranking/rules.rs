//! Who gets a place: statutory priority first, then the longest waiting, equals by lot; within the places of the run, the
//! quotas of call and region, the least shares of groups and the landholder cap. Values in, values out.

use super::types::{Candidate, Outcome, Placed, Reason, Terms};
use std::cmp::Reverse;

/// Places every candidate, best first. The order in which candidates are given does not matter.
///
/// A least share never sets a person with a statutory priority behind one without. The landholders who stand last give
/// way to the cap: it is kept over the whole list, counting those whom it selects.
pub fn rank(terms: &Terms, candidates: &[Candidate]) -> Vec<Placed> {
    let mut list = List::new(terms, candidates);
    list.choose();
    list.placed()
}

/// How a candidate stands while the list is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Selected(Reason),
    Behind(Reason),
    /// Gave way to the cap: not looked at again.
    Capped,
}

struct Line<'a> {
    candidate: &'a Candidate,
    priority: bool,
    /// One bit for each of the first 64 floors whose group the candidate belongs to.
    floors: u64,
    standing: Standing,
}

struct List<'a> {
    terms: &'a Terms,
    /// In order of rank.
    lines: Vec<Line<'a>>,
    /// Free seats of each bucket, and of the run.
    free: Vec<u32>,
    left: u32,
    /// Selected members of each floor's group.
    members: Vec<u32>,
}

impl<'a> List<'a> {
    fn new(terms: &'a Terms, candidates: &'a [Candidate]) -> Self {
        let line = |candidate: &'a Candidate| Line {
            candidate,
            priority: candidate.groups.iter().any(|group| terms.priority.contains(group)),
            floors: floors_of(terms, candidate),
            standing: Standing::Behind(Reason::PlacesGone),
        };
        let mut lines: Vec<Line> = candidates.iter().map(line).collect();
        lines.sort_by_key(|l| (Reverse(l.priority), l.candidate.waiting_since, l.candidate.lot, l.candidate.case));
        Self { terms, lines, free: Vec::new(), left: 0, members: Vec::new() }
    }

    /// Gives the places out again until the cap is kept. Each round takes out as many of the last landholders as must
    /// give way at the least, so the rounds are few.
    fn choose(&mut self) {
        loop {
            self.fill();
            for floor in 0..self.members.len() {
                self.raise(floor);
            }
            let (landholders, unemployed) = self.admitted();
            if self.terms.cap.allows(landholders, unemployed) {
                return;
            }
            let giving_way = self.terms.cap.least_to_give_way(landholders, unemployed).max(1);
            if !self.cap_last(giving_way) {
                return;
            }
        }
    }

    /// In order of rank, as far as places and quotas go.
    fn fill(&mut self) {
        self.free = self.terms.buckets.iter().map(|bucket| bucket.free).collect();
        self.left = self.terms.places;
        self.members = vec![0; self.terms.floors.len().min(64)];
        for at in 0..self.lines.len() {
            if self.lines[at].standing == Standing::Capped {
                continue;
            }
            match (self.left, self.room(at), self.lines[at].priority) {
                (0, _, _) => self.lines[at].standing = Standing::Behind(Reason::PlacesGone),
                (_, 0, _) => self.lines[at].standing = Standing::Behind(Reason::QuotaGone),
                (_, _, true) => self.select(at, Reason::Priority),
                (_, _, false) => self.select(at, Reason::WaitingTime),
            }
        }
    }

    /// Free seats where the candidate is counted.
    fn room(&self, at: usize) -> u32 {
        self.free.get(usize::from(self.lines[at].candidate.bucket)).copied().unwrap_or(0)
    }

    fn select(&mut self, at: usize, reason: Reason) {
        self.lines[at].standing = Standing::Selected(reason);
        self.left -= 1;
        self.free[usize::from(self.lines[at].candidate.bucket)] -= 1;
        for (floor, members) in self.members.iter_mut().enumerate() {
            *members += u32::from(self.lines[at].is_of(floor));
        }
    }

    fn give_way(&mut self, at: usize) {
        self.lines[at].standing = Standing::Behind(Reason::GaveWay);
        self.left += 1;
        self.free[usize::from(self.lines[at].candidate.bucket)] += 1;
        for (floor, members) in self.members.iter_mut().enumerate() {
            *members -= u32::from(self.lines[at].is_of(floor));
        }
    }

    /// Lets the best members of a group in who stand behind, each for the last who can give way.
    fn raise(&mut self, floor: usize) {
        for incoming in 0..self.lines.len() {
            if self.members[floor] >= self.terms.floors[floor].least {
                return;
            }
            let line = &self.lines[incoming];
            if !matches!(line.standing, Standing::Behind(_)) || !line.is_of(floor) {
                continue;
            }
            if let Some(outgoing) = self.who_gives_way(incoming, floor) {
                self.give_way(outgoing);
                self.select(incoming, Reason::LeastShare);
            }
        }
    }

    fn who_gives_way(&self, incoming: usize, floor: usize) -> Option<usize> {
        let into = &self.lines[incoming];
        let has_room = self.room(incoming) > 0;
        (0..self.lines.len()).rev().find(|at| {
            let line = &self.lines[*at];
            line.is_selected()
                && !line.is_of(floor)
                && (into.priority || !line.priority)
                && (has_room || line.candidate.bucket == into.candidate.bucket)
                && self.can_spare(line, into)
        })
    }

    /// Whether every other least share outlives the exchange.
    fn can_spare(&self, outgoing: &Line, incoming: &Line) -> bool {
        self.members
            .iter()
            .zip(&self.terms.floors)
            .enumerate()
            .all(|(at, (members, floor))| !outgoing.is_of(at) || incoming.is_of(at) || *members > floor.least)
    }

    /// Landholders and unemployed people admitted, before the run and by it.
    fn admitted(&self) -> (u32, u32) {
        let selected = |land: bool| {
            let those = self.lines.iter().filter(|line| line.is_selected() && line.candidate.landholder == land);
            u32::try_from(those.count()).unwrap_or(u32::MAX)
        };
        let landholders = selected(true);
        // Who was admitted before stays: a list without landholders breaks no cap.
        let before = if landholders == 0 { 0 } else { self.terms.cap.landholders };
        (landholders.saturating_add(before), selected(false).saturating_add(self.terms.cap.unemployed))
    }

    /// Takes out the landholders who stand last; false when none is left.
    fn cap_last(&mut self, how_many: u64) -> bool {
        let last = self.lines.iter_mut().rev().filter(|line| line.is_selected() && line.candidate.landholder);
        let mut any = false;
        for line in last.take(usize::try_from(how_many).unwrap_or(usize::MAX)) {
            line.standing = Standing::Capped;
            any = true;
        }
        any
    }

    fn placed(&self) -> Vec<Placed> {
        let mut positions = [0u32; 3];
        let mut reserve_left = self.terms.reserve_places;
        let place = |(at, line): (usize, &Line)| {
            let (outcome, reason) = match line.standing {
                Standing::Selected(reason) => (Outcome::Selected, reason),
                Standing::Capped => (Outcome::Waiting, Reason::LandholderCap),
                Standing::Behind(reason) if reserve_left > 0 => (Outcome::Reserve, reason),
                Standing::Behind(reason) => (Outcome::Waiting, reason),
            };
            reserve_left -= u32::from(outcome == Outcome::Reserve);
            let position = &mut positions[outcome as usize - 1];
            *position += 1;
            let rank = u32::try_from(at + 1).unwrap_or(u32::MAX);
            Placed { case: line.candidate.case, rank, outcome, position: *position, reason }
        };
        self.lines.iter().enumerate().map(place).collect()
    }
}

impl Line<'_> {
    fn is_selected(&self) -> bool {
        matches!(self.standing, Standing::Selected(_))
    }

    fn is_of(&self, floor: usize) -> bool {
        self.floors >> floor & 1 == 1
    }
}

fn floors_of(terms: &Terms, candidate: &Candidate) -> u64 {
    let floors = terms.floors.iter().take(64).enumerate();
    floors.filter(|(_, floor)| candidate.groups.contains(&floor.group)).fold(0, |bits, (at, _)| bits | 1 << at)
}
