//! Hosts: where the API is offered.

use super::{text, texts};
use crate::tree::{Map, Node};

/// `host`, `basePath` and `schemes`, or a template in place of the host.
pub(super) struct Servers {
    host: Option<String>,
    template: Option<Template>,
    base: String,
    schemes: Vec<String>,
}

impl Servers {
    pub(super) fn of(root: &Map) -> Self {
        let text = |key: &str| root.get(key).and_then(Node::as_str).map(str::trim);
        let base = text("basePath").unwrap_or_default().trim_matches('/');
        // Some write the scheme here as well.
        let host = text("host").map(|host| host.split_once("://").map_or(host, |(_, host)| host));
        Self {
            host: host
                .map(|host| host.trim_end_matches('/').to_owned())
                .filter(|host| !host.is_empty()),
            template: Template::of(root),
            base: if base.is_empty() {
                String::new()
            } else {
                format!("/{base}")
            },
            schemes: texts(root.get("schemes")),
        }
    }

    /// `servers`, by the schemes of an operation or of the document. Without any, it is the scheme
    /// that the document was fetched by; with `https`, a call is safe at least.
    pub(super) fn with(&self, schemes: Option<&[String]>) -> Node {
        let schemes = schemes.unwrap_or(&self.schemes);
        let web = schemes.iter().filter(|scheme| scheme.starts_with("http"));
        let mut schemes: Vec<_> = web.map(String::as_str).collect();
        if schemes.is_empty() {
            schemes.push("https");
        }
        let template = self.template.as_ref();
        let host = template.map_or(self.host.as_deref(), |template| Some(&template.host));
        let urls: Vec<_> = match host {
            Some(host) if template.is_some_and(|template| template.is_url) => {
                vec![format!("{host}{}", self.base)]
            }
            Some(host) => schemes
                .into_iter()
                .map(|scheme| format!("{scheme}://{host}{}", self.base))
                .collect(),
            None if self.base.is_empty() => vec!["/".to_owned()],
            None => vec![self.base.clone()],
        };
        let servers = urls.into_iter().map(|url| {
            let mut server = Map::from_iter([("url".to_owned(), text(&url))]);
            if let Some(template) = template {
                server.insert("variables", Node::Object(template.variables.clone()));
            }
            Node::Object(server)
        });
        Node::Array(servers.collect())
    }
}

/// `x-ms-parameterized-host`: a template in place of a host, with its variables.
struct Template {
    host: String,
    /// Whether it has the scheme as well.
    is_url: bool,
    variables: Map,
}

impl Template {
    fn of(root: &Map) -> Option<Self> {
        let stated = root.get("x-ms-parameterized-host")?;
        let host = stated.get("hostTemplate")?.as_str()?.trim();
        let shared = root.get("parameters");
        let parameters = stated.get("parameters").and_then(Node::as_array);
        let variables = parameters
            .unwrap_or_default()
            .iter()
            .filter_map(|parameter| {
                let reference = parameter.get("$ref").and_then(Node::as_str);
                let referred =
                    reference.and_then(|reference| reference.strip_prefix("#/parameters/"));
                let parameter = match referred {
                    Some(name) => shared?.get(name)?,
                    None => parameter,
                };
                variable(parameter.as_object()?)
            });
        Some(Self {
            host: host.trim_end_matches('/').to_owned(),
            is_url: stated.get("useSchemePrefix").and_then(Node::as_bool) == Some(false),
            variables: variables.collect(),
        })
    }
}

/// A Server Variable Object for a parameter, by its name. One without a default is called like itself.
fn variable(parameter: &Map) -> Option<(String, Node)> {
    let name = parameter.get("name")?.as_str()?;
    let default = parameter.get("default").and_then(Node::as_str);
    let mut variable = Map::from_iter([("default".to_owned(), text(default.unwrap_or(name)))]);
    for key in ["description", "enum"] {
        if let Some(value) = parameter.get(key) {
            variable.insert(key, value.clone());
        }
    }
    Some((name.to_owned(), Node::Object(variable)))
}
