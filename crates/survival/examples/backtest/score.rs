//! Re-forecasts from every quarter of a made-up programme, beside what came.

use crate::{
    histories::{Made, STAGES},
    rivals,
};
use chrono::{Days, NaiveDate};
use survival::forecast::{Bands, Options, Outlook};

/// How far ahead.
pub const HORIZONS: [&str; 3] = ["a quarter ahead", "a year ahead", "to the end"];

/// What each way of foretelling said of one stage from one day.
pub struct Said {
    pub horizon: usize,
    pub stage: usize,
    /// Ours, a straight line, Holt: seven quantiles each, as shares of the stage's count at the end.
    pub quantiles: [[f64; 7]; 3],
    pub came: f64,
}

impl Said {
    pub fn is_within_80(&self, who: usize) -> bool {
        let q = &self.quantiles[who];
        // A person more or less is no miss.
        (q[1] - 1e-9..=q[5] + 1e-9).contains(&self.came)
    }

    pub fn loss(&self, who: usize) -> f64 {
        rivals::pinball(&self.quantiles[who], self.came)
    }
}

/// All that is said of one programme, from every quarter of its life.
pub fn score(made: &Made, days: &[Vec<NaiveDate>], futures: usize) -> Vec<Said> {
    let mut said = Vec::new();
    let mut as_of = made.begun + Days::new(91);
    while as_of + Days::new(80) < made.ended {
        said.extend(from(made, days, as_of, futures));
        as_of = as_of + Days::new(91);
    }
    said
}

/// All that is said of one programme from one day.
pub fn from(made: &Made, days: &[Vec<NaiveDate>], as_of: NaiveDate, futures: usize) -> Vec<Said> {
    let mut said = Vec::new();
    let count = |stage: usize, day: NaiveDate| days[stage].partition_point(|found| *found <= day) as f64;
    let outlook = Outlook::learn(&made.events, as_of, made.ended, &Options { futures, ..Options::default() });
    let forecast = outlook.expect("something is known").forecast();
    for (stage, found) in forecast.stages.iter().enumerate() {
        let at_the_end = days[stage].len() as f64;
        if at_the_end < 20.0 {
            continue;
        }
        let steps: Vec<f64> = found.past.iter().skip(usize::from(found.past.len() > 2)).map(|(_, entered)| *entered).collect();
        let last = found.ahead.len();
        for (horizon, ahead) in [3, 12, last].into_iter().enumerate() {
            if ahead > last || (horizon < 2 && ahead == last) {
                continue;
            }
            let ours = found.ahead[ahead - 1];
            let now = count(stage, as_of);
            let others = [rivals::straight_line, rivals::holt].map(|rival| rival(&steps, now, ahead as f64));
            let quantiles = [quantiles(&ours), others[0], others[1]].map(|q| q.map(|value| value / at_the_end));
            said.push(Said { horizon, stage, quantiles, came: count(stage, ours.on) / at_the_end });
        }
    }
    said
}

fn quantiles(bands: &Bands) -> [f64; 7] {
    // People are whole: half a person is rounded away from the middle.
    let b = bands;
    [b.low_95.floor(), b.low_80.floor(), b.low_50.floor(), b.median.round(), b.high_50.ceil(), b.high_80.ceil(), b.high_95.ceil()]
}

/// The days on which each stage was reached.
pub fn days(made: &Made) -> Vec<Vec<NaiveDate>> {
    (0..STAGES.len()).map(|stage| made.events.reached(stage)).collect()
}
