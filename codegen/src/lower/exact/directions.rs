//! Directions: which properties are required one way alone?
//!
//! `OpenAPI` 3.0.3, Schema Object: what is `readOnly` and required is required in responses alone, and what
//! is `writeOnly` in requests. Which of them a property is may be said by another schema of one `allOf`
//! than the one that requires it. Where that other one is not there on each way to the schema, there are
//! two of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::HashMap;
use crate::ir::{Applicator, Keyword, ObjectKeyword, OneWay, Schema, SchemaForm, SchemaId};

/// By name, which way properties go.
type Ways = BTreeMap<String, OneWay>;

/// Says of each schema which of the properties that it requires go one way.
pub(super) fn find(all: &mut Vec<Schema>) {
    let flags = each(all, |schema| {
        let ways = keywords(schema).iter().filter_map(one_way);
        ways.min().into_iter().collect()
    });
    if flags.iter().all(BTreeSet::is_empty) {
        return;
    }
    let said = each(all, |schema| {
        let properties = properties(schema);
        let ways = properties.filter_map(|(name, SchemaId(id))| {
            let way = flags.get(*id)?.first()?;
            Some((name.clone(), *way))
        });
        ways.collect()
    });
    let somewhere: BTreeSet<_> = said.iter().flatten().map(|(name, _)| name).collect();
    let asked = each(all, |schema| {
        let names = required(schema).filter(|name| somewhere.contains(name));
        names.cloned().collect()
    });
    // Of what is said twice, the first way counts.
    let said = said.iter();
    let said = said.map(|said| said.iter().rev().cloned().collect::<Ways>());
    let (changed, copies) = Known {
        all,
        said: said.collect(),
        asked,
        copies: HashMap::default(),
        wanted: Vec::new(),
    }
    .all();
    for (SchemaId(id), schema) in changed {
        all[id] = schema;
    }
    all.extend(copies);
}

/// What is known of properties where a schema is held against a value.
struct Known<'s> {
    all: &'s [Schema],
    /// What each schema says of properties, with those that hold with it.
    said: Vec<Ways>,
    /// The names that it requires, with those that hold with it.
    asked: Vec<BTreeSet<String>>,
    /// The copies of schemas of which more is known than they say.
    copies: HashMap<(SchemaId, Ways), SchemaId>,
    /// What each copy is of, and what is known there.
    wanted: Vec<(SchemaId, Ways)>,
}

impl Known<'_> {
    /// The schemas that know more than they did, and copies of such.
    fn all(mut self) -> (Vec<(SchemaId, Schema)>, Vec<Schema>) {
        let mut changed = Vec::new();
        for id in (0..self.all.len()).map(SchemaId) {
            let ways = self.own(id);
            if !ways.is_empty() {
                changed.push((id, self.told(id, &ways)));
            }
        }
        let mut copies = Vec::new();
        while let Some((id, ways)) = self.wanted.get(copies.len()).cloned() {
            copies.push(self.told(id, &ways));
        }
        (changed, copies)
    }

    /// What a schema knows by itself of what it requires.
    fn own(&self, id: SchemaId) -> Ways {
        self.of(id, &self.said[id.0])
    }

    /// What of `ways` matters to a schema, or to those that hold with it.
    fn of(&self, SchemaId(id): SchemaId, ways: &Ways) -> Ways {
        let asked = self.asked[id].iter();
        let ways = asked.filter_map(|name| Some((name.clone(), *ways.get(name)?)));
        ways.collect()
    }

    /// A schema that knows which way properties go, as those do that hold with it.
    fn told(&mut self, id: SchemaId, ways: &Ways) -> Schema {
        let mut schema = self.all[id.0].clone();
        let names: BTreeSet<_> = required(&schema).collect();
        let one_way = ways.iter().filter(|(name, _)| names.contains(name));
        let one_way = one_way.map(|(name, way)| (name.clone(), *way)).collect();
        schema.one_way = one_way;
        if let SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) = &mut schema.form {
            for with in keywords.iter_mut().flat_map(together_mut) {
                *with = self.with(*with, ways);
            }
        }
        schema
    }

    /// The schema in place of one that holds with others: a copy where they say more than it does.
    fn with(&mut self, id: SchemaId, ways: &Ways) -> SchemaId {
        let ways = self.of(id, ways);
        if self.own(id) == ways {
            return id;
        }
        let next = SchemaId(self.all.len() + self.wanted.len());
        let key = (id, ways);
        let copy = *self.copies.entry(key.clone()).or_insert(next);
        if copy == next {
            self.wanted.push(key);
        }
        copy
    }
}

/// What is so of each schema, or of one that holds with it.
fn each<T: Clone + Ord>(all: &[Schema], own: impl Fn(&Schema) -> BTreeSet<T>) -> Vec<BTreeSet<T>> {
    let mut beside: Vec<Vec<usize>> = vec![Vec::new(); all.len()];
    for (outer, schema) in all.iter().enumerate() {
        for SchemaId(inner) in keywords(schema).iter().flat_map(together) {
            if let Some(outers) = beside.get_mut(*inner) {
                outers.push(outer);
            }
        }
    }
    let mut out: Vec<_> = all.iter().map(own).collect();
    let facts = out.iter().enumerate();
    let mut open: Vec<_> = facts
        .flat_map(|(id, facts)| facts.iter().map(move |fact| (id, fact.clone())))
        .collect();
    while let Some((inner, fact)) = open.pop() {
        for outer in &beside[inner] {
            if out[*outer].insert(fact.clone()) {
                open.push((*outer, fact.clone()));
            }
        }
    }
    out
}

fn keywords(schema: &Schema) -> &[Keyword] {
    match &schema.form {
        SchemaForm::Anything | SchemaForm::Nothing => &[],
        SchemaForm::Keywords(keywords) | SchemaForm::LeftOver(keywords) => keywords,
    }
}

/// The way that a keyword says a value goes.
fn one_way(keyword: &Keyword) -> Option<OneWay> {
    if *keyword == Keyword::ReadOnly {
        Some(OneWay::Received)
    } else if *keyword == Keyword::WriteOnly {
        Some(OneWay::Sent)
    } else {
        None
    }
}

/// The names that a schema requires.
fn required(schema: &Schema) -> impl Iterator<Item = &String> {
    let lists = keywords(schema).iter().filter_map(|keyword| {
        if let Keyword::Object(ObjectKeyword::Required(names)) = keyword {
            Some(names)
        } else {
            None
        }
    });
    lists.flatten()
}

fn properties(schema: &Schema) -> impl Iterator<Item = &(String, SchemaId)> {
    let lists = keywords(schema).iter().filter_map(|keyword| {
        if let Keyword::Object(ObjectKeyword::Properties(properties)) = keyword {
            Some(properties)
        } else {
            None
        }
    });
    lists.flatten()
}

/// The schemas that have to hold where one holds, and do not decide whether another one does.
fn together(keyword: &Keyword) -> &[SchemaId] {
    if let Keyword::Applicator(Applicator::Ref(id) | Applicator::DynamicRef(id)) = keyword {
        std::slice::from_ref(id)
    } else if let Keyword::Applicator(Applicator::AllOf(ids)) = keyword {
        ids
    } else {
        &[]
    }
}

fn together_mut(keyword: &mut Keyword) -> &mut [SchemaId] {
    if let Keyword::Applicator(Applicator::Ref(id) | Applicator::DynamicRef(id)) = keyword {
        std::slice::from_mut(id)
    } else if let Keyword::Applicator(Applicator::AllOf(ids)) = keyword {
        ids
    } else {
        &mut []
    }
}
