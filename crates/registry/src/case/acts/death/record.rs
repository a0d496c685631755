//! `GET` and `POST /cases/{case}/death`: an officer records the person's death by its certificate.

use super::store::{self, Death};
use crate::case::{
    Facts, Happening, Kind,
    action::{ON, closed, read_on},
    guard, heading, law, store as cases,
};
use anyhow::Result;
use axum::extract::{Path, State};
use maud::html;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::Errors,
    page::{Width, notice, shell},
    request::Page,
    scope::Tx,
};
use serde_json::json;
use values::id::CaseId;

pub(super) async fn get(State(app): State<App>, page: Page, Path(case): Path<CaseId>) -> Answer {
    let form = Posted::of([(ON, page.today.to_string())]);
    show(&app, &page, case, &form, Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(case): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let law = law(app)?;
    let mut loaded = cases::load_for(tx, &law, case, form).await?;
    let mut read = form.reader();
    let died_on = read.date("died_on");
    let certificate = read.required("certificate");
    let on = read_on(&mut read, page);
    let died_on = read.finish(died_on)?;
    let happening = Happening::on(on, Facts::Deceased { died_on });
    cases::append(tx, &law, &mut loaded, vec![happening.clone()]).await?;
    let person = loaded.file.person();
    let death = Death {
        person_id: person.0,
        case_id: case.0,
        office: loaded.file.office,
        died_on,
        certificate: tx.keys().seal(&certificate)?,
        recorded_on: page.today,
        recorded_by: page.officer()?.0,
        settlement: None,
        settled_on: None,
        settled_by: None,
        words: None,
    };
    store::insert(tx, &[death]).await?;
    store::mark(tx, person, Some(died_on)).await?;
    for other in store::other_cases(tx, person, case).await? {
        let mut loaded = cases::lock(tx, &law, other).await?;
        if guard::fits(&loaded.state, Kind::Deceased).is_ok() {
            cases::append(tx, &law, &mut loaded, vec![happening.clone()]).await?;
        }
    }
    Ok(heading::link(case))
}

async fn show(app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = cases::load(&mut tx, &*law(app)?, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let refusal = guard::fits(&loaded.state, Kind::Deceased).err();
    let handed_over = loaded.state.assets_held > 0 || loaded.state.milestones.received_on.is_some();
    let title = page.t("case-death-title");
    let body = html! {
        (head)
        (shell::heading("", &title))
        @match &refusal {
            Some(refusal) => (closed(page, refusal, case)),
            None => {
                (notice::warning(&page.lang, &page.t(if handed_over { "case-death-mourning" } else { "case-death-closes" })))
                (draw::form(page, &format!("/cases/{case}/death"), Some(loaded.file.version), &page.t("case-death-submit"), html! {
                    (draw::date(page, form, &errors, "died_on", "case-death-died-on"))
                    (draw::input(page, form, &errors, "certificate", "case-death-certificate")
                        .hint("case-death-certificate-hint").width(Width::Chars20))
                    (draw::date(page, form, &errors, ON, "case-death-told-on").hint("case-action-on-hint"))
                }))
            }
        }
    };
    page.show_form(&title, &json!({ "case": loaded.file }), &errors, body)
}
