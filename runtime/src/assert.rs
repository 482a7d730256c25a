//! Holds a value against what is said of it by schemas of its own, or of several of its properties:
//! JSON Schema Core, section 10.

use std::fmt;

use crate::check::{Checker, Quoted};
use crate::rule::Rule;
use crate::value::{View, items, members};
use crate::violation::Violations;

impl Checker<'_> {
    /// `type`.
    pub(crate) fn json_type(&mut self, view: View<'_>, types: &'static [&'static str]) {
        if speaks(view) && !types.iter().any(|ty| is_a(view, ty)) {
            self.violation("type", &Words(types), &view.kind());
        }
    }

    /// `enum` of values of any type.
    #[cfg(feature = "json")]
    pub(crate) fn enum_json(&mut self, view: View<'_>, values: &'static [&'static str]) {
        use crate::Value;
        let listed = |text: &&str| {
            serde_json::from_str::<crate::Json>(text)
                .is_ok_and(|value| crate::equal::same(view, value.view()))
        };
        if speaks(view) && !values.iter().any(listed) {
            self.violation("enum", &Words(values), &view.kind());
        }
    }

    /// What a schema says of the value as JSON. One that is of no variant of its union is held against it
    /// as it was received.
    #[cfg(feature = "json")]
    pub(crate) fn exact(&mut self, view: View<'_>, part: &crate::exact::Part) {
        let asked =
            !self.only_tries_inside() && (part.speaks_of_null() || !matches!(view, View::Null));
        if asked
            && speaks(view)
            && let Some(broken) = part.violations_up_to(self.room(), &crate::json::of_view(view))
        {
            self.broken_inside(broken);
        }
    }

    /// `required` beyond what a shape says.
    pub(crate) fn required(&mut self, view: View<'_>, names: &'static [&'static str]) {
        if let View::Object(object) = view {
            for name in names {
                if !members(object).any(|(key, _)| key == *name) {
                    self.key(name).violation("required", &true, &"absent");
                }
            }
        }
    }

    /// `properties`, `patternProperties` or `additionalProperties`: the rules that a name gets.
    pub(crate) fn each_property(
        &mut self,
        view: View<'_>,
        of: &dyn Fn(&str) -> Option<&'static [Rule]>,
    ) {
        if let View::Object(object) = view {
            for (key, value) in members(object) {
                if let Some(rules) = of(key) {
                    self.key(key).rules(value, rules);
                }
            }
        }
    }

    /// `propertyNames`.
    pub(crate) fn property_names(&mut self, view: View<'_>, rules: &'static [Rule]) {
        if let View::Object(object) = view {
            for (key, _) in members(object) {
                if !holds(View::Text(key), rules) {
                    self.violation("propertyNames", &"what it says", &Quoted(&[key]));
                }
            }
        }
    }

    /// The rules that an item gets by its place.
    pub(crate) fn each_item(
        &mut self,
        view: View<'_>,
        of: &dyn Fn(usize) -> Option<&'static [Rule]>,
    ) {
        if let View::List(list) = view {
            for index in 0..list.len() {
                if let (Some(item), Some(rules)) = (list.item(index), of(index)) {
                    self.index(index).rules(item.view(), rules);
                }
            }
        }
    }

    /// `contains`.
    pub(crate) fn contains(
        &mut self,
        view: View<'_>,
        rules: &'static [Rule],
        least: u64,
        most: Option<u64>,
    ) {
        if let View::List(list) = view {
            let found = items(list).filter(|item| holds(item.view(), rules)).count() as u64;
            if found < least {
                self.violation("contains", &AtLeast(least), &Matching(found));
            } else if let Some(most) = most.filter(|most| found > *most) {
                self.violation("maxContains", &most, &Matching(found));
            }
        }
    }

    /// `not`.
    pub(crate) fn not(&mut self, view: View<'_>, rules: &'static [Rule]) {
        if speaks(view) && holds(view, rules) {
            self.violation("not", &"what the contract excludes", &view.kind());
        }
    }

    /// `anyOf`, or `oneOf` where just one may hold.
    pub(crate) fn one_of(
        &mut self,
        view: View<'_>,
        lists: &'static [&'static [Rule]],
        exactly: bool,
    ) {
        if !speaks(view) {
            return;
        }
        let holding = lists.iter().filter(|rules| holds(view, rules)).count();
        let keyword = if exactly { "oneOf" } else { "anyOf" };
        if holding == 0 {
            let tried = lists.iter().map(|rules| first_broken(view, rules));
            self.unmatched(keyword, &Count(lists.len()), &view.kind(), tried.collect());
        } else if exactly && holding > 1 {
            self.violation(keyword, &Count(lists.len()), &Several(holding));
        }
    }

    /// `if`, `then` and `else`.
    pub(crate) fn condition(
        &mut self,
        view: View<'_>,
        condition: &'static [Rule],
        then: &'static [Rule],
        otherwise: &'static [Rule],
    ) {
        if !speaks(view) {
            return;
        }
        let rules = if holds(view, condition) {
            then
        } else {
            otherwise
        };
        self.rules(view, rules);
    }
}

/// Whether an assertion is about this view: an unmatched value is looked at in its turn.
fn speaks(view: View<'_>) -> bool {
    !matches!(view, View::Absent | View::Unmatched(_))
}

/// The first of the rules that is broken, in words.
fn first_broken(view: View<'_>, rules: &'static [Rule]) -> String {
    let mut violations = Violations::default();
    Checker::new(&mut violations).rules(view, rules);
    let first = violations.iter().next();
    first.map_or_else(String::new, ToString::to_string)
}

/// Whether all rules hold.
pub(crate) fn holds(view: View<'_>, rules: &'static [Rule]) -> bool {
    let mut violations = Violations::default();
    Checker::new(&mut violations).rules(view, rules);
    violations.is_empty()
}

/// JSON Schema Validation, section 6.1.1: an integer is a number without a fraction.
fn is_a(view: View<'_>, ty: &str) -> bool {
    match view {
        View::Absent => true,
        View::Null => ty == "null",
        View::Bool(_) => ty == "boolean",
        View::Int(_) | View::UInt(_) => matches!(ty, "integer" | "number"),
        View::Float(value) => ty == "number" || (ty == "integer" && value.fract() == 0.0),
        View::Text(_) | View::Secret(_) | View::Binary(_) => ty == "string",
        View::List(_) => ty == "array",
        View::Object(_) => ty == "object",
        View::Unmatched(value) => is_a(value.view(), ty),
    }
}

/// `a, b`
struct Words(&'static [&'static str]);

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join(", "))
    }
}

/// `2 alternatives`
struct Count(usize);

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} alternatives", self.0)
    }
}

struct Several(usize);

impl fmt::Display for Several {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value for {} of them", self.0)
    }
}

struct AtLeast(u64);

impl fmt::Display for AtLeast {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at least {}", self.0)
    }
}

struct Matching(u64);

impl fmt::Display for Matching {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a list with {} such items", self.0)
    }
}
