//! The next visit of a case: how risky it is, and when to come again.

use super::{
    PLANNED,
    rules::{self, Found, Risk, Thing, VisitKind},
    store::{self, Visit},
};
use anyhow::Result;
use chrono::NaiveDate;
use platform::{language::Lang, request::Page, scope::Tx};
use provision::asset::store::Asset;
use registry::{
    case::{CaseState, HoldCause, Loaded},
    programme::{InForce, sheet::name_in_row},
};
use serde_json::json;
use uuid::Uuid;
use values::id::VisitId;

/// Visits in a row, counted from the latest, at which nobody was reached.
pub(super) fn failed_in_a_row(visits: &[Visit]) -> u32 {
    let made = visits.iter().filter(|visit| visit.made_at.is_some());
    (0u32..).zip(made.take_while(|visit| visit.found() == Some(Found::Unreachable))).map(|(n, _)| n + 1).last().unwrap_or(0)
}

/// What other slices know of a case's risk.
#[derive(Clone, Copy)]
pub(super) struct Known {
    /// The plan was screened as of moderate risk.
    moderate: bool,
    /// Something was wrong with a piece that came.
    faulty: bool,
}

/// Gathers what other slices know of a case's risk.
pub(super) async fn known(tx: &mut Tx, state: &CaseState) -> Result<Known> {
    let assets = provision::asset::store::of_case(tx, state.person, state.case).await?;
    let moderate = store::is_moderate(tx, state.person, state.case).await?;
    Ok(Known { moderate, faulty: assets.iter().any(|asset| asset.fault_on.is_some()) })
}

/// What is known of a case's risk. `visits`: planned first, then made with the latest first, as the store gives them.
pub(super) fn risk(programme: &InForce, state: &CaseState, visits: &[Visit], known: Known, today: NaiveDate) -> Result<Risk> {
    let made: Vec<&Visit> = visits.iter().filter(|visit| visit.made_at.is_some()).collect();
    let late = visits.iter().filter(|visit| visit.made_at.is_none() && visit.due_on < today).count();
    let sales: Vec<i64> = made.iter().filter_map(|visit| visit.sales).take(2).collect();
    let months = state.milestones.received_on.map_or(0, |day| (today - day).num_days() / 30);
    Ok(Risk {
        open_breach: state.breach_since.is_some(),
        missed_visits: i64::from(failed_in_a_row(visits)) + late as i64,
        equipment_unseen: made.first().map_or(Ok(0), |visit| unseen(programme, visit))?,
        sales_fell_percent: if let [now, before] = sales[..] { rules::fell_by(before, now) } else { 0 },
        months_since_receipt: months,
        moderate_screening: known.moderate,
        open_grievance: state.holds.iter().any(|hold| hold.cause == HoldCause::Grievance),
        faulty_equipment: known.faulty,
    })
}

/// Things asked after at a visit that were not there to be seen.
fn unseen(programme: &InForce, visit: &Visit) -> Result<i64> {
    let sheet = visit.sheet()?;
    let Some(section) = programme.monitoring().form.section("assets") else { return Ok(0) };
    let Some(seen) = section.fields.iter().find(|field| field.code == *"seen") else { return Ok(0) };
    let rows = 0..sheet.rows(section);
    Ok(rows.filter(|row| sheet.value(&name_in_row(section, *row, seen)) == "no").count() as i64)
}

/// Plans the visit after one that was made: on the day the monitor chose, else by the risk. Nothing when one is planned
/// already or the contract no longer asks for visits.
pub(super) async fn plan_next(
    tx: &mut Tx,
    programme: &InForce,
    loaded: &Loaded,
    before: &[Visit],
    made: &Visit,
    chosen: Option<NaiveDate>,
) -> Result<()> {
    if before.iter().any(|visit| visit.made_at.is_none() && visit.visit_id != made.visit_id) {
        return Ok(());
    }
    let earlier = before.iter().filter(|visit| visit.made_at.is_some()).cloned();
    let visits: Vec<Visit> = std::iter::once(made.clone()).chain(earlier).collect();
    let today = tx.today();
    let known = known(tx, &loaded.state).await?;
    let risk = risk(programme, &loaded.state, &visits, known, today)?;
    let due_on = chosen.unwrap_or_else(|| rules::next_visit(programme, risk, today));
    if chosen.is_none() && !rules::goes_on(&rules::Standing::of(&loaded.state), due_on) {
        return Ok(());
    }
    plan(tx, loaded, made.monitor_id, VisitKind::Field, due_on, false).await.map(|_| ())
}

/// Plans a visit.
pub(super) async fn plan(
    tx: &mut Tx,
    loaded: &Loaded,
    monitor: Uuid,
    kind: VisitKind,
    due_on: NaiveDate,
    is_final: bool,
) -> Result<VisitId> {
    let visit = Visit {
        person_id: loaded.file.person_id,
        visit_id: VisitId::new().0,
        case_id: loaded.file.case_id,
        office: loaded.file.office,
        monitor_id: monitor,
        kind: kind as i16,
        is_final,
        due_on,
        planned_at: tx.now(),
        made_at: None,
        status: None,
        sales: None,
        costs: None,
        household_income: None,
        workers_women: None,
        workers_men: None,
        satisfaction: None,
        answers: None,
    };
    store::insert(tx, std::slice::from_ref(&visit)).await?;
    let facts = json!({ "case": visit.case_id, "visit": visit.visit_id, "kind": kind, "due_on": due_on, "is_final": is_final });
    tx.note(PLANNED, loaded.state.person, &facts, None)?;
    Ok(visit.id())
}

/// The pieces that the person has or had, by serial number; of a case older than the register of pieces, those of the plan
/// by their names.
pub(super) async fn things(tx: &mut Tx, page: &Page, programme: &InForce, loaded: &Loaded) -> Result<Vec<Thing>> {
    let (person, case) = (loaded.state.person, loaded.state.case);
    let pieces = provision::asset::store::every_of_case(tx, person, case).await?;
    let is_first = |asset: &Asset| asset.award_id.is_none();
    if pieces.iter().any(is_first) {
        let thing = |asset: Asset| Thing {
            name: named(programme, &asset.item, page.today, page.lang),
            held_since: asset.handed_over_on.filter(|_| is_first(&asset) && asset.is_held()),
            tags: vec![asset.serial],
        };
        return Ok(pieces.into_iter().filter(|asset| asset.handed_over_on.is_some()).map(thing).collect());
    }
    let Some(contract) = provision::contract::store::find(tx, person, case).await? else {
        return Ok(Vec::new());
    };
    let lines = provision::contract::store::lines(tx, person, contract.plan()).await?;
    let planned = lines.iter().flat_map(|line| (0..line.quantity.max(0)).map(move |_| &line.item));
    let others = Lang::ALL.iter().copied().filter(|lang| *lang != page.lang);
    let langs: Vec<Lang> = std::iter::once(page.lang).chain(others).collect();
    let tag = |item: &str, lang: Lang| named(programme, item, page.today, lang).chars().take(LONGEST).collect::<String>();
    let thing = |item: &String| Thing {
        name: named(programme, item, page.today, page.lang),
        tags: langs.iter().map(|lang| tag(item, *lang).trim().to_owned()).collect(),
        held_since: loaded.state.milestones.received_on,
    };
    Ok(planned.map(thing).collect())
}

/// The name of a thing of the catalogue; its code when the catalogue no longer has it.
fn named(programme: &InForce, code: &str, today: NaiveDate, lang: Lang) -> String {
    programme.item(code, today).map_or_else(|| code.to_owned(), |item| item.name.text(lang).to_owned())
}

/// Characters that the form's field for a tag holds.
const LONGEST: usize = 60;
