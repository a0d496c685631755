//! Cohorts, sessions, attendance, results and certificates.

use crate::demo::{
    events::certificate as certificate_number,
    history::{CaseNo, Course, CourseResult, Mark},
    ids::{self, Noun},
    programme::{Cohort as Made, Simulated},
};
use chrono::Datelike;
use preparation::training::{
    rules::{self, Outcome},
    store::{Attended, Certificate, Cohort, Enrolment, Session},
};
use values::id::OfficeId;

/// Minutes of a session: four hours.
const SESSION_MINUTES: i16 = 240;

/// A cohort and its sessions.
pub fn cohort(made: &Simulated, number: u32) -> (Cohort, Vec<Session>) {
    let cohort = &made.cohorts[number as usize];
    let (id, office) = (made.cohort_id(number).0, office(made, cohort.office).0);
    let sessions: Vec<Session> = cohort
        .sessions
        .iter()
        .zip(1i16..)
        .map(|(day, session)| {
            let held = *day < made.today;
            Session {
                cohort_id: id,
                session,
                office,
                held_on: day.date(),
                minutes: SESSION_MINUTES,
                marked_on: held.then(|| day.date()),
                marked_by: held.then(|| made.officer_id(cohort.trainer).0),
            }
        })
        .collect();
    let starts_on = sessions.first().map_or(cohort.opened.at.date(), |session| session.held_on);
    let ends_on = sessions.last().map_or(starts_on, |session| session.held_on);
    let row = Cohort {
        cohort_id: id,
        office,
        number: format!("T-{}-{:05}", starts_on.year(), number + 1),
        trainer_id: made.officer_id(cohort.trainer).0,
        venue: venue(made, cohort),
        online: cohort.online,
        seats: i16::from(cohort.seats).max(taken(cohort)),
        taken: taken(cohort),
        starts_on,
        ends_on,
        opened_on: cohort.opened.at.date(),
        opened_by: made.officer_id(cohort.opened.by).0,
        closed_on: (ends_on < made.today.date()).then_some(ends_on),
        language: Some("az".to_owned()),
    };
    (row, sessions)
}

/// What one case leaves of its courses.
#[derive(Default)]
pub struct Rows {
    pub enrolments: Vec<Enrolment>,
    pub attended: Vec<Attended>,
    pub certificates: Vec<Certificate>,
}

/// Adds the rows of a case.
pub fn add(made: &Simulated, case: CaseNo, rows: &mut Rows) {
    let history = made.history(case);
    for course in history.courses.iter().filter(|course| course.started.is_some()) {
        let cohort = &made.cohorts[course.cohort as usize];
        let minutes = i16::from(course.hours) * 60;
        rows.enrolments.push(Enrolment {
            person_id: made.person_id(history.person).0,
            case_id: made.case_id(case).0,
            cohort_id: made.cohort_id(course.cohort).0,
            office: now_in(made, case),
            enrolled_on: course.enrolled.at.date(),
            attended_minutes: minutes,
            test_before: Some(i16::from(course.test_before)),
            test_after: course.test_after.map(i16::from),
            result: course.end.map(|end| outcome(end.result) as i16),
            result_on: course.end.map(|end| end.act.at.date()),
        });
        attend(made, case, course, rows);
        if let Some(end) = course.end.filter(|end| end.result == CourseResult::Completed) {
            let person = &made.people[history.person as usize];
            let days = || cohort.sessions.iter().map(|day| day.date());
            let code: uuid::Uuid = ids::id(made.seed, Noun::Detail, u64::from(case) << 8 | 1, end.act.at);
            let mut random = [0u8; 15];
            random.copy_from_slice(&code.as_bytes()[1..]);
            rows.certificates.push(Certificate {
                person_id: made.person_id(history.person).0,
                case_id: made.case_id(case).0,
                number: certificate_number(case, end.act.at.day),
                office: now_in(made, case),
                code: rules::certificate_code(&random),
                holder: person.full_name(),
                hours: minutes / 60,
                begun_on: days().min().unwrap_or(end.act.at.date()),
                ended_on: days().max().unwrap_or(end.act.at.date()),
                place: venue(made, cohort),
                trainer: made.officer(cohort.trainer).name.clone(),
                issued_on: end.act.at.date(),
            });
        }
    }
}

fn attend(made: &Simulated, case: CaseNo, course: &Course, rows: &mut Rows) {
    let history = made.history(case);
    for (mark, session) in course.marks.iter().zip(1i16..) {
        let mark = match mark {
            Mark::Present => rules::Mark::Present,
            Mark::Late => rules::Mark::Late,
            Mark::Excused => rules::Mark::Excused,
            Mark::Absent => rules::Mark::Absent,
        };
        rows.attended.push(Attended {
            person_id: made.person_id(history.person).0,
            case_id: made.case_id(case).0,
            cohort_id: made.cohort_id(course.cohort).0,
            session,
            office: now_in(made, case),
            mark: mark as i16,
            minutes: mark.minutes_of(SESSION_MINUTES),
        });
    }
}

fn outcome(result: CourseResult) -> Outcome {
    match result {
        CourseResult::Completed => Outcome::Completed,
        CourseResult::Failed => Outcome::Failed,
        CourseResult::Dropped(_) => Outcome::Dropped,
    }
}

fn taken(cohort: &Made) -> i16 {
    i16::try_from(cohort.members.len()).unwrap_or(i16::MAX).max(0)
}

fn venue(made: &Simulated, cohort: &Made) -> String {
    if cohort.online { "Onlayn".to_owned() } else { made.setting.offices[usize::from(cohort.office)].name.clone() }
}

fn office(made: &Simulated, number: u16) -> OfficeId {
    OfficeId(made.setting.offices[usize::from(number)].id)
}

/// The office that keeps a case now.
fn now_in(made: &Simulated, case: CaseNo) -> i32 {
    office(made, made.history(case).office_now).0
}
