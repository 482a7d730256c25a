//! What a schema asks of numbers, of strings, and of values that it lists.

use super::{Functions, at};
use crate::ir::{JsonLiteral, Keyword, Number, NumberKeyword, Schema, TextKeyword};
use crate::render::page::{Page, line};
use crate::render::{literal, shape};

pub(super) fn numbers(page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
    for keyword in keywords {
        let Keyword::Number(asked) = keyword else {
            continue;
        };
        let compared = |limit: Number, breaks: &str| {
            let limit = literal::number(limit, "exact::Number");
            let breaks = format!("{breaks}(number, {limit})");
            (limit, breaks)
        };
        let (limit, breaks) = match asked {
            NumberKeyword::Maximum(limit) => compared(*limit, "exact::above"),
            NumberKeyword::Minimum(limit) => compared(*limit, "exact::below"),
            NumberKeyword::ExclusiveMaximum(limit) => compared(*limit, "!exact::below"),
            NumberKeyword::ExclusiveMinimum(limit) => compared(*limit, "!exact::above"),
            NumberKeyword::MultipleOf(step) => compared(*step, "!exact::is_multiple"),
            NumberKeyword::Format(integer) => {
                let (least, most) = integer.bounds();
                let (least, most) = (literal::integer(least), literal::integer(most));
                let breaks = format!("!exact::is_within(number, {least}, {most})");
                (literal::text(integer.format()), breaks)
            }
        };
        page.block(format_args!("if {breaks}"), |page| {
            let pointer = literal::text(&at(schema, keyword));
            line!(page, "report.broken({pointer}, &{limit}, &number)?;");
        });
    }
}

impl Functions<'_> {
    pub(super) fn texts(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
        for keyword in keywords {
            let Keyword::Text(asked) = keyword else {
                continue;
            };
            let (limit, breaks) = match asked {
                TextKeyword::MaxLength(limit) => (
                    literal::text(&limit.to_string()),
                    format!("exact::longer(text, {limit})"),
                ),
                TextKeyword::MinLength(limit) => (
                    literal::text(&limit.to_string()),
                    format!("exact::shorter(text, {limit})"),
                ),
                TextKeyword::Pattern(pattern) => (
                    literal::text(pattern),
                    format!("!{}", self.patterns.matches(schema, pattern, "text")),
                ),
                TextKeyword::OwnFormat(own) => (
                    literal::text(&own.name),
                    format!("!{}.holds(text)", literal::own_format("exact::Format", own)),
                ),
                TextKeyword::Format(format) => {
                    let breaks = format!(
                        "!exact::Format::{}.holds(text)",
                        shape::format_name(*format)
                    );
                    (
                        format!("exact::Format::{}.name()", shape::format_name(*format)),
                        breaks,
                    )
                }
            };
            page.block(format_args!("if {breaks}"), |page| {
                let pointer = literal::text(&at(schema, keyword));
                line!(
                    page,
                    "report.broken({pointer}, &{limit}, &exact::Text(text))?;"
                );
            });
        }
    }
}

/// `enum` and `const`.
pub(super) fn listed(page: &mut Page, pointer: &str, values: &[JsonLiteral]) {
    let values = literals(values);
    line!(
        page,
        "exact::is_listed(value, {pointer}, &[{values}], report)?;"
    );
}

/// Values as the runtime's `Literal`.
pub(super) fn literals(values: &[JsonLiteral]) -> String {
    let values: Vec<_> = values.iter().map(json).collect();
    values.join(", ")
}

/// A value as the runtime's `Literal`.
fn json(value: &JsonLiteral) -> String {
    match value {
        JsonLiteral::Null => "exact::Literal::Null".to_owned(),
        JsonLiteral::Bool(value) => format!("exact::Literal::Bool({value})"),
        JsonLiteral::Number(value) => {
            format!(
                "exact::Literal::Number({})",
                literal::number(*value, "exact::Number")
            )
        }
        JsonLiteral::Text(text) => format!("exact::Literal::Text({})", literal::text(text)),
        JsonLiteral::List(items) => {
            let items: Vec<_> = items.iter().map(json).collect();
            format!("exact::Literal::List(&[{}])", items.join(", "))
        }
        JsonLiteral::Object(members) => {
            let members: Vec<_> = members
                .iter()
                .map(|(name, value)| format!("({}, {})", literal::text(name), json(value)))
                .collect();
            format!("exact::Literal::Object(&[{}])", members.join(", "))
        }
    }
}
