//! A task list: what there is to do, in the order in which to do it, and how far each is.

use super::{Tone, tag};
use maud::{Markup, html};

/// One task.
pub struct Task {
    pub label: String,
    /// Nothing while the task cannot be begun.
    pub href: Option<String>,
    /// May be empty.
    pub hint: String,
    pub status: Status,
}

/// How far a task is, in words.
pub enum Status {
    /// Nothing more to do: quiet words.
    Done(String),
    /// Anything else: a tag.
    Open(Tone, String),
}

/// The list. `id` keeps the ids of its hints apart from those of another list on the page.
pub fn task_list(id: &str, tasks: &[Task]) -> Markup {
    html! {
        ul class="govuk-task-list" {
            @for (at, task) in tasks.iter().enumerate() { (line(&format!("{id}-{}", at + 1), task)) }
        }
    }
}

fn line(id: &str, task: &Task) -> Markup {
    let hint = (!task.hint.is_empty()).then(|| format!("{id}-hint"));
    let described_by = match &hint {
        Some(hint) => format!("{hint} {id}-status"),
        None => format!("{id}-status"),
    };
    let linked = if task.href.is_some() { " govuk-task-list__item--with-link" } else { "" };
    html! {
        li class={ "govuk-task-list__item" (linked) } {
            div class="govuk-task-list__name-and-hint" {
                @match &task.href {
                    Some(href) => a class="govuk-link govuk-task-list__link" href=(href) aria-describedby=(described_by) {
                        (task.label)
                    },
                    None => div { (task.label) },
                }
                @if !task.hint.is_empty() { div class="govuk-task-list__hint" id=[hint] { (task.hint) } }
            }
            div class="govuk-task-list__status" id={ (id) "-status" } {
                @match &task.status {
                    Status::Done(words) => (words),
                    Status::Open(tone, words) => (tag(*tone, words)),
                }
            }
        }
    }
}
