//! Which operations is a rule about?

use std::fmt;
use std::str::FromStr;

use crate::resolve::ResolvedOperation;

/// A rule about operations. In every text, `*` stands for any run of characters.
///
/// As text, a rule is its kind and its pattern: `tag:pets`, `path:/pets/*`, `operation:readPet`,
/// `method:GET`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum OperationRule {
    /// About those with this tag.
    Tag(String),
    /// About those with this path template.
    Path(String),
    /// About those with this `operationId`.
    OperationId(String),
    /// About those with this method, in capitals or not.
    Method(String),
}

/// Why a text is no rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError(String);

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is no rule about operations: write tag:NAME, path:TEMPLATE, operation:ID or method:NAME",
            self.0
        )
    }
}

impl std::error::Error for RuleError {}

impl FromStr for OperationRule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || RuleError(text.to_owned());
        let (kind, pattern) = text.split_once(':').ok_or_else(wrong)?;
        let pattern = pattern.to_owned();
        match kind {
            "tag" => Ok(Self::Tag(pattern)),
            "path" => Ok(Self::Path(pattern)),
            "operation" => Ok(Self::OperationId(pattern)),
            "method" => Ok(Self::Method(pattern)),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for OperationRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tag(pattern) => write!(f, "tag `{pattern}`"),
            Self::Path(pattern) => write!(f, "path `{pattern}`"),
            Self::OperationId(pattern) => write!(f, "operationId `{pattern}`"),
            Self::Method(pattern) => write!(f, "method `{pattern}`"),
        }
    }
}

impl OperationRule {
    /// The rule as text, as it is parsed.
    pub fn text(&self) -> String {
        let kind = match self {
            Self::Tag(_) => "tag",
            Self::Path(_) => "path",
            Self::OperationId(_) => "operation",
            Self::Method(_) => "method",
        };
        format!("{kind}:{}", self.pattern())
    }

    pub(super) fn pattern(&self) -> &str {
        match self {
            Self::Tag(pattern)
            | Self::Path(pattern)
            | Self::OperationId(pattern)
            | Self::Method(pattern) => pattern,
        }
    }

    /// What an operation has of what the rule is about.
    pub(super) fn names_in<'o>(&self, operation: &'o ResolvedOperation) -> Vec<&'o str> {
        match self {
            Self::Tag(_) => operation
                .operation
                .tags
                .iter()
                .map(String::as_str)
                .collect(),
            Self::Path(_) => vec![&operation.path],
            Self::OperationId(_) => operation.operation_id.iter().map(String::as_str).collect(),
            Self::Method(_) => vec![&operation.method],
        }
    }

    pub(super) fn is_about(&self, operation: &ResolvedOperation) -> bool {
        let names = self.names_in(operation);
        match self {
            Self::Tag(pattern) | Self::Path(pattern) | Self::OperationId(pattern) => {
                names.iter().any(|name| matches(pattern, name))
            }
            Self::Method(pattern) => names
                .iter()
                .any(|name| matches(&pattern.to_ascii_uppercase(), name)),
        }
    }
}

/// Whether a text is what a pattern stands for.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    // Between two stars the earliest place is as good as any; the last piece has to be at the end.
    let mut pieces = rest.split('*').peekable();
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return text.ends_with(piece);
        }
        match text.find(piece) {
            Some(at) => text = &text[at + piece.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_stands_for_any_run_of_characters() {
        for (pattern, text) in [
            ("/pets", "/pets"),
            ("/pets/*", "/pets/{id}/toys"),
            ("*/toys", "/pets/{id}/toys"),
            ("/*/{id}*", "/pets/{id}"),
            ("*", ""),
            ("a*a", "aa"),
        ] {
            assert!(matches(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [
            ("/pets", "/pets/{id}"),
            ("/pets/*", "/pets"),
            ("a*a", "a"),
            ("*b*", "ac"),
        ] {
            assert!(!matches(pattern, text), "{pattern} {text}");
        }
    }
}
