//! What was computed before, by who may see what and as of when. Any new entry of the journal makes all of it old.

use super::{
    apart::apart,
    outlook::Outlook,
    page::transactions,
    report::Report,
    staying::business::Business,
    store::{self, Known, Readers},
};
use anyhow::{Context, Result};
use platform::{answer::Fault, app::App, request::Page};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};
use values::id::OfficeId;

/// Computed before: reports, businesses, outlooks.
pub struct Cache {
    pub(super) reports: Shelf<Report>,
    pub(super) businesses: Shelf<Vec<Business>>,
    pub(super) outlooks: Shelf<Outlook>,
    /// One is computed at a time: all cases of the nation take much memory.
    computing: tokio::sync::Mutex<()>,
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            // Values in all of them, some 80 bytes each.
            reports: Shelf::of(200_000, Report::values),
            // Some 130 bytes each.
            businesses: Shelf::of(100_000, Vec::len),
            outlooks: Shelf::of(100, |_| 1),
            computing: Default::default(),
        }
    }
}

impl Cache {
    /// Waits until nobody else computes. Taken before a transaction is opened, so that nobody waits with one.
    pub async fn computing(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.computing.lock().await
    }
}

/// By offices in reach, and as of when.
type Key = (Vec<OfficeId>, Known);

/// What was computed of one kind while the journal stood at one entry.
pub(super) struct Shelf<T> {
    kept: Mutex<(i64, HashMap<Key, Arc<T>>)>,
    /// More are not worth their memory.
    most: usize,
    size: fn(&T) -> usize,
}

impl<T> Shelf<T> {
    fn of(most: usize, size: fn(&T) -> usize) -> Self {
        Self { kept: Mutex::default(), most, size }
    }

    fn find(&self, at: i64, key: &Key) -> Option<Arc<T>> {
        let kept = self.kept.lock().ok()?;
        (kept.0 == at).then(|| kept.1.get(key).cloned()).flatten()
    }

    fn keep(&self, at: i64, key: Key, found: Arc<T>) {
        let Ok(mut kept) = self.kept.lock() else { return };
        let held: usize = kept.1.values().map(|held| (self.size)(held)).sum();
        if kept.0 != at || held + (self.size)(&found) > self.most {
            *kept = (at, HashMap::new());
        }
        kept.1.insert(key, found);
    }
}

/// What is on a shelf for whoever asks; computed once while nothing new is recorded.
pub(super) async fn kept<T: Send>(
    app: &App,
    page: &Page,
    known: Known,
    shelf: fn(&Cache) -> &Shelf<T>,
    compute: impl AsyncFnOnce(Readers<'_>) -> Result<T> + Send,
) -> Result<Arc<T>, Fault> {
    let cache = app.held::<Cache>().context("the program runs without a place for reports")?;
    let shelf = shelf(&cache);
    let key = (page.who()?.offices.clone(), known);
    let at = store::position(&mut app.system().await?).await?;
    if let Some(found) = shelf.find(at, &key) {
        return Ok(found);
    }
    let _alone = cache.computing().await;
    if let Some(found) = shelf.find(at, &key) {
        return Ok(found);
    }
    let [mut tx, beside] = transactions(app, page).await?;
    let compute = async || compute(Readers { tx: &mut tx, beside: Some(beside) }).await;
    let found = Arc::new(apart(compute).await??);
    shelf.keep(at, key, found.clone());
    Ok(found)
}
