//! The forecast against thirty made-up programmes, each seen from the middle of its life: bands hold what came, and the
//! straight line and Holt are worse. `--example backtest` does it from every quarter.

#[path = "../examples/backtest/histories.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod histories;
#[path = "../examples/backtest/rivals.rs"]
mod rivals;
#[path = "../examples/backtest/score.rs"]
#[allow(dead_code, reason = "the example uses all of it")]
mod score;

use chrono::Days;
use score::Said;

#[test]
fn bands_hold_what_came_and_rivals_are_beaten() {
    let mut said: Vec<Said> = Vec::new();
    for nth in 0..histories::NAMES.len() {
        let made = histories::make(nth, 3);
        let middle = made.begun + Days::new((made.ended - made.begun).num_days() as u64 / 2);
        said.extend(score::from(&made, &score::days(&made), middle, 120));
    }
    let n = said.len() as f64;
    let within = said.iter().filter(|said| said.is_within_80(0)).count() as f64 / n;
    let [ours, line, holt] = [0, 1, 2].map(|who| said.iter().map(|said| said.loss(who)).sum::<f64>() / n);
    assert!(said.len() > 300, "{} forecasts", said.len());
    assert!((0.7..=0.9).contains(&within), "{:.1} % within the band of 80 %", within * 100.0);
    assert!(ours < line && ours < holt, "loss {ours}, a straight line {line}, Holt {holt}");
}
