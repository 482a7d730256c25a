//! Lower: from a [`ResolvedDocument`] to the [`Api`]: what each schema means in Rust, under which name.
//!
//! Schemas become drafts, one after the other; then come the questions that only all of them together
//! can answer: which direction each travels in, in which order they stand, what they are called,
//! where a box is needed.

mod assertions;
mod choose;
mod circles;
mod compose;
mod constraints;
mod decided;
mod depth;
mod direction;
mod docs;
mod draft;
mod encodings;
mod enums;
mod events;
pub(crate) mod exact;
mod extensions;
mod findings;
mod finish;
mod form;
mod halves;
mod headers;
mod hierarchy;
mod join;
mod left;
mod links;
mod media;
pub(crate) mod names;
mod numbers;
mod object;
mod operations;
mod outcome;
mod overlap;
mod pagination;
mod part_headers;
mod parts;
mod place;
mod poll;
mod recursion;
mod schema;
mod security;
mod sequences;
mod site;
mod tagged;
mod tags;
mod webhooks;
mod xml;

use crate::diagnostics::Diagnostics;
use crate::ir::{Api, Operation, Schemas, SecurityScheme, Server, ServerVariable, TypeId, Webhook};
use crate::resolve::ResolvedDocument;

pub(crate) use constraints::assertable;
pub(crate) use object::free_field_name;

use draft::Drafts;
use halves::Lowered;
use site::Sites;

/// Lowers a resolved document. `None` where it has errors.
pub fn lower(document: &ResolvedDocument, diagnostics: &mut Diagnostics) -> Option<Api> {
    let security_schemes = security::schemes(document, &Sites::new(document), diagnostics);
    let lowered = halves::lower(document, &security_schemes);
    finish(document, security_schemes, lowered, diagnostics)
}

/// Answers the questions that only all types together can.
fn finish(
    document: &ResolvedDocument,
    security_schemes: Vec<SecurityScheme>,
    lowered: Lowered<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Api> {
    let Lowered {
        drafts,
        mut operations,
        mut webhooks,
        formats,
        findings,
    } = lowered;
    findings.report(document, diagnostics);
    let Drafts {
        all: mut drafts, ..
    } = drafts;

    tags::finish_unions(&mut drafts);
    tagged::add_tags(&mut drafts);
    decided::settle(&mut drafts);
    overlap::warn(&drafts, document, diagnostics);
    recursion::break_aliases(&mut drafts, document, diagnostics);
    recursion::break_endless(&mut drafts, document, diagnostics);

    let (sent, received) = used(&operations, &webhooks);
    let split = direction::split(drafts, &sent, &received);
    operations::replace_ids(&mut operations, &|id| split.sent[id.0], &|id| {
        split.received[id.0]
    });
    webhooks::replace_ids(&mut webhooks, &|id| split.sent[id.0], &|id| {
        split.received[id.0]
    });

    let (sent, received) = used(&operations, &webhooks);
    let (drafts, moved) = direction::order(split.drafts, &[sent, received].concat());
    let moved = |id: TypeId| moved[id.0].unwrap_or(id);
    operations::replace_ids(&mut operations, &moved, &moved);
    webhooks::replace_ids(&mut webhooks, &moved, &moved);

    let (mut types, mut scope) = finish::name(drafts);
    finish::drop_idle_constraints(&mut types, &mut operations, &mut webhooks);
    finish::direct(&mut types, &mut operations, &mut webhooks);
    recursion::box_cycles(&mut types);
    depth::cut_long_ways(&mut types);
    for operation in &mut operations {
        outcome::decide(operation, &mut scope);
    }
    for webhook in &mut webhooks {
        outcome::decide_answer(webhook, &mut scope);
    }
    finish::name_calls(&mut operations, &mut scope);
    pagination::decide(document, &types, &mut operations, diagnostics);
    poll::decide(document, &types, &mut operations, diagnostics);

    if diagnostics.has_errors(false) {
        return None;
    }
    Some(Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        servers: document.servers.iter().map(server).collect(),
        security_schemes,
        types,
        operations,
        webhooks,
        formats: formats.into_iter().collect(),
        patterns: document.patterns.clone(),
        schemas: Schemas::default(),
    })
}

/// The types that are sent and those that are received.
fn used(operations: &[Operation], webhooks: &[Webhook]) -> (Vec<TypeId>, Vec<TypeId>) {
    let (mut sent, mut received) = operations::used(operations);
    let (answered, brought) = webhooks::used(webhooks);
    sent.extend(answered);
    received.extend(brought);
    (sent, received)
}

/// A server with its variables set to their defaults: OpenAPI 3.0.3, Server Object.
pub(super) fn server(server: &openapiv3::Server) -> Server {
    let mut url = server.url.clone();
    let mut variables = Vec::new();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
        variables.push(ServerVariable {
            name: name.clone(),
            default: variable.default.clone(),
            values: variable.enumeration.clone(),
        });
    }
    Server {
        url,
        template: server.url.clone(),
        description: server.description.clone(),
        variables,
    }
}
