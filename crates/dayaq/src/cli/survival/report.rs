//! What is said of a curve: its plot, its table, its numbers.

use crate::cli::plot::{Line, Plot, Shape, Table, grouped};
use survival::{Curve, Span, kaplan_meier};

/// One plot with all that goes with it.
pub struct Piece {
    /// The plot's file, without its ending.
    pub file: String,
    pub plot: Plot,
    /// Lines to print under the table.
    pub says: Vec<String>,
    /// Rows of `curves.csv` and of `tests.csv`.
    pub curves: String,
    pub tests: String,
}

/// The days at which everything in a report is read off.
pub struct Sheet {
    pub longest: i64,
    pub limit: i64,
    /// Days with their names.
    pub marks: Vec<(i64, String)>,
}

impl Sheet {
    pub fn new(spans: &[Span], limit: i64) -> Self {
        let longest = spans.iter().map(|span| span.days).max().unwrap_or_default().max(1);
        let months = [(183, 6), (365, 12), (548, 18), (730, 24), (1_096, 36), (1_461, 48), (1_826, 60)];
        let months = months.into_iter().filter(|(day, _)| *day <= longest);
        let mut marks: Vec<(i64, String)> = months.map(|(day, months)| (day, format!("{months} months"))).collect();
        if marks.len() < 2 {
            let step = (longest / 4).max(1);
            marks = (1..=4).map(|at| at * step).filter(|day| *day <= longest).map(|day| (day, format!("day {day}"))).collect();
        }
        Self { longest, limit: limit.min(longest), marks }
    }

    pub fn places(&self) -> Vec<(f64, String)> {
        let last = self.marks.last().map_or(0, |(day, _)| *day);
        let mut places = vec![(0.0, "0".to_owned())];
        places.extend(self.marks.iter().map(|(day, name)| (*day as f64, name.clone())));
        if self.longest > last + self.longest / 20 {
            places.push((self.longest as f64, format!("day {}", self.longest)));
        }
        places
    }

    /// Everybody together, with the band.
    pub fn overall(&self, spans: &[Span]) -> Piece {
        let curve = kaplan_meier(spans);
        let row = |(day, name): &(i64, String)| {
            let point = curve.at(*day);
            let ended = curve.points.iter().filter(|point| point.days <= *day).map(|point| point.ended).sum();
            vec![
                name.clone(),
                grouped(at_risk(spans, *day)),
                grouped(ended),
                percent(point.estimate),
                band(point.low, point.high),
            ]
        };
        let head = ["", "at risk", "ended", "in business", "95 % band"].map(str::to_owned).to_vec();
        let mean = curve.restricted_mean(self.limit);
        let spread = 1.959_963_984_540_054 * mean.variance.sqrt();
        let mut says = vec![format!(
            "of the first {} days, {:.1} in business on average ({:.1} to {:.1})",
            self.limit,
            mean.days,
            mean.days - spread,
            mean.days + spread
        )];
        says.push(match curve.median() {
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
                lines: vec![self.line("all", &curve, true)],
                table: Table { head, rows: self.marks.iter().map(row).collect() },
            },
            says,
            curves: rows("", "", &curve),
            tests: String::new(),
        }
    }

    /// A curve as a line of steps from the first day to the last.
    pub fn line(&self, name: &str, curve: &Curve, is_banded: bool) -> Line {
        let last = curve.at(self.longest);
        let mut points = vec![(0.0, 1.0)];
        points.extend(curve.points.iter().map(|point| (point.days as f64, point.estimate)));
        points.push((self.longest as f64, last.estimate));
        let mut band = vec![(0.0, 1.0, 1.0)];
        band.extend(curve.points.iter().map(|point| (point.days as f64, point.low, point.high)));
        band.push((self.longest as f64, last.low, last.high));
        Line { name: name.to_owned(), points, bands: if is_banded { vec![band] } else { Vec::new() } }
    }
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
