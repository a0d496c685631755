//! What became of each business after its equipment came, told case by case and independent of all others.

use super::afterwards::*;
use super::calendar::WorkingDays;
use super::day::{Day, Moment};
use super::draw::Draw;
use super::history::*;
use super::people::Person;
use super::setting::Setting;
use super::shape::{self, outcome};
use super::staff::Roster;
use platform::role::Role;

const VISIT_INTERVAL: i32 = 90;
const FIRST_VISIT: i32 = 30;
const START_LIMIT: i32 = 60;
const NEVER_STARTED: f64 = 0.012;
const PAUSED: f64 = 0.10;
const SUSPENDED: f64 = 0.006;
const LOST: f64 = 0.006;
const DEATHS_A_YEAR: f64 = 0.0028;
/// Working days from the notice of a breach to its remedy.
const REMEDY_DAYS: u32 = 20;
/// Months by which a troubled term is extended.
const EXTENSION_MONTHS: u8 = 6;
const DAYS_OF_A_MONTH: f64 = 30.44;

/// What the telling needs beside the case.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    pub setting: &'a Setting,
    pub roster: &'a Roster,
    pub seed: u64,
    pub today: Day,
}

/// Tells the business of a case that has received its equipment.
pub fn tell(scene: Scene<'_>, number: CaseNo, person: &Person, history: &mut History) {
    let (Some(delivery), Some(contract)) = (&history.delivery, &history.contract) else { return };
    let (Some(received), Some(signed)) = (delivery.completed, contract.signed) else { return };
    let mut draw = Draw::new(scene.seed, 0xB05, u64::from(number));
    let fate = Fate::new(scene, &mut draw, person, history, received.at.day, signed.at.day, contract.term_months);
    let mut telling = Telling::new(scene, number, person, history, received.at, fate, draw);
    telling.live();
    let Telling { business, suspension, death, closing, .. } = telling;
    history.business = Some(Box::new(business));
    history.suspension = suspension;
    history.death = death;
    history.closing = history.closing.or(closing);
}

/// What is to happen, drawn before any of it is told.
struct Fate {
    received: Day,
    started: Option<Day>,
    /// True end of sales; may lie beyond today.
    ends: Option<Day>,
    dies: Option<Day>,
    term_ends: Day,
    extended: bool,
}

impl Fate {
    fn new(
        scene: Scene<'_>,
        draw: &mut Draw,
        person: &Person,
        history: &History,
        received: Day,
        signed: Day,
        term_months: u8,
    ) -> Self {
        let direction = &scene.setting.directions[usize::from(history.direction())];
        let experience = (1.25 - 0.07 * f64::from(person.experience_years)).max(0.55);
        let hardness = direction.survival.ln() / 0.73_f64.ln() * experience;
        let months = months_until(draw.exponential() / hardness);
        let mut ends = Some(received.plus((months * DAYS_OF_A_MONTH) as i32));
        let wait = draw.log_normal(17.0, 0.55).clamp(3.0, 85.0) as i32;
        let mut started = Some(received.plus(wait));
        if draw.chance(NEVER_STARTED) {
            started = None;
            ends = Some(received.plus(START_LIMIT + 1));
        } else if ends < started.map(|day| day.plus(14)) {
            ends = started.map(|day| day.plus(draw.between(20, 60)));
        }
        let age = f64::from(person.age_on(received).max(18));
        let years = draw.exponential() / (DEATHS_A_YEAR * (age / 38.0).powi(2));
        let dies = (years < 6.0).then(|| received.plus(30 + (years * 365.0) as i32));
        let term_ends = signed.plus_months(u32::from(term_months));
        // A term that would end soon after a late receipt is extended, and so are some in trouble.
        let extended = term_ends.since(received) < 60 || draw.chance(outcome::EXTENDED);
        Self { received, started, ends: ends.filter(|day| dies.is_none_or(|death| *day < death)), dies, term_ends, extended }
    }
}

/// Months at which the cumulative hazard is reached.
fn months_until(hazard: f64) -> f64 {
    let points = &shape::ENDING_HAZARD;
    let after = points.partition_point(|(_, reached)| *reached <= hazard).clamp(1, points.len() - 1);
    let ((from, low), (to, high)) = (points[after - 1], points[after]);
    from + (to - from) * (hazard - low) / (high - low)
}

struct Telling<'a> {
    scene: Scene<'a>,
    case: CaseNo,
    office: OfficeNo,
    on_assistance: bool,
    base_income: i64,
    household: i64,
    fate: Fate,
    draw: Draw,
    /// The last dated act told, so that later acts come later.
    last: Moment,
    /// Usual sales of a month, in qəpik.
    level: f64,
    business: Business,
    suspension: Option<Suspension>,
    death: Option<Death>,
    closing: Option<Closing>,
}

impl<'a> Telling<'a> {
    fn new(
        scene: Scene<'a>,
        case: CaseNo,
        person: &Person,
        history: &History,
        received: Moment,
        fate: Fate,
        mut draw: Draw,
    ) -> Self {
        let level = draw.log_normal(shape::SALES_MEDIAN, 0.45);
        let business = Business { term_ends: fate.term_ends, ..Business::default() };
        Self {
            scene,
            case,
            office: history.office_now,
            on_assistance: history.application.groups.has(super::people::Groups::ASSISTANCE),
            base_income: person.income_per_head,
            household: i64::from(person.household),
            fate,
            draw,
            last: received,
            level,
            business,
            suspension: None,
            death: None,
            closing: None,
        }
    }

    /// From the first sale to the last word, in the order in which things are recorded.
    fn live(&mut self) {
        self.start();
        self.pause_or_rest();
        if self.fate.extended && !self.over_by(self.fate.term_ends) {
            self.extend();
        }
        let early = self.over_by(self.business.term_ends);
        if early {
            self.end_or_die();
            self.take_back();
        }
        self.visit();
        self.follow_up();
        if !early {
            self.pass_title();
            self.end_or_die();
            self.graduate();
        }
    }

    /// Whether the business or the person's life ends before a day.
    fn over_by(&self, day: Day) -> bool {
        self.ended_by(day) || self.fate.dies.is_some_and(|death| death <= day)
    }

    fn days(&self) -> &'a WorkingDays {
        &self.scene.setting.days
    }

    /// A working moment on or after a day and after whatever was told before; `None` after today.
    fn moment(&mut self, day: Day) -> Option<Moment> {
        let day = self.days().on_or_after(day.max(self.last.day));
        let minute = match day == self.last.day {
            true => self.last.minute + self.draw.between(3, 15) as u16,
            false => self.draw.between(9 * 60 + 10, 16 * 60) as u16,
        };
        let (day, minute) = if minute > 17 * 60 + 50 { (self.days().plus(day, 1), 9 * 60 + 20) } else { (day, minute) };
        (day <= self.scene.today).then(|| day.at(minute))
    }

    /// An act of an officer of the office, which later acts follow.
    fn act(&mut self, day: Day, role: Role) -> Option<Act> {
        let at = self.moment(day)?;
        self.last = at;
        Some(Act { at, by: self.officer(role) })
    }

    fn officer(&self, role: Role) -> OfficerNo {
        self.scene.roster.of(self.office, role, u64::from(self.case))
    }

    fn ended_by(&self, day: Day) -> bool {
        self.fate.ends.is_some_and(|end| end <= day)
    }

    fn start(&mut self) {
        if let Some(day) = self.fate.started {
            if day.since(self.fate.received) > START_LIMIT {
                self.breach(self.fate.received.plus(START_LIMIT + 2), BreachKind::NotStarted);
            }
            self.business.started = self.act(day, Role::Monitor);
            if let (Some(started), Some(breach)) = (self.business.started, self.business.breach.as_mut()) {
                let head = self.scene.roster.of(self.office, Role::OfficeHead, 0);
                let at = started.at.day.at(started.at.minute + 10);
                breach.outcome = Some(BreachOutcome { act: Act { at, by: head }, remedied: true });
                self.last = at;
            }
        }
    }

    fn breach(&mut self, day: Day, kind: BreachKind) {
        if let Some(noticed) = self.act(day, Role::Officer) {
            let remedy_due = self.days().plus(noticed.at.day, REMEDY_DAYS);
            self.business.breach = Some(Breach { kind, noticed, remedy_due, outcome: None });
        }
    }

    /// A pause in business, a suspension of duties, or the loss of a piece: at most one, well inside the life.
    fn pause_or_rest(&mut self) {
        let Some(started) = self.business.started else { return };
        let end = self.fate.ends.into_iter().chain(self.fate.dies).min().unwrap_or(Day(i16::MAX));
        let room = end.min(self.fate.term_ends.plus(-50)).since(started.at.day) - 130;
        let (pauses, rests, loses) = (self.draw.chance(PAUSED), self.draw.chance(SUSPENDED), self.draw.chance(LOST));
        if room <= 0 {
            return;
        }
        let from = started.at.day.plus(15 + self.draw.below(room as usize) as i32);
        let until = from.plus(self.draw.between(25, 84));
        if rests {
            let Some(suspended) = self.act(from, Role::Officer) else { return };
            let reasons = [SuspensionReason::Illness, SuspensionReason::Maternity, SuspensionReason::MilitaryService];
            let reason = reasons[self.draw.weighted([60.0, 25.0, 15.0].into_iter())];
            let resumed = self.act(until, Role::Officer);
            self.suspension = Some(Suspension { suspended, reason, resumed });
        } else if pauses {
            let Some(paused) = self.act(from, Role::Monitor) else { return };
            let reasons = [PauseReason::Season, PauseReason::Illness, PauseReason::Premises, PauseReason::Repair];
            let reason = reasons[self.draw.weighted([40.0, 25.0, 20.0, 15.0].into_iter())];
            let resumed = self.act(until, Role::Monitor);
            self.business.pauses.push(Pause { from: paused, reason, resumed });
        } else if loses {
            let Some(reported) = self.act(from, Role::Officer) else { return };
            self.business.loss = Some(Loss { reported, piece: 0, stolen: self.draw.chance(0.6) });
        }
    }

    /// The end of the business, found some days later by the monitor; or the death of the person.
    fn end_or_die(&mut self) {
        if let Some(on) = self.fate.dies.filter(|day| *day <= self.scene.today) {
            let found = on.plus(self.draw.between(4, 20));
            if let Some(recorded) = self.act(found, Role::Officer) {
                self.death = Some(Death { on, recorded });
                let at = recorded.at.day.at(recorded.at.minute + 5);
                self.last = at;
                let recorded = Act { at, by: self.officer(Role::Monitor) };
                self.business.ended = Some(Ending { on: recorded.at.day, reason: EndReason::Deceased, recorded });
            }
            return;
        }
        let Some(on) = self.fate.ends.filter(|day| *day <= self.scene.today) else { return };
        // After the term nobody calls before the next follow-up.
        let found = match on < self.business.term_ends {
            true => on.plus(self.draw.between(3, 40)),
            false => self.next_follow_up(on),
        };
        let reason = self.end_reason();
        if let Some(recorded) = self.act(found, Role::Monitor) {
            self.business.ended = Some(Ending { on, reason, recorded });
        }
    }

    fn next_follow_up(&self, day: Day) -> Day {
        let anniversaries = [6, 12, 24].map(|months| self.fate.received.plus_months(months).plus(3));
        anniversaries.into_iter().find(|due| *due > day).unwrap_or(day.plus(30))
    }

    fn end_reason(&mut self) -> EndReason {
        if self.business.started.is_none() && self.fate.started.is_none() {
            return EndReason::NeverStarted;
        }
        let reasons =
            [EndReason::NoCustomers, EndReason::FoundWork, EndReason::Illness, EndReason::Moved, EndReason::SoldEquipment];
        reasons[self.draw.weighted([44.0, 26.0, 12.0, 13.0, 5.0].into_iter())]
    }

    /// Visits by the interval until the term ends, the business is known to have ended, or today is near.
    fn visit(&mut self) {
        let last_due = self.scene.today.plus(21);
        let known_end = self.business.ended.map_or(Day(i16::MAX), |end| end.recorded.at.day);
        let mut due = self.days().on_or_after(self.fate.received.plus(FIRST_VISIT));
        let mut number = 0;
        while due <= last_due && due < self.business.term_ends.plus(-20) && due <= known_end {
            self.visit_once(due, VisitKind::Field);
            number += 1;
            let interval = if number == 1 { VISIT_INTERVAL - FIRST_VISIT } else { VISIT_INTERVAL };
            due = self.days().on_or_after(due.plus(interval + self.draw.between(-4, 4)));
        }
    }

    fn visit_once(&mut self, due: Day, kind: VisitKind) {
        let planned = self.days().on_or_before(due.plus(-25)).max(self.fate.received).at(9 * 60 + 30);
        let on_time = self.draw.chance(outcome::VISIT_ON_TIME);
        let day = if on_time { due.plus(-self.draw.between(0, 12)) } else { due.plus(self.draw.between(2, 38)) };
        let day = self.days().on_or_after(day).min(if on_time { due } else { Day(i16::MAX) }).max(self.fate.received.plus(1));
        let day = self.days().on_or_after(day);
        let at = day.at(self.draw.between(9 * 60 + 30, 16 * 60 + 30) as u16);
        let made = self.seen(at);
        let kind = match kind {
            VisitKind::Field if self.draw.chance(0.12) => VisitKind::Electronic,
            other => other,
        };
        let made = Some(made).filter(|made| made.at.day <= self.scene.today);
        self.business.visits.push(Visit { due, planned, monitor: self.officer(Role::Monitor), kind, made });
    }

    /// What a visit at a moment finds.
    fn seen(&mut self, at: Moment) -> VisitMade {
        let status = self.status(at.day, outcome::VISIT_UNREACHABLE);
        let working = status == Seen::InBusiness;
        let months = f64::from(at.day.since(self.fate.received)) / DAYS_OF_A_MONTH;
        let growth = (0.55 + 0.09 * months).min(1.15);
        let sales = if working { round(self.level * growth * self.draw.log_normal(1.0, 0.25)) } else { 0 };
        let costs = if working { round(sales as f64 * (0.42 + 0.2 * self.draw.unit())) } else { 0 };
        let workers = if working { self.workers() } else { (0, 0) };
        VisitMade {
            at,
            status,
            sales,
            costs,
            household_income: self.income(sales - costs),
            workers_women: workers.0,
            workers_men: workers.1,
            satisfaction: if status == Seen::Unreachable {
                0
            } else {
                [0, 2, 3, 4, 5, 1][self.draw.weighted([10.0, 4.0, 12.0, 38.0, 34.0, 2.0].into_iter())]
            },
            tax_registered: working && self.draw.chance(0.86),
            photo_reused: working && self.draw.chance(outcome::PHOTO_REUSED),
        }
    }

    /// Paid workers, women and men: most businesses have none.
    fn workers(&mut self) -> (u8, u8) {
        let count = self.draw.weighted([77.0, 17.5, 4.5, 1.0].into_iter()) as u8;
        let women = (0..count).filter(|_| self.draw.chance(0.4)).count() as u8;
        (women, count - women)
    }

    fn income(&mut self, profit: i64) -> i64 {
        self.base_income * self.household + profit.max(0) * 7 / 10
    }

    fn status(&mut self, day: Day, unreachable: f64) -> Seen {
        let away = self.draw.chance(unreachable);
        let paused = self
            .business
            .pauses
            .iter()
            .any(|pause| pause.from.at.day <= day && pause.resumed.is_none_or(|resumed| day < resumed.at.day));
        match () {
            () if self.death.is_some_and(|death| death.on <= day) => Seen::Deceased,
            () if away => Seen::Unreachable,
            () if self.ended_by(day) => Seen::Ended,
            () if self.business.started.is_none_or(|started| day < started.at.day) => Seen::NotStarted,
            () if paused => Seen::Paused,
            () => Seen::InBusiness,
        }
    }

    /// Observations at 6, 12 and 24 months, whatever the contract.
    fn follow_up(&mut self) {
        for (months, unreachable) in [(6, 0.025), (12, 0.035), (24, outcome::UNREACHABLE_AT_24)] {
            let due = self.fate.received.plus_months(months);
            if due.plus(-14) > self.scene.today {
                return;
            }
            let day = self.days().on_or_after(due.plus(self.draw.between(-9, 26)));
            let at = day.at(self.draw.between(9 * 60 + 40, 16 * 60 + 20) as u16);
            let status = match self.status(day, unreachable) {
                // A business not yet begun after half a year does not sell.
                Seen::NotStarted => Seen::Ended,
                other => other,
            };
            let profit = if status == Seen::InBusiness { round(self.level * 0.5) } else { 0 };
            let household_income = self.income(profit);
            let still = if status == Seen::InBusiness { 0.45 } else { 0.8 };
            let on_assistance = self.on_assistance && self.draw.chance(still);
            let made = (day <= self.scene.today).then_some((Act { at, by: self.officer(Role::Monitor) }, status));
            self.business.follow_ups.push(FollowUp { months: months as u8, due, made, household_income, on_assistance });
        }
    }

    /// What was handed over comes back: after a death, or after a breach upheld.
    fn take_back(&mut self) {
        match self.death {
            Some(death) => self.recover(death.recorded.at.day.plus(48), CloseReason::Deceased),
            None => self.uphold(),
        }
    }

    fn extend(&mut self) {
        let day = self.fate.term_ends.plus(-self.draw.between(8, 24)).max(self.fate.received.plus(7));
        let Some(proposed) = self.act(day, Role::Officer) else { return };
        let later = self.days().plus(proposed.at.day, 1 + self.draw.below(4) as u32);
        let approved = self.act(later, Role::OfficeHead);
        if approved.is_some() {
            self.business.term_ends = self.fate.term_ends.plus_months(u32::from(EXTENSION_MONTHS));
        }
        self.business.extension = Some(Extension { proposed, approved, months: EXTENSION_MONTHS });
    }

    /// The end of the term: the final visit, the officer's proposal and the second person's approval.
    fn pass_title(&mut self) {
        let end = self.business.term_ends;
        let suspended = self.suspension.is_some_and(|rest| rest.resumed.is_none());
        let paused = self.business.pauses.last().is_some_and(|pause| pause.resumed.is_none());
        if suspended || paused || self.business.started.is_none() || end > self.scene.today.plus(25) {
            return;
        }
        let due = self.days().on_or_after(end.plus(-6).max(self.last.day.plus(2)));
        self.visit_once(due, VisitKind::Final);
        let final_visit = self.business.visits.last().and_then(|visit| visit.made);
        match final_visit.filter(|made| made.status == Seen::InBusiness) {
            Some(seen) => self.propose(end.max(seen.at.day)),
            None => self.visit_again(end),
        }
    }

    /// Nobody was met, or it was too early to say: a second final visit.
    fn visit_again(&mut self, end: Day) {
        if self.ended_by(end.plus(60)) || self.business.visits.last().is_some_and(|visit| visit.made.is_none()) {
            return;
        }
        let day = self.days().on_or_after(end.plus(self.draw.between(12, 25)));
        let planned = self.days().on_or_before(end).at(10 * 60);
        let at = day.at(11 * 60);
        let made = (day <= self.scene.today).then(|| VisitMade { status: Seen::InBusiness, ..self.seen(at) });
        self.business.visits.push(Visit {
            due: day,
            planned,
            monitor: self.officer(Role::Monitor),
            kind: VisitKind::Final,
            made,
        });
        if made.is_some() {
            self.propose(day);
        }
    }

    fn propose(&mut self, from: Day) {
        let day = from.plus(self.draw.log_normal(9.0, 0.5).clamp(1.0, 20.0) as i32);
        let Some(proposed) = self.act(day, Role::Officer) else { return };
        let later = self.days().plus(proposed.at.day, 2 + self.draw.below(6) as u32);
        if self.over_by(later.plus(3)) {
            return;
        }
        let approved = self.act(later, Role::OfficeHead);
        self.business.ownership = Some(Ownership { proposed, approved });
    }

    /// The case of an owner closes after the last follow-up, or with the owner's death.
    fn graduate(&mut self) {
        if self.business.ownership.is_none_or(|title| title.approved.is_none()) {
            return;
        }
        if self.death.is_some() {
            let day = self.last.day.plus(10);
            return self.close_owner(day, CloseReason::Deceased);
        }
        let last = self.business.follow_ups.iter().find(|follow_up| follow_up.months == 24);
        let Some((made, _)) = last.and_then(|follow_up| follow_up.made) else { return };
        let day = made.at.day.plus(self.draw.between(6, 30));
        self.last = self.last.max(made.at);
        self.close_owner(day, CloseReason::Graduated);
    }

    fn close_owner(&mut self, day: Day, reason: CloseReason) {
        if let Some(act) = self.act(day, Role::Officer) {
            let approved_by = Some(self.officer(Role::OfficeHead));
            self.closing = Some(Closing { act, reason, approved_by });
        }
    }

    /// Ended before the term: notice, hearing, and when nothing remedies it the equipment comes back.
    fn uphold(&mut self) {
        let Some(ended) = self.business.ended else { return };
        let kind = match ended.reason {
            EndReason::NeverStarted => BreachKind::NotStarted,
            EndReason::SoldEquipment => BreachKind::EquipmentSold,
            EndReason::Moved => BreachKind::EquipmentMoved,
            _ => BreachKind::StoppedBeforeTerm,
        };
        let day = ended.recorded.at.day.plus(self.draw.between(2, 14));
        self.breach(day, kind);
        let Some(breach) = self.business.breach.filter(|breach| breach.kind == kind && breach.outcome.is_none()) else { return };
        let region = self.scene.setting.offices[usize::from(self.office)].region;
        let head = self.scene.roster.commission(region)[0];
        let day = breach.remedy_due.plus(9 + self.draw.between(0, 18));
        let Some(at) = self.moment(day) else { return };
        self.last = at;
        self.business.breach =
            Some(Breach { outcome: Some(BreachOutcome { act: Act { at, by: head }, remedied: false }), ..breach });
        let back = at.day.plus(self.draw.between(12, 60));
        self.recover(back, CloseReason::BusinessEnded);
    }

    fn recover(&mut self, day: Day, reason: CloseReason) {
        let keeper = self.officer(Role::Storekeeper);
        let Some(begun) = self.act(self.last.day.plus(1), Role::Officer) else { return };
        let completed = self.moment(day).map(|at| Act { at, by: keeper });
        let written_off = if self.draw.chance(0.2) { vec![0] } else { Vec::new() };
        let value = round(140_000.0 * self.draw.log_normal(1.0, 0.4));
        self.business.recovery = Some(Recovery { begun, completed, value, written_off });
        let Some(completed) = completed else { return };
        self.last = completed.at;
        let later = completed.at.day.plus(self.draw.between(4, 15));
        if let Some(act) = self.act(later, Role::Officer) {
            self.closing = Some(Closing { act, reason, approved_by: None });
        }
    }
}

fn round(qepik: f64) -> i64 {
    (qepik / 100.0).round() as i64 * 100
}
