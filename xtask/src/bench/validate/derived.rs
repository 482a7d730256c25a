//! The types of a contract as a person would write them for serde's derives: the same members, and
//! nothing else. Texts in a format are just texts, and an enum has no place for what it does not list.

use std::fmt::Write as _;

use typewright::ir::{
    AdditionalProperties, Alias, Api, Integer, Presence, StringEnum, Struct, Type, TypeDef,
    TypeKind, Union,
};

const DERIVE: &str = "#[derive(serde::Deserialize)]";

/// Every type of an API.
pub(super) fn types(api: &Api) -> String {
    let mut out = String::new();
    for def in &api.types {
        match &def.kind {
            TypeKind::Struct(object) => write_struct(&mut out, api, def, object),
            TypeKind::StringEnum(listed) => write_enum(&mut out, def, listed),
            TypeKind::Union(union) => write_union(&mut out, api, def, union),
            TypeKind::Alias(Alias { ty, .. }) => {
                let _ = writeln!(out, "pub type {} = {};", def.name, name(api, ty));
            }
        }
    }
    out
}

fn write_struct(out: &mut String, api: &Api, def: &TypeDef, object: &Struct) {
    let _ = writeln!(out, "{DERIVE}\npub struct {} {{", def.name);
    for field in &object.fields {
        if field.constant.is_some() {
            continue;
        }
        let ty = name(api, &field.ty);
        let ty = match field.presence {
            Presence::Required => ty,
            Presence::Optional | Presence::Nullable | Presence::OptionalNullable => {
                format!("Option<{ty}>")
            }
        };
        let _ = writeln!(
            out,
            "    #[serde(rename = {:?})]\n    pub {}: {ty},",
            field.property, field.name
        );
    }
    match &object.additional {
        AdditionalProperties::Ignored | AdditionalProperties::Denied => {}
        AdditionalProperties::Kept { field, ty, .. } => {
            let ty = name(api, ty);
            let _ = writeln!(
                out,
                "    #[serde(flatten)]\n    pub {field}: std::collections::BTreeMap<String, {ty}>,"
            );
        }
    }
    out.push_str("}\n");
}

fn write_enum(out: &mut String, def: &TypeDef, listed: &StringEnum) {
    let _ = writeln!(out, "{DERIVE}\npub enum {} {{", def.name);
    for variant in &listed.variants {
        let _ = writeln!(
            out,
            "    #[serde(rename = {:?})]\n    {},",
            variant.value, variant.name
        );
    }
    out.push_str("}\n");
}

fn write_union(out: &mut String, api: &Api, def: &TypeDef, union: &Union) {
    let tagged = union.variants.iter().all(|one| one.tags.len() == 1);
    let how = match &union.discriminator {
        Some(property) if tagged => format!("tag = {property:?}"),
        Some(_) | None => "untagged".to_owned(),
    };
    let _ = writeln!(out, "{DERIVE}\n#[serde({how})]\npub enum {} {{", def.name);
    for variant in &union.variants {
        if let [tag] = variant.tags.as_slice() {
            let _ = writeln!(out, "    #[serde(rename = {tag:?})]");
        }
        let _ = writeln!(out, "    {}({}),", variant.name, name(api, &variant.ty));
    }
    out.push_str("}\n");
}

/// The name of a type.
fn name(api: &Api, ty: &Type) -> String {
    let named = |index: usize| {
        api.types
            .get(index)
            .map_or_else(String::new, |def| def.name.clone())
    };
    match ty {
        Type::Named(id) => named(id.0),
        Type::Boxed(id) | Type::Linked(id) => format!("Box<{}>", named(id.0)),
        Type::Nullable(inner) => format!("Option<{}>", name(api, inner)),
        Type::List(item) => format!("Vec<{}>", name(api, item)),
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", name(api, value)),
        Type::Bool => "bool".to_owned(),
        Type::Integer(integer) => integer_name(*integer).to_owned(),
        Type::Float32 => "f32".to_owned(),
        Type::Float64 => "f64".to_owned(),
        Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Uuid | Type::Binary => {
            "String".to_owned()
        }
        Type::Json => "serde_json::Value".to_owned(),
        Type::External(path) => path.clone(),
    }
}

fn integer_name(integer: Integer) -> &'static str {
    match integer {
        Integer::I8 => "i8",
        Integer::I16 => "i16",
        Integer::I32 => "i32",
        Integer::I64 => "i64",
        Integer::U8 => "u8",
        Integer::U16 => "u16",
        Integer::U32 => "u32",
        Integer::U64 => "u64",
    }
}
