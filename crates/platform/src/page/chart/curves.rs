//! Curves with bands over an axis of numbers: shares that step down, counts that fan out into the future. The table that
//! belongs underneath is drawn by whoever knows what the numbers mean.

use super::percent;
use maud::{Markup, html};

/// A curve and the bands around it, the widest first.
pub struct Curve {
    pub name: String,
    /// Places on the axis with the heights there, from left to right.
    pub points: Vec<(f64, f64)>,
    /// Places with the low and the high end there.
    pub bands: Vec<Vec<(f64, f64, f64)>>,
    pub look: Look,
}

/// How a curve is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// One of those that the chart is about, each in a stroke of its own.
    Own,
    /// What the others are compared with.
    Ground,
}

/// Whether a curve holds until its next point or leads to it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Steps,
    Straight,
}

/// What stands at the axes.
pub struct Axes {
    /// Places to name, from the first to the last of the axis; an empty name is not written.
    pub places: Vec<(f64, String)>,
    /// Heights to name, from the lowest to the highest, between which all is drawn.
    pub heights: Vec<(f64, String)>,
    pub shape: Shape,
    /// Of the plot, in pixels.
    pub tall: f64,
}

/// Above the plot, for the words of its highest mark, and below it, in pixels.
const ABOVE: f64 = 12.0;
const BELOW: f64 = 28.0;
/// The width that is stretched over the screen's.
const WIDE: f64 = 1000.0;

/// Curves in one frame, with the legend when there is more than one.
pub fn curve_chart(caption: &str, axes: &Axes, curves: &[Curve]) -> Markup {
    frame(caption, axes, curves, curves.len() > 1)
}

/// Charts of one kind beside each other, as many as the screen is wide. What their curves are is said once, above them.
pub fn small_charts<'c>(charts: impl IntoIterator<Item = (&'c str, &'c Axes, &'c [Curve])>) -> Markup {
    html! {
        div class="dayaq-small-charts" {
            @for (caption, axes, curves) in charts { (frame(caption, axes, curves, false)) }
        }
    }
}

fn frame(caption: &str, axes: &Axes, curves: &[Curve], has_legend: bool) -> Markup {
    let height = axes.tall + ABOVE + BELOW;
    html! {
        figure class="dayaq-chart" {
            figcaption class="dayaq-chart__caption" { (caption) }
            @if has_legend { (legend(curves)) }
            svg class="dayaq-chart__drawing dayaq-chart__drawing--axis" width="100%" height=(height) role="img" aria-label=(caption) {
                @for (at, name) in &axes.heights { (axes.rule(*at, name)) }
                @for (nth, (at, name)) in axes.places.iter().enumerate() { (axes.place(nth, *at, name)) }
                svg x="0" y="0" width="100%" height=(height) viewBox={ "0 0 " (WIDE) " " (height) } preserveAspectRatio="none" {
                    @for (nth, curve) in curves.iter().enumerate() {
                        @for band in &curve.bands { path class={ "dayaq-chart__band dayaq-chart__band--" (look(nth, curve)) } d=(axes.band(band)) {} }
                    }
                    @for (nth, curve) in curves.iter().enumerate() {
                        path class={ "dayaq-chart__line dayaq-chart__line--" (look(nth, curve)) } d=(axes.path(&curve.points)) fill="none"
                            vector-effect="non-scaling-stroke" {}
                    }
                }
            }
        }
    }
}

fn look(nth: usize, curve: &Curve) -> String {
    match curve.look {
        Look::Own => (nth + 1).to_string(),
        Look::Ground => "ground".to_owned(),
    }
}

impl Axes {
    /// Where a place stands, as a share of the width.
    fn across(&self, place: f64) -> f64 {
        let first = self.places.first().map_or(0.0, |(at, _)| *at);
        let last = self.places.last().map_or(1.0, |(at, _)| *at);
        if last > first { ((place - first) / (last - first)).clamp(0.0, 1.0) } else { 0.0 }
    }

    /// Where a height stands, in pixels from the top.
    fn down(&self, height: f64) -> f64 {
        let low = self.heights.first().map_or(0.0, |(at, _)| *at);
        let high = self.heights.last().map_or(1.0, |(at, _)| *at);
        let share = if high > low { ((height - low) / (high - low)).clamp(0.0, 1.0) } else { 0.0 };
        ABOVE + self.tall * (1.0 - share)
    }

    fn rule(&self, height: f64, name: &str) -> Markup {
        let y = self.down(height);
        html! {
            line class="dayaq-chart__rule" x1="0" x2="100%" y1=(format!("{y:.1}")) y2=(format!("{y:.1}")) {}
            text class="dayaq-chart__mark" x="-10" y=(format!("{:.1}", y + 4.5)) text-anchor="end" { (name) }
        }
    }

    fn place(&self, nth: usize, place: f64, name: &str) -> Markup {
        let bottom = ABOVE + self.tall;
        let x = percent(self.across(place));
        let anchor = match nth {
            0 => "start",
            nth if nth + 1 == self.places.len() => "end",
            _ => "middle",
        };
        html! {
            @if !name.is_empty() {
                line class="dayaq-chart__rule" x1=(x) x2=(x) y1=(bottom) y2=(bottom + 5.0) {}
                text class="dayaq-chart__mark" x=(x) y=(bottom + 21.0) text-anchor=(anchor) { (name) }
            }
        }
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (at, (place, height)) in points.iter().enumerate() {
            let (x, y) = (self.across(*place) * WIDE, self.down(*height));
            path.push_str(&match (at, self.shape) {
                (0, _) => format!("M{x:.1} {y:.1}"),
                (_, Shape::Straight) => format!("L{x:.1} {y:.1}"),
                (_, Shape::Steps) => format!("H{x:.1}V{y:.1}"),
            });
        }
        path
    }

    /// Along the high ends, and back along the low ones; going back, a step falls where the later one began.
    fn band(&self, band: &[(f64, f64, f64)]) -> String {
        let upper: Vec<(f64, f64)> = band.iter().map(|(place, _, high)| (*place, *high)).collect();
        let mut path = self.path(&upper);
        let mut later: Option<f64> = None;
        for (place, low, _) in band.iter().rev() {
            let (x, y) = (self.across(*place) * WIDE, self.down(*low));
            match (later, self.shape) {
                (Some(from), Shape::Steps) => path.push_str(&format!("L{from:.1} {y:.1}H{x:.1}")),
                _ => path.push_str(&format!("L{x:.1} {y:.1}")),
            }
            later = Some(x);
        }
        path.push('Z');
        path
    }
}

fn legend(curves: &[Curve]) -> Markup {
    html! {
        ul class="dayaq-chart__legend" {
            @for (nth, curve) in curves.iter().enumerate() {
                li {
                    svg width="26" height="10" aria-hidden="true" focusable="false" {
                        line class={ "dayaq-chart__line dayaq-chart__line--" (look(nth, curve)) } x1="0" x2="26" y1="5" y2="5" {}
                    }
                    " " (curve.name)
                }
            }
        }
    }
}
