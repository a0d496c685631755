//! `dayaq demo`: makes up the whole programme in an empty data folder, and serves it.

use super::store::Store;
use anyhow::{Context, Result, bail, ensure};
use chrono::{NaiveDate, NaiveTime, TimeDelta};
use clap::Args;
use dayaq::{
    build::{self, Progress},
    demo::{day::Day, report, setting::Setting, shape, simulate},
    installation, messages, programmes, slices,
};
use platform::{app::App, clock};
use std::{
    net::{SocketAddr, TcpListener},
    os::unix::process::CommandExt,
    process::Command,
    time::Instant,
};

/// In the smallest programme somebody has applied by then.
const EARLY: TimeDelta = TimeDelta::days(180);

#[derive(Args)]
pub struct Demo {
    #[command(flatten)]
    store: Store,
    /// The day on which the programme's clock opens, at nine in the morning.
    #[arg(long, default_value = "2024-09-02")]
    today: NaiveDate,
    /// Applications by September 2024; the whole programme has 75,500.
    #[arg(long, default_value_t = 75_500)]
    people: u32,
    /// The same seed makes up the same people.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where to listen, on loopback.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Only build, do not serve.
    #[arg(long)]
    no_serve: bool,
    /// Only make up the programme in memory, and print how close it comes to the shape it was drawn to.
    #[arg(long)]
    check_shape: bool,
}

impl Demo {
    pub async fn run(self) -> Result<()> {
        ensure!(self.people >= 50, "a demo needs at least 50 people");
        self.somebody_has_applied()?;
        if self.check_shape {
            return self.print_shape();
        }
        let listen = SocketAddr::from(([127, 0, 0, 1], self.port));
        if !self.no_serve {
            // Before minutes are spent on building.
            TcpListener::bind(listen).with_context(|| format!("port {} is taken: give another as --port", self.port))?;
        }
        self.build().await?;
        if self.no_serve {
            return Ok(());
        }
        // A fresh process: what the building needed is given back.
        let program = std::env::current_exe().context("finding the program itself")?;
        let mut again = Command::new(program);
        again.arg("serve").arg("--data").arg(&self.store.data).arg("--listen").arg(listen.to_string());
        if let Some(programme) = &self.store.programme {
            again.arg("--programme").arg(programme);
        }
        if let Some(key) = &self.store.key_file {
            again.arg("--key-file").arg(key);
        }
        if let Some(url) = &self.store.database_url {
            again.env("DATABASE_URL", url);
        }
        bail!("starting the server: {}", again.exec())
    }

    /// In its first weeks a small programme may still be empty: there would be nothing to show.
    fn somebody_has_applied(&self) -> Result<()> {
        let opening = shape::OPENING.date();
        ensure!(self.today > opening, "nobody applied before {opening}: give a later day as --today");
        if self.today - opening < EARLY {
            let made = simulate::simulate(Setting::new(&self.store.programme()?.programme), self.wanted());
            ensure!(!made.histories.is_empty(), "nobody has applied by {}: give a later day as --today", self.today);
        }
        Ok(())
    }

    fn wanted(&self) -> simulate::Wanted {
        simulate::Wanted { people: self.people, seed: self.seed, today: Day::from(self.today) }
    }

    fn print_shape(&self) -> Result<()> {
        let setting = Setting::new(&self.store.programme()?.programme);
        let begun = Instant::now();
        let made = simulate::simulate(setting, self.wanted());
        let took = begun.elapsed();
        print!("{}", report::text(&made, f64::from(self.people) / shape::FULL_SIZE));
        println!("made up in {:.2} s", took.as_secs_f64());
        Ok(())
    }

    async fn build(&self) -> Result<()> {
        let begun = Instant::now();
        let moment = self.today.and_time(NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default());
        let offset = clock::Clock::offset_to(clock::from_local(moment));
        let open = self.store.open_new(offset).await?;
        if !installation::is_new_demo(&open.parts).await? {
            println!("{} already holds a programme: it is served as it is", self.store.data.display());
            return open.stop().await;
        }
        messages::install()?;
        let app = App::new(open.parts.clone(), &slices::all());
        let app = programmes::put_in_force(app, self.store.programme()?).await?;
        let in_force = registry::programme::current(&app)?;
        let wanted = self.wanted();
        let setting = Setting::new(&in_force.programme);
        let made = tokio::task::spawn_blocking(move || simulate::simulate(setting, wanted)).await?;
        let progress = Progress::shown();
        build::build(&app, &made, &progress).await?;
        installation::is_built(&open.parts).await?;
        progress.finish();
        println!(
            "{} people, {} applications up to {}, made up in {:.0} s",
            made.people.len(),
            made.histories.len(),
            self.today,
            begun.elapsed().as_secs_f64()
        );
        drop(app);
        open.stop().await
    }
}
