//! `GET /seats/{run}/replay`: the proposal made again from its kept inputs.

use super::{link, rules, store};
use anyhow::{Context, Result};
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    keys::hex,
    page::{SummaryRow, Tone, notice, shell::heading, summary_list, tag},
    request::Page,
};
use serde::Serialize;
use values::id::SeatRunId;

/// What came of making a proposal again.
#[derive(Debug, Serialize)]
struct Replay {
    candidates: usize,
    /// How many came out otherwise.
    different: usize,
    digest_kept: String,
    digest_again: String,
}

impl Replay {
    fn is_equal(&self) -> bool {
        self.different == 0 && self.digest_kept == self.digest_again
    }
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<SeatRunId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let run = store::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    // Everybody in it, whoever asks: only the comparison comes back.
    let kept = tx.wide(async |tx| store::kept(tx, id).await).await?;
    drop(tx);
    let replay = tokio::task::spawn_blocking(move || again(&run, &kept)).await.context("filling seats again")??;
    let title = page.t("seats-replay");
    let body = html! {
        (heading("", &title))
        p class="govuk-body" { (page.t("seats-replay-hint")) }
        (draw(&page, &replay))
        p class="govuk-body" { a class="govuk-link" href=(link(id)) { (page.t("seats-back")) } }
    };
    page.show(&title, &replay, body)
}

fn again(run: &store::Run, kept: &[store::Kept]) -> Result<Replay> {
    let terms = run.terms()?;
    let candidates = kept.iter().map(store::Kept::candidate).collect::<Result<Vec<_>>>()?;
    let then = kept.iter().map(store::Kept::placed).collect::<Result<Vec<_>>>()?;
    let now = rules::propose(&terms, &candidates, &run.seed)?;
    Ok(Replay {
        candidates: candidates.len(),
        different: then.iter().zip(&now.placed).filter(|(then, now)| then != now).count(),
        digest_kept: hex(&run.digest),
        digest_again: hex(&rules::digest(&terms, &candidates, &now.placed)?),
    })
}

fn draw(page: &Page, replay: &Replay) -> Markup {
    let number = |count: usize| page.lang.number(i64::try_from(count).unwrap_or(i64::MAX));
    let (tone, key) = match replay.is_equal() {
        true => (Tone::Good, "seats-replay-equal"),
        false => (Tone::Bad, "seats-replay-different"),
    };
    html! {
        p class="govuk-body" { (tag(tone, &page.t(key))) }
        (summary_list(&[
            SummaryRow::text(page.t("seats-waiting"), &number(replay.candidates)),
            SummaryRow::text(page.t("seats-replay-otherwise"), &number(replay.different)),
            SummaryRow::new(page.t("seats-digest-kept"), html! { code { (replay.digest_kept) } }),
            SummaryRow::new(page.t("seats-digest-again"), html! { code { (replay.digest_again) } }),
        ]))
        @if !replay.is_equal() { (notice::warning(&page.lang, &page.t("seats-replay-warning"))) }
    }
}
