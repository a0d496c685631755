//! `GET /`: the work queue of whoever is signed in, oldest and overdue first.

use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    request::Page,
    role::Permission,
    route::Route,
    slice::{MenuEntry, Queue, QueueItem, Slice},
};

/// The work queue.
pub fn slice() -> Slice {
    Slice {
        name: "home",
        routes: vec![Route::page("/", Permission::SIGNED_IN, get)],
        menu: vec![MenuEntry { path: "/", key: "home-menu", permission: Permission::SIGNED_IN, order: 0 }],
        ..Slice::default()
    }
}

/// The most items that the page shows.
const MOST: i64 = 50;

async fn get(State(app): State<App>, page: Page) -> Answer {
    let role = page.who()?.role;
    let mut tx = app.read(&page).await?;
    let mut all = Queue::default();
    for part in app.queue().iter().filter(|part| part.roles.contains(&role)) {
        let some = (part.list)(&mut tx, &page, MOST).await?;
        all.total += some.total;
        all.overdue += some.overdue;
        all.items.extend(some.items);
    }
    all.items.sort_by_key(|item| (item.due.is_none(), item.due, item.since));
    all.items.truncate(usize::try_from(MOST)?);
    page.show(&page.t("home-title"), &all, draw(&page, &all))
}

fn draw(page: &Page, queue: &Queue) -> Markup {
    let lang = page.lang;
    html! {
        h1 class="govuk-heading-l" { (page.t("home-title")) }
        @if queue.items.is_empty() {
            p class="govuk-body" { (page.t("home-empty")) }
        } @else {
            p class="govuk-body" {
                (lang.with("home-count", &[("count", queue.total.into()), ("shown", lang.number(queue.total).into())]))
            }
            table class="govuk-table" {
                caption class="govuk-visually-hidden" { (page.t("home-title")) }
                thead { tr {
                    th scope="col" { (page.t("home-task")) }
                    th scope="col" { (page.t("home-about")) }
                    th scope="col" { (page.t("home-since")) }
                    th scope="col" { (page.t("home-due")) }
                } }
                tbody { @for item in &queue.items { (line(page, item)) } }
            }
        }
    }
}

fn line(page: &Page, item: &QueueItem) -> Markup {
    let lang = page.lang;
    html! {
        tr {
            td { a class="govuk-link" href=(item.link) { (item.task.text(lang)) } }
            td { (item.about) }
            td { (lang.date(item.since)) }
            td {
                @if let Some(due) = item.due {
                    (lang.date(due))
                    @if due < page.today { " " strong class="govuk-tag govuk-tag--red" { (page.t("home-overdue")) } }
                }
            }
        }
    }
}
