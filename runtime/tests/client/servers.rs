//! Where operations with servers of their own are called.

use std::convert::Infallible;
use std::sync::Arc;

use typewright_runtime::client::{
    Call, Config, Core, Operation, ResponseCase, Server as ServerTable, ServerError,
    ServerVariable, Status, Transport,
};

use crate::support::{Server, Watch};

static SERVERS: &[ServerTable] = &[
    ServerTable::new("https://{region}.example.com/v1")
        .described("Where customers are.")
        .with_variables(&[ServerVariable::new("region", "eu").values(&["eu", "us"])]),
    ServerTable::new("/v1"),
];
static RESPONSES: &[ResponseCase] = &[ResponseCase::success(Status::Default, &[])];
static UPLOAD: Operation = Operation::new("upload", "GET", "/files")
    .responses(RESPONSES)
    .servers(&[ServerTable::new("https://uploads.{region}.example.com/")
        .with_variables(&[ServerVariable::new("region", "eu")])]);
static RELATIVE: Operation = Operation::new("relative", "GET", "/files")
    .responses(RESPONSES)
    .servers(&[ServerTable::new("/v2")]);

async fn called(base: &str, operation: &'static Operation) -> String {
    let server = Server::telling([]);
    let config = Config::new(base)
        .timer(Watch::new())
        .transport(Arc::clone(&server) as Arc<dyn Transport>);
    let core = Core::with_servers(config, SERVERS).unwrap();
    Call::<(), Infallible>::new(&core, operation).await.unwrap();
    server.request().uri().to_string()
}

#[tokio::test]
async fn a_client_of_the_contracts_server_calls_them_there_with_its_variables() {
    assert_eq!(
        called("https://us.example.com/v1", &UPLOAD).await,
        "https://uploads.us.example.com/files"
    );
    assert_eq!(
        called("https://us.example.com/v1/", &RELATIVE).await,
        "https://us.example.com/v2/files"
    );
}

#[tokio::test]
async fn a_client_of_any_other_url_calls_everything_there() {
    assert_eq!(
        called("http://127.0.0.1:8080/stand-in", &UPLOAD).await,
        "http://127.0.0.1:8080/stand-in/files"
    );
}

#[test]
fn a_server_fills_in_its_variables() {
    assert_eq!(SERVERS[0].url(), "https://eu.example.com/v1");
    assert_eq!(
        SERVERS[0].url_with(&[("region", "us")]).unwrap(),
        "https://us.example.com/v1"
    );
    assert_eq!(
        SERVERS[0].url_with(&[("region", "mars")]),
        Err(ServerError::NotAllowed("region"))
    );
    assert_eq!(
        SERVERS[0].url_with(&[("planet", "mars")]),
        Err(ServerError::UnknownVariable("planet".to_owned()))
    );
    assert_eq!(SERVERS[1].url(), "/v1");
}
