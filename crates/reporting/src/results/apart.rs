//! Reports on threads of their own. An allocator keeps for each thread much of what the thread has given back; a report takes
//! far more than any page, and what it took goes with its thread.

use anyhow::{Context, Result, anyhow};
use std::thread;
use tokio::{runtime::Handle, sync::oneshot, task};

/// Does the work on a thread of its own, and waits for it.
pub(super) async fn apart<T: Send>(work: impl AsyncFnOnce() -> T + Send) -> Result<T> {
    let runtime = Handle::current();
    task::block_in_place(|| {
        thread::scope(|threads| {
            let done = threads.spawn(|| runtime.block_on(work())).join();
            done.map_err(|_| anyhow!("a report stopped short"))
        })
    })
}

/// Does the work on a thread of its own, while whoever asks goes on.
pub(super) fn beside<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> impl Future<Output = Result<T>> {
    let (done, waits) = oneshot::channel();
    let runtime = Handle::current();
    thread::spawn(move || _ = done.send(runtime.block_on(work)));
    async { waits.await.context("a part of a report stopped short") }
}
