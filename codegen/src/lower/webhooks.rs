//! Webhooks: what the server sends by itself, and what is read of it.

use super::media::Way;
use super::names::{self, Kind, Scope};
use super::schema::Lowering;
use crate::ir::visit;
use crate::ir::{Docs, Encoding, Type, TypeId, Webhook};
use crate::resolve::{ResolvedDocument, ResolvedOperation};

/// What the webhooks and callbacks are called: the names of methods, each of its own.
pub(super) fn names(document: &ResolvedDocument) -> Vec<String> {
    let wanted: Vec<_> = document
        .webhooks
        .iter()
        .map(|webhook| webhook.path.as_str())
        .collect();
    Scope::default().take_all(Kind::Method, &wanted)
}

impl Lowering<'_> {
    /// Lowers a webhook or callback of this name.
    pub(super) fn lower_webhook(&mut self, resolved: &ResolvedOperation, name: String) -> Webhook {
        self.home = usize::MAX;
        if !resolved.parameters.is_empty() {
            let message = "the parameters of what the server sends by itself are not read";
            self.warn_once(
                "ignored-webhook-parameters",
                &resolved.at,
                message.to_owned(),
            );
        }
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
                    Encoding::Form | Encoding::Multipart | Encoding::Text | Encoding::Bytes => {
                        let message =
                            "the body of this is read as bytes: it is neither JSON nor XML";
                        self.warn_once("untyped-body", &resolved.at, message.to_owned());
                        (Encoding::Bytes, Type::Binary, Vec::new())
                    }
                }
            }
            None => (Encoding::Bytes, Type::Binary, Vec::new()),
        };
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
        }
    }
}

/// The types that webhooks bring.
pub(super) fn used(webhooks: &[Webhook]) -> Vec<TypeId> {
    webhooks
        .iter()
        .filter_map(|webhook| visit::id(&webhook.ty))
        .collect()
}

/// Replaces the types of webhooks.
pub(super) fn replace_ids(webhooks: &mut [Webhook], new: &dyn Fn(TypeId) -> TypeId) {
    for webhook in webhooks {
        visit::replace_in_type(&mut webhook.ty, new);
        visit::replace_in_constraints(&mut webhook.constraints, new);
    }
}
