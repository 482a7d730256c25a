//! Settings of a client and of a call.

use std::time::Duration;

use customer_contact_apis::billing_account::{BillingAccount, Client};
use customer_contact_apis::oracle_utilities;
use typewright_runtime::client::{Config, ConfigError, Policy};

fn clients() -> Result<(Client, oracle_utilities::Client), ConfigError> {
    let config = Config::new("https://billing.example.com/v1")
        .header("X-Channel", "portal")
        .timeout(Duration::from_secs(5))
        .response_validation(Policy::Enforce);
    let billing = Client::from_config(config)?.client_id("portal-7").client_secret("s3cr3t");
    let utilities = Config::new("https://utilities.example.com").basic("user", "password");
    Ok((billing, oracle_utilities::Client::from_config(utilities)?))
}

fn main() {
    let (billing, utilities) = clients().unwrap();
    let (account, contact) = (BillingAccount::new(), oracle_utilities::CustomerContact::new());
    let _in_headers = billing
        .patch_billing_account("TT", "17", &account)
        .x_correlation_id("a-1")
        .customize()
        .header("X-Trace", "1")
        .timeout(Duration::from_secs(1));
    let _in_xml = utilities
        .create_or_update_customer_contact("CC-1", &contact)
        .content_type("application/xml")
        .accept("application/xml");
}
