//! OpenAPI 3.0.4, 3.1.2 and 3.2.0, XML Object Examples: each is a row that names the section and the
//! example, and is written by a client and read back, over HTTP. The contracts have the schemas, the rows
//! the data and the document that the specification shows.
//!
//! The specification lays its documents out for people, so white space between tags does not count here,
//! nor how an empty element is written; and it leaves out where the prefix `xsi` is declared. 3.0.4 has the
//! examples of 3.1.2 but the one with null; where these show `...`, the rows have a text.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]
#![allow(clippy::too_many_lines, reason = "a table has as many rows as it has")]

use typewright_runtime::{Xml, XmlNode, json, xml};
use typewright_tests::stand_in::{Answer, StandIn};

/// A document without what is only there for people.
fn flat(document: &str) -> String {
    let document = document
        .replace(r#"<?xml version="1.0" encoding="UTF-8"?>"#, "")
        .replace(
            r#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance""#,
            "",
        )
        .replace(" />", "/>");
    let flat: String = document.lines().map(str::trim).collect();
    flat.replace("></related>", "/>")
}

/// Sends the data of an example, is answered with its document, and holds both against what they are.
macro_rules! example {
    ($module:ident, $section:literal, $method:ident($request:ty), $data:literal, $document:literal) => {{
        #[allow(clippy::wildcard_imports, reason = "each row has a type of the module")]
        use typewright_goldens::$module::*;
        let place = concat!(stringify!($module), ": ", $section);
        let server = StandIn::answering(Answer::xml("200 OK", $document));
        let value: $request = json::from_slice($data.as_bytes()).unwrap();
        let client = Client::new(&server.url()).unwrap();
        let answer = client.$method(&value).await;
        let answer = answer.unwrap_or_else(|error| panic!("{place}: {error}"));
        assert_eq!(flat(server.request().text()), flat($document), "{place}");
        let read = String::from_utf8(json::to_vec(answer.body()).unwrap()).unwrap();
        assert_eq!(read, $data, "{place}");
    }};
}

#[tokio::test]
async fn the_examples_of_3_1() {
    macro_rules! row {
        ($($row:tt)*) => { example!(xml_examples_of_3_1, $($row)*) };
    }
    row!(
        "No XML Element, basic string property",
        no_xml_element_string(NoXmlElementString),
        r#"{"animals":"dog"}"#,
        "<Example>
            <animals>dog</animals>
        </Example>"
    );
    row!(
        "No XML Element, basic string array property",
        no_xml_element_array(NoXmlElementArray),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<Example>
            <animals>dog</animals>
            <animals>cat</animals>
            <animals>hamster</animals>
        </Example>"
    );
    row!(
        "XML Name Replacement",
        name_replacement(NameReplacement),
        r#"{"animals":"dog"}"#,
        "<Example>
            <animal>dog</animal>
        </Example>"
    );
    row!(
        "XML Attribute, Prefix and Namespace",
        attribute_prefix_namespace(Person),
        r#"{"id":123,"name":"example"}"#,
        r#"<Person id="123">
            <sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>
        </Person>"#
    );
    row!(
        "XML Arrays, changing the element names",
        array_item_name(ArrayItemName),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <animal>value</animal>
            <animal>value</animal>
        </Example>"
    );
    row!(
        "XML Arrays, the external name field has no effect on the XML",
        array_external_name(ArrayExternalName),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <animal>value</animal>
            <animal>value</animal>
        </Example>"
    );
    row!(
        "XML Arrays, the same name both internally and externally",
        array_wrapped(ArrayWrapped),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <animals>
              <animals>value</animals>
              <animals>value</animals>
            </animals>
        </Example>"
    );
    row!(
        "XML Arrays, overcoming the naming problem",
        array_wrapped_item_name(ArrayWrappedItemName),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <animals>
              <animal>value</animal>
              <animal>value</animal>
            </animals>
        </Example>"
    );
    row!(
        "XML Arrays, affecting both internal and external names",
        array_both_names(ArrayBothNames),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <aliens>
              <animal>value</animal>
              <animal>value</animal>
            </aliens>
        </Example>"
    );
    row!(
        "XML Arrays, changing the external element but not the internal ones",
        array_wrapper_name(ArrayWrapperName),
        r#"{"animals":["value","value"]}"#,
        "<Example>
            <aliens>
              <aliens>value</aliens>
              <aliens>value</aliens>
            </aliens>
        </Example>"
    );
    row!(
        "XML With null Values",
        null_values(Product),
        r#"{"count":null,"description":"Thing","related":null}"#,
        r#"<product>
            <description>Thing</description>
            <related xsi:nil="true" />
        </product>"#
    );
}

#[tokio::test]
async fn the_examples_of_3_2() {
    macro_rules! row {
        ($($row:tt)*) => { example!(xml_examples_of_3_2, $($row)*) };
    }
    row!(
        "No XML Object, basic string property",
        no_xml_object_string(NoXmlObjectStringRequest),
        r#"{"animals":"dog, cat, hamster"}"#,
        "<document>
            <animals>dog, cat, hamster</animals>
        </document>"
    );
    row!(
        "No XML Object, basic string array property",
        no_xml_object_array(NoXmlObjectArrayRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <animals>dog</animals>
            <animals>cat</animals>
            <animals>hamster</animals>
        </document>"
    );
    // The example has a list for data, and a schema that is none.
    row!(
        "XML Name Replacement",
        name_replacement(NameReplacementRequest),
        r#"{"animals":"dog"}"#,
        "<document>
            <animal>dog</animal>
        </document>"
    );
    row!(
        "XML Attribute, Prefix and Namespace",
        attribute_prefix_namespace(Person),
        r#"{"id":123,"name":"example"}"#,
        r#"<Person id="123">
            <sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name>
        </Person>"#
    );
    row!(
        "XML Arrays, changing the element names",
        array_item_name(ArrayItemNameRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <animal>dog</animal>
            <animal>cat</animal>
            <animal>hamster</animal>
        </document>"
    );
    row!(
        "XML Arrays, the name field of the array has no effect",
        array_name(ArrayNameRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <animal>dog</animal>
            <animal>cat</animal>
            <animal>hamster</animal>
        </document>"
    );
    row!(
        "XML Arrays, the same name for the wrapping element and the list items",
        array_element(ArrayElementRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <animals>
                <animals>dog</animals>
                <animals>cat</animals>
                <animals>hamster</animals>
            </animals>
        </document>"
    );
    row!(
        "XML Arrays, overcoming the naming problem",
        array_element_item_name(ArrayElementItemNameRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <animals>
                <animal>dog</animal>
                <animal>cat</animal>
                <animal>hamster</animal>
            </animals>
        </document>"
    );
    row!(
        "XML Arrays, affecting both wrapping element and item element names",
        array_both_names(ArrayBothNamesRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <aliens>
                <animal>dog</animal>
                <animal>cat</animal>
                <animal>hamster</animal>
            </aliens>
        </document>"
    );
    row!(
        "XML Arrays, changing the wrapping element name but not the item element names",
        array_element_name(ArrayElementNameRequest),
        r#"{"animals":["dog","cat","hamster"]}"#,
        "<document>
            <aliens>
                <aliens>dog</aliens>
                <aliens>cat</aliens>
                <aliens>hamster</aliens>
            </aliens>
        </document>"
    );
}

#[tokio::test]
async fn the_examples_of_3_2_with_nodes_of_other_types() {
    macro_rules! row {
        ($($row:tt)*) => { example!(xml_examples_of_3_2, $($row)*) };
    }
    // The document of the example does not close its elements.
    row!(
        "Elements With Attributes And Text",
        attributes_and_text(Vec<AttributesAndTextRequestItem>),
        r#"[{"kind":"Cat","name":"Fluffy"},{"kind":"Dog","name":"Fido"}]"#,
        r#"<animals>
            <animal kind="Cat">Fluffy</animal>
            <animal kind="Dog">Fido</animal>
        </animals>"#
    );
    row!(
        "Referenced Element With CDATA",
        referenced_cdata(Documentation),
        r#"{"content":"<html><head><title>Awesome Docs</title></head><body></body><html>"}"#,
        "<Documentation>
            <![CDATA[<html><head><title>Awesome Docs</title></head><body></body><html>]]>
        </Documentation>"
    );
    row!(
        "Ordered Elements and Text, a sequence of elements",
        ordered_elements(Vec<OrderedElementsRequestItem>),
        r#"["Some text",{"unit":"cubits","value":42},null]"#,
        r#"<OneTwoThree>
            <One>Some text</One>
            <Two unit="cubits">42</Two>
            <Three xsi:nil="true" />
        </OneTwoThree>"#
    );
    row!(
        "XML With null Values, productWithNulls",
        null_values(NullValuesRequest),
        r#"{"count":null,"description":"Thing","related":null}"#,
        r#"<product>
            <description>Thing</description>
            <related xsi:nil="true" />
        </product>"#
    );
    row!(
        "XML With null Values, productNoNulls",
        null_values(NullValuesRequest),
        r#"{"count":42,"description":"Thing","related":{}}"#,
        r#"<product count="42">
            <description>Thing</description>
            <related></related>
        </product>"#
    );
}

#[tokio::test]
async fn the_root_element_is_named_where_a_component_is_used() {
    use typewright_goldens::xml_examples_of_3_2::{Client, Documentation2};
    let page = "<html><head><title>Awesome Docs</title></head><body></body><html>";
    let document = |root: &str| format!("<{root}>\n  <![CDATA[{page}]]>\n</{root}>\n");
    let server = StandIn::answering(Answer::xml("200 OK", document("StoredDocument")));
    let client = Client::new(&server.url()).unwrap();
    let docs = Documentation2::new().content(page);
    let answer = client.referenced_cdata_at_use(&docs).await.unwrap();
    assert_eq!(
        flat(server.request().text()),
        flat(&document("UpdatedDocument"))
    );
    assert_eq!(answer.body(), &docs);
}

/// Ordered Elements and Text, text between elements. Text does not say that it is a number, and where an item
/// may be text, it is.
#[tokio::test]
async fn text_stands_between_elements() {
    use typewright_goldens::xml_examples_of_3_2::{Client, OrderedTextRequestItem};
    const PLACES: &[Xml] = &[
        Xml {
            node: XmlNode::Text,
            ..Xml::DEFAULT
        },
        Xml::named("data"),
        Xml {
            node: XmlNode::Text,
            ..Xml::DEFAULT
        },
    ];
    let document = "<Report>Some preamble text.<data>42</data>Some postamble text.</Report>";
    let data = r#"["Some preamble text.",42,"Some postamble text."]"#;
    let server = StandIn::answering(Answer::xml("200 OK", document));
    let client = Client::new(&server.url()).unwrap();
    let report: Vec<OrderedTextRequestItem> = json::from_slice(data.as_bytes()).unwrap();
    client.ordered_text(&report).await.unwrap();
    assert_eq!(flat(server.request().text()), document);
    let mut read: Vec<OrderedTextRequestItem> = Vec::new();
    let root = Xml {
        places: PLACES,
        ..Xml::DEFAULT
    };
    xml::read_into_as(&mut read, document.as_bytes(), &root).unwrap();
    let read = String::from_utf8(json::to_vec(&read).unwrap()).unwrap();
    assert_eq!(read, data.replace("42", r#""42""#));
}

/// What refers to a component has its name since OpenAPI 3.2, unless it is a node with a name of its own.
#[tokio::test]
async fn names_are_inferred_and_what_is_no_node_has_none() {
    example!(
        xml_examples_of_3_2,
        "XML Node Names",
        node_names(Library),
        r#"{"owner":{"name":"Ann"},"founder":{"name":"Bea"},"readers":[{"id":1},{"id":2}],"address":{"zip":53111,"city":"Bonn"}}"#,
        r#"<Library zip="53111">
            <Person><sample:name xmlns:sample="https://example.com/schema/sample">Ann</sample:name></Person>
            <founder><sample:name xmlns:sample="https://example.com/schema/sample">Bea</sample:name></founder>
            <Person id="1"/>
            <Person id="2"/>
            <city>Bonn</city>
        </Library>"#
    );
}

#[tokio::test]
async fn a_list_that_is_a_component_is_a_root_of_its_name() {
    example!(
        xml_examples_of_3_2,
        "XML Node Names, lists",
        node_names_of_lists(Readers),
        r#"[{"id":1},{"id":2}]"#,
        r#"<Readers>
            <Person id="1"/>
            <Person id="2"/>
        </Readers>"#
    );
}
