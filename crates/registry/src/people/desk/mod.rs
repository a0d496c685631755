//! The registration desk: whoever is about to be registered, or written otherwise, is compared with everybody who is
//! registered, and the officer is told of those who may be the same person.
//!
//! Everybody stands in an index in memory (`linkage::Desk`), filled from the database in the background when the program
//! starts. Before each question it catches up by the journal: a chain is locked by whoever writes to it until they commit,
//! so what stands behind a chain's head is whole, whichever program wrote it.

mod draw;
mod reads;
mod same;
#[cfg(test)]
mod same_tests;

pub(super) use draw::panel;
pub(super) use same::{Told, has_shown};

use super::types::NewPerson;
use crate::programme::{self, keys};
use anyhow::{Context, Result};
use linkage::{Desk, Explanation, Model};
use platform::{app::App, scope::Tx};
use reads::{Heads, Known};
use std::{sync::Arc, time::Duration};
use tokio::sync::Mutex;
use uuid::Uuid;

/// Everybody who is registered, as the program holds them for all who ask.
#[derive(Default)]
pub struct Registered {
    filled: Mutex<Option<Filled>>,
}

struct Filled {
    desk: Desk<Uuid>,
    /// How far each chain of the journal has been followed.
    heads: Heads,
    /// Among how many people the weights were learned; 0 while they are the usual ones.
    learned_among: usize,
}

/// Somebody registered who may be the person asked about.
pub(super) struct Likely {
    pub person: Uuid,
    pub why: Explanation,
}

/// Below so many people the usual weights tell more than the few pairs at hand.
const ENOUGH_TO_LEARN: usize = 2_000;
/// Weights are learned from about so many people at most: enough for hundreds of pairs in a registry of which one in a
/// hundred is there twice, and little memory.
const LEARN_FROM: usize = 60_000;
/// More than this nobody can look at before going on.
const MOST: usize = 5;
/// How often the index catches up while nobody asks, so that a question finds little to catch up with.
const LOOK: Duration = Duration::from_secs(30);
/// Draws the random pairs that strangers are learned from.
const SEED: u64 = 1;

/// Keeps the index filled for as long as the program serves. What fails is tried again.
pub async fn keep(app: App) {
    loop {
        if let Err(error) = refresh(&app).await {
            tracing::error!(error = format!("{error:#}"), "the registration desk could not be filled");
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn refresh(app: &App) -> Result<()> {
    let registered = registered(app)?;
    let mut tx = app.system().await?;
    let mut guard = registered.filled.lock().await;
    let filled = Filled::caught_up(&mut guard, &mut tx).await?;
    drop(tx);
    if let Some(register) = filled.to_learn_from() {
        let among = filled.desk.len();
        drop(guard);
        let model = learn(register).await?;
        if let Some(filled) = registered.filled.lock().await.as_mut() {
            filled.weigh_by(&model, among);
        }
    }
    Ok(())
}

async fn learn(register: linkage::Register) -> Result<Model> {
    tokio::task::spawn_blocking(move || linkage::learn(&register, SEED, &|_| {})).await.context("learning the desk's weights")
}

fn registered(app: &App) -> Result<Arc<Registered>> {
    app.held::<Registered>().context("the program holds no registration desk")
}

/// Those who may be the person. Other officers who ask about anybody alike wait until `tx` ends, and then find whom it has
/// written.
pub(super) async fn ask(tx: &mut Tx, app: &App, person: &NewPerson) -> Result<Told> {
    reads::take_turns(tx, &Known::of(person)).await?;
    glance(tx, app, person).await
}

/// The same for a form that is only shown again.
pub(super) async fn glance(tx: &mut Tx, app: &App, person: &NewPerson) -> Result<Told> {
    let likely = look(tx, app, person.id.0, &Known::of(person)).await?;
    Told::of(tx, likely).await
}

async fn look(tx: &mut Tx, app: &App, own: Uuid, known: &Known) -> Result<Vec<Likely>> {
    let programme = programme::current(app)?;
    let least = programme.parameter(&keys::SAME_PERSON_LIKELIHOOD, tx.today()).0 as f64 / 100.0;
    let registered = registered(app)?;
    tx.wide(async |tx| {
        let mut guard = registered.filled.lock().await;
        let filled = Filled::caught_up(&mut guard, tx).await?;
        if filled.learned_among == 0
            && let Some(register) = filled.to_learn_from()
        {
            let among = filled.desk.len();
            filled.weigh_by(&learn(register).await?, among);
        }
        Ok(filled.likely(own, known, least))
    })
    .await
}

impl Filled {
    /// Filled where nobody asked before, and else with what was written since.
    async fn caught_up<'a>(filled: &'a mut Option<Self>, tx: &mut Tx) -> Result<&'a mut Self> {
        let heads = reads::heads(tx).await?;
        if filled.is_none() {
            let mut new = Self { desk: Desk::new(Model::usual()), heads: Heads::new(), learned_among: 0 };
            new.fill(tx).await?;
            new.heads = heads;
            return Ok(filled.insert(new));
        }
        let filled = filled.as_mut().context("a desk that is filled")?;
        let written = reads::written(tx, &filled.heads, &heads).await?;
        for some in written.chunks(reads::PAGE) {
            let found = reads::people(tx, some).await?;
            some.iter().for_each(|person| _ = filled.desk.remove(*person));
            filled.put(&found);
        }
        filled.heads = heads;
        Ok(filled)
    }

    async fn fill(&mut self, tx: &mut Tx) -> Result<()> {
        let mut after = Uuid::nil();
        loop {
            let page = reads::page(tx, after).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = *last;
            self.put(&page);
        }
    }

    fn put(&mut self, people: &[(Uuid, Known)]) {
        for (person, known) in people {
            self.desk.put(*person, &known.row());
        }
    }

    /// The people to learn from, when there are enough, and twice as many as when it was done last.
    fn to_learn_from(&self) -> Option<linkage::Register> {
        let people = self.desk.len();
        (people >= ENOUGH_TO_LEARN && people >= 2 * self.learned_among).then(|| self.desk.register(LEARN_FROM))
    }

    fn weigh_by(&mut self, model: &Model, among: usize) {
        self.desk.weigh_by(model);
        self.learned_among = among;
    }

    fn likely(&self, own: Uuid, known: &Known, least: f64) -> Vec<Likely> {
        let row = known.row();
        let found = self.desk.find(&row, MOST + 1).into_iter();
        found
            .filter(|likely| likely.id != own && likely.probability >= least)
            .filter_map(|likely| Some(Likely { person: likely.id, why: self.desk.explain(&row, likely.id)? }))
            .filter(|likely| likely.why.kept_apart.is_none())
            .take(MOST)
            .collect()
    }
}
