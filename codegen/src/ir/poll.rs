//! Polls: how it is asked whether what an operation has started is over.

use super::LinkValue;

/// How it is asked whether what an operation has started is over: `x-typewright-poll`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    /// The operation that asks: an index into [`Api::operations`](super::Api::operations).
    pub operation: usize,
    /// What its parameters are, by their indices in it.
    pub parameters: Vec<(usize, LinkValue)>,
    /// What its URL is, where an answer says that.
    pub url: Option<LinkValue>,
    /// Where its answer says how far it is; `None` where the status of the answer does.
    pub status: Option<PollStatus>,
    /// The pause between questions in milliseconds, where the contract has one.
    pub interval: Option<u64>,
}

/// Where an answer says how far it is, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PollStatus {
    /// A JSON Pointer into the body.
    pub pointer: String,
    /// The values with which it has come to a good end, as texts.
    pub done: Vec<String>,
    /// The values with which it has failed, as texts.
    pub failed: Vec<String>,
}
