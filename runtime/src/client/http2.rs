//! HTTP/2: how is a connection found to be dead, and what does a server say that it did not process?

use std::error::Error;
use std::time::Duration;

use h2::Reason;

/// How long a connection may be silent before it is pinged. All calls share it, so that one whose server
/// hangs would be the end of them: RFC 9113, section 6.7.
pub(crate) const PING: Duration = Duration::from_secs(15);

/// How long the server has to answer a ping.
pub(crate) const PONG: Duration = Duration::from_secs(10);

/// Whether an error says that the server did nothing with a request: RFC 9113, sections 6.8 and 8.7.
pub(crate) fn is_unprocessed(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(error) = error.downcast_ref::<h2::Error>() {
            let refused = error.is_reset() && error.reason() == Some(Reason::REFUSED_STREAM);
            let shut_down = error.is_go_away() && error.reason() == Some(Reason::NO_ERROR);
            return error.is_remote() && (refused || shut_down);
        }
        next = error.source();
    }
    false
}
