//! Polls: `x-typewright-poll`, by which an operation that starts something says how it is asked for.

use super::links::{expression, is_left_out, without_braces};
use super::place::{self, Found};
use super::schema::compact_json;
use crate::diagnostics::Diagnostics;
use crate::ir::{
    LinkValue, Location, MessagePart, Operation, Parameter, Poll, PollStatus, Type, TypeDef,
    TypeKind,
};
use crate::resolve::{
    Pointer, ResolvedDocument, ResolvedOperation, is_poll, poll_interval, poll_value,
};
use crate::tree::{Map, Node};

pub(super) const KEY: &str = "x-typewright-poll";

/// What is wrong, and the keys below the extension that it is wrong with.
type Problem = (Vec<String>, String);

/// Decides it for each operation, when types and outcomes are final.
pub(super) fn decide(
    document: &ResolvedDocument,
    types: &[TypeDef],
    operations: &mut [Operation],
    diagnostics: &mut Diagnostics,
) {
    for index in 0..operations.len() {
        let Some(at) = document.operations.get(index).map(|one| one.at.join(KEY)) else {
            continue;
        };
        // What is wrong with its form is reported already.
        let stated = document.node(&at).filter(|stated| is_poll(stated));
        let Some(stated) = stated.and_then(Node::as_object) else {
            continue;
        };
        let polls = Polls {
            document,
            types,
            operations,
            start: &operations[index],
        };
        match polls.of_extension(stated) {
            Ok(poll) => operations[index].poll = poll,
            Err((below, problem)) => {
                let at = below
                    .iter()
                    .fold(at, |at: Pointer, step| at.join(step.as_str()));
                diagnostics.error("bad-poll", document.place(&at), problem);
            }
        }
    }
}

struct Polls<'a> {
    document: &'a ResolvedDocument,
    types: &'a [TypeDef],
    operations: &'a [Operation],
    /// The operation that starts something.
    start: &'a Operation,
}

impl Polls<'_> {
    /// `None` where the operation that asks is not wanted.
    fn of_extension(&self, stated: &Map) -> Result<Option<Poll>, Problem> {
        let Some(id) = stated.get("operation").and_then(Node::as_str) else {
            return Ok(None);
        };
        let problem = |key: &str, message: String| Err((vec![key.to_owned()], message));
        let mut all = self.operations.iter();
        let Some(index) = all.position(|one| one.operation_id == id) else {
            let is_meant =
                |_: &Pointer, one: &Map| one.get("operationId").and_then(Node::as_str) == Some(id);
            if is_left_out(self.document, is_meant) {
                return Ok(None);
            }
            return problem("operation", format!("no operation has the id `{id}`"));
        };
        let asks = &self.operations[index];
        let is_itself = asks.operation_id == self.start.operation_id;
        if self.start.pagination.is_some() {
            let message = "what comes in pages starts nothing that could be asked for".to_owned();
            return Err((Vec::new(), message));
        }
        if !is_itself && asks.request.as_ref().is_some_and(|body| body.required) {
            return problem("operation", format!("`{id}` needs a body"));
        }
        let declares = |one: &ResolvedOperation| self.document.node(&one.at.join(KEY));
        let asks_further = self.document.operations.get(index).and_then(declares);
        if asks_further.is_some() && !is_itself {
            let message = format!("`{id}` has a `{KEY}` of its own");
            return problem("operation", message);
        }
        if let Some(key) = ["parameters", "url"]
            .into_iter()
            .find(|key| is_itself && stated.contains_key(key))
        {
            let message = format!("`{id}` asks again as it has asked before: there is no `{key}`");
            return problem(key, message);
        }
        let url = stated.get("url").and_then(Node::as_str);
        let url = url.map(|text| self.value(text));
        let url = url
            .transpose()
            .map_err(|message| (vec!["url".to_owned()], message))?;
        Ok(Some(Poll {
            operation: index,
            parameters: if is_itself {
                Vec::new()
            } else {
                self.parameters(stated, asks, url.is_some())?
            },
            url,
            status: self.status(stated, asks)?,
            interval: stated.get("interval").and_then(poll_interval),
        }))
    }

    /// What the parameters of the operation that asks are.
    fn parameters(
        &self,
        stated: &Map,
        asks: &Operation,
        has_url: bool,
    ) -> Result<Vec<(usize, LinkValue)>, Problem> {
        let id = &asks.operation_id;
        let given = stated.get("parameters").and_then(Node::as_object);
        let mut parameters = Vec::new();
        for (name, value) in given.into_iter().flatten() {
            let problem =
                |message: String| (vec!["parameters".to_owned(), name.to_owned()], message);
            let mut all = asks.parameters.iter();
            let index = all
                .position(|one| is_named(one, name))
                .ok_or_else(|| problem(format!("`{id}` has no parameter `{name}`")))?;
            if has_url && in_url(&asks.parameters[index]) {
                return Err(problem(format!("`{name}` is in the `url` already")));
            }
            let value = match value.as_str() {
                Some(text) => self.value(text).map_err(problem)?,
                None => LinkValue::Constant(compact_json(value)),
            };
            parameters.push((index, value));
        }
        let mut all = asks.parameters.iter().enumerate();
        let missing = all.find(|(index, one)| {
            let is_given = parameters.iter().any(|(given, _)| given == index);
            one.required && !is_given && !(has_url && in_url(one))
        });
        match missing {
            Some((_, missing)) => {
                let message = format!("must say what `{}` of `{id}` is", missing.wire_name);
                Err((vec!["parameters".to_owned()], message))
            }
            None => Ok(parameters),
        }
    }

    /// What a text stands for: a runtime expression, or itself.
    fn value(&self, text: &str) -> Result<LinkValue, String> {
        let bare = without_braces(text);
        if !bare.contains('$') {
            return Ok(LinkValue::Constant(compact_json(&Node::String(
                text.to_owned(),
            ))));
        }
        let Some(value) = expression(bare) else {
            return Err(format!("`{text}` is no runtime expression"));
        };
        let id = &self.start.operation_id;
        let nothing = |message: String| Err(format!("{message} `{id}`"));
        match &value {
            LinkValue::Constant(_)
            | LinkValue::Url
            | LinkValue::Method
            | LinkValue::StatusCode
            | LinkValue::Response(MessagePart::Header(_)) => {}
            LinkValue::Request(MessagePart::Header(name)) => {
                self.takes(Location::Header, name)?;
            }
            LinkValue::Request(MessagePart::Query(name)) => self.takes(Location::Query, name)?,
            LinkValue::Request(MessagePart::Path(name)) => self.takes(Location::Path, name)?,
            LinkValue::Request(MessagePart::Body(pointer)) => {
                let contents = self.start.request.iter().flat_map(|one| &one.contents);
                let mut bodies = contents.map(|one| place::at(self.types, &one.ty, pointer));
                if bodies.all(|found| matches!(found, Found::Nothing)) {
                    return nothing(format!(
                        "there is nothing at `{pointer}` in what is sent to"
                    ));
                }
            }
            LinkValue::Response(MessagePart::Body(pointer)) => {
                let found = place::in_outcome(self.types, &self.start.success, pointer);
                if matches!(found, Found::Nothing) {
                    return nothing(format!("there is nothing at `{pointer}` in an answer to"));
                }
            }
            LinkValue::Response(MessagePart::Query(_) | MessagePart::Path(_)) => {
                return Err(format!("`{text}`: an answer has no parameters"));
            }
        }
        Ok(value)
    }

    /// Whether the operation that starts something has a parameter.
    fn takes(&self, location: Location, name: &str) -> Result<(), String> {
        let mut all = self.start.parameters.iter();
        let is_there = all.any(|one| {
            one.location == location
                && match location {
                    Location::Header => one.wire_name.eq_ignore_ascii_case(name),
                    Location::Path | Location::Query | Location::QueryString | Location::Cookie => {
                        one.wire_name == name
                    }
                }
        });
        if is_there {
            return Ok(());
        }
        let id = &self.start.operation_id;
        Err(format!("`{id}` has no such parameter `{name}`"))
    }

    /// Where an answer says how far it is.
    fn status(&self, stated: &Map, asks: &Operation) -> Result<Option<PollStatus>, Problem> {
        let Some(pointer) = stated.get("status").and_then(Node::as_str) else {
            return Ok(None);
        };
        let id = &asks.operation_id;
        let listed = match place::in_outcome(self.types, &asks.success, pointer) {
            Found::Type(ty) => listed(self.types, ty),
            Found::Anything => None,
            Found::Nothing => {
                let message = format!("there is nothing at `{pointer}` in an answer to `{id}`");
                return Err((vec!["status".to_owned()], message));
            }
        };
        let values = |key: &str| {
            let values = stated.get(key).and_then(Node::as_array).unwrap_or_default();
            let values: Vec<_> = values.iter().filter_map(poll_value).collect();
            let known = |value: &&String| {
                listed
                    .as_ref()
                    .is_none_or(|listed| listed.contains(&value.as_str()))
            };
            match values.iter().find(|value| !known(value)) {
                Some(other) => {
                    let message = format!("`{pointer}` of `{id}` is never `{other}`");
                    Err((vec![key.to_owned()], message))
                }
                None => Ok(values),
            }
        };
        Ok(Some(PollStatus {
            pointer: pointer.to_owned(),
            done: values("done")?,
            failed: values("failed")?,
        }))
    }
}

/// Whether a parameter is meant by a name, which a location may stand in front of.
fn is_named(parameter: &Parameter, name: &str) -> bool {
    let location = match parameter.location {
        Location::Path => "path.",
        Location::Query => "query.",
        Location::QueryString => "querystring.",
        Location::Header => "header.",
        Location::Cookie => "cookie.",
    };
    parameter.wire_name == name || name.strip_prefix(location) == Some(&parameter.wire_name)
}

fn in_url(parameter: &Parameter) -> bool {
    match parameter.location {
        Location::Path | Location::Query | Location::QueryString => true,
        Location::Header | Location::Cookie => false,
    }
}

/// The values that a type lists, where it takes no other.
fn listed<'t>(types: &'t [TypeDef], ty: &Type) -> Option<Vec<&'t str>> {
    let Type::Named(id) = ty else {
        return None;
    };
    match &types.get(id.0)?.kind {
        TypeKind::StringEnum(listed) if !listed.open => {
            let values = listed.variants.iter();
            Some(values.map(|one| one.value.as_str()).collect())
        }
        TypeKind::Alias(alias) => self::listed(types, &alias.ty),
        TypeKind::StringEnum(_) | TypeKind::Struct(_) | TypeKind::Union(_) => None,
    }
}
