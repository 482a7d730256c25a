//! Documents about bodies: `body-binary.json`, `body-file.json`, `body-formdata.json`,
//! `body-formdata-urlencoded.json`, `media_types.json`, `merge-patch.json`, `reserved-words.json` and
//! `required-optional.json`.

use autorest_clients::media_types::{BodyThreeTypesBody, SourcePath};
use autorest_clients::reserved_words::{
    OperationWithDataParamRequest, OperationWithFilesParamRequest, ReservedEnumEnumParameter,
};
use autorest_clients::runtime::Binary;
use autorest_clients::runtime::client::Error;
use autorest_clients::{
    body_binary, body_file, body_formdata, body_formdata_urlencoded, media_types, merge_patch,
    required_optional, reserved_words,
};
use serde_json::json;

use crate::run::{Run, read};

pub(crate) async fn drive(run: &mut Run) {
    bytes(run).await;
    forms(run).await;
    several_media_types(run).await;
    reserved(run).await;
    optional(run).await;
    required(run).await;
}

async fn bytes(run: &mut Run) {
    let client = run.client(body_binary::Client::from_config);
    run.done(
        client
            .upload_file(&read(json!({ "more": "cowbell" })))
            .await,
    );
    run.done(client.upload_binary(&Binary::new("bytes")).await);
    run.refused(client.download_error_stream().await, 400);

    let client = run.client(body_file::Client::from_config);
    run.answers(client.files_get_file().await, |file| {
        file.as_bytes().starts_with(b"\x89PNG")
    });
    run.answers(client.files_get_empty_file().await, |file| {
        file.as_bytes().is_empty()
    });
    // It is 3 GB large, which is more than a client takes unless it is asked to.
    let large = client.files_get_file_large().await;
    run.holds(matches!(large, Err(Error::TooLarge(_))));

    let client = run.client(merge_patch::Client::from_config);
    run.done(client.patch_single(&read(json!({ "name": "abc" }))).await);
}

async fn forms(run: &mut Run) {
    let client = run.client(body_formdata::Client::from_config);
    let file = Binary::new("what the file has").with_file_name("file.txt");
    run.done(client.formdata_upload_file_via_body(&file).await);
    let form = body_formdata::FormdataUploadFileRequest::new(file, "file.txt");
    run.done(client.formdata_upload_file(&form).await);

    let client = run.client(body_formdata_urlencoded::Client::from_config);
    let pet = body_formdata_urlencoded::FormdataurlencodedUpdatePetWithFormRequest::new(
        "dog".into(),
        "meat".into(),
        42,
    );
    run.done(
        client
            .formdataurlencoded_update_pet_with_form(1, &pet.name("Fido"))
            .await,
    );
    let form =
        body_formdata_urlencoded::FormdataurlencodedPartialConstantBodyRequest::new("bar", "foo");
    run.done(client.formdataurlencoded_partial_constant_body(&form).await);
}

async fn several_media_types(run: &mut Run) {
    let client = run.client(media_types::Client::from_config);
    let source = SourcePath::new().source("foo");
    run.done(client.analyze_body().body(&source).await);
    run.done(client.analyze_body_no_accept_header().body(&source).await);
    run.done(client.content_type_with_encoding().body("foo").await);

    let hello = json!({ "hello": "world" });
    // Bytes say which of the media types they are in.
    let bytes = Binary::new("hello, world");
    let in_json = Binary::new(hello.to_string()).with_media_type("application/json");
    let octets = bytes.clone().with_media_type("application/octet-stream");
    let text = bytes.clone().with_media_type("text/plain");
    for body in [&in_json, &octets] {
        run.done(client.binary_body_with_two_content_types(body).await);
    }
    for body in [&in_json, &octets, &text] {
        run.done(client.binary_body_with_three_content_types(body).await);
    }
    run.done(
        client
            .body_three_types(&BodyThreeTypesBody::Json(hello))
            .await,
    );
    run.done(
        client
            .body_three_types(&BodyThreeTypesBody::Bytes(bytes))
            .await,
    );
    run.done(
        client
            .body_three_types(&BodyThreeTypesBody::Text("hello, world".to_owned()))
            .await,
    );
}

async fn reserved(run: &mut Run) {
    let client = run.client(reserved_words::Client::from_config);
    // The server answers without the body that the contract has.
    run.refused(client.import_operation_one("foo").await, 200);
    run.refused(
        client
            .operation_with_content_param(&Binary::new("hello, world"))
            .await,
        200,
    );
    run.refused(
        client
            .operation_with_json_param(&json!({ "hello": "world" }))
            .await,
        200,
    );
    let form = OperationWithDataParamRequest::new("hello", "world");
    run.refused(client.operation_with_data_param(&form).await, 200);
    let form = OperationWithFilesParamRequest::new(Binary::new("hello"), "my.txt");
    run.refused(client.operation_with_files_param(&form).await, 200);
    let texts = ["one", "two"].map(str::to_owned).to_vec();
    run.refused(
        client
            .operation_with_url("foo", "x")
            .query_parameters(texts)
            .await,
        200,
    );
    run.refused(
        client
            .reserved_enum(ReservedEnumEnumParameter::Import)
            .await,
        200,
    );
}

/// Nothing is sent of what is not given.
async fn optional(run: &mut Run) {
    let client = run.client(required_optional::Client::from_config);
    run.done(client.implicit_put_optional_query().await);
    run.done(client.implicit_put_optional_header().await);
    run.done(client.implicit_put_optional_body().await);
    run.done(client.implicit_put_optional_binary_body().await);
    run.done(client.implicit_get_optional_global_query().await);
    run.done(client.explicit_put_optional_binary_body().await);
    run.done(
        client
            .explicit_put_required_binary_body(&Binary::new("bytes"))
            .await,
    );
    run.done(client.explicit_post_optional_integer_parameter().await);
    run.done(
        client
            .explicit_post_optional_integer_property()
            .body(&read(json!({})))
            .await,
    );
    run.done(client.explicit_post_optional_integer_header().await);
    run.done(client.explicit_post_optional_string_parameter().await);
    run.done(
        client
            .explicit_post_optional_string_property()
            .body(&read(json!({})))
            .await,
    );
    run.done(client.explicit_post_optional_string_header().await);
    run.done(client.explicit_post_optional_class_parameter().await);
    run.done(
        client
            .explicit_post_optional_class_property()
            .body(&read(json!({})))
            .await,
    );
    run.done(client.explicit_post_optional_array_parameter().await);
    run.done(
        client
            .explicit_post_optional_array_property()
            .body(&read(json!({})))
            .await,
    );
    run.done(client.explicit_post_optional_array_header().await);
}

/// Whatever is required has to be given; where a value is none, the call is not sent.
async fn required(run: &mut Run) {
    let client = run.client(required_optional::Client::from_config);
    run.invalid(client.implicit_get_required_path("").await);
    run.invalid(client.implicit_get_required_global_path("").await);
}
