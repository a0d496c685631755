//! `GET /quotas`: how many seats are taken and left by call and region, and how near the landholder cap is.

use super::{
    seats::{self, Admitted, Place, Seats},
    types::Cap,
};
use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Column, Table, Tone, panel, tag},
    request::Page,
};
use registry::programme::{self, Programme};
use serde::Serialize;
use values::id::OfficeId;

#[derive(Serialize)]
struct View {
    cap: Cap,
    offices: Vec<Admitted>,
    quotas: Vec<Quota>,
}

/// The seats of a call in a region.
#[derive(Serialize)]
struct Quota {
    call: String,
    region: String,
    seats: Seats,
    taken: u32,
}

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let taken = seats::taken(&mut tx, None).await?;
    let mut offices = seats::admitted(&mut tx, page.today, None).await?;
    let cap = seats::cap_of(&programme, page.today, &offices);
    let mine = &page.who()?.offices;
    offices.retain(|office| mine.contains(&OfficeId(office.office)));
    offices.sort_by_key(|office| (std::cmp::Reverse(share(&alone(&cap, office))), office.office));
    let view = View { cap, offices, quotas: quotas(&page, &programme, &taken) };
    let title = page.t("ranking-quotas-title");
    page.show(
        &title,
        &view,
        html! {
            h1 class="govuk-heading-l" { (title) }
            (panel::panel(&page.t("ranking-cap-heading"), html! {
                p class="govuk-body" { (page.t("ranking-cap-rule")) }
                (draw_cap(&page, &view.cap))
                (draw_offices(&page, &programme, &view))
            }))
            (panel::panel(&page.t("ranking-seats-heading"), draw_quotas(&page, &programme, &view.quotas)))
        },
    )
}

fn quotas(page: &Page, programme: &Programme, taken: &[(Place, u32)]) -> Vec<Quota> {
    let begun = programme.calls().iter().rev().filter(|call| call.validity.from <= page.today);
    let quota = |call: &str, region: &str| Quota {
        call: call.to_owned(),
        region: region.to_owned(),
        seats: seats::seats_of(programme, call, region),
        taken: taken.iter().find(|(place, _)| place.0 == call && place.1 == region).map_or(0, |(_, count)| *count),
    };
    begun.flat_map(|call| programme.regions().iter().map(|region| quota(&call.code, &region.code))).collect()
}

fn alone(cap: &Cap, office: &Admitted) -> Cap {
    let number = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Cap { percent: cap.percent, landholders: number(office.landholders), unemployed: number(office.unemployed) }
}

/// Landholders of the unemployed, in hundredths of a per cent.
fn share(cap: &Cap) -> u64 {
    match (cap.landholders, cap.unemployed) {
        (0, _) => 0,
        (_, 0) => u64::MAX,
        (landholders, unemployed) => u64::from(landholders) * 10_000 / u64::from(unemployed),
    }
}

/// The cap as a meter: how many landholders there are, how many may be.
pub(super) fn draw_cap(page: &Page, cap: &Cap) -> Markup {
    let lang = page.lang;
    let most = u64::from(cap.unemployed) * u64::from(cap.percent) / 100;
    let args = [
        ("landholders", lang.number(cap.landholders.into()).into()),
        ("unemployed", lang.number(cap.unemployed.into()).into()),
        ("most", lang.number(i64::try_from(most).unwrap_or(i64::MAX)).into()),
        ("percent", i64::from(cap.percent).into()),
    ];
    let reached = if most == 0 { 0.0 } else { f64::from(cap.landholders) * 100.0 / most as f64 };
    html! {
        (panel::meter(reached))
        p class="govuk-body-s" { (lang.with("ranking-cap-words", &args)) }
    }
}

fn draw_offices(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let row = |office: &Admitted| {
        let cap = alone(&view.cap, office);
        let name =
            programme.office(OfficeId(office.office)).map_or_else(|| office.office.to_string(), |o| o.name.text(lang).to_owned());
        let state = match (cap.allows(cap.landholders, cap.unemployed), cap.admits_landholder()) {
            (false, _) => tag(Tone::Bad, &page.t("ranking-cap-over")),
            (true, false) => tag(Tone::Attention, &page.t("ranking-cap-full")),
            _ => html! {},
        };
        [
            html! { (name) },
            html! { (lang.number(office.landholders)) },
            html! { (lang.number(office.unemployed)) },
            html! { @if office.unemployed > 0 { (lang.decimal(share(&cap) as f64 / 100.0, 1)) " %" } },
            state,
        ]
    };
    html! {
        (Table::new(&lang, "cap-offices", page.t("ranking-cap-offices"))
            .column(Column::new(page.t("ranking-office")))
            .column(Column::numeric(page.t("ranking-landholders")))
            .column(Column::numeric(page.t("ranking-unemployed")))
            .column(Column::numeric(page.t("ranking-share")))
            .column(Column::new(page.t("ranking-state")))
            .rows(view.offices.iter().map(row)))
    }
}

fn draw_quotas(page: &Page, programme: &Programme, quotas: &[Quota]) -> Markup {
    let lang = page.lang;
    let call_words = |code: &str| programme.call(code).map_or_else(|| code.to_owned(), |call| call.name.text(lang).to_owned());
    let row = |quota: &Quota| {
        let left = i64::from(quota.seats.total) - i64::from(quota.taken);
        let reached = if quota.seats.total == 0 { 0.0 } else { f64::from(quota.taken) * 100.0 / f64::from(quota.seats.total) };
        [
            html! { (call_words(&quota.call)) },
            html! { (super::show::region_words(page, programme, &quota.region)) },
            html! { (lang.number(quota.seats.total.into())) },
            html! { (lang.number(quota.seats.for_appeals.into())) },
            html! { (lang.number(quota.taken.into())) (panel::meter(reached)) },
            html! { (lang.number(left)) },
        ]
    };
    html! {
        (Table::new(&lang, "quotas", page.t("ranking-seats-caption"))
            .column(Column::new(page.t("ranking-call")))
            .column(Column::new(page.t("ranking-region")))
            .column(Column::numeric(page.t("ranking-seats")))
            .column(Column::numeric(page.t("ranking-for-appeals")))
            .column(Column::numeric(page.t("ranking-taken")))
            .column(Column::numeric(page.t("ranking-left")))
            .rows(quotas.iter().map(row)))
    }
}
