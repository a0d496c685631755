//! Buttons, and links that look like them.

use maud::{Markup, Render, html};

/// A button that sends its form. The main one of a page.
pub fn button(words: impl Into<String>) -> Button {
    Button { words: words.into(), look: "", name: None, form: None }
}

/// A button beside the main one.
pub fn quiet_button(words: impl Into<String>) -> Button {
    Button { look: " govuk-button--secondary", ..button(words) }
}

/// A button for what cannot be taken back.
pub fn warning_button(words: impl Into<String>) -> Button {
    Button { look: " govuk-button--warning", ..button(words) }
}

/// A link to where work begins, in the look of a button.
pub fn button_link(words: &str, href: &str) -> Markup {
    html! { a class="govuk-button" href=(href) role="button" draggable="false" data-module="govuk-button" { (words) } }
}

/// A link to a lesser action, in the look of a button.
pub fn quiet_button_link(words: &str, href: &str) -> Markup {
    html! {
        a class="govuk-button govuk-button--secondary" href=(href) role="button" draggable="false"
            data-module="govuk-button" { (words) }
    }
}

/// Buttons and links in a row.
pub fn buttons(actions: Markup) -> Markup {
    html! { div class="govuk-button-group" { (actions) } }
}

/// A button that sends a form.
#[must_use]
pub struct Button {
    words: String,
    look: &'static str,
    name: Option<(String, String)>,
    form: Option<String>,
}

impl Button {
    /// What the form carries when this button sent it.
    pub fn sends(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some((name.into(), value.into()));
        self
    }

    /// The id of the form, when the button stands outside it.
    pub fn of_form(mut self, form: impl Into<String>) -> Self {
        self.form = Some(form.into());
        self
    }
}

impl Render for Button {
    fn render(&self) -> Markup {
        let (name, value) = match &self.name {
            Some((name, value)) => (Some(name), Some(value)),
            None => (None, None),
        };
        html! {
            button class={ "govuk-button" (self.look) } type="submit" name=[name] value=[value]
                form=[self.form.as_deref()] data-module="govuk-button" data-prevent-double-click="true" {
                (self.words)
            }
        }
    }
}
