//! `cargo run --release -p linkage --example clusters -- FILE.csv OUT.csv [THRESHOLD]`

use std::{env, error::Error, fs::File, io::Write, time::Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = env::args().collect();
    let begun = Instant::now();
    let say = |what: &str| eprintln!("{:6.2} s  {what}", begun.elapsed().as_secs_f64());
    let register = linkage::read(File::open(&args[1])?, |_| {})?;
    say(&format!("{} rows", register.len()));
    let options = linkage::Options { threshold: args.get(3).map(|t| t.parse()).transpose()?, seed: 1 };
    let linkage = linkage::link(&register, options, &say);
    say("done");
    let mut out = std::io::BufWriter::new(File::create(&args[2])?);
    writeln!(out, "rec_id,cluster_id")?;
    for record in 0..register.len() as u32 {
        writeln!(out, "{},{}", register.id(record), register.id(linkage.clusters.of[record as usize]))?;
    }
    out.flush()?;
    say("written");
    let q = linkage.expected;
    eprintln!(
        "compared {} kept {} threshold {:.3} expected P {:.4} R {:.4} F1 {:.4} blocking {:.4} cuts {} passed over {} rounds {}",
        linkage.compared,
        linkage.pairs.len(),
        linkage.threshold,
        q.precision,
        q.recall,
        q.f1(),
        linkage.blocking_recall,
        linkage.clusters.cuts.len(),
        linkage.passed_over,
        linkage.model.rounds
    );
    if env::var_os("MODEL").is_some() {
        let m = &linkage.model;
        eprintln!("prior {:.3e} family {:.3e}", m.prior, m.family_prior);
        for (at, field) in linkage::Field::ALL.iter().enumerate() {
            for (l, name) in field.levels().iter().enumerate() {
                eprintln!("{field:?} {name}: {:.4} {:.4} {:.6}", m.same[at][l + 1], m.family[at][l + 1], m.strangers[at][l + 1]);
            }
        }
    }
    Ok(())
}
