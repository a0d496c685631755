//! What this process has used of the machine.

use std::fs;

/// CPU time and memory, where the system tells.
pub struct Used {
    cpu_seconds: Option<f64>,
    peak_mb: Option<f64>,
}

impl Used {
    pub fn now() -> Self {
        let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
        // After the program's name in brackets: user and system time are the 12th and 13th, in hundredths.
        let after = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
        let ticks: Vec<f64> = after.split_whitespace().skip(11).take(2).filter_map(|t| t.parse().ok()).collect();
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<f64>().ok());
        Self { cpu_seconds: (ticks.len() == 2).then(|| ticks.iter().sum::<f64>() / 100.0), peak_mb: kb.map(|kb| kb / 1024.0) }
    }

    /// CPU seconds as words.
    pub fn cpu_seconds(&self) -> String {
        shown(self.cpu_seconds)
    }

    /// The most memory at once, in megabytes, as words.
    pub fn peak_mb(&self) -> String {
        shown(self.peak_mb)
    }
}

fn shown(number: Option<f64>) -> String {
    number.map_or_else(|| "?".to_owned(), |number| format!("{number:.1}"))
}
