//! A plot becomes SVG: axes, bands, lines, a legend, and the table.

use super::{Plot, Shape, Table};
use maud::{Markup, html};

const WIDTH: f64 = 920.0;
/// The field in which lines are drawn.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 900.0;
const TOP: f64 = 70.0;
const BOTTOM: f64 = 430.0;
pub(super) const ROW: f64 = 22.0;
/// Told apart by all kinds of colour vision (Okabe and Ito 2008).
const COLOURS: [&str; 8] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000", "#7f7f7f"];
/// Told apart without colour.
const DASHES: [&str; 4] = ["none", "8 3", "3 3", "10 3 2 3"];
pub(super) const STYLE: &str = "text{font-family:'Noto Sans',sans-serif;font-size:13px;fill:#0b0c0c}\
.title{font-size:18px;font-weight:bold}.rule{stroke:#b1b4b6}.axis{stroke:#0b0c0c}.line{fill:none;stroke-width:2.2}\
.head{font-weight:bold}.number{text-anchor:end}.middle{text-anchor:middle}";

impl Plot {
    /// The whole file.
    pub fn svg(&self) -> String {
        let legend = self.legend_rows();
        let table_top = BOTTOM + 62.0 + legend as f64 * ROW;
        let height = table_top + (self.table.rows.len() as f64 + 1.0) * ROW + 16.0;
        let widths = columns(&self.table);
        let width = WIDTH.max(widths.iter().sum::<f64>() + 40.0);
        let drawing = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width:.0} {height:.0}")) width=(format!("{width:.0}"))
                height=(format!("{height:.0}")) role="img" aria-labelledby="title" {
                title id="title" { (self.title) }
                style { (STYLE) }
                rect width="100%" height="100%" fill="#ffffff" {}
                text class="title" x="20" y="32" { (self.title) }
                text x="20" y="54" { (self.measure) }
                @for (height, name) in &self.heights { (self.rule(*height, name)) }
                @for (place, name) in &self.places { (self.place(*place, name)) }
                @for (nth, line) in self.lines.iter().enumerate() {
                    @for band in &line.bands {
                        path d=(self.band(band)) fill=(colour(nth)) fill-opacity=(if line.bands.len() > 1 { "0.16" } else { "0.13" }) {}
                    }
                }
                @for (nth, line) in self.lines.iter().enumerate() {
                    path class="line" d=(self.path(&line.points)) stroke=(colour(nth)) stroke-dasharray=(dash(nth)) {}
                }
                line class="axis" x1=(LEFT) x2=(RIGHT) y1=(BOTTOM) y2=(BOTTOM) {}
                @if legend > 0 { (self.legend()) }
                (table(&self.table, &widths, table_top))
            }
        };
        drawing.into_string()
    }

    fn x(&self, place: f64) -> f64 {
        let ends = |pick: fn(f64, f64) -> f64, from: f64| self.places.iter().map(|(at, _)| *at).fold(from, pick);
        let (first, last) = (ends(f64::min, f64::INFINITY), ends(f64::max, f64::NEG_INFINITY));
        let share = if last > first { (place - first) / (last - first) } else { 0.0 };
        LEFT + (RIGHT - LEFT) * share.clamp(0.0, 1.0)
    }

    fn y(&self, height: f64) -> f64 {
        let (low, high) = (self.heights.first().map_or(0.0, |h| h.0), self.heights.last().map_or(1.0, |h| h.0));
        BOTTOM - (BOTTOM - TOP) * ((height - low) / (high - low)).clamp(0.0, 1.0)
    }

    fn rule(&self, height: f64, name: &str) -> Markup {
        let y = format!("{:.1}", self.y(height));
        html! {
            line class="rule" x1=(LEFT) x2=(RIGHT) y1=(y) y2=(y) {}
            text class="number" x=(LEFT - 8.0) y=(format!("{:.1}", self.y(height) + 4.5)) { (name) }
        }
    }

    fn place(&self, place: f64, name: &str) -> Markup {
        let x = format!("{:.1}", self.x(place));
        let class = if self.x(place) > RIGHT - 30.0 { "number" } else { "middle" };
        html! {
            line class="axis" x1=(x) x2=(x) y1=(BOTTOM) y2=(BOTTOM + 5.0) {}
            text class=(class) x=(x) y=(BOTTOM + 22.0) { (name) }
        }
    }

    fn path(&self, points: &[(f64, f64)]) -> String {
        let mut path = String::new();
        for (at, (place, height)) in points.iter().enumerate() {
            let (x, y) = (self.x(*place), self.y(*height));
            match (at, self.shape) {
                (0, _) => path.push_str(&format!("M{x:.1} {y:.1}")),
                (_, Shape::Straight) => path.push_str(&format!("L{x:.1} {y:.1}")),
                (_, Shape::Steps) => path.push_str(&format!("H{x:.1}V{y:.1}")),
            }
        }
        path
    }

    fn band(&self, band: &[(f64, f64, f64)]) -> String {
        let upper: Vec<(f64, f64)> = band.iter().map(|(place, _, high)| (*place, *high)).collect();
        let mut path = self.path(&upper);
        let mut last: Option<f64> = None;
        for (place, low, _) in band.iter().rev() {
            let (x, y) = (self.x(*place), self.y(*low));
            match (last, self.shape) {
                // Going back, a step falls where the later one began.
                (Some(from), Shape::Steps) => path.push_str(&format!("L{from:.1} {y:.1}L{x:.1} {y:.1}")),
                _ => path.push_str(&format!("L{x:.1} {y:.1}")),
            }
            last = Some(x);
        }
        path.push('Z');
        path
    }

    fn legend_rows(&self) -> usize {
        if self.lines.len() > 1 { self.lines.len().div_ceil(3) } else { 0 }
    }

    fn legend(&self) -> Markup {
        html! {
            @for (nth, line) in self.lines.iter().enumerate() {
                @let x = LEFT + (nth % 3) as f64 * 275.0;
                @let y = BOTTOM + 48.0 + (nth / 3) as f64 * ROW;
                line class="line" x1=(x) x2=(x + 30.0) y1=(y - 4.0) y2=(y - 4.0) stroke=(colour(nth)) stroke-dasharray=(dash(nth)) {}
                text x=(x + 38.0) y=(y) { (line.name) }
            }
        }
    }
}

fn colour(nth: usize) -> &'static str {
    COLOURS[nth % COLOURS.len()]
}

fn dash(nth: usize) -> &'static str {
    DASHES[nth % DASHES.len()]
}

/// How wide each column is, by its longest words.
pub(super) fn columns(table: &Table) -> Vec<f64> {
    (0..table.head.len()).map(|at| table.width(at) as f64 * 7.8 + 20.0).collect()
}

/// The first row and the first column name the others.
fn class(row: usize, column: usize) -> &'static str {
    if row == 0 || column == 0 { "head" } else { "cell" }
}

pub(super) fn table(table: &Table, widths: &[f64], top: f64) -> Markup {
    let rows = std::iter::once(&table.head).chain(&table.rows);
    html! {
        @for (nth, row) in rows.enumerate() {
            @let y = top + nth as f64 * ROW;
            @for (at, cell) in row.iter().enumerate() {
                @let head = class(nth, at);
                @if at == 0 {
                    text class=(head) x="20" y=(y) { (cell) }
                } @else {
                    @let end = 20.0 + widths.iter().take(at + 1).sum::<f64>();
                    text class={ (head) " number" } x=(format!("{end:.0}")) y=(y) { (cell) }
                }
            }
            @if nth == 0 { line class="rule" x1="20" x2=(20.0 + widths.iter().sum::<f64>()) y1=(y + 6.0) y2=(y + 6.0) {} }
        }
    }
}
