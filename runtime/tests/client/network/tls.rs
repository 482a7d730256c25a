//! TLS over `hyper`, with the certificates that an application trusts.
//!
//! `server.pem` vouches for itself, as `localhost` and `127.0.0.1`:
//! `openssl req -x509 -nodes -days 36500 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=localhost -addext
//! basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout server.key -out server.pem`

use std::convert::Infallible;
#[cfg(target_os = "linux")]
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;
use typewright_runtime::client::{
    Call, Config, Core, Hyper, OAuth2, Operation, ResponseCase, Retries, SecurityScheme, Status,
};

use crate::over;
use crate::support::ping;

fn certificate() -> CertificateDer<'static> {
    CertificateDer::from_pem_slice(include_bytes!("server.pem")).unwrap()
}

/// What trusts the certificate.
pub(super) fn trusting() -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots.add(certificate()).unwrap();
    over::trusting(roots)
}

/// A client of a server at this address, whose certificate it trusts.
pub(super) fn client(base: String) -> Core {
    let transport = Hyper::with_tls(trusting(), Config::DEFAULT_CONNECT_TIMEOUT);
    Core::new(Config::new(base).transport(Arc::new(transport))).unwrap()
}

pub(super) type Connection = oneshot::Receiver<TlsStream<TcpStream>>;

/// The first connection to a server that speaks these protocols, best first.
pub(super) async fn serving(protocols: &[&str]) -> (String, Connection) {
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("server.key")).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate()], key)
        .unwrap();
    config.alpn_protocols = protocols
        .iter()
        .map(|name| name.as_bytes().to_vec())
        .collect();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    let (sender, receiver) = oneshot::channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        if let Ok(stream) = acceptor.accept(stream).await {
            sender.send(stream).ok();
        }
    });
    (base, receiver)
}

/// Answers a request in HTTP/1.1 and says how it began.
async fn answer(connection: Connection) -> String {
    let mut stream = connection.await.unwrap();
    let mut received = Vec::new();
    while !received.ends_with(b"\r\n\r\n") {
        received.push(stream.read_u8().await.unwrap());
    }
    let answer = b"HTTP/1.1 204 No Content\r\n\r\n";
    stream.write_all(answer).await.unwrap();
    stream.flush().await.unwrap();
    String::from_utf8(received).unwrap()
}

#[tokio::test]
async fn a_certificate_that_is_trusted_is_taken() {
    let (base, connection) = serving(&[]).await;
    let core = client(base);
    let (called, request) = tokio::join!(ping(&core), answer(connection));
    called.unwrap();
    assert!(request.starts_with("GET /ping HTTP/1.1\r\n"), "{request}");
}

#[tokio::test]
async fn a_certificate_that_is_not_trusted_is_no_connection() {
    let (base, _connection) = serving(&[]).await;
    let core = Core::new(over::hyper(&base).retries(Retries::none())).unwrap();
    let error = ping(&core).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    let shown = format!("{error:?}");
    assert!(shown.contains("UnknownIssuer"), "{shown}");
}

#[tokio::test]
async fn a_server_that_speaks_nothing_newer_is_spoken_to_in_http_1() {
    let (base, connection) = serving(&["http/1.1"]).await;
    let core = client(base);
    let (called, request) = tokio::join!(ping(&core), answer(connection));
    called.unwrap();
    assert!(request.starts_with("GET /ping HTTP/1.1\r\n"), "{request}");
}

static LOGIN: SecurityScheme = SecurityScheme::oauth2("login");
static READ: Operation = Operation::new("read", "GET", "/read")
    .responses(&[ResponseCase::success(Status::Code(204), &[])])
    .security(&[&[&LOGIN]]);

#[tokio::test]
#[ignore = "the next test runs it, in a process whose platform trusts the certificate"]
async fn a_call_without_tls_whose_token_comes_over_tls() {
    let [api, login] = ["API", "LOGIN"].map(|name| std::env::var(name).unwrap());
    let oauth2 = OAuth2::client_credentials("me", "secret").token_url(login + "/token");
    let mut core = Core::new(Config::new(api)).unwrap();
    core.set_credential(&LOGIN, oauth2.into());
    Call::<(), Infallible>::new(&core, &READ).await.unwrap();
}

/// Answers a request for a token.
async fn grant(connection: Connection) {
    let mut stream = connection.await.unwrap();
    let mut received = String::new();
    while !received.contains("client_credentials") {
        received.push(stream.read_u8().await.unwrap().into());
    }
    let token = r#"{"access_token":"t0ken","token_type":"Bearer"}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{token}",
        token.len()
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
}

// Elsewhere the platform is not told by a file whom to trust.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_client_of_a_server_without_tls_trusts_whom_the_platform_trusts() {
    let (login, connection) = serving(&[]).await;
    let done = super::text("HTTP/1.1 204 No Content\r\n\r\n");
    let (api, received) = super::serve(vec![vec![done]]);
    let mut call = Command::new(std::env::current_exe().unwrap());
    let name = "network::tls::a_call_without_tls_whose_token_comes_over_tls";
    call.args(["--exact", name, "--ignored"]);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/client/network");
    call.env("SSL_CERT_FILE", format!("{folder}/server.pem"));
    call.env("API", api).env("LOGIN", login);
    let called = tokio::task::spawn_blocking(move || call.output().unwrap());
    let granted = tokio::time::timeout(Duration::from_secs(20), grant(connection));
    let (called, granted) = tokio::join!(called, granted);
    let called = called.unwrap();
    assert!(called.status.success(), "{called:?}");
    granted.unwrap();
    let request = received.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(
        request.contains("authorization: Bearer t0ken\r\n"),
        "{request}"
    );
}
