//! What the forecast must beat: a straight line and exponential smoothing, each with its own bands.

/// The places in the distribution at which all are compared.
pub const PLACES: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];
const Z: [f64; 7] = [-1.959964, -1.281552, -0.674490, 0.0, 0.674490, 1.281552, 1.959964];

/// On as in the last year: the mean of its steps, their spread, and how unsure the mean is.
pub fn straight_line(steps: &[f64], now: f64, ahead: f64) -> [f64; 7] {
    let late = &steps[steps.len().saturating_sub(12)..];
    let n = late.len() as f64;
    let mean = late.iter().sum::<f64>() / n;
    let variance = if n > 1.0 { late.iter().map(|step| (step - mean).powi(2)).sum::<f64>() / (n - 1.0) } else { mean * mean };
    let spread = (variance * ahead + variance / n * ahead * ahead).sqrt();
    Z.map(|z| (now + mean * ahead + z * spread).max(now))
}

/// Holt's linear trend on the count, its two constants by least squares, its bands by the model's own formula.
pub fn holt(steps: &[f64], now: f64, ahead: f64) -> [f64; 7] {
    let mut count = now - steps.iter().sum::<f64>();
    let counts: Vec<f64> = steps
        .iter()
        .map(|step| {
            count += step;
            count
        })
        .collect();
    if counts.len() < 4 {
        return straight_line(steps, now, ahead);
    }
    let grid = |low: f64| (0..=10).map(move |at| low + (1.0 - low) * f64::from(at) / 10.0);
    let tries = grid(0.1).flat_map(|alpha| grid(0.0).map(move |beta| (alpha, alpha * beta)));
    let fits = tries.map(|(alpha, beta)| (fit(&counts, alpha, beta), alpha, beta));
    let ((squares, level, trend), alpha, beta) = fits.min_by(|one, other| one.0.0.total_cmp(&other.0.0)).expect("a fit");
    let variance = squares / (counts.len() - 2).max(1) as f64;
    let terms = (1..ahead.round().max(1.0) as usize).map(|at| (alpha + beta * at as f64).powi(2));
    let spread = (variance * (1.0 + terms.sum::<f64>())).sqrt();
    Z.map(|z| (level + trend * ahead + z * spread).max(now))
}

fn fit(counts: &[f64], alpha: f64, beta: f64) -> (f64, f64, f64) {
    let (mut level, mut trend, mut squares) = (counts[1], counts[1] - counts[0], 0.0);
    for count in &counts[2..] {
        let error = count - level - trend;
        squares += error * error;
        level += trend + alpha * error;
        trend += beta * error;
    }
    (squares, level, trend)
}

/// How far quantiles are from what came, each weighed by its place.
pub fn pinball(quantiles: &[f64; 7], came: f64) -> f64 {
    let loss = |(quantile, place): (&f64, &f64)| {
        if came >= *quantile { place * (came - quantile) } else { (1.0 - place) * (quantile - came) }
    };
    quantiles.iter().zip(&PLACES).map(loss).sum::<f64>() / 7.0 * 2.0
}
