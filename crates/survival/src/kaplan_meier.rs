//! The product-limit estimate, its bands, its median and its restricted mean.

use crate::{Span, band, risk};
use serde::Serialize;

/// The estimate at one time.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Point {
    pub days: i64,
    /// Watched just before.
    pub at_risk: u64,
    pub ended: u64,
    /// Share that is still there.
    pub estimate: f64,
    /// Greenwood's variance of the estimate.
    pub variance: f64,
    /// The band, of 95 % unless another level was asked for.
    pub low: f64,
    pub high: f64,
}

/// A step function from day 0 on.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Curve {
    /// One point for each day on which somebody ended, in order.
    pub points: Vec<Point>,
    pub watched: u64,
}

/// The mean of the days up to a limit, as far as the limit counts.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct RestrictedMean {
    pub days: f64,
    pub variance: f64,
    /// A band of 95 %, by the normal distribution, within what a mean can be.
    pub low: f64,
    pub high: f64,
}

impl Curve {
    /// The estimate on a day: the step that holds there.
    pub fn at(&self, days: i64) -> Point {
        let after = self.points.partition_point(|point| point.days <= days);
        match after.checked_sub(1) {
            Some(at) => self.points[at],
            None => Point { days: 0, at_risk: self.watched, ended: 0, estimate: 1.0, variance: 0.0, low: 1.0, high: 1.0 },
        }
    }

    /// The first day on which no more than half are still there, if it came to that.
    pub fn median(&self) -> Option<i64> {
        self.points.iter().find(|point| point.estimate <= 0.5).map(|point| point.days)
    }

    /// The area under the curve up to a day (Irwin 1949), with the variance that Greenwood's formula gives it.
    pub fn restricted_mean(&self, limit: i64) -> RestrictedMean {
        let (mut days, mut variance, mut until) = (0.0, 0.0, limit.max(0));
        let seen = self.points.partition_point(|point| point.days <= limit);
        for point in self.points[..seen].iter().rev() {
            // What lies after this step, and how much this step's own chance moves it.
            days += point.estimate * (until - point.days) as f64;
            let (n, d) = (point.at_risk as f64, point.ended as f64);
            if n > d {
                variance += days * days * d / (n * (n - d));
            }
            until = point.days;
        }
        let days = days + until as f64;
        let spread = band::z(0.95) * variance.sqrt();
        RestrictedMean { days, variance, low: (days - spread).max(0.0), high: (days + spread).min(limit as f64) }
    }
}

/// The estimate from these spans, with bands of 95 %. Ends of a day come before censoring on that day; negative days
/// count as 0.
pub fn kaplan_meier(spans: &[Span]) -> Curve {
    kaplan_meier_at(spans, 0.95)
}

/// The estimate with bands of another level, between 0 and 1.
pub fn kaplan_meier_at(spans: &[Span], level: f64) -> Curve {
    let z = band::z(level);
    let mut curve = Curve { points: Vec::new(), watched: spans.len() as u64 };
    let (mut estimate, mut greenwood) = (1.0f64, 0.0f64);
    for day in risk::days(spans) {
        let (n, d) = (day.at_risk as f64, day.ended as f64);
        estimate *= (n - d) / n;
        if n > d {
            greenwood += d / (n * (n - d));
        }
        let variance = estimate * estimate * greenwood;
        let (low, high) = band::log_log(estimate, variance, z);
        curve.points.push(Point { days: day.day, at_risk: day.at_risk, ended: day.ended, estimate, variance, low, high });
    }
    curve
}
