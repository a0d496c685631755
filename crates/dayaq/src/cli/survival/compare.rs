//! A grouping: one curve for each value, and whether chance alone could part them so far.

use super::report::{Piece, Sheet, band, percent, quoted, rows, shares};
use crate::cli::plot::{Plot, Shape, Table, file_name, grouped};
use survival::{Curve, LogRank, Member, Span, kaplan_meier, log_rank, read::spans::Column};

/// The most lines that a plot can carry; its table has all.
const LINES: usize = 8;

/// The groups of a column beside each other, within strata where a column of strata is given.
pub fn piece(column: &Column, strata: Option<&Column>, spans: &[Span], sheet: &Sheet) -> Piece {
    let groups: Vec<Group> = (0..column.values.len()).map(|at| Group::new(column, at, spans)).collect();
    let plain = log_rank(&members(column, None, spans));
    let stratified = strata.map(|strata| (strata.name.as_str(), log_rank(&members(column, Some(strata), spans))));
    // Means are comparable up to a day on which somebody of every group was still watched.
    let limit = groups.iter().map(|group| group.longest).min().unwrap_or_default().min(sheet.limit);
    let mut says = vec![said("log-rank", &plain)];
    says.extend(stratified.iter().map(|(name, test)| said(&format!("log-rank within {name}"), test)));
    let test = |strata: &str, test: &LogRank| {
        format!("{},{},{},{},{}\n", quoted(&column.name), quoted(strata), test.chi_square, test.degrees, test.p)
    };
    let mut tests = test("", &plain);
    tests.extend(stratified.iter().map(|(name, found)| test(name, found)));
    Piece {
        file: format!("by-{}", file_name(&column.name)),
        plot: Plot {
            title: format!("Still in business, by {}", column.name),
            measure: "Share of those who began (Kaplan–Meier)".to_owned(),
            shape: Shape::Steps,
            places: sheet.places(),
            heights: shares(),
            lines: lines(&groups, sheet),
            table: table(&groups, &plain, sheet, limit),
        },
        says,
        curves: groups.iter().map(|group| rows(&column.name, &group.name, &group.curve)).collect(),
        tests,
    }
}

struct Group {
    name: String,
    watched: usize,
    longest: i64,
    curve: Curve,
}

impl Group {
    fn new(column: &Column, at: usize, spans: &[Span]) -> Self {
        let own = column.codes.iter().zip(spans).filter(|(code, _)| **code as usize == at).map(|(_, span)| *span);
        let own: Vec<Span> = own.collect();
        let name = if column.values[at].is_empty() { "not told".to_owned() } else { column.values[at].clone() };
        let longest = own.iter().map(|span| span.days).max().unwrap_or_default();
        Self { name, watched: own.len(), longest, curve: kaplan_meier(&own) }
    }
}

fn members(column: &Column, strata: Option<&Column>, spans: &[Span]) -> Vec<Member> {
    let stratum = |at: usize| strata.map_or(0, |strata| strata.codes[at]);
    let member = |(at, span): (usize, &Span)| Member { stratum: stratum(at), span: *span, group: column.codes[at] };
    spans.iter().enumerate().map(member).collect()
}

/// The largest groups as lines.
fn lines(groups: &[Group], sheet: &Sheet) -> Vec<crate::cli::plot::Line> {
    let mut largest: Vec<&Group> = groups.iter().collect();
    largest.sort_by_key(|group| std::cmp::Reverse(group.watched));
    let is_banded = groups.len() <= 3;
    largest.iter().take(LINES).map(|group| sheet.line(&group.name, &group.curve, is_banded)).collect()
}

fn table(groups: &[Group], test: &LogRank, sheet: &Sheet, limit: i64) -> Table {
    let mut head = ["", "watched", "ended", "expected"].map(str::to_owned).to_vec();
    for (_, mark) in &sheet.marks {
        head.extend([mark.clone(), "95 % band".to_owned()]);
    }
    head.push(format!("mean of {limit} days"));
    let row = |(group, tested): (&Group, &survival::Group)| {
        let mut row = vec![group.name.clone(), grouped(tested.watched), grouped(tested.ended), format!("{:.1}", tested.expected)];
        for (day, _) in &sheet.marks {
            let point = group.curve.at(*day);
            // Past its last day a group's curve says nothing.
            let is_known = *day <= group.longest;
            row.push(if is_known { percent(point.estimate) } else { "—".to_owned() });
            row.push(if is_known { band(point.low, point.high) } else { "—".to_owned() });
        }
        row.push(format!("{:.1}", group.curve.restricted_mean(limit).days));
        row
    };
    Table { head, rows: groups.iter().zip(&test.groups).map(row).collect() }
}

fn said(name: &str, test: &LogRank) -> String {
    let chance = if test.p < 0.0001 { "under 0.0001".to_owned() } else { format!("{:.4}", test.p) };
    format!("{name}: chi-square {:.4} with {} degrees, p {chance}", test.chi_square, test.degrees)
}
