//! What does a client send over that is given no transport?

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
    use crate::client::hyper::Hyper;
    use crate::client::tls::Security;

    let security = if url.scheme() == "https" {
        Security::Tls
    } else {
        Security::Plain
    };
    let timeout = config.connect_timeout;
    #[cfg(feature = "reqwest")]
    if cfg!(feature = "gzip") || names_a_proxy(std::env::vars_os().map(|(name, _)| name)) {
        use crate::client::reqwest::Reqwest;

        return set_up("reqwest", Reqwest::secured(security, timeout), problems);
    }
    #[cfg(not(feature = "reqwest"))]
    if names_a_proxy(std::env::vars_os().map(|(name, _)| name)) {
        tracing::warn!("the environment names a proxy, which the feature `reqwest` is needed for");
    }
    set_up("hyper", Hyper::secured(security, timeout), problems)
}

#[cfg(feature = "hyper")]
fn set_up<T: Transport + 'static>(
    name: &str,
    transport: Result<T, crate::client::BoxError>,
    problems: &mut Vec<String>,
) -> Option<Arc<dyn Transport>> {
    match transport {
        Ok(transport) => Some(Arc::new(transport)),
        Err(error) => {
            problems.push(format!(
                "The transport over {name} cannot be set up: {error}."
            ));
            None
        }
    }
}

/// Whether these are names of variables of which one tells `reqwest` of a proxy.
#[cfg(feature = "hyper")]
fn names_a_proxy(names: impl IntoIterator<Item = std::ffi::OsString>) -> bool {
    let mut names = names.into_iter();
    names.any(|name| {
        ["ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"]
            .iter()
            .any(|one| name.eq_ignore_ascii_case(one))
    })
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
