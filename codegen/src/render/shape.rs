//! Where a [`Constraint`] is rendered: as a `Rule` of the runtime, in the static description that
//! the generated validators walk.

use super::expr::{self, Expr};
use super::page::{Page, line};
use super::scope::Scope;
use super::{assertions, literal, schemas};
use crate::hash::HashSet;
use crate::ir::{
    AdditionalProperties, Constraint, Field, Format, Presence, Struct, Type, TypeDef, TypeId,
    TypeKind, Union, UnionKeyword, Xml, XmlNode,
};

/// Writes the `model!` that describes a struct to the runtime.
pub(crate) fn model<'a>(page: &mut Page, scope: &Scope<'a>, def: &'a TypeDef, object: &'a Struct) {
    let model = scope.runtime_macro("model");
    page.block(format_args!("{model}!"), |page| {
        line!(page, "{},", def.name);
        page.clause("", &shape(scope, def, object), ";");
        let fields: Vec<_> = object
            .fields
            .iter()
            .enumerate()
            .filter(|(_, field)| field.constant.is_none())
            .map(|(index, field)| format!("{index} => {}", field.name))
            .collect();
        page.entries_across("fields", &fields);
        match &object.additional {
            AdditionalProperties::Kept { field, .. } => line!(page, "extra {field}"),
            AdditionalProperties::Ignored | AdditionalProperties::Denied => {}
        }
    });
}

fn shape<'a>(scope: &Scope<'a>, def: &'a TypeDef, object: &'a Struct) -> Expr<'a> {
    let properties = object
        .fields
        .iter()
        .map(|field| property(scope, field))
        .collect();
    let (property_rules, with_rules) = property_rules(scope, def, object);
    let mut rules = self::rules(scope, &def.name, &object.constraints);
    if let AdditionalProperties::Kept {
        constraints, field, ..
    } = &object.additional
    {
        let values = self::rules(scope, field, constraints);
        if !values.is_empty() {
            let rule = format!("{}::AdditionalProperties", scope.runtime("Rule"));
            rules.push(Expr::call(rule, vec![Expr::Slice(values)]));
        }
    }
    // Only an object that keeps what is not named can have a property it does not name.
    let keeps = matches!(object.additional, AdditionalProperties::Kept { .. });
    let read_only = if keeps {
        texts(&object.read_only)
    } else {
        Vec::new()
    };
    let shape = Expr::call(
        format!("{}::new", scope.runtime("Shape")),
        vec![text(&def.schema_name), Expr::Slice(properties)],
    );
    let shape = shape
        .method_of_list("property_rules", property_rules)
        .method_of_list("rules", rules);
    let shape = match checked(scope, object, &with_rules) {
        None => shape,
        Some(indices) => {
            let indices = indices
                .into_iter()
                .map(|index| Expr::text(index.to_string()));
            shape.method("checked", vec![Expr::Slice(indices.collect())])
        }
    };
    let shape = shape.method_of_list("read_only", read_only);
    with_xml(scope, shape, &object.xml)
}

/// The rules for the values of properties, of those that have any, and the indices of these.
fn property_rules<'a>(
    scope: &Scope<'a>,
    def: &'a TypeDef,
    object: &'a Struct,
) -> (Vec<Expr<'a>>, Vec<usize>) {
    let ruled = object
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| {
            // Whether the value is the constant is checked with the constant itself.
            let pattern_owner = if field.constant.is_some() {
                &def.name
            } else {
                &field.name
            };
            let rules = rules(scope, pattern_owner, &field.constraints);
            let rules = (!rules.is_empty()).then_some(Expr::Slice(rules))?;
            Some((Expr::pair(text(&field.property), rules), index))
        });
    ruled.unzip()
}

/// The indices of the properties that are looked at when a value is checked. `None` where that is all
/// there is, or may be.
fn checked(scope: &Scope<'_>, object: &Struct, ruled: &[usize]) -> Option<Vec<u16>> {
    if let AdditionalProperties::Kept { ty, .. } = &object.additional
        && scope.contents().are_checked(ty)
    {
        return None;
    }
    let keeps = matches!(object.additional, AdditionalProperties::Kept { .. });
    let fields = object.fields.iter().enumerate();
    let checked: Vec<_> = fields
        .filter(|(index, field)| {
            ruled.binary_search(index).is_ok() || scope.contents().are_checked_of(field)
        })
        .map(|(index, _)| u16::try_from(index).ok())
        .collect::<Option<_>>()?;
    (keeps || checked.len() < object.fields.len()).then_some(checked)
}

fn property<'a>(scope: &Scope<'a>, field: &'a Field) -> Expr<'a> {
    let (variant, presence) = match field.presence {
        Presence::Required => ("Required", "required"),
        Presence::Optional | Presence::OptionalNullable => ("Optional", "optional"),
        Presence::Nullable => ("RequiredNullable", "required_nullable"),
    };
    let property = scope.runtime("Property");
    let has_details = field.constant.is_some()
        || field.empty_as_absent
        || field.one_or_many
        || field.xml != Xml::default();
    if !has_details {
        return Expr::call(
            format!("{property}::{variant}"),
            vec![text(&field.property)],
        );
    }
    let mut details = Expr::call(
        format!("&{}::{presence}", scope.runtime("PropertyDetails")),
        vec![text(&field.property)],
    );
    if let Some(value) = &field.constant {
        details = details.method("constant", vec![text(value)]);
    }
    if field.empty_as_absent {
        details = details.method("empty_as_absent", Vec::new());
    }
    if field.one_or_many {
        details = details.method("one_or_many", Vec::new());
    }
    let details = with_xml(scope, details, &field.xml);
    Expr::call(format!("{property}::Detailed"), vec![details])
}

fn with_xml<'a>(scope: &Scope<'a>, value: Expr<'a>, xml: &Xml) -> Expr<'a> {
    with_xml_as(scope, value, "xml", xml)
}

/// The value with a call of this method that says how it stands in XML, where the contract does.
pub(crate) fn with_xml_as<'a>(
    scope: &Scope<'a>,
    value: Expr<'a>,
    method: &'static str,
    said: &Xml,
) -> Expr<'a> {
    if *said == Xml::default() {
        return value;
    }
    value.method(method, vec![xml(scope, "", said)])
}

/// An XML Object, behind this text.
fn xml<'a>(scope: &Scope<'a>, before: &str, xml: &Xml) -> Expr<'a> {
    let Xml {
        name,
        namespace,
        prefix,
        node,
        wrapped,
        item,
        places,
    } = xml;
    let mut fields: Vec<_> = [("name", name), ("namespace", namespace), ("prefix", prefix)]
        .into_iter()
        .filter_map(some_text)
        .collect();
    let variant = match node {
        XmlNode::Element => None,
        XmlNode::Attribute => Some("Attribute"),
        XmlNode::Text => Some("Text"),
        XmlNode::Cdata => Some("Cdata"),
        XmlNode::None => Some("None"),
    };
    fields.extend(variant.map(|variant| {
        let ty = scope.runtime("XmlNode");
        ("node", Expr::text(format!("{ty}::{variant}")))
    }));
    fields.extend(wrapped.then(|| ("wrapped", Expr::text("true"))));
    fields.extend(item.as_ref().map(|item| {
        let item = self::xml(scope, "&", item);
        ("item", Expr::call("Some", vec![item]))
    }));
    if !places.is_empty() {
        let places = places.iter().map(|place| self::xml(scope, "", place));
        fields.push(("places", Expr::Slice(places.collect())));
    }
    let ty = scope.runtime("Xml");
    match (fields.as_slice(), name) {
        ([], _) => Expr::text(format!("{before}{ty}::DEFAULT")),
        ([_], Some(name)) => Expr::call(format!("{before}{ty}::named"), vec![text(name)]),
        _ => Expr::Struct(expr::Struct {
            rest: Some(format!("{ty}::DEFAULT")),
            path: format!("{before}{ty}").into(),
            fields,
        }),
    }
}

fn some_text<'a>(
    (name, value): (&'static str, &Option<String>),
) -> Option<(&'static str, Expr<'a>)> {
    let value = value.as_ref()?;
    Some((name, Expr::call("Some", vec![text(value)])))
}

/// A text as a literal.
pub(crate) fn text<'a>(value: &str) -> Expr<'a> {
    Expr::text(literal::text(value))
}

/// Texts as literals.
pub(crate) fn texts<'a>(values: &[String]) -> Vec<Expr<'a>> {
    values.iter().map(|value| text(value)).collect()
}

/// The rules that constraints stand for. `owner` names the patterns among them.
pub(crate) fn rules<'a>(
    scope: &Scope<'a>,
    owner: &str,
    constraints: &'a [Constraint],
) -> Vec<Expr<'a>> {
    rules_within(scope, owner, constraints, &Within::default())
}

fn rules_within<'a>(
    scope: &Scope<'a>,
    owner: &str,
    constraints: &'a [Constraint],
    within: &Within,
) -> Vec<Expr<'a>> {
    constraints
        .iter()
        .flat_map(|constraint| rule(scope, owner, constraint, within))
        .collect()
}

/// More names and lists within each other than this are a circle, or as good as one.
const DEEPEST: usize = 64;

/// Among which other rules a rule stands.
#[derive(Clone, Default)]
struct Within {
    depth: usize,
    /// The unions whose rules are about the same value.
    unions: Vec<TypeId>,
    /// Whether the value is inside one that is a union: that may come back to itself, so its rules
    /// are a static of their own.
    inside_union: bool,
}

impl Within {
    fn deeper(&self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    /// At the items of a list or the values of a map.
    fn inside(&self) -> Self {
        Self {
            depth: self.depth + 1,
            unions: Vec::new(),
            inside_union: self.inside_union || !self.unions.is_empty(),
        }
    }
}

/// The rules of one constraint: mostly one; none where the type says it all, several for an alias.
fn rule<'a>(
    scope: &Scope<'a>,
    owner: &str,
    constraint: &'a Constraint,
    within: &Within,
) -> Vec<Expr<'a>> {
    let nested =
        |constraints: &'a [Constraint]| rules_within(scope, owner, constraints, &within.inside());
    let number = |value| literal::number(value, &scope.runtime("Number"));
    let (variant, argument) = match constraint {
        Constraint::MinLength(limit) => ("MinLength", count(*limit)),
        Constraint::MaxLength(limit) => ("MaxLength", count(*limit)),
        Constraint::MinItems(limit) => ("MinItems", count(*limit)),
        Constraint::MaxItems(limit) => ("MaxItems", count(*limit)),
        Constraint::MinProperties(limit) => ("MinProperties", count(*limit)),
        Constraint::MaxProperties(limit) => ("MaxProperties", count(*limit)),
        Constraint::Pattern(source) => {
            let name = scope.pattern(owner, source);
            ("Pattern", Expr::text(format!("&{name}")))
        }
        Constraint::Format(format) => {
            let name = format_name(*format);
            let format = scope.imported("typewright_runtime::rule", "Format");
            ("Format", Expr::text(format!("{format}::{name}")))
        }
        Constraint::OwnFormat(own) => {
            let format = scope.imported("typewright_runtime::rule", "Format");
            ("Format", Expr::text(literal::own_format(&format, own)))
        }
        Constraint::Enum(values) => ("Enum", Expr::Slice(texts(values))),
        Constraint::EnumNumber(values) => {
            let values = values.iter().map(|value| Expr::text(number(*value)));
            ("EnumNumber", Expr::Slice(values.collect()))
        }
        Constraint::Minimum(limit) => ("Minimum", Expr::text(number(*limit))),
        Constraint::Maximum(limit) => ("Maximum", Expr::text(number(*limit))),
        Constraint::ExclusiveMinimum(limit) => ("ExclusiveMinimum", Expr::text(number(*limit))),
        Constraint::ExclusiveMaximum(limit) => ("ExclusiveMaximum", Expr::text(number(*limit))),
        Constraint::MultipleOf(divisor) => ("MultipleOf", Expr::text(number(*divisor))),
        Constraint::UniqueItems => {
            return vec![Expr::text(format!(
                "{}::UniqueItems",
                scope.runtime("Rule")
            ))];
        }
        Constraint::Items(constraints) => match nested(constraints) {
            items if items.is_empty() => return items,
            items => ("Items", Expr::Slice(items)),
        },
        Constraint::AdditionalProperties(constraints) => match nested(constraints) {
            values if values.is_empty() => return values,
            values => ("AdditionalProperties", Expr::Slice(values)),
        },
        Constraint::Assert(assertion) => {
            let (name, arguments) = assertions::rule(scope, owner, assertion, &nested);
            let rule = format!("{}::{name}", scope.runtime("Rule"));
            return vec![if arguments.is_empty() {
                Expr::text(rule)
            } else {
                Expr::call(rule, arguments)
            }];
        }
        Constraint::Exact(part) if part.keyword.is_none() => ("Whole", schemas::part(scope, part)),
        Constraint::Exact(part) => ("Exact", schemas::part(scope, part)),
        Constraint::Of(id) => return rules_of(scope, *id, within),
    };
    vec![Expr::call(
        format!("{}::{variant}", scope.runtime("Rule")),
        vec![argument],
    )]
}

fn count<'a>(limit: u64) -> Expr<'a> {
    Expr::text(literal::integer(limit))
}

/// The rules that each use of a generated type carries.
fn rules_of<'a>(scope: &Scope<'a>, id: TypeId, within: &Within) -> Vec<Expr<'a>> {
    if within.depth > DEEPEST || within.unions.contains(&id) {
        return Vec::new();
    }
    let def = scope.def(id);
    match &def.kind {
        // A struct brings its shape, and that its rules.
        TypeKind::Struct(_) => Vec::new(),
        TypeKind::StringEnum(listed) if listed.open => Vec::new(),
        TypeKind::StringEnum(_) => {
            let (rule, name) = (scope.runtime("Rule"), scope.named(id));
            let values = Expr::text(format!("{name}::VALUES"));
            vec![Expr::call(format!("{rule}::Enum"), vec![values])]
        }
        TypeKind::Union(_) if within.inside_union => {
            let (rule, name) = (scope.runtime("Rule"), scope.union_rules(id));
            let rules = Expr::text(format!("&{name}"));
            vec![Expr::call(format!("{rule}::All"), vec![rules])]
        }
        TypeKind::Union(union) => union_rules_within(scope, id, union, within),
        TypeKind::Alias(alias) => {
            rules_within(scope, &def.name, &alias.constraints, &within.deeper())
        }
    }
}

/// Writes the statics of unions that other unions' rules refer to.
pub(crate) fn union_statics(page: &mut Page, scope: &Scope<'_>) {
    let mut index = 0;
    // The rules of one may refer to another.
    while let Some((name, id)) = scope.union_static(index) {
        index += 1;
        let TypeKind::Union(union) = &scope.def(id).kind else {
            break;
        };
        let rules = union_rules_within(scope, id, union, &Within::default());
        let ty = format!("[{}; {}]", scope.runtime("Rule"), rules.len());
        page.separate();
        page.static_item(&name, &ty, &Expr::Array(rules));
    }
}

/// The rules of a union: that one of its variants fits, and those that variants put on values which
/// have no shape to carry them.
pub(crate) fn union_rules<'a>(scope: &Scope<'a>, id: TypeId, union: &'a Union) -> Vec<Expr<'a>> {
    union_rules_within(scope, id, union, &Within::default())
}

/// Whether the schema decides which variants a value is of.
fn is_left_to_schema(union: &Union) -> bool {
    let mut all = union.constraints.iter();
    all.any(|one| matches!(one, Constraint::Exact(part) if part.is_choice()))
}

/// Whether a discriminator has a text, and not an integer or a boolean, for one variant at least.
fn has_texts(union: &Union) -> bool {
    let mut tags = union.variants.iter().flat_map(|variant| &variant.tags);
    tags.any(|tag| tag.parse::<i128>().is_err() && tag.parse::<bool>().is_err())
}

fn union_rules_within<'a>(
    scope: &Scope<'a>,
    id: TypeId,
    union: &'a Union,
    within: &Within,
) -> Vec<Expr<'a>> {
    let mut within = within.deeper();
    within.unions.push(id);
    let owner = &scope.def(id).name;
    if is_left_to_schema(union) {
        return rules_within(scope, owner, &union.constraints, &within);
    }
    let mut out = Vec::new();
    if !union.open {
        let keyword = match union.keyword {
            UnionKeyword::OneOf => "oneOf",
            UnionKeyword::AnyOf => "anyOf",
        };
        let mut seen = HashSet::default();
        let names = match &union.discriminator {
            Some(_) => union
                .variants
                .iter()
                .flat_map(|variant| &variant.tags)
                .filter(|tag| seen.insert(tag.as_str()))
                .map(|tag| text(tag))
                .collect(),
            None => union
                .variants
                .iter()
                .map(|variant| text(variant.name.trim_start_matches("r#")))
                .collect(),
        };
        out.push(Expr::call(
            format!("{}::Union", scope.runtime("Rule")),
            vec![text(keyword), Expr::Slice(names)],
        ));
    } else if let Some(property) = union.discriminator.as_ref().filter(|_| has_texts(union)) {
        out.push(Expr::call(
            format!("{}::Discriminator", scope.runtime("Rule")),
            vec![text(property)],
        ));
    }
    out.extend(rules_within(scope, owner, &union.constraints, &within));
    let each = union.variants.iter();
    let each: Vec<_> = each
        .map(|variant| (variant, kinds(scope, &variant.ty, DEEPEST_CHOICE)))
        .collect();
    for (index, (variant, own)) in each.iter().copied().enumerate() {
        // A rule speaks of values of its own kind only, so what holds for all variants of a kind can
        // stand beside what holds for others.
        let (before, behind) = each.split_at(index);
        let behind = behind.iter().skip(1).filter(|(_, kinds)| kinds & own != 0);
        let is_first = before.iter().all(|(_, kinds)| kinds & own == 0)
            && behind.clone().all(|(_, kinds)| *kinds == own);
        if !is_first {
            continue;
        }
        let shared = variant.constraints.iter();
        let shared = shared.filter(|one| {
            let mut behind = behind.clone();
            behind.all(|(rival, _)| rival.constraints.contains(one))
        });
        for one in shared {
            let rules = rule(scope, owner, one, &within);
            if speaks_of_every_kind(scope, one, DEEPEST_CHOICE) {
                out.extend(of_kinds(scope, own, rules));
            } else {
                out.extend(rules);
            }
        }
    }
    out
}

/// Rules that are to speak of values of some kinds only; none where that is all there is.
fn of_kinds<'a>(scope: &Scope<'a>, kinds: u8, rules: Vec<Expr<'a>>) -> Option<Expr<'a>> {
    if kinds == kind::ANY || rules.is_empty() {
        return None;
    }
    let types = kind::NAMES.into_iter();
    let types = types
        .filter(|(kind, _)| kinds & kind != 0)
        .map(|(_, name)| text(name));
    let rule = scope.runtime("Rule");
    let condition = Expr::call(format!("{rule}::Type"), vec![Expr::Slice(types.collect())]);
    let lists = [vec![condition], rules, Vec::new()];
    let lists = lists.into_iter().map(Expr::Slice).collect();
    Some(Expr::call(format!("{rule}::If"), lists))
}

/// Aliases of aliases and unions of unions are looked into this far.
const DEEPEST_CHOICE: usize = 4;

/// Whether a constraint says something of values of every kind, as an assertion does.
fn speaks_of_every_kind(scope: &Scope<'_>, constraint: &Constraint, depth: usize) -> bool {
    match constraint {
        Constraint::Assert(_) | Constraint::Exact(_) => true,
        Constraint::Of(id) => match &scope.def(*id).kind {
            TypeKind::Alias(alias) => {
                let mut stated = alias.constraints.iter();
                depth == 0 || stated.any(|one| speaks_of_every_kind(scope, one, depth - 1))
            }
            TypeKind::Union(_) | TypeKind::StringEnum(_) | TypeKind::Struct(_) => false,
        },
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Pattern(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Enum(_)
        | Constraint::EnumNumber(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::Items(_)
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::AdditionalProperties(_) => false,
    }
}

/// The kinds of values that rules tell apart, one bit each.
mod kind {
    pub(super) const BOOL: u8 = 1;
    pub(super) const NUMBER: u8 = 2;
    pub(super) const TEXT: u8 = 4;
    pub(super) const LIST: u8 = 8;
    pub(super) const OBJECT: u8 = 16;
    pub(super) const ANY: u8 = 31;

    /// What JSON Schema calls them.
    pub(super) const NAMES: [(u8, &str); 5] = [
        (BOOL, "boolean"),
        (NUMBER, "number"),
        (TEXT, "string"),
        (LIST, "array"),
        (OBJECT, "object"),
    ];
}

/// The kinds of values that a type holds.
fn kinds(scope: &Scope<'_>, ty: &Type, depth: usize) -> u8 {
    match scope.resolved(ty) {
        Type::Named(id) | Type::Boxed(id) | Type::Linked(id) => match &scope.def(*id).kind {
            TypeKind::Struct(_) => kind::OBJECT,
            TypeKind::StringEnum(_) => kind::TEXT,
            TypeKind::Alias(alias) if depth > 0 => kinds(scope, &alias.ty, depth - 1),
            TypeKind::Union(union) if depth > 0 => {
                let variants = union.variants.iter();
                let each = variants.map(|one| kinds(scope, &one.ty, depth - 1));
                each.fold(0, |all, one| all | one)
            }
            TypeKind::Union(_) | TypeKind::Alias(_) => kind::ANY,
        },
        Type::Bool => kind::BOOL,
        Type::Integer(_) | Type::Float32 | Type::Float64 => kind::NUMBER,
        Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Uuid | Type::Binary => {
            kind::TEXT
        }
        Type::Nullable(inner) => kinds(scope, inner, depth),
        Type::List(_) => kind::LIST,
        Type::Map(_) => kind::OBJECT,
        Type::Json | Type::External(_) => kind::ANY,
    }
}

/// The runtime's name of a format.
pub(crate) fn format_name(format: Format) -> String {
    let any = if format.is_lenient() { "ANY_" } else { "" };
    format!("{any}{}", format.name().to_uppercase().replace('-', "_"))
}
