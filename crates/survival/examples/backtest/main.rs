//! Re-forecasts made-up programmes from every quarter: coverage and pinball loss beside a straight line and Holt.
//!
//! `cargo run --release -p survival --example backtest -- [SEED…]`

mod histories;
mod rivals;
mod score;

use score::{HORIZONS, Said};

const WHO: [&str; 3] = ["ours", "straight line", "Holt"];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let is_detailed = arguments.iter().any(|argument| argument == "--shapes");
    let seeds: Vec<u64> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    let seeds = if seeds.is_empty() { vec![1] } else { seeds };
    let mut all: Vec<Said> = Vec::new();
    for seed in &seeds {
        for nth in 0..histories::NAMES.len() {
            let made = histories::make(nth, *seed);
            let said = score::score(&made, &score::days(&made), 200);
            if is_detailed {
                println!("{:<24} {}", made.name, line(&said.iter().collect::<Vec<_>>()));
            }
            all.extend(said);
        }
    }
    println!("{} programmes, {} forecasts", seeds.len() * histories::NAMES.len(), all.len());
    for (at, horizon) in HORIZONS.iter().enumerate() {
        let of: Vec<&Said> = all.iter().filter(|said| said.horizon == at).collect();
        println!("{horizon:<24} {}", line(&of));
    }
    for (at, stage) in histories::STAGES.iter().enumerate() {
        let of: Vec<&Said> = all.iter().filter(|said| said.stage == at).collect();
        println!("{stage:<24} {}", line(&of));
    }
    println!("{:<24} {}", "pooled", line(&all.iter().collect::<Vec<_>>()));
}

/// The share within the band of 80 %, and the mean loss in per mille of what a stage came to.
fn line(said: &[&Said]) -> String {
    let n = said.len().max(1) as f64;
    let words = (0..3).map(|who| {
        let within = said.iter().filter(|said| said.is_within_80(who)).count() as f64 / n;
        let loss = said.iter().map(|said| said.loss(who)).sum::<f64>() / n;
        format!("{}: {:.1} % within, loss {:.1}", WHO[who], within * 100.0, loss * 1000.0)
    });
    format!("{:>5}  {}", said.len(), words.collect::<Vec<_>>().join("; "))
}
