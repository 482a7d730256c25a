//! Which settings make a client.

use typewright_runtime::client::{Config, Core};

use crate::support::{BASE, Server, Watch};

#[test]
fn every_problem_of_the_settings_is_said_at_once() {
    let config = Config::new("ftp://user:pass@example.com/?q=1")
        .header("Bad Name", "x")
        .header("X-Split", "a\r\nb")
        .timer(Watch::new())
        .transport(Server::telling([]));
    let error = Core::new(config).unwrap_err();
    assert_eq!(error.problems().len(), 5, "{error}");
    assert!(!error.to_string().contains("pass@"), "{error}");
}

#[test]
fn a_base_url_is_absolute() {
    let error = Core::new(Config::new("example.com").transport(Server::telling([]))).unwrap_err();
    assert!(
        error.to_string().contains("https://api.example.com/v1"),
        "{error}"
    );
}

#[cfg(not(feature = "hyper"))]
#[test]
fn without_hyper_a_transport_must_be_given() {
    assert!(Core::new(Config::new(BASE)).is_err());
}

#[cfg(feature = "hyper")]
#[test]
fn with_hyper_a_transport_need_not_be_given() {
    Core::new(Config::new(BASE.replace("https", "http"))).unwrap();
}

#[test]
fn settings_show_no_secrets() {
    let config = Config::new("https://u:hush1@example.com/?k=hush2")
        .header("X-Key", "hush3")
        .bearer_token("hush4");
    let text = format!("{config:?} {config:#?}");
    assert!(!text.contains("hush"), "{text}");
    assert!(text.contains("X-Key"), "{text}");
    let basic = format!("{:?}", Config::new(BASE).basic("u", "hush"));
    assert!(!basic.contains("hush"), "{basic}");
}
