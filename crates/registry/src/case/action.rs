//! Something that may be done to a case through a form with a few fields and that is one event: withdrawal, suspension,
//! a change of direction … Each is a value; these two handlers serve them all.

use super::{
    Kind, Law, Refusal,
    duty::Duty,
    guard, heading, law,
    store::{self, Happening, Loaded},
};
use crate::programme::{self, Programme};
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::{Errors, Explain},
    page::{notice, shell},
    request::Page,
    role::Permission,
    route::{Route, Sample},
    scope::Tx,
};
use serde_json::json;
use values::id::CaseId;

/// One thing that may be done to a case. Its words stand under `case-action-NOUN`, `…-submit` and `…-hint`.
pub struct Action {
    /// The noun in its path: `/cases/{case}/NOUN`.
    pub noun: &'static str,
    pub permission: Permission,
    /// The event that it becomes.
    pub kind: Kind,
    /// A duty to be taken beyond those that the event itself shows.
    pub duty: Option<Duty>,
    /// What beyond the event's kind would refuse it, as the case stands.
    pub offered: fn(&Asked<'_>) -> Result<(), Refusal>,
    /// The fields of the form.
    pub fields: fn(&Asked<'_>, &Posted, &Errors) -> Markup,
    /// What happens, when the fields can be read.
    pub read: fn(&mut Reader<'_>, &Asked<'_>) -> Option<Happening>,
}

/// What an act is asked about.
pub struct Asked<'a> {
    pub page: &'a Page,
    pub programme: &'a Programme,
    pub law: &'a Law,
    pub loaded: &'a Loaded,
}

impl Action {
    /// The path of its form for a case.
    pub fn link(&self, case: CaseId) -> String {
        format!("/cases/{case}/{}", self.noun)
    }

    /// Whether the machine would let it happen today, as far as that can be said without the form.
    pub fn may(&self, asked: &Asked<'_>) -> Result<(), Refusal> {
        guard::fits(&asked.loaded.state, self.kind)?;
        (self.offered)(asked)
    }

    /// Its routes, with a case on which it may be done.
    pub fn routes(&'static self, path: &'static str, sample: Sample) -> [Route; 2] {
        let get = move |app: State<App>, page: Page, Path(case): Path<CaseId>| get(self, app, page, case);
        let post = move |app: State<App>, page: Page, Path(case): Path<CaseId>, form: Posted| post(self, app, page, case, form);
        [Route::page(path, self.permission, get).sample(sample), Route::form(path, self.permission, post).sample(sample)]
    }
}

/// `GET /cases/{case}/NOUN`
pub async fn get(action: &'static Action, State(app): State<App>, page: Page, case: CaseId) -> Answer {
    let form = Posted::of([(ON, page.today.to_string())]);
    show(action, &app, &page, case, &form, Errors::none()).await
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

async fn act(action: &Action, tx: &mut Tx, app: &App, page: &Page, case: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (law(app)?, programme::current(app)?);
    let mut loaded = store::load_for(tx, &law, case, form).await?;
    let mut reader = form.reader();
    let asked = Asked { page, programme: &programme, law: &law, loaded: &loaded };
    let happening = (action.read)(&mut reader, &asked);
    let happening = reader.finish(happening)?;
    if let Some(duty) = action.duty {
        store::claim(tx, &loaded.file, duty).await?;
    }
    store::append(tx, &law, &mut loaded, vec![happening]).await?;
    Ok(heading::link(case))
}

async fn show(action: &'static Action, app: &App, page: &Page, case: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = store::load(&mut tx, &law, case).await?;
    let head = heading::draw(&mut tx, page, &loaded).await?;
    let asked = Asked { page, programme: &programme, law: &law, loaded: &loaded };
    let key = format!("case-action-{}", action.noun);
    let title = page.t(&key);
    let refusal = action.may(&asked).err();
    let view = json!({ "case": loaded.file, "action": action.noun, "open": refusal.is_none() });
    let body = html! {
        (head)
        (shell::heading("", &title))
        @match &refusal {
            Some(refusal) => (closed(page, refusal, case)),
            None => {
                p class="govuk-body" { (page.t(&format!("{key}-hint"))) }
                (draw::form(page, &action.link(case), Some(loaded.file.version), &page.t(&format!("{key}-submit")),
                    (action.fields)(&asked, form, &errors)))
            }
        }
    };
    page.show_form(&title, &view, &errors, body)
}

/// In place of a form that has nothing to do: why, and the way back.
pub fn closed(page: &Page, refusal: &impl Explain, case: CaseId) -> Markup {
    html! {
        (notice::inset(html! { p class="govuk-body" { (refusal.message().text(page.lang)) } }))
        p class="govuk-body" { a class="govuk-link" href=(heading::link(case)) { (page.t("case-action-back")) } }
    }
}

/// The name of the field for the day on which it took effect.
pub const ON: &str = "effective_on";

/// The field for the day on which it took effect.
pub fn on_field(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    html! { (draw::date(page, form, errors, ON, "case-action-on").hint("case-action-on-hint")) }
}

/// The day on which it took effect; today where none was typed.
pub fn read_on(reader: &mut Reader<'_>, page: &Page) -> NaiveDate {
    reader.optional_date(ON).unwrap_or(page.today)
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
    html! { (draw::area(page, form, errors, "reason", "case-reason", 3).hint("case-reason-hint")) }
}

/// The reason that was typed.
pub fn read_reason(reader: &mut Reader<'_>) -> String {
    reader.reason("reason", LEAST_REASON)
}

/// The least length of a reason that says something, in characters.
pub const LEAST_REASON: usize = 5;
