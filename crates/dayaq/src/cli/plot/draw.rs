//! A plot becomes SVG: axes, bands, lines, a legend, and the table.

use super::{Line, Plot, Shape, Table};
use maud::{Markup, html};

const WIDTH: f64 = 920.0;
/// The field in which lines are drawn.
const LEFT: f64 = 76.0;
const RIGHT: f64 = 900.0;
const TOP: f64 = 70.0;
const BOTTOM: f64 = 430.0;
pub(super) const ROW: f64 = 22.0;
/// How wide a letter is at most, on average.
const LETTER: f64 = 7.8;
/// What an entry of the legend takes beside its words: the piece of its line, and room.
const SAMPLE: f64 = 62.0;
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
        let legend = self.legend();
        let table_top = BOTTOM + 62.0 + legend.iter().map(Entry::end).max().unwrap_or_default() as f64 * ROW;
        let parts: Vec<(Table, Vec<f64>)> = self
            .table
            .folded()
            .into_iter()
            .map(|part| {
                let widths = columns(&part);
                (part, widths)
            })
            .collect();
        let tall = (self.table.rows.len() as f64 + 1.0) * ROW + 16.0;
        let height = table_top + tall * parts.len() as f64;
        let width = parts.iter().map(|(_, widths)| widths.iter().sum::<f64>() + 40.0).fold(WIDTH, f64::max);
        let drawing = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width:.0} {height:.0}")) width=(format!("{width:.0}"))
                height=(format!("{height:.0}")) role="img" aria-labelledby="title" {
                title id="title" { (self.title) }
                style { (STYLE) }
                rect width="100%" height="100%" fill="#ffffff" {}
                text class="title" x="20" y="32" { (self.title) }
                text x="20" y="54" { (self.measure) }
                @for (height, name) in &self.heights { (self.rule(*height, name)) }
                @for (place, name) in self.named_places() { (self.place(place, name)) }
                @for (nth, line) in self.lines.iter().enumerate() {
                    @for band in &line.bands {
                        path d=(self.band(band)) fill=(colour(nth)) fill-opacity=(if line.bands.len() > 1 { "0.16" } else { "0.13" }) {}
                    }
                }
                @for (nth, line) in self.lines.iter().enumerate() {
                    path class="line" d=(self.path(&line.points)) stroke=(colour(nth)) stroke-dasharray=(dash(nth)) {}
                }
                line class="axis" x1=(LEFT) x2=(RIGHT) y1=(BOTTOM) y2=(BOTTOM) {}
                @for (nth, entry) in legend.iter().enumerate() { (entry.draw(nth)) }
                @for (nth, (part, widths)) in parts.iter().enumerate() { (table(part, widths, table_top + tall * nth as f64)) }
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
        let class = if self.is_at_the_right(place) { "number" } else { "middle" };
        html! {
            line class="axis" x1=(x) x2=(x) y1=(BOTTOM) y2=(BOTTOM + 5.0) {}
            @if !name.is_empty() { text class=(class) x=(x) y=(BOTTOM + 22.0) { (name) } }
        }
    }

    /// The places, without the names that would stand on the name of an earlier one.
    fn named_places(&self) -> Vec<(f64, &str)> {
        const ROOM: f64 = 6.0;
        let mut taken: Vec<(f64, f64)> = Vec::new();
        let fitting = |(place, name): &'_ (f64, String)| {
            let (x, long) = (self.x(*place), name.chars().count() as f64 * LETTER);
            let from = if self.is_at_the_right(*place) { x - long } else { x - long / 2.0 };
            let fits = taken.iter().all(|(left, right)| from + long + ROOM <= *left || right + ROOM <= from);
            if fits && !name.is_empty() {
                taken.push((from, from + long));
            }
            fits
        };
        let fit: Vec<bool> = self.places.iter().map(fitting).collect();
        self.places.iter().zip(fit).map(|((place, name), fits)| (*place, if fits { name.as_str() } else { "" })).collect()
    }

    /// A name in the middle under its place would leave the drawing there.
    fn is_at_the_right(&self, place: f64) -> bool {
        self.x(place) > RIGHT - 30.0
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

    /// The lines' names, in as many columns as the longest leaves room for.
    fn legend(&self) -> Vec<Entry> {
        if self.lines.len() < 2 {
            return Vec::new();
        }
        const WIDE: f64 = 825.0;
        let longest = self.lines.iter().map(|line| line.name.chars().count()).max().unwrap_or_default();
        let columns = ((WIDE / (longest as f64 * LETTER + SAMPLE)) as usize).clamp(1, 3);
        let width = WIDE / columns as f64;
        let letters = ((width - SAMPLE) / LETTER) as usize;
        let mut entries: Vec<Entry> = Vec::new();
        for row in self.lines.chunks(columns) {
            let top = entries.iter().map(Entry::end).max().unwrap_or_default();
            let entry =
                |(at, line): (usize, &Line)| Entry { x: LEFT + at as f64 * width, top, words: wrapped(&line.name, letters) };
            entries.extend(row.iter().enumerate().map(entry));
        }
        entries
    }
}

/// A line's name in the legend.
struct Entry {
    x: f64,
    /// The row in which it begins.
    top: usize,
    /// The name, parted into rows.
    words: Vec<String>,
}

impl Entry {
    fn end(&self) -> usize {
        self.top + self.words.len()
    }

    fn draw(&self, nth: usize) -> Markup {
        let y = |row: usize| BOTTOM + 48.0 + (self.top + row) as f64 * ROW;
        let (x, middle) = (self.x, y(0) - 4.0);
        html! {
            line class="line" x1=(x) x2=(x + 30.0) y1=(middle) y2=(middle) stroke=(colour(nth)) stroke-dasharray=(dash(nth)) {}
            @for (row, words) in self.words.iter().enumerate() {
                text x=(x + 38.0) y=(y(row)) { (words) }
            }
        }
    }
}

/// A text in rows of so many letters, parted between words where it can be.
fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut room = letters;
    for word in text.split_inclusive(' ') {
        let long = word.trim_end().chars().count();
        if long > room && room < letters {
            rows.push(String::new());
            room = letters;
        }
        for letter in word.chars() {
            if room == 0 && letter != ' ' {
                rows.push(String::new());
                room = letters;
            }
            if let Some(row) = rows.last_mut() {
                row.push(letter);
            }
            room = room.saturating_sub(1);
        }
    }
    rows
}

fn colour(nth: usize) -> &'static str {
    COLOURS[nth % COLOURS.len()]
}

fn dash(nth: usize) -> &'static str {
    DASHES[nth % DASHES.len()]
}

/// How wide each column is, by its longest words.
pub(super) fn columns(table: &Table) -> Vec<f64> {
    (0..table.head.len()).map(|at| table.width(at) as f64 * LETTER + 20.0).collect()
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
