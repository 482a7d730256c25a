//! What the renderer makes of an intermediate representation written by hand.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on has failed"
)]

use std::collections::BTreeMap;

use typewright::emit::{self, Header};
use typewright::ir::{
    AdditionalProperties, Alias, Api, Assertion, Attached, Constraint, Docs, Engine, Field,
    Integer, Number, Presence, Schemas, StringEnum, Struct, Type, TypeDef, TypeId, TypeKind, Union,
    UnionKeyword, UnionVariant, Usage, Variant, Xml,
};
use typewright::plan::{Plan, Split};
use typewright::render::{self, Options};

fn docs(description: &str) -> Docs {
    Docs {
        description: Some(description.to_owned()),
        ..Docs::default()
    }
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
        document: 0,
        docs: docs("An object."),
        usage: Usage {
            sent: true,
            received: true,
        },
        attached: Attached::default(),
        beside: Vec::new(),
        kind: TypeKind::Struct(Struct {
            fields,
            additional: AdditionalProperties::Ignored,
            constraints: Vec::new(),
            read_only: Vec::new(),
            xml: Xml::default(),
        }),
    }
}

fn string_enum(name: &str, values: &[(&str, &str)]) -> TypeDef {
    TypeDef {
        attached: Attached::default(),
        beside: Vec::new(),
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
        webhooks: Vec::new(),
        formats: Vec::new(),
        patterns: BTreeMap::from([(r"^[\d]+$".to_owned(), Engine::Linear("^[0-9]+$".to_owned()))]),
        schemas: Schemas::default(),
    }
}

fn rendered(api: &Api) -> Vec<render::Output> {
    render::render(api, &Plan::of(api, Split::None), &Options::default())
}

/// The text of `types.rs`.
fn types(types: Vec<TypeDef>) -> String {
    let outputs = rendered(&api(types));
    let output = outputs
        .into_iter()
        .find(|output| output.path == "types.rs")
        .unwrap();
    let header = Header {
        origin: "specs/sample.yaml".to_owned(),
        regenerate: "make".to_owned(),
    };
    emit::emit(&output, &header)
}

fn fields_of(def: &mut TypeDef) -> &mut Struct {
    let TypeKind::Struct(object) = &mut def.kind else {
        panic!("no struct")
    };
    object
}

fn variant(name: &str, tags: &[&str], ty: Type) -> UnionVariant {
    UnionVariant {
        name: name.to_owned(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        tag_optional: false,
        otherwise: false,
        ty,
        constraints: Vec::new(),
        docs: Docs::default(),
    }
}

fn union(name: &str, variants: Vec<UnionVariant>, discriminator: Option<&str>) -> TypeDef {
    let union = Union {
        keyword: UnionKeyword::OneOf,
        discriminator: discriminator.map(str::to_owned),
        variants,
        open: false,
        constraints: Vec::new(),
    };
    TypeDef {
        attached: Attached::default(),
        beside: Vec::new(),
        kind: TypeKind::Union(union),
        ..object(name, Vec::new())
    }
}

#[track_caller]
fn assert_has(text: &str, part: &str) {
    assert!(text.contains(part), "no {part:?} in:\n{text}");
}

#[track_caller]
fn assert_has_not(text: &str, part: &str) {
    assert!(!text.contains(part), "{part:?} is in:\n{text}");
}

#[test]
fn required_properties_are_arguments_and_optional_ones_are_setters() {
    let text = types(vec![object(
        "Update",
        vec![
            field("CUSTOMER_ID", Type::String, Presence::Required),
            field("AUTH_TOKEN", Type::Secret, Presence::Required),
            field("NOTES", Type::String, Presence::Optional),
            field("COUNT", Type::Integer(Integer::I64), Presence::Optional),
        ],
    )]);
    assert_has(
        &text,
        "pub fn new(customer_id: impl Into<String>, auth_token: impl Into<Secret>) -> Self {",
    );
    assert_has(&text, "pub notes: Option<String>,");
    assert_has(
        &text,
        "pub fn notes(mut self, notes: impl Into<String>) -> Self {",
    );
    assert_has(&text, "pub fn count(mut self, count: i64) -> Self {");
    assert_has_not(&text, "pub fn customer_id(");
    assert_has_not(&text, "Default");
}

#[test]
fn absent_null_and_a_value_are_three_things_where_the_contract_says_so() {
    let text = types(vec![object(
        "Patch",
        vec![field("title", Type::String, Presence::OptionalNullable)],
    )]);
    assert_has(&text, "pub title: Field<String>,");
    assert_has(&text, "self.title = Field::Value(title.into());");
    assert_has(&text, "pub fn title_null(mut self) -> Self {");
    assert_has(&text, "#[derive(Clone, Default)]");
}

#[test]
fn what_is_only_received_has_no_setters() {
    let mut answer = object(
        "Answer",
        vec![field("id", Type::String, Presence::Optional)],
    );
    answer.usage.sent = false;
    assert_has_not(&types(vec![answer]), "pub fn id(");
}

#[test]
fn constraints_are_rules_and_are_spelt_out() {
    let with = |name: &str, ty, constraints| Field {
        constraints,
        ..field(name, ty, Presence::Optional)
    };
    let mut def = object(
        "Limits",
        vec![
            with("notes", Type::String, vec![Constraint::MaxLength(32_765)]),
            with(
                "code",
                Type::String,
                vec![Constraint::MinLength(2), Constraint::MaxLength(2)],
            ),
            with(
                "status",
                Type::Integer(Integer::I64),
                vec![
                    Constraint::Minimum(Number::Int(0)),
                    Constraint::Maximum(Number::Int(9999)),
                ],
            ),
            with(
                "ratio",
                Type::Float64,
                vec![Constraint::ExclusiveMaximum(Number::Float(-0.5))],
            ),
            with(
                "phone",
                Type::String,
                vec![Constraint::Pattern(r"^[\d]+$".to_owned())],
            ),
            with(
                "tags",
                Type::List(Box::new(Type::String)),
                vec![
                    Constraint::UniqueItems,
                    Constraint::Items(vec![Constraint::MaxLength(3)]),
                ],
            ),
            with(
                "unit",
                Type::String,
                vec![Constraint::Enum(vec!["a".to_owned(), "b ".to_owned()])],
            ),
        ],
    );
    fields_of(&mut def).constraints = vec![Constraint::MinProperties(4)];
    let text = types(vec![def]);
    for words in [
        "/// At most 32,765 characters.",
        "/// Exactly 2 characters.",
        "/// From 0 to 9999.",
        "/// Less than -0.5.",
        r"/// Matches `^[\d]+$`.",
        "/// No item twice. Each item: at most 3 characters.",
        r#"/// One of `a`, `"b "`."#,
        "/// At least 4 properties.",
    ] {
        assert_has(&text, words);
    }
    for rule in [
        "(\"notes\", &[Rule::MaxLength(32_765)]),",
        "Rule::Minimum(Number::Int(0)), Rule::Maximum(Number::Int(9999))",
        "Rule::ExclusiveMaximum(Number::Float(-0.5))",
        "Rule::Pattern(&PHONE_PATTERN)",
        r#"static PHONE_PATTERN: Pattern = Pattern::linear_as(r"^[\d]+$", "^[0-9]+$");"#,
        "Rule::Items(&[Rule::MaxLength(3)])",
        r#"Rule::Enum(&["a", "b "])"#,
        ".rules(&[Rule::MinProperties(4)]);",
    ] {
        assert_has(&text, rule);
    }
}

#[test]
fn an_alias_hands_its_constraints_to_whoever_uses_it() {
    let alias = TypeDef {
        attached: Attached::default(),
        beside: Vec::new(),
        kind: TypeKind::Alias(Alias {
            ty: Type::String,
            constraints: vec![Constraint::MaxLength(9)],
        }),
        ..object("Name", Vec::new())
    };
    let user = Field {
        constraints: vec![Constraint::Of(TypeId(0))],
        ..field("name", Type::Named(TypeId(0)), Presence::Required)
    };
    let text = types(vec![alias, object("User", vec![user])]);
    assert_has(&text, "pub type Name = String;");
    assert_has(&text, "pub fn new(name: impl Into<String>) -> Self {");
    assert_has(
        &text,
        ".property_rules(&[(\"name\", &[Rule::MaxLength(9)])]);",
    );
}

#[test]
fn an_enum_keeps_blanks_and_unknown_values() {
    let text = types(vec![string_enum(
        "Channel",
        &[("Email", "EMAI"), ("Fax", "FAX ")],
    )]);
    assert_has(&text, "/// `\"FAX \"`.\n    Fax,");
    assert_has(&text, "Unknown(String),");
    assert_has(
        &text,
        r#"string_enum! { Channel { "EMAI" => Email, "FAX " => Fax } }"#,
    );
}

#[test]
fn a_union_is_told_by_its_discriminator_or_tried_in_order() {
    let one = object("One", vec![]);
    let by = union(
        "By",
        vec![
            variant("A", &["a", "b"], Type::Named(TypeId(0))),
            variant("B", &["c"], Type::Boxed(TypeId(1))),
        ],
        Some("kind"),
    );
    let untagged = union(
        "Try",
        vec![
            variant("Text", &[], Type::String),
            variant("One", &[], Type::Named(TypeId(0))),
        ],
        None,
    );
    let text = types(vec![one, by, untagged]);
    assert_has(&text, r#"by "kind" { "a" | "b" => A, "c" => B },"#);
    assert_has(&text, "from { A(One), B(By) },");
    assert_has(&text, r#"rules &[Rule::Union("oneOf", &["a", "b", "c"])]"#);
    assert_has(&text, "untagged { Text, One },");
    assert_has(&text, "B(Box<By>),");
}

#[test]
fn variants_that_share_a_value_of_the_discriminator_are_tried() {
    let told = UnionVariant {
        tag_optional: true,
        ..variant("B", &["a", "b", "c"], Type::Named(TypeId(1)))
    };
    let by = union(
        "By",
        vec![
            variant("A", &["a", "b"], Type::Named(TypeId(0))),
            told,
            variant("C", &["d"], Type::Named(TypeId(2))),
        ],
        Some("kind"),
    );
    let text = types(vec![
        object("One", vec![]),
        object("Two", vec![]),
        object("Three", vec![]),
        by,
    ]);
    assert_has(
        &text,
        r#"by "kind" { "a" | "b" => A, "a" | "b" | "c" => B, "d" => C },"#,
    );
    assert_has(&text, r#"shared { "a" | "b" => A | B },"#);
    assert_has(&text, "absent { B },");
    assert_has(
        &text,
        r#"rules &[Rule::Union("oneOf", &["a", "b", "c", "d"])]"#,
    );
}

#[test]
fn what_holds_for_one_variant_is_not_asked_of_another() {
    let listed = || Constraint::Assert(Box::new(Assertion::Enum(vec!["null".to_owned()])));
    let alias = |name: &str, ty: Type| TypeDef {
        kind: TypeKind::Alias(Alias {
            ty,
            constraints: vec![listed()],
        }),
        ..object(name, Vec::new())
    };
    let limited = |name: &str, ty: Type, constraint: Constraint| UnionVariant {
        constraints: vec![constraint],
        ..variant(name, &[], ty)
    };
    let choice = union(
        "Choice",
        vec![
            limited("Text", Type::String, Constraint::MaxLength(9)),
            limited("Anything", Type::Json, Constraint::MaxLength(3)),
        ],
        None,
    );
    let named = union(
        "Named",
        vec![
            limited("Text", Type::String, Constraint::MaxLength(9)),
            limited("Odd", Type::Named(TypeId(0)), Constraint::Of(TypeId(0))),
        ],
        None,
    );
    // Neither the first thing that the first variant says, nor what comes behind it.
    let numbers = union(
        "Numbers",
        vec![
            UnionVariant {
                constraints: vec![
                    Constraint::Minimum(Number::Int(4)),
                    Constraint::Maximum(Number::Int(9)),
                ],
                ..variant("Whole", &[], Type::Integer(Integer::I64))
            },
            variant("Any", &[], Type::Integer(Integer::I64)),
        ],
        None,
    );
    let text = types(vec![alias("Odd", Type::Bool), choice, named, numbers]);
    assert_has(&text, r#"rules &[Rule::Union("oneOf", &["Whole", "Any"])]"#);
    assert_has(
        &text,
        r#"rules &[Rule::Union("oneOf", &["Text", "Anything"])]"#,
    );
    assert_has(
        &text,
        r#"
        Rule::Union("oneOf", &["Text", "Odd"]),
        Rule::MaxLength(9),
        Rule::If(&[Rule::Type(&["boolean"])], &[Rule::EnumJson(&["null"])], &[]),
    ]"#,
    );
}

#[test]
fn what_holds_for_all_variants_of_a_kind_is_asked_of_each() {
    let at_least = |least: i128| Constraint::Minimum(Number::Int(least));
    let limited = |name: &str, ty: Type, constraints: Vec<Constraint>| UnionVariant {
        constraints,
        ..variant(name, &[], ty)
    };
    let numbers = union(
        "Numbers",
        vec![
            limited("Whole", Type::Integer(Integer::I64), vec![at_least(4)]),
            limited(
                "Any",
                Type::Float64,
                vec![at_least(4), Constraint::Maximum(Number::Int(9))],
            ),
            limited("Text", Type::String, vec![Constraint::MaxLength(3)]),
        ],
        None,
    );
    assert_has(
        &types(vec![numbers]),
        r#"
        Rule::Union("oneOf", &["Whole", "Any", "Text"]),
        Rule::Minimum(Number::Int(4)),
        Rule::MaxLength(3),
    ]"#,
    );
}

#[test]
fn variants_of_the_same_type_cannot_be_told_apart_by_a_conversion() {
    let two = union(
        "Two",
        vec![
            variant("A", &["a"], Type::String),
            variant("B", &["b"], Type::String),
        ],
        Some("kind"),
    );
    assert_has_not(&types(vec![two]), "from {");
}

#[test]
fn a_type_may_have_the_name_of_one_that_we_would_import() {
    let text = types(vec![
        object("Rule", vec![]),
        object("String", vec![]),
        object(
            "Option",
            vec![Field {
                constraints: vec![Constraint::MaxLength(1)],
                ..field("a", Type::String, Presence::Optional)
            }],
        ),
    ]);
    assert_has(&text, "typewright_runtime::Rule::MaxLength(1)");
    assert_has(&text, "pub a: std::option::Option<std::string::String>,");
    assert_has(&text, "use typewright_runtime::{Property, Shape, model};");
}

#[test]
fn setters_leave_the_names_of_what_every_model_has() {
    let text = types(vec![object(
        "Odd",
        ["validate", "shape", "new", "clone"]
            .iter()
            .map(|name| field(name, Type::Bool, Presence::Optional))
            .collect(),
    )]);
    for name in ["with_validate", "with_shape", "with_new", "with_clone"] {
        assert_has(&text, &format!("pub fn {name}(mut self,"));
    }
}

#[test]
fn a_schema_is_called_by_the_name_that_it_has_in_the_contract() {
    let at = |name: &str, pointer: &str| {
        let mut def = object(name, Vec::new());
        def.docs = Docs::default();
        pointer.clone_into(&mut def.pointer);
        types(vec![def])
    };
    let named = at("VehicleCar", "/components/schemas/a~1Car");
    assert_has(&named, "/// The schema `a/Car`.");
    let local = at("Wheel", "/components/schemas/Car/$defs/Wheel");
    assert_has(&local, "/// The schema `Wheel`.");
    let file = at("Owner", "");
    assert_has(&file, "/// The schema `Owner`.");
    let inline = at("CarWheel", "/components/schemas/Car/properties/wheel");
    assert_has(&inline, "/// A schema that the contract has no name for.");
}

#[test]
fn text_of_a_contract_can_do_nothing_but_be_read() {
    let hostile = "See [this](x) and [that]: <script>alert(1)</script> at https://example.com/a_b.\n\
        ```rust\npanic!()\n```\n\n    let indented = code;\n\n> ```\n> quoted\n> ```\n\n\
        * item\n* item \u{202e}txet\u{0} */ \n\n`[code]` and `unclosed";
    let mut def = object("Hostile", vec![]);
    def.docs = docs(hostile);
    let text = types(vec![def]);
    for part in [
        r"/// See \[this\](x) and \[that\]: \<script>alert(1)\</script> at <https://example.com/a_b>.",
        "/// ```text\n/// panic!()\n/// ```\n",
        "/// let indented = code;\n",
        "/// - item\n/// - item \\u{202e}txet\\u{0} */\n",
        r"/// `[code]` and \`unclosed",
    ] {
        assert_has(&text, part);
    }
    assert_has_not(&text, "```rust");
    assert_has_not(&text, "\u{202e}");
    assert_eq!(text.matches("/// ```text\n").count(), 2);
}

#[test]
fn a_fence_that_is_never_closed_ends_with_the_text() {
    let mut def = object("Open", vec![]);
    def.docs = docs("Before\n~~~\nfn main() {}\n````\nstill inside");
    let text = types(vec![def]);
    assert_has(
        &text,
        "/// `````text\n/// fn main() {}\n/// ````\n/// still inside\n/// `````\n",
    );
}

#[test]
fn comments_are_wrapped_without_starting_a_list_or_a_heading() {
    let words = "word ".repeat(19);
    let mut def = object("Long", vec![]);
    def.docs = docs(&format!(
        "{words}- dash {words}# hash {words}1. one {words}"
    ));
    let text = types(vec![def]);
    let lines: Vec<_> = text
        .lines()
        .filter(|line| line.starts_with("/// "))
        .collect();
    assert!(lines.iter().all(|line| line.len() <= 100), "{lines:#?}");
    assert!(
        lines
            .iter()
            .all(|line| !line.starts_with("/// -") && !line.starts_with("/// #")),
        "{lines:#?}"
    );
    assert!(
        lines.iter().all(|line| !line.starts_with("/// 1. ")),
        "{lines:#?}"
    );
}

#[test]
fn what_is_deprecated_says_so_and_causes_no_warning_in_its_own_module() {
    let mut old = field("old", Type::String, Presence::Optional);
    old.docs.deprecated = true;
    let outputs = rendered(&api(vec![object("Has", vec![old])]));
    let texts: Vec<_> = outputs
        .into_iter()
        .map(|output| {
            let header = Header {
                origin: String::new(),
                regenerate: String::new(),
            };
            emit::emit(&output, &header)
        })
        .collect();
    assert_has(&texts[0], "#[allow(deprecated, reason");
    assert_has(
        &texts[1],
        "#[deprecated = \"the contract marks this property as deprecated\"]\n    pub old",
    );
    assert_has(
        &texts[1],
        "#[deprecated = \"the contract marks this property as deprecated\"]\n    #[must_use]",
    );
}

#[test]
fn a_header_cannot_be_ended_by_a_path() {
    let header = Header {
        origin: "a\nfn main() {}".to_owned(),
        regenerate: "b\rc".to_owned(),
    };
    assert_eq!(header.lines("//").lines().count(), 2);
}
