//! The data folder: its lock, what lies in it, and where it goes when the server's user cannot reach it.
//!
//! `lock` (held while the program runs, with its process number) · `postgres/` (the cluster) · `postgres.log` ·
//! `run/` (the socket) · `socket` (the folder of the socket, which is elsewhere when the path is too long).

use super::{account::Account, refused::Refused};
use anyhow::{Context, Result, bail};
use nix::unistd::mkdtemp;
use std::{
    env,
    ffi::OsStr,
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io::{self, Seek, Write},
    os::unix::{
        ffi::OsStrExt,
        fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt},
    },
    path::{Path, PathBuf},
    thread::sleep,
    time::{Duration, Instant},
};

/// Where data goes when the folder asked for lies in a home that is closed to the server's user.
const OPEN_TO_ALL: &str = "/var/lib/dayaq";

/// The kernel takes 107 bytes for the path of a socket; `/.s.PGSQL.5432` takes 14 of them.
const LONGEST_FOLDER: usize = 107 - 14;

/// A command line that looks whether the program runs holds the lock for less than this.
const GLANCE: Duration = Duration::from_millis(50);

/// A data folder that this process holds.
#[derive(Debug)]
pub(super) struct Folder {
    pub data: PathBuf,
    pub moved_from: Option<PathBuf>,
    pub account: Account,
    /// The folder of the socket.
    pub socket: PathBuf,
    /// Open for as long as the folder is held.
    _lock: File,
}

impl Folder {
    /// Makes the folder when absent and takes its lock.
    pub fn lock(asked: &Path) -> Result<Self> {
        let Place { data, moved_from, account } = Place::of(asked)?;
        make_open(data.parent().unwrap_or(Path::new("/")))?;
        if make(&data)? || !account.enters(&data)? {
            account.own(&data)?;
        }
        let mut lock = take(&data)?;
        lock.set_len(0)?;
        lock.rewind()?;
        writeln!(lock, "{}", std::process::id())?;
        let socket = socket_folder(&data, &account)?;
        fs::write(data.join("socket"), socket.as_os_str().as_bytes()).context("noting the place of the socket")?;
        Ok(Self { data, moved_from, account, socket, _lock: lock })
    }

    pub fn cluster(&self) -> PathBuf {
        cluster(&self.data)
    }

    /// Messages of PostgreSQL itself. No statement and no row is written there.
    pub fn log(&self) -> PathBuf {
        self.data.join("postgres.log")
    }

    /// Takes away what a dead server left beside its socket, which could name a process number that is now another's.
    pub fn clear_socket(&self) {
        for entry in fs::read_dir(&self.socket).into_iter().flatten().flatten() {
            if entry.file_name().as_bytes().starts_with(b".s.PGSQL.") {
                let _ = fs::remove_file(entry.path());
            }
        }
    }

    /// Takes away a socket folder outside the data folder.
    pub fn leave(&self) {
        if !self.socket.starts_with(&self.data) {
            let _ = fs::remove_dir(&self.socket);
        }
    }
}

/// Where a data folder is, without touching anything.
pub(super) struct Place {
    pub data: PathBuf,
    pub moved_from: Option<PathBuf>,
    pub account: Account,
}

impl Place {
    /// The folder asked for, unless the server's user cannot reach it.
    pub fn of(asked: &Path) -> Result<Self> {
        let asked = resolve(asked)?;
        let account = Account::choose(&cluster(&asked))?;
        let parent = nearest_existing(asked.parent().unwrap_or(Path::new("/")));
        if account.enters(parent)? {
            return Ok(Self { data: asked, moved_from: None, account });
        }
        let data = Path::new(OPEN_TO_ALL).join(flat_name(&asked));
        let account = Account::choose(&cluster(&data))?;
        Ok(Self { data, moved_from: Some(asked), account })
    }

    /// The lock's file when a running program holds it.
    pub fn held(&self) -> Result<bool> {
        let file = match File::open(self.data.join("lock")) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                bail!(Refused::NotYours { data: self.data.clone() })
            }
            Err(error) => return Err(error).context("opening the lock of the data folder"),
        };
        match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(error)) => Err(error).context("trying the lock of the data folder"),
        }
    }

    /// Where the program that holds the folder listens.
    pub fn socket(&self) -> Result<PathBuf> {
        let noted = fs::read(self.data.join("socket")).context("reading the place of the socket")?;
        Ok(OsStr::from_bytes(&noted).into())
    }
}

/// The cluster within a data folder.
pub(super) fn cluster(data: &Path) -> PathBuf {
    data.join("postgres")
}

fn take(data: &Path) -> Result<File> {
    let path = data.join("lock");
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(&path);
    let lock = match opened {
        Ok(lock) => lock,
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => bail!(Refused::NotYours { data: data.to_owned() }),
        Err(error) => return Err(error).with_context(|| format!("opening {}", path.display())),
    };
    let until = Instant::now() + GLANCE;
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if Instant::now() < until => sleep(Duration::from_millis(10)),
            Err(TryLockError::WouldBlock) => {
                let pid = fs::read_to_string(&path).ok().and_then(|words| words.trim().parse().ok());
                bail!(Refused::AlreadyRunning { data: data.to_owned(), pid })
            }
            Err(TryLockError::Error(error)) => return Err(error).context("locking the data folder"),
        }
    }
}

/// `run/` in the data folder; when its path is too long for a socket, a folder of random name that nobody else enters.
fn socket_folder(data: &Path, account: &Account) -> Result<PathBuf> {
    let near = data.join("run");
    if near.as_os_str().len() <= LONGEST_FOLDER {
        make(&near)?;
        account.own(&near)?;
        fs::set_permissions(&near, Permissions::from_mode(0o700))?;
        return Ok(near);
    }
    let noted = fs::read(data.join("socket")).unwrap_or_default();
    let before = Path::new(OsStr::from_bytes(&noted));
    if before.as_os_str().len() <= LONGEST_FOLDER && belongs_to(before, account) {
        return Ok(before.to_owned());
    }
    let bases = [account.borrowed.then(|| "/run".into()), env::var_os("XDG_RUNTIME_DIR"), Some("/tmp".into())];
    for base in bases.iter().flatten().map(Path::new).filter(|base| base.is_absolute()) {
        let template = base.join("dayaq-XXXXXX");
        if template.as_os_str().len() > LONGEST_FOLDER || !account.enters(base).unwrap_or(false) {
            continue;
        }
        if let Ok(made) = mkdtemp(&template) {
            account.own(&made)?;
            return Ok(made);
        }
    }
    bail!("no folder with a short path can be made for PostgreSQL's socket in /run or /tmp")
}

/// Whether it is a folder, not a link to one, that only the server's user enters.
fn belongs_to(folder: &Path, account: &Account) -> bool {
    fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir() && found.uid() == account.uid && found.mode() & 0o777 == 0o700)
}

/// Absolute, links followed as far as the path exists: one folder must not have two names.
fn resolve(asked: &Path) -> Result<PathBuf> {
    let absolute = std::path::absolute(asked).with_context(|| format!("finding {}", asked.display()))?;
    let existing = nearest_existing(&absolute);
    let rest = absolute.strip_prefix(existing).unwrap_or(Path::new(""));
    let resolved = existing.canonicalize().with_context(|| format!("finding {}", existing.display()))?;
    Ok(if rest.as_os_str().is_empty() { resolved } else { resolved.join(rest) })
}

fn nearest_existing(path: &Path) -> &Path {
    path.ancestors().find(|path| path.exists()).unwrap_or(Path::new("/"))
}

/// A path as one name that no other path has: `/root/my-data` → `root-my%2Ddata`.
pub(super) fn flat_name(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.trim_start_matches('/').replace('%', "%25").replace('-', "%2D").replace('/', "-")
}

/// Makes a folder closed to others. Whether it was absent.
fn make(folder: &Path) -> Result<bool> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => Ok(true),
        Err(_) if folder.is_dir() => Ok(false),
        Err(error) => Err(error).with_context(|| format!("making the folder {}", folder.display())),
    }
}

/// Makes the missing folders of a path such that others may pass through, whatever the umask.
fn make_open(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_open(parent)?;
    }
    make(folder)?;
    fs::set_permissions(folder, Permissions::from_mode(0o755)).with_context(|| format!("opening the folder {}", folder.display()))
}
