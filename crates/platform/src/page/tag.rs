//! A tag: the state of a thing in one or two words. The colour repeats what the words say.

use maud::{Markup, html};

/// How a state feels. Colour never carries meaning alone.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Neutral,
    /// Under way.
    Info,
    /// Went well.
    Good,
    /// Waits for somebody, or is at risk.
    Attention,
    /// Went wrong, or is late.
    Bad,
    /// Stands out without judging.
    Accent,
}

impl Tone {
    /// The ending of the class names that carry this tone.
    pub fn class(self) -> &'static str {
        match self {
            Tone::Neutral => "neutral",
            Tone::Info => "info",
            Tone::Good => "good",
            Tone::Attention => "attention",
            Tone::Bad => "bad",
            Tone::Accent => "accent",
        }
    }
}

/// A tag.
pub fn tag(tone: Tone, words: &str) -> Markup {
    html! { strong class={ "dayaq-tag dayaq-tag--" (tone.class()) } { (words) } }
}

/// A number beside a name: how many things wait behind a link.
pub fn count(shown: &str) -> Markup {
    html! { span class="dayaq-count" { (shown) } }
}
