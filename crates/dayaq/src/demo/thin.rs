//! A smaller programme out of a larger one: some people with all that belongs to them, and at every stage somebody
//! for whom work waits.

use super::draw::Draw;
use super::history::*;
use super::programme::Simulated;
use super::{complaints, open_work, ranked, vacancy};

/// Of each kind of work so many cases are kept in the cast's office, and elsewhere.
const KEPT_AT_HOME: usize = 2;
const KEPT_ELSEWHERE: usize = 1;

/// Keeps about `cases` cases, those of the cast among them.
pub fn thin(mut made: Simulated, cases: usize) -> Simulated {
    let mut kept = vec![false; made.people.len()];
    for person in needed(&made) {
        kept[person as usize] = true;
    }
    let count = |kept: &[bool]| made.histories.iter().filter(|history| kept[history.person as usize]).count();
    let mut order: Vec<(u64, PersonNo)> = (0..made.people.len() as PersonNo)
        .filter(|person| made.people[*person as usize].duplicate_of.is_none())
        .map(|person| (Draw::new(made.seed, 0x7417, u64::from(person)).bits(), person))
        .collect();
    order.sort_unstable();
    let of_person = cases_of_people(&made);
    let mut have = count(&kept);
    for (_, person) in order {
        if have >= cases {
            break;
        }
        if !std::mem::replace(&mut kept[person as usize], true) {
            have += of_person[person as usize];
        }
    }
    keep_originals(&made, &mut kept);
    Places::new(&made, &kept).sift(&mut made);
    ranked::settle(&mut made);
    made
}

/// People of the cast, and some for whom each kind of work waits.
fn needed(made: &Simulated) -> Vec<PersonNo> {
    let home = made.setting.office_in(super::cast::HOME);
    let waiting = open_work::waiting(made);
    let mut people: Vec<PersonNo> = made.cast.iter().map(|member| member.person).collect();
    for work in open_work::ALL {
        let of = |at_home: bool| {
            let cases = waiting.iter().filter(move |(kind, _, _)| *kind == work).map(|(_, _, case)| *case);
            cases.filter(move |case| (Some(made.history(*case).office_now) == home) == at_home)
        };
        people.extend(of(true).take(KEPT_AT_HOME).chain(of(false).take(KEPT_ELSEWHERE)).map(|case| made.history(case).person));
    }
    let open = made.grievances.iter().filter(|grievance| grievance.closed.is_none() && Some(grievance.office) == home);
    people.extend(open.filter_map(|grievance| Some(made.history(grievance.case?).person)).take(complaints::ALWAYS_OPEN.len()));
    // Of these some wait for a second evaluator, whom the secretary must find.
    let unread = made.histories.iter().filter(|history| history.closing.is_none() && is_unread(history));
    people.extend(unread.map(|history| history.person).take(4));
    for changed in [true, false] {
        let decided = made.histories.iter().filter(|history| {
            history.appeals.iter().any(|appeal| appeal.decided.is_some_and(|decided| decided.changed == changed))
        });
        people.extend(decided.map(|history| history.person).take(KEPT_AT_HOME));
    }
    let late = made.histories.iter().filter(|history| history.appeals.iter().any(|appeal| appeal.late));
    people.extend(late.map(|history| history.person));
    people.extend(awards(made, home));
    let place = vacancy::place_to_leave(made).map(|(leaving, waiting)| [leaving, waiting]);
    people.extend(place.into_iter().flatten().map(|case| made.history(case).person));
    people
}

/// Somebody of the cast's office and somebody of another for each step at which an application for an award may stand.
fn awards(made: &Simulated, home: Option<OfficeNo>) -> Vec<PersonNo> {
    let at_home = |case: CaseNo| Some(made.history(case).office_now) == home;
    let mut people = Vec::new();
    let stands: std::collections::BTreeSet<_> = made.awards.iter().map(|award| award.stands()).collect();
    for step in stands {
        // The latest, for those are still under way.
        let of = |ours: bool| {
            let there = made.awards.iter().rev().filter(move |award| award.stands() == step);
            there.filter(move |award| at_home(award.case) == ours)
        };
        let chosen = of(true).take(KEPT_AT_HOME).chain(of(false).take(KEPT_ELSEWHERE));
        people.extend(chosen.map(|award| made.history(award.case).person));
    }
    people
}

/// Nobody has begun to score the plan.
fn is_unread(history: &History) -> bool {
    let plan = history.plans.last().filter(|plan| plan.decision.is_none() && !plan.scores.is_empty());
    plan.is_some_and(|plan| plan.scores.iter().all(|score| score.sealed.is_none()))
}

fn cases_of_people(made: &Simulated) -> Vec<usize> {
    let mut counts = vec![0; made.people.len()];
    made.histories.iter().for_each(|history| counts[history.person as usize] += 1);
    counts
}

/// A second registration is kept with the first.
fn keep_originals(made: &Simulated, kept: &mut [bool]) {
    for person in 0..kept.len() {
        if let Some(original) = made.people[person].duplicate_of.filter(|_| kept[person]) {
            kept[original as usize] = true;
        }
    }
}

/// New positions for what is kept.
struct Places {
    people: Vec<Option<u32>>,
    cases: Vec<Option<u32>>,
    runs: Vec<Option<u32>>,
    cohorts: Vec<Option<u32>>,
    sittings: Vec<Option<u32>>,
    orders: Vec<Option<u32>>,
}

impl Places {
    fn new(made: &Simulated, kept: &[bool]) -> Self {
        let cases = renumber(made.histories.iter().map(|history| kept[history.person as usize]));
        let stays = |case: &CaseNo| cases[*case as usize].is_some();
        Self {
            people: renumber(kept.iter().copied()),
            runs: renumber(made.runs.iter().map(|run| run.candidates.iter().any(|candidate| stays(&candidate.case)))),
            cohorts: renumber(made.cohorts.iter().map(|cohort| cohort.members.iter().any(stays))),
            sittings: renumber(made.sittings.iter().map(|sitting| sitting.agenda.iter().any(|item| stays(&item.case)))),
            orders: renumber(made.orders.iter().map(|order| order.cases.iter().any(stays))),
            cases,
        }
    }

    fn case(&self, case: CaseNo) -> Option<CaseNo> {
        self.cases[case as usize]
    }

    fn sift(&self, made: &mut Simulated) {
        self.tables(made);
        self.awards(made);
        keep(&mut made.people, &self.people);
        for person in &mut made.people {
            person.duplicate_of = person.duplicate_of.and_then(|original| self.people[original as usize]);
        }
        keep(&mut made.histories, &self.cases);
        made.histories.iter_mut().for_each(|history| self.renumber_history(history));
        made.cast.retain_mut(|member| match (self.people[member.person as usize], self.case(member.case)) {
            (Some(person), Some(case)) => {
                (member.person, member.case) = (person, case);
                true
            }
            _ => false,
        });
    }

    fn tables(&self, made: &mut Simulated) {
        keep(&mut made.runs, &self.runs);
        for run in &mut made.runs {
            run.candidates.retain_mut(|candidate| self.case(candidate.case).map(|new| candidate.case = new).is_some());
        }
        keep(&mut made.cohorts, &self.cohorts);
        made.cohorts.iter_mut().for_each(|cohort| self.renumber_cases(&mut cohort.members));
        keep(&mut made.sittings, &self.sittings);
        for sitting in &mut made.sittings {
            sitting.agenda.retain_mut(|item| self.case(item.case).map(|new| item.case = new).is_some());
        }
        keep(&mut made.orders, &self.orders);
        made.orders.iter_mut().for_each(|order| self.renumber_cases(&mut order.cases));
    }

    fn renumber_cases(&self, list: &mut Vec<CaseNo>) {
        list.retain_mut(|case| self.case(*case).map(|new| *case = new).is_some());
    }

    fn awards(&self, made: &mut Simulated) {
        let kept = renumber(made.awards.iter().map(|award| self.case(award.case).is_some()));
        for history in &mut made.histories {
            history.award = history.award.and_then(|award| kept[award as usize]);
        }
        keep(&mut made.awards, &kept);
        for award in &mut made.awards {
            award.case = self.case(award.case).unwrap_or(award.case);
        }
        // Anonymous complaints name nobody, so they stay.
        made.grievances.retain_mut(|grievance| match grievance.case {
            Some(case) => {
                grievance.case = self.case(case);
                grievance.case.is_some()
            }
            None => true,
        });
    }

    fn renumber_history(&self, history: &mut History) {
        history.person = self.people[history.person as usize].unwrap_or(0);
        history.earlier = history.earlier.and_then(|case| self.case(case));
        history.later = history.later.and_then(|case| self.case(case));
        history.duplicate_of = history.duplicate_of.and_then(|case| self.case(case));
        for listing in &mut history.listings {
            listing.run = self.runs[listing.run as usize].unwrap_or(0);
        }
        for course in &mut history.courses {
            course.cohort = self.cohorts[course.cohort as usize].unwrap_or(0);
        }
        for plan in &mut history.plans {
            plan.sitting = plan.sitting.and_then(|sitting| self.sittings[sitting as usize]);
            if let Some(back) = plan.put_back.as_mut() {
                back.sitting = self.sittings[back.sitting as usize].unwrap_or(0);
            }
        }
        if let Some(delivery) = history.delivery.as_mut() {
            delivery.order = delivery.order.and_then(|order| self.orders[order as usize]);
        }
    }
}

/// New positions, counted over what is kept.
fn renumber(kept: impl Iterator<Item = bool>) -> Vec<Option<u32>> {
    let mut next = 0;
    kept.map(|keep| {
        keep.then(|| {
            next += 1;
            next - 1
        })
    })
    .collect()
}

fn keep<T>(list: &mut Vec<T>, places: &[Option<u32>]) {
    let mut at = 0;
    list.retain(|_| {
        at += 1;
        places[at - 1].is_some()
    });
}
