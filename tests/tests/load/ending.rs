//! What a call ended in, as far as it is compared.

use typewright_runtime::client::{Error, Response};

use crate::fault::LARGEST;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The answer.
    Answer,
    /// A failure that the contract describes, of this status.
    Described(u16),
    /// A failure that it does not describe.
    Undescribed(u16),
    /// The exchange broke off: without a head, or after one of this status.
    Broken(Option<u16>),
    /// The time ran out: without a head, or after one of this status.
    Timeout(Option<u16>),
    Undecodable,
    TooLarge,
    /// The caller waited no longer.
    GivenUp,
    /// Anything else, which is never right.
    Other,
}

impl Ending {
    pub(crate) fn of<T, E>(outcome: &Result<Response<T>, Error<E>>) -> Self {
        let Err(error) = outcome else {
            return Self::Answer;
        };
        let status = error.status().map(|status| status.as_u16());
        match (error, status) {
            (Error::Api(_), Some(status)) => Self::Described(status),
            (Error::Unexpected(_), Some(status)) => Self::Undescribed(status),
            (Error::Transport(_), status) if error.is_timeout() => Self::Timeout(status),
            (Error::Transport(_), status) if !error.is_connect() => Self::Broken(status),
            (Error::Decode(_), Some(200)) => Self::Undecodable,
            (Error::TooLarge(error), Some(200)) if error.limit == LARGEST => Self::TooLarge,
            _ => Self::Other,
        }
    }
}
