//! Something that may be done to a case through a form with a few fields and that is one event: withdrawal, suspension,
//! a breach … Each is a value; these two handlers serve them all.

use super::{
    duty::Duty,
    heading, law,
    store::{self, Happening, Loaded},
};
use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::Errors,
    request::Page,
    role::Permission,
};
use serde_json::json;
use values::id::CaseId;

/// One thing that may be done to a case. Its words stand under `case-action-NOUN`, `…-submit` and `…-hint`.
pub struct Action {
    /// The noun in its path: `/cases/{case}/NOUN`.
    pub noun: &'static str,
    pub permission: Permission,
    /// A duty to be taken beyond those that the event itself shows.
    pub duty: Option<Duty>,
    /// The fields of the form.
    pub fields: fn(&Page, &Loaded, &Posted, &Errors) -> Markup,
    /// What happens, when the fields can be read.
    pub read: fn(&mut Reader<'_>, &Page, &Loaded) -> Option<Happening>,
}

impl Action {
    /// The path of its form for a case.
    pub fn link(&self, case: CaseId) -> String {
        format!("/cases/{case}/{}", self.noun)
    }
}

/// `GET /cases/{case}/NOUN`
pub async fn get(action: &'static Action, State(app): State<App>, page: Page, case: CaseId) -> Answer {
    show(action, &app, &page, case, &Posted::empty(), Errors::none()).await
}

/// `POST /cases/{case}/NOUN`
pub async fn post(action: &'static Action, State(app): State<App>, page: Page, case: CaseId, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(action, &mut tx, &app, &page, case, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(action, &app, &page, case, &form, stop.errors()?).await
        }
    }
}

async fn act(
    action: &'static Action,
    tx: &mut platform::scope::Tx,
    app: &App,
    page: &Page,
    case: CaseId,
    form: &Posted,
) -> Result<String, Stop> {
    let law = law(app)?;
    let mut loaded = store::load_for(tx, &law, case, form).await?;
    let mut reader = form.reader();
    let happening = (action.read)(&mut reader, page, &loaded);
    let happening = reader.finish(happening)?;
    if let Some(duty) = action.duty {
        store::claim(tx, &loaded.file, duty).await?;
    }
    store::append(tx, &law, &mut loaded, vec![happening]).await?;
    Ok(heading::link(case))
}

async fn show(action: &'static Action, app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let mut tx = app.read(page).await?;
    let loaded = store::load(&mut tx, &*law(app)?, case).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let title = page.t(&format!("case-action-{}", action.noun));
    let view = json!({ "case": loaded.file, "action": action.noun });
    let body = html! {
        (heading)
        h2 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t(&format!("case-action-{}-hint", action.noun))) }
        (draw::form(page, &action.link(case), Some(loaded.file.version), &page.t(&format!("case-action-{}-submit", action.noun)),
            (action.fields)(page, &loaded, form, &errors)))
    };
    page.show_form(&title, &view, &errors, body)
}

/// The options of a list of codes in words.
pub fn options<T: Copy>(
    page: &Page,
    all: &[T],
    of: impl Fn(T) -> (&'static str, platform::message::Message),
) -> Vec<(String, String)> {
    all.iter()
        .map(|member| {
            let (code, message) = of(*member);
            (code.to_owned(), message.text(page.lang))
        })
        .collect()
}

/// The field for a reason in words, which most actions need.
pub fn reason_field(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    html! { (draw::area(page, form, errors, "reason", "case-reason", 4).hint("case-reason-hint")) }
}

/// The least length of a reason that says something, in characters.
pub const LEAST_REASON: usize = 5;
