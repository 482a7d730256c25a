//! What a path template becomes: RFC 3986, section 3.3.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, CONTROLS};

use crate::Violation;
use crate::client::operation::Location;
use crate::client::parameter;
use crate::client::request::{Draft, Text};

/// What a URL does not hold as it is; the slash and the question mark of a template are its own.
const NOT_IN_A_URL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Whether a template stands in a URL as it is and is a path alone: `/pets/{petId}`.
pub(in crate::client) const fn is_plain(template: &str) -> bool {
    let bytes = template.as_bytes();
    let mut at = 0;
    let mut in_name = false;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => in_name = true,
            b'}' => in_name = false,
            _ if in_name => {}
            b'/' | b'-' | b'.' | b'_' | b'~' | b':' | b'@' | b'=' | b'+' | b',' => {}
            other => {
                if !other.is_ascii_alphanumeric() {
                    return false;
                }
            }
        }
        at += 1;
    }
    !in_name && !bytes.is_empty() && bytes[0] == b'/'
}

impl<'a> Draft<'a> {
    /// Writes the path's template with its parameters filled in, and says whether it has a query.
    pub(super) fn path(&mut self, template: &str, path: &mut Text<'_>) -> bool {
        let start = path.sent.len();
        let operation = self.plan.operation;
        let is_plain = operation.has_plain_path && std::ptr::eq(template, operation.path);
        let literal = |text| {
            if is_plain {
                Cow::Borrowed(text)
            } else {
                parameter::encode_but_for_triplets(text, NOT_IN_A_URL)
            }
        };
        // What a fragment is for ends at the client: RFC 9110, section 4.2.5.
        let mut rest = if is_plain {
            template
        } else {
            template.split('#').next().unwrap_or_default()
        };
        if !rest.starts_with('/') {
            path.push("/");
        }
        while let Some(start) = rest.find('{') {
            let (before, from) = rest.split_at(start);
            path.push(&literal(before));
            let Some(end) = from.find('}') else {
                rest = from;
                break;
            };
            self.path_parameter(from.get(1..end).unwrap_or_default(), path);
            rest = from.get(end + 1..).unwrap_or_default();
        }
        path.push(&literal(rest));
        let written = path.sent.get(start..).unwrap_or_default();
        let only_path = if is_plain {
            written
        } else {
            written.split('?').next().unwrap_or_default()
        };
        let climbs = |segment: &str| {
            // No segment that climbs is longer than two dots that are encoded.
            segment.len() <= 6 && {
                let dots = segment.replace("%2e", ".").replace("%2E", ".");
                matches!(dots.as_str(), "." | "..")
            }
        };
        // Few paths have a segment that begins like one, and it is quickly seen.
        let may_climb = |two: &[u8]| matches!(two, [b'/', b'.' | b'%']);
        if only_path.as_bytes().windows(2).any(may_climb) && only_path.split('/').any(climbs) {
            let refused = "one of these, which would change the path";
            self.unsendable.push(Violation::new(
                "path",
                "without the segments",
                ". and ..",
                refused,
            ));
        }
        only_path.len() < written.len()
    }

    /// The call's own template, the client's for this operation, or the contract's.
    pub(super) fn template(&self) -> &'a str {
        let plan = self.plan;
        let client_wide = || {
            let paths = &plan.core.shared().config.paths;
            paths
                .iter()
                .rev()
                .find(|(id, _)| id == plan.operation.id)
                .map(|(_, path)| path.as_str())
        };
        plan.settings
            .path
            .as_deref()
            .or_else(client_wide)
            .unwrap_or(plan.operation.path)
    }

    fn path_parameter(&mut self, name: &str, path: &mut Text<'_>) {
        let table = self.plan.operation.parameters.iter().enumerate();
        let mut table = table.filter(|(_, parameter)| parameter.location == Location::Path);
        let Some((index, parameter)) = table.find(|(_, parameter)| parameter.name == name) else {
            let pointer = format!("path {name}");
            self.unsendable.push(Violation::new(
                pointer,
                "parameter",
                "of the operation",
                "a name that the operation has no parameter for",
            ));
            return;
        };
        let value = self.argument(index);
        let text = value.and_then(|value| self.write_parameter(parameter, value));
        match text.filter(|text| parameter.may_be_empty || !text.is_empty()) {
            Some(text) => {
                path.append(&text);
            }
            None if self.plan.settings.url.is_some() => {}
            // An empty segment would make it the path of something else.
            None => self
                .unsendable
                .push(Violation::new(format!("path {name}"), "minLength", 1, 0)),
        }
    }
}
