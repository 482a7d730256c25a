//! A secret can be debugged: it does not show.

use customer_contact_apis::expandable::CustomerContactUpdate;
use typewright_runtime::Secret;

fn main() {
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", Secret::new("hunter2"));
    let shown = format!("{update:?}");
    assert!(!shown.contains("hunter2") && shown.contains("[redacted]"));
    assert_eq!(update.auth_token.expose(), "hunter2");
}
