//! A timeline: what happened, when, and by whom, the newest first.

use super::Tone;
use maud::{Markup, html};

/// One thing that happened.
pub struct Moment {
    pub title: String,
    /// The day or minute in words.
    pub when: String,
    /// The same for machines: ISO 8601.
    pub machine_when: String,
    /// Who did it: name, role, office.
    pub who: String,
    /// More about it: facts, documents, what was changed. May be empty.
    pub body: Markup,
    pub tone: Tone,
}

/// The timeline, in the order given.
pub fn timeline(moments: &[Moment]) -> Markup {
    html! {
        ol class="dayaq-timeline" {
            @for moment in moments {
                li class={ "dayaq-timeline__item dayaq-timeline__item--" (moment.tone.class()) } {
                    h3 class="dayaq-timeline__title" { (moment.title) }
                    p class="dayaq-timeline__by" {
                        time datetime=(moment.machine_when) { (moment.when) }
                        @if !moment.who.is_empty() { " · " (moment.who) }
                    }
                    @if !moment.body.0.is_empty() { div class="dayaq-timeline__body" { (moment.body) } }
                }
            }
        }
    }
}
