//! Form: what the Schema Objects that hold for one value come to, by the type that they state.

use super::assertions;
use super::compose::union_of;
use super::parts::Part;
use super::schema::{Form, Lowering};
use super::{constraints, enums, extensions, left, media, names, numbers};
use crate::ir::{
    Assertion, Constraint, Docs, Format, JsonType, Number, Type, TypeKind, UnionKeyword,
    UnionVariant,
};
use crate::tree::Node;

impl<'d> Lowering<'d> {
    /// Lowers what several Schema Objects come to together.
    pub(super) fn lower_form(&mut self, parts: &[Part<'d>], name: &str) -> Form {
        if let Some(path) = parts
            .iter()
            .find_map(|part| extensions::rust_type(part.map))
        {
            return Form::Plain(Type::External(path.to_owned()), Vec::new());
        }
        self.check_content(parts);
        let mut stated = self.assertions(parts);
        let form = match self.lower_union(parts, name, &mut stated) {
            Some(form) => form,
            None => self.lower_by_type(parts, name),
        };
        self.asserted(form, stated, parts)
    }

    /// What is written inside of a text stays there: JSON Schema Validation, section 8.
    fn check_content(&mut self, parts: &[Part<'d>]) {
        for part in parts {
            if part.map.contains_key("contentSchema") {
                let message = "what stands in a text is not read: it is left to the caller";
                self.warn_once(
                    "ignored-content-schema",
                    &part.place("contentSchema"),
                    message.to_owned(),
                );
            }
        }
    }

    fn lower_by_type(&mut self, parts: &[Part<'d>], name: &str) -> Form {
        if enums::is_contradictory(parts) {
            self.warn_unchecked_enum(
                parts,
                "the lists of values here have none in common: `enum`",
            );
        }
        let Some(types) = types(parts) else {
            self.warn_untyped(
                parts,
                "no value has all the types that this schema asks for",
            );
            let typed = parts.iter().filter(|part| part.map.contains_key("type"));
            let stated = typed.flat_map(|part| self.union_assertion(part, "type"));
            return Form::Plain(Type::Json, stated.collect());
        };
        match types.as_slice() {
            [] => self.lower_untyped(parts, name),
            [ty] => self.lower_typed(parts, ty, name),
            several => self.lower_several(parts, several, name),
        }
    }

    /// Lowers a value of one of several types.
    fn lower_several(&mut self, parts: &[Part<'d>], types: &[&str], name: &str) -> Form {
        if let Some(form) = self.lower_listed_types(parts, types, name) {
            return form;
        }
        match self.lower_types(parts, types, name) {
            Form::Plain(Type::Json, none) if none.is_empty() => {
                Form::Plain(Type::Json, self.loose(parts, types))
            }
            form => form,
        }
    }

    /// Lowers listed values that have several types: those of them that are of one of these.
    fn lower_listed_types(
        &mut self,
        parts: &[Part<'d>],
        types: &[&str],
        name: &str,
    ) -> Option<Form> {
        let kinds = enums::kinds(parts);
        let ty = |kind: &&'static str| match *kind {
            "number" if !types.contains(&"number") => "integer",
            other => other,
        };
        let kinds: Vec<_> = kinds
            .iter()
            .map(ty)
            .filter(|ty| types.contains(ty))
            .collect();
        match kinds.as_slice() {
            [] => None,
            [ty] => Some(self.lower_typed(parts, ty, name)),
            several => Some(self.lower_mixed_enum(parts, several, name)),
        }
    }

    /// What the parts say of a value that is any JSON for them: which of the keywords are about it, shows
    /// with the value.
    fn loose(&mut self, parts: &[Part<'d>], types: &[&str]) -> Vec<Constraint> {
        let mut found = constraints::of(parts, Some(&Type::Json));
        for part in parts {
            for keyword in assertions::SHOWN {
                // Nearly all types are written for any value, and mostly null is forgotten.
                let kinds = types.iter().filter(|ty| **ty != "integer").count();
                let is_any = *keyword == "type" && kinds >= 5;
                if part.map.contains_key(keyword) && !is_any {
                    for one in self.union_assertion(part, keyword) {
                        constraints::add(&mut found, one);
                    }
                }
            }
        }
        found
    }

    /// Puts on a form what schemas of its own say of the value.
    fn asserted(&mut self, form: Form, stated: Vec<Constraint>, parts: &[Part<'d>]) -> Form {
        if stated.is_empty() {
            return form;
        }
        match form {
            Form::Plain(ty, mut constraints) => {
                let add = |one| constraints::add(&mut constraints, one);
                stated.into_iter().for_each(add);
                Form::Plain(ty, constraints)
            }
            Form::Generated(mut kind, access) => {
                let of_kind = match &mut kind {
                    TypeKind::Struct(found) => Some(&mut found.constraints),
                    TypeKind::Union(union) => Some(&mut union.constraints),
                    TypeKind::Alias(alias) => Some(&mut alias.constraints),
                    TypeKind::StringEnum(_) => None,
                };
                if let Some(constraints) = of_kind {
                    let add = |one| constraints::add(constraints, one);
                    stated.into_iter().for_each(add);
                } else {
                    self.warn_unchecked_enum(parts, "what stands beside listed values");
                }
                Form::Generated(kind, access)
            }
        }
    }

    /// Lowers Schema Objects of one type.
    pub(super) fn lower_typed(&mut self, parts: &[Part<'d>], ty: &str, name: &str) -> Form {
        let form = self.lower_by_name(parts, ty, name);
        if enums::is_only_null(parts) && !matches!(ty, "object" | "array") {
            return self.asserted(form, enums::listed_values(parts), parts);
        }
        form
    }

    fn lower_by_name(&mut self, parts: &[Part<'d>], ty: &str, name: &str) -> Form {
        match ty {
            "object" => {
                let form = self.lower_object(parts, name);
                self.asserted(form, enums::listed_values(parts), parts)
            }
            "array" => {
                let form = self.lower_array(parts, name);
                self.asserted(form, enums::listed_values(parts), parts)
            }
            "string" | "file" => self.lower_string(parts),
            "boolean" => {
                let listed = if enums::is_one_boolean(parts) {
                    enums::listed_values(parts)
                } else {
                    Vec::new()
                };
                Form::Plain(Type::Bool, listed)
            }
            "integer" | "number" => self.lower_number(parts, ty),
            other => {
                let other = format!("{other:?} is not a type of JSON Schema");
                self.warn_untyped(parts, &other);
                Form::Plain(Type::Json, Vec::new())
            }
        }
    }

    fn lower_string(&mut self, parts: &[Part<'d>]) -> Form {
        let format = formats(parts).next();
        let secret = parts.iter().any(|part| extensions::secret(part.map));
        if secret || formats(parts).any(|format| format == "password") {
            let mut constraints = constraints::of(parts, Some(&Type::Secret));
            let values = enums::texts(self.document, parts);
            if !values.is_empty() {
                constraints.push(Constraint::Enum(values));
            }
            return Form::Plain(Type::Secret, constraints);
        }
        if let Some(string_enum) = self.lower_string_enum(parts) {
            let limits = constraints::of(parts, Some(&Type::String));
            let keep = |limit| constraints::texts_keep(&string_enum, limit);
            if !limits.iter().all(keep) {
                self.warn_unchecked_enum(parts, "what may rule out some of the listed values");
            }
            return Form::Generated(TypeKind::StringEnum(string_enum), Vec::new());
        }
        let own = parts
            .iter()
            .any(|part| extensions::own_format(part.map).is_some());
        let ty = match format {
            _ if own => Type::String,
            Some("date-time") => Type::DateTime,
            Some("date") => Type::Date,
            Some("uuid") => Type::Uuid,
            _ if media::is_binary(parts) => Type::Binary,
            _ => Type::String,
        };
        for part in parts {
            if ty == Type::Binary && part.map.contains_key("pattern") {
                let message = "`pattern` is not checked of bytes".to_owned();
                self.warn_once("unchecked-keyword", &part.place("pattern"), message);
            }
        }
        let mut constraints = constraints::of(parts, Some(&ty));
        let before_3_1 = (parts.iter()).any(|part| self.sites.dialect(&part.at).is_before_3_1());
        let asserted = format.and_then(|format| constraints::asserted_text(format, before_3_1));
        if let Some(format) = asserted.filter(|_| ty == Type::String && !own) {
            self.formats.insert(format);
            constraints.push(Constraint::Format(format));
        }
        Form::Plain(ty, constraints)
    }

    fn lower_number(&mut self, parts: &[Part<'d>], ty: &str) -> Form {
        let listed = self.lower_listed_numbers(parts);
        let Some(ty) = numbers::type_of(parts, ty, listed.as_deref().unwrap_or_default()) else {
            return self.lower_wide_integer(parts, listed);
        };
        let mut constraints = constraints::of(parts, Some(&ty));
        let listed = listed.map(|listed| numbers::held(&ty, listed));
        constraints.extend(listed.map(Constraint::EnumNumber));
        Form::Plain(ty, constraints)
    }

    /// Lowers integers of more than 64 bits: to any JSON that is one of them.
    fn lower_wide_integer(&mut self, parts: &[Part<'d>], listed: Option<Vec<Number>>) -> Form {
        self.warn_untyped(
            parts,
            "64 bits do not hold every integer that is allowed here",
        );
        let mut found = constraints::of(parts, Some(&Type::Float64));
        found.extend(listed.map(Constraint::EnumNumber));
        let mut typed = parts
            .iter()
            .filter(|part| part.map.contains_key("type"))
            .peekable();
        if typed.peek().is_none() {
            found.extend(enums::listed_values(parts));
        }
        for part in typed {
            for one in self.union_assertion(part, "type") {
                constraints::add(&mut found, one);
            }
        }
        Form::Plain(Type::Json, found)
    }

    fn lower_array(&mut self, parts: &[Part<'d>], name: &str) -> Form {
        if let Some(form) = self.lower_tuple(parts, name) {
            return form;
        }
        let items: Vec<_> = parts
            .iter()
            .filter_map(|part| part.at.below("items"))
            .filter(|items| items.map().is_some())
            .collect();
        if items.is_empty() {
            let ty = Type::List(Box::new(Type::Json));
            let mut constraints = constraints::of(parts, Some(&ty));
            let none = |part: &Part<'_>| part.get("items").and_then(Node::as_bool) == Some(false);
            if parts.iter().any(none) {
                constraints::add(&mut constraints, Constraint::MaxItems(0));
            }
            return Form::Plain(ty, constraints);
        }
        let item = self.lower_use(&items, &names::inside(name, "Item"));
        let ty = Type::List(Box::new(item.value_type()));
        let mut constraints = constraints::of(parts, Some(&ty));
        if !item.constraints.is_empty() {
            constraints.push(Constraint::Items(item.constraints));
        }
        Form::Plain(ty, constraints)
    }

    /// Lowers a list whose items are described by their place: to a list of what they have in
    /// common. Which stands where is an assertion.
    fn lower_tuple(&mut self, parts: &[Part<'d>], name: &str) -> Option<Form> {
        let (index, part, keyword) = parts.iter().enumerate().find_map(|(index, part)| {
            ["prefixItems", "items"]
                .into_iter()
                .find(|keyword| {
                    part.get(keyword)
                        .is_some_and(|node| node.as_array().is_some())
                })
                .map(|keyword| (index, part, keyword))
        })?;
        let mut items = part.at.items_below(keyword);
        let count = items.len();
        let rest = if keyword == "prefixItems" {
            "items"
        } else {
            "additionalItems"
        };
        let denies = |key: &str| part.get(key).and_then(Node::as_bool) == Some(false);
        let closed = denies(rest)
            || (denies("unevaluatedItems")
                && !left::is_left_over(&self.sites, parts, index, "unevaluatedItems"));
        items.extend(part.at.below(rest).filter(|rest| rest.map().is_some()));
        let item = self.lower_any_of(&items, part, &names::inside(name, "Item"));
        let (ty, item_constraints) = item;
        let ty = Type::List(Box::new(ty));
        let mut constraints = constraints::of(parts, Some(&ty));
        if closed {
            constraints::add(&mut constraints, Constraint::MaxItems(count as u64));
        }
        if keyword == "items" {
            let mut stated = self.union_assertion(part, keyword);
            if part.map.contains_key(rest) && !closed {
                stated.extend(self.union_assertion(part, rest));
            }
            for one in stated {
                constraints::add(&mut constraints, one);
            }
        }
        // Of items behind those that have a schema each nothing is said where none is for the rest.
        let all = closed
            || part
                .get(rest)
                .is_some_and(|rest| rest.as_object().is_some());
        if all && !item_constraints.is_empty() {
            constraints.push(Constraint::Items(item_constraints));
        }
        Some(Form::Plain(ty, constraints))
    }

    /// A schema that says nothing of the type: it is free, or its values are listed.
    fn lower_untyped(&mut self, parts: &[Part<'d>], name: &str) -> Form {
        if enums::is_listed(parts) {
            return self.lower_mixed_enum(parts, &enums::kinds(parts), name);
        }
        if parts.iter().any(lists_items) {
            let why = "`items` is a list here, and no `type` says that the value is an array";
            self.warn_untyped(parts, why);
        }
        let null = |part: &Part<'_>| part.get("type").and_then(Node::as_str) == Some("null");
        let mut found = constraints::of(parts, Some(&Type::Json));
        if parts.iter().any(null) {
            found.push(assertions::assertion(Assertion::Type(vec![JsonType::Null])));
        }
        for part in parts.iter().filter(|part| lists_items(part)) {
            for keyword in ["items", "additionalItems"] {
                if part.map.contains_key(keyword) {
                    found.extend(self.union_assertion(part, keyword));
                }
            }
        }
        Form::Plain(Type::Json, found)
    }

    /// Lowers listed values of several types: to a type for each, where each has one.
    fn lower_mixed_enum(&mut self, parts: &[Part<'d>], kinds: &[&str], name: &str) -> Form {
        let all = enums::listed_values(parts);
        let variants: Option<Vec<_>> = kinds
            .iter()
            .map(|kind| self.lower_kind(parts, kind, name))
            .collect();
        let Some(variants) = variants.filter(|found| !found.is_empty()) else {
            return Form::Plain(Type::Json, all);
        };
        let open = parts.iter().any(|part| extensions::open(part.map));
        union_of(variants, None, UnionKeyword::AnyOf, open)
    }

    fn lower_kind(&mut self, parts: &[Part<'d>], kind: &str, name: &str) -> Option<UnionVariant> {
        let (word, form) = match kind {
            "string" => {
                let listed = self.lower_string_enum_of(parts, true)?;
                (
                    "Text",
                    Form::Generated(TypeKind::StringEnum(listed), Vec::new()),
                )
            }
            "number" | "integer" => {
                let mut listed = enums::numbers(parts);
                listed.retain(|value| kind == "number" || matches!(value, Number::Int(_)));
                let ty = numbers::type_of(parts, kind, &listed)?;
                let listed = numbers::held(&ty, listed);
                (
                    "Number",
                    Form::Plain(ty, vec![Constraint::EnumNumber(listed)]),
                )
            }
            "boolean" => (
                "Bool",
                Form::Plain(Type::Bool, enums::listed_booleans(parts)),
            ),
            _ => return None,
        };
        let name = names::inside(name, word);
        let order = self.drafts.next();
        let (ty, constraints) = self.settle(form, parts, &name, (order, None, None));
        Some(UnionVariant {
            name: word.to_owned(),
            tags: Vec::new(),
            tag_optional: false,
            otherwise: false,
            ty,
            constraints,
            docs: Docs::default(),
        })
    }

    /// Says that listed values are not checked.
    fn warn_unchecked_enum(&mut self, parts: &[Part<'d>], what: &str) {
        if let Some(part) = parts.first() {
            let message = format!("{what} is not checked");
            self.warn_once("unchecked-keyword", &part.at.pointer(), message);
        }
    }
}

pub(super) fn formats<'a, 'd>(
    parts: &'a [Part<'d>],
) -> impl Iterator<Item = &'d str> + use<'a, 'd> {
    let stated = parts.iter().filter_map(|part| part.get("format"));
    stated.filter_map(Node::as_str)
}

/// The types that all parts allow, null aside; none where nothing is said; `None` where they
/// contradict each other.
pub(super) fn types<'d>(parts: &[Part<'d>]) -> Option<Vec<&'d str>> {
    let mut allowed: Option<Vec<&str>> = None;
    for part in parts {
        let stated: Vec<&str> = match part.get("type") {
            Some(Node::String(ty)) => vec![ty],
            Some(Node::Array(types)) => types.iter().filter_map(Node::as_str).collect(),
            _ => continue,
        };
        let stated: Vec<_> = stated.into_iter().filter(|ty| *ty != "null").collect();
        if stated.is_empty() {
            continue;
        }
        allowed = Some(match allowed {
            None => stated,
            Some(before) => common(&before, &stated),
        });
    }
    match allowed {
        Some(types) if types.is_empty() => None,
        Some(types) => Some(types),
        None => Some(implied(parts).into_iter().collect()),
    }
}

/// An integer is a number.
fn common<'d>(one: &[&'d str], other: &[&'d str]) -> Vec<&'d str> {
    let narrower = |ty: &str, types: &[&str]| {
        types.contains(&ty) || (ty == "integer" && types.contains(&"number"))
    };
    let mut types: Vec<_> = one
        .iter()
        .copied()
        .filter(|ty| narrower(ty, other))
        .collect();
    types.extend(
        other
            .iter()
            .copied()
            .filter(|ty| narrower(ty, one) && !one.contains(ty)),
    );
    types
}

/// The type that the other keywords are about.
fn implied(parts: &[Part<'_>]) -> Option<&'static str> {
    let any = |keys: &[&str]| {
        parts
            .iter()
            .any(|part| keys.iter().any(|key| part.map.contains_key(key)))
    };
    if let Some(ty) = super::enums::implied_type(parts) {
        return Some(ty);
    }
    if super::enums::is_listed(parts) {
        return None;
    }
    if any(&[
        "properties",
        "additionalProperties",
        "required",
        "patternProperties",
        "propertyNames",
        "dependentRequired",
        "dependentSchemas",
        "minProperties",
        "maxProperties",
    ]) {
        Some("object")
    } else if parts.iter().any(lists_items) {
        // JSON Schema holds `items` against arrays alone, and no version of OpenAPI has a list there.
        // Whoever writes one without `type: array` mostly means alternatives for the value itself.
        None
    } else if any(&[
        "items",
        "prefixItems",
        "contains",
        "minItems",
        "maxItems",
        "uniqueItems",
    ]) {
        Some("array")
    } else if any(&[
        "pattern",
        "minLength",
        "maxLength",
        "x-typewright-format-check",
    ]) {
        Some("string")
    } else if any(&["minimum", "maximum", "multipleOf"]) || parts.iter().any(has_exclusive_limit) {
        Some("number")
    } else {
        formats(parts).next().and_then(type_of_format)
    }
}

/// Whether an exclusive limit is a number, and no flag beside another limit.
fn has_exclusive_limit(part: &Part<'_>) -> bool {
    let mut keys = ["exclusiveMinimum", "exclusiveMaximum"].into_iter();
    keys.any(|key| matches!(part.get(key), Some(Node::Number(_))))
}

/// Whether `items` has a schema for each place, as in JSON Schema before 2020-12.
fn lists_items(part: &Part<'_>) -> bool {
    part.get("items")
        .is_some_and(|items| items.as_array().is_some())
}

/// The type that a format is of: OpenAPI Initiative, Format Registry.
fn type_of_format(format: &str) -> Option<&'static str> {
    match format {
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            Some("integer")
        }
        "float" | "double" => Some("number"),
        "binary" | "password" => Some("string"),
        other => Format::named(other).map(|_| "string"),
    }
}
