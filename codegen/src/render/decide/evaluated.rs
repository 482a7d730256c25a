//! What a schema has looked at, and so what is left over for `unevaluatedItems` and
//! `unevaluatedProperties`: JSON Schema Core 2020-12, section 11.
//!
//! Whether a member or an item was looked at is asked for each: nothing has to be collected, and
//! nothing is asked where there is no such keyword.

use super::{Functions, Item, SAME_WAY, Task, used};
use crate::ir::{Applicator, ArrayKeyword, Keyword, ObjectKeyword, Schema, SchemaForm, SchemaId};
use crate::render::literal;
use crate::render::page::Page;

/// What a schema may have looked at.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Evaluated {
    /// A member of an object.
    Member,
    /// An item of an array.
    Item,
}

impl Evaluated {
    fn function(self) -> &'static str {
        match self {
            Self::Member => "looks_at_member",
            Self::Item => "looks_at_item",
        }
    }

    fn call(self) -> &'static str {
        match self {
            Self::Member => "looks_at_member::<I, R>(value, name)",
            Self::Item => "looks_at_item::<I, R>(value, index, item)",
        }
    }

    fn arguments(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Member => &[("value", "&I"), ("name", "&str")],
            Self::Item => &[("value", "&I"), ("index", "usize"), ("item", "&I")],
        }
    }

    /// Whether one of the keywords looks at all that is left over.
    fn ends_with(self, keywords: &[Keyword]) -> bool {
        keywords.iter().any(|keyword| match self {
            Self::Member => matches!(keyword, Keyword::UnevaluatedProperties(_)),
            Self::Item => matches!(keyword, Keyword::UnevaluatedItems(_)),
        })
    }
}

impl Functions<'_> {
    /// Holds what is left over against its schemas.
    pub(super) fn unevaluated(&self, page: &mut Page, schema: &Schema, keywords: &[Keyword]) {
        for keyword in keywords {
            if let Keyword::UnevaluatedItems(id) = keyword
                && let Some(call) = self.call(*id, "item")
            {
                let known = self.ways(schema, keywords, Evaluated::Item);
                if known == "true" {
                    continue;
                }
                page.block("if let exact::Kind::List(items) = value.kind()", |page| {
                    page.block("for (index, item) in items.enumerate()", |page| {
                        left_over(page, &known, "report.index(index);", &call);
                    });
                });
            }
            if let Keyword::UnevaluatedProperties(id) = keyword
                && let Some(call) = self.call(*id, "member")
            {
                let known = self.ways(schema, keywords, Evaluated::Member);
                if known == "true" {
                    continue;
                }
                page.block(
                    "if let exact::Kind::Object(members) = value.kind()",
                    |page| {
                        page.block("for (name, member) in members", |page| {
                            left_over(page, &known, "report.key(name);", &call);
                        });
                    },
                );
            }
        }
    }

    /// In which ways keywords look at the member `name` or the item at `index`, as an expression.
    fn ways(&self, schema: &Schema, keywords: &[Keyword], what: Evaluated) -> String {
        let mut ways = Vec::new();
        for keyword in keywords {
            match keyword {
                Keyword::Object(asked) if what == Evaluated::Member => {
                    ways.extend(self.member_ways(schema, asked));
                }
                Keyword::Array(asked) if what == Evaluated::Item => {
                    ways.extend(self.item_way(asked));
                }
                Keyword::Applicator(applicator) => self.ways_below(applicator, what, &mut ways),
                Keyword::Type(_)
                | Keyword::Enum(_)
                | Keyword::Const(_)
                | Keyword::Number(_)
                | Keyword::Text(_)
                | Keyword::Array(_)
                | Keyword::Object(_)
                | Keyword::UnevaluatedItems(_)
                | Keyword::UnevaluatedProperties(_)
                | Keyword::ReadOnly
                | Keyword::WriteOnly => {}
            }
        }
        if ways.iter().any(|way| way == "true") {
            return "true".to_owned();
        }
        if ways.is_empty() {
            return "false".to_owned();
        }
        ways.join(" || ")
    }

    fn item_way(&self, asked: &ArrayKeyword) -> Option<String> {
        match asked {
            ArrayKeyword::PrefixItems(ids) => Some(format!("index < {}", ids.len())),
            ArrayKeyword::Items(_) => Some("true".to_owned()),
            ArrayKeyword::Contains { schema, .. } => Some(self.holds(*schema, "item", SAME_WAY)),
            ArrayKeyword::MaxItems(_) | ArrayKeyword::MinItems(_) | ArrayKeyword::UniqueItems => {
                None
            }
        }
    }

    /// The ways of schemas that are held against the same value, where they hold.
    fn ways_below(&self, applicator: &Applicator, what: Evaluated, ways: &mut Vec<String>) {
        let looks = |id: SchemaId| {
            let schema = self.called(id, Task::Look(what))?;
            Some(format!("{}_{}", schema.name, what.call()))
        };
        let under =
            |condition: &str, id: SchemaId| Some(format!("({condition} && {})", looks(id)?));
        match applicator {
            Applicator::Ref(id) | Applicator::DynamicRef(id) => ways.extend(looks(*id)),
            Applicator::AllOf(ids) => ways.extend(ids.iter().filter_map(|id| looks(*id))),
            Applicator::AnyOf(ids) | Applicator::OneOf(ids) => {
                let ids = ids.iter();
                ways.extend(ids.filter_map(|id| under(&self.holds(*id, "value", SAME_WAY), *id)));
            }
            Applicator::If {
                condition,
                then,
                otherwise,
            } => {
                let holds = self.holds(*condition, "value", SAME_WAY);
                ways.extend(under(&holds, *condition));
                ways.extend(then.and_then(|id| under(&holds, id)));
                let fails = self.fails(*condition, "value", SAME_WAY);
                ways.extend(otherwise.and_then(|id| under(&fails, id)));
            }
            Applicator::DependentSchemas(dependent) => {
                for (name, id) in dependent {
                    let there = format!("value.member({}).is_some()", literal::text(name));
                    ways.extend(under(&there, *id));
                }
            }
            Applicator::Not(_) => {}
        }
    }

    /// Writes whether a schema looks at something in a value.
    pub(super) fn look(&self, schema: &Schema, what: Evaluated) -> Item {
        let ways = match &schema.form {
            SchemaForm::Anything | SchemaForm::Nothing => "false".to_owned(),
            SchemaForm::Keywords(keywords) if what.ends_with(keywords) => "true".to_owned(),
            SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) => {
                self.ways(schema, keywords, what)
            }
        };
        let arguments = what.arguments().iter();
        let arguments: Vec<_> = arguments
            .map(|(name, ty)| format!("{}: {ty}", used(name, &ways)))
            .collect();
        let mut page = Page::default();
        page.function_of(
            format_args!("fn {}_{}", schema.name, what.function()),
            "<I: exact::Instance, R: exact::Report>",
            &arguments,
            "bool",
            |page| page.line(&ways),
        );
        Item {
            head: String::new(),
            code: page.finish(),
        }
    }

    fn member_ways(&self, schema: &Schema, asked: &ObjectKeyword) -> Vec<String> {
        match asked {
            ObjectKeyword::Properties(properties) => {
                let names = properties.iter().map(|(name, _)| literal::text(name));
                let names: Vec<_> = names.collect();
                vec![format!("matches!(name, {})", names.join(" | "))]
            }
            ObjectKeyword::PatternProperties(properties) => {
                let patterns = properties.iter();
                patterns
                    .map(|(pattern, _)| self.patterns.matches(schema, pattern, "name"))
                    .collect()
            }
            ObjectKeyword::AdditionalProperties(_) => vec!["true".to_owned()],
            ObjectKeyword::MaxProperties(_)
            | ObjectKeyword::MinProperties(_)
            | ObjectKeyword::Required(_)
            | ObjectKeyword::DependentRequired(_)
            | ObjectKeyword::PropertyNames(_) => Vec::new(),
        }
    }
}

fn left_over(page: &mut Page, known: &str, enter: &str, call: &str) {
    let write = |page: &mut Page| {
        page.line(enter);
        page.line(call);
        page.line("report.leave();");
    };
    if known == "false" {
        write(page);
    } else {
        page.block(format_args!("if !({known})"), write);
    }
}
