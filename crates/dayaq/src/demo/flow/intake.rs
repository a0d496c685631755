//! Applications, missing papers, new people and those who come back.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::newcomer::{self, Arrival};
use crate::demo::people::Person;
use crate::demo::shape::{self, delay};
use crate::demo::typing;
use platform::role::Role;

/// Applications whose papers are incomplete.
const PAPERS_MISSING: f64 = 0.06;
/// Of people waiting, those who find work within the year, and those who move to another office.
const LEAVE_WHILE_WAITING: f64 = 0.06;
const MOVE_WHILE_WAITING: f64 = 0.014;
/// Registered for each one who applies at once, without an application yet.
const ONLY_REGISTERED: f64 = 0.02;
/// The list on which a person waits ends after twelve months.
const LIST_DAYS: i32 = 365;

impl Flow<'_> {
    /// The day's applications: those who come back first, then new people.
    pub(super) fn lodge_applications(&mut self) {
        if self.counts.lodged == 0 || self.setting.offices.iter().any(|office| office.opens == self.day) {
            self.queues.share_out(self.setting, self.day);
        }
        if self.counts.year != self.day.year() {
            self.counts.year = self.day.year();
            self.counts.contracts = 0;
            self.queues.admitted.fill((0, 0));
        }
        let aim = (self.aims.applications.at(self.day) * self.scale).round() as usize;
        for (person, earlier) in self.queues.back_on(self.day) {
            self.lodge(person, Some(earlier));
        }
        let mut draw = self.draw(Stream::Day, self.day.0 as u64);
        while self.counts.lodged < aim {
            let person = self.register(&mut draw);
            if !draw.chance(ONLY_REGISTERED) {
                self.lodge(person, None);
            }
        }
    }

    /// A new person, or now and then one who is registered already and not recognised.
    fn register(&mut self, day_draw: &mut Draw) -> PersonNo {
        let number = self.people.len() as PersonNo;
        let mut draw = self.draw(Stream::Person, u64::from(number));
        let office = draw.weighted(self.queues.shares.iter().copied()) as OfficeNo;
        let minute = draw.between(9 * 60, 14 * 60) as u16;
        let earlier = if day_draw.chance(0.6) { 0 } else { day_draw.between(1, 30) };
        let day = self.setting.days.on_or_after(self.day.plus(-earlier).max(shape::OPENING)).min(self.day);
        let by = self.roster.of(office, Role::Officer, draw.bits());
        let arrival = Arrival { number, office, registered: day.at(minute), by };
        let person = if number > 300 && draw.chance(shape::DUPLICATES) {
            self.again(&mut draw, arrival)
        } else {
            newcomer::make(self.setting, self.seed, &mut draw, arrival)
        };
        self.people.push(person);
        self.queues.selected_before.push(false);
        self.queues.trained_before.push(false);
        number
    }

    /// A second registration of someone, with the slips of a clerk.
    fn again(&self, draw: &mut Draw, arrival: Arrival) -> Person {
        let first = draw.below(self.people.len());
        let first = self.people[first].duplicate_of.map_or(first, |original| original as usize);
        let mut person = typing::mistyped(draw, &self.people[first]);
        person.duplicate_of = Some(first as PersonNo);
        person.registered = arrival.registered;
        person.registered_by = arrival.by;
        person.office = arrival.office;
        person.unemployed_since = person.unemployed_since.min(arrival.registered.day.plus(-3));
        person
    }

    fn lodge(&mut self, person: PersonNo, earlier: Option<CaseNo>) {
        self.counts.lodged += 1;
        let case = self.histories.len() as CaseNo;
        let mut draw = self.draw(Stream::Application, u64::from(case));
        let who = &self.people[person as usize];
        let office = who.office;
        let duplicate_of = who.duplicate_of.and_then(|original| self.case_of(original));
        let is_duplicate = who.duplicate_of.is_some();
        let first_minute = if who.registered.day == self.day { who.registered.minute } else { 0 };
        self.queues.last.push(self.day.at(first_minute));
        self.queues.step.push(Step::Applied);
        let by = self.roster.of(office, Role::Officer, draw.bits());
        let lodged = Act { at: self.lodging_time(case, &mut draw, first_minute), by };
        let application = self.application(&mut draw, person, lodged);
        let funding = funding(&mut draw, self.day.date());
        if let Some(earlier) = earlier {
            self.history(earlier).later = Some(case);
        }
        let history = blank(person, earlier, office, application, funding, duplicate_of);
        self.histories.push(History { number: case + 1, ..history });
        self.plan_first_steps(case, &mut draw, is_duplicate);
    }

    fn lodging_time(&mut self, case: CaseNo, draw: &mut Draw, first_minute: u16) -> crate::demo::day::Moment {
        if first_minute == 0 {
            self.queues.last[case as usize].day = self.day.plus(-1);
        }
        self.stamp(case, draw)
    }

    /// The latest case of a person, if any.
    fn case_of(&self, person: PersonNo) -> Option<CaseNo> {
        self.histories.iter().rposition(|history| history.person == person).map(|case| case as CaseNo)
    }

    fn application(&self, draw: &mut Draw, person: PersonNo, lodged: Act) -> Application {
        use crate::demo::people::Groups;
        let who = &self.people[person as usize];
        let day = lodged.at.day;
        let other_wish = |draw: &mut Draw| newcomer::direction(draw, self.setting, who.female, day);
        let direction = if self.setting.is_chosen(who.wish, day) { who.wish } else { other_wish(draw) };
        let other = other_wish(draw);
        let mut groups = who.groups;
        if day.since(who.unemployed_since) > 366 {
            groups.add(Groups::LONG_UNEMPLOYED);
        }
        Application {
            lodged,
            direction,
            second_direction: (other != direction && draw.chance(0.5)).then_some(other),
            experience_years: who.experience_years,
            premises: [Premises::AtHome, Premises::Owned, Premises::Rented, Premises::NoneYet]
                [draw.weighted([45.0, 15.0, 30.0, 10.0].into_iter())],
            own_contribution: i64::from(draw.between(0, 20)) * 5_000,
            tools_owned: draw.chance(0.3),
            groups,
        }
    }

    fn plan_first_steps(&mut self, case: CaseNo, draw: &mut Draw, duplicate: bool) {
        if duplicate {
            let days = f64::from(draw.between(25, 80));
            return self.after_days(case, days, Todo::Decide);
        }
        if draw.chance(PAPERS_MISSING) {
            let days = draw.between(1, 3);
            self.after_working(case, days, Todo::AskPapers);
        } else {
            let days = draw.log_normal(delay::DECISION, 0.55).clamp(1.0, 60.0);
            self.after_days(case, days, Todo::Decide);
        }
        self.after_days(case, f64::from(LIST_DAYS), Todo::EndWaiting);
        if draw.chance(LEAVE_WHILE_WAITING) {
            let days = f64::from(draw.between(30, 350));
            self.after_days(case, days, Todo::Withdraw);
        } else if draw.chance(MOVE_WHILE_WAITING) {
            let days = f64::from(draw.between(30, 250));
            self.after_days(case, days, Todo::AskTransfer);
        }
    }
}

/// The first loan pays until 2024, the additional financing from then on, the state budget for a part.
fn funding(draw: &mut Draw, date: chrono::NaiveDate) -> Funding {
    use chrono::Datelike;
    match draw.unit() {
        u if u < 0.15 => Funding::StateBudget,
        _ if date.year() < 2024 || date.month() < 3 => Funding::FirstLoan,
        _ => Funding::AdditionalFinancing,
    }
}

fn blank(
    person: PersonNo,
    earlier: Option<CaseNo>,
    office: OfficeNo,
    application: Application,
    funding: Funding,
    duplicate_of: Option<CaseNo>,
) -> History {
    History {
        person,
        number: 0,
        earlier,
        later: None,
        funding,
        office,
        office_now: office,
        application,
        papers: None,
        eligibility: None,
        readiness: None,
        listings: Vec::new(),
        called: None,
        offer: None,
        overridden: None,
        courses: Vec::new(),
        plans: Vec::new(),
        contract: None,
        delivery: None,
        business: None,
        award: None,
        appeals: Vec::new(),
        transfer: None,
        suspension: None,
        withdrawal: None,
        duplicate_of,
        death: None,
        closing: None,
    }
}
