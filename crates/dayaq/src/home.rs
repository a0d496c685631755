//! `GET /`: the work queue of whoever is signed in, oldest and overdue first; for those who read and to whom nothing is
//! ever given, what they may open.

use axum::extract::State;
use maud::{Markup, html};
use platform::{
    answer::Answer,
    app::App,
    page::{Table, Tone, shell::heading, table::Column, tag},
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
    let parts: Vec<_> = app.queue().iter().filter(|part| part.roles.contains(&role)).collect();
    let is_reader = parts.is_empty();
    for part in parts {
        let some = (part.list)(&mut tx, &page, MOST).await?;
        all.total += some.total;
        all.overdue += some.overdue;
        all.items.extend(some.items);
    }
    all.items.sort_by_key(|item| (item.due.is_none(), item.due, item.since));
    all.items.truncate(usize::try_from(MOST)?);
    let body = if is_reader { entrance(&page) } else { draw(&page, &all) };
    page.show(&page.t("home-title"), &all, body)
}

/// The pages of the menu, with what each is for.
fn entrance(page: &Page) -> Markup {
    let menu: Vec<_> = page.app.menu().iter().filter(|entry| entry.path != "/" && page.may(&entry.permission)).collect();
    html! {
        (heading("", &page.t("home-entrance")))
        ul class="govuk-list govuk-list--spaced" {
            @for entry in menu {
                li { a class="govuk-link govuk-!-font-weight-bold" href=(entry.path) { (page.t(entry.key)) } }
            }
        }
    }
}

fn draw(page: &Page, queue: &Queue) -> Markup {
    let lang = page.lang;
    html! {
        (heading("", &page.t("home-title")))
        @if queue.items.is_empty() {
            p class="govuk-body" { (page.t("home-empty")) }
        } @else {
            p class="govuk-body" {
                (lang.with("home-count", &[("count", queue.total.into()), ("shown", lang.number(queue.total).into())]))
                @if queue.overdue > 0 {
                    " " (tag(Tone::Bad, &format!("{} {}", lang.number(queue.overdue), page.t("home-overdue"))))
                }
            }
            (Table::new(&page.lang, "queue", page.t("home-title"))
                .quiet_caption()
                .column(Column::new(page.t("home-task")))
                .column(Column::new(page.t("home-about")))
                .column(Column::new(page.t("home-since")))
                .column(Column::new(page.t("home-due")))
                .rows(queue.items.iter().map(|item| line(page, item))))
        }
    }
}

fn line(page: &Page, item: &QueueItem) -> Vec<Markup> {
    let lang = page.lang;
    vec![
        html! { a class="govuk-link" href=(item.link) { (item.task.text(lang)) } },
        html! { (item.about) },
        html! { (lang.date(item.since)) },
        html! {
            @if let Some(due) = item.due {
                (lang.date(due))
                @if due < page.today { " " (tag(Tone::Bad, &page.t("home-overdue"))) }
            }
        },
    ]
}
