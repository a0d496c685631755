//! What an import did: counts, and the files of what it refused and what it warned of.

use super::finding::{Finding, HEADER};
use anyhow::{Context, Result};
use platform::language::Lang;
use serde::Serialize;
use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

/// What an import did.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    /// Rows read, without the header.
    pub rows: u64,
    /// People who are new.
    pub inserted: u64,
    /// People known by source and number whose row has changed since.
    pub updated: u64,
    /// People known by source and number whose row is the same as before.
    pub unchanged: u64,
    /// Rows that were not let in, each with one or more lines in the file of rejects.
    pub rejected: u64,
    /// Values left out of rows that were let in.
    pub warnings: u64,
    /// The file of rejects, when there are any.
    pub rejects: Option<PathBuf>,
    /// The file of warnings, when there are any.
    pub warned: Option<PathBuf>,
    /// How long it took.
    #[serde(skip)]
    pub took: Duration,
}

/// A file of findings beside the imported one, which begins to exist with its first line.
pub(super) struct Findings {
    path: PathBuf,
    lang: Lang,
    out: Option<csv::Writer<File>>,
}

impl Findings {
    /// `people.csv` has its findings in `people.rejects.csv`. Those of an earlier run are cleared away.
    pub fn beside(file: &Path, suffix: &str, lang: Lang) -> Result<Self> {
        let path = file.with_extension(suffix);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(error).with_context(|| format!("clearing {}", path.display()))
            }
            _ => Ok(Self { path, lang, out: None }),
        }
    }

    /// Adds findings.
    pub fn add(&mut self, findings: &[Finding]) -> Result<()> {
        if findings.is_empty() {
            return Ok(());
        }
        let path = &self.path;
        let out = match &mut self.out {
            Some(out) => out,
            None => {
                let mut out = csv::Writer::from_path(path).with_context(|| format!("writing {}", path.display()))?;
                out.write_record(HEADER)?;
                self.out.insert(out)
            }
        };
        for finding in findings {
            out.write_record(finding.line(self.lang)).with_context(|| format!("writing {}", path.display()))?;
        }
        out.flush().with_context(|| format!("writing {}", path.display()))
    }

    /// Where they are, when there are any.
    pub fn path(&self) -> Option<PathBuf> {
        self.out.is_some().then(|| self.path.clone())
    }
}
