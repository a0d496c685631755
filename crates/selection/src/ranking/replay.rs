//! `GET /rankings/{run}/replay`: the list made again from its kept inputs; `GET /rankings/{run}/list`: the list without
//! personal data, as it is published.

use super::{
    digest, rank, show,
    store::{self, Kept, Run},
    types::{Candidate, Placed},
};
use anyhow::{Context, Result};
use axum::{
    extract::{Path, State},
    http::header,
    response::IntoResponse,
};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{SummaryRow, Tone, notice, summary_list, tag},
    request::Page,
    scope::Tx,
};
use serde::Serialize;
use std::fmt::Write;
use values::id::{CaseId, RunId};

/// What came of making a list again.
#[derive(Clone, Debug, Serialize)]
pub struct Replay {
    pub candidates: usize,
    /// Candidates whose place, outcome or reason came out otherwise.
    pub different: Vec<CaseId>,
    /// The digest kept with the run, and that of the list made again.
    pub digest_kept: String,
    pub digest_again: String,
}

impl Replay {
    /// Whether the list came out as it was, and its inputs are those that were kept.
    pub fn is_equal(&self) -> bool {
        self.different.is_empty() && self.digest_kept == self.digest_again
    }
}

/// Makes a list again from what was kept of it.
pub fn replay(run: &Run, kept: &[Kept]) -> Result<Replay> {
    let terms = run.terms()?;
    let candidates: Vec<Candidate> = kept.iter().map(|kept| kept.candidate(&terms)).collect();
    let then: Vec<Placed> = kept.iter().map(Kept::placed).collect::<Result<_>>()?;
    let now = rank(&terms, &candidates);
    let different = then.iter().zip(&now).filter(|(then, now)| then != now).map(|(then, _)| then.case).collect();
    Ok(Replay {
        candidates: candidates.len(),
        different,
        digest_kept: platform::keys::hex(&run.digest),
        digest_again: platform::keys::hex(&digest(&terms, &candidates, &now)?),
    })
}

/// Every candidate, whoever asks: only the comparison comes back.
async fn everybody(tx: &mut Tx, run: RunId) -> Result<Vec<Kept>> {
    tx.widen().await?;
    let kept = store::kept(tx, run).await?;
    tx.narrow().await?;
    Ok(kept)
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<RunId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let run = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let replay = replay(&run, &everybody(&mut tx, id).await?)?;
    let title = page.t("ranking-replay-title");
    page.show(
        &title,
        &replay,
        html! {
            h1 class="govuk-heading-l" { (title) }
            p class="govuk-body" { (page.t("ranking-replay-hint")) }
            (draw_replay(&page, &replay))
            p class="govuk-body" { a class="govuk-link" href=(show::link(id)) { (page.t("ranking-back")) } }
        },
    )
}

fn draw_replay(page: &Page, replay: &Replay) -> Markup {
    let lang = page.lang;
    let (tone, key) = match replay.is_equal() {
        true => (Tone::Good, "ranking-replay-equal"),
        false => (Tone::Bad, "ranking-replay-different"),
    };
    html! {
        p class="govuk-body" { (tag(tone, &page.t(key))) }
        (summary_list(&[
            SummaryRow::text(page.t("ranking-candidates"), &lang.number(i64::try_from(replay.candidates).unwrap_or(i64::MAX))),
            SummaryRow::text(page.t("ranking-replay-places"), &lang.number(i64::try_from(replay.different.len()).unwrap_or(i64::MAX))),
            SummaryRow::new(page.t("ranking-digest-kept"), html! { code { (replay.digest_kept) } }),
            SummaryRow::new(page.t("ranking-digest-again"), html! { code { (replay.digest_again) } }),
        ]))
        @if !replay.is_equal() { (notice::warning(&lang, &page.t("ranking-replay-warning"))) }
    }
}

/// The published list: receipt numbers, places and reasons.
pub(super) async fn get_list(State(app): State<App>, page: Page, Path(id): Path<RunId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let run = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let kept = everybody(&mut tx, id).await?;
    let terms = run.terms()?;
    let receipts = receipts(&mut tx, &kept).await?;
    let mut csv = String::from("rank,receipt,outcome,position,reason,priority,waiting_since\n");
    for kept in &kept {
        let placed = kept.placed()?;
        let candidate = kept.candidate(&terms);
        let priority = candidate.groups.iter().any(|group| terms.priority.contains(group));
        let receipt = receipts.get(&kept.case_id).map_or("", String::as_str);
        let (outcome, reason) = (placed.outcome.code(), placed.reason.code());
        let yes = if priority { "yes" } else { "no" };
        writeln!(csv, "{},{receipt},{outcome},{},{reason},{yes},{}", placed.rank, placed.position, kept.waiting_since)
            .context("writing a list")?;
    }
    let name = format!("attachment; filename=\"ranking-{}-{}.csv\"", run.as_of, &run.seed);
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, name)], csv).into_response())
}

const RECEIPTS: &str = "
    select case_id, receipt
    from case_file
    where case_id = any ($1)";

async fn receipts(tx: &mut Tx, kept: &[Kept]) -> Result<std::collections::HashMap<uuid::Uuid, String>> {
    let cases: Vec<uuid::Uuid> = kept.iter().map(|kept| kept.case_id).collect();
    tx.widen().await?;
    let rows: Vec<(uuid::Uuid, String)> =
        sqlx::query_as(RECEIPTS).bind(cases).fetch_all(tx.conn()).await.context("reading receipt numbers")?;
    tx.narrow().await?;
    Ok(rows.into_iter().collect())
}
