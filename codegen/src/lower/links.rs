//! Links: which calls may follow an answer, and what of it they are given.

use super::outcome;
use super::schema::{Lowering, compact_json};
use crate::ir::{Link, LinkTarget, LinkValue, MessagePart};
use crate::resolve::{
    Located, Pointer, ResolvedDocument, ResolvedOperation, ResolvedResponse, is_field_name,
};
use crate::tree::{Map, Node};

const CODE: &str = "bad-link";

impl Lowering<'_> {
    /// Lowers the links of all responses of an operation.
    pub(super) fn lower_links(
        &mut self,
        responses: &[(String, Located<ResolvedResponse>)],
    ) -> Vec<Link> {
        let document = self.document;
        let mut links = Vec::new();
        for (key, located) in responses {
            let response = document.node(&located.at);
            let named = response.and_then(|response| response.get("links")?.as_object());
            let (Some(named), Some(status)) = (named, outcome::status(key)) else {
                continue;
            };
            let all = located.at.join("links");
            for name in named.keys() {
                let Some(at) = document.follow(&all.join(name)) else {
                    continue;
                };
                let Some(map) = document.node(&at).and_then(Node::as_object) else {
                    continue;
                };
                let Some(target) = self.link_target(map, &at) else {
                    continue;
                };
                let given = map.get("parameters").and_then(Node::as_object);
                let parameters = given.into_iter().flatten().map(|(parameter, value)| {
                    let at = at.join("parameters").join(parameter);
                    (parameter.to_owned(), self.link_value(value, &at))
                });
                let parameters = parameters.collect();
                let body = map.get("requestBody");
                links.push(Link {
                    name: name.to_owned(),
                    status,
                    description: map
                        .get("description")
                        .and_then(Node::as_str)
                        .map(str::to_owned),
                    target,
                    parameters,
                    request_body: body.map(|body| self.link_value(body, &at.join("requestBody"))),
                });
            }
        }
        links
    }

    /// What a link leads to; `None` where that is not there, which is reported.
    fn link_target(&mut self, map: &Map, at: &Pointer) -> Option<LinkTarget> {
        let text = |key: &str| text_of(map, key);
        let operations = &self.document.operations;
        if let Some(id) = text("operationId") {
            let mut ids = operations.iter().map(super::operations::operation_id);
            if ids.any(|known| known == id) {
                return Some(LinkTarget::Operation(id.to_owned()));
            }
            if !is_left_out(self.document, |_, one| {
                text_of(one, "operationId") == Some(id)
            }) {
                let message = format!("no operation has the id `{id}`: the link is left out");
                self.warn_once(CODE, &at.join("operationId"), message);
            }
            return None;
        }
        let Some(reference) = text("operationRef") else {
            let message = "this link has neither `operationId` nor `operationRef`: it is left out";
            self.warn_once(CODE, at, message.to_owned());
            return None;
        };
        // The name of the document itself adds nothing.
        let (file, place) = reference.split_once('#').unwrap_or((reference, ""));
        let own = self.document.documents[at.document].file.file_name();
        let is_own = own.is_some_and(|own| own == file.trim_start_matches("./"));
        let file = if is_own { "" } else { file };
        let target = self.document.target(at, &format!("{file}#{place}"));
        let is_there = |one: &&ResolvedOperation| Some(&one.at) == target.as_ref();
        if let Some(operation) = operations.iter().find(is_there) {
            let id = super::operations::operation_id(operation);
            return Some(LinkTarget::Operation(id));
        }
        if !file.is_empty() {
            return Some(LinkTarget::Reference(reference.to_owned()));
        }
        if !is_left_out(self.document, |one, _| Some(one) == target.as_ref()) {
            let message = format!("there is no operation at `{reference}`: the link is left out");
            self.warn_once(CODE, &at.join("operationRef"), message);
        }
        None
    }

    fn link_value(&mut self, value: &Node, at: &Pointer) -> LinkValue {
        let constant = || LinkValue::Constant(compact_json(value));
        let Some(text) = value.as_str() else {
            return constant();
        };
        let bare = without_braces(text);
        if !bare.starts_with('$') {
            if text.contains("{$") {
                let message = "an expression inside a text is not taken out of it: the text stays";
                self.warn_once(CODE, at, message.to_owned());
            }
            return constant();
        }
        expression(bare).unwrap_or_else(|| {
            let message = format!("`{bare}` is no runtime expression: it is taken as a text");
            self.warn_once(CODE, at, message);
            constant()
        })
    }
}

/// Whether there is such an operation in the contract, though it may not be wanted.
pub(super) fn is_left_out(
    document: &ResolvedDocument,
    is_meant: impl Fn(&Pointer, &Map) -> bool,
) -> bool {
    let all = Pointer::root().join("paths");
    let paths = document.node(&all).and_then(Node::as_object);
    paths.into_iter().flatten().any(|(path, item)| {
        let mut members = item.as_object().into_iter().flatten();
        members.any(|(method, operation)| {
            let at = all.join(path).join(method);
            operation.as_object().is_some_and(|map| is_meant(&at, map))
        })
    })
}

/// A lone expression is often written in the braces that one inside a text needs.
pub(super) fn without_braces(text: &str) -> &str {
    let bare = text
        .strip_prefix('{')
        .and_then(|text| text.strip_suffix('}'));
    bare.unwrap_or(text)
}

fn text_of<'d>(map: &'d Map, key: &str) -> Option<&'d str> {
    map.get(key).and_then(Node::as_str)
}

/// A runtime expression: OpenAPI 3.1.0, section 4.8.20.4.
pub(super) fn expression(text: &str) -> Option<LinkValue> {
    match text {
        "$url" => Some(LinkValue::Url),
        "$method" => Some(LinkValue::Method),
        "$statusCode" => Some(LinkValue::StatusCode),
        _ => {
            if let Some(source) = text.strip_prefix("$request.") {
                part(source).map(LinkValue::Request)
            } else {
                part(text.strip_prefix("$response.")?).map(LinkValue::Response)
            }
        }
    }
}

fn part(source: &str) -> Option<MessagePart> {
    if let Some(name) = source.strip_prefix("header.") {
        return is_field_name(name).then(|| MessagePart::Header(name.to_owned()));
    }
    if let Some(name) = source.strip_prefix("query.") {
        return (!name.is_empty()).then(|| MessagePart::Query(name.to_owned()));
    }
    if let Some(name) = source.strip_prefix("path.") {
        return (!name.is_empty()).then(|| MessagePart::Path(name.to_owned()));
    }
    let pointer = match source.strip_prefix("body")? {
        "" => "",
        rest => rest.strip_prefix('#')?,
    };
    is_pointer(pointer).then(|| MessagePart::Body(pointer.to_owned()))
}

/// Whether a text is a JSON Pointer: RFC 6901, section 3.
fn is_pointer(text: &str) -> bool {
    let mut escapes = text.split('~').skip(1);
    (text.is_empty() || text.starts_with('/'))
        && escapes.all(|rest| rest.starts_with('0') || rest.starts_with('1'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_those_of_the_grammar() {
        let body = |pointer: &str| Some(LinkValue::Response(MessagePart::Body(pointer.to_owned())));
        assert_eq!(expression("$url"), Some(LinkValue::Url));
        assert_eq!(expression("$statusCode"), Some(LinkValue::StatusCode));
        assert_eq!(expression("$response.body"), body(""));
        assert_eq!(expression("$response.body#/a~1b/0"), body("/a~1b/0"));
        let header = MessagePart::Header("X-Id".to_owned());
        assert_eq!(
            expression("$request.header.X-Id"),
            Some(LinkValue::Request(header))
        );
        let wrong = [
            "$",
            "$status",
            "$request",
            "$request.body/id",
            "$response.body#id",
            "$response.body#/a~2",
            "$request.path.",
            "$request.header.a b",
        ];
        for text in wrong {
            assert_eq!(expression(text), None, "{text}");
        }
    }
}
