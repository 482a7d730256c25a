//! How long a call waits.

use std::future::pending;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use typewright_runtime::client::{
    Body, BoxFuture, Config, Core, Error, Retries, Transport, TransportError,
};

use crate::support::{Account, BASE, Save, Watch, ping};

/// A server that says so much of its answer, and then nothing.
struct Silent(Option<&'static str>);

impl Transport for Silent {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async {
            let Some(start) = self.0 else {
                return pending().await;
            };
            let mut pieces = vec![Bytes::from(start)];
            let stream = futures_util::stream::poll_fn(move |_| match pieces.pop() {
                Some(piece) => std::task::Poll::Ready(Some(Ok::<_, TransportError>(piece))),
                None => std::task::Poll::Pending,
            });
            Ok(http::Response::new(Body::from_stream(stream, None)))
        })
    }
}

/// A server that always has one more piece, and takes a second for it.
struct Endless(Arc<Watch>);

impl Transport for Endless {
    fn send(
        &self,
        _request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let watch = Arc::clone(&self.0);
        let stream = futures_util::stream::repeat_with(move || {
            watch.pass(Duration::from_secs(1));
            Ok::<_, TransportError>(Bytes::from_static(b" "))
        });
        let answer = http::Response::new(Body::from_stream(stream, None));
        Box::pin(async { Ok(answer) })
    }
}

fn core(server: Silent, config: Config) -> (Core, Arc<Watch>) {
    let watch = Watch::new();
    (core_by(&watch, server, config), watch)
}

fn core_by(watch: &Arc<Watch>, server: impl Transport + 'static, config: Config) -> Core {
    let config = config.timer(watch.clone()).transport(Arc::new(server));
    Core::new(config.retries(Retries::none())).unwrap()
}

#[tokio::test]
async fn a_call_has_its_time() {
    for server in [Silent(None), Silent(Some("{"))] {
        let (core, watch) = core(server, Config::new(BASE));
        let error = ping(&core).await.unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert_eq!(watch.slept(), [Config::DEFAULT_TIMEOUT]);
    }
    let seconds = Duration::from_secs(7);
    let (core, watch) = core(Silent(None), Config::new(BASE).timeout(seconds));
    ping(&core).await.unwrap_err();
    ping(&core).timeout(seconds * 2).await.unwrap_err();
    assert_eq!(watch.slept(), [seconds, seconds * 2]);
}

#[tokio::test]
async fn a_piece_of_an_answer_has_its_time() {
    let seconds = Duration::from_secs(3);
    let config = Config::new(BASE).timeout(None).read_timeout(seconds);
    let (core, watch) = core(Silent(Some("{\"name\":")), config);
    let account = Account::named("ann");
    let error = Save::new(&core, "1", &account).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(watch.slept(), [seconds]);
    let Error::Transport(unanswered) = &error else {
        panic!("{error}")
    };
    assert_eq!(unanswered.exchange.status.unwrap(), 200);
    assert_eq!(unanswered.exchange.body, "{\"name\":");
    let text = error.to_string();
    assert!(
        text.contains("with 200 OK, but not to the end: the server sent nothing"),
        "{text}"
    );
}

#[tokio::test]
async fn a_call_has_its_time_even_where_there_is_always_more_to_read() {
    let watch = Watch::new();
    let config = Config::new(BASE).timeout(Duration::from_secs(7));
    let core = core_by(
        &watch,
        Endless(watch.clone()),
        config.max_response_bytes(1000),
    );
    let error = ping(&core).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.exchange().unwrap().body_bytes, 7);
}
