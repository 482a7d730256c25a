//! HTTP/2 with a server that offers it.

use std::sync::Arc;

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use http::{HeaderMap, Request, Response, Version};
use typewright_runtime::client::{Config, Core, Hyper, Transport};

use super::tls::{serving, trusting};
use crate::support::{Account, Save};

/// What came as one request in HTTP/2.
struct Received {
    version: Version,
    uri: String,
    headers: HeaderMap,
    body: Bytes,
}

/// Reads a request and answers it.
async fn answer(request: Request<h2::RecvStream>, mut respond: SendResponse<Bytes>) -> Received {
    let (head, mut body) = request.into_parts();
    let body = body.data().await.unwrap().unwrap();
    let answer = Response::builder().header("content-type", "application/json");
    let answer = answer.body(()).unwrap();
    let mut stream = respond.send_response(answer, false).unwrap();
    stream.send_data(r#"{"name":"bob"}"#.into(), true).unwrap();
    Received {
        version: head.version,
        uri: head.uri.to_string(),
        headers: head.headers,
        body,
    }
}

fn over(transport: Arc<dyn Transport>, base: &str) -> Core {
    Core::new(Config::new(base).transport(transport)).unwrap()
}

fn hyper() -> Arc<dyn Transport> {
    Arc::new(Hyper::with_tls(trusting(), Config::DEFAULT_CONNECT_TIMEOUT))
}

#[cfg(feature = "reqwest")]
fn reqwest() -> Arc<dyn Transport> {
    let mut tls = trusting();
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .retry(reqwest::retry::never());
    Arc::new(typewright_runtime::client::Reqwest::from(
        client.build().unwrap(),
    ))
}

fn transports() -> Vec<Arc<dyn Transport>> {
    vec![
        hyper(),
        #[cfg(feature = "reqwest")]
        reqwest(),
    ]
}

#[tokio::test]
async fn a_server_that_offers_http_2_is_spoken_to_in_it() {
    for transport in transports() {
        let (base, connection) = serving(&["h2", "http/1.1"]).await;
        let received = tokio::spawn(async move {
            let connection = connection.await.unwrap();
            let mut connection = h2::server::handshake(connection).await.unwrap();
            let (request, respond) = connection.accept().await.unwrap().unwrap();
            let answered = tokio::spawn(answer(request, respond));
            // It goes on until the client has hung up.
            while connection.accept().await.is_some() {}
            answered.await.unwrap()
        });
        let core = over(transport, &base);
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
}

#[tokio::test]
async fn what_a_server_says_it_did_not_process_is_sent_again_whatever_the_method() {
    for transport in transports() {
        let (base, connection) = serving(&["h2"]).await;
        tokio::spawn(async move {
            let connection = connection.await.unwrap();
            let mut connection = h2::server::handshake(connection).await.unwrap();
            let (_refused, mut respond) = connection.accept().await.unwrap().unwrap();
            respond.send_reset(Reason::REFUSED_STREAM);
            let (request, respond) = connection.accept().await.unwrap().unwrap();
            tokio::spawn(answer(request, respond));
            while connection.accept().await.is_some() {}
        });
        let core = over(transport, &base);
        let saved = Save::new(&core, "1", &Account::named("ann")).await.unwrap();
        assert_eq!(saved.name, "bob");
    }
}

#[tokio::test]
async fn what_broke_off_otherwise_is_sent_again_only_where_that_is_safe() {
    for transport in transports() {
        let (base, connection) = serving(&["h2"]).await;
        tokio::spawn(async move {
            let connection = connection.await.unwrap();
            let mut connection = h2::server::handshake(connection).await.unwrap();
            let (_request, mut respond) = connection.accept().await.unwrap().unwrap();
            respond.send_reset(Reason::INTERNAL_ERROR);
            while connection.accept().await.is_some() {}
        });
        let core = over(transport, &base);
        let error = Save::new(&core, "1", &Account::named("ann"))
            .await
            .unwrap_err();
        assert!(!error.is_retryable(), "{error:?}");
    }
}
