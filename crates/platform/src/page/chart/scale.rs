//! The axis of a chart: round steps from zero to just above the largest value.

/// The marks of an axis from zero: at most five steps of 1, 2, 2.5 or 5 times a power of ten.
pub fn marks(largest: f64) -> Vec<f64> {
    if !(largest.is_finite() && largest > 0.0) {
        return vec![0.0, 1.0];
    }
    let rough = largest / 4.0;
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(10.0 * power);
    let count = (largest / step).ceil() as u32;
    (0..=count).map(|at| f64::from(at) * step).collect()
}
