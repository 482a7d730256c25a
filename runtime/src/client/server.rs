//! Where an API is offered: OpenAPI 3.0.3, Server Object.

use url::Url;

/// The static description of a server: a template, and what its variables can be.
#[derive(Debug)]
pub struct Server {
    template: &'static str,
    description: Option<&'static str>,
    variables: &'static [ServerVariable],
}

/// The static description of a variable in a server's URL: OpenAPI 3.0.3, Server Variable Object.
#[derive(Debug)]
pub struct ServerVariable {
    name: &'static str,
    default: &'static str,
    values: &'static [&'static str],
}

impl ServerVariable {
    /// A variable with the value that it has unless another is given.
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self {
            name,
            default,
            values: &[],
        }
    }

    /// The variable, which has one of these values.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }

    /// The name in the template.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The value that it has unless another is given.
    pub const fn default(&self) -> &'static str {
        self.default
    }

    /// The values that it can have; empty where any will do.
    pub const fn allowed(&self) -> &'static [&'static str] {
        self.values
    }
}

/// Why there is no URL for the values of a server's variables.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServerError {
    /// The server has no variable of this name.
    UnknownVariable(String),
    /// The variable of this name cannot have the value: the contract lists others.
    NotAllowed(&'static str),
}

impl std::fmt::Display for ServerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownVariable(name) => {
                write!(f, "the server's URL has no variable {name:?}")
            }
            Self::NotAllowed(name) => {
                write!(f, "the variable {name} is none of the contract's values")
            }
        }
    }
}

impl std::error::Error for ServerError {}

impl Server {
    /// A server by the template of its URL.
    pub const fn new(template: &'static str) -> Self {
        Self {
            template,
            description: None,
            variables: &[],
        }
    }

    /// The server with what the contract says of it.
    #[must_use]
    pub const fn described(mut self, description: &'static str) -> Self {
        self.description = Some(description);
        self
    }

    /// The server with the variables of its template.
    #[must_use]
    pub const fn with_variables(mut self, variables: &'static [ServerVariable]) -> Self {
        self.variables = variables;
        self
    }

    /// The URL as it stands in the contract, variables in braces. It may be relative: then it is
    /// meant relative to where the contract is published.
    pub const fn template(&self) -> &'static str {
        self.template
    }

    /// What the contract says of it.
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The variables of its template.
    pub const fn variables(&self) -> &'static [ServerVariable] {
        self.variables
    }

    /// The URL with every variable at its default.
    pub fn url(&self) -> String {
        self.filled(&|_| None)
    }

    /// The URL with these values of its variables, and the default of every other.
    ///
    /// # Errors
    ///
    /// There is no such variable, or the contract does not list the value.
    pub fn url_with(&self, values: &[(&str, &str)]) -> Result<String, ServerError> {
        for (name, value) in values {
            let Some(variable) = self.variables.iter().find(|one| one.name == *name) else {
                return Err(ServerError::UnknownVariable((*name).to_owned()));
            };
            if !variable.values.is_empty() && !variable.values.contains(value) {
                return Err(ServerError::NotAllowed(variable.name));
            }
        }
        Ok(self.filled(&|name| {
            let given = values.iter().find(|(given, _)| *given == name);
            given.map(|(_, value)| (*value).to_owned())
        }))
    }

    fn filled(&self, value_of: &dyn Fn(&str) -> Option<String>) -> String {
        let mut url = self.template.to_owned();
        for variable in self.variables {
            let value = value_of(variable.name).unwrap_or_else(|| variable.default.to_owned());
            url = url.replace(&format!("{{{}}}", variable.name), &value);
        }
        url
    }

    /// What the variables are in `url`, if it is one of this server.
    fn values_in(&self, url: &str) -> Option<Vec<(&'static str, String)>> {
        let mut values = Vec::new();
        let (mut template, mut rest) = (self.template.trim_end_matches('/'), url);
        while let Some((literal, from)) = template.split_once('{') {
            rest = rest.strip_prefix(literal)?;
            let (name, after) = from.split_once('}')?;
            let end = match after.chars().next() {
                Some(next) => rest.find(next)?,
                None => rest.len(),
            };
            let (value, remaining) = rest.split_at_checked(end)?;
            values.push((name, value.to_owned()));
            (template, rest) = (after, remaining);
        }
        (template == rest).then_some(values)
    }
}

/// The base URL of an operation that has servers of its own, without a slash at its end, for a
/// client of `base`.
///
/// It is that of the first of them where `base` is one of the contract's `servers`, with the same
/// values of variables of the same name. A client of any other URL (a stand-in, a proxy) calls
/// everything there: nothing that it was given for one host goes to another.
pub(crate) fn base_of(
    own: &'static [Server],
    servers: &'static [Server],
    base: &str,
) -> Option<String> {
    let server = own.first()?;
    let values = servers.iter().find_map(|server| server.values_in(base))?;
    let url = server.filled(&|name| {
        let given = values.iter().find(|(given, _)| *given == name);
        given.map(|(_, value)| value.clone())
    });
    let url = Url::parse(base).ok()?.join(&url).ok()?;
    Some(url.as_str().trim_end_matches('/').to_owned())
}
