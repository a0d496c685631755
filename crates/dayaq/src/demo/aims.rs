//! How far the programme should have come on each day: the shape's cumulative points spread over working days.

use super::calendar::WorkingDays;
use super::day::Day;
use super::draw::Draw;
use super::setting::Setting;
use super::shape::{self, Point};
use chrono::Datelike;

/// Cumulative aims for every day from the opening to the last point, at full size.
#[derive(Clone, Debug)]
pub struct Aims {
    pub applications: Curve,
    pub selected: Curve,
    pub trained: Curve,
    pub equipped: Curve,
}

/// A cumulative curve by calendar day.
#[derive(Clone, Debug)]
pub struct Curve {
    first: Day,
    values: Vec<f64>,
}

/// Within the two per cent that the points allow, selection runs ahead and training behind: the public figures leave
/// fewer people between the two than refusals and drop-outs take. The early lists come out large by themselves.
const SELECTED_AHEAD: f64 = 1.006;
const SELECTED_EARLY: [(Day, f64); 2] = [(Day::of(2020, 12, 31), 0.915), (Day::of(2021, 12, 31), 0.982)];
const TRAINED_BEHIND: f64 = 0.990;

fn selected(point: &Point) -> f64 {
    let early = SELECTED_EARLY.iter().find(|(day, _)| *day == point.day);
    point.selected * early.map_or(SELECTED_AHEAD, |(_, factor)| *factor)
}

/// Orders are placed weekly, so receipts trail their aim by some days; in the season the window is narrow.
fn equipped(point: &Point) -> f64 {
    if point.day == shape::SEASON { point.equipped * 1.012 } else { point.equipped }
}

fn trained(point: &Point) -> f64 {
    if point.day == shape::SEASON { point.trained } else { point.trained * TRAINED_BEHIND }
}

impl Aims {
    /// The aims of a seed: the days' chance differs, the points do not.
    pub fn new(setting: &Setting, seed: u64) -> Self {
        let days = &setting.days;
        let applying = |day: Day| if setting.call_on(day).is_some() { applying(day) } else { 0.0 };
        let curve = |purpose: u64, value: &dyn Fn(&Point) -> f64, intensity: &dyn Fn(Day) -> f64| {
            Curve::new(days, Draw::new(seed, purpose, 0), value, intensity)
        };
        Self {
            applications: curve(0xA1, &|p| p.applications, &applying),
            selected: curve(0xA2, &selected, &working),
            trained: curve(0xA3, &trained, &working),
            equipped: curve(0xA4, &equipped, &working),
        }
    }
}

/// People apply with the seasons, and hardly at all during the war.
fn applying(day: Day) -> f64 {
    let month = shape::MONTH_INTENSITY[day.date().month0() as usize];
    if day >= shape::WAR.0 && day <= shape::WAR.1 { month * shape::WAR_INTENSITY } else { month }
}

/// Offices work more evenly than people apply, though less in August.
fn working(day: Day) -> f64 {
    shape::MONTH_INTENSITY[day.date().month0() as usize].sqrt()
}

impl Curve {
    fn new(days: &WorkingDays, mut draw: Draw, value: &dyn Fn(&Point) -> f64, intensity: &dyn Fn(Day) -> f64) -> Self {
        let first = shape::POINTS[0].day;
        let mut values = vec![0.0];
        for pair in shape::POINTS.windows(2) {
            let (from, to) = (&pair[0], &pair[1]);
            let span = from.day.0 + 1..=to.day.0;
            let weights: Vec<f64> = span
                .map(|day| if days.is_open(Day(day)) { intensity(Day(day)) * (0.75 + 0.5 * draw.unit()) } else { 0.0 })
                .collect();
            let rise = (value(to) - value(from)) / weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
            let mut reached = value(from);
            for weight in weights {
                reached += rise * weight;
                values.push(reached);
            }
        }
        Self { first, values }
    }

    /// The aim at the end of a day.
    pub fn at(&self, day: Day) -> f64 {
        let last = self.values.len() as i32 - 1;
        self.values[day.since(self.first).clamp(0, last) as usize]
    }
}
