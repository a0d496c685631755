//! What a decision on appeal does to the case: the appeal's own event, then the correction of what was appealed against.

use super::{
    rules::{self, Decision, Effect, Refusal},
    store::Appeal,
};
use crate::{growth::refusal, monitoring::breach};
use platform::{answer::Stop, scope::Tx};
use registry::{
    case::{self, AppealOutcome, CloseReason, Event, Facts, Happening, Kind, Law, Loaded, Replacement, correction},
    programme::InForce,
};
use selection::ranking;
use values::id::EntryId;

/// What the decision on an appeal may change beside its case is locked first, in the order in which others lock it.
pub(super) async fn lock(tx: &mut Tx, appeal: &Appeal) -> Result<(), Stop> {
    if appeal.against() != Some(Kind::AwardRefused) {
        return Ok(());
    }
    let events = case::store::events(tx, appeal.person(), appeal.case()).await?;
    let against = events.iter().find(|event| event.entry == appeal.entry());
    match against.map(|event| &event.facts) {
        Some(Facts::AwardRefused { award }) => refusal::lock(tx, *award).await,
        _ => Ok(()),
    }
}

/// Lets the decision on appeal happen to its case; gives the entry of the correction, where one follows.
pub(super) async fn apply(
    tx: &mut Tx,
    law: &Law,
    programme: &InForce,
    loaded: &mut Loaded,
    appeal: &Appeal,
    outcome: AppealOutcome,
    reason: &str,
) -> Result<Option<EntryId>, Stop> {
    let today = tx.today();
    let decision = rules::decisions(&loaded.events).into_iter().find(|decision| decision.entry == appeal.entry());
    let effect = match (&decision, outcome) {
        (Some(decision), AppealOutcome::Changed) => rules::changed(&decision.facts, today),
        (Some(decision), AppealOutcome::SentBack) => rules::sent_back(&decision.facts),
        (None, AppealOutcome::Changed | AppealOutcome::SentBack) => return Err(Stop::refused(&Refusal::NoSuchDecision)),
        _ => Effect::None,
    };
    let alters = matches!(outcome, AppealOutcome::Changed | AppealOutcome::SentBack);
    if alters && effect == Effect::None {
        return Err(Stop::refused(&Refusal::CannotChange));
    }
    let told = Facts::AppealDecided { appeal: appeal.id(), outcome };
    case::store::append(tx, law, loaded, vec![Happening::on(today, told).because(reason)]).await?;
    let Some(decision) = decision.filter(|_| alters) else { return Ok(None) };
    reopen(tx, law, loaded, &decision, reason).await?;
    if let (Effect::Replaced(Facts::RankingApproved { run, .. }), AppealOutcome::Changed) = (&effect, outcome) {
        ranking::seat_on_appeal(tx, programme, *run, appeal.case(), today).await?;
    }
    let replacement = match effect {
        Effect::Replaced(facts) => Some(Box::new(Replacement { effective_on: today, facts })),
        Effect::Void | Effect::None => None,
    };
    let corrected = Facts::Corrected { entry: decision.entry, replacement };
    case::store::append(tx, law, loaded, vec![Happening::on(today, corrected).because(reason)]).await?;
    follow(tx, loaded, &decision, outcome, reason).await?;
    Ok(loaded.events.last().map(|event| event.entry))
}

/// A case that closed by itself for the decision is open again: its closing rested on what no longer stands.
async fn reopen(tx: &mut Tx, law: &Law, loaded: &mut Loaded, decision: &Decision, reason: &str) -> Result<(), Stop> {
    let rests_on_it = |reason: CloseReason| {
        matches!(
            (decision.kind, reason),
            (Kind::EligibilityRefused, CloseReason::Ineligible)
                | (Kind::TrainingFailed, CloseReason::Failed)
                | (Kind::TrainingDropped, CloseReason::DroppedOut)
                | (Kind::PlanStopped, CloseReason::PlanStopped)
                | (Kind::CommissionRefused, CloseReason::PlanRefused)
        )
    };
    let closing = |event: &Event| match &event.facts {
        Facts::CaseClosed { reason, .. } if rests_on_it(*reason) => Some(event.entry),
        _ => None,
    };
    let closed = correction::standing(&loaded.events).iter().find_map(|event| closing(event));
    let Some(entry) = closed else { return Ok(()) };
    let void = Facts::Corrected { entry, replacement: None };
    case::store::append(tx, law, loaded, vec![Happening::on(tx.today(), void).because(reason)]).await
}

/// What else was kept of the decision follows it.
async fn follow(tx: &mut Tx, loaded: &Loaded, decision: &Decision, outcome: AppealOutcome, reason: &str) -> Result<(), Stop> {
    let (person, case) = (loaded.state.person, loaded.state.case);
    match (&decision.facts, outcome) {
        (Facts::BreachUpheld { .. }, AppealOutcome::SentBack) => breach::store::reopen(tx, person, case).await?,
        (Facts::BreachNoticed { .. } | Facts::BreachUpheld { .. }, _) => {
            breach::store::overturn(tx, person, case, reason).await?;
        }
        (Facts::AwardRefused { award }, _) => refusal::overturn(tx, *award, outcome, reason).await?,
        _ => {}
    }
    Ok(())
}
