//! How businesses end: the share of each kind by a day, where the kinds compete.

use super::report::{Piece, Sheet, at_risk, percent, quoted};
use crate::cli::plot::{Line, Plot, Shape, Table, grouped, heights};
use survival::{
    Incidence, aalen_johansen,
    read::spans::{State, Table as Spans},
};

/// The kinds that occur; nothing where fewer than two do, since then the curve of staying says it all.
pub fn piece(table: &Spans, sheet: &Sheet) -> Option<Piece> {
    let kinds: Vec<usize> = (0..table.kinds.len()).filter(|kind| table.count(State::Ended(*kind)) > 0).collect();
    if kinds.len() < 2 {
        return None;
    }
    let found = aalen_johansen(&table.endings(), table.kinds.len());
    let largest = kinds.iter().map(|kind| found.at(*kind, sheet.longest).high).fold(0.0, f64::max);
    Some(Piece {
        file: "ends".to_owned(),
        plot: Plot {
            title: "How they ended".to_owned(),
            measure: "Share that has ended in each way by then (Aalen–Johansen), with the 95 % band".to_owned(),
            shape: Shape::Steps,
            places: sheet.places(),
            heights: heights(largest.min(1.0), percent),
            lines: kinds.iter().map(|kind| line(*kind, &table.kinds[*kind], &found, sheet)).collect(),
            table: rows(table, &kinds, &found, sheet),
        },
        says: Vec::new(),
        curves: kinds.iter().map(|kind| curve(*kind, &table.kinds[*kind], &found)).collect(),
        tests: String::new(),
        groups: String::new(),
        means: String::new(),
    })
}

fn line(kind: usize, name: &str, found: &Incidence, sheet: &Sheet) -> Line {
    let last = found.at(kind, sheet.longest);
    let steps = found.points.iter().filter(|point| point.kinds[kind].ended > 0);
    let mut band = vec![(0.0, 0.0, 0.0)];
    band.extend(steps.clone().map(|point| (point.days as f64, point.kinds[kind].low, point.kinds[kind].high)));
    band.push((sheet.longest as f64, last.low, last.high));
    let mut points = vec![(0.0, 0.0)];
    points.extend(steps.map(|point| (point.days as f64, point.kinds[kind].estimate)));
    points.push((sheet.longest as f64, last.estimate));
    Line { name: name.to_owned(), points, bands: vec![band] }
}

fn rows(table: &Spans, kinds: &[usize], found: &Incidence, sheet: &Sheet) -> Table {
    let mut head = ["", "at risk", "last seen in business", "unreachable (censored)"].map(str::to_owned).to_vec();
    for kind in kinds {
        head.extend([table.kinds[*kind].clone(), "95 % band".to_owned()]);
    }
    let row = |(day, name): (i64, String)| {
        let until = sheet.census.until(day);
        let mut row = vec![name, grouped(at_risk(&table.spans, day)), grouped(until.staying), grouped(until.unreachable)];
        for kind in kinds {
            let share = found.at(*kind, day);
            row.extend([percent(share.estimate), super::report::band(share.low, share.high)]);
        }
        row
    };
    Table { head, rows: sheet.rows().into_iter().map(row).collect() }
}

fn curve(kind: usize, name: &str, found: &Incidence) -> String {
    let name = quoted(name);
    let steps = found.points.iter().filter(|point| point.kinds[kind].ended > 0);
    let row = |point: &survival::Shares| {
        let share = point.kinds[kind];
        let (days, at_risk) = (point.days, point.at_risk);
        format!(",,{name},{days},{at_risk},{},{},{},{},{}\n", share.ended, share.estimate, share.variance, share.low, share.high)
    };
    steps.map(row).collect()
}
