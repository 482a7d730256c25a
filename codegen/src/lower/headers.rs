//! Headers: the declared headers of a response as a type of their own.

use super::draft::{Access, Draft, Origin};
use super::names::{self, Kind, Scope};
use super::parts::{self, Part};
use super::schema::Lowering;
use crate::ir::{AdditionalProperties, Docs, Field, Presence, Struct, Type, TypeKind, Xml};
use crate::resolve::{Located, Pointer, ResolvedResponse};
use crate::tree::Node;

impl Lowering<'_> {
    /// Lowers the headers of a response to a struct; `None` where it declares none.
    pub(super) fn lower_headers(
        &mut self,
        response: &Located<ResolvedResponse>,
        name: &str,
    ) -> Option<Type> {
        let mut fields = Vec::new();
        let mut wanted = Vec::new();
        for (header, located, schema) in &response.value.headers {
            // OpenAPI 3.0.3, Response Object: this one is described by `content`.
            if header.eq_ignore_ascii_case("content-type") {
                continue;
            }
            let readable = schema.as_ref().filter(|at| self.is_readable(at));
            if readable.is_none() && schema.is_some() {
                let message = format!("the header {header} is read as text, not by its schema");
                self.warn_once("untyped-header", &located.at, message);
            }
            let used = readable.map(|at| {
                let place = names::inside(name, header);
                self.lower_use(&[self.sites.at(at)], &place)
            });
            let (ty, constraints, docs) = match used {
                Some(used) => (used.ty, used.constraints, used.docs),
                None => (Type::String, Vec::new(), Docs::default()),
            };
            wanted.push(header.as_str());
            fields.push(Field {
                name: String::new(),
                property: header.clone(),
                docs: Docs {
                    summary: None,
                    description: located.value.description.clone().or(docs.description),
                    deprecated: located.value.deprecated.unwrap_or(false) || docs.deprecated,
                },
                ty,
                presence: if located.value.required {
                    Presence::Required
                } else {
                    Presence::Optional
                },
                constant: None,
                default: None,
                constraints,
                empty_as_absent: false,
                one_or_many: false,
                xml: Xml::default(),
            });
        }
        if fields.is_empty() {
            return None;
        }
        let names = Scope::default().take_all(Kind::Field, &wanted);
        for (field, name) in fields.iter_mut().zip(names) {
            field.name = name;
        }
        let at = response.at.join("headers");
        let mut draft = Draft::new(name.to_owned(), name.to_owned(), at, Origin::Inline);
        draft.access = vec![Access::ReadWrite; fields.len()];
        draft.order = (self.home, self.drafts.next());
        draft.docs.description = Some("The declared headers of an answer.".to_owned());
        draft.kind = TypeKind::Struct(Struct {
            fields,
            additional: AdditionalProperties::Ignored,
            constraints: Vec::new(),
            read_only: Vec::new(),
            xml: Xml::default(),
        });
        Some(Type::Named(self.drafts.intern(draft)))
    }

    /// Whether the text of a header says all of a value: one that is neither an object nor a list of
    /// what is no text itself, and is not written in a media type.
    fn is_readable(&self, at: &Pointer) -> bool {
        let in_content = at
            .pointer
            .rsplit_once("/content/")
            .and_then(|(header, _)| header.rsplit_once('/'))
            .is_some_and(|(all, _)| all.ends_with("/headers"));
        if in_content {
            return false;
        }
        let parts = parts::flatten(&self.sites, &[self.sites.at(at)]);
        let mut items = parts
            .iter()
            .filter_map(|part| part.at.below("items"))
            .peekable();
        if items.peek().is_some() {
            return items.all(|at| {
                let parts = parts::flatten(&self.sites, &[at]);
                parts.iter().all(is_text)
            });
        }
        parts.iter().all(is_text)
    }
}

/// Whether a schema says nothing of objects, lists and alternatives.
fn is_text(part: &Part<'_>) -> bool {
    let compound = |ty: &str| matches!(ty, "object" | "array");
    let of_type = match part.get("type") {
        Some(Node::String(ty)) => !compound(ty),
        Some(Node::Array(types)) => !types.iter().filter_map(Node::as_str).any(compound),
        _ => true,
    };
    let keys = ["properties", "oneOf", "anyOf", "items"];
    of_type && !keys.iter().any(|key| part.map.contains_key(key))
}
