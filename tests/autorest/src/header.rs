//! `header.json`.

use std::fmt;

use autorest_clients::header::{
    Client, HeaderResponseBoolResponseHeaders, HeaderResponseByteResponseHeaders,
    HeaderResponseDateResponseHeaders, HeaderResponseDatetimeResponseHeaders,
    HeaderResponseDatetimeRfc1123ResponseHeaders, HeaderResponseDoubleResponseHeaders,
    HeaderResponseDurationResponseHeaders, HeaderResponseEnumResponseHeaders,
    HeaderResponseExistingKeyResponseHeaders, HeaderResponseFloatResponseHeaders,
    HeaderResponseIntegerResponseHeaders, HeaderResponseLongResponseHeaders,
    HeaderResponseStringResponseHeaders,
};
use autorest_clients::runtime::{Blank, Date, DateTime, Slot};

use crate::run::{Answer, Run};

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    names(run, &client).await;
    numbers(run, &client).await;
    texts(run, &client).await;
    times(run, &client).await;
}

async fn names(run: &mut Run, client: &Client) {
    run.done(client.header_param_existing_key("overwrite").await);
    let found: HeaderResponseExistingKeyResponseHeaders =
        headers(client.header_response_existing_key().await);
    run.equal(&found.user_agent.as_deref(), &Some("overwrite"));
    // `Content-Type` is none of the operation's own headers: OpenAPI 3.0.3, Parameter Object.
    let call = client
        .header_param_protected_key()
        .header("Content-Type", "text/html");
    run.done(call.await);
    run.answers(client.header_response_protected_key().await, |answer| {
        answer.headers()["content-type"]
            .to_str()
            .is_ok_and(|found| found.starts_with("text/html"))
    });
    let id = "9C4D50EE-2D56-4CD3-8152-34347DC9F2B0";
    run.done(
        client
            .header_custom_request_id()
            .header("x-ms-client-request-id", id)
            .await,
    );
}

async fn numbers(run: &mut Run, client: &Client) {
    run.done(client.header_param_integer("positive", 1).await);
    let found: HeaderResponseIntegerResponseHeaders =
        headers(client.header_response_integer("positive").await);
    run.equal(&found.value, &Some(1));
    run.done(client.header_param_integer("negative", -2).await);
    let found: HeaderResponseIntegerResponseHeaders =
        headers(client.header_response_integer("negative").await);
    run.equal(&found.value, &Some(-2));
    run.done(client.header_param_long("positive", 105).await);
    let found: HeaderResponseLongResponseHeaders =
        headers(client.header_response_long("positive").await);
    run.equal(&found.value, &Some(105));
    run.done(client.header_param_long("negative", -2).await);
    let found: HeaderResponseLongResponseHeaders =
        headers(client.header_response_long("negative").await);
    run.equal(&found.value, &Some(-2));
    run.done(client.header_param_float("positive", 0.07).await);
    let found: HeaderResponseFloatResponseHeaders =
        headers(client.header_response_float("positive").await);
    run.equal(&found.value, &Some(0.07));
    run.done(client.header_param_float("negative", -3.0).await);
    let found: HeaderResponseFloatResponseHeaders =
        headers(client.header_response_float("negative").await);
    run.equal(&found.value, &Some(-3.0));
    run.done(client.header_param_double("positive", 7e120).await);
    let found: HeaderResponseDoubleResponseHeaders =
        headers(client.header_response_double("positive").await);
    run.equal(&found.value, &Some(7e120));
    run.done(client.header_param_double("negative", -3.0).await);
    let found: HeaderResponseDoubleResponseHeaders =
        headers(client.header_response_double("negative").await);
    run.equal(&found.value, &Some(-3.0));
    run.done(client.header_param_bool("true", true).await);
    let found: HeaderResponseBoolResponseHeaders =
        headers(client.header_response_bool("true").await);
    run.equal(&found.value, &Some(true));
    run.done(client.header_param_bool("false", false).await);
    let found: HeaderResponseBoolResponseHeaders =
        headers(client.header_response_bool("false").await);
    run.equal(&found.value, &Some(false));
}

async fn texts(run: &mut Run, client: &Client) {
    let fox = "The quick brown fox jumps over the lazy dog";
    run.done(client.header_param_string("valid").value(fox).await);
    run.done(client.header_param_string("null").await);
    run.done(client.header_param_string("empty").value("").await);
    for (scenario, expected) in [("valid", fox), ("null", "null"), ("empty", "")] {
        let found: HeaderResponseStringResponseHeaders =
            headers(client.header_response_string(scenario).await);
        run.equal(&found.value.as_deref(), &Some(expected));
    }
    run.done(client.header_param_enum("valid").value("GREY".into()).await);
    run.done(client.header_param_enum("null").await);
    for (scenario, expected) in [("valid", "GREY"), ("null", "")] {
        let found: HeaderResponseEnumResponseHeaders =
            headers(client.header_response_enum(scenario).await);
        run.equal(&found.value, &Some(expected.into()));
    }
    let bytes = "5ZWK6b2E5LiC54ub54uc76ex76Ss76ex76iM76ip";
    run.done(client.header_param_byte("valid", bytes).await);
    let found: HeaderResponseByteResponseHeaders =
        headers(client.header_response_byte("valid").await);
    run.equal(&found.value.as_deref(), &Some(bytes));
}

async fn times(run: &mut Run, client: &Client) {
    for (scenario, expected) in [("valid", "2010-01-01"), ("min", "0001-01-01")] {
        let date = Date::parse(expected).expect("a date");
        run.done(client.header_param_date(scenario, date.clone()).await);
        let found: HeaderResponseDateResponseHeaders =
            headers(client.header_response_date(scenario).await);
        run.equal(&found.value, &Some(date));
    }
    for (scenario, expected) in [
        ("valid", "2010-01-01T12:34:56Z"),
        ("min", "0001-01-01T00:00:00Z"),
    ] {
        let point = DateTime::parse(expected).expect("a point in time");
        run.done(client.header_param_datetime(scenario, point.clone()).await);
        let found: HeaderResponseDatetimeResponseHeaders =
            headers(client.header_response_datetime(scenario).await);
        run.equal(&found.value, &Some(point));
    }
    let (valid, min) = (
        "Fri, 01 Jan 2010 12:34:56 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
    );
    for (scenario, expected) in [("valid", valid), ("min", min)] {
        run.done(
            client
                .header_param_datetime_rfc1123(scenario)
                .value(expected)
                .await,
        );
        let found: HeaderResponseDatetimeRfc1123ResponseHeaders =
            headers(client.header_response_datetime_rfc1123(scenario).await);
        run.equal(&found.value.as_deref(), &Some(expected));
    }
    let duration = "P123DT22H14M12.011S";
    run.done(client.header_param_duration("valid", duration).await);
    let found: HeaderResponseDurationResponseHeaders =
        headers(client.header_response_duration("valid").await);
    run.equal(&found.value.as_deref(), &Some(duration));
}

/// The headers of an answer, as their type.
fn headers<H: Blank + Slot, T, E: fmt::Debug>(answer: Answer<T, E>) -> H {
    let answer = answer.expect("an answer");
    answer.read_headers().expect("the headers of the contract")
}
