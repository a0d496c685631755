//! `GET /people`: search first, then everybody in scope; filters, order and page stand in the address.
//! `POST /people/lookups`: the search box. A FİN or a phone number never comes to stand in an address; its keyed hash does.

use super::{
    REGISTER, codes, link, reads,
    search::{self, Counts, Filter, Line, Order, Word},
    store,
    types::Basis,
    words,
};
use crate::programme::{self, Programme};
use anyhow::Result;
use axum::extract::{Query, State};
use maud::{Markup, Render, html};
use platform::{
    answer::{Answer, Fault},
    app::App,
    draw::{self, encode},
    form::Posted,
    keys::{from_hex, hex},
    message::Errors,
    page::{self as part, Chip, Column, Pagination, Sort, Table, notice, pagination, shell},
    request::Page,
    scope::Tx,
};
use serde::{Deserialize, Serialize};
use values::{fin::Fin, id::PersonId, phone::Phone, text};

/// Lines on a page.
const LINES: i64 = 50;

/// The last page that is drawn: whoever leafs further should search.
const LAST: i64 = 10_000;

/// What the address asks.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
    /// The keyed hash of a FİN or phone number.
    number: String,
    sex: String,
    residence: String,
    group: String,
    basis: String,
    order: String,
    page: i64,
}

#[derive(Serialize)]
struct View {
    asked: Asked,
    /// How many there are in scope, or those found.
    count: i64,
    pages: i64,
    lines: Vec<Line>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Query(asked): Query<Asked>) -> Answer {
    let programme = programme::current(&app)?;
    let mut tx = app.read(&page).await?;
    let view = find(&mut tx, &app, &programme, asked).await?;
    page.show(&page.t("people-title"), &view, draw_list(&page, &programme, &view))
}

pub(super) async fn post(State(app): State<App>, page: Page, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    let typed = form.value("q");
    let location = match lookup(&mut tx, typed).await? {
        Some((_, lines)) if lines.len() == 1 => link(PersonId(lines[0].person_id)),
        Some((hash, _)) => format!("/people?number={}", hex(&hash)),
        None => format!("/people?q={}", encode(typed)),
    };
    form.done(tx, &page, location).await
}

/// Who is found by what was typed, read as a FİN or a phone number. Words that only look like a FİN find nobody by it
/// and are searched as words.
async fn lookup(tx: &mut Tx, typed: &str) -> Result<Option<(Vec<u8>, Vec<Line>)>, Fault> {
    let keys = tx.keys();
    let mut hashes = Vec::new();
    if let Ok(fin) = typed.parse::<Fin>() {
        hashes.push((keys.lookup(store::FIN, &fin.to_string()), typed.chars().any(|sign| sign.is_ascii_digit())));
    }
    if let Ok(phone) = typed.parse::<Phone>() {
        hashes.push((keys.lookup(store::PHONE, &phone.to_string()), true));
    }
    let mut certain = None;
    for (hash, is_number) in hashes {
        let lines = search::by_lookup(tx, &hash, LINES).await?;
        if !lines.is_empty() {
            return Ok(Some((hash, lines)));
        }
        certain = certain.or(is_number.then_some((hash, lines)));
    }
    Ok(certain)
}

async fn find(tx: &mut Tx, app: &App, programme: &Programme, asked: Asked) -> Result<View, Fault> {
    let few = |asked: Asked, lines: Vec<Line>| View { count: lines.len() as i64, pages: 1, lines, asked };
    if !asked.number.is_empty() {
        let hash = from_hex(&asked.number).ok_or(Fault::NotFound)?;
        let lines = search::by_lookup(tx, &hash, LINES).await?;
        return Ok(few(asked, lines));
    }
    if asked.q.chars().any(|sign| sign.is_ascii_digit()) {
        let lines = search::by_receipt(tx, asked.q.trim(), LINES).await?;
        if !lines.is_empty() {
            return Ok(few(asked, lines));
        }
    }
    let at = asked.page.clamp(1, LAST);
    let filter = filter(programme, &asked);
    let counts = app.held::<Counts>();
    let (lines, count) = search::list(tx, &filter, counts.as_deref(), LINES, (at - 1) * LINES).await?;
    let pages = (count + LINES - 1) / LINES;
    Ok(View { asked: Asked { page: at, ..asked }, count, pages: pages.clamp(1, LAST), lines })
}

fn filter(programme: &Programme, asked: &Asked) -> Filter {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let words = text::tokens(&asked.q).into_iter().take(search::WORDS);
    Filter {
        words: words.map(|begins| Word { places: places(programme, &begins), begins }).collect(),
        sex: some(&asked.sex).filter(|sex| sex == "F" || sex == "M"),
        residence: some(&asked.residence),
        basis: Basis::from_code(&asked.basis).map(|basis| basis as i16),
        group: some(&asked.group),
        order: if asked.order == "registered" { Order::Registered } else { Order::Name },
    }
}

/// The cities and rayons with a word in their name that begins so.
fn places(programme: &Programme, begins: &str) -> Vec<String> {
    let named = |name: &str| text::tokens(name).iter().any(|word| word.starts_with(begins));
    let units = programme.units().iter();
    let found = units.filter(|unit| begins.len() > 2 && (named(&unit.name.az) || named(&unit.name.en) || named(&unit.name.ru)));
    found.map(|unit| unit.code.to_string()).collect()
}

/// The address of the list with one thing asked otherwise.
fn address(asked: &Asked, field: &str, value: &str) -> String {
    let page = asked.page.to_string();
    let fields = [
        ("q", asked.q.as_str()),
        ("sex", &asked.sex),
        ("residence", &asked.residence),
        ("group", &asked.group),
        ("basis", &asked.basis),
        ("order", &asked.order),
        ("page", if field == "page" { &page } else { "" }),
    ];
    let asked = fields.map(|(name, was)| (name, if name == field { value } else { was }));
    let query: Vec<String> =
        asked.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}={}", encode(value))).collect();
    if query.is_empty() { "/people".to_owned() } else { format!("/people?{}", query.join("&")) }
}

fn draw_list(page: &Page, programme: &Programme, view: &View) -> Markup {
    let lang = page.lang;
    let count = lang.with("people-count", &[("count", view.count.into()), ("shown", lang.number(view.count).into())]);
    let at = Pagination { current: u32::try_from(view.asked.page).unwrap_or(1), last: u32::try_from(view.pages).unwrap_or(1) };
    html! {
        (shell::heading("", &page.t("people-title")))
        (search_box(page, view))
        @if page.may(&REGISTER) { (part::button_link(&page.t("people-register"), "/people/new")) }
        (filters(page, programme, view))
        p class="govuk-body" aria-live="polite" { strong { (count) } }
        @if view.lines.is_empty() {
            (notice::empty_state(&page.t("people-none"), html! { p { (page.t("people-none-hint")) } }))
        } @else {
            (table(page, view))
        }
        (pagination(&lang, at, |number| address(&view.asked, "page", &number.to_string())))
    }
}

/// It posts, so that a number never comes to stand in an address.
fn search_box(page: &Page, view: &View) -> Markup {
    html! {
        form class="dayaq-filter" method="post" action="/people/lookups" role="search" {
            @if let Some(acting) = &page.acting { (part::form::hidden("_csrf", &acting.csrf)) }
            div class="dayaq-filter__search" {
                label class="govuk-label" for="q" { (page.t("people-search")) }
                div class="govuk-hint" id="q-hint" { (page.t("people-search-hint")) }
                div class="dayaq-filter__line" {
                    input class="govuk-input" id="q" name="q" type="search" value=(view.asked.q) aria-describedby="q-hint"
                        autocomplete="off" spellcheck="false";
                    button class="govuk-button" type="submit" { (page.t("people-search-go")) }
                }
            }
        }
    }
}

fn filters(page: &Page, programme: &Programme, view: &View) -> Markup {
    let (lang, asked) = (page.lang, &view.asked);
    let form = Posted::of([
        ("sex", asked.sex.as_str()),
        ("residence", &asked.residence),
        ("group", &asked.group),
        ("basis", &asked.basis),
    ]);
    let none = Errors::none();
    let mut units: Vec<(String, String)> =
        programme.units().iter().map(|unit| (unit.code.to_string(), unit.name.text(lang).to_owned())).collect();
    units.sort_by(|(_, a), (_, b)| text::compare(a, b));
    let groups = programme.groups().iter().map(|group| (group.code.to_string(), group.name.text(lang).to_owned())).collect();
    let sexes = vec![("F".to_owned(), page.t("people-sex-f")), ("M".to_owned(), page.t("people-sex-m"))];
    let bases = Basis::ALL.iter().map(|basis| (basis.code().to_owned(), codes::words(lang, "basis", basis.code()))).collect();
    part::Filter::new(&lang, "/people")
        .keep("q", asked.q.as_str())
        .keep("order", asked.order.as_str())
        .field(draw::select(page, &form, &none, "residence", "people-residence", units))
        .field(draw::select(page, &form, &none, "sex", "people-sex", sexes))
        .field(draw::select(page, &form, &none, "group", "people-group", groups))
        .field(draw::select(page, &form, &none, "basis", "people-basis", bases))
        .chips(chips(page, asked))
        .render()
}

fn chips(page: &Page, asked: &Asked) -> Vec<Chip> {
    let chosen = [
        ("q", page.t("people-searched"), asked.q.clone()),
        ("residence", page.t("people-residence"), words::unit(page, &asked.residence)),
        ("sex", page.t("people-sex"), words::value(page, "sex", &asked.sex.as_str().into())),
        ("group", page.t("people-group"), words::group(page, &asked.group)),
        ("basis", page.t("people-basis"), codes::words(page.lang, "basis", &asked.basis)),
    ];
    let asked_for = |field: &str| match field {
        "q" => !asked.q.is_empty(),
        "residence" => !asked.residence.is_empty(),
        "sex" => !asked.sex.is_empty(),
        "group" => !asked.group.is_empty(),
        _ => !asked.basis.is_empty(),
    };
    let chip = |(field, name, value): (&str, String, String)| Chip { name, value, without: address(asked, field, "") };
    chosen.into_iter().filter(|(field, ..)| asked_for(field)).map(chip).collect()
}

fn table(page: &Page, view: &View) -> Markup {
    let lang = page.lang;
    let by_name = view.asked.order != "registered";
    let sort = |is: bool, sort: Sort| if is { sort } else { Sort::Not };
    let row = |line: &Line| {
        let name = reads::full_name(&line.surname, &line.given_name, &line.patronymic, line.sex.as_deref());
        let basis = line.basis.and_then(Basis::from_number).map(|basis| codes::words(lang, "basis", basis.code()));
        vec![
            html! { a class="govuk-link" href=(link(PersonId(line.person_id))) { (name) } },
            html! { @if let Some(date) = line.birth_date { (lang.date(date)) } },
            html! { @if let Some(code) = &line.residence { (words::unit(page, code)) } },
            html! { @if let Some(words) = basis { (words) } },
            html! { (line.reg_no) },
            html! { (lang.date(line.registered_on)) },
        ]
    };
    html! {
        (Table::new(&lang, "people", page.t("people-title")).quiet_caption()
            .column(Column::new(page.t("people-name")).sorted(sort(by_name, Sort::Ascending), address(&view.asked, "order", "")))
            .column(Column::new(page.t("people-birth-date")))
            .column(Column::new(page.t("people-residence")))
            .column(Column::new(page.t("people-basis")))
            .column(Column::new(page.t("people-reg-no")))
            .column(Column::new(page.t("people-registered-on"))
                .sorted(sort(!by_name, Sort::Descending), address(&view.asked, "order", "registered")))
            .rows(view.lines.iter().map(row)))
    }
}
