//! The README's client in ten lines.

use customer_contact_apis::expandable::{Client, CustomerContact, CustomerContactUpdate};
use typewright_runtime::client::Response;

async fn update(token: &str) -> Result<Response<CustomerContact>, Box<dyn std::error::Error>> {
    let erp = Client::new("https://erp.example.com")?;
    let saved = erp
        .update_customer_contact(
            &CustomerContactUpdate::new("ABCCORP", "JHERNANDEZ", token)
                .e_mail("jhernandez@abccorp.com")
                .notes("Prefers e-mail"),
        )
        .await?;
    println!("changed by {:?}", saved.modified_by);
    Ok(saved)
}

fn main() {
    drop(update("token"));
}
