//! What tells values of one of several schemas from those of the others: a member that has to be there
//! and mostly can only be one of a few texts.

use std::collections::BTreeSet;

use indexmap::{IndexMap, IndexSet};

use super::{Functions, SAME_WAY, ways};
use crate::ir::{Applicator, JsonLiteral, JsonType, Keyword, ObjectKeyword, SchemaForm, SchemaId};
use crate::render::literal;
use crate::render::page::{Page, line};

/// So much is looked at to find out what tells a schema, and no more.
const MANY: usize = 1_000;

/// A member that has to be there, and the texts that it can be, as a pattern, where it can be no other.
#[derive(Clone)]
pub(super) struct Told<'s> {
    name: &'s str,
    texts: Option<IndexSet<&'s str>>,
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
                Some(texts) => {
                    let texts = patterns(texts);
                    format!(
                        "{member}.is_some_and(|it| matches!(it.kind(), exact::Kind::Text({texts})))"
                    )
                }
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

    /// Counts in `holding` how many of several schemas `value` holds against, where each text of one member
    /// tells one of them: no other is tried. `false` where it is not so, and nothing is written.
    pub(super) fn told_by_one(&self, page: &mut Page, ids: &[SchemaId]) -> bool {
        let told: Option<Vec<_>> = ids.iter().map(|id| self.told(*id)).collect();
        let Some((first, told)) = told.as_deref().and_then(|told| Some((told.first()?, told)))
        else {
            return false;
        };
        let mut seen = BTreeSet::new();
        let is_one = told.iter().all(|one| {
            let texts = one.texts.as_ref();
            one.name == first.name
                && texts.is_some_and(|texts| texts.iter().all(|text| seen.insert(*text)))
        });
        if !is_one {
            return false;
        }
        let name = literal::text(first.name);
        page.line("let mut holding = 0;");
        let head = format!("match value.member({name}).map(exact::Instance::kind)");
        page.block(head, |page| {
            for (id, one) in ids.iter().zip(told) {
                let texts: String = one.texts.iter().map(patterns).collect();
                let holds = self.holds(*id, "value", SAME_WAY);
                line!(
                    page,
                    "Some(exact::Kind::Text({texts})) => holding = usize::from({holds}),"
                );
            }
            page.line("_ => {}");
        });
        true
    }

    /// The member that tells a schema. `None` where there is none.
    fn told(&self, id: SchemaId) -> Option<Told<'s>> {
        let id = self.follow(id);
        if let Some(told) = self.told.borrow().get(&id) {
            return told.clone();
        }
        let told = self.tell(id);
        self.told.borrow_mut().insert(id, told.clone());
        told
    }

    fn tell(&self, id: SchemaId) -> Option<Told<'s>> {
        let keywords = self.together(id)?;
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
        // A name may stand in several of the schemas.
        let mut named: IndexMap<&str, Vec<SchemaId>> = IndexMap::new();
        for (name, id) in properties.flatten() {
            named.entry(name).or_default().push(*id);
        }
        let always: Vec<(&str, &[SchemaId])> = required
            .into_iter()
            .map(|name| (name, named.get(name).map_or(&[][..], Vec::as_slice)))
            .filter(|(_, ids)| !ids.iter().any(|id| self.ways.goes_one_way(*id)))
            .collect();
        let listed = always.iter().find_map(|(name, ids)| {
            let mut texts = ids.iter().filter_map(|id| self.only_texts(*id));
            Some((*name, texts.next()?))
        });
        if let Some((name, texts)) = listed {
            return Some(Told {
                name,
                texts: Some(texts.into_iter().collect()),
            });
        }
        // That one is not there is seen before any other is looked into.
        let (name, _) = always.first()?;
        Some(Told { name, texts: None })
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
        let keywords = self.together(id)?;
        let mut listed = keywords.into_iter().filter_map(|keyword| {
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

    /// The keywords of a schema, and of those that hold with it. `None` where there is too much in them:
    /// each branch of a union looks at all of it, and does without.
    fn together(&self, id: SchemaId) -> Option<Vec<&'s Keyword>> {
        let (mut all, mut open, mut seen) = (Vec::new(), vec![id], BTreeSet::new());
        let mut much = 0;
        while let Some(id) = open.pop() {
            let Some(schema) = self.schemas.all.get(id.0) else {
                continue;
            };
            let SchemaForm::Keywords(keywords) = &schema.form else {
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            much += 1 + keywords.iter().map(size).sum::<usize>();
            if much > MANY {
                return None;
            }
            all.extend(keywords);
            open.extend(ways::beside(&schema.form));
        }
        Some(all)
    }
}

/// The pattern of one of several texts.
fn patterns(texts: &IndexSet<&str>) -> String {
    let texts: Vec<_> = texts.iter().map(|text| literal::text(text)).collect();
    texts.join(" | ")
}

/// How many things there are in a keyword that is looked at.
fn size(keyword: &Keyword) -> usize {
    if let Keyword::Object(ObjectKeyword::Required(names)) = keyword {
        names.len()
    } else if let Keyword::Object(ObjectKeyword::Properties(properties)) = keyword {
        properties.len()
    } else if let Keyword::Applicator(Applicator::AllOf(ids)) = keyword {
        ids.len()
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::MANY;
    use crate::ir::{
        Api, Applicator, JsonType, Keyword, ObjectKeyword, Schema, SchemaForm, SchemaId, Schemas,
    };
    use crate::render::decide::Functions;

    const DEEP: usize = 2_000;

    /// Each schema is of objects with a member of their own, and holds with the next one and as one of
    /// the next two.
    fn nested() -> Api {
        let keywords = |index: usize| {
            let mut keywords = vec![
                Keyword::Type(vec![JsonType::Object]),
                Keyword::Object(ObjectKeyword::Required(vec![format!("p{index}")])),
            ];
            let next: Vec<_> = (index + 1..DEEP).take(2).map(SchemaId).collect();
            if let [one, ..] = next.as_slice() {
                keywords.push(Keyword::Applicator(Applicator::AllOf(vec![*one])));
                keywords.push(Keyword::Applicator(Applicator::OneOf(next)));
            }
            keywords
        };
        api((0..DEEP).map(keywords).collect())
    }

    fn api(schemas: Vec<Vec<Keyword>>) -> Api {
        let schema = |(index, keywords)| Schema {
            pointer: format!("/{index}"),
            name: format!("s{index}"),
            form: SchemaForm::Keywords(keywords),
            secret: false,
            one_way: BTreeMap::new(),
        };
        Api {
            title: String::new(),
            version: String::new(),
            description: None,
            servers: Vec::new(),
            security_schemes: Vec::new(),
            types: Vec::new(),
            operations: Vec::new(),
            webhooks: Vec::new(),
            formats: Vec::new(),
            patterns: BTreeMap::new(),
            schemas: Schemas {
                all: schemas.into_iter().enumerate().map(schema).collect(),
                named: Vec::new(),
                parts: Vec::new(),
            },
        }
    }

    #[test]
    fn so_much_is_looked_at_for_a_branch_and_no_more() {
        let api = nested();
        let functions = Functions::of(&api);
        assert!(functions.together(SchemaId(0)).is_none());
        assert!(functions.told(SchemaId(0)).is_none());
        let seen = functions.together(SchemaId(DEEP - 100));
        assert!(seen.is_some_and(|keywords| keywords.len() <= MANY));
        let told = functions.told(SchemaId(DEEP - 100));
        assert_eq!(told.map(|told| told.name), Some("p1900"));
    }

    #[test]
    fn a_branch_of_many_unions_is_looked_at_once() {
        let api = nested();
        let functions = Functions::of(&api);
        functions.call(SchemaId(0), "value");
        assert_eq!(functions.items().len(), DEEP);
        assert_eq!(functions.told.borrow().len(), DEEP - 1);
    }

    #[test]
    fn what_goes_one_way_far_below_tells_nothing() {
        let mut api = nested();
        let last = api.schemas.all.last_mut();
        if let Some(SchemaForm::Keywords(keywords)) = last.map(|last| &mut last.form) {
            keywords.push(Keyword::ReadOnly);
        }
        let functions = Functions::of(&api);
        assert!(functions.ways.goes_one_way(SchemaId(0)));
    }

    #[test]
    fn what_is_read_only_in_one_of_two_schemas_tells_nothing() {
        let named = |id| Keyword::Object(ObjectKeyword::Properties(vec![("p".to_owned(), id)]));
        let both = |one, other| {
            let first = vec![
                Keyword::Type(vec![JsonType::Object]),
                Keyword::Object(ObjectKeyword::Required(vec!["p".to_owned()])),
                named(one),
                Keyword::Applicator(Applicator::AllOf(vec![SchemaId(1)])),
            ];
            api(vec![
                first,
                vec![named(other)],
                vec![Keyword::ReadOnly],
                vec![Keyword::Type(vec![JsonType::String])],
            ])
        };
        for (one, other, told) in [(2, 3, None), (3, 2, None), (3, 3, Some("p"))] {
            let api = both(SchemaId(one), SchemaId(other));
            let functions = Functions::of(&api);
            let found = functions.told(SchemaId(0)).map(|told| told.name);
            assert_eq!(found, told, "{one} {other}");
        }
    }
}
