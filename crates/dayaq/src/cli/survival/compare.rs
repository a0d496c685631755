//! A grouping: one curve for each value, and whether chance alone could part them so far.

use super::{
    census::Counts,
    mean::{self, is_followed, mean},
    report::{self, Piece, Sheet, band, percent, quoted, rows, shares},
};
use crate::cli::plot::{Line, Plot, Shape, Table, grouped};
use survival::{Curve, LogRank, Member, RestrictedMean, Span, kaplan_meier, log_rank, read::spans::Column};

/// The most lines that a plot can carry; its table has all.
const LINES: usize = 8;

/// The groups of a column beside each other, within strata where a column of strata is given. The file is a name for
/// the column's.
pub fn piece(column: &Column, file: &str, strata: Option<&Column>, sheet: &Sheet) -> Piece {
    let groups = Group::all(column, sheet);
    let plain = log_rank(&members(column, None, sheet.spans));
    let stratified = strata.map(|strata| (strata.name.as_str(), log_rank(&members(column, Some(strata), sheet.spans))));
    let test = |strata: &str, test: &LogRank| {
        format!("{},{},{},{},{}\n", quoted(&column.name), quoted(strata), test.chi_square, test.degrees, test.p)
    };
    let mut tests = test("", &plain);
    tests.extend(stratified.iter().map(|(name, found)| test(name, found)));
    let (name, census) = (&column.name, &sheet.census);
    Piece {
        file: format!("by-{file}"),
        plot: Plot {
            title: format!("Still in business, by {name}"),
            measure: "Share of those who began (Kaplan–Meier)".to_owned(),
            shape: Shape::Steps,
            places: sheet.places(),
            heights: shares(),
            lines: lines(&groups),
            table: table(&groups, &plain, sheet),
        },
        says: says(&groups, &plain, stratified.as_ref(), sheet.limit),
        curves: groups.iter().map(|group| rows(name, &group.name, &group.curve)).collect(),
        tests,
        groups: groups.iter().map(|group| census.line_of_file(name, &group.name, &group.counts)).collect(),
        means: groups.iter().map(|group| mean::line(name, &group.name, sheet.limit, group.mean.as_ref())).collect(),
    }
}

struct Group {
    name: String,
    counts: Counts,
    /// The last day on which one of them was watched.
    longest: i64,
    curve: Curve,
    /// Up to the sheet's limit, the same for all groups.
    mean: Option<RestrictedMean>,
}

impl Group {
    fn all(column: &Column, sheet: &Sheet) -> Vec<Self> {
        let mut members = vec![Vec::new(); column.values.len()];
        for (row, code) in column.codes.iter().enumerate() {
            members[*code as usize].push(row);
        }
        column.values.iter().zip(&members).map(|(value, rows)| Self::new(value, rows, sheet)).collect()
    }

    fn new(value: &str, rows: &[usize], sheet: &Sheet) -> Self {
        let own: Vec<Span> = rows.iter().map(|row| sheet.spans[*row]).collect();
        let longest = own.iter().map(|span| span.days).max().unwrap_or_default();
        let curve = kaplan_meier(&own);
        Self {
            name: if value.is_empty() { "not told".to_owned() } else { value.to_owned() },
            counts: sheet.census.count(rows.iter().copied()),
            longest,
            mean: mean(&curve, longest, sheet.limit),
            curve,
        }
    }

    /// The share on a day and its band; nothing is known of days to which the curve cannot be followed.
    fn share(&self, day: i64) -> [String; 2] {
        if !is_followed(&self.curve, self.longest, day) {
            return unknown();
        }
        let point = self.curve.at(day);
        [percent(point.estimate), band(point.low, point.high)]
    }
}

fn unknown() -> [String; 2] {
    ["—", "—"].map(str::to_owned)
}

fn members(column: &Column, strata: Option<&Column>, spans: &[Span]) -> Vec<Member> {
    let stratum = |at: usize| strata.map_or(0, |strata| strata.codes[at]);
    let member = |(at, span): (usize, &Span)| Member { stratum: stratum(at), span: *span, group: column.codes[at] };
    spans.iter().enumerate().map(member).collect()
}

/// The largest groups as lines.
fn lines(groups: &[Group]) -> Vec<Line> {
    let mut largest: Vec<&Group> = groups.iter().collect();
    largest.sort_by_key(|group| std::cmp::Reverse(group.counts.watched));
    let is_banded = groups.len() <= 3;
    let line = |group: &&Group| report::line(&group.name, &group.curve, group.longest, is_banded);
    largest.iter().take(LINES).map(line).collect()
}

fn table(groups: &[Group], test: &LogRank, sheet: &Sheet) -> Table {
    let mut head = vec![String::new(), "watched".to_owned()];
    head.extend(sheet.census.heads());
    head.push("expected".to_owned());
    for (_, mark) in &sheet.marks {
        head.extend([mark.clone(), "95 % band".to_owned()]);
    }
    head.extend(["last day", "then", "95 % band"].map(str::to_owned));
    head.extend([format!("mean of {} days", sheet.limit), "95 % band".to_owned()]);
    let row = |(group, tested): (&Group, &survival::Group)| {
        let mut row = vec![group.name.clone(), grouped(tested.watched)];
        row.extend(sheet.census.cells(&group.counts));
        row.push(format!("{:.1}", tested.expected));
        row.extend(sheet.marks.iter().flat_map(|(day, _)| group.share(*day)));
        row.push(group.longest.to_string());
        row.extend(group.share(group.longest));
        let mean = group.mean.as_ref();
        row.extend(mean.map_or_else(unknown, |mean| [format!("{:.1}", mean.days), format!("{:.1}–{:.1}", mean.low, mean.high)]));
        row
    };
    Table { head, rows: groups.iter().zip(&test.groups).map(row).collect() }
}

fn says(groups: &[Group], plain: &LogRank, stratified: Option<&(&str, LogRank)>, limit: i64) -> Vec<String> {
    let mut says = vec![said("log-rank", plain)];
    says.extend(stratified.iter().map(|(name, test)| said(&format!("log-rank within {name}"), test)));
    let unknown = groups.iter().filter(|group| group.mean.is_none()).count();
    if unknown > 0 {
        says.push(format!(
            "no mean of {limit} days for {unknown} of {} groups: nobody of them was watched so long",
            groups.len()
        ));
    }
    says
}

fn said(name: &str, test: &LogRank) -> String {
    let chance = if test.p < 0.0001 { "under 0.0001".to_owned() } else { format!("{:.4}", test.p) };
    format!("{name}: chi-square {:.4} with {} degrees, p {chance}", test.chi_square, test.degrees)
}
