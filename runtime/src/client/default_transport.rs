//! What does a client send over that is given no transport?

#[cfg(feature = "hyper")]
use std::ffi::OsString;
use std::sync::Arc;

use url::Url;

use crate::client::config::Config;
use crate::client::transport::Transport;

/// The transport over `hyper`: it does the least for each call.
///
/// Where a proxy is named, or answers are to be decompressed, it is that over `reqwest`, which knows how.
#[cfg(feature = "hyper")]
pub(crate) fn default_transport(
    config: &Config,
    url: &Url,
    problems: &mut Vec<String>,
) -> Option<Arc<dyn Transport>> {
    match chosen(config, url) {
        Ok(transport) => Some(transport),
        Err(error) => {
            problems.push(format!("The transport cannot be set up: {error}."));
            None
        }
    }
}

#[cfg(feature = "hyper")]
fn chosen(config: &Config, url: &Url) -> Result<Arc<dyn Transport>, crate::client::BoxError> {
    use crate::client::hyper::Hyper;
    use crate::client::tls;

    // Beside a server without TLS there may be others with it, where tokens come from for one; but a machine
    // without certificates is not to keep it from being called.
    let tls = match tls::of_the_platform() {
        Err(_) if url.scheme() != "https" => tls::of_nobody()?,
        tls => tls?,
    };
    let timeout = config.connect_timeout;
    let proxy = named_proxy();
    #[cfg(feature = "reqwest")]
    if cfg!(feature = "gzip") || proxy.is_some() {
        use crate::client::reqwest::Reqwest;

        return Ok(Arc::new(Reqwest::with_tls(tls, timeout)?));
    }
    #[cfg(not(feature = "reqwest"))]
    if let Some(variable) = proxy {
        let variable = variable.to_string_lossy();
        tracing::warn!(
            "{variable} names a proxy, which only a build with the feature `reqwest` asks"
        );
    }
    Ok(Arc::new(Hyper::with_tls(tls, timeout)))
}

/// The variable of the environment that tells `reqwest` of a proxy.
#[cfg(feature = "hyper")]
fn named_proxy() -> Option<OsString> {
    let named = std::env::vars_os().find(|(name, value)| {
        let names_one = ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"]
            .iter()
            .any(|one| name.eq_ignore_ascii_case(one));
        names_one && !value.is_empty()
    });
    named.map(|(name, _)| name)
}

#[cfg(not(feature = "hyper"))]
pub(crate) fn default_transport(
    _config: &Config,
    _url: &Url,
    problems: &mut Vec<String>,
) -> Option<Arc<dyn Transport>> {
    problems.push(
        "There is no transport: give one with Config::transport, or build with the feature \
         `hyper` or `reqwest`."
            .to_owned(),
    );
    None
}
