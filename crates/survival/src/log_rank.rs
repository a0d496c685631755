//! Whether groups stay equally long: the log-rank test, also within strata.

use crate::{Span, risk, special};
use serde::Serialize;

/// One who is watched, with the group to compare and the stratum to compare within.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Member {
    pub stratum: u32,
    pub span: Span,
    pub group: u32,
}

/// What the test says.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LogRank {
    pub chi_square: f64,
    pub degrees: u32,
    /// How often chance alone would part the groups at least so far.
    pub p: f64,
    /// Each group that has members, in order.
    pub groups: Vec<Group>,
}

/// A group's ends, beside what it would have had if all groups ended alike.
#[derive(Clone, Copy, PartialEq, Debug, Serialize)]
pub struct Group {
    pub group: u32,
    pub watched: u64,
    pub ended: u64,
    pub expected: f64,
}

/// The test over all members: the log-rank of Mantel and Cox with the hypergeometric variance, summed over strata.
/// One stratum gives the plain test. Fewer than two groups give no degrees and a p of 1.
pub fn log_rank(members: &[Member]) -> LogRank {
    let mut codes: Vec<u32> = members.iter().map(|member| member.group).collect();
    codes.sort_unstable();
    codes.dedup();
    let mut sums = Sums::new(codes.len());
    let place = |group: u32| codes.binary_search(&group).unwrap_or_default();
    let mut sorted: Vec<Member> = members.iter().map(|member| Member { span: member.span.settled(), ..*member }).collect();
    sorted.sort_unstable();
    let first = sorted.iter().map(|member| member.span.entry).min().unwrap_or_default();
    for stratum in sorted.chunk_by(|one, other| one.stratum == other.stratum) {
        sums.add_stratum(stratum, first, &place);
    }
    let (chi_square, degrees) = sums.chi_square();
    let p = special::chi_square_above(chi_square, degrees);
    let groups = codes.iter().enumerate();
    let groups = groups.map(|(at, group)| Group {
        group: *group,
        watched: sums.watched[at],
        ended: sums.ended[at],
        expected: sums.expected[at],
    });
    LogRank { chi_square, degrees, p, groups: groups.collect() }
}

struct Sums {
    watched: Vec<u64>,
    ended: Vec<u64>,
    expected: Vec<f64>,
    /// The covariance of ends minus expected ends, one row after the other.
    covariance: Vec<f64>,
}

impl Sums {
    fn new(groups: usize) -> Self {
        Self {
            watched: vec![0; groups],
            ended: vec![0; groups],
            expected: vec![0.0; groups],
            covariance: vec![0.0; groups * groups],
        }
    }

    /// Members of one stratum in the order of their days.
    fn add_stratum(&mut self, members: &[Member], first: i64, place: &impl Fn(u32) -> usize) {
        let mut entries: Vec<(i64, usize)> = members.iter().map(|member| (member.span.entry, place(member.group))).collect();
        entries.sort_unstable();
        let mut entries = entries.into_iter().peekable();
        let mut at_risk = vec![0i64; self.watched.len()];
        for same in members.chunk_by(|one, other| one.span.days == other.span.days) {
            let day = same[0].span.days;
            while let Some((_, group)) = entries.next_if(|(entry, _)| risk::is_at_risk(*entry, day, first)) {
                at_risk[group] += 1;
            }
            let ended = same.iter().filter(|member| member.span.ended).count();
            if ended > 0 {
                self.add_day(&at_risk, ended as f64);
            }
            for member in same {
                let group = place(member.group);
                self.watched[group] += 1;
                self.ended[group] += u64::from(member.span.ended);
                at_risk[group] -= 1;
            }
        }
    }

    fn add_day(&mut self, at_risk: &[i64], ended: f64) {
        let groups = at_risk.len();
        let all = at_risk.iter().sum::<i64>() as f64;
        if all < 1.0 {
            return;
        }
        for (expected, n) in self.expected.iter_mut().zip(at_risk) {
            *expected += ended * *n as f64 / all;
        }
        if all < 2.0 {
            return;
        }
        let factor = ended * (all - ended) / (all - 1.0);
        for (one, n) in at_risk.iter().enumerate().filter(|(_, n)| **n > 0) {
            let share = *n as f64 / all;
            for (other, m) in at_risk.iter().enumerate() {
                let same = if one == other { 1.0 } else { 0.0 };
                self.covariance[one * groups + other] += factor * share * (same - *m as f64 / all);
            }
        }
    }

    /// (O − E)ᵀ V⁻¹ (O − E) and the rank of V, by elimination; a group that was never at risk beside another says
    /// nothing and costs no degree.
    fn chi_square(&self) -> (f64, u32) {
        let groups = self.watched.len();
        let mut v = self.covariance.clone();
        let mut z: Vec<f64> = self.ended.iter().zip(&self.expected).map(|(ended, expected)| *ended as f64 - expected).collect();
        let scale = (0..groups).map(|at| v[at * groups + at]).fold(0.0, f64::max);
        let (mut chi_square, mut degrees) = (0.0, 0);
        let mut left: Vec<usize> = (0..groups).collect();
        while let Some(nth) = (0..left.len()).max_by(|a, b| {
            let at = |nth: &usize| v[left[*nth] * groups + left[*nth]];
            at(a).total_cmp(&at(b))
        }) {
            let pivot = left.swap_remove(nth);
            let size = v[pivot * groups + pivot];
            if size <= scale * 1e-12 || size <= 0.0 {
                break;
            }
            chi_square += z[pivot] * z[pivot] / size;
            degrees += 1;
            for &row in &left {
                let times = v[row * groups + pivot] / size;
                z[row] -= times * z[pivot];
                for &column in &left {
                    v[row * groups + column] -= times * v[pivot * groups + column];
                }
            }
        }
        (chi_square, degrees)
    }
}
