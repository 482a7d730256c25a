//! nginx, as `nginx.conf` has it: redirects, TLS, limits, slow answers, encoded ones.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};
use typewright_runtime::Binary;
use typewright_runtime::client::{Config, Error, Hyper, Refusal, Reqwest, Retries, Transport};

use crate::told;

mod api {
    typewright_macros::api!("tests/servers/nginx.yaml");
}

use api::{Client, Folder, Message, Place};

/// The size of the large file, in bytes.
const LARGE: usize = 64 * 1024 * 1024;

fn config() -> Config {
    Config::new(told("NGINX")).retries(Retries::none())
}

fn client() -> Client {
    Client::from_config(config().bearer_token("t0ken")).unwrap()
}

fn refusal<E: std::fmt::Debug>(error: Error<E>) -> (Refusal, Option<String>) {
    match error {
        Error::Redirect(redirect) => (redirect.refusal, redirect.origin),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_call_that_only_fetches_follows_every_redirect_within_the_origin() {
    let client = client();
    for status in [301, 302, 303, 307, 308] {
        let echo = client
            .get_redirected(Place::Within, status)
            .await
            .unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(echo.method, "GET", "{status}");
        assert_eq!(echo.authorization.as_deref(), Some("Bearer t0ken"));
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_call_with_a_body_takes_it_along_or_fetches_the_answer_or_is_refused() {
    let client = client();
    let message = Message::new("hello");
    for status in [307, 308] {
        let echo = client
            .post_redirected(Place::Within, status, &message)
            .await
            .unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(echo.method, "POST", "{status}");
        assert_eq!(echo.length.as_deref(), Some("16"), "{status}");
    }
    let echo = client
        .post_redirected(Place::Within, 303, &message)
        .await
        .unwrap();
    assert_eq!(
        (echo.method.as_str(), echo.length.as_deref()),
        ("GET", Some(""))
    );
    for status in [301, 302] {
        let error = client
            .post_redirected(Place::Within, status, &message)
            .await
            .unwrap_err();
        assert_eq!(refusal(error), (Refusal::MethodChange, Some(told("NGINX"))));
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn no_redirect_to_another_origin_is_followed() {
    let client = client();
    let plain = told("NGINX");
    let origins = [
        (301, told("NGINX_OTHER")),
        (302, told("NGINX_OTHER")),
        // Another name of this machine is another host.
        (303, plain.replace("127.0.0.1", "localhost")),
        (307, told("NGINX_TLS")),
        (308, told("NGINX_OTHER")),
    ];
    for (status, origin) in origins {
        let error = client
            .get_redirected(Place::Elsewhere, status)
            .await
            .unwrap_err();
        assert_eq!(refusal(error), (Refusal::OtherOrigin, Some(origin.clone())));
        let error = client
            .post_redirected(Place::Elsewhere, status, &Message::new("hello"))
            .await
            .unwrap_err();
        assert_eq!(refusal(error), (Refusal::OtherOrigin, Some(origin)));
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn redirects_that_lead_around_come_to_an_end() {
    let error = client()
        .get_redirected(Place::Around, 301)
        .await
        .unwrap_err();
    assert_eq!(refusal(error), (Refusal::TooMany, Some(told("NGINX"))));
    let none = Client::from_config(config().max_redirects(0)).unwrap();
    let error = none.get_redirected(Place::Within, 301).await.unwrap_err();
    assert_eq!(refusal(error).0, Refusal::TooMany);
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_body_beyond_the_servers_limit_is_answered_with_413_and_not_a_broken_connection() {
    let client = client();
    client
        .upload(&Binary::new(vec![1; 64 * 1024]))
        .await
        .unwrap();
    for bytes in [64 * 1024 + 1, 1024 * 1024, 16 * 1024 * 1024] {
        let error = client
            .upload(&Binary::new(vec![1; bytes]))
            .await
            .unwrap_err();
        assert!(matches!(error, Error::Unexpected(_)), "{bytes}: {error:?}");
        assert_eq!(error.status().unwrap().as_u16(), 413);
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_large_file_is_read_piece_by_piece_and_whole_only_where_that_is_allowed() {
    let client = client();
    let mut file = client
        .get_file(Folder::Files, "large")
        .stream()
        .await
        .unwrap();
    let (mut size, mut largest) = (0, 0);
    while let Some(piece) = file.chunk().await.unwrap() {
        size += piece.len();
        largest = largest.max(piece.len());
    }
    assert_eq!(size, LARGE);
    assert!(largest < LARGE / 8, "{largest} bytes at once");

    let error = client.get_file(Folder::Files, "large").await.unwrap_err();
    let Error::TooLarge(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.limit, Config::DEFAULT_MAX_RESPONSE_BYTES);

    let generous = Client::from_config(config().max_response_bytes(LARGE)).unwrap();
    let file = generous.get_file(Folder::Files, "large").await.unwrap();
    assert_eq!(file.as_bytes().len(), LARGE);
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_file_that_is_not_there_is_an_answer_that_the_contract_does_not_describe() {
    let client = client();
    let error = client.get_file(Folder::Files, "none").await.unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 404);
    let streamed = client.get_file(Folder::Files, "none").stream().await;
    assert_eq!(streamed.unwrap_err().status().unwrap().as_u16(), 404);
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn the_time_for_a_whole_call_runs_out_while_a_slow_answer_still_comes() {
    let client = Client::from_config(config().max_response_bytes(LARGE)).unwrap();
    let started = Instant::now();
    let error = client
        .get_file(Folder::Slow, "large")
        .timeout(Duration::from_millis(1500))
        .read_timeout(Duration::from_secs(20))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn the_time_between_two_pieces_runs_out_where_an_answer_stalls() {
    let client = Client::from_config(config().max_response_bytes(LARGE)).unwrap();
    let started = Instant::now();
    let error = client
        .get_file(Folder::Stalling, "large")
        .read_timeout(Duration::from_millis(500))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");

    let mut file = client
        .get_file(Folder::Stalling, "large")
        .read_timeout(Duration::from_millis(500))
        .stream()
        .await
        .unwrap();
    let mut size = 0;
    let error = loop {
        match file.chunk().await {
            Ok(Some(piece)) => size += piece.len(),
            Ok(None) => panic!("the file ended after {size} bytes"),
            Err(error) => break error,
        }
    };
    assert!(error.is_timeout(), "{error}");
    // What nginx counts has the head in it.
    assert!(size > 1_000_000, "{size}");
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn an_answer_that_is_encoded_though_nobody_asked_is_an_error_that_says_so() {
    let error = client().get_zipped().await.unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    let headers = &error.exchange.headers;
    assert_eq!(headers["content-encoding"], "gzip");
    let shown = error.errors.to_string();
    assert!(shown.contains("gzip"), "{shown}");
}

/// A file that was made for the tests of TLS.
fn pem(name: &str) -> Vec<u8> {
    fs::read(Path::new(&told("NGINX_FOLDER")).join(name)).unwrap()
}

/// As an application builds it that trusts the server's authority.
fn trusting() -> reqwest::ClientBuilder {
    // Another test may have been faster.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .tls_certs_only([reqwest::Certificate::from_pem(&pem("authority.pem")).unwrap()])
}

fn over(server: &str, http: reqwest::ClientBuilder) -> Client {
    over_transport(server, Arc::new(Reqwest::from(http.build().unwrap())))
}

fn over_transport(server: &str, transport: Arc<dyn Transport>) -> Client {
    let config = Config::new(told(server)).retries(Retries::none());
    Client::from_config(config.transport(transport)).unwrap()
}

/// The transport over `hyper` that trusts the server's authority, and shows a certificate where it has one.
fn hyper(identity: Option<&str>) -> Arc<dyn Transport> {
    let certificates = |name: &str| -> Vec<_> {
        let pem = pem(&format!("{name}.pem"));
        let all = CertificateDer::pem_slice_iter(&pem);
        all.collect::<Result<_, _>>().unwrap()
    };
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(certificates("authority"));
    let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots);
    let tls = match identity {
        None => builder.with_no_client_auth(),
        Some(name) => {
            let key = PrivateKeyDer::from_pem_slice(&pem(&format!("{name}.key"))).unwrap();
            let certificates = certificates(name);
            builder.with_client_auth_cert(certificates, key).unwrap()
        }
    };
    Arc::new(Hyper::with_tls(tls, Config::DEFAULT_CONNECT_TIMEOUT))
}

/// The error and all that it comes from.
fn causes(error: &dyn std::error::Error) -> String {
    let mut shown = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        shown = format!("{shown}: {cause}");
        next = cause.source();
    }
    shown
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let client = Client::new(&told("NGINX_TLS")).unwrap();
    let error = client
        .get_echo()
        .retries(Retries::none())
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let shown = causes(&error);
    assert!(shown.contains("certificate"), "{shown}");
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_certificate_of_an_authority_that_the_application_trusts_is_taken() {
    for client in [
        over("NGINX_TLS", trusting()),
        over_transport("NGINX_TLS", hyper(None)),
    ] {
        let echo = client.get_echo().await.unwrap();
        assert_eq!(echo.protocol.as_deref(), Some("TLSv1.3"));
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_certificate_for_another_host_is_refused() {
    let reqwest: Arc<dyn Transport> = Arc::new(Reqwest::from(trusting().build().unwrap()));
    for transport in [reqwest, hyper(None)] {
        let elsewhere = told("NGINX_TLS").replace("127.0.0.1", "localhost");
        let config = Config::new(elsewhere).transport(transport);
        let client = Client::from_config(config.retries(Retries::none())).unwrap();
        let error = client.get_echo().await.unwrap_err();
        assert!(error.is_connect(), "{error:?}");
        let shown = causes(&error);
        assert!(shown.contains("certificate not valid for name"), "{shown}");
    }
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_scheme_that_the_server_does_not_speak_at_that_port_is_told_from_an_answer() {
    let encrypted = told("NGINX").replace("http:", "https:");
    let client = Client::new(&encrypted).unwrap();
    let error = client
        .get_echo()
        .retries(Retries::none())
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");

    let plain = told("NGINX_TLS").replace("https:", "http:");
    let error = Client::new(&plain).unwrap().get_echo().await.unwrap_err();
    assert!(matches!(error, Error::Unexpected(_)), "{error:?}");
    assert_eq!(error.status().unwrap().as_u16(), 400);
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn connections_that_the_server_closes_are_no_failures() {
    // It closes each after three requests, and after a second without one.
    let config = Config::new(told("NGINX_OTHER")).retries(Retries::none());
    let client = Client::from_config(config).unwrap();
    let file = Binary::new(vec![1; 2000]);
    for _ in 0..20 {
        client.upload(&file).await.unwrap();
    }
    tokio::time::sleep(Duration::from_millis(1500)).await;
    client.upload(&file).await.unwrap();
}

#[tokio::test]
#[ignore = "needs nginx: cargo xtask servers nginx"]
async fn a_client_shows_the_certificate_that_the_server_asks_for() {
    let mut identity = pem("client.pem");
    identity.extend(pem("client.key"));
    let identity = reqwest::Identity::from_pem(&identity).unwrap();
    for client in [
        over("NGINX_MUTUAL", trusting().identity(identity)),
        over_transport("NGINX_MUTUAL", hyper(Some("client"))),
    ] {
        let echo = client.get_echo().await.unwrap();
        assert_eq!(echo.client.as_deref(), Some("CN=client"));
    }

    for client in [
        over("NGINX_MUTUAL", trusting()),
        over_transport("NGINX_MUTUAL", hyper(None)),
    ] {
        let error = client.get_echo().await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), 400, "{error:?}");
    }
}
