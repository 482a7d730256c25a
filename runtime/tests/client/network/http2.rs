//! HTTP/2 with a server that offers it.

use bytes::Bytes;
use http::{HeaderMap, Response, Version};

use super::tls::{client, serving};
use crate::support::{Account, Save};

/// What came as one request in HTTP/2.
struct Received {
    version: Version,
    uri: String,
    headers: HeaderMap,
    body: Bytes,
}

#[tokio::test]
async fn a_server_that_offers_http_2_is_spoken_to_in_it() {
    let (base, connection) = serving(&["h2", "http/1.1"]).await;
    let received = tokio::spawn(async move {
        let mut connection = h2::server::handshake(connection.await.unwrap())
            .await
            .unwrap();
        let (request, mut respond) = connection.accept().await.unwrap().unwrap();
        let (head, mut body) = request.into_parts();
        let answered = tokio::spawn(async move {
            let body = body.data().await.unwrap().unwrap();
            let answer = Response::builder().header("content-type", "application/json");
            let mut stream = respond
                .send_response(answer.body(()).unwrap(), false)
                .unwrap();
            stream.send_data(r#"{"name":"bob"}"#.into(), true).unwrap();
            Received {
                version: head.version,
                uri: head.uri.to_string(),
                headers: head.headers,
                body,
            }
        });
        // It goes on until the client has hung up.
        while connection.accept().await.is_some() {}
        answered.await.unwrap()
    });
    let core = client(base.clone());
    let saved = Save::new(&core, "1", &Account::named("ann")).await.unwrap();
    assert_eq!(saved.name, "bob");
    drop((saved, core));
    let received = received.await.unwrap();
    assert_eq!(received.version, Version::HTTP_2);
    assert_eq!(received.uri, format!("{base}/accounts/1?page=1"));
    assert_eq!(received.headers["content-type"], "application/json");
    assert_eq!(received.body, r#"{"name":"ann"}"#);
    for of_http_1 in ["connection", "host", "transfer-encoding"] {
        assert!(!received.headers.contains_key(of_http_1), "{of_http_1}");
    }
}
