//! `GET` and `POST /grievances/new`: a grievance is taken in, for a person or a case, or from somebody who may give no name.
//! The receipt number is there at once.

use super::{
    LODGED, deeds, link,
    rules::{self, Refusal},
    store::{self, Grievance},
    types::{Contact, Matter, OFTEN, seal},
};
use anyhow::Context;
use axum::extract::{Query, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault, Stop},
    app::App,
    draw,
    form::Posted,
    language::Lang,
    message::{Errors, Explain},
    page::{Width, form::group, shell::heading},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, CaseFile},
    people::{self, store::Person},
    programme::{self, InForce, keys as terms},
};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;
use values::id::{CaseId, GrievanceId, PersonId};

/// About whom the form was opened.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    person: Option<PersonId>,
    case: Option<CaseId>,
}

/// Who complains, as far as the register knows them.
struct About {
    person: Option<Person>,
    file: Option<CaseFile>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    show(&app, &page, &asked, &Posted::empty(), &Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let asked = Asked { person: form.value("person").parse().ok(), case: form.value("case").parse().ok() };
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, &asked, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, &asked, &form, &stop.errors()?).await
        }
    }
}

/// The link to the form about a person, or about one of their cases.
pub(super) fn about(person: PersonId, case: Option<CaseId>) -> String {
    let case = case.map(|case| format!("&case={case}")).unwrap_or_default();
    format!("/grievances/new?person={person}{case}")
}

async fn find(tx: &mut Tx, asked: &Asked) -> Result<About, Fault> {
    let file = match asked.case {
        Some(case) => Some(case::store::find(tx, case).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    let id = file.as_ref().map(CaseFile::person).or(asked.person);
    let person = match id {
        Some(id) => Some(people::store::find(tx, id).await?.ok_or(Fault::NotFound)?),
        None => None,
    };
    Ok(About { person, file })
}

/// What the form says.
struct Input {
    channel: String,
    category: String,
    language: String,
    confidential: bool,
    retaliation_risk: bool,
    matter: Matter,
    contact: Contact,
}

async fn act(tx: &mut Tx, app: &App, page: &Page, asked: &Asked, form: &Posted) -> Result<String, Stop> {
    let programme = programme::current(app)?;
    let about = find(tx, asked).await?;
    let input = read(form, &programme, about.person.is_some())?;
    let office = match (&about.file, &about.person) {
        (Some(file), _) => file.office,
        (None, Some(person)) => person.office,
        (None, None) => page.office()?.0,
    };
    let number = store::next_number(tx, office, page.today).await?;
    let row = row(tx, page, &programme, &about, input, office, number)?;
    store::insert(tx, std::slice::from_ref(&row)).await?;
    let mut facts = json!({ "grievance": row.grievance_id, "number": row.number });
    if !row.confidential {
        facts["category"] = json!(row.category);
        facts["channel"] = json!(row.channel);
    }
    tx.note(LODGED, row.told_of(), &facts, None)?;
    Ok(format!("{}/receipt", link(row.id())))
}

fn row(
    tx: &Tx,
    page: &Page,
    programme: &InForce,
    about: &About,
    input: Input,
    office: i32,
    number: String,
) -> anyhow::Result<Grievance> {
    let (today, keys) = (page.today, tx.keys());
    let officer = page.officer().map_err(|_| anyhow::anyhow!("nobody is signed in"))?.0;
    let known = programme.grievances().category(&input.category).context("a category that the programme does not know")?;
    let needs_study = known.needs_study;
    let has_contact = !input.contact.name.is_empty() || !input.contact.reached_at.is_empty();
    // Whoever stands there or is on the phone has the number at once.
    let hears = matches!(input.channel.as_str(), "IN_PERSON" | "HOTLINE");
    Ok(Grievance {
        person_id: about.person.as_ref().map_or(Uuid::nil(), |person| person.person_id),
        grievance_id: GrievanceId::new().0,
        case_id: about.file.as_ref().map(|file| file.case_id),
        office,
        number,
        channel: input.channel,
        category: input.category,
        language: input.language,
        anonymous: about.person.is_none() && input.contact.name.is_empty(),
        confidential: input.confidential || known.confidential,
        retaliation_risk: input.retaliation_risk,
        needs_study: false,
        matter: seal(&keys, &input.matter)?,
        contact: has_contact.then(|| seal(&keys, &input.contact)).transpose()?,
        lodged_on: today,
        lodged_at: tx.now(),
        lodged_by: officer,
        acknowledged_on: hears.then_some(today),
        acknowledged_by: hears.then_some(officer),
        sorted_on: None,
        sorted_by: None,
        studied_on: None,
        studied_by: None,
        finding: None,
        update_due_on: programme.due(&terms::GRIEVANCE_UPDATE, today),
        updated_on: None,
        updated_by: None,
        // Until it is sorted the longer clock runs only where such matters usually need study.
        due_on: rules::answer_due(programme, today, needs_study),
        told_on: None,
        level: 1,
        decided_on: None,
        decision_due_on: None,
        decision_told_on: None,
        answered_on: None,
        accepted: None,
        escalated_on: None,
        escalated_by: None,
        withdrawn_on: None,
        referred_on: None,
        referred_to: None,
        reopened_on: None,
        closed_on: None,
        closed_by: None,
        outcome: None,
        cause: None,
        action: None,
        hold_entry: None,
        version: 1,
    })
}

fn read(form: &Posted, programme: &InForce, registered: bool) -> Result<Input, Errors> {
    let grievances = programme.grievances();
    let channels: Vec<&str> = grievances.channels.iter().map(|channel| channel.code.as_str()).collect();
    let categories: Vec<&str> = grievances.categories.iter().map(|category| category.code.as_str()).collect();
    let mut read = form.reader();
    let input = Input {
        channel: read.choice("channel", &channels),
        category: read.choice("category", &categories),
        language: read.choice("language", &["az", "en", "ru"]),
        confidential: read.ticked("confidential"),
        retaliation_risk: read.ticked("retaliation_risk"),
        matter: Matter {
            what: read.reason("what", 10),
            happened_when: read.text("happened_when"),
            happened_where: read.text("happened_where"),
            how_often: read.choice("how_often", &OFTEN),
            remedy: read.text("remedy"),
        },
        contact: Contact { name: read.text("contact_name"), reached_at: read.text("reached_at") },
    };
    let nameless = !registered && input.contact.name.is_empty();
    if nameless && grievances.channel(&input.channel).is_some_and(|channel| !channel.anonymous) {
        read.wrong("contact_name", Refusal::NameNeeded.message());
    }
    read.finish(Some(input))
}

async fn show(app: &App, page: &Page, asked: &Asked, form: &Posted, errors: &Errors) -> Answer {
    let programme = programme::current(app)?;
    let mut tx = app.read(page).await?;
    let about = find(&mut tx, asked).await?;
    let typed = if form.fields().next().is_some() {
        form.clone()
    } else {
        let spoken = about.person.as_ref().map_or("az", |person| person.language.as_str());
        let language = if Lang::from_code(spoken).is_some() { spoken } else { "az" };
        Posted::of([("channel", "IN_PERSON"), ("language", language), ("how_often", "once")])
    };
    let title = page.t("grievance-new");
    let body = html! {
        (heading(&page.t("grievance-title"), &title))
        @match &about.person {
            Some(person) => p class="govuk-body-l" {
                (person.full_name())
                @if let Some(file) = &about.file { " · " (file.receipt) }
            },
            None => p class="govuk-body" { (page.t("grievance-new-nobody")) },
        }
        (draw::form(page, "/grievances/new", None, &page.t("grievance-new-submit"), html! {
            @if let Some(person) = &about.person { (platform::page::form::hidden("person", &person.person_id.to_string())) }
            @if let Some(file) = &about.file { (platform::page::form::hidden("case", &file.case_id.to_string())) }
            (fields(page, &programme, &typed, errors, about.person.is_none()))
        }))
    };
    let view = json!({
        "person": about.person.as_ref().map(|person| person.person_id),
        "case": about.file.as_ref().map(|file| file.case_id),
        "categories": programme.grievances().categories,
    });
    page.show_form(&title, &view, errors, body)
}

fn fields(page: &Page, programme: &InForce, typed: &Posted, errors: &Errors, outsider: bool) -> Markup {
    let lang = page.lang;
    let categories = programme.grievances().categories.iter();
    let categories = categories.map(|category| (category.code.to_string(), lang.sentence(category.name.text(lang)))).collect();
    let often = OFTEN.map(|code| (code.to_owned(), page.t(&format!("grievance-often-{}", code.replace('_', "-"))))).to_vec();
    let languages = ["az", "ru", "en"].map(|code| (code.to_owned(), page.t(&format!("grievance-language-{code}")))).to_vec();
    let yes = |key: &str| vec![("yes".to_owned(), page.t(key))];
    html! {
        (draw::radios(page, typed, errors, "channel", "grievance-channel", deeds::channels(page, programme)).compact())
        (draw::select(page, typed, errors, "category", "grievance-category", categories))
        (draw::area(page, typed, errors, "what", "grievance-what", 5).hint("grievance-what-hint"))
        (draw::input(page, typed, errors, "happened_when", "grievance-when"))
        (draw::input(page, typed, errors, "happened_where", "grievance-where"))
        (draw::radios(page, typed, errors, "how_often", "grievance-often", often).compact())
        (draw::area(page, typed, errors, "remedy", "grievance-remedy", 3).hint("grievance-remedy-hint"))
        (group(&page.t("grievance-contact"), html! {
            p class="govuk-hint" { (page.t(if outsider { "grievance-contact-hint-outsider" } else { "grievance-contact-hint" })) }
            @if outsider { (draw::input(page, typed, errors, "contact_name", "grievance-contact-name").width(Width::Chars20)) }
            (draw::input(page, typed, errors, "reached_at", "grievance-reached-at"))
            (draw::radios(page, typed, errors, "language", "grievance-language", languages).compact())
        }))
        (draw::boxes(page, typed, errors, "confidential", "grievance-confidential", yes("grievance-confidential-yes")).hint("grievance-confidential-hint"))
        (draw::boxes(page, typed, errors, "retaliation_risk", "grievance-retaliation", yes("grievance-retaliation-yes")))
    }
}
