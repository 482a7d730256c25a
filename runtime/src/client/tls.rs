//! TLS: which cryptography and whose certificates do connections rely on, where the caller does not say?

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, Error, RootCertStore};
use rustls_platform_verifier::BuilderVerifierExt;

/// Whether the connections will be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Security {
    /// `https`: certificates are checked against those the platform trusts.
    Tls,
    /// `http`: the platform's certificates are not loaded.
    Plain,
}

/// The application's choice of cryptography, if it made one for the process, and else `ring`.
pub(crate) fn tls(security: Security) -> Result<ClientConfig, Error> {
    let provider = CryptoProvider::get_default().map_or_else(
        || Arc::new(rustls::crypto::ring::default_provider()),
        Arc::clone,
    );
    let builder =
        ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let builder = match security {
        Security::Tls => builder.with_platform_verifier()?,
        Security::Plain => builder.with_root_certificates(RootCertStore::empty()),
    };
    Ok(builder.with_no_client_auth())
}

/// What is offered to the server to speak, best first: RFC 7301. Without `http2` nothing is, and it speaks HTTP/1.1.
pub(crate) fn protocols() -> Vec<Vec<u8>> {
    if cfg!(feature = "http2") {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    } else {
        Vec::new()
    }
}
