//! Problem details: what a server says of a failure in the standard's words.

use serde_json::{Map, Value};

use crate::Json;

/// What went wrong, as a server says it: RFC 9457, section 3.1. A member of another type than the standard
/// has for it counts as absent.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ProblemDetails {
    /// Which kind of problem it is, as a URI; `about:blank` where that is not said.
    pub type_uri: String,
    /// What the kind of problem is called.
    pub title: Option<String>,
    /// The status that the server answered with.
    pub status: Option<u16>,
    /// What went wrong this time.
    pub detail: Option<String>,
    /// What names this occurrence, as a URI.
    pub instance: Option<String>,
    /// All that the kind of problem has beside that.
    pub extensions: Map<String, Json>,
}

impl ProblemDetails {
    /// Reads problem details in JSON; `None` where the text is no object.
    pub(crate) fn of_json(text: &str) -> Option<Self> {
        let Ok(Value::Object(mut members)) = serde_json::from_str(text) else {
            return None;
        };
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) => Some(text),
            Some(_) | None => None,
        };
        let type_uri = text("type").unwrap_or_else(|| "about:blank".to_owned());
        let (title, detail, instance) = (text("title"), text("detail"), text("instance"));
        let status = members.remove("status").and_then(|status| status.as_u64());
        Some(Self {
            type_uri,
            title,
            status: status.and_then(|status| status.try_into().ok()),
            detail,
            instance,
            extensions: members,
        })
    }
}
