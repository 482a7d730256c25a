//! Names: from any text in a contract to a legal, readable and unique Rust identifier.
//!
//! Everything here is a function of the texts alone, so that a name stays what it is when a
//! contract grows: of several texts that come out alike only the later ones are numbered.

use std::borrow::Cow;

use heck::ToSnakeCase;

use crate::hash::{HashMap, HashSet};

/// What an identifier is for: it decides the casing and what a name without letters becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A type.
    Type,
    /// A variant of an enum.
    Variant,
    /// A field of a struct.
    Field,
    /// A parameter of an operation.
    Parameter,
    /// A method of the client.
    Method,
}

/// The most characters an identifier has; a longer one is cut and told apart by a hash.
const LONGEST: usize = 80;

/// Keywords of every edition, strict and reserved: The Rust Reference, Keywords.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers either.
const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Type names that would mislead or break what stands around them: those of the prelude and of its
/// derives, and what users meet in every generated module. Other names of the runtime can be taken:
/// rendering writes them with their path then.
const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Field",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Json",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Secret",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names of associated functions that every model has, or that a setter must not hide.
const TAKEN_FIELDS: &[&str] = &["clone", "new", "shape", "validate"];

/// Functions that every client has.
const TAKEN_METHODS: &[&str] = &["clone", "core", "from_config", "new"];

/// The words of a text in lower case, with an underscore between them.
fn snake(text: &str) -> Cow<'_, str> {
    if is_snake(text) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 4);
    let trimmed = text.trim();
    // `-name` and `+1` mean something else than `name` and `1`.
    if let Some(sign) = trimmed
        .chars()
        .next()
        .filter(|sign| matches!(sign, '-' | '+'))
        && trimmed.chars().nth(1).is_some_and(is_word)
    {
        plain.push_str(if sign == '-' { "minus " } else { "plus " });
    }
    let mut chars = trimmed.chars().peekable();
    // `cRMModules` is `CRMModules` with its first letter in lower case; a leading `x` is a prefix.
    if let Some(first) = chars
        .peek()
        .copied()
        .filter(|c| c.is_ascii_lowercase() && *c != 'x')
        && trimmed
            .chars()
            .skip(1)
            .take_while(char::is_ascii_uppercase)
            .count()
            >= 2
    {
        plain.push(first.to_ascii_uppercase());
        chars.next();
    }
    for c in chars {
        if is_word(c) {
            plain.push(c);
        } else if !is_silent(c) {
            plain.push(' ');
        }
    }
    let found = in_words(&plain);
    Cow::Owned(if found.is_empty() {
        in_words(&spelled(text))
    } else {
        found
    })
}

/// A text in snake case. Most are ASCII, where no character has to be looked up.
fn in_words(text: &str) -> String {
    if text.is_ascii() {
        ascii_in_words(text)
    } else {
        text.to_snake_case()
    }
}

/// The same for ASCII: a word ends before an upper case letter that follows a lower case one, and
/// before the last of several upper case letters that a lower case one follows.
fn ascii_in_words(text: &str) -> String {
    let mut snake = String::with_capacity(text.len() + 8);
    for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let bytes = run.as_bytes();
        // Whether the last letter of the word so far is one in lower or in upper case.
        let (mut lower, mut upper) = (false, false);
        for (index, byte) in bytes.iter().enumerate() {
            let is_upper = byte.is_ascii_uppercase();
            let next_lower = bytes.get(index + 1).is_some_and(u8::is_ascii_lowercase);
            let after_lower = is_upper && lower;
            let last_of_upper = is_upper && upper && next_lower;
            if (index == 0 && !snake.is_empty()) || after_lower || last_of_upper {
                snake.push('_');
            }
            snake.push(char::from(byte.to_ascii_lowercase()));
            if byte.is_ascii_alphabetic() {
                (lower, upper) = (!is_upper, is_upper && !last_of_upper);
            }
        }
    }
    snake
}

/// Whether a text is its words in lower case with an underscore between them already.
fn is_snake(text: &str) -> bool {
    let mut before = b'_';
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => {}
            b'_' if before != b'_' => {}
            _ => return false,
        }
        before = byte;
    }
    before != b'_'
}

/// Whether a character can stand in an identifier as it is. Characters that Unicode normalisation,
/// which the compiler applies to identifiers, would turn into others are left out.
fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let normalised = matches!(
        c,
        'ª' | 'º' | 'ſ' | '\u{0132}'..='\u{0133}' | '\u{013F}'..='\u{0140}' | '\u{0149}'
            | '\u{01C4}'..='\u{01CC}' | '\u{01F1}'..='\u{01F3}' | '\u{02B0}'..='\u{02B8}'
            | '\u{1100}'..='\u{11FF}' | '\u{1D2C}'..='\u{1DBF}' | '\u{2070}'..='\u{209C}'
            | '\u{2100}'..='\u{218B}' | '\u{3131}'..='\u{318E}' | '\u{F900}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{1D400}'..='\u{1D7FF}'
            | '\u{2F800}'..='\u{2FA1F}'
    );
    c.is_alphanumeric() && unicode_ident::is_xid_continue(c) && !normalised
}

/// Whether a character stands inside a word without being part of it: apostrophes and accents.
fn is_silent(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200D}')
}

/// Spells out a text that has nothing to make a name from.
fn spelled(text: &str) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    let names: Vec<_> = text.chars().map(spell).collect();
    names.join(" ")
}

fn spell(c: char) -> String {
    let name = match c {
        ' ' => "blank",
        '!' => "exclamation",
        '"' => "quote",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '\'' => "apostrophe",
        '(' | '[' | '{' => "open",
        ')' | ']' | '}' => "close",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        ';' => "semicolon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '\\' => "backslash",
        '^' => "caret",
        '_' => "underscore",
        '`' => "backtick",
        '|' => "pipe",
        '~' => "tilde",
        other => return format!("u{:x}", u32::from(other)),
    };
    name.to_owned()
}

/// The name in upper camel case, to be put behind another or to be completed by [`ident`].
pub(super) fn camel(text: &str) -> String {
    let snake = snake(text);
    let mut name = String::with_capacity(snake.len());
    let mut starts = true;
    for c in snake.chars() {
        match c {
            '_' => {}
            c if !starts => name.push(c),
            c => {
                keep_apart(&mut name, c);
                if c.is_ascii() {
                    name.push(c.to_ascii_uppercase());
                } else {
                    name.extend(c.to_uppercase());
                }
            }
        }
        starts = c == '_';
    }
    cut(name, text)
}

/// Two digits that did not stand side by side must not come to: `1.0` is not `10`.
fn keep_apart(name: &mut String, next: char) {
    if next.is_numeric() && name.ends_with(char::is_numeric) {
        name.push('_');
    }
}

/// The name of something inside something else: both in upper camel case.
pub(super) fn inside(parent: &str, child: &str) -> String {
    let child = camel(child);
    let mut name = String::with_capacity(parent.len() + child.len() + 1);
    name.push_str(parent);
    if let Some(first) = child.chars().next() {
        keep_apart(&mut name, first);
    }
    name.push_str(&child);
    if fits(&name) {
        return name;
    }
    let text = name.clone();
    cut(name, &text)
}

/// The name that `text` gives, legal but not yet unique, without `r#`.
pub(super) fn ident(kind: Kind, text: &str) -> String {
    let (name, lead) = match kind {
        Kind::Type => (camel(text), "Type"),
        Kind::Variant => (camel(text), "Value"),
        Kind::Field => (snake(text).into_owned(), "field_"),
        Kind::Parameter => (snake(text).into_owned(), "parameter_"),
        Kind::Method => (snake(text).into_owned(), "operation_"),
    };
    let name = if name.chars().next().is_some_and(unicode_ident::is_xid_start) {
        name
    } else {
        format!("{lead}{name}")
    };
    let name = cut(name, text);
    match kind {
        Kind::Type if TAKEN_TYPES.contains(&name.as_str()) => format!("{name}Model"),
        Kind::Variant if name == "Unknown" || name == "Self" => format!("{name}Value"),
        Kind::Field if TAKEN_FIELDS.contains(&name.as_str()) => format!("{name}_"),
        Kind::Method if TAKEN_METHODS.contains(&name.as_str()) => format!("{name}_operation"),
        Kind::Type | Kind::Variant => name,
        Kind::Field | Kind::Parameter | Kind::Method => {
            if NEVER_RAW.contains(&name.as_str()) {
                format!("{name}_")
            } else {
                name
            }
        }
    }
}

/// The name in kebab case, as the features of a crate have it: The Cargo Book, Features.
pub(crate) fn kebab(text: &str) -> String {
    let name = cut(snake(text).into_owned(), text).replace('_', "-");
    let starts = |c: char| unicode_ident::is_xid_start(c) || c.is_ascii_digit();
    if name.starts_with(starts) {
        name
    } else {
        format!("tag-{name}")
    }
}

/// The name of a module with a file of its own, for a name in kebab case. It is in ASCII, because the
/// compiler looks for no other files, and no name that some system keeps for its devices.
pub(crate) fn module(kebab: &str) -> String {
    const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];
    let mut name = String::with_capacity(kebab.len());
    for c in kebab.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => name.push(c),
            '-' => name.push('_'),
            c => name.push_str(&spell(c)),
        }
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        name.insert_str(0, "tag_");
    }
    let numbered = |device: &str| name.len() == 4 && name.starts_with(device);
    if KEYWORDS.contains(&name.as_str())
        || NEVER_RAW.contains(&name.as_str())
        || DEVICES.contains(&name.as_str())
        || numbered("com")
        || numbered("lpt")
    {
        name.push_str("_tag");
    }
    cut(name, kebab)
}

fn fits(name: &str) -> bool {
    name.len() <= LONGEST || name.chars().count() <= LONGEST
}

/// Cuts a name that is too long and puts a hash of the whole text behind it.
fn cut(name: String, text: &str) -> String {
    if fits(&name) {
        return name;
    }
    let start: String = name.chars().take(LONGEST - 9).collect();
    format!("{}X{:08x}", start.trim_end_matches('_'), fnv1a(text)).to_case_of(&name)
}

trait ToCaseOf {
    fn to_case_of(self, other: &str) -> String;
}

impl ToCaseOf for String {
    /// In snake case the hash is a word of its own.
    fn to_case_of(self, other: &str) -> String {
        if other.chars().any(char::is_uppercase) {
            self
        } else {
            self.replace('X', "_")
        }
    }
}

/// FNV-1a, folded to 32 bits: stable over time and platforms, which is all that is asked of it.
fn fnv1a(text: &str) -> u32 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let bytes = (hash ^ (hash >> 32)).to_le_bytes();
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

/// The identifier as it is written: raw, if it is a keyword.
pub(super) fn raw(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// The names of one scope.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    /// The last number tried behind a name, so that many equal names cost no quadratic search.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which these names are taken already.
    pub(super) fn with<'a>(taken: impl IntoIterator<Item = &'a str>) -> Self {
        Self {
            taken: taken.into_iter().map(str::to_owned).collect(),
            numbers: HashMap::default(),
        }
    }

    /// Takes `name` if it is free.
    pub(super) fn try_take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes `name`, or the first number behind it that is free.
    pub(crate) fn take(&mut self, name: String) -> String {
        if self.try_take(&name) {
            return name;
        }
        let snake = !name.chars().any(char::is_uppercase);
        let apart = !name.ends_with('_');
        let gap = if apart && (snake || name.ends_with(|c: char| c.is_numeric())) {
            "_"
        } else {
            ""
        };
        let mut number = self.numbers.get(&name).copied().unwrap_or(1);
        loop {
            number += 1;
            let numbered = format!("{name}{gap}{number}");
            if self.try_take(&numbered) {
                self.numbers.insert(name, number);
                return numbered;
            }
        }
    }

    /// Takes a name for each text. Of several that come out alike, the one that is spelt like the
    /// name itself has it, else the first; only the others are numbered.
    pub(super) fn take_all(&mut self, kind: Kind, texts: &[&str]) -> Vec<String> {
        let wanted: Vec<_> = texts.iter().map(|text| ident(kind, text)).collect();
        let mut given = vec![false; texts.len()];
        for spelt_alike in [true, false] {
            for ((text, name), given) in texts.iter().zip(&wanted).zip(&mut given) {
                *given = *given || (!spelt_alike || text == name) && self.try_take(name);
            }
        }
        wanted
            .into_iter()
            .zip(given)
            .map(|(name, given)| raw(if given { name } else { self.take(name) }))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(text: &str) -> String {
        raw(ident(Kind::Field, text))
    }

    fn variant(text: &str) -> String {
        ident(Kind::Variant, text)
    }

    #[test]
    fn casing_follows_the_words() {
        assert_eq!(field("CUST_CONTACT"), "cust_contact");
        assert_eq!(field("E_MAIL_2"), "e_mail_2");
        assert_eq!(field("openIDAccounts"), "open_id_accounts");
        assert_eq!(field("X-Correlation-ID"), "x_correlation_id");
        assert_eq!(ident(Kind::Type, "pet-store.Owner"), "PetStoreOwner");
    }

    #[test]
    fn words_of_ascii_are_those_of_any_other_text() {
        let mut texts: Vec<String> = ["a", "B", "7", "-", "x1", "XML", "Http", "getURLFor", "i2C"]
            .map(str::to_owned)
            .to_vec();
        for _ in 0..2 {
            let longer = texts.iter().flat_map(|one| {
                let ends = ["", "a", "B", "9", "_", "Id", "IDs"];
                ends.map(|end| format!("{one}{end}"))
            });
            texts = longer.collect();
        }
        for text in texts {
            assert_eq!(ascii_in_words(&text), text.to_snake_case(), "{text}");
        }
    }

    #[test]
    fn an_acronym_that_lost_its_first_capital_is_still_one_word() {
        assert_eq!(field("cRMModules"), "crm_modules");
        assert_eq!(field("sLAInstances"), "sla_instances");
        assert_eq!(field("uRL"), "url");
        assert_eq!(field("eMail"), "e_mail");
    }

    #[test]
    fn keywords_are_raw_or_get_an_underscore() {
        assert_eq!(field("type"), "r#type");
        assert_eq!(field("gen"), "r#gen");
        assert_eq!(field("self"), "self_");
        assert_eq!(field("crate"), "crate_");
        assert_eq!(variant("self"), "SelfValue");
    }

    #[test]
    fn what_generated_code_needs_is_not_taken() {
        assert_eq!(ident(Kind::Type, "option"), "OptionModel");
        assert_eq!(ident(Kind::Type, "Client"), "ClientModel");
        assert_eq!(variant("unknown"), "UnknownValue");
        assert_eq!(field("new"), "new_");
    }

    #[test]
    fn a_leading_digit_gets_a_word_before_it() {
        assert_eq!(field("2fa"), "field_2fa");
        assert_eq!(variant("2022-11-28"), "Value2022_11_28");
        assert_eq!(variant("1.0"), "Value1_0");
        assert_eq!(ident(Kind::Type, "3d"), "Type3d");
    }

    #[test]
    fn signs_and_lone_punctuation_are_spelt() {
        assert_eq!(variant("+1"), "Plus1");
        assert_eq!(variant("-1"), "Minus1");
        assert_eq!(variant("-name"), "MinusName");
        assert_eq!(variant("<="), "LessEqual");
        assert_eq!(variant(""), "Empty");
        assert_eq!(variant(" "), "Blank");
        assert_eq!(variant("\u{1F600}"), "U1f600");
    }

    #[test]
    fn other_scripts_stay() {
        assert_eq!(field("größe"), "größe");
        assert_eq!(variant("東京"), "東京");
        assert_eq!(field("naïve (e\u{301})"), "naïve_e");
    }

    #[test]
    fn what_the_compiler_would_normalise_is_left_out() {
        assert_eq!(field("nº de serie"), "n_de_serie");
        assert_eq!(field("\u{FB01}nal"), "nal");
        assert_eq!(field("\u{FF21}"), "uff21");
    }

    #[test]
    fn a_very_long_name_is_cut_and_stays_apart_from_its_like() {
        let long = "property".repeat(30);
        let cut = field(&long);
        assert!(cut.chars().count() <= LONGEST);
        assert_ne!(cut, field(&format!("{long}s")));
        assert_eq!(cut, field(&long));
    }

    #[test]
    fn only_the_later_of_equal_names_is_numbered() {
        let mut scope = Scope::default();
        assert_eq!(
            scope.take_all(
                Kind::Field,
                &["foo_bar", "fooBar", "FOO-BAR", "type", "Type"]
            ),
            ["foo_bar", "foo_bar_2", "foo_bar_3", "r#type", "type_2"]
        );
    }

    #[test]
    fn the_one_that_is_spelt_like_the_name_has_it() {
        let mut scope = Scope::default();
        assert_eq!(
            scope.take_all(Kind::Type, &["fooBar", "FooBar"]),
            ["FooBar2", "FooBar"]
        );
    }

    #[test]
    fn a_number_does_not_run_into_another_or_into_a_name_that_exists() {
        let mut scope = Scope::default();
        assert_eq!(
            scope.take_all(Kind::Variant, &["v1", "V1", "a", "A", "A2"]),
            ["V1_2", "V1", "A3", "A", "A2"]
        );
    }
}
