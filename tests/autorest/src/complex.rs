//! `body-complex.json`.

use autorest_clients::body_complex::{
    ApiVersionParameter, Basic, BasicColor, Client, DotFish, Fish, ReadonlyObjInput, StringWrapper,
};
use autorest_clients::runtime::json::to_value;
use serde_json::json;

use crate::run::{Run, read};

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    basic(run, &client).await;
    primitive(run, &client).await;
    collections(run, &client).await;
    inheritance(run, &client).await;
    polymorphism(run, &client).await;
    read_only(run, &client).await;
}

async fn basic(run: &mut Run, client: &Client) {
    let expected = json!({ "id": 2, "name": "abc", "color": "YELLOW" });
    run.gives(client.basic_get_valid().await, expected);
    let basic = Basic::new().id(2).name("abc").color(BasicColor::Magenta);
    run.done(
        client
            .basic_put_valid(ApiVersionParameter::Value2016_02_29, &basic)
            .await,
    );
    run.fails(client.basic_get_invalid().await);
    run.gives(client.basic_get_empty().await, json!({}));
    // For a property that may be missing, null is as good as that.
    run.gives(client.basic_get_null().await, json!({ "id": null }));
    run.fails(client.basic_get_not_provided().await);
}

/// What came is sent back as it was.
macro_rules! there_and_back {
    ($run:ident, $get:expr, $client:ident.$put:ident) => {{
        let got = $get.await.expect("a value");
        $run.holds(got.violations().is_empty());
        $run.done($client.$put(&got).await);
        got
    }};
}

async fn primitive(run: &mut Run, client: &Client) {
    let found = there_and_back!(run, client.primitive_get_int(), client.primitive_put_int);
    run.equal(&(found.field1, found.field2), &(Some(-1), Some(2)));
    let found = there_and_back!(run, client.primitive_get_long(), client.primitive_put_long);
    run.equal(&found.field1, &Some(1_099_511_627_775));
    let found = there_and_back!(
        run,
        client.primitive_get_float(),
        client.primitive_put_float
    );
    run.equal(&(found.field1, found.field2), &(Some(1.05), Some(-0.003)));
    let found = there_and_back!(
        run,
        client.primitive_get_double(),
        client.primitive_put_double
    );
    run.equal(&found.field1, &Some(3e-100));
    let found = there_and_back!(run, client.primitive_get_bool(), client.primitive_put_bool);
    run.equal(
        &(found.field_true, found.field_false),
        &(Some(true), Some(false)),
    );
    run.gives(
        client.primitive_get_string().await,
        json!({ "field": "goodrequest", "empty": "" }),
    );
    let strings = StringWrapper::new().field("goodrequest").empty("");
    run.done(client.primitive_put_string(&strings).await);
    there_and_back!(run, client.primitive_get_date(), client.primitive_put_date);
    there_and_back!(
        run,
        client.primitive_get_date_time(),
        client.primitive_put_date_time
    );
    let found = there_and_back!(
        run,
        client.primitive_get_date_time_rfc1123(),
        client.primitive_put_date_time_rfc1123
    );
    run.equal(
        &found.field.as_deref(),
        &Some("Mon, 01 Jan 0001 00:00:00 GMT"),
    );
    let found = there_and_back!(
        run,
        client.primitive_get_duration(),
        client.primitive_put_duration
    );
    run.equal(&found.field.as_deref(), &Some("P123DT22H14M12.011S"));
    let found = there_and_back!(run, client.primitive_get_byte(), client.primitive_put_byte);
    run.equal(&found.field.as_deref(), &Some("//79/AD6+fj39g=="));
}

async fn collections(run: &mut Run, client: &Client) {
    // Nothing says that an item may be null, and the type has no place for one.
    run.fails(client.array_get_valid().await);
    there_and_back!(run, client.array_get_empty(), client.array_put_empty);
    run.gives(client.array_get_not_provided().await, json!({}));
    run.fails(client.dictionary_get_valid().await);
    there_and_back!(
        run,
        client.dictionary_get_empty(),
        client.dictionary_put_empty
    );
    run.gives(
        client.dictionary_get_null().await,
        json!({ "defaultProgram": null }),
    );
    run.gives(client.dictionary_get_not_provided().await, json!({}));
}

async fn inheritance(run: &mut Run, client: &Client) {
    let cat = there_and_back!(
        run,
        client.inheritance_get_valid(),
        client.inheritance_put_valid
    );
    run.equal(&cat.breed.as_deref(), &Some("persian"));
    run.equal(&cat.color.as_deref(), &Some("green"));
    let hates = cat.hates.as_ref().expect("a list");
    run.equal(&hates[0].food.as_deref(), &Some("tomato"));
}

async fn polymorphism(run: &mut Run, client: &Client) {
    let fish = there_and_back!(
        run,
        client.polymorphism_get_valid(),
        client.polymorphism_put_valid
    );
    let Fish::Salmon(salmon) = fish.body() else {
        return run.failed("no salmon");
    };
    run.equal(&salmon.location.as_deref(), &Some("alaska"));

    run.answers(
        client.polymorphism_get_dot_syntax().await,
        |fish| matches!(&**fish, DotFish::DotSalmon(salmon) if salmon.iswild == Some(true)),
    );
    run.answers(
        client.polymorphism_get_composed_with_discriminator().await,
        |market| {
            market
                .salmons
                .as_ref()
                .is_some_and(|salmons| salmons.len() == 2)
        },
    );
    // The property that tells them apart is required.
    run.fails(
        client
            .polymorphism_get_composed_without_discriminator()
            .await,
    );

    // A schema stands for those that include it where it has the discriminator itself: this one does not.
    run.answers(client.polymorphism_get_complicated().await, |salmon| {
        salmon.location.as_deref() == Some("alaska")
    });
    let fish = read(to_value(fish.body()));
    run.refused(
        client.polymorphism_put_missing_discriminator(&fish).await,
        200,
    );
    let sharks = there_and_back!(
        run,
        client.polymorphicrecursive_get_valid(),
        client.polymorphicrecursive_put_valid
    );
    run.holds(matches!(sharks.body(), Fish::Salmon(_)));
}

async fn read_only(run: &mut Run, client: &Client) {
    run.gives(
        client.readonlyproperty_get_valid().await,
        json!({ "id": "1234", "size": 2 }),
    );
    run.done(
        client
            .readonlyproperty_put_valid(&ReadonlyObjInput::new().size(2))
            .await,
    );
}
