//! Patterns: regular expressions as ECMA-262 reads them.
//!
//! What it takes to read one grows with it, and the engine's parser goes one call deeper for each
//! alternative, so there are bounds.

use std::sync::OnceLock;
use std::thread;

/// The longest pattern that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// The most alternatives of a pattern.
const MOST_ALTERNATIVES: usize = 4_000;

/// The alternatives that are read on any stack: the engine's parser goes one call deeper for each.
const FEW_ALTERNATIVES: usize = 500;

/// A stack on which all of [`MOST_ALTERNATIVES`] are read several times over.
const STACK: usize = 32 * 1024 * 1024;

/// The same of an expression that is itself a value, which anybody may send: what is read on any stack,
/// and at little cost.
const LONGEST_SENT: usize = 16 * 1024;
const MOST_ALTERNATIVES_SENT: usize = 1_000;

/// A regular expression as ECMA-262 reads it, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    /// As it stands in the contract.
    pub source: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Pattern {
    /// A pattern that the generator has already compiled once.
    pub const fn new(source: &'static str) -> Self {
        Self {
            source,
            compiled: OnceLock::new(),
        }
    }

    /// Whether a pattern can be read.
    ///
    /// # Errors
    ///
    /// It is no expression of ECMA-262, or has more than 64 KiB or 4,000 alternatives.
    pub fn read(source: &str) -> Result<(), String> {
        compile(source).map(drop)
    }

    /// Whether the pattern matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.compiled
            .get_or_init(|| compile(self.source).ok())
            .as_ref()
            .is_some_and(|regex| regex.find(text).is_some())
    }
}

/// The format `regex`.
pub(crate) fn is_expression(text: &str) -> bool {
    text.len() <= LONGEST_SENT
        && alternatives(text) <= MOST_ALTERNATIVES_SENT
        && regress::Regex::with_flags(text, "u").is_ok()
}

fn alternatives(source: &str) -> usize {
    source.bytes().filter(|byte| *byte == b'|').count()
}

/// Compiles a pattern with the flag `u`, which JSON Schema asks for, or else without: contracts often
/// escape more than it lets them, and then mean what a browser makes of it.
fn compile(source: &str) -> Result<regress::Regex, String> {
    if source.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if alternatives(source) > MOST_ALTERNATIVES {
        return Err(format!("it has more than {MOST_ALTERNATIVES} alternatives"));
    }
    let compile = || {
        regress::Regex::with_flags(source, "u")
            .or_else(|error| regress::Regex::with_flags(source, "").map_err(|_| error.to_string()))
    };
    if alternatives(source) <= FEW_ALTERNATIVES {
        return compile();
    }
    thread::scope(|scope| {
        let deep = thread::Builder::new().stack_size(STACK);
        let compiled = deep.spawn_scoped(scope, compile);
        let compiled = compiled.map_err(|error| error.to_string())?;
        compiled
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}
