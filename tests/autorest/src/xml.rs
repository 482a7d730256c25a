//! `xml-service.json`.

use autorest_clients::xml_service::{Client, JsonInput};
use serde_json::json;

use crate::run::Run;

pub(crate) async fn drive(run: &mut Run) {
    let client = run.client(Client::from_config);
    // What came is sent back as it was.
    macro_rules! there_and_back {
        ($get:expr, $put:ident $(, $argument:expr)*) => {{
            let got = $get.await.expect("a value");
            run.holds(got.violations().is_empty());
            run.done(client.$put($($argument,)* &got).await);
            got
        }};
    }
    let root = there_and_back!(
        client.xml_get_complex_type_ref_no_meta(),
        xml_put_complex_type_ref_no_meta
    );
    run.equal(&root.something.as_deref(), &Some("else"));
    let root = there_and_back!(
        client.xml_get_complex_type_ref_with_meta(),
        xml_put_complex_type_ref_with_meta
    );
    run.equal(&root.something.as_deref(), &Some("else"));
    let show = there_and_back!(client.xml_get_simple(), xml_put_simple);
    run.equal(&show.title.as_deref(), &Some("Sample Slide Show"));
    run.equal(&show.slides.as_ref().map(Vec::len), &Some(2));
    let barrel = there_and_back!(client.xml_get_wrapped_lists(), xml_put_wrapped_lists);
    run.equal(&barrel.good_apples.as_ref().map(Vec::len), &Some(2));
    there_and_back!(client.xml_get_empty_list(), xml_put_empty_list);
    there_and_back!(
        client.xml_get_empty_wrapped_lists(),
        xml_put_empty_wrapped_lists
    );
    let bananas = there_and_back!(client.xml_get_root_list(), xml_put_root_list);
    run.equal(&bananas.len(), &2);
    let bananas = there_and_back!(
        client.xml_get_root_list_single_item(),
        xml_put_root_list_single_item
    );
    run.equal(&bananas[0].name.as_deref(), &Some("Cavendish"));
    let bananas = there_and_back!(client.xml_get_empty_root_list(), xml_put_empty_root_list);
    run.equal(&bananas.len(), &0);
    let banana = there_and_back!(
        client.xml_get_empty_child_element(),
        xml_put_empty_child_element
    );
    run.equal(&banana.flavor.as_deref(), &Some(""));
    run.done(client.xml_get_headers().await);

    // Elements are missing that the contract requires.
    run.refused(client.xml_list_containers("list".into()).await, 200);
    there_and_back!(
        client.xml_get_service_properties("properties".into(), "service".into()),
        xml_put_service_properties,
        "properties".into(),
        "service".into()
    );
    there_and_back!(
        client.xml_get_acls("acl".into(), "container".into()),
        xml_put_acls,
        "acl".into(),
        "container".into()
    );
    let blobs = client
        .xml_list_blobs("list".into(), "container".into())
        .await;
    run.refused(blobs, 200);

    run.done(client.xml_json_input(&JsonInput::new().id(42)).await);
    run.gives(client.xml_json_output().await, json!({ "id": 42 }));
    // Text beside attributes is no property that XML in OpenAPI 3 knows.
    run.gives(
        client.xml_get_x_ms_text().await,
        json!({ "language": "english" }),
    );
    there_and_back!(client.xml_get_bytes(), xml_put_binary);
    there_and_back!(client.xml_get_uri(), xml_put_uri);
}
