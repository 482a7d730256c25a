//! Holds a value against its rules and names everything it breaks.
//!
//! A value that breaks nothing costs no memory: places and texts are made for violations only.

use std::cmp::Ordering;
use std::fmt;
use std::slice;

use crate::decimal;
use crate::decode::Path;
use crate::equal;
use crate::rule::{Number, Rule};
use crate::secret::REDACTED;
use crate::shape::{Checked, Presence, Property};
use crate::value::{Object, Value, View, items, members, unnamed};
pub use crate::violation::{Violation, Violations};

/// Holds values against rules, at a place, with the list that violations go to.
pub struct Checker<'a> {
    path: Path<'a>,
    violations: &'a mut Violations,
    /// Whether this only tries whether a value is of a variant.
    tries: bool,
}

/// Holds `value` against `rules` and, where it is an object, against the rules of its shape, all
/// the way down.
///
/// # Errors
///
/// All that it breaks.
pub fn check(value: &dyn Value, rules: &'static [Rule]) -> Result<(), Violations> {
    let mut violations = Violations::default();
    Checker::new(&mut violations).value(value, rules);
    violations.into_result()
}

/// Holds a value that stands on its own under a name, such as a parameter or a credential, against
/// `rules`: its violations have the pointer `/name`.
pub fn check_named(
    name: &str,
    value: &dyn Value,
    rules: &'static [Rule],
    violations: &mut Violations,
) {
    Checker::new(violations).key(name).value(value, rules);
}

impl<'a> Checker<'a> {
    /// At the root of a value.
    pub fn new(violations: &'a mut Violations) -> Self {
        Self {
            path: Path::Root,
            violations,
            tries: false,
        }
    }

    /// The same, to try whether a value is of a variant: what is left to schemas inside of it is not asked,
    /// since each of those tries what is inside of it in turn.
    pub(crate) fn trying(violations: &'a mut Violations) -> Self {
        Self {
            tries: true,
            ..Self::new(violations)
        }
    }

    #[cfg(feature = "json")]
    pub(crate) fn only_tries_inside(&self) -> bool {
        self.tries && !matches!(self.path, Path::Root)
    }

    /// The same checker at a property.
    pub fn key<'b>(&'b mut self, key: &'b str) -> Checker<'b> {
        Checker {
            path: Path::Key(&self.path, key),
            violations: self.violations,
            tries: self.tries,
        }
    }

    /// The same checker at an item.
    pub fn index(&mut self, index: usize) -> Checker<'_> {
        Checker {
            path: Path::Index(&self.path, index),
            violations: self.violations,
            tries: self.tries,
        }
    }

    /// Notes that the value here breaks `keyword`. No part of a secret may stand in `actual`.
    pub fn violation(
        &mut self,
        keyword: &'static str,
        limit: &dyn fmt::Display,
        actual: &dyn fmt::Display,
    ) {
        let path = self.path;
        self.violations
            .push_with(|| Violation::new(path, keyword, limit, actual));
    }

    /// Notes that the value here fits none of several alternatives, and why it is none of each.
    pub(crate) fn unmatched(
        &mut self,
        keyword: &'static str,
        limit: &dyn fmt::Display,
        actual: &dyn fmt::Display,
        tried: Vec<String>,
    ) {
        let path = self.path;
        self.violations.push_with(|| {
            let violation = Violation::new(path, keyword, limit, actual);
            Violation { tried, ..violation }
        });
    }

    /// How many more violations are listed.
    #[cfg(feature = "json")]
    pub(crate) fn room(&self) -> usize {
        self.violations.room()
    }

    /// Notes what the value here breaks, of which the places start at the value itself.
    #[cfg(feature = "json")]
    pub(crate) fn broken_inside(&mut self, mut broken: Violations) {
        let here = self.path.to_string();
        broken.start_at(&here);
        self.violations.merge(broken);
    }

    /// Holds a value against `rules` and the rules of every shape in it.
    pub fn value(&mut self, value: &dyn Value, rules: &'static [Rule]) {
        let view = value.view();
        self.rules(view, rules);
        #[cfg(feature = "json")]
        if let View::Object(object) = view
            && let Some(whole) = whole(object)
        {
            return self.exact(view, whole);
        }
        self.shapes(view);
    }

    /// Every object in the value is held against its own shape.
    fn shapes(&mut self, view: View<'_>) {
        match view {
            View::List(list) => {
                for (index, item) in items(list).enumerate() {
                    self.index(index).shapes(item.view());
                }
            }
            View::Object(object) => self.object(object),
            View::Unmatched(value) => self.shapes(value.view()),
            View::Absent
            | View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_) => {}
        }
    }

    fn object(&mut self, object: &dyn Object) {
        let shape = object.shape();
        self.rules(View::Object(object), shape.rules);
        let mut ruled = shape.property_rules.iter();
        match shape.checked {
            Checked::All => {
                for (index, property) in shape.properties.iter().enumerate() {
                    self.property(object, index, property, &mut ruled);
                }
            }
            Checked::These(indices) => {
                for index in indices.iter().copied().map(usize::from) {
                    if let Some(property) = shape.properties.get(index) {
                        self.property(object, index, property, &mut ruled);
                    }
                }
            }
        }
        debug_assert!(
            ruled.as_slice().is_empty(),
            "`property_rules` of {} are not in the order of its properties",
            shape.name
        );
        if matches!(shape.checked, Checked::All) || !shape.read_only.is_empty() {
            for (key, value) in unnamed(object) {
                if shape.read_only.contains(&key) {
                    self.key(key).violation("readOnly", &true, &"set");
                }
                self.key(key).shapes(value.view());
            }
        }
        object.check(self);
    }

    /// Holds the value of a property against its rules, which are the next of `ruled` if there are any.
    #[inline]
    fn property(
        &mut self,
        object: &dyn Object,
        index: usize,
        property: &'static Property,
        ruled: &mut slice::Iter<'static, (&'static str, &'static [Rule])>,
    ) {
        let own: &[Rule] = match ruled.as_slice() {
            [(name, asked), rest @ ..] if is_same(name, property.name()) => {
                *ruled = rest.iter();
                asked
            }
            _ => &[],
        };
        let Some(value) = object.field(index) else {
            return;
        };
        match value.view() {
            View::Absent => {
                if property.presence() == Presence::Required {
                    self.key(property.name())
                        .violation("required", &true, &"absent");
                }
            }
            // Nothing is in these.
            view @ (View::Null
            | View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)) => {
                if !own.is_empty() {
                    let mut here = self.key(property.name());
                    for rule in own {
                        here.rule(view, rule);
                    }
                }
            }
            view @ (View::List(_) | View::Object(_) | View::Unmatched(_)) => {
                let mut here = self.key(property.name());
                here.rules(view, own);
                here.shapes(view);
            }
        }
    }

    /// Most values have no rules.
    #[inline]
    pub(crate) fn rules(&mut self, view: View<'_>, rules: &'static [Rule]) {
        if !rules.is_empty() {
            self.all_rules(view, rules);
        }
    }

    fn all_rules(&mut self, view: View<'_>, rules: &'static [Rule]) {
        for rule in rules {
            self.rule(view, rule);
        }
        if let View::Unmatched(value) = view {
            self.rules(value.view(), rules);
        }
    }

    /// Most rules are about the length of a text, which is mostly decided in place.
    #[inline]
    fn rule(&mut self, view: View<'_>, rule: &'static Rule) {
        if let (Rule::MaxLength(limit), View::Text(text)) = (rule, view)
            && text.len() as u64 <= *limit
        {
            return;
        }
        self.any_rule(view, rule);
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each rule")]
    fn any_rule(&mut self, view: View<'_>, rule: &'static Rule) {
        match rule {
            Rule::All(rules) => {
                for rule in *rules {
                    self.rule(view, rule);
                }
            }
            Rule::Union(keyword, names) => {
                if let View::Unmatched(value) = view {
                    self.violation(keyword, &Alternatives(names), &value.view().kind());
                }
            }
            Rule::Discriminator(name) => self.discriminator(view, name),
            Rule::MinLength(limit) => self.length("minLength", view, *limit, Ordering::Less),
            Rule::MaxLength(limit) => self.length("maxLength", view, *limit, Ordering::Greater),
            #[cfg(feature = "pattern")]
            Rule::Pattern(pattern) => {
                self.text("pattern", view, &pattern.source, |text| {
                    pattern.is_match(text)
                });
            }
            Rule::Format(format) => {
                self.text("format", view, &format.name(), |text| format.holds(text));
            }
            Rule::Enum(values) => {
                self.text("enum", view, &Quoted(values), |text| values.contains(&text));
            }
            Rule::EnumNumber(values) => {
                self.number("enum", view, &Listed(values), |number| {
                    values
                        .iter()
                        .any(|value| number.compare(*value) == Some(Ordering::Equal))
                });
            }
            Rule::Minimum(limit) => self.number("minimum", view, limit, |number| {
                matches!(
                    number.compare(*limit),
                    Some(Ordering::Greater | Ordering::Equal)
                )
            }),
            Rule::Maximum(limit) => self.number("maximum", view, limit, |number| {
                matches!(
                    number.compare(*limit),
                    Some(Ordering::Less | Ordering::Equal)
                )
            }),
            Rule::ExclusiveMinimum(limit) => {
                self.number("exclusiveMinimum", view, limit, |number| {
                    number.compare(*limit) == Some(Ordering::Greater)
                });
            }
            Rule::ExclusiveMaximum(limit) => {
                self.number("exclusiveMaximum", view, limit, |number| {
                    number.compare(*limit) == Some(Ordering::Less)
                });
            }
            Rule::MultipleOf(step) => self.number("multipleOf", view, step, |number| {
                decimal::is_multiple(number, *step)
            }),
            Rule::MinItems(limit) => self.items("minItems", view, *limit, Ordering::Less),
            Rule::MaxItems(limit) => self.items("maxItems", view, *limit, Ordering::Greater),
            Rule::UniqueItems => {
                if let View::List(list) = view
                    && let Some((earlier, later)) = equal::first_pair(list)
                {
                    let actual = format_args!("equal items at {earlier} and {later}");
                    self.violation("uniqueItems", &true, &actual);
                }
            }
            Rule::Items(rules) => {
                if let View::List(list) = view {
                    for (index, item) in items(list).enumerate() {
                        self.index(index).rules(item.view(), rules);
                    }
                }
            }
            Rule::MinProperties(limit) => {
                self.properties("minProperties", view, *limit, Ordering::Less);
            }
            Rule::MaxProperties(limit) => {
                self.properties("maxProperties", view, *limit, Ordering::Greater);
            }
            Rule::AdditionalProperties(rules) => {
                if let View::Object(object) = view {
                    for (key, value) in unnamed(object) {
                        self.key(key).rules(value.view(), rules);
                    }
                }
            }
            Rule::Never => {
                if !matches!(view, View::Absent | View::Unmatched(_)) {
                    self.violation("not", &"anything", &view.kind());
                }
            }
            Rule::Type(types) => self.json_type(view, types),
            #[cfg(feature = "json")]
            Rule::EnumJson(values) => self.enum_json(view, values),
            Rule::Required(names) => self.required(view, names),
            Rule::Properties(named) => self.each_property(view, &|key| {
                let found = named.iter().find(|(name, _)| *name == key);
                found.map(|(_, rules)| *rules)
            }),
            #[cfg(feature = "pattern")]
            Rule::PatternProperties(named) => {
                for (pattern, rules) in *named {
                    self.each_property(view, &|key| pattern.is_match(key).then_some(*rules));
                }
            }
            #[cfg(feature = "pattern")]
            Rule::OtherProperties(names, patterns, rules) => self.each_property(view, &|key| {
                let known =
                    names.contains(&key) || patterns.iter().any(|pattern| pattern.is_match(key));
                (!known).then_some(*rules)
            }),
            Rule::PropertyNames(rules) => self.property_names(view, rules),
            Rule::PrefixItems(lists) => {
                self.each_item(view, &|index| lists.get(index).copied());
            }
            Rule::ItemsFrom(first, rules) => {
                self.each_item(view, &|index| (index as u64 >= *first).then_some(*rules));
            }
            Rule::Contains(rules, least, most) => self.contains(view, rules, *least, *most),
            Rule::Not(rules) => self.not(view, rules),
            Rule::AnyOf(lists) => self.one_of(view, lists, false),
            Rule::OneOf(lists) => self.one_of(view, lists, true),
            Rule::If(condition, then, otherwise) => {
                self.condition(view, condition, then, otherwise);
            }
            #[cfg(feature = "json")]
            Rule::Exact(part) => self.exact(view, part),
            #[cfg(feature = "json")]
            Rule::Whole(_) => {}
        }
    }

    fn discriminator(&mut self, view: View<'_>, name: &'static str) {
        match view {
            View::Object(object) => match members(object).find(|(key, _)| *key == name) {
                Some((_, View::Text(_) | View::Secret(_))) => {}
                Some((_, other)) => self.key(name).violation("type", &"string", &other.kind()),
                None => self.key(name).violation("required", &true, &"absent"),
            },
            // What is kept of an unmatched value is looked at in its turn.
            View::Absent | View::Null | View::Unmatched(_) => {}
            View::Bool(_)
            | View::Int(_)
            | View::UInt(_)
            | View::Float(_)
            | View::Text(_)
            | View::Secret(_)
            | View::Binary(_)
            | View::List(_) => self.violation("type", &"object", &view.kind()),
        }
    }

    fn length(&mut self, keyword: &'static str, view: View<'_>, limit: u64, broken: Ordering) {
        // What is no text has no characters, and what is streamed may have a length that nobody knows.
        if let View::Binary(bytes) = view
            && let Some(length) = bytes.length()
        {
            self.count(keyword, length, limit, broken);
        }
        if let View::Text(text) | View::Secret(text) = view {
            // A character has one byte to four, which mostly decides without counting.
            let bytes = text.len() as u64;
            let kept = match broken {
                Ordering::Greater => bytes <= limit,
                Ordering::Less | Ordering::Equal => bytes / 4 >= limit,
            };
            if kept {
                return;
            }
            let length = text.chars().count() as u64;
            if length.cmp(&limit) != broken {
                return;
            }
            match view {
                View::Secret(_) => self.violation(keyword, &limit, &REDACTED),
                _ => self.violation(keyword, &limit, &length),
            }
        }
    }

    fn text(
        &mut self,
        keyword: &'static str,
        view: View<'_>,
        limit: &dyn fmt::Display,
        holds: impl Fn(&str) -> bool,
    ) {
        match view {
            View::Text(text) if !holds(text) => self.violation(keyword, limit, &Quoted(&[text])),
            View::Secret(text) if !holds(text) => self.violation(keyword, limit, &REDACTED),
            _ => {}
        }
    }

    fn number(
        &mut self,
        keyword: &'static str,
        view: View<'_>,
        limit: &dyn fmt::Display,
        holds: impl Fn(Number) -> bool,
    ) {
        if let Some(number) = equal::number(view)
            && !holds(number)
        {
            self.violation(keyword, limit, &number);
        }
    }

    fn items(&mut self, keyword: &'static str, view: View<'_>, limit: u64, broken: Ordering) {
        if let View::List(list) = view {
            self.count(keyword, list.len() as u64, limit, broken);
        }
    }

    fn properties(&mut self, keyword: &'static str, view: View<'_>, limit: u64, broken: Ordering) {
        if let View::Object(object) = view {
            // How many there are beyond what decides does not matter where nothing is broken.
            let enough = limit.saturating_add(u64::from(broken == Ordering::Greater));
            let enough = usize::try_from(enough).unwrap_or(usize::MAX);
            if (members(object).take(enough).count() as u64).cmp(&limit) == broken {
                self.count(keyword, members(object).count() as u64, limit, broken);
            }
        }
    }

    fn count(&mut self, keyword: &'static str, count: u64, limit: u64, broken: Ordering) {
        if count.cmp(&limit) == broken {
            self.violation(keyword, &limit, &count);
        }
    }
}

/// What the object is held against where it stands on its own.
#[cfg(feature = "json")]
fn whole(object: &dyn Object) -> Option<&'static crate::exact::Part> {
    let mut rules = object.shape().rules.iter();
    rules.find_map(|rule| {
        if let Rule::Whole(part) = rule {
            Some(part)
        } else {
            None
        }
    })
}

/// Whether two names are the same, which those of one literal mostly show by where they are.
#[inline]
fn is_same(one: &'static str, other: &'static str) -> bool {
    std::ptr::eq(one, other) || one == other
}

/// `"a", "b"`, with what could disturb a log escaped.
pub(crate) struct Quoted<'a>(pub(crate) &'a [&'a str]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0, |f, text| write!(f, "{text:?}"))
    }
}

/// `1, 2.5`
struct Listed<'a>(&'a [Number]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0, |f, number| write!(f, "{number}"))
    }
}

/// `Email, Telephone`
struct Alternatives<'a>(&'a [&'a str]);

impl fmt::Display for Alternatives<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0, |f, name| f.write_str(name))
    }
}

/// Writes parts with commas between them.
pub(crate) fn separated<T>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    write: impl Fn(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        write(f, part)?;
    }
    Ok(())
}
