//! Ends of several kinds, which compete: the share that has ended in each way by a day.

use crate::{Span, band, risk};
use serde::Serialize;

/// One who is watched, and the kind of the end where one was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ending {
    pub span: Span,
    /// Which of the kinds, from 0; of no meaning while the span has not ended.
    pub kind: usize,
}

/// The share that has ended in one way by a day.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct Share {
    /// Ended in this way on this day.
    pub ended: u64,
    pub estimate: f64,
    pub variance: f64,
    /// The band on the log-log scale.
    pub low: f64,
    pub high: f64,
}

/// All kinds on one day.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Shares {
    pub days: i64,
    pub at_risk: u64,
    /// Still there after this day: with the shares it makes one.
    pub staying: f64,
    /// One for each kind.
    pub kinds: Vec<Share>,
}

/// A step function for each kind, from day 0 on.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Incidence {
    /// One for each day on which somebody ended in any way, in order.
    pub points: Vec<Shares>,
}

impl Incidence {
    /// The share of one kind on a day: the step that holds there.
    pub fn at(&self, kind: usize, days: i64) -> Share {
        let after = self.points.partition_point(|point| point.days <= days);
        let point = after.checked_sub(1).map(|at| &self.points[at]);
        point.and_then(|point| point.kinds.get(kind)).copied().unwrap_or_default()
    }
}

/// The estimate of Aalen and Johansen (1978) for kinds 0 to `kinds` − 1, with the variance by the delta method
/// (Collett 2015, as in lifelines and SAS) and bands of 95 %. Ends of one day count together, however many kinds.
pub fn aalen_johansen(endings: &[Ending], kinds: usize) -> Incidence {
    let spans: Vec<Span> = endings.iter().map(|ending| ending.span).collect();
    let mut ends: Vec<(i64, usize)> =
        endings.iter().filter(|ending| ending.span.ended).map(|e| (e.span.days.max(0), e.kind)).collect();
    ends.sort_unstable();
    let mut ends = ends.into_iter().peekable();
    let mut sums = vec![Sums::default(); kinds];
    let mut staying = 1.0;
    let mut incidence = Incidence::default();
    for day in risk::days(&spans) {
        let mut counts = vec![0u64; kinds];
        // Ends of days that told nothing (see `risk::days`) are passed over.
        while let Some((on, kind)) = ends.next_if(|(on, _)| *on <= day.day) {
            if on == day.day && kind < kinds {
                counts[kind] += 1;
            }
        }
        let shares = sums.iter_mut().zip(&counts).map(|(sums, count)| sums.step(&day, *count, staying)).collect();
        staying *= (day.at_risk - day.ended) as f64 / day.at_risk as f64;
        incidence.points.push(Shares { days: day.day, at_risk: day.at_risk, staying, kinds: shares });
    }
    incidence
}

/// What one kind's estimate and variance are summed from.
#[derive(Clone, Copy, Default)]
struct Sums {
    estimate: f64,
    /// Σ c, Σ cF and Σ cF² with Greenwood's c, from which Σ c (F(t) − F)² follows at any t.
    greenwood: [f64; 3],
    own: f64,
    /// Σ b and Σ bF of the mixed term.
    mixed: [f64; 2],
}

impl Sums {
    fn step(&mut self, day: &risk::Day, count: u64, staying: f64) -> Share {
        let (n, d, own) = (day.at_risk as f64, day.ended as f64, count as f64);
        self.estimate += staying * own / n;
        let share = self.estimate;
        if n > d {
            let c = d / (n * (n - d));
            self.greenwood[0] += c;
            self.greenwood[1] += c * share;
            self.greenwood[2] += c * share * share;
        }
        self.own += staying * staying * own * (n - own) / (n * n * n);
        let b = staying * own / (n * n);
        self.mixed[0] += b;
        self.mixed[1] += b * share;
        let [zero, one, two] = self.greenwood;
        let greenwood = share * share * zero - 2.0 * share * one + two;
        let variance = (greenwood + self.own - 2.0 * (share * self.mixed[0] - self.mixed[1])).max(0.0);
        let (low, high) = band::log_log(share, variance, band::z(0.95));
        Share { ended: count, estimate: share, variance, low, high }
    }
}
