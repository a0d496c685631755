//! Lines over time: one for each series, all on one axis from zero.

use super::{super::Words, frame, percent, scale};
use maud::{Markup, html};

/// A line: as many points as there are names on the axis; a missing point leaves a gap.
pub struct Series {
    pub name: String,
    pub points: Vec<Option<f64>>,
}

/// The plot's height and what stands above and below it, in pixels.
const PLOT: f64 = 220.0;
const ABOVE: f64 = 20.0;
const BELOW: f64 = 28.0;
/// The most names under the axis, so that they fit on a phone.
const NAMES: usize = 5;

/// Lines over the names of an axis (months, years). `show` writes a value in words; `axis` heads the table's first column.
pub fn line_chart(
    words: &dyn Words,
    caption: &str,
    axis: &str,
    names: &[String],
    series: &[Series],
    show: impl Fn(f64) -> String,
) -> Markup {
    let largest = series.iter().flat_map(|line| &line.points).flatten().fold(0.0, |a: f64, b| a.max(*b));
    let marks = scale::marks(largest);
    let top = marks.last().copied().unwrap_or(1.0);
    let drawing = html! {
        (legend(series))
        svg class="dayaq-chart__drawing dayaq-chart__drawing--axis" width="100%" height=(PLOT + ABOVE + BELOW) role="img" aria-label=(caption) {
            @for mark in &marks { (rule(*mark, top, &show)) }
            @for (at, name) in names.iter().enumerate() { (axis_name(at, names.len(), name)) }
            @for (nth, line) in series.iter().enumerate() { (draw(nth, line, top)) }
        }
    };
    frame(words, caption, drawing, table(axis, names, series, &show))
}

/// Where a value stands, in pixels from the top.
fn height(value: f64, top: f64) -> f64 {
    ABOVE + PLOT * (1.0 - value / top)
}

/// Where a point stands, as a share of the width.
fn place(at: usize, count: usize) -> f64 {
    if count < 2 { 0.5 } else { at as f64 / (count - 1) as f64 }
}

fn rule(mark: f64, top: f64, show: &impl Fn(f64) -> String) -> Markup {
    let y = format!("{:.1}", height(mark, top));
    html! {
        line class="dayaq-chart__rule" x1="0" x2="100%" y1=(y) y2=(y) {}
        text class="dayaq-chart__mark" x="-10" y=(format!("{:.1}", height(mark, top) + 4.5)) text-anchor="end" { (show(mark)) }
    }
}

fn axis_name(at: usize, count: usize, name: &str) -> Markup {
    let step = count.saturating_sub(1).div_ceil(NAMES - 1).max(1);
    let (is_first, is_last) = (at == 0, at + 1 == count);
    let is_shown = is_last || (at.is_multiple_of(step) && at + step.div_ceil(2) < count);
    let anchor = if is_first {
        "start"
    } else if is_last {
        "end"
    } else {
        "middle"
    };
    html! {
        @if is_shown {
            text class="dayaq-chart__mark" x=(percent(place(at, count))) y=(ABOVE + PLOT + 20.0) text-anchor=(anchor) { (name) }
        }
    }
}

/// A series: its line stretched over the width, a dot for every point.
fn draw(nth: usize, series: &Series, top: f64) -> Markup {
    let count = series.points.len();
    html! {
        svg x="0" y="0" width="100%" height=(PLOT + ABOVE + BELOW) viewBox={ "0 0 1000 " (PLOT + ABOVE + BELOW) }
            preserveAspectRatio="none" overflow="visible" {
            path class={ "dayaq-chart__line dayaq-chart__line--" (nth + 1) } d=(path(&series.points, top)) fill="none"
                vector-effect="non-scaling-stroke" {}
        }
        @for (at, value) in series.points.iter().enumerate() {
            @if let Some(value) = value {
                circle class={ "dayaq-chart__dot dayaq-chart__dot--" (nth + 1) } r="3.5" cx=(percent(place(at, count)))
                    cy=(format!("{:.1}", height(*value, top))) {}
            }
        }
    }
}

/// The path of a line through its points, lifted over the gaps.
fn path(points: &[Option<f64>], top: f64) -> String {
    let mut path = String::new();
    let mut is_down = false;
    for (at, point) in points.iter().enumerate() {
        if let Some(value) = point {
            let command = if is_down { 'L' } else { 'M' };
            path.push_str(&format!("{command}{:.1} {:.1}", place(at, points.len()) * 1000.0, height(*value, top)));
        }
        is_down = point.is_some();
    }
    path
}

fn legend(series: &[Series]) -> Markup {
    html! {
        @if series.len() > 1 {
            ul class="dayaq-chart__legend" {
                @for (nth, line) in series.iter().enumerate() {
                    li {
                        svg width="26" height="10" aria-hidden="true" focusable="false" {
                            line class={ "dayaq-chart__line dayaq-chart__line--" (nth + 1) } x1="0" x2="26" y1="5" y2="5" {}
                            circle class={ "dayaq-chart__dot dayaq-chart__dot--" (nth + 1) } r="3.5" cx="13" cy="5" {}
                        }
                        " " (line.name)
                    }
                }
            }
        }
    }
}

fn table(axis: &str, names: &[String], series: &[Series], show: &impl Fn(f64) -> String) -> Markup {
    html! {
        table class="govuk-table dayaq-table" {
            thead {
                tr {
                    th class="govuk-table__header" scope="col" { (axis) }
                    @for line in series { th class="govuk-table__header govuk-table__header--numeric" scope="col" { (line.name) } }
                }
            }
            tbody {
                @for (at, name) in names.iter().enumerate() {
                    tr {
                        th class="govuk-table__header" scope="row" { (name) }
                        @for line in series {
                            td class="govuk-table__cell govuk-table__cell--numeric" {
                                @match line.points.get(at).copied().flatten() { Some(value) => (show(value)), None => "—" }
                            }
                        }
                    }
                }
            }
        }
    }
}
