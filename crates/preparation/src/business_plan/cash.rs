//! What a plan's figures amount to: profit, margin, break-even, payback and the money left month by month. Recomputed,
//! never typed. All sums in qəpik. Pure.

use serde::Serialize;

/// A month as the plan foresees it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Month {
    pub sales: i64,
    pub materials: i64,
    pub wages: i64,
    pub rent_utilities: i64,
    pub other_costs: i64,
    pub tax: i64,
    pub social_insurance: i64,
    /// What the owner takes out to live on; no cost of the business.
    pub drawings: i64,
}

impl Month {
    /// What grows with sales.
    fn variable(&self) -> i64 {
        self.materials + self.tax
    }

    /// What is paid whatever is sold.
    fn fixed(&self) -> i64 {
        self.wages + self.rent_utilities + self.other_costs + self.social_insurance
    }

    /// Sales less all costs; drawings are no cost.
    pub fn profit(&self) -> i64 {
        self.sales - self.variable() - self.fixed()
    }
}

/// What is put into the business at its start.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Invested {
    /// The package from the programme.
    pub equipment: i64,
    pub start_costs: i64,
    /// The person's own money.
    pub money: i64,
}

/// What a plan amounts to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Figures {
    /// Of the twelve months.
    pub sales: i64,
    pub costs: i64,
    pub profit: i64,
    /// Profit of sales, in hundredths of a per cent; none without sales.
    pub margin: Option<i64>,
    /// Sales of a month from which nothing is lost; none when each sale costs more than it brings.
    pub break_even: Option<i64>,
    /// Months of average profit that bring back equipment and start costs; none without profit.
    pub payback_months: Option<i64>,
    /// Money left at the end of each month.
    pub balances: Vec<i64>,
}

/// The figures of a plan of so many months.
pub fn figures(months: &[Month], invested: &Invested) -> Figures {
    let sum = |of: fn(&Month) -> i64| months.iter().map(of).sum::<i64>();
    let count = i64::try_from(months.len()).unwrap_or(0).max(1);
    let (sales, profit) = (sum(|m| m.sales), sum(Month::profit));
    let (fixed, left_of_sales) = (sum(Month::fixed), sales - sum(Month::variable));
    let mut balance = invested.money - invested.start_costs.min(invested.money);
    let balances = months
        .iter()
        .map(|month| {
            balance += month.profit() - month.drawings;
            balance
        })
        .collect();
    Figures {
        sales,
        costs: sales - profit,
        profit,
        margin: (sales > 0).then(|| share(profit, 10_000, sales)),
        break_even: (left_of_sales > 0 && sales > 0).then(|| ceiling(fixed, sales, left_of_sales * count)),
        payback_months: (profit > 0).then(|| ceiling(invested.equipment + invested.start_costs, count, profit)),
        balances,
    }
}

/// `amount` × `times` ÷ `by`, to the nearest.
fn share(amount: i64, times: i64, by: i64) -> i64 {
    let scaled = i128::from(amount) * i128::from(times) * 2 + i128::from(by) * i128::from(amount.signum());
    i64::try_from(scaled / (i128::from(by) * 2)).unwrap_or(i64::MAX)
}

/// `amount` × `times` ÷ `by`, rounded up; all positive.
fn ceiling(amount: i64, times: i64, by: i64) -> i64 {
    let (product, by) = (i128::from(amount) * i128::from(times), i128::from(by));
    i64::try_from((product + by - 1) / by).unwrap_or(i64::MAX)
}

/// What a reader of the plan should look at twice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum Warning {
    NoProfit,
    /// The first month, from 1, at whose end no money is left.
    OutOfMoney {
        month: usize,
    },
    /// The owner takes more out than the business earns.
    DrawingsAboveProfit,
    /// What the products bring in a month differs from the cash flow's sales by more than a quarter.
    SalesDiffer {
        products: i64,
        months: i64,
    },
    /// It takes longer than this many months to earn the equipment.
    SlowPayback {
        months: i64,
    },
}

/// Longest payback, in months, that passes without remark.
const SLOW: i64 = 24;

/// The warnings of a plan; `products` is what its products bring in a month.
pub fn warnings(figures: &Figures, months: &[Month], products: i64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if figures.profit <= 0 {
        warnings.push(Warning::NoProfit);
    }
    if let Some(at) = figures.balances.iter().position(|balance| *balance < 0) {
        warnings.push(Warning::OutOfMoney { month: at + 1 });
    }
    let drawings: i64 = months.iter().map(|month| month.drawings).sum();
    if figures.profit > 0 && drawings > figures.profit {
        warnings.push(Warning::DrawingsAboveProfit);
    }
    let average = figures.sales / i64::try_from(months.len()).unwrap_or(1).max(1);
    if (products - average).abs() * 4 > average.max(products) {
        warnings.push(Warning::SalesDiffer { products, months: average });
    }
    if let Some(months) = figures.payback_months.filter(|months| *months > SLOW) {
        warnings.push(Warning::SlowPayback { months });
    }
    warnings
}
