//! Security: `basic` is a scheme of HTTP in OpenAPI 3.0, and OAuth 2 has several flows.

use super::{Converter, text};
use crate::tree::{Map, Node};

/// What is said of a flow of OAuth 2.
const OF_FLOW: [&str; 3] = ["authorizationUrl", "tokenUrl", "scopes"];

impl Converter<'_> {
    /// The Security Scheme Objects of `securityDefinitions`.
    pub(super) fn security_schemes(&mut self, schemes: Map) -> Map {
        schemes
            .into_iter()
            .map(|(name, scheme)| match scheme {
                Node::Object(map) => {
                    let scheme = self.security_scheme(&name, map);
                    (name, Node::Object(scheme))
                }
                other => (name, other),
            })
            .collect()
    }

    fn security_scheme(&mut self, name: &str, mut map: Map) -> Map {
        match map.get("type").and_then(Node::as_str) {
            Some("basic") => {
                map.insert("type", text("http"));
                map.insert("scheme", text("basic"));
                map
            }
            Some("oauth2") => {
                let kind = map.shift_remove("flow");
                let kind = match kind.as_ref().and_then(Node::as_str) {
                    Some("application") => "clientCredentials",
                    Some("accessCode") => "authorizationCode",
                    Some("password") => "password",
                    Some(_) | None => "implicit",
                };
                let at = format!("/securityDefinitions/{}", crate::tree::escape(name));
                let to = format!("/components/securitySchemes/{}", crate::tree::escape(name));
                self.origins.made(&at, &format!("{to}/flows/{kind}"));
                let (flow, mut out): (Map, Map) = map
                    .into_iter()
                    .partition(|(key, _)| OF_FLOW.contains(&key.as_str()));
                let flows = Map::from_iter([(kind.to_owned(), Node::Object(flow))]);
                out.insert("flows", Node::Object(flows));
                out
            }
            Some(_) | None => map,
        }
    }
}
