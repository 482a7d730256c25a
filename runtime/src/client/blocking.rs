//! Blocking: how a thread waits for a call without a runtime of its own.

use std::future::Future;
use std::io;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::client::message::BoxError;

/// The one runtime of all blocking calls. It has a thread, which keeps connections alive between calls.
static RUNTIME: OnceLock<io::Result<Runtime>> = OnceLock::new();

/// What a future comes to, for which the thread waits.
///
/// The error says why it cannot.
pub(crate) fn wait<T>(future: impl Future<Output = T>) -> Result<T, BoxError> {
    if Handle::try_current().is_ok() {
        return Err("a blocking call would stop the runtime that it is made in: await it".into());
    }
    let runtime = RUNTIME.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("typewright-blocking")
            .enable_all()
            .build()
    });
    match runtime {
        Ok(runtime) => Ok(runtime.block_on(future)),
        Err(error) => Err(format!("there is no runtime for blocking calls: {error}").into()),
    }
}
