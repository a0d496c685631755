//! `dayaq programme check DIR`

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use registry::programme;
use std::path::PathBuf;

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
        for problem in &problems {
            println!("{problem}");
        }
        match problems.len() {
            0 => {
                println!("{}: in order", folder.display());
                Ok(())
            }
            1 => bail!("1 problem"),
            many => bail!("{many} problems"),
        }
    }
}
