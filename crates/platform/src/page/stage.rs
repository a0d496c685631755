//! The path of a case: the stages behind, the one it stands at, those ahead.

use super::Words;
use maud::{Markup, html};

/// Where a stage is, seen from the case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    Done,
    Current,
    Ahead,
    /// Left out with a reason.
    Skipped,
    /// The path ended here.
    Stopped,
}

/// A stage.
pub struct Stage {
    pub label: String,
    pub state: State,
    /// The day it was reached, or is expected. May be empty.
    pub note: String,
}

/// The path. `label` says whose it is.
pub fn stage_path(words: &dyn Words, label: &str, stages: &[Stage]) -> Markup {
    html! {
        ol class="dayaq-path" aria-label=(label) {
            @for stage in stages {
                @let (class, key) = look(stage.state);
                li class={ "dayaq-path__stage dayaq-path__stage--" (class) }
                    aria-current=[(stage.state == State::Current).then_some("step")] {
                    span class="dayaq-path__label" { (stage.label) }
                    span class="govuk-visually-hidden" { ": " (words.t(key)) }
                    @if !stage.note.is_empty() { span class="dayaq-path__note" { (stage.note) } }
                }
            }
        }
    }
}

fn look(state: State) -> (&'static str, &'static str) {
    match state {
        State::Done => ("done", "page-stage-done"),
        State::Current => ("current", "page-stage-current"),
        State::Ahead => ("ahead", "page-stage-ahead"),
        State::Skipped => ("skipped", "page-stage-skipped"),
        State::Stopped => ("stopped", "page-stage-stopped"),
    }
}
