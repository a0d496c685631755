//! What the calendar brings about, slice by slice: by a timer while the program serves, and by `dayaq daily`. Whatever came
//! about is done once, however often this runs.

use anyhow::{Context, Result};
use platform::app::App;
use std::time::Duration;

/// After the program has started.
const FIRST: Duration = Duration::from_secs(20);

/// How often the date is looked at: it changes at midnight, and when a demo's clock is moved.
const LOOK: Duration = Duration::from_secs(10);

/// Does all that is due, and says how much of each came about.
pub async fn run(app: &App) -> Result<Vec<(&'static str, u64)>> {
    let mut done = Vec::new();
    for daily in app.daily() {
        let count = (daily.run)(app).await.with_context(|| format!("doing what is due for {}", daily.name))?;
        done.push((daily.name, count));
    }
    Ok(done)
}

/// Does on every new day what is due, for as long as the program serves. What fails is tried again.
pub async fn keep(app: App) {
    tokio::time::sleep(FIRST).await;
    let mut done_on = None;
    loop {
        let today = app.today();
        if done_on != Some(today) {
            match run(&app).await {
                Ok(done) => {
                    done.iter().filter(|(_, count)| *count > 0).for_each(|(name, count)| tracing::info!(name, count, "due"));
                    done_on = Some(today);
                }
                Err(error) => tracing::error!(error = format!("{error:#}"), "what is due could not be done"),
            }
        }
        tokio::time::sleep(LOOK).await;
    }
}
