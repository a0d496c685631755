//! `GET /people/{person}`: the page of a person, to which every slice adds its part.

use super::{
    CHANGE, REVEAL, codes, history, link,
    reads::{self, CaseLine, GroupRow, MemberRow, Moment, Person, SpellRow},
    types::{Basis, Consent, Details, Protected},
    words,
};
use crate::{
    case::Stage,
    programme::{self, Programme},
};
use anyhow::Result;
use axum::extract::{Path, State};
use chrono::NaiveDate;
use maud::{Markup, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    page::{
        self as part, SummaryRow, Tone,
        panel::{Identity, identity_bar, panel},
        shell, tag,
    },
    request::Page,
    scope::Tx,
    slice::{Place, Subject},
};
use serde::Serialize;
use values::{
    Age,
    fin::Fin,
    id::{OfficeId, PersonId},
    phone::Phone,
};

/// Everything that the page shows; what is sealed is not in it.
#[derive(Serialize)]
struct View {
    person: Person,
    spells: Vec<SpellRow>,
    groups: Vec<GroupRow>,
    household: Vec<MemberRow>,
    consents: Vec<Consent>,
    cases: Vec<CaseLine>,
    /// Since when the person waits at the duplicate desk.
    referred_on: Option<NaiveDate>,
    #[serde(skip)]
    timeline: Vec<Moment>,
}

/// The most entries of the timeline that the page shows.
const MOMENTS: i64 = 60;

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<PersonId>) -> Answer {
    let mut tx = app.read(&page).await?;
    let person = reads::find(&mut tx, id).await?.ok_or(Fault::NotFound)?;
    let view = View {
        spells: reads::spells(&mut tx, id).await?,
        groups: reads::groups(&mut tx, id).await?,
        household: reads::household(&mut tx, id).await?,
        consents: reads::consents(&mut tx, id).await?,
        cases: reads::cases(&mut tx, id).await?,
        referred_on: reads::referred_on(&mut tx, id).await?,
        timeline: reads::timeline(&mut tx, id, MOMENTS).await?,
        person,
    };
    let panels = panels(&mut tx, &app, &page, id).await?;
    let programme = programme::current(&app)?;
    let body = draw_page(&page, &programme, &view, &app, &panels)?;
    page.show(&view.person.full_name(), &view, body)
}

async fn panels(tx: &mut Tx, app: &App, page: &Page, person: PersonId) -> Result<Vec<(String, Markup)>> {
    let mut panels = Vec::new();
    for panel in app.panels().iter().filter(|panel| panel.place == Place::Person) {
        if let Some(part) = (panel.draw)(tx, page, Subject { person, case: None }).await? {
            panels.push((page.t(panel.key), part));
        }
    }
    Ok(panels)
}

fn draw_page(page: &Page, programme: &Programme, view: &View, app: &App, panels: &[(String, Markup)]) -> Result<Markup> {
    let details = view.person.details()?;
    let protected = view.person.protected(app.keys())?;
    let main = html! {
        (panel(&page.t("people-cases"), cases(page, programme, view)))
        @for (heading, part) in panels { (panel(heading, part.clone())) }
        (panel(&page.t("people-part-groups"), groups(page, view)))
        (panel(&page.t("people-part-status"), spells(page, view)))
        (panel(&page.t("people-part-members"), household(page, view)))
        (panel(&page.t("people-timeline"), history::draw(page, &view.timeline)))
    };
    let side = html! {
        (part::summary::summary_card(&page.t("people-part-identity"), to(page, view, "people-correct", "correction"), &own_facts(page, view, &details)))
        (part::summary::summary_card(&page.t("people-protected"), reveal(page, view), &masked(page, &protected)))
        (part::summary::summary_card(&page.t("people-part-consents"), to(page, view, "people-change", "consents"), &consents(page, view)))
    };
    Ok(html! {
        h1 class="govuk-visually-hidden" { (view.person.full_name()) }
        (identity(page, programme, &view.person, tags(page, view)))
        (shell::two_columns(main, side))
    })
}

/// The bar that says whose page this is.
pub(super) fn identity(page: &Page, programme: &Programme, person: &Person, tags: Markup) -> Markup {
    let lang = page.lang;
    let mut facts = Vec::new();
    if let Some(born) = person.birth_date {
        let years = Age::at(born, page.today).map_or(0, Age::years);
        let age = lang.with("people-age", &[("years", years.into())]);
        facts.push((page.t("people-birth-date"), html! { (lang.date(born)) " (" (age) ")" }));
    }
    if let Some(code) = &person.residence {
        facts.push((page.t("people-residence"), html! { (words::unit(page, code)) }));
    }
    facts.push((page.t("people-reg-no"), html! { (person.reg_no) }));
    facts.push((page.t("people-registered-on"), html! { (lang.date(person.registered_on)) }));
    if let Some(office) = programme.office(OfficeId(person.office)) {
        facts.push((page.t("people-office"), html! { (office.name.text(lang)) }));
    }
    identity_bar(&Identity { name: &person.full_name(), facts: &facts, tags, actions: html! {} })
}

fn tags(page: &Page, view: &View) -> Markup {
    let person = &view.person;
    html! {
        @if let Some(basis) = person.basis.and_then(Basis::from_number) {
            (tag(Tone::Info, &codes::words(page.lang, "basis", basis.code())))
        } @else {
            (tag(Tone::Neutral, &page.t("people-tag-no-status")))
        }
        @if person.fin_verified_on.is_some() { (tag(Tone::Good, &page.t("people-tag-verified"))) }
        @else { (tag(Tone::Attention, &page.t("people-tag-unverified"))) }
        @if view.referred_on.is_some() { (tag(Tone::Bad, &page.t("people-tag-referred"))) }
        @if person.deceased_on.is_some() { (tag(Tone::Neutral, &page.t("people-tag-deceased"))) }
    }
}

/// A link to a form about the person, for those who may use it.
fn to(page: &Page, view: &View, key: &str, noun: &str) -> Markup {
    html! {
        @if page.may(&CHANGE) {
            a class="govuk-link" href={ (link(view.person.id())) "/" (noun) } { (page.t(key)) }
        }
    }
}

fn reveal(page: &Page, view: &View) -> Markup {
    let person = link(view.person.id());
    html! {
        @if page.may(&REVEAL) { a class="govuk-link" href={ (person) "/protected" } { (page.t("people-reveal")) } }
        @if page.may(&CHANGE) && view.person.fin_verified_on.is_none() {
            " " a class="govuk-link" href={ (person) "/fin" } { (page.t("people-verify")) }
        }
    }
}

fn own_facts(page: &Page, view: &View, details: &Details) -> Vec<SummaryRow> {
    let person = &view.person;
    let mut facts = vec![
        ("sex", person.sex.clone().into()),
        ("citizenship", details.citizenship.clone().into()),
        ("permit", details.permit.clone().into()),
        ("settlement", details.settlement.clone().into()),
        ("address", person.address.clone().into()),
        ("actual_address", details.actual_address.clone().into()),
        ("origin", person.origin.clone().into()),
        ("email", details.email.clone().into()),
        ("channel", details.channel.clone().into()),
        ("language", person.language.clone().into()),
        ("other_languages", details.other_languages.clone().into()),
        ("assistive_need", details.assistive_need.clone().into()),
        ("education", person.education.clone().into()),
        ("speciality", details.speciality.clone().into()),
        ("marital", person.marital.clone().into()),
        ("last_job", details.last_job.clone().into()),
        ("last_job_ended_on", details.last_job_ended_on.map(|day| day.to_string()).into()),
        ("last_job_reason", details.last_job_reason.clone().into()),
        ("insurance_from", details.insurance_from.map(|day| day.to_string()).into()),
        ("insurance_to", details.insurance_to.map(|day| day.to_string()).into()),
        ("land_hectares", details.land_hectares.clone().into()),
        ("note", details.note.clone().into()),
    ];
    facts.push(("land_share", person.land_share.into()));
    let shown = facts.into_iter().map(|(field, value): (&str, serde_json::Value)| (field, words::value(page, field, &value)));
    shown
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| SummaryRow::text(words::name(page, field), &value))
        .collect()
}

/// What protected fields there are; their values stay covered.
fn masked(page: &Page, protected: &Protected) -> Vec<SummaryRow> {
    const COVERED: &str = "•••••";
    let fin = protected.fin.as_ref().map(|fin| fin.parse::<Fin>().map_or(COVERED.to_owned(), |fin| fin.masked()));
    let phone = protected.phone.as_ref().map(|phone| phone.parse::<Phone>().map_or(COVERED.to_owned(), |phone| phone.masked()));
    let covered = |there: bool| there.then(|| COVERED.to_owned());
    let fields = [
        ("fin", fin),
        ("phone", phone),
        ("second_contact", covered(protected.second_contact.is_some())),
        ("document", covered(protected.document.is_some())),
        ("disability_percent", covered(protected.disability_percent.is_some())),
        ("assistance_award", covered(protected.assistance_award.is_some())),
        ("martyr_relation", covered(protected.martyr_relation.is_some())),
        ("release_certificate", covered(protected.release_certificate.is_some())),
        ("iban", covered(protected.iban.is_some())),
    ];
    let row = |(field, value): (&str, Option<String>)| Some(SummaryRow::text(words::name(page, field), &value?));
    fields.into_iter().filter_map(row).collect()
}

fn consents(page: &Page, view: &View) -> Vec<SummaryRow> {
    let row = |consent: &Consent| {
        let given = page.lang.with(
            if consent.withdrawn_on.is_some() { "people-consent-withdrawn-on" } else { "people-consent-given-on" },
            &[
                ("day", page.lang.date(consent.withdrawn_on.unwrap_or(consent.given_on)).into()),
                ("version", consent.text_version.as_str().into()),
            ],
        );
        SummaryRow::text(codes::words(page.lang, "consent-kind", &consent.kind), &given)
    };
    view.consents.iter().map(row).collect()
}

fn cases(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let row = |case: &CaseLine| {
        let stage = Stage::from_number(case.stage).map_or_else(String::new, |stage| stage.message().text(lang));
        let direction = programme.direction(&case.direction).map_or(case.direction.as_str(), |found| found.name.text(lang));
        vec![
            html! { a class="govuk-link" href={ "/cases/" (case.case_id) } { (case.receipt) } },
            html! { (stage) },
            html! { (direction) },
            html! { (lang.date(case.opened_on)) },
            html! { @if let Some(day) = case.closed_on { (lang.date(day)) } },
        ]
    };
    html! {
        @if view.cases.is_empty() {
            p class="govuk-body" { (page.t("people-no-cases")) }
        } @else {
            (part::Table::new(&page.lang, "cases", page.t("people-cases")).quiet_caption()
                .column(part::Column::new(page.t("people-receipt")))
                .column(part::Column::new(page.t("people-stage")))
                .column(part::Column::new(page.t("people-direction")))
                .column(part::Column::new(page.t("people-opened-on")))
                .column(part::Column::new(page.t("people-closed-on")))
                .rows(view.cases.iter().map(row)))
        }
    }
}

fn groups(page: &Page, view: &View) -> Markup {
    let row = |group: &GroupRow| {
        vec![
            html! { (words::group(page, &group.code)) },
            html! { (page.lang.date(group.valid_from)) },
            html! { @if let Some(day) = group.valid_to { (page.lang.date(day)) } },
            html! { (group.source) },
            html! { @if group.sealed.is_some() { "•••••" } },
        ]
    };
    html! {
        @if view.groups.is_empty() {
            p class="govuk-body" { (page.t("people-no-groups")) }
        } @else {
            (part::Table::new(&page.lang, "groups", page.t("people-part-groups")).quiet_caption()
                .column(part::Column::new(page.t("people-group")))
                .column(part::Column::new(page.t("people-valid-from")))
                .column(part::Column::new(page.t("people-valid-to")))
                .column(part::Column::new(page.t("people-evidence-source")))
                .column(part::Column::new(page.t("people-evidence")))
                .rows(view.groups.iter().map(row)))
        }
        (to(page, view, "people-change", "groups"))
    }
}

fn spells(page: &Page, view: &View) -> Markup {
    let row = |spell: &SpellRow| {
        let basis =
            Basis::from_number(spell.basis).map_or_else(String::new, |basis| codes::words(page.lang, "basis", basis.code()));
        vec![
            html! { (basis) },
            html! { (page.lang.date(spell.begun_on)) },
            html! { @if let Some(day) = spell.ended_on { (page.lang.date(day)) } },
        ]
    };
    html! {
        @if view.spells.is_empty() {
            p class="govuk-body" { (page.t("people-no-spells")) }
        } @else {
            (part::Table::new(&page.lang, "spells", page.t("people-part-status")).quiet_caption()
                .column(part::Column::new(page.t("people-basis")))
                .column(part::Column::new(page.t("people-begun-on")))
                .column(part::Column::new(page.t("people-ended-on")))
                .rows(view.spells.iter().map(row)))
        }
        (to(page, view, "people-change", "spells"))
    }
}

fn household(page: &Page, view: &View) -> Markup {
    let person = &view.person;
    let numbers = [
        ("household_size", serde_json::to_value(person.household_size)),
        ("children", serde_json::to_value(person.children)),
        ("income", serde_json::to_value(person.income)),
    ];
    let facts: Vec<SummaryRow> = numbers
        .into_iter()
        .map(|(field, value)| (field, words::value(page, field, &value.unwrap_or_default())))
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| SummaryRow::text(words::name(page, field), &value))
        .collect();
    let yes = |yes: bool| if yes { page.t("people-yes") } else { page.t("people-no") };
    let row = |member: &MemberRow| {
        vec![
            html! { (codes::words(page.lang, "relation", &member.relation)) },
            html! { @if let Some(day) = member.birth_date { (page.lang.date(day)) } },
            html! { (yes(member.working)) },
            html! { (yes(member.disabled)) },
        ]
    };
    html! {
        (part::summary_list(&facts))
        @if !view.household.is_empty() {
            (part::Table::new(&page.lang, "household", page.t("people-part-members")).quiet_caption()
                .column(part::Column::new(page.t("people-relation")))
                .column(part::Column::new(page.t("people-birth-date")))
                .column(part::Column::new(page.t("people-member-working")))
                .column(part::Column::new(page.t("people-member-disabled")))
                .rows(view.household.iter().map(row)))
        }
        (to(page, view, "people-change", "household"))
    }
}
