//! Syntax help: what mends a text that a parser could not read?

const TAB: &str = "indent with blanks: YAML allows no tabs there";

/// What the parsers say, in part, and what usually lies behind it.
const CAUSES: [(&str, &str); 9] = [
    (
        "recursion limit exceeded",
        "no more than 128 levels can stand within each other: put what is inside into a place of its \
         own, and refer to it",
    ),
    ("a tab character", TAB),
    (
        "mapping values are not allowed",
        "put a text that has `: ` in it into quotation marks, or mend the indentation",
    ),
    (
        "did not find expected key",
        "keys of one mapping start in the same column, and a text that goes on after its closing \
         quotation mark needs others around it",
    ),
    (
        "did not find expected '-' indicator",
        "items of one sequence start in the same column, each with `- `",
    ),
    (
        "did not find expected ','",
        "put a comma between the entries, or close the bracket or quotation mark before",
    ),
    (
        "did not find expected node content",
        "write a value here, or close the bracket that is open",
    ),
    ("unexpected end of stream", "close the quotation mark"),
    (
        "expected `,` or",
        "put a comma between the entries, or close the bracket or quotation mark before",
    ),
];

/// What would mend the text; `rest` is what follows the place of the error.
pub(super) fn of(message: &str, rest: &str) -> Option<&'static str> {
    if message.contains("cannot start any token") {
        return match rest.chars().next() {
            Some('\t') => Some(TAB),
            Some('@' | '`' | '%') => Some("put the text into quotation marks"),
            Some(_) | None => None,
        };
    }
    CAUSES
        .iter()
        .find(|(part, _)| message.contains(part))
        .map(|(_, help)| *help)
}
