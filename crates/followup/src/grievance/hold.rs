//! The hold that an open grievance puts on its case, where its category says so, and that goes with it.

use super::{rules, store::Grievance};
use platform::{answer::Stop, app::App, scope::Tx};
use registry::{
    case::{self, Facts, Happening, HoldCause, KindSet, Stage},
    programme::InForce,
};
use values::id::EntryId;

/// Puts the hold on, changes it, or takes it away, as the grievance now stands.
pub(super) async fn settle(tx: &mut Tx, app: &App, grievance: &mut Grievance, programme: &InForce) -> Result<(), Stop> {
    let Some(case) = grievance.case() else { return Ok(()) };
    let wanted = wanted(grievance, programme);
    if wanted.is_empty() && grievance.hold_entry.is_none() {
        return Ok(());
    }
    let law = case::law(app)?;
    let mut loaded = case::store::lock(tx, &law, case).await?;
    let lies = loaded.state.holds.iter().find(|hold| Some(hold.entry.0) == grievance.hold_entry).copied();
    if lies.is_some_and(|hold| hold.blocks == wanted) {
        return Ok(());
    }
    let today = tx.today();
    let mut happenings = Vec::new();
    if let Some(hold) = lies {
        happenings.push(Happening::on(today, Facts::HoldReleased { hold: hold.entry }));
    }
    let places = !wanted.is_empty() && loaded.state.stage != Stage::Closed;
    if places {
        happenings.push(Happening::on(today, Facts::HoldPlaced { cause: HoldCause::Grievance, blocks: wanted }));
    }
    let before: Vec<EntryId> = loaded.state.holds.iter().map(|hold| hold.entry).collect();
    case::store::append(tx, &law, &mut loaded, happenings).await?;
    let placed = loaded.state.holds.iter().find(|hold| !before.contains(&hold.entry));
    grievance.hold_entry = placed.filter(|_| places).map(|hold| hold.entry.0);
    Ok(())
}

/// What the grievance holds back now.
fn wanted(grievance: &Grievance, programme: &InForce) -> KindSet {
    let lasts = grievance.closed_on.is_none() && grievance.sorted_on.is_some();
    let category = programme.grievances().category(&grievance.category).filter(|_| lasts);
    category.map(rules::blocked).unwrap_or_default()
}
