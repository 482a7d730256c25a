//! Patterns: regular expressions as ECMA-262 reads them.
//!
//! What it takes to read one grows with it, and the engine's parser goes one call deeper for each
//! alternative, so there are bounds.

use std::sync::OnceLock;
#[cfg(feature = "ecmascript")]
use std::thread;

/// The longest pattern that is read, in bytes.
#[cfg(feature = "ecmascript")]
const LONGEST: usize = 64 * 1024;

/// The most alternatives of a pattern.
#[cfg(feature = "ecmascript")]
const MOST_ALTERNATIVES: usize = 4_000;

/// The alternatives that are read on any stack: the engine's parser goes one call deeper for each.
#[cfg(feature = "ecmascript")]
const FEW_ALTERNATIVES: usize = 500;

/// A stack on which all of [`MOST_ALTERNATIVES`] are read several times over.
#[cfg(feature = "ecmascript")]
const STACK: usize = 32 * 1024 * 1024;

/// The same of an expression that is itself a value, which anybody may send: what is read on any stack,
/// and at little cost.
#[cfg(feature = "ecmascript")]
const LONGEST_SENT: usize = 16 * 1024;
#[cfg(feature = "ecmascript")]
const MOST_ALTERNATIVES_SENT: usize = 1_000;

/// How large the automaton of a pattern may be, in bytes.
const LARGEST: usize = 4 * 1024 * 1024;

/// How often an engine that goes back and forth may go back.
#[cfg(feature = "ecmascript")]
const MOST_STEPS: usize = 1_000_000;

/// A regular expression as ECMA-262 reads it, compiled when it is first needed.
#[derive(Debug)]
pub struct Pattern {
    /// As it stands in the contract.
    pub source: &'static str,
    engine: Engine,
    compiled: OnceLock<Option<Compiled>>,
}

/// What decides, as the generator has chosen.
#[derive(Clone, Copy, Debug)]
enum Engine {
    /// An automaton, by this expression in the dialect of the `regex` crate.
    Linear(&'static str),
    /// Going back and forth a bounded number of times, by this expression in the dialect of the
    /// `fancy-regex` crate.
    #[cfg(feature = "ecmascript")]
    Bounded(&'static str),
    /// ECMAScript's own ways.
    #[cfg(feature = "ecmascript")]
    Ecmascript,
}

#[derive(Debug)]
enum Compiled {
    Linear(regex::Regex),
    #[cfg(feature = "ecmascript")]
    Bounded(Box<fancy_regex::Regex>),
    #[cfg(feature = "ecmascript")]
    Ecmascript(Box<regress::Regex>),
}

/// How ECMA-262 reads a pattern.
#[cfg(feature = "ecmascript")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatternMode {
    /// With the flag `u`, which JSON Schema asks for.
    Unicode,
    /// Without: contracts often escape more than the flag lets them, and then mean what a browser makes
    /// of it.
    Plain,
}

impl Pattern {
    /// A pattern that means the same to the `regex` crate. It is decided in a time that grows in a line
    /// with the text.
    pub const fn linear(source: &'static str) -> Self {
        Self::linear_as(source, source)
    }

    /// A pattern that the `regex` crate has another expression for.
    pub const fn linear_as(source: &'static str, expression: &'static str) -> Self {
        Self::with(source, Engine::Linear(expression))
    }

    /// A pattern with look-around or back references that means the same to the `fancy-regex` crate. A
    /// text that takes more than a million steps does not match.
    #[cfg(feature = "ecmascript")]
    pub const fn bounded(source: &'static str) -> Self {
        Self::bounded_as(source, source)
    }

    /// A pattern that the `fancy-regex` crate has another expression for.
    #[cfg(feature = "ecmascript")]
    pub const fn bounded_as(source: &'static str, expression: &'static str) -> Self {
        Self::with(source, Engine::Bounded(expression))
    }

    /// A pattern that has the same meaning in no other dialect.
    #[cfg(feature = "ecmascript")]
    pub const fn new(source: &'static str) -> Self {
        Self::with(source, Engine::Ecmascript)
    }

    const fn with(source: &'static str, engine: Engine) -> Self {
        Self {
            source,
            engine,
            compiled: OnceLock::new(),
        }
    }

    /// Whether the pattern matches anywhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        let compiled = self
            .compiled
            .get_or_init(|| self.engine.compile(self.source));
        match compiled {
            // The generator has compiled it once.
            None => false,
            Some(Compiled::Linear(regex)) => regex.is_match(text),
            #[cfg(feature = "ecmascript")]
            Some(Compiled::Bounded(regex)) => regex.is_match(text).unwrap_or(false),
            #[cfg(feature = "ecmascript")]
            Some(Compiled::Ecmascript(regex)) => regex.find(text).is_some(),
        }
    }
}

/// What the generator asks.
#[cfg(feature = "ecmascript")]
impl Pattern {
    /// How a pattern can be read.
    ///
    /// # Errors
    ///
    /// It is no expression of ECMA-262, or has more than 64 KiB or 4,000 alternatives.
    pub fn read(source: &str) -> Result<PatternMode, String> {
        read(source).map(|(_, mode)| mode)
    }

    /// Whether there is an automaton for an expression, and not too large a one.
    pub fn is_linear(expression: &str) -> bool {
        linear(expression, LARGEST).is_some()
    }

    /// Whether an expression can be decided in a bounded number of steps.
    pub fn is_bounded(expression: &str) -> bool {
        bounded(expression).is_some()
    }
}

impl Engine {
    fn compile(self, #[allow(unused_variables)] source: &str) -> Option<Compiled> {
        match self {
            // Another version of the engine may need a little more.
            Self::Linear(expression) => linear(expression, 2 * LARGEST).map(Compiled::Linear),
            #[cfg(feature = "ecmascript")]
            Self::Bounded(expression) => bounded(expression).map(Compiled::Bounded),
            #[cfg(feature = "ecmascript")]
            Self::Ecmascript => {
                let (regex, _) = read(source).ok()?;
                Some(Compiled::Ecmascript(Box::new(regex)))
            }
        }
    }
}

fn linear(expression: &str, largest: usize) -> Option<regex::Regex> {
    let mut builder = regex::RegexBuilder::new(expression);
    builder.size_limit(largest).build().ok()
}

#[cfg(feature = "ecmascript")]
fn bounded(expression: &str) -> Option<Box<fancy_regex::Regex>> {
    let mut builder = fancy_regex::RegexBuilder::new(expression);
    builder
        .backtrack_limit(MOST_STEPS)
        .delegate_size_limit(LARGEST);
    builder.build().ok().map(Box::new)
}

/// The format `regex`.
#[cfg(feature = "ecmascript")]
pub(crate) fn is_expression(text: &str) -> bool {
    text.len() <= LONGEST_SENT
        && alternatives(text) <= MOST_ALTERNATIVES_SENT
        && regress::Regex::with_flags(text, "u").is_ok()
}

#[cfg(feature = "ecmascript")]
fn alternatives(source: &str) -> usize {
    source.bytes().filter(|byte| *byte == b'|').count()
}

/// Compiles a pattern with the flag `u`, or else without.
#[cfg(feature = "ecmascript")]
fn read(source: &str) -> Result<(regress::Regex, PatternMode), String> {
    if source.len() > LONGEST {
        return Err(format!("it is longer than {LONGEST} bytes"));
    }
    if alternatives(source) > MOST_ALTERNATIVES {
        return Err(format!("it has more than {MOST_ALTERNATIVES} alternatives"));
    }
    let compile = || match regress::Regex::with_flags(source, "u") {
        Ok(regex) => Ok((regex, PatternMode::Unicode)),
        Err(error) => match regress::Regex::with_flags(source, "") {
            Ok(regex) => Ok((regex, PatternMode::Plain)),
            Err(_) => Err(error.to_string()),
        },
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
