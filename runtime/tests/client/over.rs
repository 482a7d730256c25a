//! The transports that reach a network: what is promised of one is asked of each.

#[cfg(feature = "hyper")]
use std::{sync::Arc, time::Duration};

#[cfg(feature = "hyper")]
use rustls::{ClientConfig, RootCertStore, crypto::ring};
use typewright_runtime::client::Config;
#[cfg(feature = "hyper")]
use typewright_runtime::client::Hyper;

/// The settings for a server, with the transport that a test is about.
pub(crate) type Over = fn(&str) -> Config;

/// What a client sends over that is told of no transport.
pub(crate) fn default(base: &str) -> Config {
    Config::new(base)
}

#[cfg(feature = "hyper")]
pub(crate) fn hyper(base: &str) -> Config {
    let transport = hyper_within(Config::DEFAULT_CONNECT_TIMEOUT);
    Config::new(base).transport(Arc::new(transport))
}

/// One that trusts no certificate, and gives a connection up after so long.
#[cfg(feature = "hyper")]
pub(crate) fn hyper_within(connect_timeout: Duration) -> Hyper {
    let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Hyper::with_tls(tls, connect_timeout)
}

/// Makes a test of each of these functions over each transport.
macro_rules! over_each {
    ($($test:ident),+ $(,)?) => {
        mod over_the_default {
            $(
                #[tokio::test]
                async fn $test() {
                    super::$test(crate::over::default).await;
                }
            )+
        }

        #[cfg(feature = "hyper")]
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
