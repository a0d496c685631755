//! The restricted mean: how many of the first days one is in business.

use super::report::quoted;
use survival::Curve;

/// A mean with its band of 95 %.
pub struct Mean {
    pub days: f64,
    variance: f64,
    pub low: f64,
    pub high: f64,
}

/// The mean of the first `limit` days; nothing where a curve cannot be followed so far.
pub fn mean(curve: &Curve, longest: i64, limit: i64) -> Option<Mean> {
    if !is_followed(curve, longest, limit) {
        return None;
    }
    let found = curve.restricted_mean(limit);
    let spread = 1.959_963_984_540_054 * found.variance.sqrt();
    let (low, high) = ((found.days - spread).max(0.0), (found.days + spread).min(limit as f64));
    Some(Mean { days: found.days, variance: found.variance, low, high })
}

/// Whether a curve says something of a day: somebody was watched so long, or all had ended before.
pub fn is_followed(curve: &Curve, longest: i64, day: i64) -> bool {
    day <= longest || curve.at(longest).estimate <= 0.0
}

/// The first line of `means.csv`.
pub const HEAD: &str = "column,value,limit,days,variance,standard_error,low,high\n";

/// A line of `means.csv`; a mean that is not known is empty.
pub fn line(column: &str, value: &str, limit: i64, mean: Option<&Mean>) -> String {
    let numbers = mean.map_or_else(
        || ",,,,".to_owned(),
        |mean| format!("{},{},{},{},{}", mean.days, mean.variance, mean.variance.sqrt(), mean.low, mean.high),
    );
    format!("{},{},{limit},{numbers}\n", quoted(column), quoted(value))
}
