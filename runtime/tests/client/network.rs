//! The transports that reach a network, against a server on the loopback interface.

#[cfg(feature = "http2")]
mod http2;
mod tls;

use std::convert::Infallible;
use std::io::{Read, Write};
use std::net::TcpListener;
#[cfg(feature = "reqwest")]
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use typewright_runtime::client::{
    Call, Config, Core, Error, Operation, Refusal, ResponseCase, Status,
};

use crate::over::{Over, over_each};
use crate::support::{Account, Save, SaveError, ping};

over_each!(
    a_call_goes_over_the_wire,
    a_call_without_a_body_says_so_where_its_method_means_to_send_one,
    reading_stops_at_the_bound_though_the_server_goes_on,
    an_answer_that_takes_too_long_is_given_up,
    a_server_that_is_not_there_is_no_connection,
    the_transport_itself_follows_no_redirect,
    an_error_of_the_transport_does_not_show_the_url,
);

/// Answers each connection with the next of `answers`, a part at a time, and passes on what came.
fn serve(answers: Vec<Vec<Part>>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for parts in answers {
            let (mut stream, _) = listener.accept().unwrap();
            stream
                .set_read_timeout(Some(Duration::from_millis(200)))
                .unwrap();
            let mut request = Vec::new();
            let mut chunk = [0; 4096];
            while !is_whole(&request) {
                match stream.read(&mut chunk) {
                    Ok(read) if read > 0 => request.extend_from_slice(&chunk[..read]),
                    _ => break,
                }
            }
            sender.send(String::from_utf8(request).unwrap()).ok();
            for part in parts {
                match part {
                    Part::Bytes(bytes) => {
                        if stream.write_all(&bytes).is_err() {
                            break;
                        }
                    }
                    Part::Wait(time) => thread::sleep(time),
                }
            }
        }
    });
    (base, receiver)
}

enum Part {
    Bytes(Vec<u8>),
    Wait(Duration),
}

fn text(text: &str) -> Part {
    Part::Bytes(text.as_bytes().to_vec())
}

fn is_whole(received: &[u8]) -> bool {
    let text = String::from_utf8_lossy(received);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse::<usize>().unwrap())
    });
    body.len() >= length.unwrap_or(0)
}

async fn a_call_goes_over_the_wire(over: Over) {
    let body = r#"{"name":"bob"}"#;
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let (base, received) = serve(vec![vec![text(&answer)]]);
    let core = Core::new(over(&base)).unwrap();
    let saved = Save::new(&core, "1", &Account::named("ann")).await.unwrap();
    assert_eq!(saved.name, "bob");
    let request = received.recv().unwrap();
    assert!(
        request.starts_with("POST /accounts/1?page=1 HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains("content-type: application/json\r\n"),
        "{request}"
    );
    assert!(request.ends_with("\r\n\r\n{\"name\":\"ann\"}"), "{request}");
}

static START: Operation = Operation::new("start", "POST", "/start")
    .responses(&[ResponseCase::success(Status::Code(204), &[])]);

async fn a_call_without_a_body_says_so_where_its_method_means_to_send_one(over: Over) {
    let done = || vec![text("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n")];
    let (base, received) = serve(vec![done(), done()]);
    let core = Core::new(over(&base)).unwrap();
    Call::<(), Infallible>::new(&core, &START).await.unwrap();
    let request = received.recv().unwrap();
    assert_eq!(
        request.matches("content-length: 0\r\n").count(),
        1,
        "{request}"
    );
    assert!(request.contains("accept: */*\r\n"), "{request}");
    ping(&core).await.unwrap();
    let request = received.recv().unwrap();
    assert!(!request.contains("content-length"), "{request}");
}

async fn reading_stops_at_the_bound_though_the_server_goes_on(over: Over) {
    let mut parts = vec![text(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n",
    )];
    parts.extend((0..4096).map(|_| Part::Bytes(vec![b'x'; 64 * 1024])));
    let (base, _received) = serve(vec![parts]);
    let core = Core::new(over(&base).max_response_bytes(1000)).unwrap();
    let error = Save::new(&core, "1", &Account::named("ann"))
        .await
        .unwrap_err();
    let Error::TooLarge(too_large) = &error else {
        panic!("{error}")
    };
    assert_eq!(too_large.limit, 1000);
    assert_eq!(too_large.exchange.body_bytes, 1000);
    assert_eq!(too_large.exchange.status.unwrap(), 200);
}

async fn an_answer_that_takes_too_long_is_given_up(over: Over) {
    let slow = vec![
        text("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nstart"),
        Part::Wait(Duration::from_secs(5)),
    ];
    let (base, _received) = serve(vec![slow]);
    let core = Core::new(over(&base)).unwrap();
    let started = Instant::now();
    let error = ping(&core)
        .timeout(Duration::from_millis(200))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(3));
}

async fn a_server_that_is_not_there_is_no_connection(over: Over) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let error = ping(&Core::new(over(&base)).unwrap()).await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
}

async fn the_transport_itself_follows_no_redirect(over: Over) {
    let (elsewhere, other) = serve(vec![vec![text("HTTP/1.1 204 No Content\r\n\r\n")]]);
    let redirect = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {elsewhere}/steal\r\ncontent-length: 0\r\n\r\n"
    );
    let (base, _received) = serve(vec![vec![text(&redirect)]]);
    let core = Core::new(over(&base).bearer_token("t0ken")).unwrap();
    let error: Error<SaveError> = Save::new(&core, "1", &Account::named("ann"))
        .await
        .unwrap_err();
    let Error::Redirect(redirect) = &error else {
        panic!("{error}")
    };
    assert_eq!(redirect.refusal, Refusal::OtherOrigin);
    assert_eq!(redirect.origin.as_deref(), Some(elsewhere.as_str()));
    assert!(other.recv_timeout(Duration::from_millis(200)).is_err());
}

async fn an_error_of_the_transport_does_not_show_the_url(over: Over) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let core = Core::new(over(&base)).unwrap();
    let account = Account::named("ann");
    let error = Save::new(&core, "1", &account)
        .key("hush")
        .await
        .unwrap_err();
    assert!(!format!("{error} {error:?}").contains("hush"), "{error:?}");
}

#[tokio::test]
async fn a_client_for_https_can_be_made() {
    // Whether there are certificates to trust is the machine's; the message then says so.
    if let Err(error) = Core::new(Config::new("https://api.example.com")) {
        assert!(error.to_string().contains("certificates"), "{error}");
    }
}

#[tokio::test]
#[ignore = "the next test runs it, in a process whose environment names a proxy"]
async fn a_call_from_behind_a_proxy() {
    let core = Core::new(Config::new("http://api.example.com")).unwrap();
    ping(&core).await.unwrap();
}

#[cfg(feature = "reqwest")]
#[test]
fn a_proxy_that_the_environment_names_is_asked() {
    let (proxy, received) = serve(vec![vec![text("HTTP/1.1 204 No Content\r\n\r\n")]]);
    let name = "network::a_call_from_behind_a_proxy";
    let called = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--ignored"])
        .env("http_proxy", proxy)
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    assert!(called.status.success(), "{called:?}");
    let said = String::from_utf8_lossy(&called.stdout);
    assert!(said.contains("1 passed"), "{said}");
    let request = received.recv_timeout(Duration::from_secs(10)).unwrap();
    assert!(
        request.starts_with("GET http://api.example.com/ping HTTP/1.1\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn a_connection_whose_tls_takes_too_long_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("https://{}", listener.local_addr().unwrap());
    let transport = crate::over::hyper_within(Duration::from_millis(100));
    let config = Config::new(base).transport(std::sync::Arc::new(transport));
    let started = Instant::now();
    let error = ping(&Core::new(config).unwrap())
        .retries(typewright_runtime::client::Retries::none())
        .await
        .unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    assert!(started.elapsed() < Duration::from_secs(3));
}

/// An answer that is compressed.
#[cfg(feature = "gzip")]
fn compressed(body: &[u8]) -> Vec<Part> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    writer.write_all(body).unwrap();
    let packed = writer.finish().unwrap();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: gzip\r\n\
         content-length: {}\r\n\r\n",
        packed.len()
    );
    vec![text(&head), Part::Bytes(packed)]
}

#[cfg(feature = "gzip")]
#[tokio::test]
async fn a_compressed_answer_is_bounded_by_what_it_unpacks_to() {
    let bomb = vec![b' '; 8 * 1024 * 1024];
    let (base, received) = serve(vec![compressed(br#"{"name":"bob"}"#), compressed(&bomb)]);
    let core = Core::new(Config::new(&base).max_response_bytes(64 * 1024)).unwrap();
    let account = Account::named("ann");
    assert_eq!(Save::new(&core, "1", &account).await.unwrap().name, "bob");
    let request = received.recv().unwrap();
    assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
    let error = Save::new(&core, "1", &account).await.unwrap_err();
    let Error::TooLarge(too_large) = &error else {
        panic!("{error}")
    };
    assert_eq!(too_large.exchange.body_bytes, 64 * 1024);
}
