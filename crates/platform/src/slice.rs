//! What a slice gives to the whole: routes, its part of the work queue, of a person's and a case's page, of the menu; what
//! moves with a case; what the calendar brings about.

use crate::{
    app::App,
    message::Message,
    request::Page,
    role::{Permission, Role},
    route::Route,
    scope::Tx,
};
use anyhow::Result;
use chrono::NaiveDate;
use futures::future::BoxFuture;
use maud::Markup;
use serde::Serialize;
use values::id::{CaseId, PersonId};

/// A slice of the programme's work, as the router and the shared pages see it.
#[derive(Default)]
pub struct Slice {
    pub name: &'static str,
    pub routes: Vec<Route>,
    pub queue: Vec<QueuePart>,
    pub panels: Vec<Panel>,
    pub menu: Vec<MenuEntry>,
    pub duties: Vec<DutyLink>,
    /// What else is known of how far a duty is.
    pub progress: Vec<Progress>,
    /// Statements that move the slice's rows to another office: one for each of its tables of a person's life.
    pub moves: Vec<Move>,
    pub daily: Vec<Daily>,
}

/// A statement that moves rows to another office. A test finds every table of a life that no slice moves.
#[derive(Clone, Copy)]
pub enum Move {
    /// Rows of a case. `$1` person, `$2` office, `$3` case.
    OfCase(&'static str),
    /// Rows of a person, whichever case they belong to. `$1` person, `$2` office.
    OfPerson(&'static str),
}

/// What comes about by itself when its day has come: a time that lapses, a case that closes. It is done as often as one
/// likes, and each thing once.
#[derive(Clone, Copy)]
pub struct Daily {
    /// The word in the program's own report.
    pub name: &'static str,
    /// How many things came about.
    pub run: for<'a> fn(&'a App) -> BoxFuture<'a, Result<u64>>,
}

/// Where a duty of the case's machine is done: the work queue and the case's page lead there.
#[derive(Clone, Copy)]
pub struct DutyLink {
    /// The number of the duty in `registry::case`.
    pub duty: i16,
    /// A path with `{case}` and `{person}` to be filled in.
    pub path: &'static str,
}

/// What a slice knows of a duty of the case's machine that the case's events do not tell: an order is placed, goods lie in
/// the store. The case's page says this instead; of several the last slice's.
#[derive(Clone, Copy)]
pub struct Progress {
    /// The number of the duty in `registry::case`.
    pub duty: i16,
    pub look: Look,
    /// Finds the cases (`case_id`) on which the duty's own role can do nothing now: somebody else comes first, and says so in
    /// their own part of the queue.
    pub elsewhere: Option<&'static str>,
}

/// Finds out what is to be done now, or that nothing more is known.
pub type Look = for<'a> fn(&'a mut Tx, &'a Page, Subject) -> BoxFuture<'a, Result<Option<Step>>>;

/// What is to be done now.
#[derive(Debug, Serialize)]
pub struct Step {
    pub task: Message,
    pub role: Role,
    pub link: String,
    pub since: NaiveDate,
    /// None: as the duty itself is due.
    pub due: Option<NaiveDate>,
}

/// A line of the menu, shown to those who may open it.
#[derive(Clone, Copy)]
pub struct MenuEntry {
    pub path: &'static str,
    /// The message key of its words.
    pub key: &'static str,
    pub permission: Permission,
    /// Smaller stands further left.
    pub order: u8,
}

/// A slice's part of the work queue, for some roles.
#[derive(Clone, Copy)]
pub struct QueuePart {
    pub roles: &'static [Role],
    pub list: for<'a> fn(&'a mut Tx, &'a Page, i64) -> BoxFuture<'a, Result<Queue>>,
}

/// Work that waits: the most urgent items, and how many there are in all.
#[derive(Debug, Default, Serialize)]
pub struct Queue {
    pub items: Vec<QueueItem>,
    pub total: i64,
    pub overdue: i64,
}

/// One piece of work that waits.
#[derive(Debug, Serialize)]
pub struct QueueItem {
    /// What is to be done.
    pub task: Message,
    /// About whom or what: a name, a cohort, an order.
    pub about: String,
    pub link: String,
    pub since: NaiveDate,
    pub due: Option<NaiveDate>,
}

/// Whose page a panel stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    Person,
    Case,
}

/// Who or what a panel is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub person: PersonId,
    /// On a person's page, absent.
    pub case: Option<CaseId>,
}

/// Draws a panel, or nothing.
pub type Draw = for<'a> fn(&'a mut Tx, &'a Page, Subject) -> BoxFuture<'a, Result<Option<Markup>>>;

/// A slice's part of a person's or a case's page.
#[derive(Clone, Copy)]
pub struct Panel {
    pub place: Place,
    /// The message key of its heading.
    pub key: &'static str,
    /// Smaller stands higher.
    pub order: u8,
    /// Nothing when there is nothing to show.
    pub draw: Draw,
}
