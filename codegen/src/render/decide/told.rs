//! What tells values of one of several schemas from those of the others: a member that has to be there
//! and mostly can only be one of a few texts.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use super::{Functions, SAME_WAY};
use crate::ir::{Applicator, JsonLiteral, JsonType, Keyword, ObjectKeyword, SchemaForm, SchemaId};
use crate::render::literal;
use crate::render::page::{Page, line};

/// A member that has to be there, and the texts that it can be, as a pattern, where it can be no other.
struct Told<'s> {
    name: &'s str,
    texts: Option<String>,
}

impl<'s> Functions<'s> {
    /// Whether `value` holds against each of several schemas, or whether it does not, as expressions. What
    /// the member that tells them says comes first: mostly it is one member for all.
    pub(super) fn each(&self, page: &mut Page, ids: &[SchemaId], holds: bool) -> Vec<String> {
        let told: Vec<_> = ids.iter().map(|id| self.told(*id)).collect();
        let name = told.iter().flatten().next().map(|told| told.name);
        if let Some(name) = name {
            line!(page, "let told = value.member({});", literal::text(name));
        }
        let tells = |told: &Told<'_>| {
            let member = if Some(told.name) == name {
                "told".to_owned()
            } else {
                format!("value.member({})", literal::text(told.name))
            };
            match &told.texts {
                Some(texts) => format!(
                    "{member}.is_some_and(|it| matches!(it.kind(), exact::Kind::Text({texts})))"
                ),
                None => format!("{member}.is_some()"),
            }
        };
        let each = ids.iter().zip(&told).map(|(id, told)| match (told, holds) {
            (Some(told), true) => {
                format!("{} && {}", tells(told), self.holds(*id, "value", SAME_WAY))
            }
            (Some(told), false) => format!(
                "(!{} || {})",
                tells(told),
                self.fails(*id, "value", SAME_WAY)
            ),
            (None, true) => self.holds(*id, "value", SAME_WAY),
            (None, false) => self.fails(*id, "value", SAME_WAY),
        });
        each.collect()
    }

    /// The member that tells a schema. `None` where there is none.
    fn told(&self, id: SchemaId) -> Option<Told<'s>> {
        let keywords = self.together(id);
        // What is no object has no members, and must not be taken for an object without one.
        let is_object = keywords
            .iter()
            .any(|keyword| matches!(keyword, Keyword::Type(types) if types == &[JsonType::Object]));
        if !is_object {
            return None;
        }
        let objects = || {
            keywords.iter().filter_map(|keyword| {
                if let Keyword::Object(asked) = keyword {
                    Some(asked)
                } else {
                    None
                }
            })
        };
        let required: IndexSet<&str> = objects()
            .filter_map(|asked| {
                if let ObjectKeyword::Required(names) = asked {
                    Some(names)
                } else {
                    None
                }
            })
            .flatten()
            .map(String::as_str)
            .collect();
        let properties = objects().filter_map(|asked| {
            if let ObjectKeyword::Properties(properties) = asked {
                Some(properties)
            } else {
                None
            }
        });
        let properties: Vec<_> = properties
            .flatten()
            .map(|(name, id)| (name.as_str(), *id))
            .collect();
        let one_way: BTreeSet<&str> = properties
            .iter()
            .filter(|(_, id)| self.goes_one_way(*id))
            .map(|(name, _)| *name)
            .collect();
        let properties: IndexMap<&str, SchemaId> = properties.into_iter().collect();
        let always: Vec<_> = required
            .into_iter()
            .filter(|name| !one_way.contains(name))
            .map(|name| (name, properties.get(name).copied()))
            .collect();
        let listed = always
            .iter()
            .find_map(|(name, id)| Some((*name, self.only_texts((*id)?)?)));
        if let Some((name, texts)) = listed {
            let texts: IndexSet<_> = texts.into_iter().map(literal::text).collect();
            let texts: Vec<_> = texts.into_iter().collect();
            return Some(Told {
                name,
                texts: Some(texts.join(" | ")),
            });
        }
        // That one is not there is seen before any other is looked into.
        let (name, _) = always.first()?;
        Some(Told { name, texts: None })
    }

    /// Whether a schema is read-only or write-only: what it is of is not required everywhere.
    fn goes_one_way(&self, id: SchemaId) -> bool {
        let keywords = self.together(id);
        keywords.contains(&&Keyword::ReadOnly) || keywords.contains(&&Keyword::WriteOnly)
    }

    /// The texts that a schema lists, where there is nothing else that it lets through.
    fn only_texts(&self, id: SchemaId) -> Option<Vec<&'s str>> {
        let text = |value: &'s JsonLiteral| {
            if let JsonLiteral::Text(text) = value {
                Some(text.as_str())
            } else {
                None
            }
        };
        let keywords = self.together(id).into_iter();
        let mut listed = keywords.filter_map(|keyword| {
            let values = if let Keyword::Enum(values) = keyword {
                values.as_slice()
            } else if let Keyword::Const(value) = keyword {
                std::slice::from_ref(value)
            } else {
                return None;
            };
            values.iter().map(text).collect()
        });
        listed.find(|texts: &Vec<_>| !texts.is_empty())
    }

    /// The keywords of a schema, and of those that hold with it.
    pub(super) fn together(&self, id: SchemaId) -> Vec<&'s Keyword> {
        let (mut all, mut open, mut seen) = (Vec::new(), vec![id], BTreeSet::new());
        while let Some(id) = open.pop() {
            let schema = self.schemas.all.get(id.0);
            let Some(SchemaForm::Keywords(keywords)) = schema.map(|schema| &schema.form) else {
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            all.extend(keywords);
            for keyword in keywords {
                if let Keyword::Applicator(Applicator::Ref(id)) = keyword {
                    open.push(*id);
                } else if let Keyword::Applicator(Applicator::AllOf(ids)) = keyword {
                    open.extend(ids);
                }
            }
        }
        all
    }
}
