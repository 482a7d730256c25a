//! `url.json` and `url-multi-collectionFormat.json`.

use autorest_clients::url::{Client, PathsEnumValidEnumPath, PathsStringUnicodeStringPath};
use autorest_clients::url_multi_collection_format;

use crate::run::Run;

/// The UTF-8 of a text in many scripts.
const BYTES: &str = "5ZWK6b2E5LiC54ub54uc76ex76Ss76ex76iM76ip";

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    paths(run, &client).await;
    queries(run, &client).await;
    lists(run, &client).await;
    items(run, &client).await;
}

async fn paths(run: &mut Run, client: &Client) {
    run.done(client.paths_get_boolean_true(true).await);
    run.done(client.paths_get_boolean_false(false).await);
    run.done(client.paths_get_int_one_million(1_000_000).await);
    run.done(client.paths_get_int_negative_one_million(-1_000_000).await);
    run.done(client.paths_get_ten_billion(10_000_000_000).await);
    run.done(client.paths_get_negative_ten_billion(-10_000_000_000).await);
    run.done(client.paths_float_scientific_positive(1.034e20).await);
    run.done(client.paths_float_scientific_negative(-1.034e-20).await);
    run.done(client.paths_double_decimal_positive(9_999_999.999).await);
    run.done(client.paths_double_decimal_negative(-9_999_999.999).await);
    run.done(
        client
            .paths_string_unicode(PathsStringUnicodeStringPath::啊齄丂狛狜)
            .await,
    );
    run.done(
        client
            .paths_string_url_encoded("begin!*'();:@ &=+$,/?#[]end".into())
            .await,
    );
    run.done(
        client
            .paths_string_url_non_encoded("begin!*'();:@&=+$,end".into())
            .await,
    );
    run.done(client.paths_string_empty("".into()).await);
    run.done(
        client
            .paths_enum_valid(PathsEnumValidEnumPath::GreenColor)
            .await,
    );
    run.done(client.paths_byte_multi_byte(BYTES).await);
    run.done(client.paths_byte_empty("".into()).await);
    run.done(client.paths_date_valid("2012-01-01".into()).await);
    run.done(
        client
            .paths_date_time_valid("2012-01-01T01:01:01Z".into())
            .await,
    );
    run.done(client.paths_base64_url("bG9yZW0").await);
    run.done(client.paths_unix_time_url(1_460_505_600).await);
    run.done(
        client
            .paths_array_csv_in_path(&odd_texts("ArrayPath1"))
            .await,
    );
}

async fn queries(run: &mut Run, client: &Client) {
    run.done(client.queries_get_boolean_true(true).await);
    run.done(client.queries_get_boolean_false(false).await);
    run.done(client.queries_get_boolean_null().await);
    run.done(client.queries_get_int_one_million(1_000_000).await);
    run.done(
        client
            .queries_get_int_negative_one_million(-1_000_000)
            .await,
    );
    run.done(client.queries_get_int_null().await);
    run.done(client.queries_get_ten_billion(10_000_000_000).await);
    run.done(
        client
            .queries_get_negative_ten_billion(-10_000_000_000)
            .await,
    );
    run.done(client.queries_get_long_null().await);
    run.done(client.queries_float_scientific_positive(1.034e20).await);
    run.done(client.queries_float_scientific_negative(-1.034e-20).await);
    run.done(client.queries_float_null().await);
    run.done(client.queries_double_decimal_positive(9_999_999.999).await);
    run.done(client.queries_double_decimal_negative(-9_999_999.999).await);
    run.done(client.queries_double_null().await);
    run.done(
        client
            .queries_string_unicode(PathsStringUnicodeStringPath::啊齄丂狛狜)
            .await,
    );
    run.done(
        client
            .queries_string_url_encoded("begin!*'();:@ &=+$,/?#[]end".into())
            .await,
    );
    run.done(client.queries_string_empty("".into()).await);
    run.done(client.queries_string_null().await);
    run.done(
        client
            .queries_enum_valid()
            .enum_query("green color".into())
            .await,
    );
    run.done(client.queries_enum_null().await);
    run.done(client.queries_byte_multi_byte().byte_query(BYTES).await);
    run.done(client.queries_byte_empty("".into()).await);
    run.done(client.queries_byte_null().await);
    run.done(client.queries_date_valid("2012-01-01".into()).await);
    run.done(client.queries_date_null().await);
    run.done(
        client
            .queries_date_time_valid("2012-01-01T01:01:01Z".into())
            .await,
    );
    run.done(client.queries_date_time_null().await);
}

async fn lists(run: &mut Run, client: &Client) {
    let texts = odd_texts("ArrayQuery1");
    run.done(
        client
            .queries_array_string_csv_valid()
            .array_query(texts.clone())
            .await,
    );
    run.done(client.queries_array_string_csv_null().await);
    // A list without items is not sent; one empty text is what the server takes for it.
    run.done(
        client
            .queries_array_string_csv_empty()
            .array_query(vec![String::new()])
            .await,
    );
    let plain = ["hello", "nihao", "bonjour"].map(str::to_owned).to_vec();
    let call = client.queries_array_string_no_collection_format_empty();
    run.done(call.array_query(plain).await);
    run.done(
        client
            .queries_array_string_ssv_valid()
            .array_query(texts.clone())
            .await,
    );
    run.done(
        client
            .queries_array_string_tsv_valid()
            .array_query(texts.clone())
            .await,
    );
    run.done(
        client
            .queries_array_string_pipes_valid()
            .array_query(texts.clone())
            .await,
    );

    let client = run.client(url_multi_collection_format::Client::from_config);
    run.done(client.queries_array_string_multi_null().await);
    run.done(
        client
            .queries_array_string_multi_empty()
            .array_query(Vec::new())
            .await,
    );
    let texts = texts.into_iter().map(Some).collect();
    run.done(
        client
            .queries_array_string_multi_valid()
            .array_query(texts)
            .await,
    );
}

/// Parameters of the contract, of a path and of an operation.
async fn items(run: &mut Run, client: &Client) {
    let (global, item, local) = ("globalStringPath", "pathItemStringPath", "localStringPath");
    run.done(
        client
            .path_items_get_all_with_values(item, global, local)
            .path_item_string_query("pathItemStringQuery")
            .global_string_query("globalStringQuery")
            .local_string_query("localStringQuery")
            .await,
    );
    run.done(
        client
            .path_items_get_global_query_null(item, global, local)
            .path_item_string_query("pathItemStringQuery")
            .local_string_query("localStringQuery")
            .await,
    );
    run.done(
        client
            .path_items_get_global_and_local_query_null(item, global, local)
            .path_item_string_query("pathItemStringQuery")
            .await,
    );
    run.done(
        client
            .path_items_get_local_path_item_query_null(item, global, local)
            .global_string_query("globalStringQuery")
            .await,
    );
}

/// Texts with everything that delimits something in a URL.
fn odd_texts(first: &str) -> Vec<String> {
    [first, "begin!*'();:@ &=+$,/?#[]end", "", ""]
        .map(str::to_owned)
        .to_vec()
}
