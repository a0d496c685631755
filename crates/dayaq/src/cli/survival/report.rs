//! What is said of a curve: its plot, its table, its numbers.

use super::{
    census::Census,
    days,
    mean::{self, is_followed, mean},
};
use crate::cli::plot::{Line, Plot, Shape, Table, grouped};
use survival::{Curve, Span, kaplan_meier, read::spans};

/// One plot with all that goes with it.
pub struct Piece {
    /// The plot's file, without its ending.
    pub file: String,
    pub plot: Plot,
    /// Lines to print under the table.
    pub says: Vec<String>,
    /// Rows of `curves.csv`, `tests.csv`, `groups.csv` and `means.csv`.
    pub curves: String,
    pub tests: String,
    pub groups: String,
    pub means: String,
}

/// What every piece is made from, and the days at which it is read off.
pub struct Sheet<'t> {
    pub spans: &'t [Span],
    pub census: Census<'t>,
    /// The last day on which somebody was watched.
    pub longest: i64,
    /// Means reach up to this day.
    pub limit: i64,
    /// Days with their names.
    pub marks: Vec<(i64, String)>,
    /// Everybody's.
    curve: Curve,
}

impl<'t> Sheet<'t> {
    /// The spans are those of the table, where ends that do not count are censored.
    pub fn new(table: &'t spans::Table, spans: &'t [Span], limit: i64) -> Self {
        let longest = spans.iter().map(|span| span.days).max().unwrap_or_default().max(1);
        let curve = kaplan_meier(spans);
        let limit = if is_followed(&curve, longest, limit) { limit } else { longest };
        Self { spans, census: Census::new(table, spans), longest, limit, marks: days::marks(longest), curve }
    }

    /// The marks, and the end of what was observed.
    pub fn rows(&self) -> Vec<(i64, String)> {
        let mut rows = self.marks.clone();
        if rows.last().is_none_or(|(day, _)| *day < self.longest) {
            rows.push((self.longest, format!("day {}, the last", self.longest)));
        }
        rows
    }

    pub fn places(&self) -> Vec<(f64, String)> {
        days::places(self.longest)
    }

    /// Everybody together, with the band.
    pub fn overall(&self) -> Piece {
        let mean = mean(&self.curve, self.longest, self.limit);
        let mut says: Vec<String> = mean
            .iter()
            .map(|mean| {
                let (limit, days, low, high) = (self.limit, mean.days, mean.low, mean.high);
                format!("of the first {limit} days, {days:.1} in business on average ({low:.1} to {high:.1})")
            })
            .collect();
        says.push(match self.curve.median() {
            Some(day) => format!("half have ended by day {day}"),
            None => "more than half are in business to the last".to_owned(),
        });
        Piece {
            file: "in-business".to_owned(),
            plot: Plot {
                title: "Still in business".to_owned(),
                measure: "Share of those who began (Kaplan–Meier), with the 95 % band".to_owned(),
                shape: Shape::Steps,
                places: self.places(),
                heights: shares(),
                lines: vec![line("all", &self.curve, self.longest, true)],
                table: self.table(),
            },
            says,
            curves: rows("", "", &self.curve),
            tests: String::new(),
            groups: self.census.line_of_file("", "", &self.census.count(0..self.spans.len())),
            means: mean::line("", "", self.limit, mean.as_ref()),
        }
    }

    /// Counts are of all up to the day.
    fn table(&self) -> Table {
        let row = |(day, name): (i64, String)| {
            let point = self.curve.at(day);
            let mut row = vec![name, grouped(at_risk(self.spans, day))];
            row.extend(self.census.cells(&self.census.until(day)));
            row.extend([percent(point.estimate), band(point.low, point.high)]);
            row
        };
        let mut head = vec![String::new(), "at risk".to_owned()];
        head.extend(self.census.heads());
        head.extend(["in business", "95 % band"].map(str::to_owned));
        Table { head, rows: self.rows().into_iter().map(row).collect() }
    }
}

/// A curve as a line of steps from the first day to the last on which one of its people was watched.
pub fn line(name: &str, curve: &Curve, longest: i64, is_banded: bool) -> Line {
    let last = curve.at(longest);
    let mut points = vec![(0.0, 1.0)];
    points.extend(curve.points.iter().map(|point| (point.days as f64, point.estimate)));
    points.push((longest as f64, last.estimate));
    let mut band = vec![(0.0, 1.0, 1.0)];
    band.extend(curve.points.iter().map(|point| (point.days as f64, point.low, point.high)));
    band.push((longest as f64, last.low, last.high));
    Line { name: name.to_owned(), points, bands: if is_banded { vec![band] } else { Vec::new() } }
}

/// How many are watched on a day.
pub fn at_risk(spans: &[Span], day: i64) -> u64 {
    spans.iter().filter(|span| span.entry <= day && day <= span.days).count() as u64
}

pub fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

pub fn band(low: f64, high: f64) -> String {
    format!("{:.1}–{:.1} %", low * 100.0, high * 100.0)
}

/// The upright axis of shares.
pub fn shares() -> Vec<(f64, String)> {
    [0, 20, 40, 60, 80, 100].into_iter().map(|percent| (f64::from(percent) / 100.0, format!("{percent} %"))).collect()
}

/// A curve as rows of `curves.csv`.
pub fn rows(column: &str, value: &str, curve: &Curve) -> String {
    let (column, value) = (quoted(column), quoted(value));
    let row = |point: &survival::Point| {
        let (days, at_risk, ended) = (point.days, point.at_risk, point.ended);
        format!("{column},{value},,{days},{at_risk},{ended},{},{},{},{}\n", point.estimate, point.variance, point.low, point.high)
    };
    curve.points.iter().map(row).collect()
}

/// A field of a CSV file, which no spreadsheet takes for a formula.
pub fn quoted(field: &str) -> String {
    let guard = if field.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{guard}{}\"", field.replace('"', "\"\""))
    } else {
        format!("{guard}{field}")
    }
}
