//! Every curve and test of a table, as numbers: `cargo run --release -p survival --example curves -- FILE.csv`.
//! `bench/survival.py` runs it beside lifelines.

use std::{error::Error, fs::File, io::Write};
use survival::{Member, aalen_johansen, kaplan_meier, log_rank, read::spans};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name the table")?;
    let table = spans::read(File::open(path)?, &spans::Statuses::default())?;
    let spans = table.spans_in_business();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for point in &kaplan_meier(&spans).points {
        writeln!(out, "all,,{},{},{},{}", point.days, point.estimate, point.low, point.high)?;
    }
    for column in &table.columns {
        for (at, value) in column.values.iter().enumerate() {
            let own = spans.iter().zip(&column.codes).filter(|(_, code)| **code as usize == at).map(|(span, _)| *span);
            for point in &kaplan_meier(&own.collect::<Vec<_>>()).points {
                writeln!(out, "{},{value},{},{},{},{}", column.name, point.days, point.estimate, point.low, point.high)?;
            }
        }
        let member = |(span, group): (&survival::Span, &u32)| Member { stratum: 0, span: *span, group: *group };
        let test = log_rank(&spans.iter().zip(&column.codes).map(member).collect::<Vec<_>>());
        writeln!(out, "log-rank,{},{},{},,", column.name, test.chi_square, test.p)?;
    }
    for point in &aalen_johansen(&table.endings(), table.kinds.len()).points {
        for (kind, share) in table.kinds.iter().zip(&point.kinds).filter(|(_, share)| share.ended > 0) {
            writeln!(out, "end,{kind},{},{},{},{}", point.days, share.estimate, share.low, share.high)?;
        }
    }
    Ok(out.flush()?)
}
