//! Bars to both sides of nothing, in groups, with the table under them.

use super::{
    Table,
    draw::{ROW, STYLE, columns, table},
};
use maud::{Markup, html};
use std::iter;

/// Bars by groups: to the right what is above nothing, to the left what is below.
pub struct Bars {
    pub title: String,
    /// What the length of a bar says.
    pub measure: String,
    pub groups: Vec<Group>,
    pub table: Table,
}

/// Bars under one name.
pub struct Group {
    pub name: String,
    pub bars: Vec<Bar>,
}

/// One bar.
pub struct Bar {
    pub name: String,
    pub value: f64,
    /// The value in words.
    pub shown: String,
}

enum Row<'a> {
    Name(&'a str),
    Bar(&'a Bar),
}

const WIDTH: f64 = 920.0;
const TOP: f64 = 84.0;
/// Where bars may reach, with room for a value on either side.
const LEFT: f64 = 380.0;
const RIGHT: f64 = 860.0;
const ABOVE: &str = "#0072b2";
const BELOW: &str = "#d55e00";

impl Bars {
    /// The whole file.
    pub fn svg(&self) -> String {
        let rows: usize = self.groups.iter().map(|group| group.bars.len() + 1).sum();
        let bottom = TOP + rows as f64 * ROW;
        let height = bottom + 40.0 + (self.table.rows.len() as f64 + 1.0) * ROW + 16.0;
        let widths = columns(&self.table);
        let width = WIDTH.max(widths.iter().sum::<f64>() + 40.0);
        let zero = self.x(0.0);
        let drawing = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {width:.0} {height:.0}")) width=(format!("{width:.0}"))
                height=(format!("{height:.0}")) role="img" aria-labelledby="title" {
                title id="title" { (self.title) }
                style { (STYLE) }
                rect width="100%" height="100%" fill="#ffffff" {}
                text class="title" x="20" y="32" { (self.title) }
                text x="20" y="54" { (self.measure) }
                line class="axis" x1=(format!("{zero:.1}")) x2=(format!("{zero:.1}")) y1=(TOP - 12.0) y2=(bottom - ROW) {}
                (self.groups())
                (table(&self.table, &widths, bottom + 40.0))
            }
        };
        drawing.into_string()
    }

    /// Each group's name and its bars, one to a row.
    fn groups(&self) -> Markup {
        let rows = self.groups.iter().flat_map(|group| iter::once(Row::Name(&group.name)).chain(group.bars.iter().map(Row::Bar)));
        html! {
            @for (nth, row) in rows.enumerate() {
                @let y = TOP + nth as f64 * ROW;
                @match row {
                    Row::Name(name) => text class="head" x="20" y=(y + 4.5) { (name) },
                    Row::Bar(bar) => (self.bar(bar, y)),
                }
            }
        }
    }

    fn bar(&self, bar: &Bar, y: f64) -> Markup {
        let (zero, end) = (self.x(0.0), self.x(bar.value));
        let (from, long) = (zero.min(end), (end - zero).abs());
        let (class, at) = if bar.value < 0.0 { ("number", from - 6.0) } else { ("cell", from + long + 6.0) };
        let colour = if bar.value < 0.0 { BELOW } else { ABOVE };
        html! {
            text x="36" y=(y + 4.5) { (bar.name) }
            rect x=(format!("{from:.1}")) y=(y - 7.0) width=(format!("{long:.1}")) height="14" fill=(colour) {}
            text class=(class) x=(format!("{at:.1}")) y=(y + 4.5) { (bar.shown) }
        }
    }

    fn x(&self, value: f64) -> f64 {
        let values = || self.groups.iter().flat_map(|group| &group.bars).map(|bar| bar.value);
        let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        if high <= low {
            return LEFT;
        }
        LEFT + (RIGHT - LEFT) * (value - low) / (high - low)
    }
}
