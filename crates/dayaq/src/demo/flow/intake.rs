//! Applications, missing papers, decisions on eligibility, the counsellor's talk, and leaving the queue.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::newcomer::{self, Arrival};
use crate::demo::people::Person;
use crate::demo::shape::{self, delay, outcome};
use crate::demo::typing;
use platform::role::Role;

/// Applications whose papers are incomplete, and those never completed.
const PAPERS_MISSING: f64 = 0.06;
const PAPERS_LAPSE: f64 = 0.12;
/// Of people waiting, those who find work within the year, and those who move to another office.
const LEAVE_WHILE_WAITING: f64 = 0.06;
const MOVE_WHILE_WAITING: f64 = 0.014;
/// Of people refused, called off or not reached, those who apply again.
const INELIGIBLE_RETURN: f64 = 0.10;
const LIST_ENDED_RETURN: f64 = 0.30;
/// Registered for each one who applies at once, without an application yet.
const ONLY_REGISTERED: f64 = 0.02;
/// The list on which a person waits ends after twelve months.
const LIST_DAYS: i32 = 365;
/// After a refusal the case stays open for an appeal.
const APPEAL_DAYS: f64 = 32.0;

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
        let by = self.roster.of(office, Role::Officer, draw.next());
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
        let by = self.roster.of(office, Role::Officer, draw.next());
        let lodged = Act { at: self.lodging_time(case, &mut draw, first_minute), by };
        let application = self.application(&mut draw, person, lodged);
        let funding = funding(&mut draw, self.day.date());
        if let Some(earlier) = earlier {
            self.history(earlier).later = Some(case);
        }
        self.histories.push(blank(person, earlier, office, application, funding, duplicate_of));
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
        let offered = self.setting.offered(lodged.at.day).any(|direction| direction == who.wish);
        let direction = if offered { who.wish } else { newcomer::direction(draw, self.setting, who.female, lodged.at.day) };
        let other = newcomer::direction(draw, self.setting, who.female, lodged.at.day);
        let mut groups = who.groups;
        if lodged.at.day.since(who.unemployed_since) > 366 {
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

    pub(super) fn ask_papers(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 1);
        let by = self.roster.of(self.office(case), Role::Officer, draw.next());
        let missing = self.missing_paper(case, &mut draw);
        let due = self.setting.days.plus(self.day, 10);
        let asked = self.act(case, &mut draw, by);
        self.history(case).papers = Some(Papers { asked, missing, due, supplied: None });
        let days = if draw.chance(PAPERS_LAPSE) { 11 } else { draw.between(2, 9) };
        self.after_working(case, days, Todo::SupplyPapers);
    }

    fn missing_paper(&self, case: CaseNo, draw: &mut Draw) -> MissingPaper {
        use crate::demo::people::Groups;
        let person = self.person(case);
        let mut possible = vec![MissingPaper::IdentityDocument, MissingPaper::PremisesEvidence];
        if person.groups.has(Groups::ASSISTANCE) {
            possible.push(MissingPaper::AssistanceAward);
        }
        if person.groups.has(Groups::DISABILITY) {
            possible.push(MissingPaper::DisabilityCertificate);
        }
        if person.landholder() {
            possible.push(MissingPaper::LandExtract);
        }
        possible[draw.below(possible.len())]
    }

    /// The papers come, or the clock has run out and the application lapses.
    pub(super) fn supply_papers(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 2);
        let Some(papers) = self.histories[case as usize].papers.as_ref() else { return };
        let (late, by) = (self.day > papers.due, papers.asked.by);
        let act = self.act(case, &mut draw, by);
        if late {
            return self.close(case, act, CloseReason::NoAnswer);
        }
        if let Some(papers) = self.history(case).papers.as_mut() {
            papers.supplied = Some(act);
        }
        let days = draw.log_normal(delay::DECISION, 0.5).clamp(1.0, 40.0);
        self.after_days(case, days, Todo::Decide);
    }

    /// The decision, by an officer who did not enter the application.
    pub(super) fn decide(&mut self, case: CaseNo) {
        if self.step(case) != Step::Applied {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3);
        let history = &self.histories[case as usize];
        let by = self.roster.other(history.office_now, Role::Officer, draw.next(), history.application.lodged.by);
        let (person, duplicate) = (history.person as usize, self.people[history.person as usize].duplicate_of.is_some());
        let decided = self.act(case, &mut draw, by);
        if duplicate {
            return self.close(case, decided, CloseReason::Duplicate);
        }
        let failed = draw.chance(outcome::INELIGIBLE).then(|| reason(&mut draw));
        if failed == Some(Ineligible::InsurancePayment) {
            self.people[person].insured_until = Some(self.day.plus(draw.between(20, 120)));
        }
        self.history(case).eligibility = Some(Eligibility { decided, failed });
        match failed {
            None => self.join_pool(case, &mut draw),
            Some(_) => {
                self.set_step(case, Step::Refused);
                let appeal = draw.chance(outcome::APPEALED);
                let (days, todo) =
                    if appeal { (draw.between(2, 17), Todo::Appeal) } else { (32, Todo::CloseRefused(CloseReason::Ineligible)) };
                self.after_days(case, f64::from(days), todo);
            }
        }
    }

    fn join_pool(&mut self, case: CaseNo, draw: &mut Draw) {
        self.set_step(case, Step::Waiting);
        let office = self.office(case);
        self.queues.pools[usize::from(office)].push(case);
        if draw.chance(0.85) {
            let days = draw.between(2, 20);
            self.after_working(case, days, Todo::Assess);
        }
    }

    pub(super) fn assess(&mut self, case: CaseNo) {
        if !matches!(self.step(case), Step::Waiting) {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 3);
        let by = self.roster.of(self.office(case), Role::Counsellor, draw.next());
        let assessed = self.act(case, &mut draw, by);
        let wished = self.histories[case as usize].application.direction;
        let female = self.person(case).female;
        let advised = if draw.chance(0.12) { newcomer::direction(&mut draw, self.setting, female, self.day) } else { wished };
        let chosen = if draw.chance(0.5) { advised } else { wished };
        let score = (66.0 + 14.0 * draw.normal()).clamp(20.0, 100.0) as u8;
        self.history(case).readiness = Some(Readiness { assessed, advised, chosen, score });
    }

    pub(super) fn appeal(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 4);
        let by = self.roster.of(self.office(case), Role::Grievance, draw.next());
        let due = self.setting.days.plus(self.day, 15);
        let lodged = self.act(case, &mut draw, by);
        let against = match self.histories[case as usize].plans.is_empty() {
            true => AppealAgainst::Ineligibility,
            false => AppealAgainst::PlanRefusal,
        };
        self.history(case).appeals.push(Appeal { against, lodged, due, decided: None });
        let days = draw.between(5, 16);
        self.after_working(case, days, Todo::DecideAppeal);
    }

    /// Decided by a manager who had no part; a changed refusal puts the case where it would have been.
    pub(super) fn decide_appeal(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 5);
        let by = self.roster.national(Role::Manager, 2 + draw.next() % 2);
        let act = self.act(case, &mut draw, by);
        let Some(appeal) = self.history(case).appeals.last_mut() else { return };
        let against = appeal.against;
        let changed = against == AppealAgainst::Ineligibility && draw.chance(outcome::APPEAL_CHANGED * 1.1);
        appeal.decided = Some(AppealDecided { act, changed });
        match against {
            AppealAgainst::Ineligibility if changed => self.join_pool(case, &mut draw),
            AppealAgainst::Ineligibility => self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::Ineligible)),
            AppealAgainst::Training | AppealAgainst::PlanRefusal => {
                self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::PlanRefused));
            }
        }
    }

    /// The appeal clock has ended: the case closes by itself.
    pub(super) fn close_refused(&mut self, case: CaseNo, reason: CloseReason) {
        if self.step(case) != Step::Refused {
            return;
        }
        let mut draw = self.draw(Stream::Decision, u64::from(case) << 3 | 6);
        let by = self.roster.of(self.office(case), Role::Officer, draw.next());
        let act = self.act(case, &mut draw, by);
        self.close(case, act, reason);
        let returns = match reason {
            CloseReason::Ineligible | CloseReason::PlanRefused => INELIGIBLE_RETURN,
            CloseReason::DroppedOut | CloseReason::Failed => 0.15,
            _ => 0.0,
        };
        if draw.chance(returns) {
            let (person, days) = (self.histories[case as usize].person, draw.between(190, 420));
            self.come_back(person, case, days);
        }
    }

    /// Twelve months on the list are over.
    pub(super) fn end_waiting(&mut self, case: CaseNo) {
        match self.step(case) {
            Step::Waiting => {}
            // On a list that is being approved: it is looked at again afterwards.
            Step::Listed => return self.after_working(case, 8, Todo::EndWaiting),
            _ => return,
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case));
        let by = self.roster.of(self.office(case), Role::Officer, draw.next());
        let act = self.act(case, &mut draw, by);
        self.leave_pool(case);
        self.close(case, act, CloseReason::CallEnded);
        if draw.chance(LIST_ENDED_RETURN) {
            let (person, days) = (self.histories[case as usize].person, draw.between(10, 220));
            self.come_back(person, case, days);
        }
    }

    pub(super) fn withdraw_waiting(&mut self, case: CaseNo) {
        if self.step(case) != Step::Waiting {
            return;
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 1 << 40);
        let by = self.roster.of(self.office(case), Role::Officer, draw.next());
        let act = self.act(case, &mut draw, by);
        let reasons = [
            (WithdrawalReason::FoundWork, CloseReason::FoundWork),
            (WithdrawalReason::MovedAbroad, CloseReason::MovedAbroad),
            (WithdrawalReason::Health, CloseReason::Withdrew),
            (WithdrawalReason::OtherMeasure, CloseReason::OtherMeasure),
        ];
        let (reason, closing) = reasons[draw.weighted([55.0, 20.0, 10.0, 15.0].into_iter())];
        self.leave_pool(case);
        self.history(case).withdrawal = Some(Withdrawal { act, reason });
        self.close(case, act, closing);
    }

    pub(super) fn ask_transfer(&mut self, case: CaseNo) {
        if self.step(case) != Step::Waiting {
            return;
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 2 << 40);
        let from = self.office(case);
        let to = draw.weighted(self.queues.shares.iter().copied()) as OfficeNo;
        if to == from {
            return;
        }
        let by = self.roster.of(from, Role::Officer, draw.next());
        let requested = self.act(case, &mut draw, by);
        self.history(case).transfer = Some(Transfer { from, to, requested, accepted: None, refused: None });
        let days = draw.between(1, 6);
        self.after_working(case, days, Todo::AcceptTransfer);
    }

    pub(super) fn accept_transfer(&mut self, case: CaseNo) {
        match self.step(case) {
            Step::Waiting => {}
            Step::Listed => return self.after_working(case, 7, Todo::AcceptTransfer),
            Step::Closed => return,
            _ => return self.refuse_transfer(case),
        }
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 3 << 40);
        let Some(transfer) = self.histories[case as usize].transfer else { return };
        let by = self.roster.of(transfer.to, Role::Officer, draw.next());
        let accepted = self.act(case, &mut draw, by);
        self.leave_pool(case);
        let history = self.history(case);
        history.transfer = Some(Transfer { accepted: Some(accepted), ..transfer });
        history.office_now = transfer.to;
        self.queues.pools[usize::from(transfer.to)].push(case);
    }

    /// Selected in the meantime: the case stays where its place is.
    fn refuse_transfer(&mut self, case: CaseNo) {
        let mut draw = self.draw(Stream::Waiting, u64::from(case) | 3 << 40);
        let Some(transfer) = self.histories[case as usize].transfer else { return };
        let by = self.roster.of(transfer.to, Role::Officer, draw.next());
        let refused = self.act(case, &mut draw, by);
        self.history(case).transfer = Some(Transfer { refused: Some(refused), ..transfer });
    }

    fn leave_pool(&mut self, case: CaseNo) {
        let office = self.office(case);
        self.queues.pools[usize::from(office)].retain(|other| *other != case);
    }
}

fn reason(draw: &mut Draw) -> Ineligible {
    let reasons = [
        Ineligible::Working,
        Ineligible::StatusLost,
        Ineligible::EarlierSupport,
        Ineligible::FarmingWish,
        Ineligible::InsurancePayment,
    ];
    reasons[draw.weighted([34.0, 24.0, 14.0, 16.0, 12.0].into_iter())]
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
        appeals: Vec::new(),
        transfer: None,
        suspension: None,
        withdrawal: None,
        duplicate_of,
        death: None,
        closing: None,
    }
}
