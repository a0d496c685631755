//! Complaints about goods, selection and staff, and how they were answered within their clocks.

use super::afterwards::{Grievance, GrievanceAbout, GrievanceChannel, Proposed};
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
/// Of those who give no name, the ones who leave a way to be answered.
const ANONYMOUS_REACHABLE: f64 = 0.6;
/// In the cast's office some are always open: working days since they came in, how far they are, what they are about.
pub const ALWAYS_OPEN: [(u32, Reached, GrievanceAbout); 12] = [
    (1, Reached::Lodged, GrievanceAbout::Goods),
    (3, Reached::Acknowledged, GrievanceAbout::Goods),
    (6, Reached::Sorted, GrievanceAbout::Selection),
    (9, Reached::Studying, GrievanceAbout::Goods),
    (11, Reached::Proposed, GrievanceAbout::Goods),
    (13, Reached::Told, GrievanceAbout::Goods),
    (16, Reached::Refused, GrievanceAbout::Goods),
    (24, Reached::Escalated, GrievanceAbout::Goods),
    (32, Reached::Accepted, GrievanceAbout::Goods),
    (28, Reached::Sorted, GrievanceAbout::Goods),
    (7, Reached::Sorted, GrievanceAbout::Staff),
    (19, Reached::Sorted, GrievanceAbout::Staff),
];

/// How far an open complaint has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Reached {
    Lodged,
    Acknowledged,
    Sorted,
    /// Sorted as one that needs study.
    Studying,
    Proposed,
    Told,
    Refused,
    Escalated,
    Accepted,
}

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

/// Complaints of the cast's office that are still open, one at every step of the way.
fn always_open(scene: Scene<'_>, histories: &[History]) -> Vec<Grievance> {
    let Some(home) = scene.setting.office_in(cast::HOME) else { return Vec::new() };
    let received = histories.iter().enumerate().rev().filter(|(_, h)| h.office_now == home && h.receipt().is_some());
    let days = scene.setting.days.between(scene.today.plus(-90), scene.today);
    let chosen = received.step_by(2).zip(ALWAYS_OPEN);
    let open = chosen.filter_map(|((case, history), (ago, reached, about))| {
        let day = *days.get(days.len().checked_sub(1 + ago as usize)?)?;
        let mut draw = Draw::new(scene.seed, 0xC1, case as u64);
        let grievance = complaint(scene, &mut draw, case as CaseNo, history, about, day)?;
        Some(Standing { scene, grievance: Grievance { case: Some(case as CaseNo), reachable: true, ..grievance } }.at(reached))
    });
    open.collect()
}

/// A complaint that is made to stand at a step.
struct Standing<'a> {
    scene: Scene<'a>,
    grievance: Grievance,
}

impl Standing<'_> {
    fn at(self, reached: Reached) -> Grievance {
        let base = &self.grievance;
        let (desk, confidential) = (base.lodged.by, base.confidential);
        let since = |reached_before: Reached| reached >= reached_before;
        let at = |days: u32, by| Act { at: self.scene.setting.days.plus(base.lodged.at.day, days).at(11 * 60), by };
        let needs_study = matches!(reached, Reached::Studying | Reached::Accepted);
        let proposer = proposer(self.scene, base.office, confidential, false);
        let proposal = since(Reached::Proposed).then(|| {
            // What was accepted in the end had been studied for a month.
            let day = if reached == Reached::Accepted { 20 } else { 6 };
            let answered = since(Reached::Refused).then(|| (at(day + 4, desk), reached == Reached::Accepted));
            Proposed { act: at(day, proposer), second: false, told: since(Reached::Told).then(|| at(day + 1, desk)), answered }
        });
        let term = if needs_study { STUDY_DAYS } else { ANSWER_DAYS };
        Grievance {
            channel: if reached == Reached::Lodged { GrievanceChannel::Email } else { base.channel },
            acknowledged: since(Reached::Acknowledged).then_some(base.lodged.at),
            sorted: since(Reached::Sorted).then(|| at(1, desk)),
            studied: (reached == Reached::Accepted).then(|| at(15, desk)),
            needs_study,
            due: self.scene.setting.days.plus(base.lodged.at.day, term),
            proposals: proposal.into_iter().collect(),
            escalated: (reached == Reached::Escalated).then(|| at(12, desk)),
            withdrawn: None,
            closed: None,
            ..self.grievance.clone()
        }
    }
}

/// Who speaks for a committee: the head of the office, then a manager; of what is confidential, grievance officers.
fn proposer(scene: Scene<'_>, office: OfficeNo, confidential: bool, second: bool) -> OfficerNo {
    match (confidential, second) {
        (false, false) => scene.roster.of(office, Role::OfficeHead, 0),
        (false, true) => scene.roster.national(Role::Manager, 1),
        (true, false) => scene.roster.of(office, Role::Grievance, 0),
        (true, true) => scene.roster.national(Role::Grievance, 0),
    }
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
    let anonymous = clock.draw.chance(outcome::ANONYMOUS);
    let mut grievance = Grievance {
        case: (!anonymous).then_some(case),
        reachable: !anonymous || clock.draw.chance(ANONYMOUS_REACHABLE),
        office,
        about,
        channel,
        confidential: about == GrievanceAbout::Staff || clock.draw.chance(0.03),
        lodged,
        acknowledged: clock.act(desk).map(|act| act.at),
        sorted: None,
        studied: None,
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
    if grievance.needs_study {
        clock.pass(wait - 1, wait - 1);
        grievance.studied = clock.act(desk);
        clock.pass(1, 1);
    } else {
        clock.pass(wait, wait);
    }
    let escalates = grievance.reachable && clock.draw.chance(outcome::ESCALATED);
    let refusals = if escalates { 1 } else { usize::from(grievance.reachable && clock.draw.chance(0.12)) };
    for number in 0..=refusals {
        let second = grievance.escalated.is_some();
        let proposer = proposer(clock.scene, office, grievance.confidential, second);
        let Some(act) = clock.act(proposer) else { return };
        let told = clock.told(1).then(|| clock.act(desk)).flatten();
        grievance.proposals.push(Proposed { act, second, told, answered: None });
        if told.is_none() {
            return;
        }
        if !grievance.reachable {
            break;
        }
        clock.pass(1, 3);
        let accepted = number == refusals;
        let Some(answer) = clock.act(desk) else { return };
        grievance.proposals[number].answered = Some((answer, accepted));
        if !accepted && escalates {
            clock.pass(1, 2);
            grievance.escalated = clock.act(desk);
            if grievance.escalated.is_none() {
                return;
            }
            clock.pass(4, 10);
        } else if !accepted {
            clock.pass(2, 5);
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
