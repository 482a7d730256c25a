//! Documents about who is called, and as whom: `custom-baseUrl.json`,
//! `custom-baseUrl-more-options.json`, `parameterized-endpoint.json`, `security-key.json` and
//! `security-aad.json`.

use autorest_clients::{
    custom_base_url, custom_base_url_more_options, parameterized_endpoint, security_aad,
    security_key,
};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    templates(run).await;
    security(run).await;
}

/// The address of a client is made of what the contract leaves open.
async fn templates(run: &mut Run) {
    let host = format!("host:{}", run.port());
    let [server] = custom_base_url::Client::SERVERS else {
        return run.failed("there is one server");
    };
    let url = server.url_with(&[("accountName", "local"), ("host", &host)]);
    // The contract says nothing of a scheme, and then it is the one that is safe.
    let url = url.expect("a URL").replace("https://", "http://");
    run.equal(&url, &format!("http://local{host}"));
    let client = custom_base_url::Client::new(&url).expect("a client");
    run.done(client.paths_get_empty().await);

    let [server] = custom_base_url_more_options::Client::SERVERS else {
        return run.failed("there is one server");
    };
    let values = [
        ("vault", "http://lo"),
        ("secret", "cal"),
        ("dnsSuffix", &*host),
    ];
    let url = server.url_with(&values).expect("a URL");
    let client = custom_base_url_more_options::Client::new(&url).expect("a client");
    run.done(
        client
            .paths_get_empty("key1", "test12")
            .key_version("v1")
            .await,
    );

    let [server] = parameterized_endpoint::Client::SERVERS else {
        return run.failed("there is one server");
    };
    let url = server
        .url_with(&[("endpoint", run.base_url())])
        .expect("a URL");
    let client = parameterized_endpoint::Client::new(&url).expect("a client");
    run.done(client.get().await);
}

async fn security(run: &mut Run) {
    let client = run.client(security_key::Client::from_config);
    run.done(client.azure_key("123456789").head().await);
    let client = run.client(security_aad::Client::from_config);
    let scope = "https://security.microsoft.com/.default";
    run.done(client.head().bearer_token(scope).await);
}
