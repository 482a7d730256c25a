//! The body, and which media types it and the answer have: RFC 9110, section 12.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue, header};

use crate::Violation;
use crate::client::body::{self, Outgoing};
use crate::client::mask;
use crate::client::media_type::{self, Codec};
use crate::client::request::Draft;

/// Every media type: the same as no `Accept`, which some servers refuse.
const ANYTHING: &str = "*/*";

/// Whether a text is one that a header can have without a look at it.
fn is_header(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_graphic() || byte == b' ')
}

/// A media type of many values.
fn sequence(media_type: &'static str) -> Option<(&'static str, Codec)> {
    let codec = Codec::of(media_type)?;
    matches!(codec, Codec::Sequence(_)).then_some((media_type, codec))
}

impl Draft<'_> {
    pub(super) fn body(&mut self) -> Outgoing {
        let plan = self.plan;
        let request = plan.operation.request.as_ref();
        // A body that is given and holds nothing is a null.
        let (Some(request), Some(body)) = (request, plan.body.as_ref()) else {
            if request.is_some_and(|request| request.required) {
                self.broken
                    .push(Violation::new("body", "required", true, "absent"));
            }
            return Outgoing::default();
        };
        mask::collect_secrets(body, &mut self.secrets);
        if self.only_fetches {
            return Outgoing::default();
        }
        let content = request.content(plan.alternative);
        self.check("", body, content.rules);
        let wanted = self.plan.settings.content_type.as_deref();
        let chosen = media_type::of_body(content.media_types, wanted, body);
        let Some((media_type, codec)) = chosen else {
            self.refuse_media_type("header Content-Type", content.media_types);
            return Outgoing::default();
        };
        match body::write(body, codec, &media_type, content) {
            Ok(written) => {
                let media_type = match written.parameter {
                    Some(parameter) => Cow::Owned(format!("{media_type}; {parameter}")),
                    None => media_type,
                };
                self.media_type(header::CONTENT_TYPE, media_type);
                written.content
            }
            Err(error) => {
                self.unwritable(error.pointer, &error.message);
                Outgoing::default()
            }
        }
    }

    /// Asks for the media types of the answers, in one codec: that of the successes goes before.
    pub(super) fn accept(&mut self) {
        let responses = self.plan.operation.responses;
        let types = |success: bool| {
            let cases = responses.iter().filter(move |case| case.success == success);
            cases.flat_map(|case| case.content.media_types.iter().copied())
        };
        let mut all = types(true).chain(types(false));
        let first = all.next();
        let is_alone = all.all(|name| Some(name) == first);
        if let (Some(only), true) = (first, is_alone && self.plan.settings.accept.is_none()) {
            if !self.headers.contains_key(header::ACCEPT) {
                let is_read = Codec::of(only).is_some();
                let accepted = if is_read { only } else { ANYTHING };
                self.media_type(header::ACCEPT, Cow::Borrowed(accepted));
            }
            return;
        }
        let all: Vec<&'static str> = types(true).chain(types(false)).collect();
        let accept = if let Some(wanted) = &self.plan.settings.accept {
            let Some(found) = media_type::find(&all, wanted) else {
                self.refuse_media_type("header Accept", &all);
                return;
            };
            found
        } else if self.headers.contains_key(header::ACCEPT) {
            return;
        } else {
            let successes: Vec<_> = types(true).collect();
            let preferred = if self.plan.prefers_sequences {
                successes.iter().copied().find_map(sequence)
            } else {
                None
            };
            let preferred = preferred
                .or_else(|| media_type::preferred(&successes))
                .or_else(|| media_type::preferred(&all));
            let Some((_, codec)) = preferred else {
                self.media_type(header::ACCEPT, Cow::Borrowed(ANYTHING));
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
        self.media_type(header::ACCEPT, Cow::Owned(accept));
    }

    /// Sets a header to a media type, which mostly is one that the contract has.
    fn media_type(&mut self, name: HeaderName, media_type: Cow<'static, str>) {
        match media_type {
            Cow::Borrowed(text) if is_header(text) => {
                self.headers.insert(name, HeaderValue::from_static(text));
            }
            Cow::Borrowed(text) => self.header(name.as_str(), text, false),
            Cow::Owned(text) => self.header(name.as_str(), &text, false),
        }
    }

    fn refuse_media_type(&mut self, pointer: &str, media_types: &[&'static str]) {
        self.unsendable
            .push(media_type::refused(pointer, media_types));
    }
}
