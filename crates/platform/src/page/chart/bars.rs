//! Horizontal bars: one for each name, its words above it.

use super::{super::Words, frame, percent};
use maud::{Markup, html};

/// A bar.
pub struct Bar {
    pub label: String,
    /// How long it is, against the others; never negative.
    pub value: f64,
    /// The value in words.
    pub shown: String,
    /// Where the cases behind it are listed.
    pub href: Option<String>,
}

const ROW: usize = 46;

/// Bars in the order given. `name` and `measure` head the columns of the table.
pub fn bar_chart(words: &dyn Words, caption: &str, name: &str, measure: &str, bars: &[Bar]) -> Markup {
    let largest = bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let drawing = html! {
        svg class="dayaq-chart__drawing" width="100%" height=(bars.len() * ROW) role="img" aria-label=(caption) {
            @for (at, bar) in bars.iter().enumerate() {
                @let share = if largest > 0.0 { (bar.value / largest).clamp(0.0, 1.0) } else { 0.0 };
                text class="dayaq-chart__label" x="0" y=(at * ROW + 16) { (bar.label) }
                text class="dayaq-chart__value" x="100%" y=(at * ROW + 16) text-anchor="end" { (bar.shown) }
                rect class="dayaq-chart__ground" x="0" y=(at * ROW + 24) width="100%" height="12" rx="2" {}
                rect class="dayaq-chart__bar" x="0" y=(at * ROW + 24) width=(percent(share)) height="12" rx="2" {}
            }
        }
    };
    frame(words, caption, drawing, table(name, measure, bars))
}

fn table(name: &str, measure: &str, bars: &[Bar]) -> Markup {
    html! {
        table class="govuk-table dayaq-table" {
            thead {
                tr {
                    th class="govuk-table__header" scope="col" { (name) }
                    th class="govuk-table__header govuk-table__header--numeric" scope="col" { (measure) }
                }
            }
            tbody {
                @for bar in bars {
                    tr {
                        th class="govuk-table__header" scope="row" { (bar.label) }
                        td class="govuk-table__cell govuk-table__cell--numeric" {
                            @match &bar.href {
                                Some(href) => a class="govuk-link" href=(href) { (bar.shown) },
                                None => (bar.shown),
                            }
                        }
                    }
                }
            }
        }
    }
}
