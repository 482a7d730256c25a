//! `body-string.json` and `body-byte.json`.

use autorest_clients::body_string::{Client, RefColorConstant, StringPutEmptyRequest};
use autorest_clients::{body_byte, body_string};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    run.fails(client.string_get_null().await);
    run.done(client.string_put_null().await);
    run.gives(client.string_get_empty().await, "");
    run.done(client.string_put_empty(&StringPutEmptyRequest::Empty).await);
    // What came is sent back, as the contract has one value alone for both.
    let many_scripts = client.string_get_mbcs().await.expect("a text");
    run.holds(many_scripts.is_known());
    run.done(client.string_put_mbcs(&many_scripts).await);
    let spaces = client.string_get_whitespace().await.expect("a text");
    run.holds(spaces.is_known());
    run.done(client.string_put_whitespace(&spaces).await);
    run.fails(client.string_get_not_provided().await);
    let base64 = "YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjQ=";
    run.gives(client.string_get_base64_encoded().await, base64);
    let base64url = "YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjR1cmw";
    run.gives(client.string_get_base64_url_encoded().await, base64url);
    run.done(client.string_put_base64_url_encoded(base64url).await);
    run.fails(client.string_get_null_base64_url_encoded().await);

    run.gives(client.enum_get_not_expandable().await, "red color");
    run.done(client.enum_put_not_expandable(&"red color".into()).await);
    run.gives(client.enum_get_referenced().await, "red color");
    run.done(
        client
            .enum_put_referenced(&body_string::RefColors::RedColor)
            .await,
    );
    run.answers(client.enum_get_referenced_constant().await, |found| {
        found.field1.as_deref() == Some("Sample String")
    });
    run.done(
        client
            .enum_put_referenced_constant(&RefColorConstant::new())
            .await,
    );

    let client = run.client(body_byte::Client::from_config);
    run.fails(client.byte_get_null().await);
    run.gives(client.byte_get_empty().await, "");
    run.gives(client.byte_get_non_ascii().await, "//79/Pv6+fj39g==");
    run.done(client.byte_put_non_ascii("//79/Pv6+fj39g==").await);
    run.breaks(client.byte_get_invalid().await);
}
