//! Acting on many rows of a list at once.

use super::Words;
use maud::{Markup, html};

/// The bar over a list whose rows may be chosen: how many match in all, a way to take them all, and what to do with them.
/// Put it inside the form that the table's choices belong to.
pub fn bulk_bar(words: &dyn Words, all_matching: &str, actions: Markup) -> Markup {
    html! {
        div class="dayaq-bulk" {
            p class="dayaq-bulk__count" hidden data-chosen { (words.t("page-chosen")) " " output { "0" } }
            label class="dayaq-bulk__all" {
                input type="checkbox" name="all_matching" value="yes";
                " " (all_matching)
            }
            div class="dayaq-bulk__actions" { (actions) }
        }
    }
}
