//! The user that PostgreSQL runs as: it refuses root, so root lends it another.

use super::refused::Refused;
use anyhow::{Context, Result, bail};
use nix::{
    sys::{prctl::set_pdeathsig, signal::Signal},
    unistd::{Gid, Uid, User, chown, getegid, geteuid, getpid, getppid},
};
use std::{
    env, fs, io,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::Path,
    process::{Command, Stdio},
};

/// A user and a group, and whether they are other than the program's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub uid: u32,
    pub gid: u32,
    pub borrowed: bool,
}

impl Account {
    /// The owner of an existing cluster; else the program's own user; for root `postgres`, else `nobody`.
    pub fn choose(cluster: &Path) -> Result<Self> {
        if !geteuid().is_root() {
            return Ok(Self { uid: geteuid().as_raw(), gid: getegid().as_raw(), borrowed: false });
        }
        let owner = fs::metadata(cluster).ok().filter(|found| found.uid() != 0);
        if let Some(found) = owner {
            return Ok(Self { uid: found.uid(), gid: found.gid(), borrowed: true });
        }
        for name in ["postgres", "nobody"] {
            if let Some(user) = User::from_name(name)? {
                return Ok(Self { uid: user.uid.as_raw(), gid: user.gid.as_raw(), borrowed: true });
            }
        }
        bail!(Refused::NoAccount)
    }

    /// Whether the machine knows a name for the user. `initdb` asks.
    pub fn has_name(&self) -> bool {
        matches!(User::from_uid(Uid::from_raw(self.uid)), Ok(Some(_)))
    }

    /// Gives the user one file or folder.
    pub fn own(&self, path: &Path) -> Result<()> {
        if !self.borrowed {
            return Ok(());
        }
        chown(path, Some(Uid::from_raw(self.uid)), Some(Gid::from_raw(self.gid)))
            .with_context(|| format!("giving {} to user {}", path.display(), self.uid))
    }

    /// Gives the user a folder with everything in it.
    pub fn own_tree(&self, path: &Path) -> Result<()> {
        self.own(path)?;
        for entry in fs::read_dir(path).with_context(|| format!("reading {}", path.display()))? {
            let entry = entry?;
            match entry.file_type()? {
                kind if kind.is_dir() => self.own_tree(&entry.path())?,
                kind if kind.is_file() => self.own(&entry.path())?,
                _ => {} // a link's target is not ours to give away
            }
        }
        Ok(())
    }

    /// Whether the user can enter a folder. It asks the kernel by going there, so that no rule of access is guessed at.
    pub fn enters(&self, folder: &Path) -> Result<bool> {
        if !self.borrowed {
            return Ok(true);
        }
        let mut command = self.command(Path::new("true"), Signal::SIGKILL);
        match command.current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null()).status() {
            Ok(status) => Ok(status.success()),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            Err(error) => Err(error).with_context(|| format!("entering {} as user {}", folder.display(), self.uid)),
        }
    }

    /// A command run as the user, which dies by `signal` when the calling thread does. The environment's `PG…` settings
    /// are kept away from it.
    pub fn command(&self, program: &Path, signal: Signal) -> Command {
        let mut command = Command::new(program);
        for (name, _) in env::vars_os() {
            if name.to_string_lossy().starts_with("PG") {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C").env("TZ", "UTC").current_dir("/").stdin(Stdio::null());
        if self.borrowed {
            command.uid(self.uid).gid(self.gid);
        }
        die_with_parent(&mut command, signal);
        command
    }
}

/// Asks the kernel to signal the child when the thread that starts it ends, however that happens.
///
/// A closure between fork and exec is sturdier here than starting our own program again to do the same: that would need
/// its file, which an upgrade may have replaced. The standard library has changed user and group by then, and a change of
/// user would undo the request.
#[allow(unsafe_code)]
fn die_with_parent(command: &mut Command, signal: Signal) {
    let parent = getpid();
    let ask = move || {
        set_pdeathsig(signal)?;
        if getppid() != parent {
            return Err(io::Error::from(io::ErrorKind::BrokenPipe)); // the parent died before the request was made
        }
        Ok(())
    };
    // SAFETY: the closure only makes the system calls prctl and getppid, both safe between fork and exec, and neither
    // allocates nor takes a lock.
    unsafe { command.pre_exec(ask) };
}
