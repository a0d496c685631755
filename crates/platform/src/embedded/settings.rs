//! The server's settings, given on its command line at each start, so that an old folder gets the new program's.

use super::Care;
use nix::sys::statvfs::statvfs;
use std::path::Path;

/// Names the socket's file; no TCP port is opened.
pub(super) const PORT: u16 = 5432;

/// What every server of ours runs with: sized for a laptop, and silent about what it stores.
const ALWAYS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=100",
    "work_mem=16MB",
    "maintenance_work_mem=128MB",
    // After a death the log since the last checkpoint is replayed before anyone is answered: keep it short.
    "max_wal_size=1GB",
    "checkpoint_timeout=1min",
    "checkpoint_completion_target=0.5",
    "recovery_init_sync_method=syncfs",
    "random_page_cost=1.1",
    "jit=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "lc_messages=C",
    // Errors can quote people's data. The program logs them without it.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_statement=none",
    "logging_collector=off",
    "log_destination=stderr",
    "log_line_prefix=%m [%p] ",
];

const SAFE: &[&str] = &["shared_buffers=256MB", "fsync=on", "full_page_writes=on", "synchronous_commit=on"];

/// What would read again and again what is still being written; of two values of a setting the later counts.
const LOADING: &[&str] = &["autovacuum=off", "max_wal_size=4GB", "checkpoint_timeout=30min"];

/// The disk is never waited for. A commit still reaches the kernel, so that only the machine's death loses it.
const FAST: &[&str] = &["shared_buffers=128MB", "fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0"];

/// Parallel queries share memory here; containers often have only 64 MB of it.
const SHARED_MEMORY: &str = "/dev/shm";
const SHARED_MEMORY_NEEDED: u64 = 256 << 20;

/// The arguments of `postgres`.
pub(super) fn arguments(cluster: &Path, socket: &Path, care: Care) -> Vec<String> {
    let mut arguments = vec!["-D".into(), cluster.display().to_string()];
    let own = [format!("port={PORT}"), format!("unix_socket_directories={}", quoted(socket))];
    let shared_memory = (!has_shared_memory()).then(|| "dynamic_shared_memory_type=mmap".to_owned());
    let cared: &[&[&str]] = match care {
        Care::Keep => &[ALWAYS, SAFE],
        Care::Load => &[ALWAYS, SAFE, LOADING],
        Care::Risk => &[ALWAYS, FAST],
    };
    let fixed = cared.iter().copied().flatten().map(|setting| (*setting).to_owned());
    for setting in own.into_iter().chain(shared_memory).chain(fixed) {
        arguments.push("-c".into());
        arguments.push(setting);
    }
    arguments
}

/// The setting is a list, so a path with a comma or a space must stand in quotes.
fn quoted(path: &Path) -> String {
    format!("\"{}\"", path.display().to_string().replace('"', "\"\""))
}

fn has_shared_memory() -> bool {
    statvfs(SHARED_MEMORY).is_ok_and(|found| found.blocks() * found.fragment_size() >= SHARED_MEMORY_NEEDED)
}
