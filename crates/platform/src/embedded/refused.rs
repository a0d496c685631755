//! Why the server is not started, in words that the person at the command line can act on.

use std::path::PathBuf;

/// What a person has to change before PostgreSQL can run here.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    #[error("Dayaq is already running on {}{}. Stop it first, or give another folder with --data.",
        data.display(), pid.map(|pid| format!(" (process {pid})")).unwrap_or_default())]
    AlreadyRunning { data: PathBuf, pid: Option<u32> },

    #[error(
        "PostgreSQL 15 or later was not found. {looked} Install it (on Debian: apt-get install postgresql), \
        or set PG_BIN to the folder with its programs, or DATABASE_URL to a running server."
    )]
    NoPostgres { looked: String },

    #[error("The data in {} was made by PostgreSQL {made_by}, which is not here. {looked} \
        Install PostgreSQL {made_by}, or set PG_BIN to the folder with its programs.", data.display())]
    OtherVersion { data: PathBuf, made_by: u32, looked: String },

    #[error(
        "PostgreSQL does not run as root, and this machine has neither a user 'postgres' nor 'nobody'. \
        Add one (useradd --system postgres), or start Dayaq as an ordinary user."
    )]
    NoAccount,

    #[error(
        "The user number {uid} has no name on this machine, so PostgreSQL makes no database for it. \
        Add it to /etc/passwd, start Dayaq as a named user, or set DATABASE_URL to a running server."
    )]
    NoName { uid: u32 },

    #[error("The folder {} belongs to another user. Start Dayaq as that user, or give another folder with --data.", data.display())]
    NotYours { data: PathBuf },
}
