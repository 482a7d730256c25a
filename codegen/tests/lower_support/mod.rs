//! Lowers fixtures and writes what comes out as an outline that people can read.

#![allow(clippy::panic, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use typewright::diagnostics::Diagnostics;
use typewright::ir::{
    AdditionalProperties, Api, Constraint, Docs, Field, Operation, Outcome, Parameter, Presence,
    Type, TypeDef, TypeKind,
};
use typewright::{load, lower, resolve};

/// Lowers the contract at `path`.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn lowered_with(path: &Path) -> (Option<Api>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let api = load::load(path, &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .and_then(|resolved| lower::lower(&resolved, &mut diagnostics));
    (api, diagnostics)
}

/// Lowers a contract given as text.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn lowered_text(text: &str) -> (Option<Api>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let api = load::load_text(Path::new("contract.yaml"), text, &mut diagnostics)
        .and_then(|document| resolve::resolve(document, &mut diagnostics))
        .and_then(|resolved| lower::lower(&resolved, &mut diagnostics));
    (api, diagnostics)
}

/// The path of a fixture.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/lower")
        .join(format!("{name}.yaml"))
}

/// An API in one line a thing: names, types, presence, constraints and the first words of docs.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn outline(api: &Api) -> String {
    let mut out = format!("{} {}\n", api.title, api.version);
    for server in &api.servers {
        let _ = writeln!(out, "server {}", server.url);
    }
    for scheme in &api.security_schemes {
        let limits = constraints(api, &scheme.constraints);
        let _ = writeln!(out, "scheme {} = {:?}{limits}", scheme.name, scheme.kind);
    }
    for def in &api.types {
        let usage = match (def.usage.sent, def.usage.received) {
            (true, true) => "sent, received",
            (true, false) => "sent",
            (false, true) => "received",
            (false, false) => "unused",
        };
        let head = format!("{} ({usage}) {}{}", def.name, def.pointer, docs(&def.docs));
        match &def.kind {
            TypeKind::Struct(found) => {
                let limits = constraints(api, &found.constraints);
                let _ = writeln!(out, "\nstruct {head}{limits}");
                if found.xml != typewright::ir::Xml::default() {
                    let _ = writeln!(out, "  xml {:?}", found.xml);
                }
                for field in &found.fields {
                    let _ = writeln!(out, "  {}", field_line(api, field));
                }
                match &found.additional {
                    AdditionalProperties::Ignored => {}
                    AdditionalProperties::Denied => out.push_str("  nothing else\n"),
                    AdditionalProperties::Kept {
                        field,
                        ty,
                        constraints: limits,
                        stated: _,
                    } => {
                        let limits = constraints(api, limits);
                        let _ = writeln!(out, "  ..{field}: {}{limits}", rust(api, ty));
                    }
                }
            }
            TypeKind::StringEnum(found) => {
                let open = if found.open { " open" } else { "" };
                let _ = writeln!(out, "\nenum{open} {head}");
                for variant in &found.variants {
                    let docs = docs(&variant.docs);
                    let _ = writeln!(out, "  {} = {:?}{docs}", variant.name, variant.value);
                }
            }
            TypeKind::Union(found) => {
                let open = if found.open { " open" } else { "" };
                let by = found
                    .discriminator
                    .as_ref()
                    .map(|name| format!(" by {name}"));
                let by = by.unwrap_or_default();
                let _ = writeln!(out, "\nunion{open} {:?}{by} {head}", found.keyword);
                for variant in &found.variants {
                    let limits = constraints(api, &variant.constraints);
                    let ty = rust(api, &variant.ty);
                    let _ = writeln!(out, "  {}({ty}) {:?}{limits}", variant.name, variant.tags);
                }
            }
            TypeKind::Alias(found) => {
                let limits = constraints(api, &found.constraints);
                let _ = writeln!(out, "\nalias {head}\n  = {}{limits}", rust(api, &found.ty));
            }
        }
    }
    for operation in &api.operations {
        operation_lines(api, operation, &mut out);
    }
    for webhook in &api.webhooks {
        let limits = constraints(api, &webhook.constraints);
        let ty = rust(api, &webhook.ty);
        let _ = writeln!(
            out,
            "\nwebhook {} {:?} {} {:?}: {ty}{limits}",
            webhook.name, webhook.webhook_name, webhook.method, webhook.encoding
        );
        if let Some(parameters) = &webhook.parameters {
            let ty = rust(api, &parameters.ty);
            let _ = writeln!(out, "  parameters: {ty}");
            for place in &parameters.places {
                let _ = writeln!(out, "    {place:?}");
            }
        }
        for answer in &webhook.answers {
            let ty = answer.ty.as_ref().map(|ty| rust(api, ty));
            let _ = writeln!(out, "  -> {:?} {ty:?}", answer.status);
        }
    }
    out
}

fn operation_lines(api: &Api, operation: &Operation, out: &mut String) {
    let _ = writeln!(
        out,
        "\nfn {} [{}] {} {}{}",
        operation.name,
        operation.call_name,
        operation.method,
        operation.path,
        docs(&operation.docs)
    );
    for parameter in &operation.parameters {
        let _ = writeln!(out, "  {}", parameter_line(api, parameter));
    }
    if let Some(request) = &operation.request {
        let required = if request.required { "" } else { "optional " };
        for content in &request.contents {
            let media: Vec<_> = content
                .media_types
                .iter()
                .map(|media| &*media.name)
                .collect();
            let variant = match &request.choice {
                Some(choice) => format!("{choice}::{} ", content.name),
                None => String::new(),
            };
            let limits = constraints(api, &content.constraints);
            let ty = rust(api, &content.ty);
            let _ = writeln!(out, "  body: {required}{variant}{ty} {media:?}{limits}");
            for encoding in &content.encoding {
                let _ = writeln!(out, "    {encoding:?}");
            }
        }
    }
    for response in &operation.responses {
        let media: Vec<_> = response
            .media_types
            .iter()
            .map(|media| &*media.name)
            .collect();
        let ty = response
            .ty
            .as_ref()
            .map_or_else(|| "()".to_owned(), |ty| rust(api, ty));
        let limits = constraints(api, &response.constraints);
        let _ = writeln!(out, "  {:?}: {ty} {media:?}{limits}", response.status);
        if let Some(headers) = &response.headers {
            let _ = writeln!(out, "    headers: {}", rust(api, headers));
        }
        if let Some(in_band) = &response.in_band {
            let _ = writeln!(out, "    {in_band:?}");
        }
    }
    for (word, outcome) in [
        ("success", &operation.success),
        ("failure", &operation.failure),
    ] {
        let _ = match outcome {
            Outcome::Undescribed => writeln!(out, "  {word}: undescribed"),
            Outcome::Empty => writeln!(out, "  {word}: empty"),
            Outcome::Body(ty) => writeln!(out, "  {word}: {}", rust(api, ty)),
            Outcome::OneOf(found) => {
                let variants: Vec<_> = found
                    .variants
                    .iter()
                    .map(|variant| {
                        let ty = variant.ty.as_ref();
                        let ty = ty
                            .map(|ty| format!("({})", rust(api, ty)))
                            .unwrap_or_default();
                        format!("{}{ty}", variant.name)
                    })
                    .collect();
                writeln!(
                    out,
                    "  {word}: {} {{ {} }}",
                    found.name,
                    variants.join(", ")
                )
            }
        };
    }
    for server in &operation.servers {
        let _ = writeln!(out, "  server {}", server.template);
    }
    if !operation.security.is_empty() {
        let _ = writeln!(out, "  security {:?}", operation.security);
    }
}

fn field_line(api: &Api, field: &Field) -> String {
    let wrapper = match field.presence {
        Presence::Required => "",
        Presence::Optional => "optional ",
        Presence::Nullable => "nullable ",
        Presence::OptionalNullable => "optional nullable ",
    };
    let mut line = format!("{}: {wrapper}{}", field.name, rust(api, &field.ty));
    if field.property != field.name {
        let _ = write!(line, " <{}>", field.property);
    }
    if let Some(constant) = &field.constant {
        let _ = write!(line, " = {constant:?}");
    }
    if let Some(default) = &field.default {
        let _ = write!(line, " default {default}");
    }
    if field.empty_as_absent {
        line.push_str(" empty-as-absent");
    }
    if field.one_or_many {
        line.push_str(" one-or-many");
    }
    line.push_str(&constraints(api, &field.constraints));
    if field.xml != typewright::ir::Xml::default() {
        let _ = write!(line, " {:?}", field.xml);
    }
    line + &docs(&field.docs)
}

fn parameter_line(api: &Api, parameter: &Parameter) -> String {
    format!(
        "{}: {}{} <{:?} {} {:?} explode {}>{}{}",
        parameter.name,
        if parameter.required { "" } else { "optional " },
        rust(api, &parameter.ty),
        parameter.location,
        parameter.wire_name,
        parameter.style,
        parameter.explode,
        constraints(api, &parameter.constraints),
        docs(&parameter.docs)
    )
}

/// A type as it would be written in Rust.
pub(crate) fn rust(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Named(id) => api.types[id.0].name.clone(),
        Type::Boxed(id) => format!("Box<{}>", api.types[id.0].name),
        Type::Linked(id) => format!("Link<{}>", api.types[id.0].name),
        Type::Nullable(inner) => format!("Option<{}>", rust(api, inner)),
        Type::List(inner) => format!("Vec<{}>", rust(api, inner)),
        Type::Map(inner) => format!("Map<{}>", rust(api, inner)),
        Type::External(path) => path.clone(),
        Type::Integer(width) => format!("{width:?}").to_lowercase(),
        Type::Bool
        | Type::Float32
        | Type::Float64
        | Type::String
        | Type::Secret
        | Type::DateTime
        | Type::Date
        | Type::Uuid
        | Type::Binary
        | Type::Json => format!("{ty:?}"),
    }
}

fn constraints(api: &Api, constraints: &[Constraint]) -> String {
    if constraints.is_empty() {
        return String::new();
    }
    let texts: Vec<_> = constraints
        .iter()
        .map(|constraint| match constraint {
            Constraint::Of(id) => format!("Of({})", api.types[id.0].name),
            Constraint::Items(inner) => format!("Items{}", self::constraints(api, inner)),
            Constraint::AdditionalProperties(inner) => {
                format!("AdditionalProperties{}", self::constraints(api, inner))
            }
            other => format!("{other:?}"),
        })
        .collect();
    format!(" [{}]", texts.join(", "))
}

fn docs(docs: &Docs) -> String {
    let deprecated = if docs.deprecated { " deprecated" } else { "" };
    let text = docs.summary.iter().chain(&docs.description).next();
    let text: Option<String> = text.map(|text| text.chars().take(40).collect());
    text.map_or_else(
        || deprecated.to_owned(),
        |text| format!("{deprecated} // {text}"),
    )
}

/// The definition of a type.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn def<'a>(api: &'a Api, name: &str) -> &'a TypeDef {
    api.types
        .iter()
        .find(|def| def.name == name)
        .unwrap_or_else(|| panic!("there is no {name}"))
}

/// A field of a struct, by the name of its property.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn field<'a>(api: &'a Api, of: &str, property: &str) -> &'a Field {
    let TypeKind::Struct(found) = &def(api, of).kind else {
        panic!("{of} is no struct")
    };
    let mut fields = found.fields.iter();
    fields
        .find(|field| field.property == property)
        .unwrap_or_else(|| panic!("no {property}"))
}

/// The properties of a struct.
#[allow(dead_code, reason = "not every test file uses it")]
pub(crate) fn properties(api: &Api, of: &str) -> Vec<String> {
    let TypeKind::Struct(found) = &def(api, of).kind else {
        panic!("{of} is no struct")
    };
    found
        .fields
        .iter()
        .map(|field| field.property.clone())
        .collect()
}
