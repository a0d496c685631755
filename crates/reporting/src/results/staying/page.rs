//! `GET /results/survival`: who stays in business, by one grouping at a time.

use super::{
    business::businesses,
    compare::{By, compare},
    draw,
};
use crate::results::{cache, page::Asked, store};
use axum::extract::{Query, State};
use platform::{
    answer::{Answer, Fault},
    app::App,
    request::Page,
};
use registry::{case, programme};
use serde::Deserialize;
use serde_json::json;

/// The grouping beside the days asked for.
#[derive(Deserialize)]
pub(in crate::results) struct Wanted {
    #[serde(default)]
    by: String,
    #[serde(default)]
    as_of: String,
    #[serde(default)]
    known_on: String,
}

pub(in crate::results) async fn get(State(app): State<App>, page: Page, Query(wanted): Query<Wanted>) -> Answer {
    let by = match wanted.by.as_str() {
        "" => By::Sex,
        word => By::from_word(word).ok_or(Fault::BadRequest("results-error-grouping"))?,
    };
    let asked = Asked { as_of: wanted.as_of, known_on: wanted.known_on };
    let known = asked.known(&page)?;
    let programme = programme::current(&app)?;
    let watched = cache::kept(
        &app,
        &page,
        known,
        |cache| &cache.businesses,
        async |readers| {
            let rules = &programme.programme;
            let subjects = store::subjects_in_business(readers, rules, &*case::law(&app)?, known).await?;
            Ok(businesses(&subjects, &store::asked(rules, known.as_of)))
        },
    );
    let watched = watched.await?;
    let comparison = compare(&watched, by);
    let view = json!({ "as_of": known.as_of, "known_on": known.known_on.unwrap_or(page.today), "comparison": comparison });
    let body = draw::draw(&page, &programme, &asked, known, by, comparison.as_ref());
    page.show(&page.t("staying-title"), &view, body)
}
