//! What a schema asks of arrays.

use indexmap::IndexMap;

use super::{Functions, SAME_WAY, arm, at, broken};
use crate::ir::{ArrayKeyword, Keyword, Schema, SchemaId};
use crate::render::literal;
use crate::render::page::{Page, line};

impl Functions<'_> {
    pub(super) fn array(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
        let mut first: &[SchemaId] = &[];
        let mut rest = None;
        for keyword in keywords {
            let Keyword::Array(asked) = keyword else {
                continue;
            };
            let pointer = at(schema, keyword);
            match asked {
                ArrayKeyword::MaxItems(limit) => {
                    page.block(format_args!("if items.len() > {limit}"), |page| {
                        broken(page, &pointer, &limit.to_string(), "items.len()");
                    });
                }
                ArrayKeyword::MinItems(limit) => {
                    page.block(format_args!("if items.len() < {limit}"), |page| {
                        broken(page, &pointer, &limit.to_string(), "items.len()");
                    });
                }
                ArrayKeyword::UniqueItems => {
                    let pointer = literal::text(&pointer);
                    line!(page, "exact::unique::<I, R>(&items, {pointer}, report)?;");
                }
                ArrayKeyword::Contains {
                    schema: id,
                    least,
                    most,
                } => self.contains(page, schema, *id, (*least, *most)),
                ArrayKeyword::PrefixItems(ids) => first = ids,
                ArrayKeyword::Items(id) => rest = Some(*id),
            }
        }
        self.each_item(page, first, rest);
    }

    fn contains(
        &self,
        page: &mut Page,
        schema: &Schema,
        id: SchemaId,
        (least, most): (u64, Option<u64>),
    ) {
        if least == 0 && most.is_none() {
            return;
        }
        let holds = self.holds(id, "item", SAME_WAY);
        line!(
            page,
            "let found = items.clone().filter(|&item| {holds}).count();"
        );
        if least > 0 {
            let keyword = if least == 1 {
                "contains"
            } else {
                "minContains"
            };
            let pointer = format!("{}/{keyword}", schema.pointer);
            page.block(format_args!("if found < {least}"), |page| {
                broken(page, &pointer, &least.to_string(), "found");
            });
        }
        if let Some(most) = most {
            let pointer = format!("{}/maxContains", schema.pointer);
            page.block(format_args!("if found > {most}"), |page| {
                broken(page, &pointer, &most.to_string(), "found");
            });
        }
    }

    /// Holds each item against the schema of its place.
    fn each_item(&self, page: &mut Page, first: &[SchemaId], rest: Option<SchemaId>) {
        let rest = rest.and_then(|id| self.call(id, "item"));
        let first: Vec<_> = first.iter().map(|id| self.call(*id, "item")).collect();
        if rest.is_none() && first.iter().all(Option::is_none) {
            return;
        }
        // One arm for each call: places that get what all others get have none.
        let mut arms: IndexMap<Option<&str>, Vec<String>> = IndexMap::new();
        for (index, call) in first.iter().enumerate() {
            if *call != rest {
                let places = arms.entry(call.as_deref()).or_default();
                places.push(index.to_string());
            }
        }
        page.block("for (index, item) in items.enumerate()", |page| {
            page.line("report.index(index);");
            match (arms.len(), &rest, arms.first()) {
                (0, ..) => page.maybe_line(rest.as_deref()),
                (1, None, Some((call, places))) => {
                    let is = match places.as_slice() {
                        [place] => format!("index == {place}"),
                        places => format!("matches!(index, {})", places.join(" | ")),
                    };
                    page.block(format_args!("if {is}"), |page| page.maybe_line(*call));
                }
                _ => page.block("match index", |page| {
                    for (call, places) in &arms {
                        arm(page, &places.join(" | "), *call);
                    }
                    arm(page, "_", rest.as_deref());
                }),
            }
            page.line("report.leave();");
        });
    }
}
