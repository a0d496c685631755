//! The restricted master of Dantzig and Wolfe (1960): the best mixture of the flows found so far that keeps the rows,
//! and with it the multipliers at which the next flow is to be looked for. A dense revised simplex; there are few rows.

const TINY: f64 = 1e-10;
const MOST_PIVOTS: usize = 2_000;

/// The mixture. Column 0 is nobody placed, which keeps every row.
pub(crate) struct Master {
    right: Vec<f64>,
    value: Vec<f64>,
    used: Vec<Vec<f64>>,
    /// What is basic in each line: a column, or after the columns the slack of a row.
    basis: Vec<Basic>,
    inverse: Vec<Vec<f64>>,
    level: Vec<f64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basic {
    Column(usize),
    Slack(usize),
}

impl Master {
    pub fn new(right: Vec<f64>) -> Self {
        let rows = right.len();
        let mut basis: Vec<Basic> = (0..rows).map(Basic::Slack).collect();
        basis.push(Basic::Column(0));
        let inverse = (0..=rows).map(|i| (0..=rows).map(|j| f64::from(u8::from(i == j))).collect()).collect();
        let mut level = right.clone();
        level.push(1.0);
        Self { value: vec![0.0], used: vec![vec![0.0; rows]], right, basis, inverse, level }
    }

    pub fn add(&mut self, value: f64, used: Vec<f64>) {
        self.value.push(value);
        self.used.push(used);
    }

    /// The best mixture's value and its multipliers, which are zero or more.
    pub fn solve(&mut self) -> (f64, Vec<f64>) {
        for pivot in 0..MOST_PIVOTS {
            let duals = self.duals();
            // After many pivots without end the lowest number is taken, which cannot cycle (Bland 1977).
            let Some(entering) = self.entering(&duals, pivot > MOST_PIVOTS / 2) else { break };
            let step = self.direction(entering);
            let Some(leaving) = self.leaving(&step) else { break };
            self.pivot(entering, leaving, &step);
        }
        let mut duals = self.duals();
        let rows = self.right.len();
        let value = self.basis.iter().zip(&self.level).map(|(&basic, level)| self.worth(basic) * level).sum();
        duals.truncate(rows);
        duals.iter_mut().for_each(|dual| *dual = dual.max(0.0));
        (value, duals)
    }

    /// The columns of the mixture with their parts.
    pub fn mixture(&self) -> Vec<(usize, f64)> {
        let parts = self.basis.iter().zip(&self.level);
        parts.filter_map(|(&basic, &level)| if let Basic::Column(c) = basic { Some((c, level)) } else { None }).collect()
    }

    fn worth(&self, basic: Basic) -> f64 {
        if let Basic::Column(c) = basic { self.value[c] } else { 0.0 }
    }

    fn duals(&self) -> Vec<f64> {
        let worth: Vec<f64> = self.basis.iter().map(|&basic| self.worth(basic)).collect();
        (0..self.basis.len()).map(|j| worth.iter().zip(&self.inverse).map(|(worth, line)| worth * line[j]).sum()).collect()
    }

    fn entering(&self, duals: &[f64], first: bool) -> Option<Basic> {
        let rows = self.right.len();
        let gain = |column: usize| {
            let price: f64 = self.used[column].iter().zip(duals).map(|(used, dual)| used * dual).sum();
            self.value[column] - price - duals[rows]
        };
        let size = self.value.iter().fold(1.0_f64, |most, value| most.max(value.abs()));
        let columns = (0..self.value.len()).map(|c| (Basic::Column(c), gain(c) / size));
        let slacks = (0..rows).map(|row| (Basic::Slack(row), -duals[row] / size));
        let mut good = columns.chain(slacks).filter(|&(basic, gain)| gain > 1e-12 && !self.basis.contains(&basic));
        if first { good.next() } else { good.max_by(|a, b| a.1.total_cmp(&b.1)) }.map(|(basic, _)| basic)
    }

    fn direction(&self, entering: Basic) -> Vec<f64> {
        let rows = self.right.len();
        let along = |line: &Vec<f64>| match entering {
            Basic::Column(c) => self.used[c].iter().zip(line).map(|(used, x)| used * x).sum::<f64>() + line[rows],
            Basic::Slack(row) => line[row],
        };
        self.inverse.iter().map(along).collect()
    }

    fn leaving(&self, step: &[f64]) -> Option<usize> {
        let lines = (0..step.len()).filter(|&line| step[line] > TINY);
        lines.min_by(|&a, &b| {
            let ratio = |line: usize| self.level[line].max(0.0) / step[line];
            ratio(a).total_cmp(&ratio(b)).then_with(|| step[b].total_cmp(&step[a]))
        })
    }

    fn pivot(&mut self, entering: Basic, leaving: usize, step: &[f64]) {
        let turned: Vec<f64> = self.inverse[leaving].iter().map(|x| x / step[leaving]).collect();
        let level = self.level[leaving].max(0.0) / step[leaving];
        for (line, &by) in step.iter().enumerate().filter(|&(line, _)| line != leaving) {
            self.inverse[line].iter_mut().zip(&turned).for_each(|(x, t)| *x -= by * t);
            self.level[line] -= by * level;
        }
        self.inverse[leaving] = turned;
        self.level[leaving] = level;
        self.basis[leaving] = entering;
    }
}
