//! Parts: what do the schemas, or single keywords, say that models are held against?

use std::collections::{BTreeMap, BTreeSet};

use super::Exact;
use crate::ir::visit;
use crate::ir::{
    Api, Applicator, ArrayKeyword, Constraint, Keyword, NamedPart, ObjectKeyword, Schema,
    SchemaForm, SchemaId,
};
use crate::lower::names;
use crate::resolve::{Pointer, Scope};

/// What an API's models are held against: documents, pointers and keywords.
pub(super) fn wanted(api: &Api) -> BTreeSet<(usize, &str, Option<&'static str>)> {
    let mut found = BTreeSet::new();
    let mut open = visit::constraints(api);
    while let Some(list) = open.pop() {
        for constraint in list {
            if let Constraint::Exact(part) = constraint {
                found.insert((part.document, part.pointer.as_str(), part.keyword));
            }
            open.extend(constraint.lists());
        }
    }
    found
}

impl Exact<'_> {
    /// A part under a name of its own.
    pub(super) fn part(
        &mut self,
        (document, pointer, keyword): (usize, &str, Option<&'static str>),
        taken: &mut names::Scope,
    ) -> NamedPart {
        let at = Pointer {
            document,
            pointer: pointer.to_owned(),
        };
        let id = match keyword {
            None => self.schema(&at, &Scope::new()),
            Some(keyword) => self.keyword(&at, keyword),
        };
        let place = self.pointer(&at);
        let steps = place.split(['/', '#']).chain(keyword);
        let words: Vec<_> = steps.filter(|step| !super::is_plain(step)).collect();
        NamedPart {
            document,
            pointer: pointer.to_owned(),
            keyword,
            name: taken.take(names::ident(names::Kind::Type, &words.join(" "))),
            id,
        }
    }

    /// A schema of its own that says what one keyword says.
    fn keyword(&mut self, at: &Pointer, keyword: &'static str) -> SchemaId {
        let scope = self.document.entered(&Scope::new(), at);
        let form = match self.form(at, &scope) {
            SchemaForm::Keywords(all) if all.iter().all(|one| one.name() == keyword) => {
                return self.schema(at, &Scope::new());
            }
            SchemaForm::Keywords(all) => self.only(all, keyword),
            form @ (SchemaForm::Anything | SchemaForm::Nothing | SchemaForm::LeftOver(_)) => form,
        };
        let id = SchemaId(self.all.len());
        self.all.push(Schema {
            pointer: self.pointer(at),
            name: String::new(),
            form,
            secret: self.is_secret(at),
            one_way: BTreeMap::new(),
        });
        id
    }

    /// What one of some keywords says.
    fn only(&mut self, mut keywords: Vec<Keyword>, keyword: &'static str) -> SchemaForm {
        if keyword.starts_with("unevaluated") {
            return SchemaForm::LeftOver(keywords);
        }
        keywords.retain_mut(|one| match one {
            // Which others there are shows by the names that are described.
            Keyword::Object(
                ObjectKeyword::Properties(named) | ObjectKeyword::PatternProperties(named),
            ) if keyword == "additionalProperties" => {
                for (_, id) in named {
                    *id = self.anything();
                }
                true
            }
            Keyword::Array(ArrayKeyword::PrefixItems(_)) => keyword == "items",
            Keyword::Object(ObjectKeyword::DependentRequired(_))
            | Keyword::Applicator(Applicator::DependentSchemas(_))
                if keyword == "dependencies" =>
            {
                true
            }
            other => other.name() == keyword,
        });
        SchemaForm::Keywords(keywords)
    }
}
