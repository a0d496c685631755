//! `GET` and `POST /cases/{case}/readiness`: the counsellor looks at skill, market and means, advises a direction, and
//! takes down what the person chooses. It advises and never bars.

use super::store::{self, Readiness, ReadinessRow};
use anyhow::anyhow;
use axum::extract::{Path, State};
use maud::{Markup, html};
use platform::{
    answer::{Answer, Stop},
    app::App,
    draw,
    form::Posted,
    message::{Errors, Message},
    page::{SummaryRow, form::group, summary_list},
    request::Page,
    scope::Tx,
};
use registry::{
    case::{self, Code, Facts, Happening, heading},
    programme::{self, Programme},
};
use serde::Serialize;
use uuid::Uuid;
use values::id::{CaseId, OfficeId};

/// The most points of an item.
const MOST_POINTS: i64 = 4;

/// The form.
pub fn link(case: CaseId) -> String {
    format!("/cases/{case}/readiness")
}

#[derive(Serialize)]
struct View {
    case: case::CaseFile,
    wished: Code,
    wished_second: Option<Code>,
    earlier: Option<Readiness>,
}

pub(super) async fn get(State(app): State<App>, page: Page, Path(id): Path<CaseId>) -> Answer {
    show(&app, &page, id, &Posted::empty(), Errors::none()).await
}

pub(super) async fn post(State(app): State<App>, page: Page, Path(id): Path<CaseId>, form: Posted) -> Answer {
    let mut tx = app.write(&page).await?;
    if let Some(first) = form.first_answer(&mut tx, &page).await? {
        return Ok(first);
    }
    match act(&mut tx, &app, &page, id, &form).await {
        Ok(location) => form.done(tx, &page, location).await,
        Err(stop) => {
            drop(tx);
            show(&app, &page, id, &form, stop.errors()?).await
        }
    }
}

async fn act(tx: &mut Tx, app: &App, page: &Page, id: CaseId, form: &Posted) -> Result<String, Stop> {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut loaded = case::store::load_for(tx, &law, id, form).await?;
    let typed = read(&programme, page, form)?;
    let code = |text: &str| Code::new(text).map_err(|_| anyhow!("{text} is too long for a code"));
    let facts = Facts::ReadinessAssessed {
        advised: code(&typed.advised)?,
        direction: code(&typed.chosen)?,
        score: u8::try_from(typed.score).unwrap_or(100),
    };
    case::store::append(tx, &law, &mut loaded, vec![Happening::on(page.today, facts)]).await?;
    let row = ReadinessRow {
        person: loaded.file.person(),
        case: id,
        office: OfficeId(loaded.file.office),
        readiness: Uuid::now_v7(),
        assessed_on: page.today,
        advised: typed.advised,
        chosen: typed.chosen,
        score: typed.score,
        items: typed.items,
        topics: typed.topics,
        similar_nearby: typed.similar_nearby,
        note: typed.note,
        counsellor: tx.who().officer,
    };
    store::insert_readiness(tx, &[row]).await?;
    Ok(heading::link(id))
}

struct Typed {
    advised: String,
    chosen: String,
    score: i16,
    items: String,
    topics: String,
    similar_nearby: i16,
    note: String,
}

fn read(programme: &Programme, page: &Page, form: &Posted) -> Result<Typed, Errors> {
    let mut read = form.reader();
    let offered: Vec<&str> = programme.directions_on(page.today).map(|direction| &*direction.code).collect();
    let mut points = Vec::new();
    for item in programme.readiness_items() {
        let given = read.integer(&format!("item-{}", item.code), 0..=MOST_POINTS);
        points.push((item.code.to_string(), given.unwrap_or(0)));
    }
    let known_topics = programme.readiness_topics().iter().map(|topic| topic.code.to_string());
    let told = read.many("topics");
    let topics: Vec<String> = known_topics.filter(|code| told.contains(code)).collect();
    if topics.is_empty() {
        read.wrong("topics", Message::new("form-error-required"));
    }
    let similar_nearby = read.integer("similar_nearby", 0..=9_999).unwrap_or(0);
    let advised = read.choice("advised", &offered);
    let chosen = read.choice("chosen", &offered);
    // Whoever chooses otherwise than advised is told why in words that are kept.
    let note = match advised == chosen {
        true => read.text("note"),
        false => read.reason("note", case::action::LEAST_REASON),
    };
    let typed = Typed {
        advised,
        chosen,
        score: score(&points),
        items: points.iter().map(|(code, points)| format!("{code}:{points}")).collect::<Vec<_>>().join(" "),
        topics: topics.join(" "),
        similar_nearby: i16::try_from(similar_nearby).unwrap_or(i16::MAX),
        note,
    };
    read.finish(Some(typed))
}

/// The mean of the items, of 100, rounded half up.
pub fn score(points: &[(String, i64)]) -> i16 {
    let most = MOST_POINTS * i64::try_from(points.len()).unwrap_or(1).max(1);
    let sum: i64 = points.iter().map(|(_, points)| points).sum();
    i16::try_from((sum * 200 + most) / (2 * most)).unwrap_or(0)
}

async fn show(app: &App, page: &Page, id: CaseId, form: &Posted, errors: Errors) -> Answer {
    let (law, programme) = (case::law(app)?, programme::current(app)?);
    let mut tx = app.read(page).await?;
    let loaded = case::store::load(&mut tx, &law, id).await?;
    let heading = heading::draw(&mut tx, page, &loaded).await?;
    let view = View {
        wished: loaded.state.wished,
        wished_second: loaded.state.wished_second,
        earlier: store::latest_readiness(&mut tx, loaded.file.person(), id).await?,
        case: loaded.file,
    };
    let title = page.t("eligibility-readiness-title");
    let body = html! {
        (heading)
        h1 class="govuk-heading-l" { (title) }
        p class="govuk-body" { (page.t("eligibility-readiness-hint")) }
        (draw_wish(page, &programme, &view))
        (draw::form(page, &link(id), Some(view.case.version), &page.t("eligibility-readiness-submit"), draw_fields(page, &programme, form, &errors)))
    };
    page.show_form(&title, &view, &errors, body)
}

pub(super) fn direction_words(page: &Page, programme: &Programme, code: &str) -> String {
    programme.direction(code).map_or_else(|| code.to_owned(), |direction| direction.name.text(page.lang).to_owned())
}

fn draw_wish(page: &Page, programme: &Programme, view: &View) -> Markup {
    let mut rows =
        vec![SummaryRow::text(page.t("eligibility-readiness-wished"), &direction_words(page, programme, view.wished.as_str()))];
    if let Some(second) = view.wished_second {
        rows.push(SummaryRow::text(
            page.t("eligibility-readiness-wished-second"),
            &direction_words(page, programme, second.as_str()),
        ));
    }
    if let Some(earlier) = &view.earlier {
        let args = [
            ("date", page.lang.date(earlier.assessed_on).into()),
            ("score", i64::from(earlier.score).into()),
            ("direction", direction_words(page, programme, &earlier.chosen).into()),
        ];
        rows.push(SummaryRow::text(
            page.t("eligibility-readiness-earlier"),
            &page.lang.with("eligibility-readiness-earlier-was", &args),
        ));
    }
    summary_list(&rows)
}

fn draw_fields(page: &Page, programme: &Programme, form: &Posted, errors: &Errors) -> Markup {
    let lang = page.lang;
    let points: Vec<(String, String)> = (0..=MOST_POINTS).map(|n| (n.to_string(), lang.number(n))).collect();
    let directions: Vec<(String, String)> =
        programme.directions_on(page.today).map(|d| (d.code.to_string(), d.name.text(lang).to_owned())).collect();
    let topics = programme.readiness_topics().iter().map(|topic| (topic.code.to_string(), topic.name.text(lang).to_owned()));
    let item_fields: Vec<(String, &str)> =
        programme.readiness_items().iter().map(|item| (format!("item-{}", item.code), item.name.text(lang))).collect();
    html! {
        (draw::boxes(page, form, errors, "topics", "eligibility-readiness-topics", topics.collect()).compact())
        (group(&page.t("eligibility-readiness-items"), html! {
            p class="govuk-hint" { (page.t("eligibility-readiness-items-hint")) }
            @for (field, words) in &item_fields {
                (draw::radios(page, form, errors, field, "eligibility-readiness-item", points.clone()).labelled(*words).compact())
            }
        }))
        (draw::number(page, form, errors, "similar_nearby", "eligibility-readiness-similar").hint("eligibility-readiness-similar-hint"))
        (draw::select(page, form, errors, "advised", "eligibility-readiness-advised", directions.clone()))
        (draw::select(page, form, errors, "chosen", "eligibility-readiness-chosen", directions))
        (draw::area(page, form, errors, "note", "eligibility-readiness-note", 3).hint("eligibility-readiness-note-hint"))
    }
}
