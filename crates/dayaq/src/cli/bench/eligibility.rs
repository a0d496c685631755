//! How many cases a second the rules of eligibility decide, over the facts that decisions of the demo kept.

use crate::cli::store::Store;
use anyhow::{Context, Result, ensure};
use dayaq::{messages, programmes};
use platform::{
    app::App,
    scope::{Scope, Who},
};
use registry::{
    case,
    programme::{self, Step},
};
use selection::eligibility::{ruleset::RuleSet, store};
use sqlx::types::Uuid;
use std::time::{Duration, Instant};
use values::id::{CaseId, PersonId};

/// Cases decided, and how long the rules alone took; then with reading what each decision rests on.
pub struct Speed {
    pub cases: usize,
    pub rules: Duration,
    pub whole: Duration,
}

const DECIDED: &str = "
    select person_id, case_id
    from eligibility_decision
    order by decided_at desc
    limit 5000";

pub async fn measure(at: &Store) -> Result<Speed> {
    messages::install()?;
    let open = at.open().await?;
    let app = programmes::put_in_force(App::new(open.parts.clone(), &[]), at.programme()?).await?;
    let in_force = programme::current(&app)?;
    let rules = RuleSet::of(&in_force, Step::Eligibility, app.today());
    let mut tx = app.open(Scope::System, Who::program()).await?;
    let cases: Vec<(Uuid, Uuid)> = sqlx::query_as(DECIDED).fetch_all(tx.conn()).await.context("finding decided cases")?;
    ensure!(!cases.is_empty(), "nothing was decided in this demo");
    let begun = Instant::now();
    let mut facts = Vec::with_capacity(cases.len());
    let mut alone = Duration::ZERO;
    for (person, case) in &cases {
        let decision = store::latest(&mut tx, PersonId(*person), CaseId(*case)).await?.context("a decision that is gone")?;
        let kept = decision.kept()?.facts();
        let asked = Instant::now();
        rules.ask(&kept)?;
        alone += asked.elapsed();
        facts.push(kept);
    }
    let speed = Speed { cases: facts.len(), rules: alone, whole: begun.elapsed() };
    drop(tx);
    drop((app, case::READ));
    open.stop().await?;
    Ok(speed)
}
