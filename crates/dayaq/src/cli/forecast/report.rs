//! What is said of a forecast: tables for the terminal, a plot for each stage, the numbers as CSV.

use crate::cli::{
    plot::{Line, Plot, Shape, Table, grouped, heights},
    survival::report::quoted,
};
use chrono::{Datelike, NaiveDate};
use std::fmt::Write;
use survival::{
    forecast::{Bands, Forecast, Lever, Move, StageForecast},
    read::events::Events,
};

/// All tables for the terminal.
pub fn text(events: &Events, forecast: &Forecast, levers: &[Lever]) -> String {
    let mut text = format!("{} cases", grouped(u64::from(forecast.cases)));
    if events.beside > 0 {
        let _ =
            write!(text, "; {} events that are neither a stage nor a way of leaving were passed over", grouped(events.beside));
    }
    let _ = write!(text, "\n\nWhere the programme stands on {}\n\n{}", forecast.as_of, standing(forecast).in_text());
    let _ = write!(text, "\nWhere it will stand on {}\n\n{}", forecast.until, ending(forecast).in_text());
    if let Some(last) = forecast.stages.last() {
        let _ = write!(text, "\nWhat moves {} most by then, each change alone\n\n", last.name);
        text.push_str(&moves(forecast, levers).in_text());
    }
    text.push('\n');
    text
}

fn words<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_owned).to_vec()
}

fn standing(forecast: &Forecast) -> Table {
    let row = |stage: &StageForecast| {
        let mut row = vec![stage.name.clone(), grouped(stage.reached)];
        match stage.onward {
            Some(onward) => row.extend([
                grouped(stage.waiting),
                format!("{:.0} %", onward.goes_on * 100.0),
                format!("{:.0} %", onward.leaves * 100.0),
                onward.median_days.map_or_else(|| "—".to_owned(), |days| format!("{days} days")),
                format!("{:.0}", onward.a_month),
                format!("{:.0} %", onward.at_capacity * 100.0),
            ]),
            None => row.extend(std::iter::repeat_n("—".to_owned(), 6)),
        }
        row
    };
    let head = words(["", "reached", "waiting", "goes on", "leaves", "half within", "on in a month", "held by capacity"]);
    Table { head, rows: forecast.stages.iter().map(row).collect() }
}

fn ending(forecast: &Forecast) -> Table {
    let row = |stage: &StageForecast| {
        let mut row = vec![stage.name.clone(), grouped(stage.reached)];
        row.extend(bands(&stage.end()));
        row
    };
    Table { head: words(["", "now", "median", "50 %", "80 %", "95 %"]), rows: forecast.stages.iter().map(row).collect() }
}

/// The median and the three bands in whole people.
fn bands(bands: &Bands) -> [String; 4] {
    let whole = |count: f64| grouped(count.round() as u64);
    let between = |low: f64, high: f64| format!("{}–{}", whole(low), whole(high));
    [
        whole(bands.median),
        between(bands.low_50, bands.high_50),
        between(bands.low_80, bands.high_80),
        between(bands.low_95, bands.high_95),
    ]
}

fn moves(forecast: &Forecast, levers: &[Lever]) -> Table {
    let signed = |people: f64| {
        let sign = if people >= 0.5 {
            "+"
        } else if people <= -0.5 {
            "−"
        } else {
            ""
        };
        format!("{sign}{}", grouped(people.abs().round() as u64))
    };
    let row = |lever: &Lever| {
        vec![named(forecast, lever.change), signed(lever.more), format!("{} to {}", signed(lever.low_80), signed(lever.high_80))]
    };
    Table { head: words(["", "people", "80 %"]), rows: levers.iter().map(row).collect() }
}

/// A change in the words of the stage that it is about.
fn named(forecast: &Forecast, change: Move) -> String {
    let name = |at: usize| forecast.stages.get(at).map_or("", |stage| stage.name.as_str());
    match change {
        Move::MoreArrive => format!("20 % more newly {}", name(0)),
        Move::MoreGoOn(at) => match name(at + 1) {
            "selected" => "20 % more selected in a month".to_owned(),
            "trained" => "20 % more training places".to_owned(),
            "approved" => "20 % more plans approved in a month".to_owned(),
            "equipped" => "20 % faster delivery".to_owned(),
            next => format!("20 % more going on to {next} in a month"),
        },
        Move::FewerLeave(at) => match name(at + 1) {
            "selected" => "20 % fewer giving up before selection".to_owned(),
            "trained" => "20 % fewer dropping out before or in training".to_owned(),
            "approved" => "20 % fewer refusals".to_owned(),
            "equipped" => "20 % fewer lost before delivery".to_owned(),
            next => format!("20 % fewer leaving before {next}"),
        },
    }
}

/// A stage's past and its fan.
pub fn plot(forecast: &Forecast, stage: &StageForecast) -> Plot {
    let place = |day: NaiveDate| (day - forecast.as_of).num_days() as f64;
    let now = stage.reached as f64;
    let mut count = now - stage.past.iter().map(|(_, entered)| entered).sum::<f64>();
    let first = stage.past.first().map_or(0.0, |(day, _)| place(*day) - 30.0);
    let mut past = vec![(first, count)];
    past.extend(stage.past.iter().map(|(day, entered)| {
        count += entered;
        (place(*day), count)
    }));
    let fan = |low: fn(&Bands) -> f64, high: fn(&Bands) -> f64| {
        let ahead = stage.ahead.iter().map(|bands| (place(bands.on), low(bands), high(bands)));
        std::iter::once((0.0, now, now)).chain(ahead).collect::<Vec<_>>()
    };
    let fans = vec![fan(|b| b.low_95, |b| b.high_95), fan(|b| b.low_80, |b| b.high_80), fan(|b| b.low_50, |b| b.high_50)];
    let ahead = std::iter::once((0.0, now)).chain(stage.ahead.iter().map(|bands| (place(bands.on), bands.median))).collect();
    let end = stage.end();
    Plot {
        title: format!("People {}, known on {} and foretold to {}", stage.name, forecast.as_of, forecast.until),
        measure: "People in all, with the median and the bands of 50, 80 and 95 %".to_owned(),
        shape: Shape::Straight,
        places: places(forecast, first),
        heights: heights(end.high_95.max(now).max(1.0), |height| grouped(height.round() as u64)),
        lines: vec![
            Line { name: "known".to_owned(), points: past, bands: Vec::new() },
            Line { name: "foretold".to_owned(), points: ahead, bands: fans },
        ],
        table: fan_table(stage),
    }
}

/// The beginnings of years, the day of knowing and the day asked for.
fn places(forecast: &Forecast, first: f64) -> Vec<(f64, String)> {
    let last = (forecast.until - forecast.as_of).num_days() as f64;
    let mut places = vec![(first, String::new()), (0.0, forecast.as_of.to_string()), (last, forecast.until.to_string())];
    // A name needs about a tenth of the width.
    let room = (last - first) / 9.0;
    for year in forecast.as_of.year() - 20..=forecast.until.year() {
        let Some(day) = NaiveDate::from_ymd_opt(year, 1, 1) else { continue };
        let place = (day - forecast.as_of).num_days() as f64;
        if place >= first && place < last && places.iter().all(|(other, name)| name.is_empty() || (other - place).abs() > room) {
            places.push((place, year.to_string()));
        }
    }
    places
}

/// Every third step, back from the last.
fn fan_table(stage: &StageForecast) -> Table {
    let steps = stage.ahead.len();
    let shown = stage.ahead.iter().enumerate().filter(|(at, _)| steps <= 8 || (steps - 1 - at).is_multiple_of(3));
    let row = |(_, found): (usize, &Bands)| std::iter::once(found.on.to_string()).chain(bands(found)).collect();
    Table { head: words(["", "median", "50 %", "80 %", "95 %"]), rows: shown.map(row).collect() }
}

/// Every band of every step, as `forecast.csv`.
pub fn numbers(forecast: &Forecast) -> String {
    let mut text = String::from("stage,on,low_95,low_80,low_50,median,high_50,high_80,high_95\n");
    for stage in &forecast.stages {
        for b in &stage.ahead {
            let counts = [b.low_95, b.low_80, b.low_50, b.median, b.high_50, b.high_80, b.high_95];
            let counts = counts.map(|count| format!("{count:.1}")).join(",");
            let _ = writeln!(text, "{},{},{counts}", quoted(&stage.name), b.on);
        }
    }
    text
}

/// What each change does, as `levers.csv`.
pub fn lever_numbers(forecast: &Forecast, levers: &[Lever]) -> String {
    let mut text = String::from("change,more,low_80,high_80\n");
    for lever in levers {
        let name = quoted(&named(forecast, lever.change));
        let _ = writeln!(text, "{name},{:.1},{:.1},{:.1}", lever.more, lever.low_80, lever.high_80);
    }
    text
}
