//! Keeps the secrets that were sent out of whatever is shown: an answer may echo them.

use std::fmt;
use std::sync::Arc;

use crate::client::parameter;
use crate::secret::{REDACTED, Secret};
use crate::value::{Value, View};
use crate::{Violation, Violations};

/// The secrets that one call sent, in every form in which an answer may repeat them.
#[derive(Clone, Default)]
pub(crate) struct Mask(Arc<Vec<Secret>>);

impl Mask {
    /// A mask for these secrets.
    pub(crate) fn new(secrets: &[Secret]) -> Self {
        let mut forms: Vec<Secret> = Vec::new();
        for secret in secrets {
            let text = secret.expose();
            let json = String::from_utf8_lossy(&crate::json::to_vec(&text).unwrap_or_default())
                .into_owned();
            let json = json.trim_matches('"').to_owned();
            let xml = text
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            for form in [text.to_owned(), json, xml, parameter::encode(text)] {
                let form = Secret::from(form);
                if !form.expose().is_empty() && !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        // A secret may be a part of another: the longer goes first.
        forms.sort_by_key(|form| std::cmp::Reverse(form.expose().len()));
        Self(Arc::new(forms))
    }

    /// Whether `text` holds a secret.
    pub(crate) fn covers(&self, text: &str) -> bool {
        self.0.iter().any(|secret| text.contains(secret.expose()))
    }

    /// `text` without the secrets.
    pub(crate) fn apply(&self, text: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, secret| {
            text.replace(secret.expose(), REDACTED)
        })
    }

    /// `text`, which may break off in the middle of a secret, without the secrets.
    pub(crate) fn apply_cut(&self, text: &str) -> String {
        let mut masked = self.apply(text);
        let cut = self.0.iter().filter_map(|secret| {
            let secret = secret.expose();
            (1..secret.len())
                .rev()
                .filter_map(|end| secret.get(..end))
                .find(|start| masked.ends_with(start))
                .map(str::len)
        });
        if let Some(length) = cut.max() {
            masked.truncate(masked.len() - length);
            masked.push_str(REDACTED);
        }
        masked
    }

    /// The violations, none of which quotes a secret.
    pub(crate) fn violations(&self, violations: Violations) -> Violations {
        if violations.is_empty() || self.0.is_empty() {
            return violations;
        }
        violations
            .into_iter()
            .map(|violation| Violation {
                pointer: self.apply(&violation.pointer),
                actual: self.apply(&violation.actual),
                ..violation
            })
            .collect()
    }

    /// A value of whatever type, shown by its `Debug` without the secrets.
    pub(crate) fn debug<'a, T: fmt::Debug>(&'a self, value: &'a T) -> Masked<'a, T> {
        Masked { mask: self, value }
    }
}

impl fmt::Debug for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// See [`Mask::debug`].
pub(crate) struct Masked<'a, T> {
    mask: &'a Mask,
    value: &'a T,
}

impl<T: fmt::Debug> fmt::Debug for Masked<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = if f.alternate() {
            format!("{:#?}", self.value)
        } else {
            format!("{:?}", self.value)
        };
        f.write_str(&self.mask.apply(&text))
    }
}

/// Adds every secret in `value` to `secrets`.
pub(crate) fn collect_secrets(value: &dyn Value, secrets: &mut Vec<Secret>) {
    visit_secrets(value, &mut |text| secrets.push(Secret::from(text)));
}

/// Whether there is a secret anywhere in `value`.
pub(crate) fn holds_secret(value: &dyn Value) -> bool {
    let mut found = false;
    visit_secrets(value, &mut |_| found = true);
    found
}

fn visit_secrets(value: &dyn Value, visit: &mut dyn FnMut(&str)) {
    match value.view() {
        View::Absent
        | View::Null
        | View::Bool(_)
        | View::Int(_)
        | View::UInt(_)
        | View::Float(_)
        | View::Text(_) => {}
        View::Secret(text) => visit(text),
        View::List(list) => {
            for index in 0..list.len() {
                if let Some(item) = list.item(index) {
                    visit_secrets(item, visit);
                }
            }
        }
        View::Object(object) => {
            for index in 0..object.shape().properties.len() {
                if let Some(value) = object.field(index) {
                    visit_secrets(value, visit);
                }
            }
            for (_, value) in object.extras() {
                visit_secrets(value, visit);
            }
        }
        View::Unmatched(value) => visit_secrets(value, visit),
    }
}

/// Whether the name of a header says that its value is a secret.
pub(crate) fn is_sensitive_header(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "auth",
        "cookie",
        "token",
        "secret",
        "key",
        "password",
        "session",
        "credential",
    ]
    .iter()
    .any(|word| name.contains(word))
}
