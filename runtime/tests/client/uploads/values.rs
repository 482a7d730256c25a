//! What streamed bytes are where they are not sent: values that nobody has looked into.

use std::collections::HashSet;
use std::convert::Infallible;

use typewright_runtime::client::{Call, Error, Operation, Parameter};
use typewright_runtime::{Binary, Property, Shape, check, json, model};

use super::{Files, RESPONSES, Sink, once, pieces, replace};

#[tokio::test]
async fn what_is_streamed_stands_in_bodies_and_parts_alone() {
    #[derive(Clone)]
    struct Note {
        file: Binary,
    }
    model! {
        Note,
        Shape::new("Note", &[Property::Required("file")]);
        fields { 0 => file }
    }
    static NOTE: Operation = Operation::new("note", "POST", "/notes")
        .parameters(&[Parameter::query("file")])
        .optional_request(MEDIA_TYPES)
        .responses(RESPONSES);
    const MEDIA_TYPES: &[&str] = &[
        "application/json",
        "application/x-www-form-urlencoded",
        #[cfg(feature = "xml")]
        "application/xml",
    ];
    let why = "bytes that are streamed have a form only as a body or a part of one";
    let note = Note {
        file: once(&[Ok("a")]),
    };
    let sink = Sink::telling([]);
    let core = sink.core();
    let call = || Call::<(), Infallible>::new(&core, &NOTE);
    let refused = |error: Error| match error {
        Error::Invalid(invalid) => {
            let violations = invalid.violations;
            violations
                .iter()
                .map(|one| (one.pointer.clone(), one.actual.clone()))
                .collect()
        }
        other => panic!("{other}"),
    };
    for media_type in MEDIA_TYPES {
        let error = call()
            .body(&note)
            .content_type(*media_type)
            .await
            .unwrap_err();
        let found: Vec<(String, String)> = refused(error);
        assert_eq!(
            found,
            [("/file".to_owned(), why.to_owned())],
            "{media_type}"
        );
    }
    let error = call().arg(0, &note.file).await.unwrap_err();
    assert_eq!(refused(error), [("query file".to_owned(), why.to_owned())]);
    assert_eq!(sink.count(), 0);
    assert_eq!(json::to_vec(&note).unwrap_err().message, why);
    serde_json::to_string(&note).unwrap_err();
    // None of that has spent it.
    replace(&core, &note.file).await.unwrap();
}

#[test]
fn what_is_streamed_is_itself_and_shows_nothing() {
    let known = Binary::from_stream(pieces(&[Ok("hush")]), Some(4)).with_file_name("a.txt");
    assert!(known.is_streamed() && !Binary::from("hush").is_streamed());
    assert_eq!(
        (known.length(), Binary::from("hush").length()),
        (Some(4), Some(4))
    );
    assert_eq!((known.as_bytes(), known.as_text()), (&b""[..], None));
    assert_eq!(
        format!("{known:?}"),
        "Binary { streamed: true, len: Some(4), file_name: Some(\"a.txt\"), media_type: None, .. }"
    );
    assert_eq!(json::to_value(&known), "[streamed]");

    let other = Binary::from_stream(pieces(&[Ok("hush")]), Some(4)).with_file_name("a.txt");
    assert_eq!(known, known.clone());
    assert_ne!(known, other);
    assert_ne!(known, Binary::from("hush").with_file_name("a.txt"));
    assert_ne!(known, known.clone().with_file_name("b.txt"));
    assert_eq!(HashSet::from([known.clone(), known, other]).len(), 2);
}

#[test]
fn the_rules_of_streamed_bytes_are_those_of_their_length() {
    let check = |letter| {
        let files = Files {
            letter,
            title: String::new(),
            scan: None,
        };
        check::check(&files, &[]).map_err(|violations| violations.to_string())
    };
    let streamed = |length| Binary::from_stream(pieces(&[]), length);
    check(streamed(Some(6))).unwrap();
    check(streamed(None)).unwrap();
    let long = "/letter: at most 6 characters, but this has 7";
    assert_eq!(check(streamed(Some(7))).unwrap_err(), long);
}
