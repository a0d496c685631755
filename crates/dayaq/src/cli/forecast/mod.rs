//! `dayaq forecast EVENTS.csv --as-of DATE --until DATE`: where the programme will end, with honest bands.

mod report;

use super::plot::{Folder, file_names};
use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use clap::Args;
use std::{fs::File, path::PathBuf};
use survival::{
    forecast::{Options, Outlook},
    read::events::{self, Vocabulary},
};

#[derive(Args)]
pub struct Forecast {
    /// The events: UTF-8 with a header; case_id, event and date must be among its columns.
    file: PathBuf,
    /// What was known on this day counts; later events are not looked at.
    #[arg(long, value_name = "DATE")]
    as_of: NaiveDate,
    /// The day to foretell.
    #[arg(long, value_name = "DATE")]
    until: NaiveDate,
    /// The stages in their order, instead of applied,selected,trained,approved,equipped.
    #[arg(long, value_delimiter = ',')]
    stages: Vec<String>,
    /// One more word of the event column that means having left; may be given again.
    #[arg(long)]
    exit: Vec<String>,
    /// No applications are taken after this day.
    #[arg(long, value_name = "DATE")]
    last_application: Option<NaiveDate>,
    /// The most that can reach a stage in a month, as trained=800; may be given again.
    #[arg(long, value_parser = capacity)]
    capacity: Vec<(String, f64)>,
    /// How many futures are simulated.
    #[arg(long, default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(20..=1_000_000))]
    futures: u32,
    /// Draws the futures.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where plots and the numbers behind them go, instead of a folder beside the file.
    #[arg(long)]
    out: Option<PathBuf>,
}

fn capacity(text: &str) -> Result<(String, f64), String> {
    let (stage, most) = text.split_once('=').ok_or("expected STAGE=PEOPLE, as trained=800")?;
    let most: f64 = most.trim().parse().map_err(|_| format!("{most:?} is no number of people"))?;
    if most >= 0.0 && most.is_finite() { Ok((stage.trim().to_owned(), most)) } else { Err("expected a number from 0".to_owned()) }
}

impl Forecast {
    pub fn run(self) -> Result<()> {
        let mut vocabulary = self.exit.iter().fold(Vocabulary::default(), |words, exit| words.with_exit(exit));
        if !self.stages.is_empty() {
            if self.stages.len() < 2 || self.stages.iter().any(|stage| stage.is_empty()) {
                bail!("--stages names at least two stages in their order, as applied,trained,equipped");
            }
            vocabulary = vocabulary.with_stages(&self.stages);
        }
        let file = File::open(&self.file).with_context(|| format!("opening {}", self.file.display()))?;
        let events = events::read(file, &vocabulary).with_context(|| self.file.display().to_string())?;
        let options = Options {
            seed: self.seed,
            futures: self.futures as usize,
            last_application: self.last_application,
            capacity: self.capacity.clone(),
        };
        let outlook =
            Outlook::learn(&events, self.as_of, self.until, &options).with_context(|| self.file.display().to_string())?;
        let (forecast, levers) = (outlook.forecast(), outlook.levers());
        let folder = Folder::beside(&self.file, "forecast", self.out.as_deref())?;
        let names = file_names(forecast.stages.iter().map(|stage| stage.name.as_str()));
        let plot = |(stage, name)| (format!("{name}.svg"), report::plot(&forecast, stage).svg());
        let mut files: Vec<(String, String)> = forecast.stages.iter().zip(names).map(plot).collect();
        files.push(("forecast.csv".to_owned(), report::numbers(&forecast)));
        files.push(("levers.csv".to_owned(), report::lever_numbers(&forecast, &levers)));
        folder.write_all(&files)?;
        print!("{}", report::text(&events, &forecast, &levers));
        println!("plots and the numbers behind them: {}", folder.path().display());
        Ok(())
    }
}
