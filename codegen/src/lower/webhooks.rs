//! Webhooks: what the server sends by itself, what is read of it, and what it is answered with.

use super::draft::{Access, Draft, Origin};
use super::media::Way;
use super::names::{self, Kind, Scope};
use super::schema::Lowering;
use super::{extensions, security};
use crate::ir::visit;
use crate::ir::{
    AdditionalProperties, Docs, Encoding, Field, IncomingParameter, IncomingParameters, Location,
    Parameter, Presence, Struct, Type, TypeId, TypeKind, Webhook, Xml,
};
use crate::resolve::{Newer, Pointer, ResolvedDocument, ResolvedOperation};
use crate::tree::Node;

/// What the webhooks and callbacks are called: the names of methods, each of its own. As an operation
/// is, one is called by its `operationId` where it has one.
pub(super) fn names(document: &ResolvedDocument) -> Vec<String> {
    let name = |webhook: &'_ ResolvedOperation| {
        let map = document.node(&webhook.at).and_then(Node::as_object);
        let id = webhook.operation_id.as_deref().filter(|id| !id.is_empty());
        let name = map.and_then(extensions::name).or(id);
        name.unwrap_or(&webhook.path).to_owned()
    };
    let wanted: Vec<_> = document.webhooks.iter().map(name).collect();
    let wanted: Vec<_> = wanted.iter().map(String::as_str).collect();
    Scope::default().take_all(Kind::Method, &wanted)
}

impl Lowering<'_> {
    /// Lowers a webhook or callback of this name.
    pub(super) fn lower_webhook(&mut self, resolved: &ResolvedOperation, name: String) -> Webhook {
        self.home = usize::MAX;
        let place = format!("{}Event", names::camel(name.trim_start_matches("r#")));
        let mut bodies = match &resolved.request_body {
            Some(body) => self.lower_contents(&body.value.content, &place, Way::Received),
            None => Vec::new(),
        };
        if bodies.len() > 1 {
            let message =
                "this is another body in each media type: the first is the one that is read";
            self.warn_once("differing-media-types", &resolved.at, message.to_owned());
        }
        let body = (!bodies.is_empty()).then(|| bodies.swap_remove(0));
        let (encoding, ty, constraints) = match body {
            Some(body) => {
                let first = body.media_types.first();
                let encoding = first.map_or(Encoding::Bytes, |media_type| media_type.encoding);
                match encoding {
                    Encoding::Json | Encoding::Xml => (encoding, body.ty, body.constraints),
                    Encoding::Form
                    | Encoding::Multipart
                    | Encoding::Text
                    | Encoding::Sequence
                    | Encoding::Bytes => {
                        let message =
                            "the body of this is read as bytes: it is neither JSON nor XML";
                        self.warn_once("untyped-body", &resolved.at, message.to_owned());
                        (Encoding::Bytes, Type::Binary, Vec::new())
                    }
                }
            }
            None => (Encoding::Bytes, Type::Binary, Vec::new()),
        };
        let parameters = self.lower_incoming(resolved, &place);
        let security = self.incoming_security(resolved);
        let answers = self.lower_responses(&resolved.responses, &place, Way::Sent);
        Webhook {
            name,
            webhook_name: resolved.path.clone(),
            pointer: resolved.at.pointer.clone(),
            method: resolved.method.clone(),
            docs: Docs {
                summary: resolved.operation.summary.clone(),
                description: resolved.operation.description.clone(),
                deprecated: resolved.operation.deprecated,
            },
            encoding,
            ty,
            constraints,
            parameters,
            security,
            answers,
            answer: None,
        }
    }

    /// How the server proves who it is, which is said of this in words and checked by nothing here.
    fn incoming_security(&mut self, resolved: &ResolvedOperation) -> Vec<Vec<usize>> {
        if resolved.operation.security.is_none() {
            return Vec::new();
        }
        let alternatives = security::requirements(self.document, &resolved.operation);
        if alternatives.iter().any(|all| !all.is_empty()) {
            let message = "whether the server proves who it is is left to whoever receives this";
            let at = resolved.at.join("security");
            self.warn_once("unchecked-webhook-security", &at, message.to_owned());
        }
        alternatives
    }

    /// Lowers the parameters to a struct with a property for each; `None` where there are none.
    fn lower_incoming(
        &mut self,
        resolved: &ResolvedOperation,
        place: &str,
    ) -> Option<IncomingParameters> {
        let (lowered, wanted) = self.unnamed_parameters(&resolved.parameters, place);
        for located in &resolved.parameters {
            if let openapiv3::Parameter::Path { parameter_data, .. } = &located.value.parameter {
                let message = format!(
                    "{} has no place: what the server sends by itself has no path template",
                    parameter_data.name
                );
                self.warn_once("ignored-webhook-parameters", &located.at, message);
            }
            if located.value.newer == Some(Newer::QueryString) {
                let message = "the query of this is not read as a whole: it is passed over";
                self.warn_once(
                    "ignored-webhook-parameters",
                    &located.at,
                    message.to_owned(),
                );
            }
        }
        let mut kept: Vec<_> = lowered.into_iter().zip(wanted).collect();
        kept.retain(|(parameter, _)| match parameter.location {
            Location::Path | Location::QueryString => false,
            Location::Query | Location::Header | Location::Cookie => true,
        });
        if kept.is_empty() {
            return None;
        }
        let wanted: Vec<_> = kept.iter().map(|(_, wanted)| wanted.as_str()).collect();
        let names = Scope::default().take_all(Kind::Field, &wanted);
        let mut fields: Vec<Field> = Vec::new();
        let mut places = Vec::new();
        for ((parameter, _), name) in kept.into_iter().zip(names) {
            let taken = |property: &str| fields.iter().any(|one| one.property == property);
            let location = match parameter.location {
                Location::Path => " in path",
                Location::Query => " in query",
                Location::QueryString => " in querystring",
                Location::Header => " in header",
                Location::Cookie => " in cookie",
            };
            let mut property = parameter.wire_name.clone();
            // The struct has each name once, and a parameter may be called like what is made here.
            while taken(&property) {
                property.push_str(location);
            }
            let (field, place) = incoming(parameter, name, property);
            fields.push(field);
            places.push(place);
        }
        let ty = self.incoming_struct(fields, place, resolved.at.join("parameters"));
        Some(IncomingParameters { ty, places })
    }

    fn incoming_struct(&mut self, fields: Vec<Field>, place: &str, at: Pointer) -> Type {
        let name = names::inside(place, "Parameters");
        let mut draft = Draft::new(name.clone(), name, at, Origin::Inline);
        draft.access = vec![Access::ReadWrite; fields.len()];
        draft.order = (self.home, self.drafts.next());
        draft.docs.description = Some("The parameters that a request comes with.".to_owned());
        draft.kind = TypeKind::Struct(Struct {
            fields,
            additional: AdditionalProperties::Ignored,
            constraints: Vec::new(),
            read_only: Vec::new(),
            xml: Xml::default(),
        });
        Type::Named(self.drafts.intern(draft))
    }
}

/// A parameter as a property of the struct of them, and where it stands.
fn incoming(parameter: Parameter, name: String, property: String) -> (Field, IncomingParameter) {
    let (ty, presence) = match (parameter.ty, parameter.required) {
        (Type::Nullable(inner), true) => (*inner, Presence::Nullable),
        (ty, true) => (ty, Presence::Required),
        (ty, false) => (ty, Presence::Optional),
    };
    let field = Field {
        name,
        property,
        docs: parameter.docs,
        ty,
        presence,
        constant: None,
        default: None,
        constraints: parameter.constraints,
        empty_as_absent: false,
        one_or_many: false,
        xml: Xml::default(),
    };
    let place = IncomingParameter {
        wire_name: parameter.wire_name,
        location: parameter.location,
        style: parameter.style,
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        required: parameter.required,
        media_type: parameter.media_type,
    };
    (field, place)
}

/// The types that are sent as answers to webhooks, and those that webhooks bring.
pub(super) fn used(webhooks: &[Webhook]) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut sent, mut received) = (Vec::new(), Vec::new());
    for webhook in webhooks {
        received.extend(visit::id(&webhook.ty));
        let parameters = webhook.parameters.iter();
        received.extend(parameters.filter_map(|one| visit::id(&one.ty)));
        let bodies = webhook.answers.iter().filter_map(|one| one.ty.as_ref());
        sent.extend(bodies.filter_map(visit::id));
    }
    (sent, received)
}

/// Replaces the types of webhooks by those of each direction.
pub(super) fn replace_ids(
    webhooks: &mut [Webhook],
    sent: &dyn Fn(TypeId) -> TypeId,
    received: &dyn Fn(TypeId) -> TypeId,
) {
    for webhook in webhooks {
        visit::replace_in_type(&mut webhook.ty, received);
        visit::replace_in_constraints(&mut webhook.constraints, received);
        if let Some(parameters) = &mut webhook.parameters {
            visit::replace_in_type(&mut parameters.ty, received);
        }
        for answer in &mut webhook.answers {
            if let Some(ty) = &mut answer.ty {
                visit::replace_in_type(ty, sent);
            }
            visit::replace_in_constraints(&mut answer.constraints, sent);
        }
    }
}
