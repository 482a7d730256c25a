//! Patterns: which engine decides a regular expression of ECMA-262, and in which words?
//!
//! The `regex` crate takes a time that grows in a line with the text, but reads a dialect of its own.
//! What can be said in it exactly is. Look-around and back references take an engine that goes back
//! and forth, which may take a power of the text's length: it has a bound of steps.

mod ambiguous;
mod overlap;
mod parse;
mod risk;
mod syntax;
#[cfg(test)]
mod tests;
mod write;

use crate::ir::Engine;
use typewright_runtime::Pattern;

/// The engine for a pattern.
///
/// # Errors
///
/// It is no expression of ECMA-262, or too large a one.
pub(crate) fn engine(source: &str) -> Result<Engine, String> {
    let mode = Pattern::read(source)?;
    let Some(tree) = parse::parse(source, mode) else {
        return Ok(Engine::Ecmascript);
    };
    let Some(expression) = write::write(&tree) else {
        return Ok(Engine::Ecmascript);
    };
    Ok(if tree.is_regular() {
        if Pattern::is_linear(&expression) {
            Engine::Linear(expression)
        } else {
            Engine::Ecmascript
        }
    } else if Pattern::is_bounded(&expression) {
        Engine::Bounded(expression)
    } else {
        Engine::Ecmascript
    })
}

/// Whether there are texts for which an engine that goes back and forth takes time out of all
/// proportion to their length.
pub(crate) fn may_take_long(source: &str) -> bool {
    let Ok(mode) = Pattern::read(source) else {
        return false;
    };
    parse::parse(source, mode).is_none_or(|tree| risk::is_risky(&tree))
}
