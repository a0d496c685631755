//! A refused application leaves an event of its case, so that the person may appeal against it; and what becomes of the
//! application when the appeal changes the refusal or sends it back.

use super::{
    REFUSAL_OVERTURNED,
    round::store::{self as rounds, Round},
    rules::Refusal,
    state::State,
    store::{self, Award},
};
use platform::{
    answer::{Fault, Stop},
    scope::Tx,
};
use registry::case::{self, AppealOutcome, Facts, Happening, Law, Loaded};
use serde_json::json;
use values::id::AwardId;

/// The event of a refusal. Conditions that are not met stand with the application; a sitting says why in words.
pub async fn tell(tx: &mut Tx, law: &Law, loaded: &mut Loaded, award: AwardId, reason: Option<&str>) -> Result<(), Stop> {
    let told = Happening::on(tx.today(), Facts::AwardRefused { award });
    let told = Happening { reason: reason.map(str::to_owned), ..told };
    case::store::append(tx, law, loaded, vec![told]).await
}

/// Locks the money and the application before the case, in the order in which sittings lock them.
pub async fn lock(tx: &mut Tx, award: AwardId) -> Result<(), Stop> {
    let found = store::find(tx, award).await?.ok_or(Fault::NotFound)?;
    round_of(tx, &found).await?;
    store::lock(tx, award).await?.ok_or(Fault::NotFound)?;
    Ok(())
}

/// The round of an application, locked. It is the centre's, whoever decides the appeal.
async fn round_of(tx: &mut Tx, award: &Award) -> Result<Round, Fault> {
    let round = tx.wide(async |tx| rounds::lock(tx, award.round_id).await).await?;
    round.ok_or(Fault::NotFound)
}

/// A refusal that was overturned on appeal.
pub async fn overturn(tx: &mut Tx, id: AwardId, outcome: AppealOutcome, reason: &str) -> Result<(), Stop> {
    let award = store::find(tx, id).await?.ok_or(Fault::NotFound)?;
    let open = Award { decided_on: None, reason: None, ..award };
    let after = match (outcome, open.mean_tenths) {
        (AppealOutcome::Changed, Some(_)) => granted(tx, open).await?,
        // The conditions are held to be met: the evaluators have it next.
        (AppealOutcome::Changed, None) => Award { state: State::Eligible as i16, ..open },
        (_, Some(_)) => Award { state: State::Scored as i16, ..open },
        (_, None) => Award { state: State::Applied as i16, checked_at: None, checked_by: None, papers_seen: None, ..open },
    };
    store::change(tx, &after, State::Refused).await?;
    let facts = json!({ "case": after.case_id, "award": id, "state": after.state().code(), "granted": after.granted });
    tx.note(REFUSAL_OVERTURNED, after.person(), &facts, Some(reason))?;
    Ok(())
}

/// Within what its round has left, so that nobody else's award is touched.
async fn granted(tx: &mut Tx, award: Award) -> Result<Award, Stop> {
    let round = round_of(tx, &award).await?;
    if award.asked > round.left() {
        return Err(Stop::refused(&Refusal::NothingLeft { left: round.left() }));
    }
    tx.wide(async |tx| rounds::give(tx, round.round_id, award.asked).await).await?;
    let today = tx.today();
    Ok(Award { state: State::Granted as i16, granted: award.asked, decided_on: Some(today), ..award })
}
