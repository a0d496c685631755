//! The product-limit estimate.

use serde::Serialize;

/// How long one was watched, in days, and whether the end was seen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Span {
    pub days: i64,
    pub ended: bool,
}

impl Span {
    /// The end came after so many days.
    pub fn ended(days: i64) -> Self {
        Self { days, ended: true }
    }

    /// Still there when last seen, after so many days.
    pub fn censored(days: i64) -> Self {
        Self { days, ended: false }
    }
}

/// The estimate at one time.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Point {
    pub days: i64,
    /// Watched just before.
    pub at_risk: u64,
    pub ended: u64,
    /// Share that is still there.
    pub estimate: f64,
    /// The band of 95 %.
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

impl Curve {
    /// The estimate on a day: the step that holds there.
    pub fn at(&self, days: i64) -> Point {
        let after = self.points.partition_point(|point| point.days <= days);
        match after.checked_sub(1) {
            Some(at) => self.points[at],
            None => Point { days: 0, at_risk: self.watched, ended: 0, estimate: 1.0, low: 1.0, high: 1.0 },
        }
    }
}

/// The estimate from these spans. Spans of the same day end before they are censored; negative days count as 0.
pub fn kaplan_meier(spans: &[Span]) -> Curve {
    let mut spans: Vec<Span> = spans.iter().map(|span| Span { days: span.days.max(0), ..*span }).collect();
    spans.sort_unstable();
    let mut at_risk = spans.len() as u64;
    let mut curve = Curve { points: Vec::new(), watched: at_risk };
    let (mut estimate, mut greenwood) = (1.0f64, 0.0f64);
    for same in spans.chunk_by(|one, other| one.days == other.days) {
        let ended = same.iter().filter(|span| span.ended).count() as u64;
        if ended > 0 {
            let (n, d) = (at_risk as f64, ended as f64);
            estimate *= (n - d) / n;
            greenwood += d / (n * (n - d));
            let (low, high) = band(estimate, greenwood);
            curve.points.push(Point { days: same[0].days, at_risk, ended, estimate, low, high });
        }
        at_risk -= same.len() as u64;
    }
    curve
}

/// The band of 95 % on the log-log scale; at 0 and 1 there is nothing to spread.
fn band(estimate: f64, greenwood: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if estimate <= 0.0 || estimate >= 1.0 {
        return (estimate.max(0.0), estimate.min(1.0));
    }
    let log = estimate.ln();
    let spread = Z * greenwood.sqrt() / log.abs();
    (estimate.powf(spread.exp()), estimate.powf((-spread).exp()))
}
