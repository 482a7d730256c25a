//! About how many lines does an item take? Only where files are cut depends on it.

use crate::ir::{
    AdditionalProperties, Api, Constraint, Docs, Outcome, Parameter, Presence, TypeKind,
};

/// Characters of a line of text, roughly.
const LINE: usize = 80;

/// The lines of a type.
pub(super) fn ty(api: &Api, index: usize) -> usize {
    let Some(def) = api.types.get(index) else {
        return 0;
    };
    let own = match &def.kind {
        TypeKind::Struct(object) => {
            let fields = object.fields.iter().map(|field| {
                let optional = match field.presence {
                    Presence::Required | Presence::Nullable => false,
                    Presence::Optional | Presence::OptionalNullable => true,
                };
                let setter = if optional && def.usage.sent { 7 } else { 0 };
                let ruled = usize::from(!field.constraints.is_empty());
                docs(&field.docs) + constraints(&field.constraints) + ruled + setter + 5
            });
            let extra = match &object.additional {
                AdditionalProperties::Kept { .. } => 14,
                AdditionalProperties::Ignored | AdditionalProperties::Denied => 0,
            };
            fields.sum::<usize>() + constraints(&object.constraints) + extra + 16
        }
        TypeKind::StringEnum(listed) => {
            let variants = listed.variants.iter().map(|one| docs(&one.docs) + 3);
            variants.sum::<usize>() + 12
        }
        TypeKind::Union(union) => {
            let variants = union
                .variants
                .iter()
                .map(|one| docs(&one.docs) + constraints(&one.constraints) + one.tags.len() + 6);
            variants.sum::<usize>() + constraints(&union.constraints) + 14
        }
        TypeKind::Alias(alias) => constraints(&alias.constraints) + 2,
    };
    docs(&def.docs) + own
}

/// The lines of an operation: its method, the type of its call, its outcomes, its table.
pub(super) fn operation(api: &Api, index: usize) -> usize {
    let Some(operation) = api.operations.get(index) else {
        return 0;
    };
    let parameter = |one: &Parameter| {
        let setter = if one.required { 0 } else { 8 };
        docs(&one.docs) + 2 * constraints(&one.constraints) + setter + 5
    };
    let contents = operation.request.iter().flat_map(|one| &one.contents);
    let contents = contents.map(|one| constraints(&one.constraints) + one.encoding.len() + 6);
    let responses = operation.responses.iter();
    let responses = responses.map(|one| constraints(&one.constraints) + 2);
    let outcomes = [&operation.success, &operation.failure].map(|outcome| match outcome {
        Outcome::Undescribed | Outcome::Empty | Outcome::Body(_) => 0,
        Outcome::OneOf(outcomes) => {
            let variants = outcomes.variants.iter().map(|one| docs(&one.docs) + 3);
            variants.sum::<usize>() + 8
        }
    });
    docs(&operation.docs)
        + operation.parameters.iter().map(parameter).sum::<usize>()
        + contents.sum::<usize>()
        + responses.sum::<usize>()
        + outcomes.iter().sum::<usize>()
        + operation.security.len()
        + 4 * operation.links.len()
        + 6 * operation.servers.len()
        + 26
}

/// The lines of a webhook.
pub(super) fn webhook(api: &Api, index: usize) -> usize {
    let Some(webhook) = api.webhooks.get(index) else {
        return 0;
    };
    let parameters = webhook.parameters.iter();
    let parameters = parameters.map(|one| 2 * one.places.len() + 2);
    let variants = webhook.answer.iter().flat_map(|one| &one.variants);
    let variants = variants.map(|one| docs(&one.docs) + 5);
    docs(&webhook.docs)
        + constraints(&webhook.constraints)
        + parameters.sum::<usize>()
        + variants.sum::<usize>()
        + 8
}

fn docs(docs: &Docs) -> usize {
    let texts = docs.summary.iter().chain(&docs.description);
    texts
        .map(|text| text.len() / LINE + text.bytes().filter(|byte| *byte == b'\n').count() + 2)
        .sum()
}

fn constraints(constraints: &[Constraint]) -> usize {
    let lines = constraints.iter().map(|constraint| match constraint {
        Constraint::Enum(values) => {
            values.iter().map(|one| one.len() + 4).sum::<usize>() / LINE + 2
        }
        Constraint::EnumNumber(values) => values.len() / 8 + 2,
        Constraint::Pattern(source) => source.len() / LINE + 4,
        Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
            self::constraints(inner) + 2
        }
        // What is said by schemas of their own may be long; so may what another type carries along.
        Constraint::Assert(_) | Constraint::Of(_) => 8,
        Constraint::Exact(_) => 2,
        Constraint::MinLength(_)
        | Constraint::MaxLength(_)
        | Constraint::Format(_)
        | Constraint::OwnFormat(_)
        | Constraint::Minimum(_)
        | Constraint::Maximum(_)
        | Constraint::ExclusiveMinimum(_)
        | Constraint::ExclusiveMaximum(_)
        | Constraint::MultipleOf(_)
        | Constraint::MinItems(_)
        | Constraint::MaxItems(_)
        | Constraint::UniqueItems
        | Constraint::MinProperties(_)
        | Constraint::MaxProperties(_) => 1,
    });
    lines.sum()
}
