//! `dayaq journal export FILE` and `dayaq verify FILE`

use super::{store::Store, unfinished::Unfinished};
use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use dayaq::{messages, programmes};
use platform::{
    app::App,
    journal::{
        export::export,
        file::{Checkpoint, verify},
    },
    scope::{Scope, Tx, Who},
};
use registry::case::{law, replay::replay};
use serde::Deserialize;
use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
};

#[derive(Args)]
pub struct Journal {
    #[command(subcommand)]
    word: JournalWord,
}

#[derive(Subcommand)]
enum JournalWord {
    /// One entry a line in the order of its chain, and a signed checkpoint last.
    Export {
        file: PathBuf,
        #[command(flatten)]
        store: Store,
    },
    /// Folds every case anew and compares the result with what the pages show.
    Replay {
        #[command(flatten)]
        store: Store,
    },
}

impl Journal {
    pub async fn run(self) -> Result<()> {
        match self.word {
            JournalWord::Export { file, store } => Self::export(&file, store).await,
            JournalWord::Replay { store } => Self::replay(store).await,
        }
    }

    async fn replay(store: Store) -> Result<()> {
        let programme = store.programme()?;
        let open = store.open().await?;
        messages::install()?;
        let app = programmes::put_in_force(App::new(open.parts.clone(), &[]), programme).await?;
        let mut tx = app.system().await?;
        let found = replay(&mut tx, &*law(&app)?).await?;
        drop((tx, app));
        open.stop().await?;
        for case in &found.differing {
            println!("case {} differs in {}", case.case_id, case.table);
        }
        match found.differing.len() {
            0 => println!("{} cases fold to what the pages show", found.cases),
            many => bail!("{many} rows differ from what the journal folds to"),
        }
        Ok(())
    }

    async fn export(file: &Path, store: Store) -> Result<()> {
        let open = store.open().await?;
        let parts = &open.parts;
        let mut tx = Tx::open(&parts.database, Scope::System, Who::program(), parts.clock, parts.keys.clone()).await?;
        let mut out = Unfinished::create(file)?;
        let (entries, checkpoint) = export(&mut tx, &mut out).await?;
        out.finish()?;
        tx.commit().await?;
        println!("{entries} entries, {} chains, checkpoint {}", checkpoint.heads.len(), checkpoint.root);
        open.stop().await
    }
}

#[derive(Args)]
pub struct Verify {
    /// An exported journal.
    file: PathBuf,
    /// Checkpoints that left the database earlier: each a file with a checkpoint, or an earlier export.
    #[arg(long)]
    against: Vec<PathBuf>,
}

impl Verify {
    pub fn run(self) -> Result<()> {
        let against = self.against.iter().map(|path| checkpoint_in(path)).collect::<Result<Vec<_>>>()?;
        let file = File::open(&self.file).with_context(|| format!("reading {}", self.file.display()))?;
        match verify(BufReader::with_capacity(1 << 20, file), &against) {
            Ok(found) => {
                println!(
                    "whole: {} entries in {} chains, {} payloads erased by law, root {}",
                    found.entries, found.chains, found.erased, found.root
                );
                Ok(())
            }
            Err(broken) => bail!("{}: {broken}", self.file.display()),
        }
    }
}

fn checkpoint_in(path: &Path) -> Result<Checkpoint> {
    #[derive(Deserialize)]
    struct End {
        checkpoint: Checkpoint,
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let last = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    serde_json::from_str::<End>(last)
        .map(|end| end.checkpoint)
        .or_else(|_| serde_json::from_str(text.trim()))
        .with_context(|| format!("{} holds no checkpoint", path.display()))
}
