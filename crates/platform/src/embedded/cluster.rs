//! Makes the cluster: the files of a new, empty database server.

use super::{
    account::Account,
    binaries::Binaries,
    folder::{self, Folder},
    postmaster,
    refused::Refused,
};
use anyhow::{Context, Result, bail};
use nix::{sys::signal::Signal, unistd::syncfs};
use std::{
    fs::{self, DirBuilder, File, Permissions},
    io,
    os::unix::fs::{DirBuilderExt, MetadataExt, PermissionsExt},
    path::Path,
    process::{Command, Output, Stdio},
};

/// The major version that made the cluster in a data folder, if there is one.
pub(super) fn made_by(data: &Path) -> Option<u32> {
    let words = fs::read_to_string(folder::cluster(data).join("PG_VERSION")).ok()?;
    words.trim().parse().ok()
}

/// Makes an existing cluster acceptable again after a copy changed its owner or its mode.
pub(super) fn mend(folder: &Folder) -> Result<()> {
    let cluster = folder.cluster();
    let found = fs::metadata(&cluster).context("looking at the cluster")?;
    if found.uid() != folder.account.uid {
        folder.account.own_tree(&cluster)?;
    }
    if found.mode() & 0o077 != 0 {
        fs::set_permissions(&cluster, Permissions::from_mode(0o700)).context("closing the cluster to others")?;
    }
    Ok(())
}

/// Makes a new cluster. It gets its name only when whole, so an interrupted one is begun again.
///
/// The files are not yet on the disk: see [`settle`].
pub(super) fn make(folder: &Folder, binaries: &Binaries) -> Result<()> {
    let unfinished = folder.data.join("postgres.unfinished");
    if unfinished.exists() {
        postmaster::stop_leftovers(&unfinished)?;
        fs::remove_dir_all(&unfinished).context("removing an unfinished cluster")?;
    }
    DirBuilder::new().mode(0o700).create(&unfinished).context("making the folder of the cluster")?;
    folder.account.own(&unfinished)?;
    let output = initdb(&folder.account, binaries, &unfinished)?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        bail!("initdb failed ({}): {}", output.status, said.trim());
    }
    fs::rename(&unfinished, folder.cluster()).context("naming the new cluster")
}

/// Waits until the new files are on the disk. One call for all is ten times as fast as `initdb` is, file by file.
pub(super) fn settle(data: &Path) -> io::Result<()> {
    Ok(syncfs(File::open(data)?)?)
}

fn initdb(account: &Account, binaries: &Binaries, cluster: &Path) -> Result<Output> {
    let program = binaries.program("initdb");
    if account.has_name() {
        let mut command = account.command(&program, Signal::SIGKILL);
        return arguments(&mut command, cluster).output().context("running initdb");
    }
    // initdb wants a name for its user. In a user namespace of its own it may be nobody, where the machine allows that.
    let mut command = account.command(Path::new("unshare"), Signal::SIGKILL);
    command.args(["--user", "--map-user=65534", "--map-group=65534", "--"]).arg(&program);
    match arguments(&mut command, cluster).output() {
        Ok(output) if output.status.success() => Ok(output),
        _ => bail!(Refused::NoName { uid: account.uid }),
    }
}

/// Byte order sorts the same everywhere (pages sort by their own keys); the character classes are Unicode's, without which
/// trigrams would skip ə and ş. The socket's folder lets in nobody else, so `trust` is what a password would be.
fn arguments<'a>(command: &'a mut Command, cluster: &Path) -> &'a mut Command {
    command
        .arg("-D")
        .arg(cluster)
        .args(["--username", super::DATABASE, "--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8"])
        .args(["--auth=trust", "--no-sync", "--no-instructions", "--data-checksums"])
        .stdout(Stdio::null())
}
