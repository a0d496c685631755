//! Small acts on a person, each a form of its own with a reason: their groups, spells, household, consents, FİN. Each is
//! a value; these two handlers serve them all.

mod consents;
mod fin;
mod groups;
mod household;
mod spells;

#[cfg(test)]
mod spells_tests;

pub(super) use consents::CONSENTS;
pub(super) use fin::FIN;
pub(super) use groups::GROUPS;
pub(super) use household::HOUSEHOLD;
pub(super) use spells::SPELLS;

use super::{
    link,
    reads::{self, GroupRow, MemberRow, Person, SpellRow},
    show::identity,
    types::Consent,
};
use crate::programme::{self, Programme};
use anyhow::{Context, Result};
use axum::extract::State;
use futures::future::BoxFuture;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::shell,
    request::Page,
    scope::Tx,
};
use serde::Serialize;
use values::id::PersonId;

/// Something that an officer may do about a person. Its words stand under `people-act-NOUN`, `…-submit` and `…-hint`.
pub(super) struct Act {
    /// The noun in its path: `/people/{person}/NOUN`.
    pub noun: &'static str,
    pub fields: fn(&Asked<'_>) -> Markup,
    /// Does it; the reason has been read.
    pub act: for<'a> fn(&'a mut Tx, &'a Asked<'a>) -> BoxFuture<'a, Result<(), Stop>>,
}

/// What an act is asked about, and with what.
pub(super) struct Asked<'a> {
    pub page: &'a Page,
    pub programme: &'a Programme,
    pub known: &'a Known,
    pub form: &'a Posted,
    pub errors: &'a Errors,
}

/// What is known of a person before the act.
#[derive(Serialize)]
pub(super) struct Known {
    pub person: Person,
    pub spells: Vec<SpellRow>,
    pub groups: Vec<GroupRow>,
    pub household: Vec<MemberRow>,
    pub consents: Vec<Consent>,
}

impl Known {
    async fn of(tx: &mut Tx, person: Person) -> Result<Self> {
        let id = person.id();
        Ok(Self {
            spells: reads::spells(tx, id).await?,
            groups: reads::groups(tx, id).await?,
            household: reads::household(tx, id).await?,
            consents: reads::consents(tx, id).await?,
            person,
        })
    }
}

/// `GET /people/{person}/NOUN`
pub(super) async fn get(act: &'static Act, State(app): State<App>, page: Page, id: PersonId) -> Answer {
    let mut tx = app.read(&page).await?;
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let known = Known::of(&mut tx, person).await?;
    show(act, &app, &page, &known, &Posted::empty(), &Errors::none())
}

/// `POST /people/{person}/NOUN`
pub(super) async fn post(act: &'static Act, State(app): State<App>, page: Page, id: PersonId, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let person = reads::lock(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let known = Known::of(&mut tx, person).await?;
    match perform(act, &mut tx, &app, &page, &known, &form).await {
        Ok(()) => form.done(tx, &page, link(id)).await,
        Err(stop) => show(act, &app, &page, &known, &form, &stop.errors()?),
    }
}

async fn perform(act: &Act, tx: &mut Tx, app: &App, page: &Page, known: &Known, form: &Posted) -> Result<(), Stop> {
    let programme = programme::current(app)?;
    let asked = Asked { page, programme: &programme, known, form, errors: &Errors::none() };
    let mut errors = Errors::none();
    if form.version() != 0 && form.version() != known.person.version {
        errors.add_whole(Message::new("form-error-stale"));
    }
    match (act.act)(tx, &asked).await {
        Err(Stop::Fault(fault)) => return Err(fault.into()),
        Err(Stop::Errors(wrong)) => errors.list.extend(wrong.list),
        Ok(()) => {}
    }
    let mut read = form.reader();
    let reason = read.reason("reason", LEAST_REASON);
    errors.list.extend(read.finish(Some(reason)).err().unwrap_or_default().list);
    match errors.is_empty() && !form.only_redraws() {
        true => Ok(touch(tx, known.person.id()).await?),
        false if form.only_redraws() => Err(Errors::none().into()),
        false => Err(errors.into()),
    }
}

/// The least length of a reason that says something, in characters.
const LEAST_REASON: usize = 5;

/// The reason that the form gives; it has been judged before.
pub(super) fn reason<'a>(asked: &Asked<'a>) -> Option<&'a str> {
    Some(asked.form.value("reason"))
}

const TOUCH: &str = "
    update person p
    set version = version + 1, basis = (
        select s.basis
        from unemployment_spell s
        where s.person_id = p.person_id
        and s.ended_on is null
        order by s.begun_on desc
        limit 1)
    where p.person_id = $1";

/// The person is another version now; their basis is that of the open spell.
async fn touch(tx: &mut Tx, person: PersonId) -> Result<()> {
    sqlx::query(TOUCH).bind(person.0).execute(tx.conn()).await.context("marking a person as changed")?;
    Ok(())
}

fn show(act: &Act, app: &App, page: &Page, known: &Known, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let key = format!("people-act-{}", act.noun);
    let title = page.t(&key);
    let action = format!("{}/{}", link(known.person.id()), act.noun);
    let asked = Asked { page, programme: &programme, known, form, errors };
    let body = html! {
        (identity(page, &programme, &known.person, html! {}))
        (shell::heading("", &title))
        p class="govuk-body" { (page.t(&format!("{key}-hint"))) }
        (draw::form(page, &action, Some(known.person.version), &page.t(&format!("{key}-submit")), html! {
            ((act.fields)(&asked))
            (draw::area(page, form, errors, "reason", "people-reason", 2).hint("people-reason-hint"))
        }))
    };
    page.show_form(&title, known, errors, body)
}
