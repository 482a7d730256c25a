//! What is sent for a call: everything is checked, placed and written before anything leaves.

mod content;
mod headers;
mod path;

pub(super) use path::is_plain;

use std::borrow::Cow;
use std::fmt::Display;
use std::sync::Arc;

use http::{HeaderMap, Method, Uri};

use crate::client::argument::Argument;
use crate::client::body::{Meter, Outgoing};
use crate::client::call::Plan;
use crate::client::config::Policy;
use crate::client::error::Invalid;
use crate::client::mask::{self, Mask};
use crate::client::message::Body;
use crate::client::obtain::Obtained;
use crate::client::operation::{Location, Parameter};
use crate::client::pages;
use crate::client::parameter::{self, Audience};
use crate::client::sent::shown_url;
use crate::client::server;
use crate::rule::Rule;
use crate::secret::Secret;
use crate::value::{Value, View};
use crate::{Violation, Violations, check};

/// A request that is ready to be sent.
pub(crate) struct Prepared {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    /// The URL without secrets, where it has one.
    pub(crate) shown: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// What the sending of a streamed body is followed by.
    pub(crate) meter: Option<Arc<Meter>>,
    /// Every secret that is sent.
    pub(crate) mask: Mask,
}

impl Prepared {
    pub(crate) fn shown_url(&self) -> Cow<'_, str> {
        shown_url(self.shown.as_ref(), &self.uri)
    }
}

/// As many headers as most requests have at most.
const MOST_HEADERS: usize = 6;

/// Checks and writes the request of a call; without a body where it `only_fetches` what a redirect led to.
///
/// The error lists all that keeps it from being sent.
pub(crate) fn prepare(
    plan: &Plan<'_>,
    obtained: &Obtained<'_>,
    only_fetches: bool,
) -> Result<Prepared, Box<Invalid>> {
    let mut draft = Draft {
        plan,
        obtained,
        only_fetches,
        headers: HeaderMap::with_capacity(MOST_HEADERS),
        query: Text::default(),
        query_keys: Vec::new(),
        cookies: Vec::new(),
        secrets: Vec::new(),
        broken: Vec::new(),
        unsendable: Vec::new(),
    };
    draft.client_wide();
    draft.security();
    draft.parameters();
    let url = draft.url();
    let body = draft.body();
    draft.accept();
    draft.call_wide();
    draft.finish(url, body)
}

/// A text as it is sent, and as it is shown where that differs.
#[derive(Default)]
struct Text<'t> {
    sent: Cow<'t, str>,
    shown: Option<String>,
}

impl Text<'_> {
    fn push(&mut self, text: &str) {
        self.sent.to_mut().push_str(text);
        if let Some(shown) = &mut self.shown {
            shown.push_str(text);
        }
    }

    fn append(&mut self, text: &Text<'_>) {
        if text.shown.is_some() && self.shown.is_none() {
            self.shown = Some(self.sent.clone().into_owned());
        }
        self.sent.to_mut().push_str(&text.sent);
        if let Some(shown) = &mut self.shown {
            shown.push_str(text.shown.as_deref().unwrap_or(&text.sent));
        }
    }

    fn is_empty(&self) -> bool {
        self.sent.is_empty()
    }
}

struct Draft<'a> {
    plan: &'a Plan<'a>,
    obtained: &'a Obtained<'a>,
    only_fetches: bool,
    headers: HeaderMap,
    query: Text<'static>,
    /// What of the query is a credential.
    query_keys: Vec<Text<'static>>,
    cookies: Vec<String>,
    secrets: Vec<Secret>,
    /// What breaks the contract.
    broken: Vec<Violation>,
    /// What cannot be sent, whatever the policy.
    unsendable: Vec<Violation>,
}

impl<'a> Draft<'a> {
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
                Location::Query | Location::QueryString => self.query(&text),
                Location::Header => {
                    let secret = parameter.is_sensitive || mask::holds_secret(value);
                    self.header(parameter.name, &text.sent, secret);
                }
                Location::Cookie => self.cookies.push(text.sent.into_owned()),
            }
        }
    }

    /// `None` where there is nothing to send.
    fn write_parameter<'v>(
        &mut self,
        parameter: &Parameter,
        value: &'v dyn Value,
    ) -> Option<Text<'v>> {
        match parameter::write(parameter.layout(), value, Audience::Server) {
            Ok(sent) => {
                let shown = mask::holds_secret(value).then(|| {
                    let shown = parameter::write(parameter.layout(), value, Audience::People);
                    shown.ok().flatten().unwrap_or_default().into_owned()
                });
                Some(Text { sent: sent?, shown })
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

    /// What was given for a parameter, where that is anything.
    fn argument(&self, index: usize) -> Option<&'a Argument<'a>> {
        let given = self.plan.arguments.get(index)?;
        (!matches!(given.view(), View::Absent | View::Null)).then_some(given)
    }

    fn check_parameter(&mut self, parameter: &Parameter, value: Option<&Argument<'_>>) {
        let pointer = format_args!("{} {}", parameter.location.name(), parameter.name);
        match value {
            Some(value) => self.check(pointer, value, parameter.rules),
            None if parameter.required && !self.is_written(parameter) => {
                self.broken
                    .push(Violation::new(pointer, "required", true, "absent"));
            }
            None => {}
        }
    }

    /// Whether a parameter stands in the URL that an answer has for the call.
    fn is_written(&self, parameter: &Parameter) -> bool {
        let in_url = match parameter.location {
            Location::Path | Location::Query | Location::QueryString => true,
            Location::Header | Location::Cookie => false,
        };
        in_url && self.plan.settings.url.is_some()
    }

    fn check(&mut self, pointer: impl Display, value: &dyn Value, rules: &'static [Rule]) {
        if let Err(violations) = check::check(value, rules) {
            self.broken
                .extend(violations.into_iter().map(|violation| Violation {
                    pointer: format!("{pointer}{}", violation.pointer),
                    ..violation
                }));
        }
    }

    fn query(&mut self, text: &Text<'_>) {
        if !self.query.is_empty() {
            self.query.push("&");
        }
        self.query.append(text);
    }

    /// The URL of the call.
    fn url(&mut self) -> Text<'static> {
        let plan = self.plan;
        let shared = plan.core.shared();
        let own = server::base_of(plan.operation.servers, shared.servers, &shared.base);
        let base = own.as_deref().unwrap_or(&shared.base);
        let template = self.template();
        let length = base.len() + 2 * template.len() + self.query.sent.len();
        let mut url = Text {
            sent: String::with_capacity(length).into(),
            shown: None,
        };
        url.push(base);
        let has_query = self.path(template, &mut url);
        if !self.query.is_empty() {
            url.push(if has_query { "&" } else { "?" });
            url.append(&self.query);
        }
        url
    }

    fn finish(mut self, mut url: Text<'static>, body: Outgoing) -> Result<Prepared, Box<Invalid>> {
        self.cookie_header();
        let plan = self.plan;
        let shared = plan.core.shared();
        if let Some(next) = &plan.settings.url {
            url = next_url(&url, next, &self.query_keys).unwrap_or_else(|| {
                let refused = "one that leads away from the API, or is none";
                let broken = Violation::new("next call", "URL", "of the same origin", refused);
                self.unsendable.push(broken);
                url
            });
        }
        let policy = plan
            .settings
            .request_validation
            .unwrap_or(shared.config.request_validation);
        let uri = Uri::try_from(url.sent.into_owned());
        let method = Method::from_bytes(plan.operation.method.as_bytes());
        if policy == Policy::Report && !self.broken.is_empty() {
            report(plan.operation.id, &self.broken);
        }
        let (Ok(uri), Ok(method)) = (uri, method) else {
            self.unsendable.push(Violation::new(
                "request line",
                "URL",
                "as RFC 3986 has it",
                "one that cannot be written",
            ));
            return Err(Box::new(self.refused(policy)));
        };
        let is_broken = policy == Policy::Enforce && !self.broken.is_empty();
        if is_broken || !self.unsendable.is_empty() {
            return Err(Box::new(self.refused(policy)));
        }
        let (body, meter) = body.into_body();
        Ok(Prepared {
            method,
            uri,
            shown: url.shown,
            headers: self.headers,
            body,
            meter,
            mask: Mask::new(&self.secrets),
        })
    }

    /// Why nothing is sent.
    #[cold]
    fn refused(self, policy: Policy) -> Invalid {
        let mut violations: Violations = self.unsendable.into_iter().collect();
        if policy == Policy::Enforce {
            violations.extend(self.broken);
        }
        Invalid {
            operation: self.plan.operation.id,
            violations: Mask::new(&self.secrets).violations(violations),
        }
    }
}

/// The URL of a call, as an answer has it, beside the one that the call would have. It may repeat
/// what was sent: its query is not shown. Credentials that it does not repeat are added.
fn next_url(call: &Text<'_>, next: &str, keys: &[Text<'_>]) -> Option<Text<'static>> {
    let mut sent = pages::next_url(&call.sent, next)?;
    let shown = sent.split('?').next().map(ToOwned::to_owned);
    for key in keys {
        let name = key.sent.split('=').next().unwrap_or_default();
        let query = sent.split_once('?').map(|(_, query)| query);
        let mut names = query.into_iter().flat_map(|query| query.split('&'));
        if !names.any(|pair| pair.split('=').next() == Some(name)) {
            sent.push(if query.is_some() { '&' } else { '?' });
            sent.push_str(&key.sent);
        }
    }
    Some(Text {
        sent: sent.into(),
        shown,
    })
}

#[cold]
fn report(operation: &'static str, broken: &[Violation]) {
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
