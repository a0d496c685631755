//! Invented people as registrations.

use crate::demo::{
    people::{Education, Groups, Marital, Person},
    programme::Simulated,
};
use chrono::{Datelike, NaiveDate};
use platform::journal::{Entry, payload};
use registry::people::{
    codes::CONSENT_TEXT,
    types::{Basis, Consent, Details, Membership, NewPerson, Protected, Spell},
};
use serde_json::json;
use values::{
    Sex,
    id::{EntryId, OfficeId},
};

/// The source of walk-in registrations.
const OFFICE: &str = "office";

/// A person as registered.
pub fn registration(made: &Simulated, number: u32) -> NewPerson {
    let person = &made.people[number as usize];
    let office = OfficeId(made.setting.offices[usize::from(person.office)].id);
    let registered_on = person.registered.date();
    let district = |place: u8| made.setting.districts[usize::from(place)].code.clone();
    let mut new = NewPerson::blank(office, registered_on);
    new.id = made.person_id(number);
    new.source = OFFICE.to_owned();
    new.reg_no = format!("{}-{:06}", registered_on.year(), number + 1);
    new.given_name = person.given.to_string();
    new.surname = person.surname.to_string();
    new.patronymic = person.father.to_string();
    new.sex = Some(if person.female { Sex::Female } else { Sex::Male });
    new.birth_date = Some(person.born.date());
    new.residence = Some(district(person.district));
    new.origin = person.origin.map(district);
    new.address = format!("küç. {}, ev {}", person.street, person.house);
    new.education = Some(education(person.education).to_owned());
    new.marital = Some(marital(person.marital).to_owned());
    new.household_size = Some(person.household.into());
    new.children = Some(person.children.into());
    new.income = Some(person.income_per_head * i64::from(person.household.max(1)));
    new.land_share = person.landholder();
    new.protected = protected(person, registered_on);
    new.details = Details {
        insurance_from: person.insured_until.map(|_| person.unemployed_since.date()),
        insurance_to: person.insured_until.map(|day| day.date()),
        land_hectares: person.landholder().then(|| format!("{:.2}", f64::from(person.land_ares) / 100.0)),
        ..Details::default()
    };
    let basis = if person.landholder() { Basis::Jobseeker } else { Basis::Unemployed };
    new.spells = vec![Spell { begun_on: person.unemployed_since.date().min(registered_on), basis, ended_on: None }];
    new.groups = memberships(person, registered_on);
    let consent = |kind: &str| Consent {
        kind: kind.to_owned(),
        text_version: CONSENT_TEXT.to_owned(),
        given_on: registered_on,
        withdrawn_on: None,
    };
    new.consents = vec![consent("DATA")];
    new
}

/// The journal's entry of the registration.
pub fn registered(made: &Simulated, number: u32, new: &NewPerson) -> anyhow::Result<Entry> {
    let person = &made.people[number as usize];
    let officer = made.officer(person.registered_by);
    let office = officer.office.map_or(OfficeId::CENTRE, |office| OfficeId(made.setting.offices[usize::from(office)].id));
    let facts = json!({ "office": new.office, "source": new.source, "reg_no": new.reg_no });
    Ok(Entry {
        entry: EntryId(new.id.0),
        person: new.id,
        case: None,
        office,
        officer: made.officer_id(person.registered_by),
        role: officer.role,
        kind: registry::people::REGISTERED.number,
        effective_on: new.registered_on,
        recorded_at: person.registered.utc(),
        payload: payload(&facts, None)?,
    })
}

fn protected(person: &Person, registered_on: NaiveDate) -> Protected {
    Protected {
        fin: person.fin_text().map(str::to_owned),
        phone: person.phone.map(|phone| format!("+994{phone:09}")),
        document: Some(format!("AA{:07}", person.document)),
        disability_percent: (person.disability_percent > 0).then_some(person.disability_percent),
        disability_until: (person.disability_percent > 0).then(|| registered_on.with_year(registered_on.year() + 5)).flatten(),
        ..Protected::default()
    }
}

fn memberships(person: &Person, registered_on: NaiveDate) -> Vec<Membership> {
    Groups::ALL
        .into_iter()
        .filter(|(group, _)| person.groups.has(*group))
        .map(|(_, code)| Membership {
            code: code.to_owned(),
            valid_from: registered_on,
            valid_to: None,
            source: "office".to_owned(),
            evidence: None,
        })
        .collect()
}

fn education(education: Education) -> &'static str {
    match education {
        Education::Primary => "PRIMARY",
        Education::Secondary => "SECONDARY",
        Education::Vocational => "VOCATIONAL",
        Education::Higher => "BACHELOR",
    }
}

fn marital(marital: Marital) -> &'static str {
    match marital {
        Marital::Single => "SINGLE",
        Marital::Married => "MARRIED",
        Marital::Divorced => "DIVORCED",
        Marital::Widowed => "WIDOWED",
    }
}
