//! How an operation is called.
