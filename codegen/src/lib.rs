//! Typewright: a compiler from API contracts to Rust.

pub mod diagnostics;
pub mod ir;
pub mod load;
pub mod lower;
pub mod render;
pub mod resolve;
pub mod tree;
