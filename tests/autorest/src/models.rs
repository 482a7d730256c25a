//! Documents about models: `additionalProperties.json`, `any-type.json`, `multiple-inheritance.json`,
//! `non-string-enum.json`, `object-type.json`, `extensible-enums-swagger.json` and
//! `model-flattening.json`.

use autorest_clients::extensible_enums_swagger::{PetDaysOfWeek, PetIntEnum};
use autorest_clients::model_flattening::SimpleProduct;
use autorest_clients::{
    additional_properties, any_type, extensible_enums_swagger, model_flattening,
    multiple_inheritance, non_string_enum, object_type,
};
use serde_json::json;

use crate::run::{Run, read};

pub(crate) async fn drive(run: &mut Run) {
    additional_properties(run).await;
    anything(run).await;
    inheritance(run).await;
    enums(run).await;
    flattening(run).await;
}

async fn additional_properties(run: &mut Run) {
    let client = run.client(additional_properties::Client::from_config);
    let puppy = json!({
        "id": 1,
        "name": "Puppy",
        "birthdate": "2017-12-13T02:29:51Z",
        "complexProperty": { "color": "Red" },
    });
    let answer = client.pets_create_ap_true(&read(puppy.clone())).await;
    run.answers(answer, |pet| {
        pet.status == Some(true) && pet.additional_properties["complexProperty"]["color"] == "Red"
    });
    let mut lisa = puppy.clone();
    lisa["name"] = json!("Lisa");
    lisa["friendly"] = json!(true);
    let answer = client.pets_create_cat_ap_true(&read(lisa)).await;
    run.answers(answer, |cat| cat.friendly == Some(true));
    let hira = json!({
        "id": 2,
        "name": "Hira",
        "siblings": [puppy],
        "picture": "//////4=",
    });
    let answer = client.pets_create_ap_object(&read(hira)).await;
    run.answers(answer, |pet| pet.status == Some(true));
    let tommy = json!({
        "id": 3,
        "name": "Tommy",
        "color": "red",
        "weight": "10 kg",
        "city": "Bombay",
    });
    let answer = client.pets_create_ap_string(&read(tommy)).await;
    run.answers(answer, |pet| pet.additional_properties["city"] == "Bombay");
    let sizes = json!({ "height": 5.61, "weight": 599, "footsize": 11.5 });
    let bunny = json!({ "id": 4, "name": "Bunny", "additionalProperties": sizes });
    let answer = client.pets_create_ap_in_properties(&read(bunny)).await;
    run.answers(answer, |pet| pet.status == Some(true));
    let funny = json!({
        "id": 5,
        "name": "Funny",
        "@odata.location": "westus",
        "additionalProperties": sizes,
        "color": "red",
        "city": "Seattle",
        "food": "tikka masala",
    });
    let answer = client
        .pets_create_ap_in_properties_with_ap_string(&read(funny))
        .await;
    run.answers(answer, |pet| pet.odata_location == "westus");
}

async fn anything(run: &mut Run) {
    let client = run.client(any_type::Client::from_config);
    run.gives(
        client.get_object().await,
        json!({ "message": "An object was successfully returned" }),
    );
    run.done(client.put_object(&json!({ "foo": "bar" })).await);
    run.gives(client.get_string().await, "anything");
    run.done(client.put_string(&json!("anything")).await);
    run.gives(client.get_array().await, json!(["foo", "bar"]));
    run.done(client.put_array(&json!(["foo", "bar"])).await);

    let client = run.client(object_type::Client::from_config);
    run.answers(client.get().await, |object| object["message"].is_string());
    run.done(client.put(&read(json!({ "foo": "bar" }))).await);
    run.refused(client.put(&read(json!({ "bar": "foo" }))).await, 400);
}

async fn inheritance(run: &mut Run) {
    let client = run.client(multiple_inheritance::Client::from_config);
    run.gives(client.get_pet().await, json!({ "name": "Peanut" }));
    run.done(
        client
            .put_pet(&multiple_inheritance::Pet::new("Butter"))
            .await,
    );
    run.gives(
        client.get_horse().await,
        json!({ "name": "Fred", "isAShowHorse": true }),
    );
    let horse = multiple_inheritance::Horse::new("General").is_a_show_horse(false);
    run.done(client.put_horse(&horse).await);
    run.gives(
        client.get_feline().await,
        json!({ "meows": true, "hisses": true }),
    );
    let feline = multiple_inheritance::Feline::new()
        .meows(false)
        .hisses(true);
    run.done(client.put_feline(&feline).await);
    let whiskers = json!({ "name": "Whiskers", "likesMilk": true, "meows": true, "hisses": true });
    run.gives(client.get_cat().await, whiskers);
    let cat = multiple_inheritance::Cat::new("Boots")
        .likes_milk(false)
        .meows(true)
        .hisses(false);
    run.done(client.put_cat(&cat).await);
    run.answers(client.get_kitten().await, |kitten| {
        kitten.name == "Gatito" && kitten.eats_mice_yet == Some(false)
    });
    let kitten = multiple_inheritance::Kitten::new("Kitty")
        .likes_milk(false)
        .meows(true)
        .hisses(false)
        .eats_mice_yet(true);
    run.done(client.put_kitten(&kitten).await);
}

async fn enums(run: &mut Run) {
    let client = run.client(non_string_enum::Client::from_config);
    run.gives(client.int_get().await, 429);
    run.done(client.int_put().body(&200).await);
    run.answers(client.float_get().await, |found| **found == 429.1);
    run.done(client.float_put().body(&200.4).await);

    let client = run.client(extensible_enums_swagger::Client::from_config);
    run.answers(client.pet_get_by_pet_id("tommy").await, |pet| {
        pet.days_of_week == Some(PetDaysOfWeek::Monday) && pet.int_enum == PetIntEnum::Value1
    });
    run.answers(client.pet_get_by_pet_id("casper").await, |pet| {
        pet.days_of_week == Some(PetDaysOfWeek::from("Weekend"))
    });
    run.answers(client.pet_get_by_pet_id("scooby").await, |pet| {
        pet.int_enum == PetIntEnum::from("2.1")
    });
    let pet = extensible_enums_swagger::Pet::new(PetIntEnum::Value3).name("Retriever");
    run.answers(client.pet_add_pet().body(&pet).await, |pet| {
        pet.int_enum == PetIntEnum::Value3
    });
}

async fn flattening(run: &mut Run) {
    let client = run.client(model_flattening::Client::from_config);
    // "OK" is what the server has for a value that the contract writes so as well.
    run.answers(client.get_array().await, |products| {
        products.len() == 3 && products[0].location.as_deref() == Some("Building 44")
    });
    let tags = json!({ "tag1": "value1", "tag2": "value3" });
    let products = json!([{ "location": "West US", "tags": tags }, { "location": "Building 44" }]);
    run.done(client.put_array().body(&read(products)).await);
    run.answers(client.get_dictionary().await, |products| {
        products.len() == 3
    });
    let flat = |name: &str| json!({ "p.name": name, "type": "Flat" });
    let resources = json!({
        "Resource1": { "location": "West US", "tags": tags, "properties": flat("Product1") },
        "Resource2": { "location": "Building 44", "properties": flat("Product2") },
    });
    run.done(client.put_dictionary().body(&read(resources.clone())).await);
    run.answers(client.get_resource_collection().await, |collection| {
        collection
            .arrayofresources
            .as_ref()
            .is_some_and(|list| list.len() == 3)
    });
    let collection = json!({
        "arrayofresources": [
            { "location": "West US", "tags": tags, "properties": flat("Product1") },
            { "location": "East US", "properties": flat("Product2") },
        ],
        "dictionaryofresources": resources,
        "productresource": { "location": "India", "properties": flat("Azure") },
    });
    run.done(
        client
            .put_resource_collection()
            .body(&read(collection))
            .await,
    );

    let product = |image| -> SimpleProduct {
        read(json!({
            "base_product_id": "123",
            "base_product_description": "product description",
            "details": {
                "max_product_display_name": "max name",
                "max_product_capacity": "Large",
                "max_product_image": image,
            },
        }))
    };
    let generic =
        product(json!({ "@odata.value": "http://foo", "generic_value": "https://generic" }));
    run.done(client.put_simple_product().body(&generic).await);
    let simple = product(json!({ "@odata.value": "http://foo" }));
    run.done(client.post_flattened_simple_product().body(&simple).await);
    let answer = client
        .put_simple_product_with_grouping("groupproduct")
        .body(&simple)
        .await;
    run.answers(answer, |product| product.base_product_id == "123");
}
