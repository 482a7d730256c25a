//! Whether the body of a successful status says failure: `x-typewright-in-band-error`.

use crate::client::operation::InBand;
use crate::secret::REDACTED;
use crate::value::{Object, Value, View};

/// What an in-band failure says.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) retryable: bool,
}

/// What the body says of a failure; `None` where it says none.
pub(crate) fn said_failure(value: Option<&dyn Value>, in_band: &InBand) -> Option<Said> {
    let View::Object(object) = value?.view().settled() else {
        return None;
    };
    let code = property_text(object, in_band.property).filter(|code| !code.is_empty())?;
    let retryable = in_band.retryable.contains(&code.as_str());
    let message = in_band.message.and_then(|name| property_text(object, name));
    let message = message.filter(|message| !message.is_empty());
    Some(Said {
        code: Some(code),
        message,
        retryable,
    })
}

/// A property that is there, as text.
fn property_text(object: &dyn Object, name: &str) -> Option<String> {
    let value = match object.shape().index_of(name, 0) {
        Some(index) => object.field(index),
        None => object
            .extras()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value),
    };
    match value?.view().settled() {
        View::Absent | View::Null => None,
        View::Bool(value) => Some(value.to_string()),
        View::Int(value) => Some(value.to_string()),
        View::UInt(value) => Some(value.to_string()),
        View::Float(value) => Some(value.to_string()),
        View::Text(text) => Some(text.to_owned()),
        View::Secret(_) => Some(REDACTED.to_owned()),
        // A structure is a failure too; its contents are in the error itself.
        View::Binary(_) => Some("bytes".to_owned()),
        View::List(_) | View::Object(_) | View::Unmatched(_) => Some("an object".to_owned()),
    }
}
