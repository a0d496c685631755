//! `dayaq daily`: does at once what the calendar brings about; a program that serves does it by itself.

use super::store::Store;
use anyhow::Result;
use clap::Args;
use dayaq::{daily, messages, programmes, slices};
use platform::app::App;

#[derive(Args)]
pub struct Daily {
    #[command(flatten)]
    store: Store,
}

impl Daily {
    pub async fn run(self) -> Result<()> {
        let programme = self.store.programme()?;
        let open = self.store.open().await?;
        messages::install()?;
        let app = programmes::put_in_force(App::new(open.parts.clone(), &slices::all()), programme).await?;
        let done = daily::run(&app).await;
        drop(app);
        open.stop().await?;
        for (name, count) in done? {
            println!("{name:<12} {count:>6}");
        }
        Ok(())
    }
}
