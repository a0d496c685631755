//! The course: its modules with their hours, its sessions, its tests.

use super::{
    Parameter,
    code::{Code, Coded},
    parameters,
    reader::{Place, Reader, Table},
    words::{Source, Words},
};
use chrono::NaiveDate;
use serde::Serialize;

/// The course that every enrolled person attends.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Course {
    pub name: Words,
    /// Told on the certificate beside the name.
    pub note: Words,
    pub modules: Vec<Module>,
    pub sessions: Vec<Session>,
    pub tests: Vec<CourseTest>,
    pub source: Source,
}

/// A subject of the course.
#[derive(Clone, Debug, Serialize)]
pub struct Module {
    pub code: Code<Module>,
    pub name: Words,
    pub hours: u32,
    /// What a participant can do afterwards.
    pub aim: Words,
}

/// A day of the course, with the modules taught on it.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// Counted from 1.
    pub number: u32,
    pub parts: Vec<SessionPart>,
}

/// So many hours of a module.
#[derive(Clone, Debug, Serialize)]
pub struct SessionPart {
    pub module: Code<Module>,
    pub hours: u32,
}

/// A test of what participants know.
#[derive(Clone, Debug, Serialize)]
pub struct CourseTest {
    pub code: Code<CourseTest>,
    pub name: Words,
    pub moment: Moment,
    pub questions: u32,
}

/// When a test is taken. The difference of both is the gain in knowledge; the one after decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moment {
    Before,
    After,
}

impl Course {
    /// Hours of all modules.
    pub fn hours(&self) -> u32 {
        self.modules.iter().map(|module| module.hours).sum()
    }

    /// A module by its code.
    pub fn module(&self, code: &str) -> Option<&Module> {
        self.modules.iter().find(|module| module.code == *code)
    }
}

impl Session {
    /// Hours of the day.
    pub fn hours(&self) -> u32 {
        self.parts.iter().map(|part| part.hours).sum()
    }
}

/// Reads `course.toml` and holds it against the length of the course in force.
pub(super) fn read(reader: &Reader<'_>, parameters: &[Parameter]) -> Course {
    reader.toml("course.toml", |file| course(file, parameters)).unwrap_or_default()
}

fn course(file: &Table<'_>, parameters: &[Parameter]) -> Course {
    let mut places = Vec::new();
    let course = Course {
        name: file.words("name"),
        note: file.words("note"),
        source: file.source(),
        modules: file.list("module", |table| {
            places.push(table.place_of("hours"));
            module(table)
        }),
        sessions: file.list("session", |table| Session {
            number: table.number("number", 1..=100),
            parts: table.list("part", |part| SessionPart { module: part.refer("module"), hours: part.number("hours", 1..=12) }),
        }),
        tests: file.list("test", |table| CourseTest {
            code: table.define(),
            name: table.words("name"),
            moment: table.one_of("moment", &[("before", Moment::Before), ("after", Moment::After)]),
            questions: table.number("questions", 1..=200),
        }),
    };
    hours_agree(file, &course, &places, parameters);
    course
}

fn module(table: &Table<'_>) -> Module {
    Module { code: table.define(), name: table.words("name"), hours: table.number("hours", 1..=100), aim: table.words("aim") }
}

/// `places` are the lines on which the hours of the modules stand.
fn hours_agree(file: &Table<'_>, course: &Course, places: &[Place], parameters: &[Parameter]) {
    let limit = |code| parameters::version(parameters, code, NaiveDate::MAX).map(|version| version.value);
    if let Some(hours) = limit("COURSE_HOURS").filter(|hours| *hours != i64::from(course.hours())) {
        file.problem(
            "module",
            format!("the modules have {} hours together", course.hours()),
            format!("{hours}, as COURSE_HOURS says"),
        );
    }
    for (module, place) in course.modules.iter().zip(places) {
        let parts = course.sessions.iter().flat_map(|session| &session.parts).filter(|part| part.module == module.code);
        let taught: u32 = parts.map(|part| part.hours).sum();
        if taught != module.hours && !module.code.is_empty() {
            let what = format!("{} has {} hours", module.code, module.hours);
            file.reader().problem(place, what, format!("{taught}, as its sessions give it"));
        }
    }
    for (session, expected) in course.sessions.iter().zip(1..) {
        if session.number != expected {
            file.problem("session", format!("session {} stands in place {expected}", session.number), "sessions numbered from 1");
        }
        if let Some(most) = limit("SESSION_HOURS_MAX").filter(|most| i64::from(session.hours()) > *most) {
            file.problem("session", format!("session {expected} has {} hours", session.hours()), format!("at most {most}"));
        }
    }
}

impl Coded for Module {
    const NOUN: &'static str = "module";
    const FILE: &'static str = "course.toml";
}

impl Coded for CourseTest {
    const NOUN: &'static str = "test";
    const FILE: &'static str = "course.toml";
}
