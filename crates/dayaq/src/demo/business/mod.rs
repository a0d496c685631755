//! What became of each business after its equipment came, told case by case and independent of all others.

mod term;
mod visits;

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
/// In 2020 some were equipped before the course, which came within so many days.
const COURSE_STILL_DUE_DAYS: i32 = 420;
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
        // Who got the equipment before the course has the course still to come, and lives to see it.
        let course_due = history.overridden.map(|_| received.plus(COURSE_STILL_DUE_DAYS));
        let (ends, dies) = (ends.max(course_due), dies.map(|death| Some(death).max(course_due).unwrap_or(death)));
        let started = if course_due.is_some() { started.or(Some(received.plus(20))) } else { started };
        let term_ends = signed.plus_months(u32::from(term_months));
        // A term that would end soon after a late receipt is extended, and so are some in trouble.
        let extended = term_ends.since(received) < 60 || draw.chance(outcome::EXTENDED);
        Self {
            received,
            started, // Whichever comes first is told.
            ends: ends.filter(|day| dies.is_none_or(|death| *day < death)),
            dies,
            term_ends,
            extended,
        }
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
}

fn round(qepik: f64) -> i64 {
    (qepik / 100.0).round() as i64 * 100
}
