//! Documents about who is called, and as whom: `custom-baseUrl.json`,
//! `custom-baseUrl-more-options.json`, `parameterized-endpoint.json`, `security-key.json` and
//! `security-aad.json`.

use autorest_clients::{
    custom_baseurl, custom_baseurl_more_options, parameterized_endpoint, security_aad, security_key,
};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    security(run).await;
}

async fn security(run: &mut Run) {
    let client = run.client(security_key::Client::from_config);
    run.done(client.azure_key("123456789").head().await);
    let client = run.client(security_aad::Client::from_config);
    let scope = "https://security.microsoft.com/.default";
    run.done(client.head().bearer_token(scope).await);
}
