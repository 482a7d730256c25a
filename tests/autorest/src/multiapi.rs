//! `multiapi-*.json`, which are versions of one API, and what else is optional: `paging.json` and
//! `lro.json`.

use autorest_clients::{
    lro, multiapi_v1, multiapi_v1_custom_base_url, multiapi_v2, multiapi_v2_custom_base_url,
    multiapi_v3, paging,
};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    first(run).await;
    second(run).await;
    third(run).await;

    let client = run.client(paging::Client::from_config);
    run.answers(client.paging_page_with_max_page_size().await, |page| {
        page.values.as_ref().is_some_and(Vec::is_empty)
    });
    let client = run.client(lro::Client::from_config);
    run.done(client.lr_os_patch200_succeeded_ignore_headers().await);
}

async fn first(run: &mut Run) {
    let version = "1.0.0";
    let client = run.client(multiapi_v1::Client::from_config);
    run.done(client.test_one(1, version).await);
    // The contract has a number where the server has a text.
    run.refused(client.test_lro().await, 200);
    run.refused(client.test_lro_and_paging().await, 200);
    run.done(client.operation_group_one_test_two(version).await);
    run.done(client.test_different_calls(version, "hello").await);

    let [server] = multiapi_v1_custom_base_url::Client::SERVERS else {
        return run.failed("there is one server");
    };
    let url = server
        .url_with(&[("Endpoint", run.base_url())])
        .expect("a URL");
    let client = multiapi_v1_custom_base_url::Client::new(&url).expect("a client");
    run.done(client.test(1, version).await);
}

async fn second(run: &mut Run) {
    let version = "2.0.0";
    let client = run.client(multiapi_v2::Client::from_config);
    // The contract has a number where the server has a text.
    run.refused(client.test_one(1, version).await, 200);
    run.refused(client.operation_group_one_test_two(version).await, 200);
    run.done(client.operation_group_one_test_three(version).await);
    run.done(client.operation_group_two_test_four(true, version).await);
    let call = client.test_different_calls(version, "hello");
    run.done(call.greeting_in_chinese("nihao").await);

    let [server] = multiapi_v2_custom_base_url::Client::SERVERS else {
        return run.failed("there is one server");
    };
    let url = server
        .url_with(&[("Endpoint", run.base_url())])
        .expect("a URL");
    let client = multiapi_v2_custom_base_url::Client::new(&url).expect("a client");
    run.done(client.test(2, version).await);
}

async fn third(run: &mut Run) {
    let version = "3.0.0";
    let client = run.client(multiapi_v3::Client::from_config);
    run.answers(
        client.operation_group_one_test_two(version).await,
        |found| found.optional_property.is_some(),
    );
    let source = multiapi_v3::SourcePath::new().source("foo");
    run.done(
        client
            .operation_group_two_test_four(version)
            .body(&source)
            .await,
    );
    run.done(client.operation_group_two_test_five(version).await);
    let call = client.test_different_calls(version, "hello");
    let call = call
        .greeting_in_chinese("nihao")
        .greeting_in_french("bonjour");
    run.done(call.await);

    // The next page is where the first one says.
    let page = client.test_paging().await.expect("a page");
    run.holds(page.next_link.is_some());
    let next = "/multiapi/paging/2?api-version=3.0.0";
    run.answers(client.test_paging().customize().path(next).await, |page| {
        page.next_link.is_none()
    });
    let page = client
        .operation_group_one_test_operation_group_paging()
        .await;
    run.answers(page, |page| page.next_link.is_some());
}
