//! What a value breaks, as data and as a sentence.

use std::fmt::{self, Write};

use crate::secret::REDACTED;

/// How many characters of a value a violation shows.
const SHOWN: usize = 80;
/// How many characters of a limit a sentence shows: an `enum` can be long.
const LIMIT_SHOWN: usize = 200;

/// One constraint that a value breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// JSON Pointer of the value: RFC 6901. That of a missing property is where it should be.
    pub pointer: String,
    /// The keyword of the contract that it breaks: `maxLength`.
    pub keyword: &'static str,
    /// What the keyword allows, as it stands in the contract.
    pub limit: String,
    /// What the value is or measures, bounded in length; `[redacted]` for a secret.
    pub actual: String,
    /// JSON Pointer of the keyword in its contract; empty where only the model is known.
    pub schema: &'static str,
    /// For `oneOf` and `anyOf`, why the value is none of the alternatives, one text for each.
    pub tried: Vec<String>,
}

impl Violation {
    /// A violation of `keyword`; what `actual` writes is cut to 80 characters. No part of a secret
    /// may stand in it.
    pub fn new(
        pointer: impl fmt::Display,
        keyword: &'static str,
        limit: impl fmt::Display,
        actual: impl fmt::Display,
    ) -> Self {
        Self {
            pointer: pointer.to_string(),
            keyword,
            limit: limit.to_string(),
            actual: cut(&actual, SHOWN),
            schema: "",
            tried: Vec::new(),
        }
    }

    /// A violation of the keyword at a place in a contract, which ends with its name.
    pub(crate) fn of_schema(
        pointer: impl fmt::Display,
        schema: &'static str,
        limit: impl fmt::Display,
        actual: impl fmt::Display,
    ) -> Self {
        let keyword = schema.rsplit('/').next().unwrap_or_default();
        Self {
            schema,
            ..Self::new(pointer, keyword, limit, actual)
        }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.pointer.is_empty() {
            "the value"
        } else {
            &self.pointer
        };
        let limit = cut(&self.limit, LIMIT_SHOWN);
        let many =
            |noun: &'static str, nouns: &'static str| if limit == "1" { noun } else { nouns };
        write!(f, "{at}: ")?;
        let verb = match self.keyword {
            "minLength" => {
                write!(f, "at least {limit} {}", many("character", "characters"))?;
                "has"
            }
            "maxLength" => {
                write!(f, "at most {limit} {}", many("character", "characters"))?;
                "has"
            }
            "minItems" => {
                write!(f, "at least {limit} {}", many("item", "items"))?;
                "has"
            }
            "maxItems" => {
                write!(f, "at most {limit} {}", many("item", "items"))?;
                "has"
            }
            "minProperties" => {
                write!(f, "at least {limit} {}", many("property", "properties"))?;
                "has"
            }
            "maxProperties" => {
                write!(f, "at most {limit} {}", many("property", "properties"))?;
                "has"
            }
            "uniqueItems" => {
                f.write_str("no two equal items")?;
                "has"
            }
            "required" => return f.write_str("required, but missing"),
            "readOnly" => return f.write_str("read-only, so it cannot be set"),
            "writeOnly" => return f.write_str("write-only, so it cannot be answered"),
            "type" => {
                write!(f, "must be of type {limit}")?;
                "is"
            }
            "pattern" => {
                write!(f, "must match {limit}")?;
                "is"
            }
            "format" => {
                write!(f, "must be a {limit}")?;
                "is"
            }
            "enum" | "oneOf" | "anyOf" => {
                write!(f, "must be one of {limit}")?;
                "is"
            }
            "minimum" => {
                write!(f, "at least {limit}")?;
                "is"
            }
            "maximum" => {
                write!(f, "at most {limit}")?;
                "is"
            }
            "exclusiveMinimum" => {
                write!(f, "more than {limit}")?;
                "is"
            }
            "exclusiveMaximum" => {
                write!(f, "less than {limit}")?;
                "is"
            }
            "multipleOf" => {
                write!(f, "must be a multiple of {limit}")?;
                "is"
            }
            keyword => {
                write!(f, "{keyword} {limit}")?;
                "is"
            }
        };
        self.fmt_actual(f, verb)
    }
}

impl Violation {
    /// What the value is, behind what it should be.
    fn fmt_actual(&self, f: &mut fmt::Formatter<'_>, verb: &str) -> fmt::Result {
        if self.actual == REDACTED {
            write!(f, " (the value is {REDACTED})")
        } else if matches!(self.keyword, "oneOf" | "anyOf")
            && self.actual.starts_with("a value for")
        {
            write!(f, ", but this is {}", self.actual)
        } else if matches!(self.keyword, "oneOf" | "anyOf") {
            write!(f, ", but this is {} that fits none", self.actual)?;
            for (index, why) in self.tried.iter().enumerate() {
                f.write_str(if index == 0 { ": " } else { "; " })?;
                f.write_str(&cut(why, LIMIT_SHOWN))?;
            }
            Ok(())
        } else {
            write!(f, ", but this {verb} {}", self.actual)
        }
    }
}

impl std::error::Error for Violation {}

/// Everything that a value breaks, in the order of the contract's properties.
///
/// With the feature `json` they serialize as problem details: RFC 9457, with the members `detail` and
/// `errors`, and `omitted` where some are not listed. Type and status are the server's to add.
#[derive(Clone, Debug)]
pub struct Violations {
    list: Vec<Violation>,
    omitted: usize,
    most: usize,
}

/// How many could be listed is no part of what is broken.
impl PartialEq for Violations {
    fn eq(&self, other: &Self) -> bool {
        (&self.list, self.omitted) == (&other.list, other.omitted)
    }
}

impl Eq for Violations {}

impl Default for Violations {
    fn default() -> Self {
        Self::up_to(Self::LISTED)
    }
}

impl Violations {
    /// How many are listed unless another number is given; more are only counted, so that no input can
    /// fill the memory with them.
    pub const LISTED: usize = 1_000;

    /// None yet, of which so many are to be listed.
    pub const fn up_to(most: usize) -> Self {
        Self {
            list: Vec::new(),
            omitted: 0,
            most,
        }
    }

    /// How many constraints are broken, listed or not.
    pub fn len(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Whether nothing is broken.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The violations that are listed.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// How many are not listed: see [`Self::LISTED`] and [`Self::up_to`].
    pub fn omitted(&self) -> usize {
        self.omitted
    }

    /// Adds one.
    pub fn push(&mut self, violation: Violation) {
        self.push_with(|| violation);
    }

    /// Adds one, which is only made where it is to be listed.
    pub(crate) fn push_with(&mut self, violation: impl FnOnce() -> Violation) {
        if self.list.len() < self.most {
            self.list.push(violation());
        } else {
            self.omitted += 1;
        }
    }

    /// How many more are listed.
    #[cfg(feature = "json")]
    pub(crate) fn room(&self) -> usize {
        self.most.saturating_sub(self.list.len())
    }

    /// Puts a place before those of all that are listed.
    #[cfg(feature = "json")]
    pub(crate) fn start_at(&mut self, place: &str) {
        for violation in &mut self.list {
            violation.pointer.insert_str(0, place);
        }
    }

    /// Adds those of another value.
    pub fn merge(&mut self, other: Self) {
        self.omitted += other.omitted;
        self.extend(other.list);
    }

    /// Nothing, or all that is broken.
    ///
    /// # Errors
    ///
    /// There is a violation.
    pub fn into_result(self) -> Result<(), Self> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl Extend<Violation> for Violations {
    fn extend<I: IntoIterator<Item = Violation>>(&mut self, violations: I) {
        violations
            .into_iter()
            .for_each(|violation| self.push(violation));
    }
}

impl FromIterator<Violation> for Violations {
    fn from_iter<I: IntoIterator<Item = Violation>>(violations: I) -> Self {
        let mut all = Self::default();
        all.extend(violations);
        all
    }
}

impl IntoIterator for Violations {
    type Item = Violation;
    type IntoIter = std::vec::IntoIter<Violation>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl fmt::Display for Violations {
    /// A lone violation on one line; several as a list below their number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list.as_slice() {
            [] if self.omitted == 0 => f.write_str("no violations"),
            [violation] if self.omitted == 0 => write!(f, "{violation}"),
            violations => {
                write!(f, "{}:", Count(self.len()))?;
                for violation in violations {
                    write!(f, "\n- {violation}")?;
                }
                if self.omitted > 0 {
                    write!(f, "\n- and {} more", self.omitted)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Violations {}

/// So many violations.
pub(crate) struct Count(pub(crate) usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.0 == 1 {
            "violation"
        } else {
            "violations"
        };
        write!(f, "{} {noun}", self.0)
    }
}

/// At most `most` characters of what `shown` writes; an ellipsis and, where there was one, the
/// closing quote stand for the rest.
fn cut(shown: &dyn fmt::Display, most: usize) -> String {
    let mut cut = Cut {
        text: String::new(),
        left: most,
    };
    if write!(cut, "{shown}").is_err() {
        let end = if cut.text.starts_with('"') {
            "…\""
        } else {
            "…"
        };
        for _ in end.chars() {
            cut.text.pop();
        }
        cut.text.push_str(end);
    }
    cut.text
}

/// Takes so many characters and then fails, which ends the writing of a long value early.
struct Cut {
    text: String,
    left: usize,
}

impl Write for Cut {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for character in text.chars() {
            self.left = self.left.checked_sub(1).ok_or(fmt::Error)?;
            self.text.push(character);
        }
        Ok(())
    }
}
