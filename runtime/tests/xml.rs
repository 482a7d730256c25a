//! XML, both ways: the examples of the XML Object in OpenAPI 3.0.3, and what a codec must not lose.

#![cfg(feature = "xml")]
// Helpers of tests are tests; and a model stands where its one test is.
#![allow(clippy::unwrap_used, clippy::panic, clippy::items_after_statements)]

use std::collections::BTreeMap;

use proptest::prelude::*;
use typewright_runtime::xml::{MAX_DEPTH, from_slice, to_vec};
use typewright_runtime::{
    Blank, DecodeErrors, Field, Model, Property, PropertyDetails, Secret, Shape, Value, Xml,
    XmlNode, model, string_enum,
};

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

fn read<T: Model>(text: &str) -> Result<T, DecodeErrors> {
    from_slice(text.as_bytes())
}

fn write(value: &dyn Value) -> String {
    let text = String::from_utf8(to_vec(value, None).unwrap()).unwrap();
    text.strip_prefix(DECLARATION).unwrap().to_owned()
}

fn faults<T: Model + std::fmt::Debug>(text: &str) -> Vec<String> {
    let errors = read::<T>(text).unwrap_err();
    errors.errors().iter().map(ToString::to_string).collect()
}

/// Holds a value and its XML against each other, both ways.
#[track_caller]
fn both_ways<T: Model + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    assert_eq!(write(value), text);
    assert_eq!(&read::<T>(text).unwrap(), value);
}

/// A model of one property, as each example of the specification has it.
macro_rules! example {
    ($type:ident, $field:ty, $details:expr) => {
        #[derive(Clone)]
        struct $type {
            value: $field,
        }
        model! {
            $type,
            Shape::new("Example", &[Property::Detailed(&$details)]);
            fields { 0 => value }
        }
    };
}

const ANIMALS: PropertyDetails = PropertyDetails::required("animals");

mod the_examples_of_the_xml_object {
    use super::*;

    #[test]
    fn no_xml_element() {
        example!(Model, Vec<String>, ANIMALS);
        let value = Model {
            value: strings(&["a", "b"]),
        };
        both_ways(
            &value,
            "<Example><animals>a</animals><animals>b</animals></Example>",
        );

        example!(Plain, String, PropertyDetails::required("animals"));
        let value = Plain {
            value: "a".to_owned(),
        };
        both_ways(&value, "<Example><animals>a</animals></Example>");
    }

    #[test]
    fn xml_name_replacement() {
        example!(
            Model,
            String,
            PropertyDetails::required("animals").xml(Xml::named("animal"))
        );
        let value = Model {
            value: "a".to_owned(),
        };
        both_ways(&value, "<Example><animal>a</animal></Example>");
    }

    #[derive(Clone)]
    struct Person {
        id: i32,
        name: String,
    }
    model! {
        Person,
        Shape::new("Person", &[
            Property::Detailed(&PropertyDetails::required("id").xml(Xml {
                node: XmlNode::Attribute,
                ..Xml::DEFAULT
            })),
            Property::Detailed(&PropertyDetails::required("name").xml(Xml {
                namespace: Some("http://example.com/schema/sample"),
                prefix: Some("sample"),
                ..Xml::DEFAULT
            })),
        ]);
        fields { 0 => id, 1 => name }
    }

    #[test]
    fn xml_attribute_prefix_and_namespace() {
        let value = Person {
            id: 123,
            name: "example".to_owned(),
        };
        both_ways(
            &value,
            r#"<Person id="123"><sample:name xmlns:sample="http://example.com/schema/sample">example</sample:name></Person>"#,
        );
    }

    /// The layouts of a list, in the order in which the specification explains them.
    #[test]
    fn xml_arrays() {
        macro_rules! layout {
            ($xml:expr, $text:literal) => {{
                const XML: Xml = $xml;
                example!(Model, Vec<String>, ANIMALS.xml(XML));
                let value = Model {
                    value: strings(&["v", "w"]),
                };
                both_ways(&value, concat!("<Example>", $text, "</Example>"));
            }};
        }
        layout!(
            Xml {
                item: Some(&Xml::named("animal")),
                ..Xml::DEFAULT
            },
            "<animal>v</animal><animal>w</animal>"
        );
        layout!(
            Xml {
                item: Some(&Xml::named("animal")),
                ..Xml::named("aliens")
            },
            "<animal>v</animal><animal>w</animal>"
        );
        layout!(
            Xml::named("aliens"),
            "<animals>v</animals><animals>w</animals>"
        );
        layout!(
            Xml {
                wrapped: true,
                ..Xml::DEFAULT
            },
            "<animals><animals>v</animals><animals>w</animals></animals>"
        );
        layout!(
            Xml {
                wrapped: true,
                item: Some(&Xml::named("animal")),
                ..Xml::DEFAULT
            },
            "<animals><animal>v</animal><animal>w</animal></animals>"
        );
        layout!(
            Xml {
                wrapped: true,
                item: Some(&Xml::named("animal")),
                ..Xml::named("aliens")
            },
            "<aliens><animal>v</animal><animal>w</animal></aliens>"
        );
        layout!(
            Xml {
                wrapped: true,
                ..Xml::named("aliens")
            },
            "<aliens><aliens>v</aliens><aliens>w</aliens></aliens>"
        );
    }
}

mod nodes {
    use super::*;

    const fn node(node: XmlNode) -> Xml {
        Xml {
            node,
            ..Xml::DEFAULT
        }
    }

    #[derive(Clone)]
    struct Note {
        lang: Option<String>,
        text: Option<String>,
        links: Vec<String>,
    }
    model! {
        Note,
        Shape::new("Note", &[
            Property::Detailed(&PropertyDetails::optional("lang").xml(node(XmlNode::Attribute))),
            Property::Detailed(&PropertyDetails::optional("text").xml(node(XmlNode::Text))),
            Property::Required("links"),
        ]);
        fields { 0 => lang, 1 => text, 2 => links }
    }

    fn note(lang: Option<&str>, text: Option<&str>, links: &[&str]) -> Note {
        Note {
            lang: lang.map(str::to_owned),
            text: text.map(str::to_owned),
            links: strings(links),
        }
    }

    #[test]
    fn text_stands_beside_attributes_and_elements() {
        both_ways(
            &note(Some("de"), Some(" a <b> "), &[]),
            r#"<Note lang="de"> a &lt;b&gt; </Note>"#,
        );
        both_ways(
            &note(None, Some("a"), &["x"]),
            "<Note>a<links>x</links></Note>",
        );
        both_ways(&note(None, None, &["x"]), "<Note><links>x</links></Note>");
        both_ways(&note(None, Some("  "), &[]), "<Note>  </Note>");
        let laid_out = "<Note>\n  <links>x</links>\n</Note>";
        assert_eq!(read::<Note>(laid_out).unwrap(), note(None, None, &["x"]));
        // An empty text is no node.
        assert_eq!(write(&note(None, Some(""), &[])), "<Note/>");
        assert_eq!(
            read::<Note>("<Note></Note>").unwrap(),
            note(None, None, &[])
        );
    }

    #[test]
    fn a_required_text_may_be_empty_and_has_its_type() {
        example!(
            Text,
            String,
            PropertyDetails::required("a").xml(node(XmlNode::Text))
        );
        both_ways(
            &Text {
                value: String::new(),
            },
            "<Example/>",
        );
        both_ways(
            &Text {
                value: " \n".to_owned(),
            },
            "<Example> \n</Example>",
        );
        example!(
            Count,
            i32,
            PropertyDetails::required("a").xml(node(XmlNode::Text))
        );
        both_ways(&Count { value: 3 }, "<Example>3</Example>");
        assert_eq!(faults::<Count>("<Example>x</Example>").len(), 1);
        assert_eq!(faults::<Count>("<Example/>").len(), 1);
        example!(
            List,
            Vec<i32>,
            PropertyDetails::required("a").xml(node(XmlNode::Text))
        );
        assert!(to_vec(&List { value: vec![1] }, None).is_err());
    }

    #[test]
    fn a_section_is_what_it_says_whatever_stands_around() {
        example!(
            Section,
            String,
            PropertyDetails::required("a").xml(node(XmlNode::Cdata))
        );
        let section = |text: &str| Section {
            value: text.to_owned(),
        };
        both_ways(
            &section("<a> & b"),
            "<Example><![CDATA[<a> & b]]></Example>",
        );
        both_ways(
            &section("a]]>b"),
            "<Example><![CDATA[a]]]]><![CDATA[>b]]></Example>",
        );
        both_ways(
            &section("a\r\nb"),
            "<Example><![CDATA[a]]>&#13;<![CDATA[\nb]]></Example>",
        );
        both_ways(&section(" "), "<Example><![CDATA[ ]]></Example>");
        for (text, expected) in [
            ("<Example>\n  <![CDATA[ a ]]>\n</Example>", " a "),
            ("<Example> a <![CDATA[b]]> </Example>", " a b "),
            ("<Example> a </Example>", " a "),
            ("<Example/>", ""),
        ] {
            assert_eq!(read::<Section>(text).unwrap(), section(expected), "{text}");
        }
    }

    #[derive(Clone)]
    struct Place {
        zip: Option<i32>,
        city: String,
    }
    model! {
        Place,
        Shape::new("Place", &[
            Property::Detailed(&PropertyDetails::optional("zip").xml(node(XmlNode::Attribute))),
            Property::Required("city"),
        ]);
        fields { 0 => zip, 1 => city }
    }

    #[derive(Clone)]
    struct Shop {
        name: String,
        place: Option<Place>,
    }
    model! {
        Shop,
        Shape::new("Shop", &[
            Property::Required("name"),
            Property::Detailed(&PropertyDetails::optional("place").xml(node(XmlNode::None))),
        ]);
        fields { 0 => name, 1 => place }
    }

    #[test]
    fn what_is_no_node_stands_in_the_element_around_it() {
        let shop = |place| Shop {
            name: "a".to_owned(),
            place,
        };
        let place = Place {
            zip: Some(1),
            city: "b".to_owned(),
        };
        both_ways(
            &shop(Some(place)),
            r#"<Shop zip="1"><name>a</name><city>b</city></Shop>"#,
        );
        both_ways(&shop(None), "<Shop><name>a</name></Shop>");
        let place = Place {
            zip: None,
            city: "b".to_owned(),
        };
        let read: Shop = read("<Shop><city>b</city><other/><name>a</name></Shop>").unwrap();
        assert_eq!(read, shop(Some(place)));
        assert_eq!(
            faults::<Shop>(r#"<Shop zip="1"><name>a</name></Shop>"#),
            ["/place/city: required, but missing"]
        );
    }

    #[test]
    fn each_item_has_what_its_own_schema_says() {
        const ITEM: Xml = Xml {
            namespace: Some("urn:x"),
            prefix: Some("x"),
            ..Xml::named("item")
        };
        example!(
            Inner,
            Vec<String>,
            ANIMALS.xml(Xml {
                wrapped: true,
                item: Some(&ITEM),
                ..Xml::named("list")
            })
        );
        both_ways(
            &Inner {
                value: strings(&["a"]),
            },
            r#"<Example><list><x:item xmlns:x="urn:x">a</x:item></list></Example>"#,
        );
        example!(
            Bare,
            Vec<String>,
            ANIMALS.xml(Xml {
                item: Some(&ITEM),
                ..Xml::DEFAULT
            })
        );
        both_ways(
            &Bare {
                value: strings(&["a"]),
            },
            r#"<Example><x:item xmlns:x="urn:x">a</x:item></Example>"#,
        );
        example!(
            Nested,
            Vec<Vec<i32>>,
            ANIMALS.xml(Xml {
                item: Some(&Xml {
                    item: Some(&Xml::named("cell")),
                    ..Xml::named("row")
                }),
                ..Xml::DEFAULT
            })
        );
        both_ways(
            &Nested {
                value: vec![vec![1, 2], vec![3]],
            },
            "<Example><row><cell>1</cell><cell>2</cell></row><row><cell>3</cell></row></Example>",
        );
    }

    proptest! {
        #[test]
        fn any_text_survives_as_text_and_in_a_section(text in prop::collection::vec(character(), 0..40)) {
            let value: String = text.into_iter().chain("]]>\r".chars()).collect();
            example!(Text, String, PropertyDetails::required("a").xml(node(XmlNode::Text)));
            let text = Text { value: value.clone() };
            prop_assert_eq!(&read::<Text>(&write(&text)).unwrap(), &text);
            example!(Section, String, PropertyDetails::required("a").xml(node(XmlNode::Cdata)));
            let section = Section { value };
            prop_assert_eq!(&read::<Section>(&write(&section)).unwrap(), &section);
        }
    }
}

fn strings(items: &[&str]) -> Vec<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

#[derive(Clone, Debug)]
enum Channel {
    Fax,
    Email,
    Unknown(String),
}
string_enum! { Channel { "FAX " => Fax, "EMAI" => Email } }

#[derive(Clone)]
struct Identifier {
    kind: Option<String>,
    value: Option<String>,
}
model! {
    Identifier,
    Shape::new("Identifier", &[Property::Optional("kind"), Property::Optional("value")]);
    fields { 0 => kind, 1 => value }
}

#[derive(Clone)]
struct Contact {
    id: String,
    channel: Option<Channel>,
    count: Option<i32>,
    ratio: Option<f64>,
    active: Option<bool>,
    note: Field<String>,
    owner: Option<String>,
    identifiers: Option<Vec<Identifier>>,
    token: Option<Secret>,
    hint: Option<String>,
    parent: Option<Box<Contact>>,
}
model! {
    Contact,
    Shape::new("Contact", &[
        Property::Required("id"),
        Property::Detailed(&PropertyDetails::required("version").constant("1 ")),
        Property::Optional("channel"),
        Property::Optional("count"),
        Property::Optional("ratio"),
        Property::Optional("active"),
        Property::Optional("note"),
        Property::RequiredNullable("owner"),
        Property::Detailed(&PropertyDetails::optional("identifiers").one_or_many()),
        Property::Optional("token"),
        Property::Detailed(&PropertyDetails::optional("hint").empty_as_absent()),
        Property::Optional("parent"),
    ])
    .xml(Xml::named("schema"));
    fields {
        0 => id, 2 => channel, 3 => count, 4 => ratio, 5 => active, 6 => note, 7 => owner,
        8 => identifiers, 9 => token, 10 => hint, 11 => parent
    }
}

fn contact(id: &str) -> Contact {
    Contact {
        id: id.to_owned(),
        owner: Some("o".to_owned()),
        ..Contact::blank()
    }
}

/// A document with the required properties and whatever else.
fn document(rest: &str) -> String {
    format!("<schema><id>1</id><version>1 </version><owner>o</owner>{rest}</schema>")
}

#[test]
fn a_model_survives_with_everything_in_it() {
    let identifier = |kind: &str| Identifier {
        kind: Some(kind.to_owned()),
        value: None,
    };
    let value = Contact {
        channel: Some(Channel::Fax),
        count: Some(-7),
        ratio: Some(0.25),
        active: Some(true),
        note: Field::Null,
        owner: None,
        identifiers: Some(vec![identifier("a"), Identifier::blank()]),
        token: Some(Secret::new("s3cret")),
        hint: Some("h".to_owned()),
        parent: Some(Box::new(contact("2"))),
        ..contact("0023939882")
    };
    both_ways(
        &value,
        "<schema><id>0023939882</id><version>1 </version><channel>FAX </channel><count>-7</count>\
         <ratio>0.25</ratio><active>true</active>\
         <note xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
         <owner xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>\
         <identifiers><kind>a</kind></identifiers><identifiers/>\
         <token>s3cret</token><hint>h</hint>\
         <parent><id>2</id><version>1 </version><owner>o</owner></parent></schema>",
    );
}

#[test]
fn what_is_written_is_utf_8_and_says_so() {
    let bytes = to_vec(&contact("é"), None).unwrap();
    assert!(bytes.starts_with(DECLARATION.as_bytes()));
    assert_eq!(from_slice::<Contact>(&bytes).unwrap().id, "é");
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    let read = |rest: &str| read::<Contact>(&document(rest)).unwrap().note;
    assert_eq!(read(""), Field::Absent);
    let nil = r#"<note xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="1"/>"#;
    assert_eq!(read(nil), Field::Null);
    assert_eq!(read(r#"<note xsi:nil="true"></note>"#), Field::Null);
    assert_eq!(read("<note/>"), Field::Value(String::new()));
    assert_eq!(
        read(r#"<note xsi:nil="false">n</note>"#),
        Field::Value("n".to_owned())
    );
    assert_eq!(
        read(r#"<note nil="true">n</note>"#),
        Field::Value("n".to_owned())
    );
}

#[test]
fn null_where_the_contract_allows_none_is_an_error() {
    let text = "<schema><id xsi:nil='true'/><version/><owner/></schema>";
    assert_eq!(faults::<Contact>(text), ["/id: expected a string"]);
}

#[test]
fn text_is_kept_to_the_letter() {
    for text in [
        "FAX ",
        " ",
        "\n\t ",
        " a  b ",
        "",
        "a\nb",
        "<&>\"'",
        "]]>",
        "\u{85}\u{2028}",
        "a\rb\r\n",
    ] {
        let value = contact(text);
        assert_eq!(
            read::<Contact>(&format!("{DECLARATION}{}", write(&value))).unwrap(),
            value
        );
    }
    assert_eq!(
        read::<Contact>(&document("<channel>FAX </channel>"))
            .unwrap()
            .channel,
        Some(Channel::Fax)
    );
    let unknown = read::<Contact>(&document("<channel>FAX</channel>"))
        .unwrap()
        .channel;
    assert_eq!(unknown, Some(Channel::Unknown("FAX".to_owned())));
}

#[test]
fn numbers_and_booleans_may_stand_among_blanks() {
    let text = document("<count>\n 42 </count><ratio> 1e3</ratio><active> 0 </active>");
    let value = read::<Contact>(&text).unwrap();
    assert_eq!(
        (value.count, value.ratio, value.active),
        (Some(42), Some(1e3), Some(false))
    );
}

#[test]
fn sections_references_and_comments_read_as_one_text() {
    let text =
        "<note>a<![CDATA[<b> & ]]>c<!-- not this -->&lt;&amp;&#x41;&#66;<?nor this?> d</note>";
    let note = read::<Contact>(&document(text)).unwrap().note;
    assert_eq!(note, Field::Value("a<b> & c<&AB d".to_owned()));
}

#[test]
fn line_ends_are_normalized_as_xml_demands() {
    let note = read::<Contact>(&document("<note>a\r\nb\rc&#13;d</note>"))
        .unwrap()
        .note;
    assert_eq!(note, Field::Value("a\nb\nc\rd".to_owned()));
}

#[test]
fn an_empty_element_is_what_its_slot_makes_of_it() {
    let value = read::<Contact>(&document("<hint/><identifiers></identifiers>")).unwrap();
    assert_eq!(value.hint, None, "empty stands for nothing");
    assert_eq!(
        value.identifiers,
        Some(vec![Identifier::blank()]),
        "a list of one empty object"
    );
    assert_eq!(
        read::<Contact>(&document("<hint> </hint>"))
            .unwrap()
            .hint
            .as_deref(),
        Some(" ")
    );

    example!(
        Wrapped,
        Option<Vec<String>>,
        PropertyDetails::optional("animals").xml(Xml {
            wrapped: true,
            ..Xml::DEFAULT
        })
    );
    both_ways(
        &Wrapped {
            value: Some(Vec::new()),
        },
        "<Example><animals/></Example>",
    );
    both_ways(&Wrapped { value: None }, "<Example/>");
}

#[test]
fn white_space_comments_and_order_do_not_matter_in_an_object() {
    let text = "\n<!-- a --><?b?>\n<schema lang='en'>\n  <owner>o</owner>\n  <!-- c -->\n  <id>1</id>\n</schema>\n";
    assert_eq!(read::<Contact>(text).unwrap(), contact("1"));
}

#[test]
fn the_root_may_be_called_anything() {
    let text = document("").replace("schema", "C1CreUpdCC");
    assert_eq!(read::<Contact>(&text).unwrap(), contact("1"));
    let bytes = to_vec(&contact("1"), Some("C1CreUpdCC")).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        format!("{DECLARATION}{text}")
    );
}

#[test]
fn items_of_a_list_may_stand_apart() {
    let text = document(
        "<identifiers><kind>a</kind></identifiers><count>1</count><identifiers><kind>b</kind></identifiers>",
    );
    let kinds: Vec<_> = read::<Contact>(&text)
        .unwrap()
        .identifiers
        .unwrap()
        .into_iter()
        .map(|item| item.kind)
        .collect();
    assert_eq!(kinds, [Some("a".to_owned()), Some("b".to_owned())]);
}

#[test]
fn a_lone_item_is_taken_for_a_wrapped_list_where_the_contract_says_so() {
    const XML: Xml = Xml {
        wrapped: true,
        item: Some(&Xml::named("item")),
        ..Xml::DEFAULT
    };
    example!(
        Lenient,
        Vec<Identifier>,
        PropertyDetails::required("data").one_or_many().xml(XML)
    );
    let one = Lenient {
        value: vec![Identifier {
            kind: Some("k".to_owned()),
            value: None,
        }],
    };
    assert_eq!(
        read::<Lenient>("<e><data><kind>k</kind></data></e>").unwrap(),
        one
    );
    both_ways(
        &one,
        "<Example><data><item><kind>k</kind></item></data></Example>",
    );
    assert_eq!(read::<Lenient>("<e><data/></e>").unwrap().value, []);
}

#[test]
fn a_required_list_without_items_leaves_no_trace_and_is_not_missed() {
    example!(Model, Vec<String>, ANIMALS);
    both_ways(&Model { value: Vec::new() }, "<Example/>");
}

#[test]
fn lists_nest() {
    example!(Model, Vec<Vec<i32>>, PropertyDetails::required("row"));
    let value = Model {
        value: vec![vec![1, 2], vec![], vec![3]],
    };
    both_ways(
        &value,
        "<Example><row><row>1</row><row>2</row></row><row/><row><row>3</row></row></Example>",
    );
}

#[test]
fn an_item_may_be_null() {
    example!(Model, Vec<Option<i32>>, PropertyDetails::required("n"));
    let value = Model {
        value: vec![Some(1), None],
    };
    assert_eq!(read::<Model>(&write(&value)).unwrap(), value);
}

#[test]
fn a_list_may_be_the_root() {
    let value = vec![
        Identifier::blank(),
        Identifier {
            kind: Some("k".to_owned()),
            value: None,
        },
    ];
    let text = "<Identifiers><Identifier/><Identifier><kind>k</kind></Identifier></Identifiers>";
    let bytes = to_vec(&value, Some("Identifiers")).unwrap();
    assert_eq!(
        String::from_utf8(bytes).unwrap(),
        format!("{DECLARATION}{text}")
    );
    assert_eq!(read::<Vec<Identifier>>(text).unwrap(), value);
    assert_eq!(to_vec(&value, None).unwrap_err().pointer, "");
}

#[test]
fn a_map_has_an_element_a_key() {
    let value = BTreeMap::from([("a".to_owned(), vec![1, 2]), ("b".to_owned(), vec![3])]);
    both_ways(&value, "<object><a>1</a><a>2</a><b>3</b></object>");
    assert_eq!(
        faults::<BTreeMap<String, i32>>("<m><a>1</a><a>2</a></m>"),
        ["/a: given twice"]
    );
}

mod namespaces {
    use super::*;

    const ONE: &str = "urn:one";
    const TWO: &str = "urn:two";

    #[derive(Clone)]
    struct Sample {
        lang: Option<String>,
        one: Option<String>,
        two: Option<String>,
        plain: Option<String>,
    }
    model! {
        Sample,
        Shape::new("Sample", &[
            Property::Detailed(&PropertyDetails::optional("lang").xml(Xml {
                node: XmlNode::Attribute,
                namespace: Some(TWO),
                ..Xml::DEFAULT
            })),
            Property::Detailed(&PropertyDetails::optional("one").xml(Xml {
                namespace: Some(ONE),
                prefix: Some("p"),
                ..Xml::named("x")
            })),
            Property::Detailed(&PropertyDetails::optional("two").xml(Xml {
                namespace: Some(TWO),
                prefix: Some("p"),
                ..Xml::named("x")
            })),
            Property::Optional("plain"),
        ])
        .xml(Xml { namespace: Some(ONE), ..Xml::DEFAULT });
        fields { 0 => lang, 1 => one, 2 => two, 3 => plain }
    }

    fn sample(lang: &str, one: &str, two: &str, plain: &str) -> Sample {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Sample {
            lang: text(lang),
            one: text(one),
            two: text(two),
            plain: text(plain),
        }
    }

    #[test]
    fn are_declared_on_the_element_and_tell_equal_names_apart() {
        both_ways(
            &sample("l", "1", "2", "3"),
            "<Sample xmlns=\"urn:one\" xmlns:ns1=\"urn:two\" ns1:lang=\"l\">\
             <p:x xmlns:p=\"urn:one\">1</p:x><p:x xmlns:p=\"urn:two\">2</p:x><plain>3</plain></Sample>",
        );
    }

    #[test]
    fn are_what_counts_and_not_their_prefixes() {
        let text = "<s:Sample xmlns:s='urn:one' xmlns:q='urn:two' q:lang='l'>\
             <q:x>2</q:x><s:x>1</s:x><s:plain>3</s:plain></s:Sample>";
        assert_eq!(read::<Sample>(text).unwrap(), sample("l", "1", "2", "3"));
    }

    #[test]
    fn go_out_of_scope_with_their_element() {
        let text = "<Sample xmlns:p='urn:two'><a xmlns:p='urn:one'/><p:x>2</p:x></Sample>";
        assert_eq!(read::<Sample>(text).unwrap(), sample("", "", "2", ""));
    }

    #[test]
    fn may_be_left_out_but_not_be_others() {
        assert_eq!(
            read::<Sample>("<Sample><x>1</x></Sample>").unwrap(),
            sample("", "1", "", "")
        );
        assert_eq!(
            read::<Sample>("<Sample><p:x>1</p:x></Sample>").unwrap(),
            sample("", "1", "", "")
        );
        let other = "<Sample><x xmlns='urn:three'>1</x><plain>3</plain></Sample>";
        assert_eq!(read::<Sample>(other).unwrap(), sample("", "", "", "3"));
    }
}

#[test]
fn attributes_keep_their_white_space() {
    example!(
        Model,
        String,
        PropertyDetails::required("a").xml(Xml {
            node: XmlNode::Attribute,
            ..Xml::DEFAULT
        })
    );
    let value = Model {
        value: " \t\r\n<\"'&> ".to_owned(),
    };
    both_ways(
        &value,
        "<Example a=\" &#9;&#13;&#10;&lt;&quot;'&amp;&gt; \"/>",
    );
}

#[test]
fn all_mistakes_are_found_in_one_pass_each_with_its_place() {
    let text = "<schema><count>many</count><active>yes</active><note><b/></note>\
        <identifiers><kind>a</kind><kind>b</kind></identifiers><identifiers>text</identifiers>\
        <parent><id>2</id></parent><token>s3cret</token><token>s3cret</token></schema>";
    assert_eq!(
        faults::<Contact>(text),
        [
            "/count: expected a 32-bit integer",
            "/active: expected a boolean",
            "/note: expected a string",
            "/identifiers/0/kind: given twice",
            "/identifiers/1: expected an object",
            "/parent/owner: required, but missing",
            "/token: given twice",
            "/id: required, but missing",
            "/owner: required, but missing",
        ]
    );
}

#[test]
fn what_is_no_xml_is_one_mistake() {
    for text in [
        "",
        " ",
        "text",
        "{}",
        "<a>",
        "<a><b></a>",
        "</a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>text",
        "<a",
        "<a b></a>",
        "<a b=c/>",
        "<a b='1' b='2'/>",
        "<a>&</a>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>",
        "<a>&#xD800;</a>",
        "<a b='&nbsp;'/>",
        "<1/>",
        "< a/>",
        "<a><![CDATA[</a>",
        "<a><!-- </a>",
        "<a/><![CDATA[x]]>",
        "<a/>&amp;",
        " <?xml version='1.0'?><a/>",
    ] {
        let errors = read::<Identifier>(text).unwrap_err();
        assert_eq!(errors.errors().len(), 1, "{text}");
        let message = errors.to_string();
        assert!(
            message.starts_with("not an XML document: "),
            "{text}: {message}"
        );
    }
}

#[test]
fn errors_quote_nothing_of_the_input() {
    for text in [
        "<s3cret>",
        "<a></s3cret>",
        "<a>&s3cret;</a>",
        "<a s3cret></a>",
        "<?xml version='1.0' encoding='s3cret'?><a/>",
    ] {
        assert!(
            !read::<Contact>(text)
                .unwrap_err()
                .to_string()
                .contains("s3cret"),
            "{text}"
        );
    }
}

#[test]
fn a_document_type_declaration_is_refused_with_all_it_could_define() {
    let laughs = "<!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>";
    for text in [
        format!("{laughs}<Identifier><kind>&lol2;</kind></Identifier>"),
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_owned(),
        "<!DOCTYPE a><a/>".to_owned(),
    ] {
        let [fault] = &faults::<Identifier>(&text)[..] else {
            panic!("one mistake")
        };
        assert!(fault.contains("document type declaration"), "{fault}");
    }
}

#[test]
fn only_utf_8_is_read() {
    let bytes = |prefix: &[u8], rest: &[u8]| [prefix, rest].concat();
    let root = b"<a><kind>\xc3\xa9</kind></a>";
    let kind = |bytes: &[u8]| from_slice::<Identifier>(bytes).unwrap().kind.unwrap();
    assert_eq!(kind(root), "é");
    assert_eq!(kind(&bytes(b"\xef\xbb\xbf", root)), "é");
    assert_eq!(
        kind(&bytes(
            b"\xef\xbb\xbf<?xml version='1.0' encoding='utf-8'?>",
            root
        )),
        "é"
    );
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>";
    for other in [
        &latin[..],
        b"<a>\xe9</a>",
        b"\xff\xfe<\0a\0/\0>\0",
        b"\xfe\xff\0<\0a\0/\0>",
    ] {
        let errors = from_slice::<Identifier>(other).unwrap_err();
        assert!(errors.to_string().contains("UTF-8"), "{errors}");
    }
}

/// `depth` elements, one in another.
fn nested(depth: usize) -> String {
    format!("{}{}", "<parent>".repeat(depth), "</parent>".repeat(depth))
}

#[test]
fn nesting_is_bounded_both_ways() {
    assert!(read::<Identifier>(&nested(MAX_DEPTH)).is_ok());
    assert!(faults::<Identifier>(&nested(MAX_DEPTH + 1))[0].contains("nest deeper"));
    assert!(read::<Identifier>(&nested(1_000_000)).is_err());

    let mut value = contact("0");
    for _ in 2..MAX_DEPTH {
        value = Contact {
            parent: Some(Box::new(value)),
            ..contact("1")
        };
    }
    let text = write(&value);
    assert_eq!(read::<Contact>(&text).unwrap(), value);
    value = Contact {
        parent: Some(Box::new(value)),
        ..contact("1")
    };
    assert!(
        to_vec(&value, None)
            .unwrap_err()
            .message
            .contains("nested deeper")
    );
}

/// A reader whose time is quadratic in the length would take minutes over each of these.
#[test]
fn time_is_linear_in_the_length() {
    let many = |item: fn(usize) -> String| (0..50_000).map(item).collect::<String>();
    let identifiers = many(|_| "<identifiers/>".to_owned());
    assert_eq!(
        read::<Contact>(&document(&identifiers))
            .unwrap()
            .identifiers
            .unwrap()
            .len(),
        50_000
    );
    let keys = format!("<m>{}</m>", many(|index| format!("<k{index}>1</k{index}>")));
    assert_eq!(read::<BTreeMap<String, i32>>(&keys).unwrap().len(), 50_000);
    let attributes = many(|index| format!(" a{index}='' xmlns:n{index}='u'"));
    let children = many(|_| "<n:a/>".to_owned());
    assert!(read::<Identifier>(&format!("<a{attributes}>{children}</a>")).is_ok());
    let long = "u".repeat(1_000_000);
    assert!(read::<Identifier>(&format!("<a xmlns='{long}'>{children}</a>")).is_ok());
}

#[test]
fn a_character_that_xml_cannot_carry_is_named_with_its_place() {
    let identifier = Identifier {
        kind: Some("a\u{1}".to_owned()),
        value: None,
    };
    let value = Contact {
        identifiers: Some(vec![Identifier::blank(), identifier]),
        ..contact("1")
    };
    let error = to_vec(&value, None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/identifiers/1/kind: XML cannot carry the character U+0001"
    );

    let value = Contact {
        token: Some(Secret::new("\u{ffff}")),
        ..contact("1")
    };
    let error = to_vec(&value, None).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/token: a character that XML cannot carry"
    );
}

#[test]
fn what_has_no_form_in_xml_is_an_error() {
    let value = BTreeMap::from([("a b".to_owned(), 1)]);
    assert_eq!(to_vec(&value, None).unwrap_err().pointer, "/a b");

    const ATTRIBUTE: Xml = Xml {
        node: XmlNode::Attribute,
        ..Xml::DEFAULT
    };
    example!(
        List,
        Vec<i32>,
        PropertyDetails::required("a").xml(ATTRIBUTE)
    );
    assert_eq!(
        to_vec(&List { value: vec![1] }, None).unwrap_err().pointer,
        "/a"
    );
    example!(
        Null,
        Field<i32>,
        PropertyDetails::optional("a").xml(ATTRIBUTE)
    );
    for value in [Field::Null, Field::Absent] {
        assert_eq!(write(&Null { value }), "<Example/>");
    }
    let read: Null = read("<Example/>").unwrap();
    assert_eq!(read.value, Field::Null);

    assert!(to_vec(&"text", None).is_err());
    assert!(to_vec(&None::<String>, Some("a")).is_err());
    assert!(to_vec(&"text", Some("a b")).is_err());
}

#[cfg(feature = "json")]
mod without_a_shape {
    use super::*;
    use typewright_runtime::{Json, union};

    #[derive(Clone)]
    struct Phone {
        numbers: Vec<String>,
        extra: BTreeMap<String, Json>,
    }
    model! {
        Phone,
        Shape::new("Phone", &[
            Property::Detailed(&PropertyDetails::required("type").constant("phone")),
            Property::Detailed(&PropertyDetails::required("numbers").xml(Xml {
                item: Some(&Xml::named("number")),
                ..Xml::DEFAULT
            })),
        ]);
        fields { 1 => numbers }
        extra extra
    }

    #[derive(Clone, Debug)]
    enum Medium {
        Phone(Phone),
        Unknown(Json),
    }
    union! { Medium, by "type" { "phone" => Phone }, from { Phone(Phone) }, rules &[] }

    #[derive(Clone)]
    struct Account {
        media: Vec<Medium>,
    }
    model! {
        Account,
        Shape::new("Account", &[Property::Required("media")]);
        fields { 0 => media }
    }

    fn json(text: &str) -> Json {
        text.parse().unwrap()
    }

    #[test]
    fn a_union_reads_its_variant_as_it_reads_a_model() {
        let phone = Phone {
            numbers: strings(&["1"]),
            extra: BTreeMap::new(),
        };
        both_ways(
            &Account {
                media: vec![Medium::Phone(phone)],
            },
            "<Account><media><type>phone</type><number>1</number></media></Account>",
        );
    }

    #[test]
    fn a_constant_tells_the_variants_of_an_untagged_union_apart() {
        #[derive(Clone)]
        struct Fax {
            numbers: Vec<String>,
        }
        model! {
            Fax,
            Shape::new("Fax", &[
                Property::Detailed(&PropertyDetails::required("type").constant("fax")),
                Property::Detailed(&PropertyDetails::required("numbers").xml(Xml {
                    item: Some(&Xml::named("number")),
                    ..Xml::DEFAULT
                })),
            ]);
            fields { 1 => numbers }
        }
        #[derive(Clone, Debug)]
        enum Either {
            Phone(Phone),
            Fax(Fax),
            Unknown(Json),
        }
        union! { Either, untagged { Phone, Fax }, rules &[] }
        let fax = Either::Fax(Fax {
            numbers: strings(&["1"]),
        });
        assert_eq!(
            read::<Either>("<e><type>fax</type><number>1</number></e>").unwrap(),
            fax
        );
    }

    #[test]
    fn mistakes_in_a_variant_have_their_place() {
        let text = "<Account><media><number>1</number></media>\
            <media><type>phone</type><number><b/></number></media></Account>";
        assert_eq!(
            faults::<Account>(text),
            ["/media/1/numbers/0: expected a string"]
        );
    }

    #[test]
    fn an_unknown_variant_and_unknown_properties_survive() {
        let unknown =
            json(r#"{"type": "fax", "line": ["1", "2"], "at": {"city": "x", "zip": null}}"#);
        let extra = BTreeMap::from([
            ("note".to_owned(), json(r#""n ""#)),
            ("tag".to_owned(), json(r#"["a", {"b": "c"}]"#)),
            (
                "price".to_owned(),
                json(r##"{"@currency": "EUR", "#text": "5"}"##),
            ),
        ]);
        let phone = Phone {
            numbers: Vec::new(),
            extra,
        };
        let value = Account {
            media: vec![Medium::Unknown(unknown), Medium::Phone(phone)],
        };
        let text = write(&value);
        assert!(
            text.contains(
                r#"<note>n </note><price currency="EUR">5</price><tag>a</tag><tag><b>c</b></tag>"#
            ),
            "{text}"
        );
        assert_eq!(read::<Account>(&text).unwrap(), value);
    }

    #[test]
    fn a_lone_item_of_an_unknown_list_reads_as_the_item() {
        assert_eq!(
            read::<Json>("<a><b>1</b></a>").unwrap(),
            json(r#"{"b": "1"}"#)
        );
        assert_eq!(read::<Json>("<a> 1</a>").unwrap(), json(r#"" 1""#));
        assert_eq!(
            read::<Json>("<a>\n<b/>\n</a>").unwrap(),
            json(r#"{"b": ""}"#)
        );
    }

    #[test]
    fn elements_of_a_name_are_a_list_however_far_they_stand_apart() {
        for names in [2, 16, 17, 40] {
            let element = |number: usize| format!("<n{number}>{number}</n{number}>");
            let all: String = (0..names).map(element).collect();
            let members: Vec<_> = (0..names)
                .map(|number| format!(r#""n{number}": ["{number}", "{number}"]"#))
                .collect();
            assert_eq!(
                read::<Json>(&format!("<a>{all}{all}</a>")).unwrap(),
                json(&format!("{{{}}}", members.join(", ")))
            );
        }
    }
}

/// Any character that XML 1.0 can carry, those that need care more often.
fn character() -> impl Strategy<Value = char> {
    prop_oneof![
        any::<char>().prop_filter("in XML 1.0", |char| {
            !matches!(char, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
        }),
        prop::sample::select(vec!['\r', '\n', '\t', ' ', '<', '>', '&', '"', '\'', ']', ';', '#']),
    ]
}

proptest! {
    #[test]
    fn any_text_survives_in_an_element_and_in_an_attribute(text in prop::collection::vec(character(), 0..40)) {
        let text: String = text.into_iter().collect();
        example!(Element, String, PropertyDetails::required("a"));
        let value = Element { value: text.clone() };
        prop_assert_eq!(from_slice::<Element>(&to_vec(&value, None).unwrap()).unwrap(), value);
        example!(Attribute, String, PropertyDetails::required("a").xml(Xml { node: XmlNode::Attribute, ..Xml::DEFAULT }));
        let value = Attribute { value: text };
        prop_assert_eq!(from_slice::<Attribute>(&to_vec(&value, None).unwrap()).unwrap(), value);
    }

    #[test]
    fn no_input_makes_the_reader_panic(text in "[<>/!?&;:a-c='\" \\[\\]CDAT#x0-9-]{0,60}") {
        let _ = read::<Contact>(&text);
        let _ = read::<Contact>(&format!("<schema>{text}</schema>"));
    }
}
