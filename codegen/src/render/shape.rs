//! Where a [`Constraint`] is rendered: as a `Rule` of the runtime, in the static description that
//! the generated validators walk.

use proc_macro2::TokenStream;
use quote::quote;

use super::literal;
use super::scope::{Scope, ident};
use crate::ir::{
    AdditionalProperties, Constraint, Field, Format, Presence, Struct, Type, TypeDef, TypeId,
    TypeKind, Union, UnionKeyword, Xml,
};

/// The `model!` that describes a struct to the runtime.
pub(crate) fn model(scope: &Scope<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let (model, name) = (scope.runtime_macro("model"), ident(&def.name));
    let shape = shape(scope, def, object);
    let fields = object
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.constant.is_none())
        .map(|(index, field)| {
            let (index, field) = (
                proc_macro2::Literal::usize_unsuffixed(index),
                ident(&field.name),
            );
            quote!(#index => #field)
        });
    let extra = match &object.additional {
        AdditionalProperties::Kept { field, .. } => {
            let field = ident(field);
            Some(quote!(extra #field))
        }
        AdditionalProperties::Ignored | AdditionalProperties::Denied => None,
    };
    quote! {
        #model! {
            #name,
            #shape;
            fields { #(#fields),* }
            #extra
        }
    }
}

fn shape(scope: &Scope<'_>, def: &TypeDef, object: &Struct) -> TokenStream {
    let shape = scope.runtime("Shape");
    let name = literal::text(&def.schema_name);
    let properties = object
        .fields
        .iter()
        .map(|field| property(scope, def, field));
    let mut rules = self::rules(scope, &def.name, &object.constraints);
    if let AdditionalProperties::Kept {
        constraints, field, ..
    } = &object.additional
    {
        let values = self::rules(scope, field, constraints);
        if !values.is_empty() {
            let rule = scope.runtime("Rule");
            rules.push(quote!(#rule::AdditionalProperties(&[#(#values),*])));
        }
    }
    let rules = with_rules(&rules);
    // Only an object that keeps what is not named can have a property it does not name.
    let keeps = matches!(object.additional, AdditionalProperties::Kept { .. });
    let read_only = (keeps && !object.read_only.is_empty()).then(|| {
        let names = object.read_only.iter().map(|name| literal::text(name));
        quote!(.read_only(&[#(#names),*]))
    });
    let xml = with_xml(scope, &object.xml);
    quote!(#shape::new(#name, &[#(#properties),*]) #rules #read_only #xml)
}

fn property(scope: &Scope<'_>, owner: &TypeDef, field: &Field) -> TokenStream {
    let property = scope.runtime("Property");
    let name = literal::text(&field.property);
    let presence = match field.presence {
        Presence::Required => quote!(required),
        Presence::Optional | Presence::OptionalNullable => quote!(optional),
        Presence::Nullable => quote!(required_nullable),
    };
    let constant = field.constant.as_ref().map(|value| {
        let value = literal::text(value);
        quote!(.constant(#value))
    });
    // Whether the value is the constant is checked with the constant itself.
    let pattern_owner = if field.constant.is_some() {
        &owner.name
    } else {
        &field.name
    };
    let rules = with_rules(&rules(scope, pattern_owner, &field.constraints));
    let empty_as_absent = field.empty_as_absent.then(|| quote!(.empty_as_absent()));
    let one_or_many = field.one_or_many.then(|| quote!(.one_or_many()));
    let xml = with_xml(scope, &field.xml);
    quote!(#property::#presence(#name) #constant #rules #empty_as_absent #one_or_many #xml)
}

/// `.rules(&[..])`, where there are any.
pub(crate) fn with_rules(rules: &[TokenStream]) -> Option<TokenStream> {
    (!rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])))
}

fn with_xml(scope: &Scope<'_>, xml: &Xml) -> Option<TokenStream> {
    let text = |value: &Option<String>| {
        value.as_ref().map(|value| {
            let value = literal::text(value);
            quote!(Some(#value))
        })
    };
    let ty = if *xml == Xml::default() {
        return None;
    } else {
        scope.runtime("Xml")
    };
    let Xml {
        name,
        namespace,
        prefix,
        attribute,
        wrapped,
        item,
    } = xml;
    if let (Some(name), true) = (
        name,
        *xml == Xml {
            name: name.clone(),
            ..Xml::default()
        },
    ) {
        let name = literal::text(name);
        return Some(quote!(.xml(#ty::named(#name))));
    }
    let name = text(name).map(|value| quote!(name: #value,));
    let namespace = text(namespace).map(|value| quote!(namespace: #value,));
    let prefix = text(prefix).map(|value| quote!(prefix: #value,));
    let attribute = attribute.then(|| quote!(attribute: true,));
    let wrapped = wrapped.then(|| quote!(wrapped: true,));
    let item = text(item).map(|value| quote!(item: #value,));
    Some(quote!(.xml(#ty { #name #namespace #prefix #attribute #wrapped #item ..#ty::DEFAULT })))
}

/// The rules that constraints stand for. `owner` names the patterns among them.
pub(crate) fn rules(
    scope: &Scope<'_>,
    owner: &str,
    constraints: &[Constraint],
) -> Vec<TokenStream> {
    rules_within(scope, owner, constraints, &Within::default())
}

fn rules_within(
    scope: &Scope<'_>,
    owner: &str,
    constraints: &[Constraint],
    within: &Within,
) -> Vec<TokenStream> {
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
fn rule(
    scope: &Scope<'_>,
    owner: &str,
    constraint: &Constraint,
    within: &Within,
) -> Vec<TokenStream> {
    let rules =
        |constraints: &[Constraint]| rules_within(scope, owner, constraints, &within.inside());
    let number = |value| literal::number(value, &scope.runtime("Number"));
    let variant = match constraint {
        Constraint::MinLength(limit) => counted("MinLength", *limit),
        Constraint::MaxLength(limit) => counted("MaxLength", *limit),
        Constraint::MinItems(limit) => counted("MinItems", *limit),
        Constraint::MaxItems(limit) => counted("MaxItems", *limit),
        Constraint::MinProperties(limit) => counted("MinProperties", *limit),
        Constraint::MaxProperties(limit) => counted("MaxProperties", *limit),
        Constraint::Pattern(source) => {
            let name = scope.pattern(owner, source);
            quote!(Pattern(&#name))
        }
        Constraint::Format(format) => {
            let name = ident(match format {
                Format::DateTime => "DateTime",
                Format::Date => "Date",
                Format::Uuid => "Uuid",
            });
            let format = scope.imported("typewright_runtime::rule", "Format");
            quote!(Format(#format::#name))
        }
        Constraint::Enum(values) => {
            let values = values.iter().map(|value| literal::text(value));
            quote!(Enum(&[#(#values),*]))
        }
        Constraint::EnumNumber(values) => {
            let values = values.iter().map(|value| number(*value));
            quote!(EnumNumber(&[#(#values),*]))
        }
        Constraint::Minimum(limit) => with_number("Minimum", &number(*limit)),
        Constraint::Maximum(limit) => with_number("Maximum", &number(*limit)),
        Constraint::ExclusiveMinimum(limit) => with_number("ExclusiveMinimum", &number(*limit)),
        Constraint::ExclusiveMaximum(limit) => with_number("ExclusiveMaximum", &number(*limit)),
        Constraint::MultipleOf(divisor) => with_number("MultipleOf", &number(*divisor)),
        Constraint::UniqueItems => quote!(UniqueItems),
        Constraint::Items(constraints) => {
            let items = rules(constraints);
            if items.is_empty() {
                return Vec::new();
            }
            quote!(Items(&[#(#items),*]))
        }
        Constraint::AdditionalProperties(constraints) => {
            let values = rules(constraints);
            if values.is_empty() {
                return Vec::new();
            }
            quote!(AdditionalProperties(&[#(#values),*]))
        }
        Constraint::Of(id) => return rules_of(scope, *id, within),
    };
    let rule = scope.runtime("Rule");
    vec![quote!(#rule::#variant)]
}

/// The rules that each use of a generated type carries.
fn rules_of(scope: &Scope<'_>, id: TypeId, within: &Within) -> Vec<TokenStream> {
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
            vec![quote!(#rule::Enum(#name::VALUES))]
        }
        TypeKind::Union(_) if within.inside_union => {
            let (rule, name) = (scope.runtime("Rule"), scope.union_rules(id));
            vec![quote!(#rule::All(&#name))]
        }
        TypeKind::Union(union) => union_rules_within(scope, id, union, within),
        TypeKind::Alias(alias) => {
            rules_within(scope, &def.name, &alias.constraints, &within.deeper())
        }
    }
}

/// The statics of unions that other unions' rules refer to.
pub(crate) fn union_statics(scope: &Scope<'_>) -> Vec<TokenStream> {
    let mut statics = Vec::new();
    // The rules of one may refer to another.
    while let Some((name, id)) = scope.union_static(statics.len()) {
        let TypeKind::Union(union) = &scope.def(id).kind else {
            break;
        };
        let rules = union_rules_within(scope, id, union, &Within::default());
        let (rule, count) = (scope.runtime("Rule"), literal::length(rules.len()));
        statics.push(quote!(static #name: [#rule; #count] = [#(#rules),*];));
    }
    statics
}

/// The rules of a union: that one of its variants fits, and those that variants put on values which
/// have no shape to carry them.
pub(crate) fn union_rules(scope: &Scope<'_>, def: &TypeDef, union: &Union) -> Vec<TokenStream> {
    let id = TypeId(
        scope
            .api
            .types
            .iter()
            .position(|other| other.name == def.name)
            .unwrap_or_default(),
    );
    union_rules_within(scope, id, union, &Within::default())
}

fn union_rules_within(
    scope: &Scope<'_>,
    id: TypeId,
    union: &Union,
    within: &Within,
) -> Vec<TokenStream> {
    let mut within = within.deeper();
    within.unions.push(id);
    let owner = &scope.def(id).name;
    let mut out = Vec::new();
    if !union.open {
        let keyword = match union.keyword {
            UnionKeyword::OneOf => "oneOf",
            UnionKeyword::AnyOf => "anyOf",
        };
        let names: Vec<_> = match &union.discriminator {
            Some(_) => union
                .variants
                .iter()
                .flat_map(|variant| &variant.tags)
                .map(|tag| literal::text(tag))
                .collect(),
            None => union
                .variants
                .iter()
                .map(|variant| literal::text(variant.name.trim_start_matches("r#")))
                .collect(),
        };
        let rule = scope.runtime("Rule");
        out.push(quote!(#rule::Union(#keyword, &[#(#names),*])));
    } else if let Some(property) = &union.discriminator {
        let (rule, property) = (scope.runtime("Rule"), literal::text(property));
        out.push(quote!(#rule::Discriminator(#property)));
    }
    for (index, variant) in union.variants.iter().enumerate() {
        // A rule speaks of values of its own kind only, so the rules of the one variant of a kind
        // can stand beside those of the others.
        let alone = union
            .variants
            .iter()
            .enumerate()
            .all(|(other_index, other)| {
                other_index == index
                    || (kind(scope, &other.ty) != kind(scope, &variant.ty)
                        && kind(scope, &other.ty) != Kind::Any)
            });
        if alone {
            out.extend(rules_within(scope, owner, &variant.constraints, &within));
        }
    }
    out
}

/// The kinds of values that rules tell apart.
#[derive(PartialEq, Eq)]
enum Kind {
    Bool,
    Number,
    Text,
    List,
    Object,
    Any,
}

fn kind(scope: &Scope<'_>, ty: &Type) -> Kind {
    match scope.resolved(ty) {
        Type::Named(id) | Type::Boxed(id) => match &scope.def(*id).kind {
            TypeKind::Struct(_) => Kind::Object,
            TypeKind::StringEnum(_) => Kind::Text,
            TypeKind::Union(_) | TypeKind::Alias(_) => Kind::Any,
        },
        Type::Bool => Kind::Bool,
        Type::Integer(_) | Type::Float32 | Type::Float64 => Kind::Number,
        Type::String | Type::Secret | Type::DateTime | Type::Date | Type::Uuid => Kind::Text,
        Type::Nullable(inner) => kind(scope, inner),
        Type::List(_) => Kind::List,
        Type::Map(_) => Kind::Object,
        Type::Json | Type::External(_) => Kind::Any,
    }
}

fn counted(name: &str, limit: u64) -> TokenStream {
    with_number(name, &literal::count(limit))
}

fn with_number(name: &str, value: &TokenStream) -> TokenStream {
    let name = ident(name);
    quote!(#name(#value))
}
