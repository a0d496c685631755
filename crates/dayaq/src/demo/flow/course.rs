//! Cohorts of at most 25, nine sessions of four hours, tests before and after; a repeat for good cause.

use super::queue::{Step, Todo};
use super::{Flow, Stream};
use crate::demo::day::Day;
use crate::demo::draw::Draw;
use crate::demo::history::*;
use crate::demo::programme::Cohort;
use crate::demo::shape::{self, outcome};
use platform::role::Role;
use std::collections::VecDeque;

const SEATS: usize = 25;
/// 36 hours in sessions of four.
pub const SESSIONS: usize = 9;
const HOURS_OF_A_SESSION: u8 = 4;
/// Working days from opening a cohort to its first session, and from there to the last.
const NOTICE: u32 = 3;
/// Points out of 100 that pass the test.
pub const PASS_MARK: u8 = 60;
const APPEAL_DAYS: f64 = 32.0;

impl Flow<'_> {
    /// Takes an accepted case, or one that repeats, into its office's queue for a seat.
    pub(super) fn enrol(&mut self, case: CaseNo) {
        let alive = self.histories[case as usize].closing.is_none() && self.histories[case as usize].death.is_none();
        if !alive {
            return;
        }
        let office = usize::from(self.office(case));
        if self.histories[case as usize].overridden.is_none() {
            self.set_step(case, Step::Enrolled);
        }
        self.queues.enrolled[office].push_back((self.day, case));
    }

    /// Opens as many cohorts as the country's pace asks for, in the offices where people wait longest.
    pub(super) fn open_cohorts(&mut self) {
        let end = self.setting.days.plus(self.day, NOTICE + SESSIONS as u32 - 1);
        let aim = self.aims.trained.at(end) * self.scale;
        let due = aim - self.counts.trained as f64 - self.counts.in_training as f64 * 0.94;
        let (mut slots, hurry) = (due, due > 60.0 * self.scale.max(0.2));
        while slots >= 1.0 {
            let Some(office) = self.next_office(hurry) else { return };
            slots -= self.open_cohort(office) as f64 * 0.94;
        }
    }

    /// The office with the longest-waiting person among those where the answers to a list are in and fill a room, or
    /// where people have waited long enough.
    fn next_office(&self, hurry: bool) -> Option<usize> {
        let (least, settled, patience) = if hurry { (6, 3, 5) } else { (12, 6, 20) };
        let ready = |queue: &VecDeque<(Day, CaseNo)>| {
            queue.front().is_some_and(|(since, _)| {
                let waited = self.day.since(*since);
                waited >= patience || waited >= settled && queue.len() >= least
            })
        };
        let waiting = self.queues.enrolled.iter().enumerate().filter(|(_, queue)| ready(queue));
        waiting.min_by_key(|(_, queue)| queue.front().map(|(since, _)| *since)).map(|(office, _)| office)
    }

    fn open_cohort(&mut self, office: usize) -> usize {
        let number = self.cohorts.len() as u32;
        let mut draw = self.draw(Stream::Course, 1 << 40 | u64::from(number));
        let waiting = self.queues.enrolled[office].len();
        // Two rooms of equal size rather than a full one and a remnant.
        let size = if waiting > SEATS { waiting.div_ceil(waiting.div_ceil(SEATS)) } else { waiting };
        let members: Vec<CaseNo> = self.queues.enrolled[office].drain(..size).map(|(_, case)| case).collect();
        let office_no = office as OfficeNo;
        let by = self.roster.of(office_no, Role::Officer, draw.bits());
        let opened = Act { at: self.day.at(17 * 60 + draw.between(0, 40) as u16), by };
        let first = self.setting.days.plus(self.day, NOTICE);
        let sessions: Vec<_> = (0..SESSIONS as u32).map(|session| self.setting.days.plus(first, session)).collect();
        for (position, day) in sessions.iter().enumerate() {
            self.queues.put(*day, 0, Todo::Session(number, position as u8));
        }
        for case in &members {
            self.take_seat(*case, number, opened);
        }
        self.counts.in_training += size;
        self.cohorts.push(Cohort {
            office: office_no,
            trainer: self.roster.of(office_no, Role::Trainer, u64::from(number)),
            opened,
            online: first < shape::CLASSROOMS_OPEN,
            seats: SEATS as u8,
            sessions,
            starts_at: if draw.chance(0.6) { 10 * 60 } else { 13 * 60 },
            members,
        });
        size
    }

    fn take_seat(&mut self, case: CaseNo, cohort: u32, opened: Act) {
        self.history(case).courses.push(Course {
            cohort,
            enrolled: opened,
            started: None,
            marks: Vec::new(),
            hours: 0,
            test_before: 0,
            test_after: None,
            end: None,
        });
    }

    /// Marks everyone's attendance; drop-outs leave here, and the last session brings the test and the result.
    pub(super) fn hold_session(&mut self, number: u32, position: u8) {
        for at in 0..self.cohorts[number as usize].members.len() {
            let case = self.cohorts[number as usize].members[at];
            self.attend(case, number, position);
        }
    }

    fn attend(&mut self, case: CaseNo, number: u32, position: u8) {
        let fate = self.fate(case);
        let cohort = &self.cohorts[number as usize];
        let (trainer, begins) = (cohort.trainer, cohort.starts_at);
        let start = Act { at: self.day.at(begins + 5), by: trainer };
        let end = Act { at: self.day.at(begins + 4 * 60 + 15), by: trainer };
        let Some(course) = self.histories[case as usize].courses.last_mut() else { return };
        // Whoever dropped out may sit in a later cohort by now.
        if course.end.is_some() || course.cohort != number {
            return;
        }
        if position == 0 {
            course.started = Some(start);
            course.test_before = fate.before;
        }
        let mark = fate.marks[usize::from(position)];
        course.marks.push(mark);
        if matches!(mark, Mark::Present | Mark::Late) {
            course.hours += HOURS_OF_A_SESSION;
        }
        let dropped = fate.drops_at == Some(position);
        let last = usize::from(position) + 1 == SESSIONS;
        if last && !dropped {
            course.test_after = Some(fate.after);
        }
        if last || dropped {
            let result = match (dropped, course.hours >= 29 && fate.after >= PASS_MARK) {
                (true, _) => CourseResult::Dropped(fate.reason),
                (_, true) => CourseResult::Completed,
                (_, false) => CourseResult::Failed,
            };
            course.end = Some(CourseEnd { act: end, result, may_repeat: result != CourseResult::Completed && fate.repeats });
            self.end_course(case, result, fate.repeats);
        }
        self.queues.last[case as usize] = end.at;
    }

    fn end_course(&mut self, case: CaseNo, result: CourseResult, repeats: bool) {
        let mut draw = self.draw(Stream::Course, 2 << 40 | u64::from(case));
        self.counts.in_training -= 1;
        let overridden = self.histories[case as usize].overridden.is_some();
        match result {
            CourseResult::Completed => {
                let person = self.histories[case as usize].person as usize;
                if !std::mem::replace(&mut self.queues.trained_before[person], true) {
                    self.counts.trained += 1;
                }
                if !overridden {
                    self.set_step(case, Step::Trained);
                    self.begin_plan(case, &mut draw);
                }
            }
            _ if repeats => {
                let days = f64::from(draw.between(10, 40));
                self.after_days(case, days, Todo::Enrol);
            }
            _ if overridden => {}
            CourseResult::Failed => {
                self.set_step(case, Step::Refused);
                self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::Failed));
            }
            CourseResult::Dropped(_) => {
                self.set_step(case, Step::Refused);
                self.after_days(case, APPEAL_DAYS, Todo::CloseRefused(CloseReason::DroppedOut));
            }
        }
    }

    /// How the course goes for a case: the same at each session, another at a repeat.
    fn fate(&self, case: CaseNo) -> Fate {
        let attempt = self.histories[case as usize].courses.len() as u64;
        let mut draw = self.draw(Stream::Course, u64::from(case) << 2 | attempt);
        Fate::new(&mut draw, attempt > 1 || self.histories[case as usize].overridden.is_some())
    }
}

struct Fate {
    marks: [Mark; SESSIONS],
    drops_at: Option<u8>,
    reason: DropReason,
    repeats: bool,
    before: u8,
    after: u8,
}

impl Fate {
    fn new(draw: &mut Draw, repeated: bool) -> Self {
        let drops_at = draw.chance(outcome::DROPPED).then(|| draw.between(1, 6) as u8);
        let fails = drops_at.is_none() && draw.chance(outcome::FAILED / (1.0 - outcome::DROPPED));
        let mut marks = [Mark::Present; SESSIONS];
        marks.iter_mut().for_each(|mark| {
            if draw.chance(0.08) {
                *mark = Mark::Late;
            }
        });
        let absences = if fails && draw.chance(0.5) { draw.between(2, 4) } else { i32::from(draw.chance(0.35)) };
        for _ in 0..absences {
            marks[draw.below(SESSIONS)] = if draw.chance(0.5) { Mark::Excused } else { Mark::Absent };
        }
        if let Some(at) = drops_at {
            marks[usize::from(at)] = Mark::Absent;
        }
        let hours = 4 * marks.iter().filter(|mark| matches!(mark, Mark::Present | Mark::Late)).count();
        let before = (41.0 + 13.0 * draw.normal()).clamp(5.0, 92.0);
        let gained = (before + (33.0 + 9.0 * draw.normal()) * (1.0 - before / 160.0)).clamp(0.0, 100.0);
        // Whoever attended enough fails by the test alone.
        let after = if fails && hours >= 29 {
            draw.between(30, i32::from(PASS_MARK) - 1) as f64
        } else {
            gained.max(f64::from(PASS_MARK) + 1.0)
        };
        let reasons = [DropReason::Illness, DropReason::FoundWork, DropReason::Family, DropReason::Unknown];
        Self {
            marks,
            drops_at,
            reason: reasons[draw.weighted([28.0, 34.0, 24.0, 14.0].into_iter())],
            repeats: !repeated && draw.chance(outcome::REPEATS),
            before: before as u8,
            after: after as u8,
        }
    }
}
