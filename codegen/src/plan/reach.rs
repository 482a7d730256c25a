//! Which features bring which types: those that their operations reach over any number of others.

use crate::hash::HashMap;
use crate::ir::{
    AdditionalProperties, Api, Constraint, Operation, Outcome, Type, TypeId, TypeKind, Webhook,
    visit,
};

use super::features::{self, ByTag, Feature};

/// What more features bring than this is always there: a list of so many is of no use to a reader,
/// and what so much needs is hardly ever left out.
const MOST: usize = 100;

/// For each member of the lists of an API, the features that bring it: ascending indices, or none
/// where it is always there.
pub(super) struct Conditions {
    pub(super) types: Vec<Vec<usize>>,
    pub(super) operations: Vec<Vec<usize>>,
    pub(super) webhooks: Vec<Vec<usize>>,
}

/// All features of an API that is split by tag, and what they bring.
pub(super) fn conditions(api: &Api, by_tag: ByTag) -> (Vec<Feature>, Conditions) {
    let ByTag {
        mut features,
        operations,
    } = by_tag;
    let mut roots = vec![Vec::new(); features.len()];
    for (operation, own) in api.operations.iter().zip(&operations) {
        let mentioned = of_operation(operation);
        for feature in own {
            roots[*feature].extend(&mentioned);
        }
    }
    let mut webhooks = Vec::new();
    if !api.webhooks.is_empty() {
        webhooks = vec![vec![features.len()]; api.webhooks.len()];
        features.push(features::webhooks(api.webhooks.len()));
        let mut mentioned = Vec::new();
        for webhook in &api.webhooks {
            of_webhook(webhook, &mut mentioned);
        }
        roots.push(mentioned);
    }
    let mut reach = Reach::of(api);
    for (feature, roots) in roots.into_iter().enumerate() {
        reach.from(feature, roots);
    }
    let others = reach.never_reached();
    if !others.is_empty() {
        features.push(features::other_schemas(others.len()));
        reach.from(features.len() - 1, others);
    }
    let limited = |mut own: Vec<usize>| {
        if own.len() > MOST {
            own.clear();
        }
        own
    };
    let conditions = Conditions {
        types: reach.features().into_iter().map(limited).collect(),
        operations: operations.into_iter().map(limited).collect(),
        webhooks,
    };
    (features, conditions)
}

/// The types that are told apart by the features that reach them.
struct Reach {
    /// What each type mentions.
    edges: Vec<Vec<TypeId>>,
    /// The set of each type.
    sets: Vec<usize>,
    /// Each set by the one that it was before, and the feature that came to it. The first is empty.
    made: Vec<(usize, usize)>,
    /// The last feature that reached each type, counted from 1.
    seen: Vec<usize>,
}

impl Reach {
    fn of(api: &Api) -> Self {
        Self {
            edges: api.types.iter().map(|def| of_type(&def.kind)).collect(),
            sets: vec![0; api.types.len()],
            made: vec![(0, 0)],
            seen: vec![0; api.types.len()],
        }
    }

    /// Reaches everything from these types for a feature, which comes after those before.
    fn from(&mut self, feature: usize, roots: Vec<TypeId>) {
        let mut larger = HashMap::default();
        let mut open = roots;
        while let Some(TypeId(index)) = open.pop() {
            let Some(seen) = self.seen.get_mut(index) else {
                continue;
            };
            if std::mem::replace(seen, feature + 1) == feature + 1 {
                continue;
            }
            let before = self.sets[index];
            let made = &mut self.made;
            self.sets[index] = *larger.entry(before).or_insert_with(|| {
                made.push((before, feature));
                made.len() - 1
            });
            open.extend(&self.edges[index]);
        }
    }

    fn never_reached(&self) -> Vec<TypeId> {
        let sets = self.sets.iter().enumerate();
        sets.filter(|(_, set)| **set == 0)
            .map(|(index, _)| TypeId(index))
            .collect()
    }

    /// The features that reach each type.
    fn features(&self) -> Vec<Vec<usize>> {
        let mut known = HashMap::<usize, Vec<usize>>::default();
        let of_set = |set: &usize| {
            let known = known.entry(*set).or_insert_with(|| {
                let (mut set, mut features) = (*set, Vec::new());
                while let Some((before, feature)) = self.made.get(set).filter(|_| set != 0) {
                    features.push(*feature);
                    set = *before;
                }
                features.reverse();
                features
            });
            known.clone()
        };
        self.sets.iter().map(of_set).collect()
    }
}

/// The types that a type's definition mentions: with its members, and with the rules on them.
fn of_type(kind: &TypeKind) -> Vec<TypeId> {
    let mut out = Vec::new();
    match kind {
        TypeKind::Struct(object) => {
            for field in &object.fields {
                of_value(&field.ty, &field.constraints, &mut out);
            }
            match &object.additional {
                AdditionalProperties::Kept {
                    ty, constraints, ..
                } => of_value(ty, constraints, &mut out),
                AdditionalProperties::Ignored | AdditionalProperties::Denied => {}
            }
            of_constraints(&object.constraints, &mut out);
        }
        TypeKind::StringEnum(_) => {}
        TypeKind::Union(union) => {
            for variant in &union.variants {
                of_value(&variant.ty, &variant.constraints, &mut out);
            }
            of_constraints(&union.constraints, &mut out);
        }
        TypeKind::Alias(alias) => of_value(&alias.ty, &alias.constraints, &mut out),
    }
    out
}

/// The types that an operation mentions.
pub(super) fn of_operation(operation: &Operation) -> Vec<TypeId> {
    let mut out = Vec::new();
    for parameter in &operation.parameters {
        of_value(&parameter.ty, &parameter.constraints, &mut out);
    }
    for content in operation.request.iter().flat_map(|one| &one.contents) {
        of_value(&content.ty, &content.constraints, &mut out);
    }
    for response in &operation.responses {
        for ty in response.ty.iter().chain(&response.headers) {
            of_value(ty, &[], &mut out);
        }
        of_constraints(&response.constraints, &mut out);
    }
    for outcome in [&operation.success, &operation.failure] {
        match outcome {
            Outcome::Undescribed | Outcome::Empty => {}
            Outcome::Body(ty) => of_value(ty, &[], &mut out),
            Outcome::OneOf(outcomes) => {
                for ty in outcomes.variants.iter().filter_map(|one| one.ty.as_ref()) {
                    of_value(ty, &[], &mut out);
                }
            }
        }
    }
    out
}

fn of_webhook(webhook: &Webhook, out: &mut Vec<TypeId>) {
    of_value(&webhook.ty, &webhook.constraints, out);
    if let Some(parameters) = &webhook.parameters {
        of_value(&parameters.ty, &[], out);
    }
    for answer in &webhook.answers {
        if let Some(ty) = &answer.ty {
            of_value(ty, &[], out);
        }
        of_constraints(&answer.constraints, out);
    }
}

/// The types that a value mentions: its own, and those in the rules on it.
fn of_value(ty: &Type, constraints: &[Constraint], out: &mut Vec<TypeId>) {
    out.extend(visit::id(ty));
    of_constraints(constraints, out);
}

fn of_constraints(constraints: &[Constraint], out: &mut Vec<TypeId>) {
    for constraint in constraints {
        match constraint {
            Constraint::Of(id) => out.push(*id),
            Constraint::Items(inner) | Constraint::AdditionalProperties(inner) => {
                of_constraints(inner, out);
            }
            Constraint::MinLength(_)
            | Constraint::MaxLength(_)
            | Constraint::Pattern(_)
            | Constraint::Format(_)
            | Constraint::OwnFormat(_)
            | Constraint::Enum(_)
            | Constraint::EnumNumber(_)
            // An assertion states the constraints of the schemas that it names, and not their types.
            | Constraint::Assert(_)
            | Constraint::Exact(_)
            | Constraint::Minimum(_)
            | Constraint::Maximum(_)
            | Constraint::ExclusiveMinimum(_)
            | Constraint::ExclusiveMaximum(_)
            | Constraint::MultipleOf(_)
            | Constraint::MinItems(_)
            | Constraint::MaxItems(_)
            | Constraint::UniqueItems
            | Constraint::MinProperties(_)
            | Constraint::MaxProperties(_) => {}
        }
    }
}
