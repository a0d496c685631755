//! `dayaq results`: every indicator as of a day, without the web server.

use super::store::Store;
use anyhow::Result;
use chrono::NaiveDate;
use clap::{Args, ValueEnum};
use dayaq::{messages, programmes};
use platform::{
    app::App,
    language::Lang,
    scope::{Scope, Who},
};
use registry::{case, programme};
use reporting::results::{self, Known, Measured, Readers, Report, Source, report::Number};
use std::io::Write;

#[derive(Args)]
pub struct Word {
    #[command(flatten)]
    store: Store,
    /// Events effective up to this day; today when absent.
    #[arg(long)]
    as_of: Option<NaiveDate>,
    /// Only what was recorded by the end of this day.
    #[arg(long)]
    known_on: Option<NaiveDate>,
    /// Fold every case from the journal's events instead of reading its milestones: the same figures, more slowly.
    #[arg(long)]
    from_journal: bool,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Json,
    Csv,
    Text,
}

impl Word {
    pub async fn run(self) -> Result<()> {
        let open = self.store.open().await?;
        messages::install()?;
        let app = programmes::put_in_force(App::new(open.parts.clone(), &[]), self.store.programme()?).await?;
        let known = Known { as_of: self.as_of.unwrap_or_else(|| app.today()), known_on: self.known_on };
        let mut tx = app.open(Scope::System, Who::program()).await?;
        let in_force = programme::current(&app)?;
        let source = if self.from_journal { Source::Journal } else { Source::Milestones };
        let readers = Readers { tx: &mut tx, beside: Some(app.open(Scope::System, Who::program()).await?) };
        let report = results::report_from(source, readers, &in_force.programme, &*case::law(&app)?, known).await?;
        drop(tx);
        let mut out = std::io::stdout().lock();
        match self.format {
            Format::Json => {
                serde_json::to_writer(&mut out, &report)?;
                writeln!(out)?;
            }
            Format::Csv => csv(&report, &mut out)?,
            Format::Text => text(&report, &mut out)?,
        }
        drop(app);
        open.stop().await
    }
}

/// One line for each value and each part of a cut.
fn csv(report: &Report, out: &mut impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["code", "cut", "of", "value", "numerator", "denominator", "target", "unit", "as_of", "known_on"])?;
    let shown = |number: Option<Number>| number.map(plain).unwrap_or_default();
    for one in &report.indicators {
        let mut line = |cut: &str, of: &str, value: Option<Number>, whole: bool| {
            let only = |number: Option<Number>| if whole { shown(number) } else { String::new() };
            let target = if whole { one.target.map(|target| target.to_string()).unwrap_or_default() } else { String::new() };
            csv.write_record([
                one.code,
                cut,
                of,
                &shown(value),
                &only(one.numerator),
                &only(one.denominator),
                &target,
                &one.unit,
                &report.as_of.to_string(),
                &report.known_on.to_string(),
            ])
        };
        line("", "", one.value, true)?;
        for (cut, values) in
            [("sex", &one.by.sex), ("group", &one.by.group), ("region", &one.by.region), ("direction", &one.by.direction)]
        {
            for (of, value) in values {
                line(cut, of, *value, false)?;
            }
        }
        for (part, value) in &one.beside {
            line("beside", part, Some(*value), false)?;
        }
    }
    Ok(csv.flush()?)
}

fn text(report: &Report, out: &mut impl Write) -> Result<()> {
    writeln!(out, "as of {}, known on {}", report.as_of, report.known_on)?;
    for one in &report.indicators {
        writeln!(out, "{:<24} {:>16} {:>16}  {}", one.code, value(one), target(one), one.unit)?;
    }
    Ok(())
}

fn value(one: &Measured) -> String {
    match one.value {
        Some(Number::Whole(whole)) => Lang::En.number(whole),
        Some(Number::Fraction(fraction)) => Lang::En.decimal(fraction, 2),
        None => "–".to_owned(),
    }
}

fn target(one: &Measured) -> String {
    one.target.map(|target| format!("target {}", Lang::En.number(target))).unwrap_or_default()
}

fn plain(number: Number) -> String {
    match number {
        Number::Whole(whole) => whole.to_string(),
        Number::Fraction(fraction) => fraction.to_string(),
    }
}
