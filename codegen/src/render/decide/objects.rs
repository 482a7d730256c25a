//! What a schema asks of objects.

use indexmap::{IndexMap, IndexSet};

use super::{Functions, arm, at, broken};
use crate::ir::{Keyword, ObjectKeyword, OneWay, Schema};
use crate::render::literal;
use crate::render::page::{Page, line};

/// As many names are compared one after the other.
const FEW: usize = 6;

/// A name, and the call that a member with such a name gets.
type Named<'k> = (&'k str, Option<String>);

/// The calls that members get by their names.
#[derive(Default)]
struct Members<'k> {
    named: Vec<Named<'k>>,
    /// Whether a name matches, and the call.
    patterns: Vec<(String, Option<String>)>,
    others: Option<String>,
    /// What the name itself is held against.
    name: Option<String>,
    /// The place of `required`, and the names, each once, with what has to be so for each.
    required: (String, IndexMap<&'k str, &'static str>),
}

impl Functions<'_> {
    pub(super) fn object(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
        let mut members = Members::default();
        for keyword in keywords {
            let Keyword::Object(asked) = keyword else {
                continue;
            };
            let pointer = at(schema, keyword);
            match asked {
                ObjectKeyword::MaxProperties(limit) => {
                    page.block(format_args!("if members.len() > {limit}"), |page| {
                        broken(page, &pointer, &limit.to_string(), "members.len()");
                    });
                }
                ObjectKeyword::MinProperties(limit) => {
                    page.block(format_args!("if members.len() < {limit}"), |page| {
                        broken(page, &pointer, &limit.to_string(), "members.len()");
                    });
                }
                ObjectKeyword::Required(names) => {
                    let names = names.iter().map(String::as_str);
                    let names = names.map(|name| (name, where_required(schema, name)));
                    members.required = (pointer, names.collect());
                }
                ObjectKeyword::DependentRequired(dependent) => {
                    for (name, others) in dependent {
                        let there = format!("value.member({}).is_some()", literal::text(name));
                        let others = others.iter().map(|other| (other.as_str(), there.as_str()));
                        required(page, &pointer, others);
                    }
                }
                ObjectKeyword::Properties(properties) => {
                    let calls = properties.iter();
                    let calls = calls.map(|(name, id)| (name.as_str(), self.call(*id, "member")));
                    members.named.extend(calls);
                }
                ObjectKeyword::PatternProperties(properties) => {
                    let calls = properties.iter().map(|(pattern, id)| {
                        let matches = self.patterns.matches(schema, pattern, "name");
                        (matches, self.call(*id, "member"))
                    });
                    members.patterns.extend(calls);
                }
                ObjectKeyword::AdditionalProperties(id) => {
                    members.others = self.call(*id, "member");
                }
                ObjectKeyword::PropertyNames(id) => {
                    members.name = self.call(*id, "&exact::Key(name)");
                }
            }
        }
        members.write(page);
    }
}

/// What has to be so for a property to be required: what is read-only is not in a request, and what is
/// write-only not in a response.
fn where_required(schema: &Schema, name: &str) -> &'static str {
    match schema.one_way.get(name) {
        Some(OneWay::Received) => "!report.in_request()",
        Some(OneWay::Sent) => "!report.in_response()",
        None => "",
    }
}

impl<'k> Members<'k> {
    /// Holds each member against the schemas of its name.
    fn write(mut self, page: &mut Page) {
        if self.others.is_none() {
            self.named.retain(|(_, call)| call.is_some());
            self.patterns.retain(|(_, call)| call.is_some());
        }
        let asked = !self.named.is_empty() || !self.patterns.is_empty() || self.others.is_some();
        let (pointer, names) = std::mem::take(&mut self.required);
        // Looking each name up takes longer than counting those that come by.
        let counts = asked && !names.is_empty();
        if !counts {
            required(page, &pointer, names.iter().map(|(name, so)| (*name, *so)));
        }
        if !asked && self.name.is_none() {
            return;
        }
        if counts {
            self.count(&names);
            page.line("let mut found = 0;");
        }
        let member = if asked { "member" } else { "_" };
        // With the first one taken before the loop, a map need not be asked in it whether it has begun.
        page.line("let mut members = members;");
        page.line("let mut next = members.next();");
        page.block(
            format_args!("while let Some((name, {member})) = next"),
            |page| {
                page.line("report.key(name);");
                page.maybe_line(self.name.as_deref());
                if self.patterns.is_empty() {
                    self.by_name(page, self.others.as_deref());
                } else {
                    self.by_pattern(page);
                }
                page.line("report.leave();");
                page.line("next = members.next();");
            },
        );
        if counts {
            page.block(format_args!("if found < {}", names.len()), |page| {
                let (always, sometimes): (Vec<_>, Vec<_>) =
                    names.into_iter().partition(|(_, so)| so.is_empty());
                absent(page, &pointer, &always);
                required(page, &pointer, sometimes.into_iter());
            });
        }
    }

    /// Counts the members that have one of these names.
    fn count(&mut self, names: &IndexMap<&'k str, &'static str>) {
        let count = |call: &str| Some(format!("found += 1; {call}").trim_end().to_owned());
        let mut left: IndexSet<_> = names.keys().copied().collect();
        for (name, call) in &mut self.named {
            if left.swap_remove(*name) {
                *call = count(call.as_deref().unwrap_or_default());
            }
        }
        // One that has no schema of its own gets what all others get.
        let others = match (&self.others, self.patterns.is_empty()) {
            (Some(others), true) => others,
            (Some(_), false) => "known = false;",
            (None, _) => "",
        };
        let counted = count(others);
        self.named
            .extend(left.into_iter().map(|name| (name, counted.clone())));
    }

    fn by_name(&self, page: &mut Page, others: Option<&str>) {
        let mut arms: IndexMap<Option<&str>, Vec<&str>> = IndexMap::new();
        for (name, call) in &self.named {
            let call = call.as_deref();
            if call != others {
                arms.entry(call).or_default().push(name);
            }
        }
        if arms.is_empty() {
            page.maybe_line(others);
            return;
        }
        if let (1, None, Some((call, names))) = (arms.len(), others, arms.first()) {
            let texts: Vec<_> = names.iter().map(|name| literal::text(name)).collect();
            let is = match texts.as_slice() {
                [name] => format!("name == {name}"),
                names => format!("matches!(name, {})", names.join(" | ")),
            };
            page.block(format_args!("if {is}"), |page| page.maybe_line(*call));
            return;
        }
        // Where there are many names, those of a length are compared, and no others.
        let many = arms.values().map(Vec::len).sum::<usize>() > FEW;
        let head = if many {
            "match (name.len(), name)"
        } else {
            "match name"
        };
        page.block(head, |page| {
            for (call, names) in &arms {
                let names = names.iter().map(|name| {
                    let text = literal::text(name);
                    if many {
                        format!("({}, {text})", name.len())
                    } else {
                        text
                    }
                });
                arm(page, &names.collect::<Vec<_>>().join(" | "), *call);
            }
            arm(page, "_", others);
        });
    }

    /// A member may have a name of its own and match several patterns.
    fn by_pattern(&self, page: &mut Page) {
        if self.others.is_none() {
            self.by_name(page, None);
        } else if self.named.is_empty() {
            page.line("let mut known = false;");
        } else {
            page.line("let mut known = true;");
            self.by_name(page, Some("known = false;"));
        }
        for (matches, call) in &self.patterns {
            page.block(format_args!("if {matches}"), |page| {
                page.maybe_line(call.as_deref());
                self.others.iter().for_each(|_| page.line("known = true;"));
            });
        }
        if let Some(others) = &self.others {
            page.block("if !known", |page| page.line(others));
        }
    }
}

/// Says which of the names that always have to be there are not.
fn absent(page: &mut Page, pointer: &str, names: &[(&str, &str)]) {
    if names.is_empty() {
        return;
    }
    let pointer = literal::text(pointer);
    let names: Vec<_> = names.iter().map(|(name, _)| literal::text(name)).collect();
    let names = names.join(", ");
    line!(
        page,
        "exact::absent(value, {pointer}, &[{names}], report)?;"
    );
}

fn required<'n>(page: &mut Page, pointer: &str, names: impl Iterator<Item = (&'n str, &'n str)>) {
    let pointer = literal::text(pointer);
    let mut by_condition: IndexMap<&str, Vec<String>> = IndexMap::new();
    for (name, condition) in names {
        let names = by_condition.entry(condition).or_default();
        names.push(literal::text(name));
    }
    for (condition, names) in by_condition {
        let names = names.join(", ");
        let required = format!("exact::required(value, {pointer}, &[{names}], report)?;");
        if condition.is_empty() {
            page.line(required);
        } else {
            page.block(format_args!("if {condition}"), |page| page.line(required));
        }
    }
}
