//! What the server does to a call, and what the call then has to end in.

use std::time::Duration;

use crate::ending::Ending;

/// The largest body that the client takes, in bytes.
pub(crate) const LARGEST: usize = 64 * 1024;

/// How often the client sends a call at most.
pub(crate) const TRIES: u32 = 3;

/// What the server does to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// It thinks for a moment.
    Delay,
    /// The body is as large as one may be.
    Large,
    /// The body comes a few bytes at a time, and to its end in time.
    Drip,
    /// 429 with `Retry-After: 0`, and a good answer to the second try.
    BusyOnce,
    /// 503, and a good answer to the third try.
    DownTwice,
    /// 503, whenever it is asked.
    Down,
    /// The connection is reset before the answer's head; the second try is answered.
    ResetOnce,
    Reset,
    /// The answer is not HTTP.
    NoHttp,
    /// The connection is closed before the body has as many bytes as its head says.
    Cut,
    /// The connection is closed within a chunk.
    CutChunk,
    NotJson,
    WrongType,
    EndlessHead,
    EndlessBody,
    /// Like `Drip`, but without an end.
    EndlessDrip,
    Silence,
    SilenceAfterHead,
}

/// How many of a round of calls meet which fault.
const MIX: [(Fault, i64); 19] = [
    (Fault::None, 60),
    (Fault::Delay, 12),
    (Fault::Large, 6),
    (Fault::Drip, 6),
    (Fault::BusyOnce, 14),
    (Fault::DownTwice, 14),
    (Fault::Down, 8),
    (Fault::ResetOnce, 10),
    (Fault::Reset, 8),
    (Fault::NoHttp, 8),
    (Fault::Cut, 10),
    (Fault::CutChunk, 8),
    (Fault::NotJson, 10),
    (Fault::WrongType, 10),
    (Fault::EndlessHead, 2),
    (Fault::EndlessBody, 6),
    (Fault::EndlessDrip, 3),
    (Fault::Silence, 3),
    (Fault::SilenceAfterHead, 2),
];

/// The sum of `MIX`.
const ROUND: i64 = 200;

/// Has no factor in common with a round, so that its multiples meet each place of one, far apart.
const STRIDE: i64 = 77;

/// How a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    /// A `GET`, which may be sent again.
    Read,
    /// A `PATCH`, which may not, and whose answer has no body that the contract describes.
    Write,
}

impl Method {
    /// That of a call: each fault meets both within two rounds.
    pub(crate) fn of(number: i64) -> Self {
        if (number + number / ROUND) % 2 == 0 {
            Self::Read
        } else {
            Self::Write
        }
    }
}

/// The time limits of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) total: Duration,
    pub(crate) silence: Duration,
}

impl Fault {
    /// What a call meets.
    pub(crate) fn of(number: i64) -> Self {
        let mut place = number * STRIDE % ROUND;
        for (fault, share) in MIX {
            if place < share {
                return fault;
            }
            place -= share;
        }
        panic!("the shares of the faults do not make a round")
    }

    /// The time limits of a call that meets this: short where they shall be met, and otherwise so long
    /// that a busy machine does not meet them.
    pub(crate) fn limits(self) -> Limits {
        let (total, silence) = match self {
            Self::EndlessDrip => (1_000, 900),
            Self::Silence | Self::SilenceAfterHead => (10_000, 500),
            Self::None
            | Self::Delay
            | Self::Large
            | Self::Drip
            | Self::BusyOnce
            | Self::DownTwice
            | Self::Down
            | Self::ResetOnce
            | Self::Reset
            | Self::NoHttp
            | Self::Cut
            | Self::CutChunk
            | Self::NotJson
            | Self::WrongType
            | Self::EndlessHead
            | Self::EndlessBody => (15_000, 10_000),
        };
        Limits {
            total: Duration::from_millis(total),
            silence: Duration::from_millis(silence),
        }
    }

    /// What a call ends in, and how many requests are sent for it.
    pub(crate) fn outcome(self, method: Method) -> (Ending, u32) {
        let repeated = match method {
            Method::Read => TRIES,
            Method::Write => 1,
        };
        match (self, method) {
            (Self::None | Self::Delay | Self::Large | Self::Drip, _)
            | (Self::NotJson | Self::WrongType, Method::Write) => (Ending::Answer, 1),
            (Self::BusyOnce | Self::ResetOnce, Method::Read) => (Ending::Answer, 2),
            (Self::DownTwice, Method::Read) => (Ending::Answer, 3),
            (Self::BusyOnce, Method::Write) => (Ending::Described(429), 1),
            (Self::DownTwice | Self::Down, Method::Write) => (Ending::Described(503), 1),
            (Self::Down, Method::Read) => (Ending::Undescribed(503), repeated),
            (Self::ResetOnce, Method::Write)
            | (Self::Reset | Self::NoHttp | Self::EndlessHead, _) => {
                (Ending::Broken(None), repeated)
            }
            (Self::Cut | Self::CutChunk, _) => (Ending::Broken(Some(200)), repeated),
            (Self::NotJson | Self::WrongType, Method::Read) => (Ending::Undecodable, 1),
            (Self::EndlessBody, _) => (Ending::TooLarge, 1),
            (Self::EndlessDrip, _) => (Ending::Timeout(Some(200)), 1),
            (Self::Silence, _) => (Ending::Timeout(None), repeated),
            (Self::SilenceAfterHead, _) => (Ending::Timeout(Some(200)), repeated),
        }
    }
}
