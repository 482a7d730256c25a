//! Objects: properties, what must be there, and what happens to the rest.

use indexmap::IndexMap;

use super::draft::Access;
use super::names::{self, Kind, Scope};
use super::parts::{self, Part, Spine};
use super::schema::{Form, Lowering, Use};
use super::site::Site;
use super::{constraints, enums, extensions, xml};
use crate::hash::{HashSet, Hasher};
use crate::ir::{
    AdditionalProperties, Constraint, Docs, Field, Presence, Struct, Type, TypeKind, Xml,
};
use crate::tree::{Map, Node};

/// A property with every schema that holds for it.
#[derive(Default)]
struct Found<'d> {
    schemas: Vec<Site<'d>>,
    empty_as_absent: bool,
}

/// The field that keeps the properties which are not named.
const REST_FIELD: &str = "additional_properties";

/// The properties of an object, in order.
type Properties<'d> = IndexMap<&'d str, Found<'d>, Hasher>;

/// What `additionalProperties` comes to over several parts.
enum Rest<'d> {
    Unsaid,
    Any,
    Denied,
    /// The value has one of these.
    Schemas(Vec<Site<'d>>, Part<'d>),
}

impl<'d> Lowering<'d> {
    /// Lowers an object: to a struct where it has properties, else to a map.
    pub(super) fn lower_object(&mut self, parts: &[Part<'d>], name: &str) -> Form {
        let (mut properties, required) = properties(parts);
        self.add_conditional(parts, &mut properties);
        let rest = rest(parts);
        if properties.is_empty() {
            match rest {
                Rest::Denied => {}
                Rest::Unsaid | Rest::Any => return map(parts, Type::Json, Vec::new()),
                Rest::Schemas(schemas, part) => {
                    let (ty, constraints) = self.lower_rest(&schemas, &part, name);
                    return map(parts, ty, constraints);
                }
            }
        }
        let mut fields = Vec::with_capacity(properties.len());
        let mut access = Vec::with_capacity(properties.len());
        let mut wanted = Vec::with_capacity(properties.len());
        for (property, found) in &properties {
            let (field, name, field_access) =
                self.lower_property(property, found, required.contains(*property), name);
            fields.push(field);
            access.push(field_access);
            wanted.push(name);
        }
        let mut scope = Scope::default();
        let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
        for (field, name) in fields.iter_mut().zip(scope.take_all(Kind::Field, &wanted)) {
            field.name = name;
        }
        let additional = match rest {
            Rest::Unsaid => AdditionalProperties::Ignored,
            Rest::Denied => AdditionalProperties::Denied,
            Rest::Any => kept(&mut scope, Type::Json, Vec::new()),
            Rest::Schemas(schemas, part) => {
                let (ty, constraints) = self.lower_rest(&schemas, &part, name);
                kept(&mut scope, ty, constraints)
            }
        };
        let mut constraints = constraints::of(parts, None);
        constraints.retain(|constraint| {
            matches!(
                constraint,
                Constraint::MinProperties(_) | Constraint::MaxProperties(_)
            )
        });
        let own_xml = parts
            .iter()
            .find(|part| !part.referenced && part.map.contains_key("xml"));
        let xml = own_xml.map(|part| xml::of(part.map)).unwrap_or_default();
        Form::Generated(
            TypeKind::Struct(Struct {
                fields,
                additional,
                constraints,
                read_only: Vec::new(),
                xml,
            }),
            access,
        )
    }

    /// The type of the properties that are not named. Which name has which of several schemas is an
    /// assertion.
    fn lower_rest(
        &mut self,
        schemas: &[Site<'d>],
        part: &Part<'d>,
        name: &str,
    ) -> (Type, Vec<Constraint>) {
        let name = names::inside(name, "Value");
        let (ty, mut constraints) = if let [_] = schemas {
            let value = self.lower_use(schemas, &name);
            (value.value_type(), value.constraints)
        } else {
            self.lower_any_of(schemas, part, &name)
        };
        // Which of them are unevaluated is left to the schema.
        let unevaluated = !part.map.contains_key("additionalProperties");
        if part.map.contains_key("patternProperties") || unevaluated {
            constraints.retain(|one| matches!(one, Constraint::Of(_)));
        }
        (ty, constraints)
    }

    /// Adds the properties that only conditions and dependencies name: a value that meets them has
    /// these. One that they describe in several ways holds any JSON.
    fn add_conditional(&self, parts: &[Part<'d>], properties: &mut Properties<'d>) {
        let mut found: IndexMap<&str, Vec<Site<'d>>, Hasher> = IndexMap::default();
        for at in parts.iter().flat_map(conditional) {
            for part in parts::flatten(&self.sites, std::slice::from_ref(&at)) {
                let named = part.at.below("properties");
                for (name, schema) in named.iter().flat_map(Site::members) {
                    let schemas = found.entry(name).or_default();
                    // What may not be there on this condition may be there on another.
                    schemas.extend(Some(schema).filter(|schema| !schema.denies()));
                }
                let required = part.get("required").and_then(Node::as_array);
                for name in required.into_iter().flatten().filter_map(Node::as_str) {
                    found.entry(name).or_default();
                }
            }
        }
        for part in parts {
            let needed = part.get("dependentRequired").and_then(Node::as_object);
            let lists = needed.into_iter().flat_map(Map::iter);
            for name in lists.filter_map(|(_, names)| names.as_array()).flatten() {
                if let Some(name) = name.as_str() {
                    found.entry(name).or_default();
                }
            }
        }
        for (name, mut schemas) in found {
            if !properties.contains_key(name) {
                if schemas.len() > 1 {
                    schemas.clear();
                }
                let found = Found {
                    schemas,
                    empty_as_absent: false,
                };
                properties.insert(name, found);
            }
        }
    }

    fn lower_property(
        &mut self,
        property: &str,
        found: &Found<'d>,
        required: bool,
        parent: &str,
    ) -> (Field, String, Access) {
        let empty = Use {
            ty: Type::Json,
            constraints: Vec::new(),
            nullable: false,
            docs: Docs::default(),
            default: None,
            access: Access::ReadWrite,
            empty_as_absent: false,
            one_or_many: false,
            xml: Xml::default(),
            name: None,
        };
        // The data of an event are what their text holds, where that is said: not the text as well.
        let is_json = |at: &&Site<'d>| self.json_data.contains(*at);
        let in_data = found.schemas.iter().filter(is_json);
        let in_data: Vec<_> = in_data.filter_map(|at| at.below("contentSchema")).collect();
        let schemas = if in_data.is_empty() {
            &found.schemas
        } else {
            &in_data
        };
        let spines: Vec<_> = schemas
            .iter()
            .map(|at| parts::spine(&self.sites, at))
            .collect();
        let nullable = self.is_nullable(&spines);
        let constant = if required && !nullable {
            constant(&spines)
        } else {
            None
        };
        let used = if schemas.is_empty() {
            empty
        } else if constant.is_some() {
            // Its type would be an enum that nothing uses.
            let steps: Vec<_> = spines.into_iter().flat_map(|spine| spine.steps).collect();
            Use {
                ty: Type::String,
                docs: super::docs::first(&steps),
                xml: xml::of_use(&self.sites, &steps),
                ..empty
            }
        } else {
            let name = names::inside(parent, property);
            self.lower_spines(schemas, spines, nullable, &name)
        };
        let presence = match (required, used.nullable) {
            (true, false) => Presence::Required,
            (false, false) => Presence::Optional,
            (true, true) => Presence::Nullable,
            (false, true) => Presence::OptionalNullable,
        };
        let field = Field {
            name: String::new(),
            property: property.to_owned(),
            docs: used.docs,
            ty: used.ty,
            presence,
            constant,
            default: used.default,
            constraints: used.constraints,
            empty_as_absent: found.empty_as_absent || used.empty_as_absent,
            one_or_many: used.one_or_many,
            xml: used.xml,
        };
        (
            field,
            used.name.unwrap_or_else(|| property.to_owned()),
            used.access,
        )
    }
}

/// The one text that a property which must be there, and is not null, can have.
fn constant(spines: &[Spine<'_>]) -> Option<String> {
    let steps: Vec<_> = spines
        .iter()
        .flat_map(|spine| &spine.steps)
        .cloned()
        .collect();
    let limited = steps.iter().any(|step| {
        extensions::flag(step.map, "readOnly") || extensions::flag(step.map, "writeOnly")
    });
    enums::single_text(&steps).filter(|_| !limited)
}

/// The properties of all parts in their order, and the names of those that must be there. One that
/// must be there without being described holds any JSON.
fn properties<'d>(parts: &[Part<'d>]) -> (Properties<'d>, HashSet<&'d str>) {
    let mut properties = Properties::default();
    let mut required = HashSet::default();
    let whole = parts
        .first()
        .is_some_and(|part| extensions::empty_as_absent(part.map));
    for part in parts {
        let empty_as_absent = whole || extensions::empty_as_absent(part.map);
        let here = part.at.below("properties");
        for (property, schema) in here.iter().flat_map(Site::members) {
            let found = properties.entry(property).or_default();
            found.schemas.push(schema);
            found.empty_as_absent |= empty_as_absent;
        }
    }
    for part in parts {
        let names = part
            .get("required")
            .and_then(Node::as_array)
            .unwrap_or_default();
        for name in names.iter().filter_map(Node::as_str) {
            required.insert(name);
            properties.entry(name).or_default();
        }
    }
    (properties, required)
}

/// The schemas within one that only hold on a condition.
pub(super) fn conditional<'d>(part: &Part<'d>) -> Vec<Site<'d>> {
    let mut found: Vec<_> = ["then", "else"]
        .into_iter()
        .filter(|_| part.map.contains_key("if"))
        .filter_map(|key| part.at.below(key))
        .collect();
    for keyword in ["dependentSchemas", "dependencies"] {
        let named = part.at.below(keyword);
        found.extend(
            named
                .iter()
                .flat_map(Site::members)
                .map(|(_, schema)| schema),
        );
    }
    for keyword in ["oneOf", "anyOf"] {
        found.extend(part.branches(keyword));
    }
    found
}

/// What happens to the properties that no part names. Of several parts, the outermost that says
/// anything is heard: each `additionalProperties: false` speaks of its own part's properties only,
/// and all of them together would allow nothing. Names that match a pattern come before that.
fn rest<'d>(parts: &[Part<'d>]) -> Rest<'d> {
    for part in parts {
        let patterns = part.at.below("patternProperties");
        let patterns = patterns.iter().flat_map(Site::members);
        let mut schemas: Vec<_> = patterns.map(|(_, schema)| schema).collect();
        for keyword in ["additionalProperties", "unevaluatedProperties"] {
            match part.get(keyword) {
                Some(Node::Bool(false)) if schemas.is_empty() => return Rest::Denied,
                Some(Node::Bool(true)) => return Rest::Any,
                Some(Node::Object(schema)) if schema.is_empty() => return Rest::Any,
                Some(Node::Object(_)) => schemas.extend(part.at.below(keyword)),
                _ => continue,
            }
            break;
        }
        if !schemas.is_empty() {
            return Rest::Schemas(schemas, part.clone());
        }
    }
    Rest::Unsaid
}

/// The name of the field for properties that are not named, beside these fields.
pub(crate) fn free_field_name(fields: &[Field]) -> String {
    let mut scope = Scope::default();
    for field in fields {
        scope.take(field.name.clone());
    }
    scope.take(REST_FIELD.to_owned())
}

fn kept(scope: &mut Scope, ty: Type, constraints: Vec<Constraint>) -> AdditionalProperties {
    let field = scope.take(REST_FIELD.to_owned());
    AdditionalProperties::Kept {
        field,
        ty,
        constraints,
        stated: true,
    }
}

fn map(parts: &[Part<'_>], value: Type, values: Vec<Constraint>) -> Form {
    let ty = Type::Map(Box::new(value));
    let mut constraints = constraints::of(parts, Some(&ty));
    if !values.is_empty() {
        constraints.push(Constraint::AdditionalProperties(values));
    }
    Form::Plain(ty, constraints)
}
