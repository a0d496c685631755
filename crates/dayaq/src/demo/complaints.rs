//! Complaints about goods, selection and staff, and how they were answered within their clocks.

use super::afterwards::{Grievance, GrievanceAbout, GrievanceChannel};
use super::business::Scene;
use super::cast;
use super::day::Day;
use super::draw::Draw;
use super::history::{Act, CaseNo, History, OfficeNo, OfficerNo};
use super::shape::outcome;
use platform::role::Role;

/// Working days for the answer, and when the matter needs study.
const ANSWER_DAYS: u32 = 15;
const STUDY_DAYS: u32 = 30;
const NEEDS_STUDY: f64 = 0.22;
const WITHDRAWN: f64 = 0.02;
/// Of complaints on selection, those that name a member of the staff.
const ABOUT_STAFF: f64 = 0.10;
/// Faulty goods are complained of so many times as often.
const FAULT_FACTOR: f64 = 4.0;
const OTHER_FACTOR: f64 = 0.55;
/// In the cast's office some are always open: working days since they came in.
const ALWAYS_OPEN: [u32; 4] = [1, 6, 13, 21];

/// Every complaint up to today, in order of lodging.
pub fn hear(scene: Scene<'_>, histories: &[History]) -> Vec<Grievance> {
    let mut all: Vec<Grievance> = Vec::new();
    for (case, history) in histories.iter().enumerate() {
        let mut draw = Draw::new(scene.seed, 0xC0, case as u64);
        if let Some(day) = about_goods(&mut draw, history) {
            all.extend(complaint(scene, &mut draw, case as CaseNo, history, GrievanceAbout::Goods, day));
        }
        if draw.chance(outcome::SELECTION_GRIEVANCES) {
            let day = history.application.lodged.at.day.plus(draw.between(15, 240));
            let about = if draw.chance(ABOUT_STAFF) { GrievanceAbout::Staff } else { GrievanceAbout::Selection };
            all.extend(complaint(scene, &mut draw, case as CaseNo, history, about, day));
        }
    }
    all.extend(always_open(scene, histories));
    all.sort_by_key(|grievance| (grievance.lodged.at, grievance.case));
    all
}

/// The day of a complaint about goods, if there is one.
fn about_goods(draw: &mut Draw, history: &History) -> Option<Day> {
    let delivery = history.delivery.as_ref()?;
    let received = delivery.completed?.at.day;
    let faulty = delivery.pieces.iter().any(|piece| piece.fault.is_some()) || delivery.refused.is_some();
    let factor = if faulty { FAULT_FACTOR } else { OTHER_FACTOR };
    draw.chance(outcome::GOODS_GRIEVANCES * factor).then(|| received.plus(draw.between(2, 50)))
}

/// Some complaints of the cast's office from the last weeks that nobody has answered yet.
fn always_open(scene: Scene<'_>, histories: &[History]) -> Vec<Grievance> {
    let Some(home) = scene.setting.office_in(cast::HOME) else { return Vec::new() };
    let received = histories.iter().enumerate().rev().filter(|(_, h)| h.office_now == home && h.receipt().is_some());
    let days = scene.setting.days.between(scene.today.plus(-60), scene.today);
    let chosen = received.step_by(3).zip(ALWAYS_OPEN);
    let open = chosen.filter_map(|((case, history), ago)| {
        let day = *days.get(days.len().checked_sub(1 + ago as usize)?)?;
        let mut draw = Draw::new(scene.seed, 0xC1, case as u64);
        let mut grievance = complaint(scene, &mut draw, case as CaseNo, history, GrievanceAbout::Goods, day)?;
        grievance.case = Some(case as CaseNo);
        let sorted = grievance.sorted.filter(|_| ago > 5);
        Some(Grievance { sorted, proposals: Vec::new(), escalated: None, withdrawn: None, closed: None, ..grievance })
    });
    open.collect()
}

fn complaint(
    scene: Scene<'_>,
    draw: &mut Draw,
    case: CaseNo,
    history: &History,
    about: GrievanceAbout,
    day: Day,
) -> Option<Grievance> {
    let office = history.office_now;
    let desk = scene.roster.of(office, Role::Grievance, 0);
    let mut clock = Clock { scene, draw, day: scene.setting.days.on_or_after(day), minute: 0 };
    let lodged = clock.act(desk)?;
    let needs_study = clock.draw.chance(NEEDS_STUDY);
    let term = if needs_study { STUDY_DAYS } else { ANSWER_DAYS };
    let due = scene.setting.days.plus(lodged.at.day, term);
    let channel = channel(clock.draw);
    let mut grievance = Grievance {
        case: (!clock.draw.chance(outcome::ANONYMOUS)).then_some(case),
        office,
        about,
        channel,
        confidential: about == GrievanceAbout::Staff || clock.draw.chance(0.03),
        lodged,
        acknowledged: clock.act(desk).map(|act| act.at),
        sorted: None,
        needs_study,
        due,
        proposals: Vec::new(),
        escalated: None,
        withdrawn: None,
        closed: None,
    };
    answer(&mut clock, &mut grievance, desk, office, term);
    Some(grievance)
}

/// Sorted, studied, proposed, accepted or taken to the second committee, closed.
fn answer(clock: &mut Clock<'_, '_>, grievance: &mut Grievance, desk: OfficerNo, office: OfficeNo, term: u32) {
    clock.pass(1, 2);
    grievance.sorted = clock.act(desk);
    if clock.draw.chance(WITHDRAWN) {
        clock.pass(1, 6);
        grievance.withdrawn = clock.act(desk);
        grievance.closed = grievance.withdrawn;
        return;
    }
    let on_time = clock.draw.chance(outcome::GRIEVANCE_ON_TIME);
    let term = term as i32;
    let wait = if on_time { clock.draw.between(term / 4, term - 5) } else { clock.draw.between(term, term + 14) };
    clock.pass(wait, wait);
    let escalates = clock.draw.chance(outcome::ESCALATED);
    let refusals = if escalates { 1 } else { usize::from(clock.draw.chance(0.12)) };
    for proposal in 0..=refusals {
        let head = clock.scene.roster.of(office, Role::OfficeHead, 0);
        let Some(act) = clock.act(head) else { return };
        let accepted = proposal == refusals;
        let answered = clock.told(1);
        grievance.proposals.push((act, answered.then_some(accepted)));
        if !answered {
            return;
        }
        if !accepted {
            clock.pass(1, 3);
            if escalates {
                grievance.escalated = clock.act(desk);
                clock.pass(4, 10);
            }
        }
    }
    clock.pass(1, 3);
    grievance.closed = clock.act(desk);
}

fn channel(draw: &mut Draw) -> GrievanceChannel {
    let others = (1.0 - outcome::BY_HOTLINE) * 100.0;
    let weights = [outcome::BY_HOTLINE * 100.0, others * 0.45, others * 0.15, others * 0.15, others * 0.25];
    [
        GrievanceChannel::Hotline,
        GrievanceChannel::InPerson,
        GrievanceChannel::Email,
        GrievanceChannel::Letter,
        GrievanceChannel::Web,
    ][draw.weighted(weights.into_iter())]
}

/// Working time that only goes forward; nothing is told after today.
struct Clock<'a, 'd> {
    scene: Scene<'a>,
    draw: &'d mut Draw,
    day: Day,
    minute: u16,
}

impl Clock<'_, '_> {
    fn act(&mut self, by: OfficerNo) -> Option<Act> {
        self.minute = match self.minute {
            0 => self.draw.between(9 * 60 + 10, 15 * 60) as u16,
            before => before + self.draw.between(5, 40) as u16,
        };
        (self.day <= self.scene.today).then_some(Act { at: self.day.at(self.minute.min(17 * 60 + 50)), by })
    }

    fn pass(&mut self, least: i32, most: i32) {
        let days = self.draw.between(least, most).max(0) as u32;
        if days > 0 {
            self.day = self.scene.setting.days.plus(self.day, days);
            self.minute = 0;
        }
    }

    /// Passes working days; true while still not after today.
    fn told(&mut self, days: i32) -> bool {
        self.pass(days, days);
        self.day <= self.scene.today
    }
}
