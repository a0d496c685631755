//! `GET /people/new` and `POST /people`: an officer registers a person who has come in.

use super::{
    REGISTERED,
    desk::{self, Told},
    form::{self, Judge, Sheet},
    link, store,
    types::NewPerson,
};
use crate::programme::{self, Programme};
use axum::extract::State;
use chrono::Datelike;
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::{Posted, Reader},
    message::Errors,
    page::shell,
    request::Page,
    scope::Tx,
};
use serde_json::json;
use values::id::{OfficeId, PersonId};

pub(super) async fn get(State(app): State<App>, page: Page) -> Answer {
    let usual = Posted::of([("citizenship", "CITIZEN"), ("language", "az"), ("channel", "SMS")]);
    show(&app, &page, &usual, &Errors::none(), &Told::default())
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    if form::more_rows(&form) {
        return show(&app, &page, &form, &Errors::none(), &Told::default());
    }
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let mut told = Told::default();
    match act(&mut tx, &app, &page, &form, &mut told).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            let mut errors = stop.errors()?;
            drop(tx);
            told.tell(&app, &page, &form, &mut errors).await?;
            show(&app, &page, &form, &errors, &told)
        }
    }
}

/// Registers the person; `told` keeps who may be the same, for the page that asks about them.
async fn act(tx: &mut Tx, app: &App, page: &Page, form: &Posted, told: &mut Told) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let (person, read) = read(&programme, page, form)?;
    if desk::has_shown(form) {
        *told = desk::glance(tx, app, &person).await?;
    }
    let person = read.finish(Some(person))?;
    *told = desk::ask(tx, app, &person).await?;
    if let Some(different) = told.answered(form, app.keys())? {
        different.note(tx, person.id)?;
    }
    let facts = json!({ "office": person.office, "source": person.source, "reg_no": person.reg_no, "consents": person.consents });
    tx.note(REGISTERED, person.id, &facts, None)?;
    let id = person.id;
    store::insert(tx, &[person]).await?;
    Ok(link(id))
}

fn read<'a>(programme: &Programme, page: &Page, form: &'a Posted) -> Result<(NewPerson, Reader<'a>), Stop> {
    let judge = Judge { programme, today: page.today, keeps_protected: false };
    let mut read = form.reader();
    let mut blank = NewPerson::blank(page.office()?, page.today);
    blank.reg_no = number(blank.id, blank.office, page.today.year());
    let mut person = form::read_person(&mut read, &judge, blank);
    person.spells = form::read_spell(&mut read, &judge, person.birth_date);
    person.groups = form::read_groups(&mut read, &judge, form, page.today);
    person.household = form::read_household(&mut read, &judge, form);
    person.consents = form::read_consents(&mut read, page.today);
    Ok((person, read))
}

/// A registration number that can be read out: office, year, and eight signs of the id's random part, none of which looks
/// like another.
fn number(person: PersonId, office: OfficeId, year: i32) -> String {
    const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let random = person.0.as_u128();
    let signs: String = (0..8).map(|at| char::from(SIGNS[((random >> (5 * at)) & 31) as usize])).collect();
    format!("{office}-{:02}-{signs}", year % 100)
}

fn show(app: &App, page: &Page, form: &Posted, errors: &Errors, told: &Told) -> Answer {
    let programme = programme::current(app)?;
    let title = page.t("people-register");
    let sheet = Sheet { page, programme: &programme, form, errors, corrects: false };
    let body = maud::html! {
        (shell::heading("", &title))
        (draw::form(page, "/people", None, &page.t("people-register-submit"), maud::html! {
            (desk::panel(page, &programme, told, form, errors)?)
            (form::whole_form(&sheet))
        }))
    };
    page.show_form(&title, &json!({}), errors, body)
}
