//! The transports that reach a network: what is promised of one is asked of each.

use std::sync::Arc;
use std::time::Duration;

use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};
use typewright_runtime::client::{Config, Hyper};

/// The settings for a server, with the transport that a test is about.
pub(crate) type Over = fn(&str) -> Config;

#[cfg(feature = "reqwest")]
pub(crate) fn reqwest(base: &str) -> Config {
    use typewright_runtime::client::Reqwest;

    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(trusting(RootCertStore::empty()))
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never());
    let transport = Reqwest::from(client.build().unwrap());
    Config::new(base).transport(Arc::new(transport))
}

pub(crate) fn hyper(base: &str) -> Config {
    let transport = hyper_within(Config::DEFAULT_CONNECT_TIMEOUT);
    Config::new(base).transport(Arc::new(transport))
}

/// One that gives a connection up after so long.
pub(crate) fn hyper_within(connect_timeout: Duration) -> Hyper {
    Hyper::with_tls(trusting(RootCertStore::empty()), connect_timeout)
}

/// Connections to servers whose certificates come from one of these.
pub(crate) fn trusting(roots: RootCertStore) -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth()
}

/// Makes a test of each of these functions over each transport.
macro_rules! over_each {
    ($($test:ident),+ $(,)?) => {
        #[cfg(feature = "reqwest")]
        mod over_reqwest {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::over::reqwest).await;
                }
            )+
        }

        mod over_hyper {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::over::hyper).await;
                }
            )+
        }
    };
}
pub(crate) use over_each;
