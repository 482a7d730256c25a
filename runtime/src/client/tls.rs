//! TLS: which cryptography and whose certificates do connections rely on, where the caller does not say?

use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use rustls::{ClientConfig, ConfigBuilder, Error, RootCertStore, WantsVerifier};
use rustls_platform_verifier::BuilderVerifierExt;

/// Connections to servers whose certificates the platform trusts.
///
/// The error says that it has none, or that they cannot be read.
pub(crate) fn of_the_platform() -> Result<ClientConfig, Error> {
    let builder = builder()?.with_platform_verifier()?;
    Ok(builder.with_no_client_auth())
}

/// Connections for which no certificate is good enough.
pub(crate) fn of_nobody() -> Result<ClientConfig, Error> {
    let builder = builder()?.with_root_certificates(RootCertStore::empty());
    Ok(builder.with_no_client_auth())
}

/// With the application's choice of cryptography, if it made one for the process, and else `ring`.
fn builder() -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, Error> {
    let provider = CryptoProvider::get_default().map_or_else(
        || Arc::new(rustls::crypto::ring::default_provider()),
        Arc::clone,
    );
    ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()
}

/// What is offered to the server to speak, best first: RFC 7301. Without `http2` nothing is, and it speaks HTTP/1.1.
pub(crate) fn protocols() -> Vec<Vec<u8>> {
    if cfg!(feature = "http2") {
        vec![b"h2".to_vec(), b"http/1.1".to_vec()]
    } else {
        Vec::new()
    }
}
