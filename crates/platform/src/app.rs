//! The running program as handlers see it: database, clock, keys, and what the slices gave to the whole.

use crate::{
    answer::Fault,
    clock::{Clock, Running},
    database::Database,
    keys::Keys,
    request::Page,
    scope::{Scope, Tx, Who},
    slice::{Daily, DutyLink, MenuEntry, Move, Panel, Progress, QueuePart, Slice},
    up,
};
use anyhow::Result;
use chrono::{DateTime, NaiveDate, Utc};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
};
use values::id::{CaseId, PersonId};

/// The running program. Cloning is cheap.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    database: Database,
    clock: Arc<Running>,
    keys: Arc<Keys>,
    demo: bool,
    queue: Vec<QueuePart>,
    panels: Vec<Panel>,
    menu: Vec<MenuEntry>,
    duties: Vec<DutyLink>,
    progress: Vec<Progress>,
    moves: Vec<Move>,
    daily: Vec<Daily>,
    pages: up::Pages,
    held: HashMap<TypeId, Arc<dyn Any + Send + Sync>>,
}

/// What an [`App`] is made of.
#[derive(Clone)]
pub struct Parts {
    pub database: Database,
    pub clock: Clock,
    pub keys: Arc<Keys>,
    pub demo: bool,
}

impl App {
    /// The program, with what these slices give to the shared pages (their routes go to the router).
    pub fn new(parts: Parts, slices: &[Slice]) -> Self {
        let mut panels: Vec<_> = slices.iter().flat_map(|slice| slice.panels.iter().copied()).collect();
        panels.sort_by_key(|panel| panel.order);
        let mut menu: Vec<_> = slices.iter().flat_map(|slice| slice.menu.iter().copied()).collect();
        menu.sort_by_key(|entry| entry.order);
        Self(Arc::new(Inner {
            database: parts.database,
            clock: Arc::new(Running::at(parts.clock)),
            keys: parts.keys,
            demo: parts.demo,
            queue: slices.iter().flat_map(|slice| slice.queue.iter().copied()).collect(),
            panels,
            menu,
            duties: slices.iter().flat_map(|slice| slice.duties.iter().copied()).collect(),
            progress: slices.iter().flat_map(|slice| slice.progress.iter().copied()).collect(),
            moves: slices.iter().flat_map(|slice| slice.moves.iter().copied()).collect(),
            daily: slices.iter().flat_map(|slice| slice.daily.iter().copied()).collect(),
            pages: up::pages(slices.iter().flat_map(|slice| &slice.routes)),
            held: HashMap::new(),
        }))
    }

    /// The program holding one more thing for all, such as the programme's data. Called before anything is served.
    pub fn holding<T: Any + Send + Sync>(self, thing: Arc<T>) -> Self {
        let mut inner = Arc::try_unwrap(self.0).unwrap_or_else(|shared| shared.copy());
        inner.held.insert(TypeId::of::<T>(), thing);
        Self(Arc::new(inner))
    }

    /// A thing that the program holds for all.
    pub fn held<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        self.0.held.get(&TypeId::of::<T>()).cloned().and_then(|thing| thing.downcast().ok())
    }

    /// A transaction for reading, in the scope of whoever asks.
    pub async fn read(&self, page: &Page) -> Result<Tx, Fault> {
        Ok(self.write(page).await?.for_reading())
    }

    /// A transaction for acting, in the scope of whoever acts.
    pub async fn write(&self, page: &Page) -> Result<Tx, Fault> {
        let acting = page.acting.as_ref().ok_or(Fault::Forbidden)?;
        Ok(self.open(acting.who.scope(), acting.who.clone()).await?)
    }

    /// A transaction of the program itself: jobs, imports, what a public page checks.
    pub async fn system(&self) -> Result<Tx> {
        self.open(Scope::System, Who::program()).await
    }

    /// A transaction within a given scope.
    pub async fn open(&self, scope: Scope, who: Who) -> Result<Tx> {
        Tx::open(&self.0.database, scope, who, self.0.clock.read(), self.0.keys.clone()).await
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.read().now()
    }

    pub fn today(&self) -> NaiveDate {
        self.0.clock.read().today()
    }

    /// The programme's clock, which a demo moves forward.
    pub fn clock(&self) -> &Running {
        &self.0.clock
    }

    pub fn keys(&self) -> &Keys {
        &self.0.keys
    }

    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// Whether this database holds invented people only.
    pub fn demo(&self) -> bool {
        self.0.demo
    }

    pub fn queue(&self) -> &[QueuePart] {
        &self.0.queue
    }

    pub fn panels(&self) -> &[Panel] {
        &self.0.panels
    }

    /// Where a duty of a case is done; its page when no slice says more.
    pub fn duty_link(&self, duty: i16, person: PersonId, case: CaseId) -> String {
        let path = self.0.duties.iter().find(|link| link.duty == duty).map_or("/cases/{case}", |link| link.path);
        path.replace("{case}", &case.to_string()).replace("{person}", &person.to_string())
    }

    /// What slices know of how far a duty is.
    pub fn progress(&self, duty: i16) -> impl Iterator<Item = &Progress> {
        self.0.progress.iter().filter(move |progress| progress.duty == duty)
    }

    /// The duties of which slices know cases where somebody else comes first, each with the statement that finds them.
    pub fn elsewhere(&self) -> impl Iterator<Item = (i16, &'static str)> {
        self.0.progress.iter().filter_map(|progress| progress.elsewhere.map(|sql| (progress.duty, sql)))
    }

    pub(crate) fn pages(&self) -> &up::Pages {
        &self.0.pages
    }

    pub fn menu(&self) -> &[MenuEntry] {
        &self.0.menu
    }

    /// What moves with a case to another office.
    pub fn moves(&self) -> &[Move] {
        &self.0.moves
    }

    /// What the calendar brings about.
    pub fn daily(&self) -> &[Daily] {
        &self.0.daily
    }
}

impl Inner {
    fn copy(&self) -> Self {
        Self {
            database: self.database.clone(),
            clock: self.clock.clone(),
            keys: self.keys.clone(),
            demo: self.demo,
            queue: self.queue.clone(),
            panels: self.panels.clone(),
            menu: self.menu.clone(),
            duties: self.duties.clone(),
            progress: self.progress.clone(),
            moves: self.moves.clone(),
            daily: self.daily.clone(),
            pages: self.pages.clone(),
            held: self.held.clone(),
        }
    }
}
