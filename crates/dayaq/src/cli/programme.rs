//! `dayaq programme check DIR`

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use registry::programme;
use std::{
    io::{Write, stdout},
    path::PathBuf,
};

#[derive(Args)]
pub struct Word {
    #[command(subcommand)]
    word: ProgrammeWord,
}

#[derive(Subcommand)]
enum ProgrammeWord {
    /// Says file, line, what is wrong and what is expected.
    Check { folder: PathBuf },
}

impl Word {
    pub fn run(self) -> Result<()> {
        let ProgrammeWord::Check { folder } = self.word;
        let problems = programme::check(&folder);
        let mut out = stdout().lock();
        for problem in &problems {
            writeln!(out, "{problem}")?;
        }
        match problems.len() {
            0 => Ok(writeln!(out, "{}: in order", folder.display())?),
            1 => bail!("1 problem"),
            many => bail!("{many} problems"),
        }
    }
}
