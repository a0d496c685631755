//! `cargo run --release -p documents --example print_samples -- FOLDER` prints every sample of `samples/` into the
//! folder and tells each one's size and time.

use documents::Fault;
use serde::de::DeserializeOwned;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Printings of each sample; the median is told.
const ROUNDS: u32 = 15;

fn main() -> Result<(), Box<dyn Error>> {
    let folder: PathBuf = std::env::args().nth(1).ok_or("name a folder for the PDFs")?.into();
    std::fs::create_dir_all(&folder)?;
    print(&folder, "certificate", documents::certificate)?;
    print(&folder, "contract", documents::contract)?;
    print(&folder, "handover_act", documents::handover_act)?;
    print(&folder, "letter", documents::letter)?;
    print(&folder, "minutes", documents::minutes)?;
    print(&folder, "transfer_act", documents::transfer_act)
}

fn print<T: DeserializeOwned>(
    folder: &Path,
    name: &str,
    document: fn(&T) -> Result<Vec<u8>, Fault>,
) -> Result<(), Box<dyn Error>> {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(name).with_extension("json");
    let text = std::fs::read_to_string(sample)?;
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        // Another number each time, so that no layout is merely remembered.
        let mut value: serde_json::Value = serde_json::from_str(&text)?;
        if round > 0 {
            value["issue"]["number"] = format!("{}-{round}", value["issue"]["number"].as_str().unwrap_or_default()).into();
        }
        let data: T = serde_json::from_value(value)?;
        let start = Instant::now();
        let pdf = document(&data)?;
        times.push(start.elapsed());
        if round == 0 {
            std::fs::write(folder.join(name).with_extension("pdf"), &pdf)?;
            println!("{name}: {} bytes, first printing {:?}", pdf.len(), times[0]);
        }
    }
    println!("{name}: median {:?}", median(times));
    Ok(())
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
