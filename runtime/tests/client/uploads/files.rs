//! Files that are streamed.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};

use typewright_runtime::Binary;

use super::{Answer, REPLACE, Sink, replace, sent};
use crate::support::answer_empty;

#[tokio::test]
async fn a_file_is_sent_each_time_from_its_start() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter ü.txt");
    let content = "0123456789abcdef".repeat(20_000);
    fs::write(&path, &content).unwrap();
    let body = Binary::from_file(&path).await.unwrap();
    assert_eq!(body.file_name(), Some("letter ü.txt"));
    assert_eq!(body.length(), Some(320_000));

    let sink = Sink::telling([Answer::Then(answer_empty(503))]);
    replace(&sink.core(), &body).await.unwrap();
    let taken = sink.all();
    assert_eq!(taken.len(), 2);
    for taken in taken {
        assert!(taken.pieces.len() > 2, "it is not read at once");
        assert_eq!(taken.length, Some(320_000));
        assert!(taken.text() == content);
    }
}

#[tokio::test]
async fn a_file_has_as_many_bytes_as_when_it_was_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log");
    fs::write(&path, "one").unwrap();
    let body = Binary::from_file(&path).await.unwrap();
    let mut log = OpenOptions::new().append(true).open(&path).unwrap();
    log.write_all(b" two").unwrap();
    assert_eq!(sent(&REPLACE, &body).await.text(), "one");

    let core = Sink::telling([]).core();
    fs::write(&path, "o").unwrap();
    let error = replace(&core, &body).await.unwrap_err().to_string();
    assert!(
        error.ends_with("the stream ended after 1 of 3 bytes"),
        "{error}"
    );
    fs::remove_file(&path).unwrap();
    let error = replace(&core, &body).await.unwrap_err();
    assert!(
        error.to_string().contains("what was to be sent broke off"),
        "{error}"
    );
}

#[tokio::test]
async fn an_empty_file_is_an_empty_body() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let body = Binary::from_file(file.path()).await.unwrap();
    let taken = sent(&REPLACE, &body).await;
    assert_eq!((taken.length, taken.pieces.len()), (Some(0), 0));
}

#[tokio::test]
async fn what_is_no_file_is_an_error_before_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let kind = async |path| Binary::from_file(path).await.unwrap_err().kind();
    assert_eq!(kind(folder.path().join("none")).await, ErrorKind::NotFound);
    #[cfg(unix)]
    assert_eq!(
        kind(folder.path().to_owned()).await,
        ErrorKind::IsADirectory
    );
}

#[cfg(feature = "blocking")]
#[test]
fn a_thread_sends_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note");
    fs::write(&path, "a note").unwrap();
    let body = Binary::from_file_blocking(&path).unwrap();
    let sink = Sink::telling([]);
    replace(&sink.core(), &body).send_blocking().unwrap();
    assert_eq!(sink.all()[0].text(), "a note");
}
