//! `body-dictionary.json`. What holds for lists holds for maps.

use autorest_clients::body_dictionary::Client;
use serde_json::json;

use crate::run::{Run, read};

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    run.fails(client.dictionary_get_null().await);
    run.gives(client.dictionary_get_empty().await, json!({}));
    run.done(client.dictionary_put_empty(&read(json!({}))).await);
    run.fails(client.dictionary_get_null_value().await);
    run.fails(client.dictionary_get_null_key().await);
    run.gives(
        client.dictionary_get_empty_string_key().await,
        json!({ "": "val1" }),
    );
    run.fails(client.dictionary_get_invalid().await);
    run.gives(
        client.dictionary_get_boolean_tfft().await,
        json!({ "0": true, "1": false, "2": false, "3": true }),
    );
    run.done(
        client
            .dictionary_put_boolean_tfft(&read(
                json!({ "0": true, "1": false, "2": false, "3": true }),
            ))
            .await,
    );
    run.fails(client.dictionary_get_boolean_invalid_null().await);
    run.fails(client.dictionary_get_boolean_invalid_string().await);
    run.gives(
        client.dictionary_get_integer_valid().await,
        json!({ "0": 1, "1": -1, "2": 3, "3": 300 }),
    );
    run.done(
        client
            .dictionary_put_integer_valid(&read(json!({ "0": 1, "1": -1, "2": 3, "3": 300 })))
            .await,
    );
    run.fails(client.dictionary_get_int_invalid_null().await);
    run.fails(client.dictionary_get_int_invalid_string().await);
    run.gives(
        client.dictionary_get_long_valid().await,
        json!({ "0": 1, "1": -1, "2": 3, "3": 300 }),
    );
    run.done(
        client
            .dictionary_put_long_valid(&read(json!({ "0": 1, "1": -1, "2": 3, "3": 300 })))
            .await,
    );
    run.fails(client.dictionary_get_long_invalid_null().await);
    run.fails(client.dictionary_get_long_invalid_string().await);
    run.answers(client.dictionary_get_float_valid().await, |found| {
        found["1"] == -0.01
    });
    run.done(
        client
            .dictionary_put_float_valid(&read(json!({ "0": 0.0, "1": -0.01, "2": -1.2e20 })))
            .await,
    );
    run.fails(client.dictionary_get_float_invalid_null().await);
    run.fails(client.dictionary_get_float_invalid_string().await);
    run.answers(client.dictionary_get_double_valid().await, |found| {
        found["1"] == -0.01
    });
    run.done(
        client
            .dictionary_put_double_valid(&read(json!({ "0": 0.0, "1": -0.01, "2": -1.2e20 })))
            .await,
    );
    run.fails(client.dictionary_get_double_invalid_null().await);
    run.fails(client.dictionary_get_double_invalid_string().await);
    run.gives(
        client.dictionary_get_string_valid().await,
        json!({ "0": "foo1", "1": "foo2", "2": "foo3" }),
    );
    run.done(
        client
            .dictionary_put_string_valid(&read(json!({ "0": "foo1", "1": "foo2", "2": "foo3" })))
            .await,
    );
    run.fails(client.dictionary_get_string_with_null().await);
    run.fails(client.dictionary_get_string_with_invalid().await);
    run.gives(
        client.dictionary_get_date_valid().await,
        json!({ "0": "2000-12-01", "1": "1980-01-02", "2": "1492-10-12" }),
    );
    run.done(
        client
            .dictionary_put_date_valid(&read(
                json!({ "0": "2000-12-01", "1": "1980-01-02", "2": "1492-10-12" }),
            ))
            .await,
    );
    run.fails(client.dictionary_get_date_invalid_null().await);
    run.breaks(client.dictionary_get_date_invalid_chars().await);
    run.gives(client.dictionary_get_date_time_valid().await, json!({ "0": "2000-12-01t00:00:01z", "1": "1980-01-02T00:11:35+01:00", "2": "1492-10-12T10:15:01-08:00" }));
    run.done(client.dictionary_put_date_time_valid(&read(json!({ "0": "2000-12-01T00:00:01Z", "1": "1980-01-01T23:11:35Z", "2": "1492-10-12T18:15:01Z" }))).await);
    run.fails(client.dictionary_get_date_time_invalid_null().await);
    run.breaks(client.dictionary_get_date_time_invalid_chars().await);
    run.gives(
        client.dictionary_get_date_time_rfc1123_valid().await,
        json!({
            "0": "Fri, 01 Dec 2000 00:00:01 GMT",
            "1": "Wed, 02 Jan 1980 00:11:35 GMT",
            "2": "Wed, 12 Oct 1492 10:15:01 GMT",
        }),
    );
    run.done(
        client
            .dictionary_put_date_time_rfc1123_valid(&read(json!({
                "0": "Fri, 01 Dec 2000 00:00:01 GMT",
                "1": "Wed, 02 Jan 1980 00:11:35 GMT",
                "2": "Wed, 12 Oct 1492 10:15:01 GMT",
            })))
            .await,
    );
    run.gives(
        client.dictionary_get_duration_valid().await,
        json!({ "0": "P123DT22H14M12.011S", "1": "P5DT1H" }),
    );
    run.done(
        client
            .dictionary_put_duration_valid(&read(
                json!({ "0": "P123DT22H14M12.011S", "1": "P5DT1H" }),
            ))
            .await,
    );
    run.gives(
        client.dictionary_get_byte_valid().await,
        json!({ "0": "////+g==", "1": "AQID", "2": "JSlD" }),
    );
    run.done(
        client
            .dictionary_put_byte_valid(&read(json!({ "0": "////+g==", "1": "AQID", "2": "JSlD" })))
            .await,
    );
    run.fails(client.dictionary_get_byte_invalid_null().await);
    run.answers(client.dictionary_get_base64_url().await, |found| {
        found["1"] == "dGVzdCBzdHJpbmc"
    });
    run.fails(client.dictionary_get_complex_null().await);
    run.gives(client.dictionary_get_complex_empty().await, json!({}));
    run.fails(client.dictionary_get_complex_item_null().await);
    run.gives(client.dictionary_get_complex_item_empty().await, json!({ "0": { "integer": 1, "string": "2" }, "1": {}, "2": { "integer": 5, "string": "6" } }));
    run.gives(client.dictionary_get_complex_valid().await, json!({ "0": { "integer": 1, "string": "2" }, "1": { "integer": 3, "string": "4" }, "2": { "integer": 5, "string": "6" } }));
    run.done(client.dictionary_put_complex_valid(&read(json!({ "0": { "integer": 1, "string": "2" }, "1": { "integer": 3, "string": "4" }, "2": { "integer": 5, "string": "6" } }))).await);
    run.fails(client.dictionary_get_array_null().await);
    run.gives(client.dictionary_get_array_empty().await, json!({}));
    run.gives(
        client.dictionary_get_array_item_null().await,
        json!({ "0": ["1", "2", "3"], "1": null, "2": ["7", "8", "9"] }),
    );
    run.gives(
        client.dictionary_get_array_item_empty().await,
        json!({ "0": ["1", "2", "3"], "1": [], "2": ["7", "8", "9"] }),
    );
    run.gives(
        client.dictionary_get_array_valid().await,
        json!({ "0": ["1", "2", "3"], "1": ["4", "5", "6"], "2": ["7", "8", "9"] }),
    );
    run.done(
        client
            .dictionary_put_array_valid(&read(
                json!({ "0": ["1", "2", "3"], "1": ["4", "5", "6"], "2": ["7", "8", "9"] }),
            ))
            .await,
    );
    run.fails(client.dictionary_get_dictionary_null().await);
    run.gives(client.dictionary_get_dictionary_empty().await, json!({}));
    run.gives(client.dictionary_get_dictionary_item_null().await, json!({ "0": { "1": "one", "2": "two", "3": "three" }, "1": null, "2": { "7": "seven", "8": "eight", "9": "nine" } }));
    run.gives(client.dictionary_get_dictionary_item_empty().await, json!({ "0": { "1": "one", "2": "two", "3": "three" }, "1": {}, "2": { "7": "seven", "8": "eight", "9": "nine" } }));
    run.gives(client.dictionary_get_dictionary_valid().await, json!({ "0": { "1": "one", "2": "two", "3": "three" }, "1": { "4": "four", "5": "five", "6": "six" }, "2": { "7": "seven", "8": "eight", "9": "nine" } }));
    run.done(client.dictionary_put_dictionary_valid(&read(json!({ "0": { "1": "one", "2": "two", "3": "three" }, "1": { "4": "four", "5": "five", "6": "six" }, "2": { "7": "seven", "8": "eight", "9": "nine" } }))).await);
}
