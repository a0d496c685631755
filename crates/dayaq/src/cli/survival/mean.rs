//! The restricted mean: how many of the first days one is in business.

use super::report::quoted;
use survival::{Curve, RestrictedMean};

/// The mean of the first `limit` days; nothing where a curve cannot be followed so far.
pub fn mean(curve: &Curve, longest: i64, limit: i64) -> Option<RestrictedMean> {
    is_followed(curve, longest, limit).then(|| curve.restricted_mean(limit))
}

/// Whether a curve says something of a day: somebody was watched so long, or all had ended before.
pub fn is_followed(curve: &Curve, longest: i64, day: i64) -> bool {
    day <= longest || curve.at(longest).estimate <= 0.0
}

/// The first line of `means.csv`.
pub const HEAD: &str = "column,value,limit,days,variance,standard_error,low,high\n";

/// A line of `means.csv`; a mean that is not known is empty.
pub fn line(column: &str, value: &str, limit: i64, mean: Option<&RestrictedMean>) -> String {
    let numbers = mean.map_or_else(
        || ",,,,".to_owned(),
        |mean| format!("{},{},{},{},{}", mean.days, mean.variance, mean.variance.sqrt(), mean.low, mean.high),
    );
    format!("{},{},{limit},{numbers}\n", quoted(column), quoted(value))
}
