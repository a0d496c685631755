//! Bands on the log-log scale (Kalbfleisch and Prentice 1980), which never leave [0, 1].

use crate::special;

/// How many standard errors a band of that level reaches to each side.
pub(crate) fn z(level: f64) -> f64 {
    let level = level.clamp(0.0, 1.0 - f64::EPSILON);
    if level == 0.95 {
        return 1.959_963_984_540_054;
    }
    special::normal(0.5 + level / 2.0)
}

/// The band around a share; at 0 and 1 there is nothing to spread.
pub(crate) fn log_log(share: f64, variance: f64, z: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 {
        return (share.max(0.0), share.min(1.0));
    }
    let spread = z * variance.sqrt() / (share * share.ln().abs());
    (share.powf(spread.exp()), share.powf((-spread).exp()))
}
