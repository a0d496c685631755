//! The form of a person: every field of registration, read into values. A correction asks the same, without what has
//! forms of its own (spells, groups, household, consents).

mod draw;
mod rows;

pub(super) use draw::{Sheet, group_fields, member_fields, sections, whole_form};
pub(super) use rows::{more_rows, read_groups, read_household};

use super::{
    codes,
    types::{Basis, Consent, NewPerson, Spell},
};
use crate::programme::{Programme, keys};
use chrono::NaiveDate;
use platform::{
    form::{Posted, Reader},
    message::Message,
};
use std::str::FromStr;
use values::{Refusal, add_months, fin::Fin, money::Money, phone::Phone, sex::Sex};

/// What the reading of the form is judged by.
pub(super) struct Judge<'a> {
    pub programme: &'a Programme,
    pub today: NaiveDate,
    /// Protected fields left empty keep their value: they are not shown, so nobody can type them again.
    pub keeps_protected: bool,
}

/// Reads a person's own fields onto what they were before; for a registration, onto nobody.
pub(super) fn read_person(read: &mut Reader<'_>, judge: &Judge<'_>, before: NewPerson) -> NewPerson {
    let mut person = before;
    read_identity(read, judge, &mut person);
    read_contacts(read, judge, &mut person);
    read_work(read, judge, &mut person);
    person.household_size = small(read, "household_size", 1, 50);
    person.children = small(read, "children", 0, 30);
    if person.household_size.zip(person.children).is_some_and(|(size, children)| children >= size) {
        read.wrong("children", Message::new("people-error-children"));
    }
    read_income(read, &mut person);
    read_proofs(read, judge, &mut person);
    person.details.note = read.optional("note");
    person
}

fn read_income(read: &mut Reader<'_>, person: &mut NewPerson) {
    /// Nobody who needs the programme has more in a month: a slip of the hand.
    const MOST: Money = Money::from_qepik(10_000_000);
    let income = read.parse::<Money>("income", "form-error-money");
    person.income = income.map(Money::qepik);
    match income {
        Some(income) if income.qepik() < 0 => read.wrong("income", Message::new("form-error-money")),
        Some(income) if income > MOST => read.wrong("income", Message::new("people-error-income").arg("most", MOST)),
        _ => {}
    }
}

fn read_identity(read: &mut Reader<'_>, judge: &Judge<'_>, person: &mut NewPerson) {
    person.surname = name(read, "surname");
    person.given_name = name(read, "given_name");
    person.patronymic = read.text_of("patronymic", 100);
    person.sex = read.require::<Sex>("sex", "form-error-choice");
    person.birth_date = read.date("birth_date");
    let years = judge.programme.parameter(&keys::REGISTRATION_AGE_MIN, person.registered_on).0;
    if person.birth_date.is_some_and(|born| !is_old_enough(born, years, person.registered_on)) {
        read.wrong("birth_date", Message::new("people-error-age").arg("years", years));
    }
    person.details.citizenship = code(read, "citizenship", codes::CITIZENSHIP);
    let citizen = person.details.citizenship.as_deref().unwrap_or("CITIZEN") == "CITIZEN";
    if person.patronymic.is_empty() && citizen {
        read.wrong("patronymic", Message::new("form-error-required"));
    }
    person.details.permit = read.optional("permit");
    person.details.permit_until = read.optional_date("permit_until");
    if !citizen && person.details.permit.is_none() {
        read.wrong("permit", Message::new("people-error-permit"));
    }
    let protected = &mut person.protected;
    keep(judge, &mut protected.fin, typed::<Fin>(read, "fin").map(|fin| fin.to_string()));
    keep(judge, &mut protected.document, read.optional("document"));
    keep(judge, &mut protected.document_issuer, read.optional("document_issuer"));
    let expires_on = read.optional_date("document_expires_on");
    if expires_on.is_some_and(|day| day < judge.today) {
        read.wrong("document_expires_on", Message::new("people-error-expired"));
    }
    keep(judge, &mut protected.document_expires_on, expires_on);
}

fn read_contacts(read: &mut Reader<'_>, judge: &Judge<'_>, person: &mut NewPerson) {
    let protected = &mut person.protected;
    keep(judge, &mut protected.phone, typed::<Phone>(read, "phone").map(|phone| phone.to_string()));
    keep(judge, &mut protected.second_contact, read.optional("second_contact"));
    let details = &mut person.details;
    details.email = read.optional("email");
    if details.email.as_ref().is_some_and(|email| !is_email(email)) {
        read.wrong("email", Message::new("people-error-email"));
    }
    details.channel = code(read, "channel", codes::CHANNELS);
    details.settlement = read.optional("settlement");
    details.actual_address = read.optional("actual_address");
    details.other_languages = read.optional("other_languages");
    details.assistive_need = read.optional("assistive_need");
    person.residence = Some(read.required("residence")).filter(|code| !code.is_empty());
    person.origin = read.optional("origin");
    for (field, unit) in [("residence", &person.residence), ("origin", &person.origin)] {
        if unit.as_ref().is_some_and(|code| judge.programme.unit(code).is_none()) {
            read.wrong(field, Message::new("form-error-choice"));
        }
    }
    person.address = read.text("address");
    person.language = code(read, "language", codes::LANGUAGES).unwrap_or_else(|| "az".to_owned());
}

fn read_work(read: &mut Reader<'_>, judge: &Judge<'_>, person: &mut NewPerson) {
    person.education = code(read, "education", codes::EDUCATION);
    if person.education.is_none() {
        read.wrong("education", Message::new("form-error-choice"));
    }
    person.marital = code(read, "marital", codes::MARITAL);
    person.land_share = read.ticked("land_share");
    let details = &mut person.details;
    details.speciality = read.optional("speciality");
    details.last_job = read.optional("last_job");
    details.last_job_ended_on = read.optional_date("last_job_ended_on");
    details.last_job_reason = read.optional("last_job_reason");
    details.occupation_code = read.optional("occupation_code");
    details.insurance_from = read.optional_date("insurance_from");
    details.insurance_to = read.optional_date("insurance_to");
    details.land_hectares = read.optional("land_hectares");
    for field in ["last_job_ended_on", "insurance_from"] {
        not_after(
            read,
            field,
            if field == "insurance_from" { details.insurance_from } else { details.last_job_ended_on },
            judge.today,
        );
    }
    if details.insurance_from.zip(details.insurance_to).is_some_and(|(from, to)| to < from)
        || (details.insurance_to.is_some() && details.insurance_from.is_none())
    {
        read.wrong("insurance_to", Message::new("people-error-order"));
    }
    if details.land_hectares.as_ref().is_some_and(|size| !is_hectares(size)) {
        read.wrong("land_hectares", Message::new("people-error-hectares"));
    }
    if details.land_hectares.is_some() && !person.land_share {
        read.wrong("land_share", Message::new("people-error-land"));
    }
}

/// What shows that somebody belongs to a group, where registration asks for more than a certificate.
fn read_proofs(read: &mut Reader<'_>, judge: &Judge<'_>, person: &mut NewPerson) {
    let protected = &mut person.protected;
    let percent = read.optional_integer("disability_percent", 1..=100).and_then(|percent| u8::try_from(percent).ok());
    keep(judge, &mut protected.disability_percent, percent);
    keep(judge, &mut protected.disability_until, read.optional_date("disability_until"));
    keep(judge, &mut protected.assistance_award, read.optional("assistance_award"));
    keep(judge, &mut protected.martyr_relation, read.optional("martyr_relation"));
    keep(judge, &mut protected.release_certificate, read.optional("release_certificate"));
}

/// Reads the status with which somebody is registered, and since when.
pub(super) fn read_spell(read: &mut Reader<'_>, judge: &Judge<'_>, born: Option<NaiveDate>) -> Vec<Spell> {
    let codes: Vec<&str> = Basis::ALL.iter().map(|basis| basis.code()).collect();
    let basis = Basis::from_code(&read.choice("basis", &codes));
    let begun_on = read.date("unemployed_since");
    not_after(read, "unemployed_since", begun_on, judge.today);
    let years = judge.programme.parameter(&keys::REGISTRATION_AGE_MIN, judge.today).0;
    if begun_on.zip(born).is_some_and(|(begun_on, born)| !is_old_enough(born, years, begun_on)) {
        read.wrong("unemployed_since", Message::new("people-error-too-young").arg("years", years));
    }
    let spell = |(basis, begun_on)| Spell { begun_on, basis, ended_on: None };
    basis.zip(begun_on).map(spell).into_iter().collect()
}

/// Reads the consents: without the first nobody is registered, the second is free.
pub(super) fn read_consents(read: &mut Reader<'_>, today: NaiveDate) -> Vec<Consent> {
    read.must_tick("consent");
    let photo = read.ticked("consent_photo");
    let given = codes::CONSENTS.iter().take(if photo { 2 } else { 1 });
    let consent = |kind: &&str| Consent {
        kind: (*kind).to_owned(),
        text_version: codes::CONSENT_TEXT.to_owned(),
        given_on: today,
        withdrawn_on: None,
    };
    given.map(consent).collect()
}

/// A day that lies ahead is wrong.
pub(super) fn not_after(read: &mut Reader<'_>, field: &str, day: Option<NaiveDate>, today: NaiveDate) {
    if day.is_some_and(|day| day > today) {
        read.wrong(field, Message::new("people-error-ahead"));
    }
}

/// One of a list of codes, which may be absent.
pub(super) fn code(read: &mut Reader<'_>, field: &str, codes: &[&str]) -> Option<String> {
    let code = read.optional(field)?;
    if !codes.contains(&code.as_str()) {
        read.wrong(field, Message::new("form-error-choice"));
        return None;
    }
    Some(code)
}

/// A value that says itself what is wrong with it.
pub(super) fn typed<T: FromStr<Err: Refusal>>(read: &mut Reader<'_>, field: &str) -> Option<T> {
    match read.optional(field)?.parse::<T>() {
        Ok(value) => Some(value),
        Err(refusal) => {
            let message = Message::new(refusal.key());
            read.wrong(field, refusal.args().into_iter().fold(message, |message, (name, value)| message.arg(name, value)));
            None
        }
    }
}

fn keep<T>(judge: &Judge<'_>, field: &mut Option<T>, typed: Option<T>) {
    if typed.is_some() || !judge.keeps_protected {
        *field = typed;
    }
}

fn name(read: &mut Reader<'_>, field: &str) -> String {
    let name = read.required(field);
    if !name.is_empty() && (!name.chars().any(char::is_alphabetic) || name.chars().count() > 100) {
        read.wrong(field, Message::new("people-error-name"));
    }
    name
}

fn small(read: &mut Reader<'_>, field: &str, least: i64, most: i64) -> Option<i16> {
    read.optional_integer(field, least..=most).and_then(|number| i16::try_from(number).ok())
}

fn is_old_enough(born: NaiveDate, years: u32, on: NaiveDate) -> bool {
    add_months(born, i32::try_from(years * 12).unwrap_or(i32::MAX)) <= on
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'))
        && !text.contains(char::is_whitespace)
}

/// `0,35` or `1.5`: at most two digits after the mark.
fn is_hectares(text: &str) -> bool {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|digit| digit.is_ascii_digit());
    digits(whole, 4) && digits(part, 2)
}

/// The fields of a person as a form shows them for the first time; protected ones stay empty.
pub(super) fn filled(person: &NewPerson) -> Posted {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i16>| number.map(|number| number.to_string()).unwrap_or_default();
    let details = &person.details;
    Posted::of([
        ("surname", person.surname.clone()),
        ("given_name", person.given_name.clone()),
        ("patronymic", person.patronymic.clone()),
        ("sex", person.sex.map(|sex| sex.code().to_owned()).unwrap_or_default()),
        ("birth_date", day(person.birth_date)),
        ("citizenship", text(&details.citizenship)),
        ("permit", text(&details.permit)),
        ("permit_until", day(details.permit_until)),
        ("email", text(&details.email)),
        ("channel", text(&details.channel)),
        ("residence", text(&person.residence)),
        ("settlement", text(&details.settlement)),
        ("address", person.address.clone()),
        ("actual_address", text(&details.actual_address)),
        ("origin", text(&person.origin)),
        ("language", person.language.clone()),
        ("other_languages", text(&details.other_languages)),
        ("assistive_need", text(&details.assistive_need)),
        ("education", text(&person.education)),
        ("marital", text(&person.marital)),
        ("speciality", text(&details.speciality)),
        ("occupation_code", text(&details.occupation_code)),
        ("last_job", text(&details.last_job)),
        ("last_job_ended_on", day(details.last_job_ended_on)),
        ("last_job_reason", text(&details.last_job_reason)),
        ("insurance_from", day(details.insurance_from)),
        ("insurance_to", day(details.insurance_to)),
        ("land_share", if person.land_share { "yes".to_owned() } else { String::new() }),
        ("land_hectares", text(&details.land_hectares)),
        ("household_size", number(person.household_size)),
        ("children", number(person.children)),
        ("income", person.income.map(|income| Money::from_qepik(income).to_string()).unwrap_or_default()),
        ("note", text(&details.note)),
    ])
}
