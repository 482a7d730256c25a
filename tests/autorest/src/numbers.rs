//! `body-integer.json` and `body-number.json`.

use autorest_clients::{body_integer, body_number};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    integers(run).await;
    numbers(run).await;
}

async fn integers(run: &mut Run) {
    let client = run.client(body_integer::Client::from_config);
    run.fails(client.int_get_null().await);
    run.fails(client.int_get_invalid().await);
    run.fails(client.int_get_overflow_int32().await);
    run.fails(client.int_get_underflow_int32().await);
    run.fails(client.int_get_overflow_int64().await);
    run.fails(client.int_get_underflow_int64().await);
    run.done(client.int_put_max32(&i32::MAX).await);
    run.done(client.int_put_max64(&i64::MAX).await);
    run.done(client.int_put_min32(&i32::MIN).await);
    run.done(client.int_put_min64(&i64::MIN).await);
    run.gives(client.int_get_unix_time().await, 1_460_505_600);
    run.done(client.int_put_unix_time_date(&1_460_505_600).await);
    run.fails(client.int_get_invalid_unix_time().await);
    run.fails(client.int_get_null_unix_time().await);
}

async fn numbers(run: &mut Run) {
    let client = run.client(body_number::Client::from_config);
    run.fails(client.number_get_null().await);
    run.fails(client.number_get_invalid_float().await);
    run.fails(client.number_get_invalid_double().await);
    run.fails(client.number_get_invalid_decimal().await);
    run.answers(client.number_get_big_float().await, |found| {
        **found == 3.402_823e20
    });
    run.done(client.number_put_big_float(&3.402_823e20).await);
    run.answers(client.number_get_big_double().await, |found| {
        **found == 2.597_693_1e101
    });
    run.done(client.number_put_big_double(&2.597_693_1e101).await);
    run.gives(
        client.number_get_big_double_positive_decimal().await,
        99_999_999.99,
    );
    run.done(
        client
            .number_put_big_double_positive_decimal(&99_999_999.99)
            .await,
    );
    run.gives(
        client.number_get_big_double_negative_decimal().await,
        -99_999_999.99,
    );
    run.done(
        client
            .number_put_big_double_negative_decimal(&-99_999_999.99)
            .await,
    );
    run.gives(client.number_get_big_decimal().await, 2.597_693_1e101);
    run.done(client.number_put_big_decimal(&2.597_693_1e101).await);
    run.gives(
        client.number_get_big_decimal_positive_decimal().await,
        99_999_999.99,
    );
    run.done(
        client
            .number_put_big_decimal_positive_decimal(&99_999_999.99)
            .await,
    );
    run.gives(
        client.number_get_big_decimal_negative_decimal().await,
        -99_999_999.99,
    );
    run.done(
        client
            .number_put_big_decimal_negative_decimal(&-99_999_999.99)
            .await,
    );
    run.gives(client.number_get_small_float().await, 3.402_823e-20);
    run.done(client.number_put_small_float(&3.402_823e-20).await);
    run.gives(client.number_get_small_double().await, 2.597_693_1e-101);
    run.done(client.number_put_small_double(&2.597_693_1e-101).await);
    run.gives(client.number_get_small_decimal().await, 2.597_693_1e-101);
    run.done(client.number_put_small_decimal(&2.597_693_1e-101).await);
}
