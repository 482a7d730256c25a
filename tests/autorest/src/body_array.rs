//! `body-array.json`. An empty body is no list, and null is no item where the contract does not say so.

use autorest_clients::body_array::Client;
use serde_json::json;

use crate::run::{Run, read};

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    run.fails(client.array_get_null().await);
    run.fails(client.array_get_invalid().await);
    run.gives(client.array_get_empty().await, json!([]));
    run.done(client.array_put_empty(&read(json!([]))).await);
    run.gives(
        client.array_get_boolean_tfft().await,
        json!([true, false, false, true]),
    );
    run.done(
        client
            .array_put_boolean_tfft(&read(json!([true, false, false, true])))
            .await,
    );
    run.fails(client.array_get_boolean_invalid_null().await);
    run.fails(client.array_get_boolean_invalid_string().await);
    run.gives(
        client.array_get_integer_valid().await,
        json!([1, -1, 3, 300]),
    );
    run.done(
        client
            .array_put_integer_valid(&read(json!([1, -1, 3, 300])))
            .await,
    );
    run.fails(client.array_get_int_invalid_null().await);
    run.fails(client.array_get_int_invalid_string().await);
    run.gives(client.array_get_long_valid().await, json!([1, -1, 3, 300]));
    run.done(
        client
            .array_put_long_valid(&read(json!([1, -1, 3, 300])))
            .await,
    );
    run.fails(client.array_get_long_invalid_null().await);
    run.fails(client.array_get_long_invalid_string().await);
    run.answers(client.array_get_float_valid().await, |found| {
        **found == [0.0, -0.01, -1.2e20]
    });
    run.done(
        client
            .array_put_float_valid(&vec![0.0, -0.01, -1.2e20])
            .await,
    );
    run.fails(client.array_get_float_invalid_null().await);
    run.fails(client.array_get_float_invalid_string().await);
    run.answers(client.array_get_double_valid().await, |found| {
        **found == [0.0, -0.01, -1.2e20]
    });
    run.done(
        client
            .array_put_double_valid(&vec![0.0, -0.01, -1.2e20])
            .await,
    );
    run.fails(client.array_get_double_invalid_null().await);
    run.fails(client.array_get_double_invalid_string().await);
    run.gives(
        client.array_get_string_valid().await,
        json!(["foo1", "foo2", "foo3"]),
    );
    run.done(
        client
            .array_put_string_valid(&read(json!(["foo1", "foo2", "foo3"])))
            .await,
    );
    run.gives(
        client.array_get_enum_valid().await,
        json!(["foo1", "foo2", "foo3"]),
    );
    run.done(
        client
            .array_put_enum_valid(&read(json!(["foo1", "foo2", "foo3"])))
            .await,
    );
    run.gives(
        client.array_get_string_enum_valid().await,
        json!(["foo1", "foo2", "foo3"]),
    );
    run.done(
        client
            .array_put_string_enum_valid(&read(json!(["foo1", "foo2", "foo3"])))
            .await,
    );
    run.gives(
        client.array_get_string_with_null().await,
        json!(["foo", null, "foo2"]),
    );
    run.fails(client.array_get_string_with_invalid().await);
    run.gives(
        client.array_get_uuid_valid().await,
        json!([
            "6dcc7237-45fe-45c4-8a6b-3a8a3f625652",
            "d1399005-30f7-40d6-8da6-dd7c89ad34db",
            "f42f6aa1-a5bc-4ddf-907e-5f915de43205"
        ]),
    );
    run.done(
        client
            .array_put_uuid_valid(&read(json!([
                "6dcc7237-45fe-45c4-8a6b-3a8a3f625652",
                "d1399005-30f7-40d6-8da6-dd7c89ad34db",
                "f42f6aa1-a5bc-4ddf-907e-5f915de43205"
            ])))
            .await,
    );
    run.breaks(client.array_get_uuid_invalid_chars().await);
    run.gives(
        client.array_get_date_valid().await,
        json!(["2000-12-01", "1980-01-02", "1492-10-12"]),
    );
    run.done(
        client
            .array_put_date_valid(&read(json!(["2000-12-01", "1980-01-02", "1492-10-12"])))
            .await,
    );
    run.fails(client.array_get_date_invalid_null().await);
    run.breaks(client.array_get_date_invalid_chars().await);
    run.gives(
        client.array_get_date_time_valid().await,
        json!([
            "2000-12-01t00:00:01z",
            "1980-01-02T00:11:35+01:00",
            "1492-10-12T10:15:01-08:00"
        ]),
    );
    run.done(
        client
            .array_put_date_time_valid(&read(json!([
                "2000-12-01T00:00:01Z",
                "1980-01-02T00:11:35Z",
                "1492-10-12T10:15:01Z"
            ])))
            .await,
    );
    run.fails(client.array_get_date_time_invalid_null().await);
    run.breaks(client.array_get_date_time_invalid_chars().await);
    run.gives(
        client.array_get_date_time_rfc1123_valid().await,
        json!([
            "Fri, 01 Dec 2000 00:00:01 GMT",
            "Wed, 02 Jan 1980 00:11:35 GMT",
            "Wed, 12 Oct 1492 10:15:01 GMT"
        ]),
    );
    run.done(
        client
            .array_put_date_time_rfc1123_valid(&read(json!([
                "Fri, 01 Dec 2000 00:00:01 GMT",
                "Wed, 02 Jan 1980 00:11:35 GMT",
                "Wed, 12 Oct 1492 10:15:01 GMT"
            ])))
            .await,
    );
    run.gives(
        client.array_get_duration_valid().await,
        json!(["P123DT22H14M12.011S", "P5DT1H0M0S"]),
    );
    run.done(
        client
            .array_put_duration_valid(&read(json!(["P123DT22H14M12.011S", "P5DT1H"])))
            .await,
    );
    run.gives(
        client.array_get_byte_valid().await,
        json!(["////+g==", "AQID", "JSlD"]),
    );
    run.done(
        client
            .array_put_byte_valid(&read(json!(["////+g==", "AQID", "JSlD"])))
            .await,
    );
    run.fails(client.array_get_byte_invalid_null().await);
    run.gives(
        client.array_get_base64_url().await,
        json!([
            "YSBzdHJpbmcgdGhhdCBnZXRzIGVuY29kZWQgd2l0aCBiYXNlNjR1cmw",
            "dGVzdCBzdHJpbmc",
            "TG9yZW0gaXBzdW0"
        ]),
    );
    run.fails(client.array_get_complex_null().await);
    run.gives(client.array_get_complex_empty().await, json!([]));
    run.fails(client.array_get_complex_item_null().await);
    run.gives(
        client.array_get_complex_item_empty().await,
        json!([{ "integer": 1, "string": "2" }, {}, { "integer": 5, "string": "6" }]),
    );
    run.gives(
        client.array_get_complex_valid().await,
        json!([
            { "integer": 1, "string": "2" },
            { "integer": 3, "string": "4" },
            { "integer": 5, "string": "6" },
        ]),
    );
    run.done(
        client
            .array_put_complex_valid(&read(json!([
                { "integer": 1, "string": "2" },
                { "integer": 3, "string": "4" },
                { "integer": 5, "string": "6" },
            ])))
            .await,
    );
    run.fails(client.array_get_array_null().await);
    run.gives(client.array_get_array_empty().await, json!([]));
    run.gives(
        client.array_get_array_item_null().await,
        json!([["1", "2", "3"], null, ["7", "8", "9"]]),
    );
    run.gives(
        client.array_get_array_item_empty().await,
        json!([["1", "2", "3"], [], ["7", "8", "9"]]),
    );
    run.gives(
        client.array_get_array_valid().await,
        json!([["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"]]),
    );
    run.done(
        client
            .array_put_array_valid(&read(json!([
                ["1", "2", "3"],
                ["4", "5", "6"],
                ["7", "8", "9"]
            ])))
            .await,
    );
    run.fails(client.array_get_dictionary_null().await);
    run.gives(client.array_get_dictionary_empty().await, json!([]));
    run.gives(client.array_get_dictionary_item_null().await, json!([{ "1": "one", "2": "two", "3": "three" }, null, { "7": "seven", "8": "eight", "9": "nine" }]));
    run.gives(client.array_get_dictionary_item_empty().await, json!([{ "1": "one", "2": "two", "3": "three" }, {}, { "7": "seven", "8": "eight", "9": "nine" }]));
    run.gives(client.array_get_dictionary_valid().await, json!([{ "1": "one", "2": "two", "3": "three" }, { "4": "four", "5": "five", "6": "six" }, { "7": "seven", "8": "eight", "9": "nine" }]));
    run.done(client.array_put_dictionary_valid(&read(json!([{ "1": "one", "2": "two", "3": "three" }, { "4": "four", "5": "five", "6": "six" }, { "7": "seven", "8": "eight", "9": "nine" }]))).await);
}
