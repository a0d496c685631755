//! `GET /people/new` and `POST /people`: an officer registers a person who has come in.

use super::{
    REGISTERED, link, store,
    types::{NewPerson, Protected},
};
use axum::extract::State;
use chrono::{Months, NaiveDate};
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    request::Page,
};
use serde_json::json;
use values::{fin::Fin, phone::Phone, sex::Sex};

pub(super) async fn get(page: Page) -> Answer {
    show(&page, &Posted::empty(), &Errors::none())
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    let person = match read(&form, &page) {
        Ok(person) => person,
        Err(errors) => return show(&page, &form, &errors),
    };
    tx.note(REGISTERED, person.id, &json!({ "office": person.office, "source": person.source, "reg_no": person.reg_no }), None)?;
    let id = person.id;
    store::insert(&mut tx, &[person]).await?;
    form.done(tx, &page, link(id)).await
}

fn read(form: &Posted, page: &Page) -> Result<NewPerson, Errors> {
    let mut read = form.reader();
    let surname = read.required("surname");
    let given_name = read.required("given_name");
    let patronymic = read.required("patronymic");
    let sex = read.require::<Sex>("sex", "form-error-choice");
    let birth_date = read.date("birth_date");
    if birth_date.is_some_and(|born| !is_old_enough(born, page.today)) {
        read.wrong("birth_date", Message::new("people-error-age"));
    }
    let fin = read.parse::<Fin>("fin", "people-error-fin").map(|fin| fin.to_string());
    let phone = read.parse::<Phone>("phone", "people-error-phone").map(|phone| phone.to_string());
    let address = read.text("address");
    read.must_tick("consent");
    let office = page.office().unwrap_or(values::id::OfficeId::CENTRE);
    let mut person = NewPerson::blank(office, page.today);
    person.given_name = given_name;
    person.surname = surname;
    person.patronymic = patronymic;
    person.sex = sex;
    person.birth_date = birth_date;
    person.address = address;
    person.language = page.lang.code().to_owned();
    person.protected = Protected { fin, phone, ..Protected::default() };
    read.finish(Some(person))
}

/// Fifteen is the least age at which somebody is registered.
fn is_old_enough(born: NaiveDate, today: NaiveDate) -> bool {
    born.checked_add_months(Months::new(15 * 12)).is_some_and(|day| day <= today)
}

fn show(page: &Page, form: &Posted, errors: &Errors) -> Answer {
    let title = page.t("people-register");
    page.show_form(&title, &json!({}), errors, draw_form(page, form, errors))
}

fn draw_form(page: &Page, form: &Posted, errors: &Errors) -> Markup {
    let sexes = vec![("F".to_owned(), page.t("people-sex-f")), ("M".to_owned(), page.t("people-sex-m"))];
    html! {
        h1 class="govuk-heading-l" { (page.t("people-register")) }
        (draw::form(page, "/people", None, &page.t("people-register-submit"), html! {
            (draw::input(page, form, errors, "surname", "people-surname"))
            (draw::input(page, form, errors, "given_name", "people-given-name"))
            (draw::input(page, form, errors, "patronymic", "people-patronymic").hint("people-patronymic-hint"))
            (draw::radios(page, form, errors, "sex", "people-sex", sexes))
            (draw::date(page, form, errors, "birth_date", "people-birth-date").hint("form-date-hint"))
            (draw::input(page, form, errors, "fin", "people-fin").hint("people-fin-hint"))
            (draw::input(page, form, errors, "phone", "people-phone").hint("people-phone-hint"))
            (draw::input(page, form, errors, "address", "people-address"))
            (draw::boxes(page, form, errors, "consent", "people-consent", vec![("yes".to_owned(), page.t("people-consent-given"))]))
        }))
    }
}
