//! Ranking runs by office: priority groups first, then the longest waiting, within places and the landholder cap.
//! Then offers, answers, and calls from the reserve.

use super::queue::{RUN_INTERVAL, Step, Todo};
use super::{Flow, Stream};
use crate::demo::day::{Day, Moment};
use crate::demo::history::*;
use crate::demo::people::Groups;
use crate::demo::programme::{Candidate, Run};
use crate::demo::ranked::{self, Place};
use crate::demo::shape::outcome;
use platform::role::Role;
use selection::ranking::{Bucket, Placed, rank, seats::seats_of};
use std::collections::BTreeSet;

/// How much of the country's lag a single run makes good.
const CATCH_UP: f64 = 0.2;
const CATCH_UP_EARLY: f64 = 0.7;
const EARLY: Day = Day::of(2021, 1, 1);
/// Of those who refuse an offer, the ones who apply again.
const REFUSERS_RETURN: f64 = 0.75;
/// In autumn 2020 some got their equipment before the course: until this day, and how many in a full programme.
const OVERRIDES_UNTIL: Day = Day::of(2020, 11, 20);
const OVERRIDES: f64 = 230.0;

impl Flow<'_> {
    /// Proposes a list in each office whose day it is.
    pub(super) fn propose_runs(&mut self) {
        for office in 0..self.setting.offices.len() {
            if self.queues.next_run[office] == self.day {
                let second = self.queues.second_run[office];
                let regular = self.setting.days.plus(self.day, self.queues.interval(office));
                self.queues.next_run[office] = if self.day < second { second } else { regular };
                self.propose_run(office as OfficeNo);
            }
        }
    }

    fn propose_run(&mut self, office: OfficeNo) {
        let wanted = self.places(office);
        let called = self.call_all_reserves(office, wanted);
        let places = wanted.saturating_sub(called);
        let pool = std::mem::take(&mut self.queues.pools[usize::from(office)]);
        // Whoever came today competes in the next run.
        let (pool, late): (Vec<_>, Vec<_>) = pool.into_iter().partition(|case| self.queues.last[*case as usize].day < self.day);
        self.queues.pools[usize::from(office)] = late;
        if pool.is_empty() || places == 0 {
            return self.queues.pools[usize::from(office)].extend(pool);
        }
        let run = self.rank(office, places, &pool);
        for case in pool {
            self.set_step(case, Step::Listed);
        }
        let number = self.runs.len() as u32;
        let mut draw = self.draw(Stream::Run, u64::from(number));
        self.counts.listed += run.candidates.iter().filter(|c| c.outcome == Listed::Selected).count();
        self.runs.push(run);
        self.after_working(0, draw.between(3, 6), Todo::ApproveRun(number));
    }

    /// The office's share of what the country should select until the middle of the coming interval.
    fn places(&mut self, office: OfficeNo) -> usize {
        let at = usize::from(office);
        let until = self.day.plus(self.queues.next_run[at].since(self.day) / 2);
        let aims = &self.aims.selected;
        let share = self.queues.shares[at] * self.scale;
        let own = share * (aims.at(until) - aims.at(self.queues.served_until[at]));
        self.queues.served_until[at] = until;
        let lag = aims.at(self.day.plus(6)) * self.scale - (self.counts.selected + self.counts.listed) as f64;
        let catch_up = if self.day < EARLY { CATCH_UP_EARLY } else { CATCH_UP };
        // A list that comes often makes good less each time.
        let catch_up = catch_up * f64::from(self.queues.interval(at)) / f64::from(RUN_INTERVAL);
        let relative = self.queues.shares[at] * self.queues.active.iter().filter(|is| **is).count() as f64;
        (own + catch_up * lag * relative).round().max(0.0) as usize
    }

    /// Ranks the pool by the programme's rule. The seats that the list takes are counted from now on.
    fn rank(&mut self, office: OfficeNo, places: usize, pool: &[CaseNo]) -> Run {
        let (landholders, unemployed) = self.queues.admitted[usize::from(office)];
        let terms = ranked::terms(self.setting, self.day, places as u32, self.buckets(pool), landholders, unemployed);
        let seed = ranked::seed(self.setting, office, self.day);
        let input = |case: &CaseNo| {
            let history = &self.histories[*case as usize];
            ranked::inputs(self.setting, &terms, &seed, history, self.person(*case), ranked::stand_in(*case))
        };
        let inputs: Vec<_> = pool.iter().map(input).collect();
        let placed = rank(&terms, &inputs);
        let candidates: Vec<Candidate> = placed.iter().map(|placed| self.candidate(placed)).collect();
        for candidate in candidates.iter().filter(|candidate| candidate.outcome == Listed::Selected) {
            self.count_seat(candidate.case);
        }
        let mut draw = self.draw(Stream::Run, 1 << 40 | self.runs.len() as u64);
        let by = self.roster.of(office, Role::Officer, draw.bits());
        let proposed = Act { at: self.day.at(16 * 60 + draw.between(0, 59) as u16), by };
        Run { office, proposed, approved: None, terms, candidates }
    }

    /// Where the pool's cases are counted, with the seats still free.
    fn buckets(&self, pool: &[CaseNo]) -> Vec<Bucket> {
        let places: BTreeSet<Place> =
            pool.iter().map(|case| ranked::place(self.setting, &self.histories[*case as usize])).collect();
        let bucket = |(call, region): Place| {
            let seats = seats_of(&self.setting.programme, &call, &region);
            let taken = self.counts.seats.get(&(call.clone(), region.clone())).copied().unwrap_or(0);
            Bucket { free: (seats.total - seats.for_appeals).saturating_sub(taken), call, region }
        };
        places.into_iter().map(bucket).collect()
    }

    fn count_seat(&mut self, case: CaseNo) {
        let place = ranked::place(self.setting, &self.histories[case as usize]);
        *self.counts.seats.entry(place).or_insert(0) += 1;
    }

    fn free_seat(&mut self, case: CaseNo) {
        let place = ranked::place(self.setting, &self.histories[case as usize]);
        self.counts.seats.entry(place).and_modify(|taken| *taken = taken.saturating_sub(1));
    }

    fn candidate(&self, placed: &Placed) -> Candidate {
        let case = placed.case.0.as_u128() as CaseNo;
        let application = &self.histories[case as usize].application;
        Candidate {
            case,
            priority: application.groups.any_of(Groups::PRIORITY),
            waiting_since: application.lodged.at.day,
            landholder: self.person(case).landholder(),
            outcome: ranked::listed(placed),
            position: placed.position,
            reason: placed.reason,
        }
    }

    /// A second person approves the list, and the places are offered.
    pub(super) fn approve_run(&mut self, number: u32) {
        let office = self.runs[number as usize].office;
        let mut draw = self.draw(Stream::Run, 2 << 40 | u64::from(number));
        let by = self.roster.national(Role::Manager, draw.bits() % 2);
        let at = self.day.at(16 * 60 + draw.between(0, 50) as u16);
        self.runs[number as usize].approved = Some(Act { at, by });
        for place in 0..self.runs[number as usize].candidates.len() {
            let Candidate { case, outcome, position, .. } = self.runs[number as usize].candidates[place];
            self.history(case).listings.push(Listing { run: number, position, outcome });
            self.queues.last[case as usize] = at;
            match outcome {
                Listed::Selected => {
                    self.counts.listed -= 1;
                    self.offer(case, at);
                }
                Listed::Reserve => self.set_step(case, Step::Reserve),
                Listed::Waiting | Listed::Capped => {
                    self.set_step(case, Step::Waiting);
                    self.queues.pools[usize::from(office)].push(case);
                }
            }
        }
    }

    /// What is left of the last list's reserve comes before a new list.
    fn call_all_reserves(&mut self, office: OfficeNo, most: usize) -> usize {
        let last = self.runs.iter().rev().find(|run| run.office == office);
        let reserve = last.map(|run| run.candidates.iter().filter(|c| c.outcome == Listed::Reserve).map(|c| c.case).collect());
        let reserve: Vec<CaseNo> = reserve.unwrap_or_default();
        let waiting: Vec<CaseNo> = reserve.into_iter().filter(|case| self.step(*case) == Step::Reserve).take(most).collect();
        waiting.iter().for_each(|case| self.call(*case));
        waiting.len()
    }

    /// The first of a list's reserve takes the place that someone refused.
    pub(super) fn call_reserve(&mut self, run: u32) {
        let reserve = self.runs[run as usize].candidates.iter().filter(|c| c.outcome == Listed::Reserve).map(|c| c.case);
        let first = reserve.clone().find(|case| self.step(*case) == Step::Reserve);
        if let Some(case) = first {
            self.call(case);
        }
    }

    fn call(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Offer, 1 << 40 | u64::from(case));
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        self.history(case).called = Some(act);
        self.count_seat(case);
        self.offer(case, act.at);
    }

    fn offer(&mut self, case: CaseNo, made: Moment) {
        let due = self.setting.days.plus(self.day, 5);
        self.history(case).offer = Some(Offer { made, due, answer: None });
        self.set_step(case, Step::Offered);
        *self.admitted(case) += 1;
        let person = self.histories[case as usize].person as usize;
        if !std::mem::replace(&mut self.queues.selected_before[person], true) {
            self.counts.selected += 1;
        }
        let mut draw = self.draw(Stream::Offer, u64::from(case));
        let days = if self.refusal(case).is_some_and(|answer| answer == Answer::Lapsed) { 6 } else { draw.between(1, 4) };
        self.after_working(case, days, Todo::Answer);
    }

    /// Whether and how the case refuses: the same whenever asked.
    fn refusal(&self, case: CaseNo) -> Option<Answer> {
        let mut draw = self.draw(Stream::Offer, 2 << 40 | u64::from(case));
        if !draw.chance(outcome::OFFER_REFUSED) {
            return None;
        }
        let reasons =
            [DeclineReason::FoundWork, DeclineReason::Health, DeclineReason::Family, DeclineReason::Moving, DeclineReason::Other];
        let declined = Answer::Declined(reasons[draw.weighted([40.0, 12.0, 22.0, 12.0, 14.0].into_iter())]);
        Some(if draw.chance(0.45) { Answer::Lapsed } else { declined })
    }

    pub(super) fn answer(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Offer, 3 << 40 | u64::from(case));
        let answer = self.refusal(case).unwrap_or(Answer::Accepted);
        let by = self.roster.of(self.office(case), Role::Officer, draw.bits());
        let act = self.act(case, &mut draw, by);
        if let Some(offer) = self.history(case).offer.as_mut() {
            offer.answer = Some(Answered { act, answer });
        }
        match answer {
            Answer::Accepted => self.accept(case, act),
            Answer::Declined(_) => self.refuse(case, act, CloseReason::Declined),
            Answer::Lapsed => self.refuse(case, act, CloseReason::NoAnswer),
        }
    }

    fn accept(&mut self, case: CaseNo, act: Act) {
        let most = (OVERRIDES * self.scale).ceil() as usize;
        if self.day <= OVERRIDES_UNTIL && self.counts.overridden < most {
            return self.override_order(case, act);
        }
        self.enrol(case);
    }

    /// A manager lets the equipment come before the course, as in 2020; the course stays due.
    fn override_order(&mut self, case: CaseNo, accepted: Act) {
        self.counts.overridden += 1;
        let mut draw = self.draw(Stream::Offer, 4 << 40 | u64::from(case));
        let by = self.roster.national(Role::Manager, 0);
        let at = accepted.at.day.at(accepted.at.minute + 5);
        self.queues.last[case as usize] = at;
        self.history(case).overridden = Some(Act { at, by });
        self.set_step(case, Step::Trained);
        let days = draw.between(2, 6);
        self.after_working(case, days, Todo::SubmitPlan);
        let later = f64::from(draw.between(130, 260));
        self.after_days(case, later, Todo::Enrol);
    }

    /// The count of those admitted to the office this year, or with an offer, to which the case belongs.
    fn admitted(&mut self, case: CaseNo) -> &mut u32 {
        let office = usize::from(self.office(case));
        let landholder = self.person(case).landholder();
        let (landholders, unemployed) = &mut self.queues.admitted[office];
        if landholder { landholders } else { unemployed }
    }

    fn refuse(&mut self, case: CaseNo, act: Act, reason: CloseReason) {
        let admitted = self.admitted(case);
        *admitted = admitted.saturating_sub(1);
        self.free_seat(case);
        self.close(case, act, reason);
        let mut draw = self.draw(Stream::Offer, 5 << 40 | u64::from(case));
        if let Some(listing) = self.histories[case as usize].listings.last() {
            let run = listing.run;
            self.after_working(case, 1, Todo::CallReserve(run));
        }
        if draw.chance(REFUSERS_RETURN) {
            let (person, days) = (self.histories[case as usize].person, draw.between(10, 60));
            self.come_back(person, case, days);
        }
    }
}
