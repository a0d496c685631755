//! Charts as SVG drawn here, each with its table underneath. No `style` attribute: colours come from the stylesheet.
//! Widths are per cent and heights are pixels, so that words keep their size on every screen.

mod bars;
mod curves;
mod lines;
mod scale;

#[cfg(test)]
mod chart_tests;

pub use bars::{Bar, bar_chart};
pub use curves::{Axes, Curve, Look, Shape, curve_chart, small_charts};
pub use lines::{Series, line_chart};
pub use scale::marks;

use super::Words;
use maud::{Markup, html};

/// A chart in its frame: heading, drawing, table.
fn frame(words: &dyn Words, caption: &str, drawing: Markup, table: Markup) -> Markup {
    html! {
        figure class="dayaq-chart" {
            figcaption class="dayaq-chart__caption" { (caption) }
            (drawing)
            details class="govuk-details dayaq-chart__table" {
                summary class="govuk-details__summary" {
                    span class="govuk-details__summary-text" {
                        (words.t("page-table")) span class="govuk-visually-hidden" { ": " (caption) }
                    }
                }
                (table)
            }
        }
    }
}

/// A length or a place in per cent, short enough for a page.
fn percent(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}
