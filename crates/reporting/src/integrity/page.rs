//! `GET /integrity`: every office's chain, verified at its end, and the checkpoints.

use super::{
    TAKE,
    store::{self, Chain, Taken},
};
use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    keys::hex,
    page::{Table, Tone, button, panel, shell::heading, table::Column, tag},
    request::Page,
};
use serde::Serialize;

/// Entries at the end of a chain that the page verifies; the whole is verified off line.
const TAIL: i64 = 200;

#[derive(Serialize)]
struct View {
    chains: Vec<Checked>,
    checkpoints: Vec<Taken>,
}

#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    chain: Chain,
    first_bad: Option<i64>,
}

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    // Chains belong to offices, their integrity to all: the program reads them.
    let mut tx = app.system().await?;
    let mut chains = Vec::new();
    for chain in store::chains(&mut tx).await? {
        let first_bad = store::first_bad(&mut tx, &chain, TAIL).await?;
        chains.push(Checked { chain, first_bad });
    }
    let view = View { chains, checkpoints: store::taken(&mut tx).await? };
    page.show(&page.t("integrity-title"), &view, draw_page(&page, &view))
}

fn draw_page(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let entries: i64 = view.chains.iter().map(|checked| checked.chain.seq).sum();
    html! {
        (heading("", &page.t("integrity-title")))
        p class="govuk-body" { (lang.with("integrity-hint", &[("entries", lang.number(entries).into()), ("tail", lang.number(TAIL).into())])) }
        @if page.may(&TAKE) {
            form method="post" action="/integrity/checkpoints" { (draw::hidden(page, None)) (button(page.t("integrity-take"))) }
        }
        (panel::panel(&page.t("integrity-checkpoints"), checkpoints(page, &view.checkpoints)))
        (panel::panel(&page.t("integrity-chains"), chains(page, &view.chains)))
    }
}

fn chains(page: &Page, chains: &[Checked]) -> Markup {
    let lang = page.lang;
    let rows = chains.iter().map(|Checked { chain, first_bad }| {
        vec![
            html! { (lang.pick(&chain.name_az, &chain.name_en, &chain.name_ru)) },
            html! { (lang.number(chain.seq)) },
            html! { code { (&hex(&chain.hash)[..16]) } },
            html! { @match first_bad {
                None => (tag(Tone::Good, &page.t("integrity-whole"))),
                Some(seq) => (tag(Tone::Bad, &lang.with("integrity-broken", &[("seq", (*seq).into())]))),
            } },
        ]
    });
    html! {
        (Table::new(&page.lang, "chains", page.t("integrity-chains"))
            .quiet_caption()
            .column(Column::new(page.t("integrity-office")))
            .column(Column::numeric(page.t("integrity-entries")))
            .column(Column::new(page.t("integrity-head")))
            .column(Column::new(page.t("integrity-state")))
            .rows(rows))
    }
}

fn checkpoints(page: &Page, taken: &[Taken]) -> Markup {
    let rows = taken.iter().map(|taken| {
        vec![
            html! { a class="govuk-link" href=(format!("/integrity/checkpoints/{}", taken.checkpoint_id)) download { (page.lang.moment(taken.made_at)) } },
            html! { code { (hex(&taken.root)) } },
        ]
    });
    html! {
        @if taken.is_empty() { p class="govuk-body" { (page.t("integrity-no-checkpoints")) } }
        @else {
            (Table::new(&page.lang, "checkpoints", page.t("integrity-checkpoints"))
                .quiet_caption()
                .column(Column::new(page.t("integrity-made-at")))
                .column(Column::new(page.t("integrity-root")))
                .rows(rows))
        }
    }
}
