//! What the renderer makes of an intermediate representation written by hand.

use typewright::emit::{self, Header};
use typewright::ir::{
    AdditionalProperties, Api, Constraint, Docs, Field, Integer, Number, Presence, StringEnum,
    Struct, Type, TypeDef, TypeId, TypeKind, Union, UnionKeyword, UnionVariant, Usage, Variant, Xml,
};
use typewright::render::{self, Options};

fn docs(description: &str) -> Docs {
    Docs { description: Some(description.to_owned()), ..Docs::default() }
}

fn field(property: &str, ty: Type, presence: Presence) -> Field {
    Field {
        name: heck::ToSnakeCase::to_snake_case(property),
        property: property.to_owned(),
        docs: docs(&format!("The {property}.")),
        ty,
        presence,
        constant: None,
        default: None,
        constraints: Vec::new(),
        empty_as_absent: false,
        one_or_many: false,
        xml: Xml::default(),
    }
}

fn object(name: &str, fields: Vec<Field>) -> TypeDef {
    TypeDef {
        name: name.to_owned(),
        schema_name: name.to_owned(),
        pointer: format!("/components/schemas/{name}"),
        docs: docs("An object."),
        usage: Usage { sent: true, received: true },
        kind: TypeKind::Struct(Struct {
            fields,
            additional: AdditionalProperties::Ignored,
            constraints: Vec::new(),
            xml: Xml::default(),
        }),
    }
}

fn string_enum(name: &str, values: &[(&str, &str)]) -> TypeDef {
    TypeDef {
        kind: TypeKind::StringEnum(StringEnum {
            variants: values
                .iter()
                .map(|(name, value)| Variant {
                    name: (*name).to_owned(),
                    value: (*value).to_owned(),
                    docs: Docs::default(),
                })
                .collect(),
            open: false,
        }),
        ..object(name, Vec::new())
    }
}

fn api(types: Vec<TypeDef>) -> Api {
    Api {
        title: "Sample".to_owned(),
        version: "1.0".to_owned(),
        description: None,
        servers: Vec::new(),
        security_schemes: Vec::new(),
        types,
        operations: Vec::new(),
    }
}

/// The text of `types.rs`.
fn types(types: Vec<TypeDef>) -> String {
    let outputs = render::render(&api(types), &Options::default());
    let output = outputs.into_iter().find(|output| output.path == "types.rs").unwrap();
    let header = Header { origin: "specs/sample.yaml".to_owned(), regenerate: "make".to_owned() };
    emit::emit(output.contents, &header).unwrap()
}

#[test]
fn dump() {
    let mut update = object(
        "CustomerContactUpdate",
        vec![
            field("CUSTOMER_ID", Type::String, Presence::Required),
            field("AUTH_TOKEN", Type::Secret, Presence::Required),
            Field {
                constraints: vec![Constraint::MaxLength(32_765), Constraint::Pattern(r"^[\w\]]*$".to_owned())],
                ..field("NOTES", Type::String, Presence::Optional)
            },
            Field {
                constraints: vec![Constraint::Of(TypeId(1))],
                docs: Docs { deprecated: true, ..docs("See [x] <b>it</b> at https://example.com/a(b), `[ok]` - 1. or\n```rust\npanic!()\n```\n\n    code\n* one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen\n* two") },
                ..field("channel", Type::Named(TypeId(1)), Presence::OptionalNullable)
            },
            Field {
                constraints: vec![Constraint::Minimum(Number::Int(-99_999)), Constraint::Maximum(Number::Float(10.5))],
                ..field("type", Type::Integer(Integer::I64), Presence::Nullable)
            },
        ],
    );
    if let TypeKind::Struct(object) = &mut update.kind {
        object.fields[4].name = "r#type".to_owned();
        object.constraints = vec![Constraint::MinProperties(4)];
        object.xml.name = Some("schema".to_owned());
        object.additional = AdditionalProperties::Kept {
            field: "additional_properties".to_owned(),
            ty: Type::Json,
            constraints: vec![],
        };
    }
    let channel = string_enum("DeliveryChannel", &[("Email", "EMAI"), ("Fax", "FAX ")]);
    let union = TypeDef {
        kind: TypeKind::Union(Union {
            keyword: UnionKeyword::OneOf,
            discriminator: Some("mediumType".to_owned()),
            open: false,
            variants: vec![
                UnionVariant {
                    name: "Telephone".to_owned(),
                    tags: vec!["Telephone".to_owned(), "Mobile".to_owned()],
                    ty: Type::Named(TypeId(0)),
                    constraints: vec![],
                    docs: Docs::default(),
                },
                UnionVariant {
                    name: "Boxed".to_owned(),
                    tags: vec!["B".to_owned()],
                    ty: Type::Boxed(TypeId(3)),
                    constraints: vec![],
                    docs: Docs::default(),
                },
            ],
        }),
        ..object("ContactMedium", vec![])
    };
    let many = object(
        "Many",
        (1..30).map(|n| field(&format!("SOFCT_USER_{n}"), Type::List(Box::new(Type::Named(TypeId(1)))), Presence::Optional)).collect(),
    );
    println!("{}", types(vec![update, channel, union, many]));
}
