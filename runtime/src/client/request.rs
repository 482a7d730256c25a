//! What is sent for a call: everything is checked, placed and written before anything leaves.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use percent_encoding::{AsciiSet, CONTROLS};
use url::Url;

use crate::client::call::{Argument, Plan};
use crate::client::config::Policy;
use crate::client::core;
use crate::client::credentials::{self, Available, Credential, Place};
use crate::client::error::Invalid;
use crate::client::mask::{self, Mask};
use crate::client::media_type::{self, Codec};
use crate::client::operation::{Location, Parameter, RequestBody};
use crate::client::parameter::{self, Audience};
use crate::rule::Rule;
use crate::secret::{REDACTED, Secret};
use crate::value::{Value, View};
use crate::{Violation, Violations, check};

/// A request that is ready to be sent.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The URL without secrets.
    pub(crate) shown_url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Every secret that is sent.
    pub(crate) mask: Mask,
}

/// Checks and writes the request of a call.
///
/// The error lists all that keeps it from being sent.
pub(crate) fn prepare(plan: &Plan<'_>) -> Result<Prepared, Box<Invalid>> {
    let mut draft = Draft {
        plan,
        headers: plan.core.shared().headers.clone(),
        query: Text::default(),
        cookies: Vec::new(),
        secrets: Vec::new(),
        broken: Vec::new(),
        unsendable: Vec::new(),
    };
    draft.client_wide();
    draft.security();
    draft.parameters();
    let path = draft.path();
    let body = draft.body();
    draft.accept();
    draft.call_wide();
    draft.finish(&path, body)
}

/// A text as it is sent, and as it is shown.
#[derive(Default)]
struct Text {
    sent: String,
    shown: String,
}

impl Text {
    fn push(&mut self, text: &str) {
        self.sent.push_str(text);
        self.shown.push_str(text);
    }

    fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }
}

struct Draft<'a> {
    plan: &'a Plan<'a>,
    headers: HeaderMap,
    query: Text,
    cookies: Vec<String>,
    secrets: Vec<Secret>,
    /// What breaks the contract.
    broken: Vec<Violation>,
    /// What cannot be sent, whatever the policy.
    unsendable: Vec<Violation>,
}

impl<'a> Draft<'a> {
    /// The client's own headers, the weakest of all.
    fn client_wide(&mut self) {
        let config = &self.plan.core.shared().config;
        for (name, value) in &config.headers {
            self.remember_header(name, value);
        }
        if let Some(credential) = &config.authorization {
            self.authorization(credential);
        }
    }

    fn security(&mut self) {
        let plan = self.plan;
        let config = &plan.core.shared().config;
        let by_hand = |name: &str| {
            let set = config.headers.iter().chain(&plan.settings.headers);
            set.map(|(header, _)| header)
                .any(|header| header.eq_ignore_ascii_case(name))
        };
        let available = Available {
            schemes: plan.core.credentials(),
            authorization: config.authorization.is_some() || plan.settings.authorization.is_some(),
            has_header: &by_hand,
        };
        let alternatives = plan.operation.security;
        for placed in credentials::choose(alternatives, &available, &mut self.broken) {
            match placed.place {
                Place::Authorization => self.authorization(placed.credential),
                Place::ApiKey(location, name) => self.api_key(location, name, placed.credential),
            }
        }
    }

    fn api_key(&mut self, location: Location, name: &'static str, credential: &Credential) {
        let secret = credential.secret();
        self.secrets.push(secret.clone());
        match location {
            Location::Header => self.header(name, secret.expose(), true),
            Location::Query => {
                let name = parameter::encode(name);
                let sent = format!("{name}={}", parameter::encode(secret.expose()));
                self.query(&sent, &format!("{name}={REDACTED}"));
            }
            Location::Cookie => {
                let value = parameter::encode(secret.expose());
                self.cookies
                    .push(format!("{}={value}", parameter::encode(name)));
            }
            // OpenAPI has no API keys in the path.
            Location::Path => {}
        }
    }

    fn authorization(&mut self, credential: &Credential) {
        self.unsendable
            .extend(credential.unsendable("header Authorization"));
        let (value, secrets) = credential.authorization();
        self.secrets.extend(secrets);
        self.header(header::AUTHORIZATION.as_str(), value.expose(), true);
    }

    /// Every parameter but those of the path, which are written where the path has them.
    fn parameters(&mut self) {
        for (index, parameter) in self.plan.operation.parameters.iter().enumerate() {
            let value = self.argument(index);
            self.check_parameter(parameter, value);
            let Some(value) = value else {
                continue;
            };
            mask::collect_secrets(value, &mut self.secrets);
            if parameter.location == Location::Path {
                continue;
            }
            let Some(text) = self.write_parameter(parameter, value) else {
                continue;
            };
            match parameter.location {
                Location::Path => {}
                Location::Query => self.query(&text.sent, &text.shown),
                Location::Header => {
                    self.header(parameter.name, &text.sent, mask::holds_secret(value));
                }
                Location::Cookie => self.cookies.push(text.sent),
            }
        }
    }

    /// `None` where there is nothing to send.
    fn write_parameter(&mut self, parameter: &Parameter, value: &dyn Value) -> Option<Text> {
        match parameter::write(parameter, value, Audience::Server) {
            Ok(sent) => {
                let shown = parameter::write(parameter, value, Audience::People);
                Some(Text {
                    sent: sent?,
                    shown: shown.ok().flatten().unwrap_or_default(),
                })
            }
            Err(error) => {
                let at = format!(
                    "{} {}{}",
                    parameter.location.name(),
                    parameter.name,
                    error.pointer
                );
                self.unwritable(at, &error.message);
                None
            }
        }
    }

    fn unwritable(&mut self, pointer: String, message: &str) {
        self.unsendable
            .push(Violation::new(pointer, "form", "as text", message));
    }

    /// What was given for a parameter last, where that is anything.
    fn argument(&self, index: usize) -> Option<&'a Argument<'a>> {
        let given = self
            .plan
            .arguments
            .iter()
            .rev()
            .find(|(at, _)| *at == index);
        given
            .map(|(_, value)| value)
            .filter(|value| !matches!(value.view(), View::Absent | View::Null))
    }

    fn check_parameter(&mut self, parameter: &Parameter, value: Option<&Argument<'_>>) {
        let pointer = format!("{} {}", parameter.location.name(), parameter.name);
        match value {
            Some(value) => self.check(&pointer, value, parameter.rules),
            None if parameter.required => {
                self.broken
                    .push(Violation::new(pointer, "required", true, "absent"));
            }
            None => {}
        }
    }

    fn check(&mut self, pointer: &str, value: &dyn Value, rules: &'static [Rule]) {
        if let Err(violations) = check::check(value, rules) {
            self.broken
                .extend(violations.into_iter().map(|violation| Violation {
                    pointer: format!("{pointer}{}", violation.pointer),
                    ..violation
                }));
        }
    }

    /// The path's template with its parameters filled in.
    fn path(&mut self) -> Text {
        let mut path = Text::default();
        let template = self.template();
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
            self.path_parameter(from.get(1..end).unwrap_or_default(), &mut path);
            rest = from.get(end + 1..).unwrap_or_default();
        }
        path.push(&parameter::encode_but_for_triplets(rest, NOT_IN_A_URL));
        let only_path = path.sent.split('?').next().unwrap_or_default();
        let climbs = |segment: &str| {
            matches!(
                segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
                "." | ".."
            )
        };
        if only_path.split('/').any(climbs) {
            let refused = "one of these, which would change the path";
            self.unsendable.push(Violation::new(
                "path",
                "without the segments",
                ". and ..",
                refused,
            ));
        }
        path
    }

    /// The call's own template, the client's for this operation, or the contract's.
    fn template(&self) -> &'a str {
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

    fn path_parameter(&mut self, name: &str, path: &mut Text) {
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
        match text.filter(|text| !text.is_empty()) {
            Some(text) => {
                path.sent.push_str(&text.sent);
                path.shown.push_str(&text.shown);
            }
            // An empty segment would make it the path of something else.
            None => self
                .unsendable
                .push(Violation::new(format!("path {name}"), "minLength", 1, 0)),
        }
    }

    fn body(&mut self) -> Bytes {
        let plan = self.plan;
        let request = plan.operation.request.as_ref();
        let body = plan
            .body
            .as_ref()
            .filter(|body| !matches!(body.view(), View::Absent));
        let (Some(request), Some(body)) = (request, body) else {
            if request.is_some_and(|request| request.required) {
                self.broken
                    .push(Violation::new("body", "required", true, "absent"));
            }
            return Bytes::new();
        };
        mask::collect_secrets(body, &mut self.secrets);
        self.check("", body, request.rules);
        let Some((media_type, codec)) = self.request_media_type(request) else {
            return Bytes::new();
        };
        self.header(header::CONTENT_TYPE.as_str(), media_type, false);
        let written = match codec {
            Codec::Json => crate::json::to_vec(body),
            #[cfg(feature = "xml")]
            Codec::Xml => crate::xml::to_vec(body, request.xml_root),
        };
        self.written(written)
    }

    fn written(&mut self, written: Result<Vec<u8>, crate::EncodeError>) -> Bytes {
        match written {
            Ok(bytes) => Bytes::from(bytes),
            Err(error) => {
                self.unwritable(error.pointer, &error.message);
                Bytes::new()
            }
        }
    }

    fn request_media_type(&mut self, request: &RequestBody) -> Option<(&'static str, Codec)> {
        let chosen = match &self.plan.settings.content_type {
            Some(wanted) => media_type::find(request.media_types, wanted)
                .and_then(|name| Codec::of(name).map(|codec| (name, codec))),
            None => media_type::preferred(request.media_types),
        };
        if chosen.is_none() {
            self.refuse_media_type("header Content-Type", request.media_types);
        }
        chosen
    }

    /// Asks for the media types of the answers, in one codec: that of the successes goes before.
    fn accept(&mut self) {
        let responses = self.plan.operation.responses;
        let types = |success: bool| {
            let cases = responses.iter().filter(move |case| case.success == success);
            cases.flat_map(|case| case.media_types.iter().copied())
        };
        let all: Vec<&'static str> = types(true).chain(types(false)).collect();
        let accept = if let Some(wanted) = &self.plan.settings.accept {
            let Some(found) = media_type::find(&all, wanted) else {
                self.refuse_media_type("header Accept", &all);
                return;
            };
            found.to_owned()
        } else if self.headers.contains_key(header::ACCEPT) {
            return;
        } else {
            let successes: Vec<_> = types(true).collect();
            let preferred =
                media_type::preferred(&successes).or_else(|| media_type::preferred(&all));
            let Some((_, codec)) = preferred else {
                return;
            };
            let mut accepted: Vec<&str> = Vec::new();
            for name in all
                .into_iter()
                .filter(|name| Codec::of(name) == Some(codec))
            {
                if !accepted.contains(&name) {
                    accepted.push(name);
                }
            }
            accepted.join(", ")
        };
        self.header(header::ACCEPT.as_str(), &accept, false);
    }

    fn refuse_media_type(&mut self, pointer: &str, media_types: &[&'static str]) {
        let known: Vec<_> = media_types
            .iter()
            .copied()
            .filter(|name| Codec::of(name).is_some())
            .collect();
        let limit = if known.is_empty() {
            "a type with a codec".to_owned()
        } else {
            known.join(", ")
        };
        self.unsendable
            .push(Violation::new(pointer, "enum", limit, "another media type"));
    }

    /// What the call sets itself, the strongest of all.
    fn call_wide(&mut self) {
        let settings = &self.plan.settings;
        if let Some(credential) = &settings.authorization {
            self.authorization(credential);
        }
        let mut set: Vec<HeaderName> = Vec::new();
        for (name, value) in &settings.headers {
            self.remember_header(name, value);
            match core::header(name, value.expose()) {
                Ok((name, value)) => {
                    if set.contains(&name) {
                        self.headers.append(name, value);
                    } else {
                        self.headers.insert(name.clone(), value);
                        set.push(name);
                    }
                }
                Err(problem) => self.refuse_header(name, problem),
            }
        }
    }

    /// A header by hand may be a credential, and then an answer must not show it either.
    fn remember_header(&mut self, name: &str, value: &Secret) {
        if mask::is_sensitive_header(name) {
            self.secrets.push(value.clone());
            // `Authorization: Bearer x`: the scheme is no secret, what stands after it is.
            self.secrets
                .extend(value.expose().split_once(' ').map(|(_, rest)| rest.into()));
        }
    }

    fn header(&mut self, name: &str, value: &str, secret: bool) {
        let name_and_value = HeaderName::from_bytes(name.as_bytes())
            .ok()
            .zip(HeaderValue::from_bytes(value.as_bytes()).ok());
        match name_and_value {
            Some((name, mut value)) => {
                value.set_sensitive(secret || mask::is_sensitive_header(name.as_str()));
                self.headers.insert(name, value);
            }
            None => {
                self.refuse_header(
                    name,
                    "has a value with a line break or another control character",
                );
            }
        }
    }

    fn refuse_header(&mut self, name: &str, problem: &str) {
        let shown: String = name.escape_default().collect();
        let pointer = format!("header {shown}");
        self.unsendable.push(Violation::new(
            pointer,
            "header",
            "as RFC 9110 has it",
            format_args!("one that {problem}"),
        ));
    }

    fn query(&mut self, sent: &str, shown: &str) {
        if !self.query.is_empty() {
            self.query.push("&");
        }
        self.query.sent.push_str(sent);
        self.query.shown.push_str(shown);
    }

    fn finish(mut self, path: &Text, body: Bytes) -> Result<Prepared, Box<Invalid>> {
        self.cookie_header();
        let plan = self.plan;
        let shared = plan.core.shared();
        let mut url = Text::default();
        url.push(&shared.base);
        url.sent.push_str(&path.sent);
        url.shown.push_str(&path.shown);
        if !self.query.is_empty() {
            url.push(if path.sent.contains('?') { "&" } else { "?" });
            url.sent.push_str(&self.query.sent);
            url.shown.push_str(&self.query.shown);
        }
        let parsed = Url::parse(&url.sent).ok();
        let method = Method::from_bytes(plan.operation.method.as_bytes()).ok();
        if parsed.is_none() || method.is_none() {
            let actual = "one that cannot be written";
            self.unsendable.push(Violation::new(
                "request line",
                "URL",
                "as RFC 3986 has it",
                actual,
            ));
        }
        let mask = Mask::new(&self.secrets);
        let policy = plan
            .settings
            .request_validation
            .unwrap_or(shared.config.request_validation);
        let mut violations: Violations = self.unsendable.into_iter().collect();
        match policy {
            Policy::Off => {}
            Policy::Report => report(plan.operation.id, &self.broken),
            Policy::Enforce => violations.extend(self.broken),
        }
        match (parsed, method) {
            (Some(parsed), Some(method)) if violations.is_empty() => Ok(Prepared {
                method,
                url: parsed,
                shown_url: url.shown,
                headers: self.headers,
                body,
                mask,
            }),
            (Some(_) | None, Some(_) | None) => Err(Box::new(Invalid {
                operation: plan.operation.id,
                violations: mask.violations(violations),
            })),
        }
    }

    /// The cookies of the call beside those of a `Cookie` header by hand.
    fn cookie_header(&mut self) {
        if self.cookies.is_empty() {
            return;
        }
        let by_hand = self
            .headers
            .get(header::COOKIE)
            .and_then(|value| value.to_str().ok());
        let mut cookies: Vec<String> = by_hand.map(ToOwned::to_owned).into_iter().collect();
        cookies.append(&mut self.cookies);
        self.header(header::COOKIE.as_str(), &cookies.join("; "), true);
    }
}

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

fn report(operation: &'static str, broken: &[Violation]) {
    if !broken.is_empty() {
        let pointers: Vec<_> = broken
            .iter()
            .map(|one| one.pointer.as_str())
            .take(20)
            .collect();
        tracing::warn!(
            operation,
            count = broken.len(),
            ?pointers,
            "the request breaks the contract"
        );
    }
}
