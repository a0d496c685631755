//! Where PostgreSQL's programs are: `PG_BIN`, the system's places, `PATH`, or the folder that the `dayaq` script filled.

use super::{account::Account, refused::Refused};
use anyhow::{Result, bail};
use nix::sys::signal::Signal;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The oldest major version whose SQL we use.
const OLDEST: u32 = 15;

/// A folder with `postgres` and `initdb` of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Binaries {
    pub folder: PathBuf,
    pub major: u32,
}

impl Binaries {
    /// The first usable ones: of version 15 or later, and for an existing cluster of exactly its version.
    pub fn find(account: &Account, data: &Path, made_by: Option<u32>) -> Result<Self> {
        let mut looked = Vec::new();
        for folder in candidates() {
            match version(account, &folder) {
                Ok(major) if major >= OLDEST && made_by.is_none_or(|made_by| made_by == major) => {
                    return Ok(Self { folder, major });
                }
                Ok(major) => looked.push(format!("{} has version {major}.", folder.display())),
                Err(why) => looked.push(format!("{}: {why}.", folder.display())),
            }
        }
        let looked = looked.join(" ");
        match made_by {
            Some(made_by) => bail!(Refused::OtherVersion { data: data.to_owned(), made_by, looked }),
            None => bail!(Refused::NoPostgres { looked }),
        }
    }

    pub fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// Folders worth asking, best first. Whoever sets `PG_BIN` means that one and no other.
fn candidates() -> Vec<PathBuf> {
    if let Some(chosen) = env::var_os("PG_BIN").filter(|chosen| !chosen.is_empty()) {
        return vec![chosen.into()];
    }
    let mut folders = versions_below(Path::new("/usr/lib/postgresql"));
    folders.push("/usr/lib/postgresql/bin".into());
    folders.extend(versions_below(Path::new("/usr/pgsql")));
    folders.push("/usr/local/pgsql/bin".into());
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()).filter(|folder| folder.is_absolute()));
    folders.extend(env::var_os("DAYAQ_PG").map(PathBuf::from));
    folders.retain(|folder| folder.join("postgres").exists() && folder.join("initdb").exists());
    folders
}

/// `15/bin`, `17/bin` … in a folder, highest version first.
fn versions_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut versions: Vec<u32> = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    versions.sort_unstable_by(|a, b| b.cmp(a));
    versions.iter().map(|version| folder.join(version.to_string()).join("bin")).collect()
}

/// Asks `postgres` itself, as the user who will run it: that also shows that the user may.
fn version(account: &Account, folder: &Path) -> Result<u32, String> {
    if !folder.join("initdb").exists() {
        return Err("no initdb there".into());
    }
    let answer = account
        .command(&folder.join("postgres"), Signal::SIGKILL)
        .arg("--version")
        .output()
        .map_err(|error| format!("user {} cannot run postgres there ({error})", account.uid))?;
    let words = String::from_utf8_lossy(&answer.stdout);
    major(&words)
        .ok_or_else(|| format!("postgres does not tell its version ({})", String::from_utf8_lossy(&answer.stderr).trim()))
}

/// The major version in `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `… 18beta1`.
pub(super) fn major(words: &str) -> Option<u32> {
    let number = words.split_once("(PostgreSQL) ")?.1;
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    number[..end].parse().ok()
}
