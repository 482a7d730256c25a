use customer_contact_apis::expandable::CustomerContactUpdate;
// Named, because the message names a type by the way that the program reaches its crate.
use typewright_runtime as _;

fn main() {
    let update = CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", "token");
    let _: String = update.auth_token.to_string();
}
