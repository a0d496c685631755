//! Who reaches what: every transaction is opened with a scope, and nothing else reaches SQL.

use crate::{
    clock::Clock,
    database::Database,
    journal::{self, Entry},
    keys::Keys,
    role::{Reach, Role},
};
use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate, Utc};
use sqlx::{PgConnection, Postgres, Transaction};
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::Arc,
};
use uuid::Uuid;
use values::id::{OfficeId, OfficerId, PersonId};

/// What a transaction reaches. Each kind is a database role that owns nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The cases of these offices.
    Offices(Vec<OfficeId>),
    /// The cases assigned to the acting officer.
    Assigned,
    /// One person's own case.
    Subject(PersonId),
    /// Everything: the program's own work (jobs, imports, what a public page checks).
    System,
}

impl Scope {
    fn database_role(&self) -> &'static str {
        match self {
            Scope::Offices(_) => "dayaq_offices",
            Scope::Assigned => "dayaq_assigned",
            Scope::Subject(_) => "dayaq_subject",
            Scope::System => "dayaq_system",
        }
    }
}

/// Who acts: the officer, the role of the moment and the office to whose chain the entries go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    pub officer: OfficerId,
    pub role: Role,
    pub office: OfficeId,
    /// The offices that the account works for in this role.
    pub offices: Vec<OfficeId>,
}

impl Who {
    /// The program itself, acting for the centre.
    pub fn program() -> Self {
        Self { officer: OfficerId(Uuid::nil()), role: Role::Administrator, office: OfficeId::CENTRE, offices: vec![] }
    }

    /// The scope that goes with the role.
    pub fn scope(&self) -> Scope {
        match self.role.reach() {
            Reach::Assigned => Scope::Assigned,
            Reach::Offices | Reach::Nation => Scope::Offices(self.offices.clone()),
        }
    }
}

/// A transaction within a scope. Entries of the journal gather in it and are chained when it commits; dropping it
/// undoes everything.
pub struct Tx {
    inner: Transaction<'static, Postgres>,
    /// As it was opened, and as it reaches now.
    scope: Scope,
    reached: Scope,
    who: Who,
    clock: Clock,
    keys: Arc<Keys>,
    entries: Vec<Entry>,
    /// What was found before; none where something may change meanwhile.
    found: Option<Found>,
}

/// Things found in a scope, by their type and id.
type Found = HashMap<(TypeId, Uuid), Box<dyn Any + Send + Sync>>;

const ENTER: &str = "
    select set_config('role', $1, true),
           set_config('dayaq.offices', $2, true),
           set_config('dayaq.officer', $3, true),
           set_config('dayaq.person', $4, true),
           set_config('dayaq.chain', $5, true),
           set_config('dayaq.role', $6, true)";

impl Tx {
    /// Opens a transaction within `scope` for `who`.
    pub async fn open(database: &Database, scope: Scope, who: Who, clock: Clock, keys: Arc<Keys>) -> Result<Self> {
        let inner = database.begin().await?;
        let reached = scope.clone();
        let mut tx = Self { inner, scope: scope.clone(), reached, who, clock, keys, entries: Vec::new(), found: None };
        tx.enter(&scope).await?;
        Ok(tx)
    }

    /// For a page that only reads: the parts of it that ask for the same thing read it once.
    pub fn for_reading(mut self) -> Self {
        self.found = Some(Found::default());
        self
    }

    /// What this transaction has found before under an id, if it only reads and stands in the scope it was opened in.
    pub fn recall<T: Any + Clone>(&self, id: Uuid) -> Option<T> {
        let found = self.found.as_ref().filter(|_| self.reached == self.scope)?;
        found.get(&(TypeId::of::<T>(), id))?.downcast_ref().cloned()
    }

    /// Keeps what was found for [`Tx::recall`].
    pub fn remember<T: Any + Clone + Send + Sync>(&mut self, id: Uuid, value: &T) {
        if self.reached == self.scope
            && let Some(found) = &mut self.found
        {
            found.insert((TypeId::of::<T>(), id), Box::new(value.clone()));
        }
    }

    /// The connection, for a slice's own SQL.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.inner
    }

    /// Goes on as the program itself within the same transaction, because a fact follows that the acting officer may
    /// cause but not see (the second blind score completes the scoring). The journal still names the officer.
    pub async fn widen(&mut self) -> Result<()> {
        self.enter(&Scope::System).await
    }

    /// Reads as the program itself what the acting officer may not see and is only counted, and comes back to the scope
    /// from which it was asked, which may have been widened before.
    pub async fn wide<T>(&mut self, read: impl AsyncFnOnce(&mut Self) -> Result<T>) -> Result<T> {
        let before = self.reached.clone();
        self.widen().await?;
        let found = read(self).await?;
        self.enter(&before).await?;
        Ok(found)
    }

    /// Comes back after [`Tx::widen`] to the scope in which the transaction was opened.
    pub async fn narrow(&mut self) -> Result<()> {
        let scope = self.scope.clone();
        self.enter(&scope).await
    }

    /// Who acts.
    pub fn who(&self) -> &Who {
        &self.who
    }

    /// The keys for protected fields.
    pub fn keys(&self) -> Arc<Keys> {
        self.keys.clone()
    }

    /// Now by the programme's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Today by the programme's clock.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// Adds an entry to the journal; it is written at commit.
    pub fn record(&mut self, entry: Entry) {
        self.found = None;
        self.entries.push(entry);
    }

    /// Adds many entries, in the order given.
    pub fn record_all(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.found = None;
        self.entries.extend(entries);
    }

    /// Chains the gathered entries, the heads locked last, and commits.
    pub async fn commit(mut self) -> Result<()> {
        let entries = std::mem::take(&mut self.entries);
        journal::write(&mut self.inner, entries).await?;
        self.inner.commit().await.context("committing")
    }

    async fn enter(&mut self, scope: &Scope) -> Result<()> {
        let offices = match scope {
            Scope::Offices(offices) => offices.as_slice(),
            _ => &[],
        };
        let list = offices.iter().map(|office| office.0.to_string()).collect::<Vec<_>>().join(",");
        let person = match scope {
            Scope::Subject(person) => person.0,
            _ => Uuid::nil(),
        };
        sqlx::query(ENTER)
            .bind(scope.database_role())
            .bind(format!("{{{list}}}"))
            .bind(self.who.officer.0.to_string())
            .bind(person.to_string())
            .bind(self.who.office.0.to_string())
            .bind((self.who.role as i16).to_string())
            .execute(&mut *self.inner)
            .await
            .context("entering a scope")?;
        self.reached = scope.clone();
        Ok(())
    }
}
