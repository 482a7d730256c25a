//! `body-date.json`, `body-datetime.json`, `body-datetime-rfc1123.json`, `body-duration.json` and
//! `body-time.json`.

use autorest_clients::runtime::{Date, DateTime};
use autorest_clients::{body_date, body_datetime, body_datetime_rfc1123, body_duration, body_time};

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    dates(run).await;
    points(run).await;
    points_of_http(run).await;
    others(run).await;
}

async fn dates(run: &mut Run) {
    let client = run.client(body_date::Client::from_config);
    run.fails(client.date_get_null().await);
    run.breaks(client.date_get_invalid_date().await);
    run.breaks(client.date_get_overflow_date().await);
    run.breaks(client.date_get_underflow_date().await);
    run.gives(client.date_get_max_date().await, "9999-12-31");
    run.done(client.date_put_max_date(&date("9999-12-31")).await);
    run.gives(client.date_get_min_date().await, "0001-01-01");
    run.done(client.date_put_min_date(&date("0001-01-01")).await);
}

async fn points(run: &mut Run) {
    let client = run.client(body_datetime::Client::from_config);
    run.fails(client.datetime_get_null().await);
    run.breaks(client.datetime_get_invalid().await);
    // That it lies beyond the year 9999 in UTC is nothing that the format speaks of.
    run.gives(
        client.datetime_get_overflow().await,
        "9999-12-31T23:59:59.999-14:00",
    );
    run.breaks(client.datetime_get_underflow().await);

    let max = "9999-12-31T23:59:59.999";
    run.done(
        client
            .datetime_put_utc_max_date_time(&point(max, "Z"))
            .await,
    );
    let finer = point("9999-12-31T23:59:59.9999999", "Z");
    run.done(client.datetime_put_utc_max_date_time7_digits(&finer).await);
    let lowercase = client.datetime_get_utc_lowercase_max_date_time().await;
    run.gives(lowercase, format!("{max}z").to_lowercase());
    let uppercase = client.datetime_get_utc_uppercase_max_date_time().await;
    run.gives(uppercase, format!("{max}Z"));
    let uppercase = client
        .datetime_get_utc_uppercase_max_date_time7_digits()
        .await;
    run.answers(uppercase, |found| found.is_well_formed());

    let east = point(max, "+14:00");
    run.done(
        client
            .datetime_put_local_positive_offset_max_date_time(&east)
            .await,
    );
    let found = client
        .datetime_get_local_positive_offset_lowercase_max_date_time()
        .await;
    run.gives(found, east.as_str().to_lowercase());
    let found = client
        .datetime_get_local_positive_offset_uppercase_max_date_time()
        .await;
    run.gives(found, east.as_str());

    let west = point(max, "-14:00");
    run.done(
        client
            .datetime_put_local_negative_offset_max_date_time(&west)
            .await,
    );
    let found = client
        .datetime_get_local_negative_offset_uppercase_max_date_time()
        .await;
    run.gives(found, west.as_str());
    let found = client
        .datetime_get_local_negative_offset_lowercase_max_date_time()
        .await;
    run.gives(found, west.as_str().to_lowercase());

    let min = "0001-01-01T00:00:00";
    run.gives(
        client.datetime_get_utc_min_date_time().await,
        format!("{min}Z"),
    );
    run.done(
        client
            .datetime_put_utc_min_date_time(&point(min, "Z"))
            .await,
    );
    let east = point(min, "+14:00");
    let found = client
        .datetime_get_local_positive_offset_min_date_time()
        .await;
    run.gives(found, east.as_str());
    run.done(
        client
            .datetime_put_local_positive_offset_min_date_time(&east)
            .await,
    );
    let west = point(min, "-14:00");
    let found = client
        .datetime_get_local_negative_offset_min_date_time()
        .await;
    run.gives(found, west.as_str());
    run.done(
        client
            .datetime_put_local_negative_offset_min_date_time(&west)
            .await,
    );
    run.breaks(client.datetime_get_local_no_offset_min_date_time().await);
}

async fn points_of_http(run: &mut Run) {
    let client = run.client(body_datetime_rfc1123::Client::from_config);
    let max = "Fri, 31 Dec 9999 23:59:59 GMT";
    let min = "Mon, 01 Jan 0001 00:00:00 GMT";
    run.fails(client.datetimerfc1123_get_null().await);
    // No format that is asserted: texts are taken as they come.
    run.done(client.datetimerfc1123_get_invalid().await);
    run.done(client.datetimerfc1123_get_overflow().await);
    run.done(client.datetimerfc1123_get_underflow().await);
    run.done(client.datetimerfc1123_put_utc_max_date_time(max).await);
    let found = client
        .datetimerfc1123_get_utc_lowercase_max_date_time()
        .await;
    run.gives(found, max.to_lowercase());
    let found = client
        .datetimerfc1123_get_utc_uppercase_max_date_time()
        .await;
    run.gives(found, max.to_uppercase());
    run.gives(client.datetimerfc1123_get_utc_min_date_time().await, min);
    run.done(client.datetimerfc1123_put_utc_min_date_time(min).await);
}

async fn others(run: &mut Run) {
    let client = run.client(body_duration::Client::from_config);
    run.fails(client.duration_get_null().await);
    run.gives(
        client.duration_get_positive_duration().await,
        "P3Y6M4DT12H30M5S",
    );
    run.done(
        client
            .duration_put_positive_duration("P123DT22H14M12.011S")
            .await,
    );
    run.breaks(client.duration_get_invalid().await);

    let client = run.client(body_time::Client::from_config);
    run.gives(client.time_get().await, "11:34:56");
    run.answers(client.time_put("08:07:56").await, |said| {
        said.starts_with("Nice")
    });
}

fn date(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn point(local: &str, offset: &str) -> DateTime {
    DateTime::parse(format!("{local}{offset}")).expect("a point in time")
}
