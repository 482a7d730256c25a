//! What a path template becomes: RFC 3986, section 3.3.

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

impl<'a> Draft<'a> {
    /// Writes the path's template with its parameters filled in, and says whether it has a query.
    pub(super) fn path(&mut self, template: &str, path: &mut Text<'_>) -> bool {
        let start = path.sent.len();
        // What a fragment is for ends at the client: RFC 9110, section 4.2.5.
        let mut rest = template.split('#').next().unwrap_or_default();
        if !rest.starts_with('/') {
            path.push("/");
        }
        while let Some(start) = rest.find('{') {
            let (literal, from) = rest.split_at(start);
            path.push(&parameter::encode_but_for_triplets(literal, NOT_IN_A_URL));
            let Some(end) = from.find('}') else {
                rest = from;
                break;
            };
            self.path_parameter(from.get(1..end).unwrap_or_default(), path);
            rest = from.get(end + 1..).unwrap_or_default();
        }
        path.push(&parameter::encode_but_for_triplets(rest, NOT_IN_A_URL));
        let written = path.sent.get(start..).unwrap_or_default();
        let only_path = written.split('?').next().unwrap_or_default();
        let climbs = |segment: &str| {
            // No segment that climbs is longer than two dots that are encoded.
            segment.len() <= 6 && {
                let dots = segment.replace("%2e", ".").replace("%2E", ".");
                matches!(dots.as_str(), "." | "..")
            }
        };
        let may_climb = |segment: &&str| segment.starts_with(['.', '%']);
        if only_path.split('/').filter(may_climb).any(climbs) {
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
